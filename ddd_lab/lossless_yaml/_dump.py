"""Plain data to the text of a new file."""

from __future__ import annotations

from ddd_lab.lossless_yaml import _render
from ddd_lab.lossless_yaml._errors import PatchError
from ddd_lab.lossless_yaml._nodes import Data

_PLACE_KEYS = frozenset(("x", "y", "z", "width", "height", "zoom"))


class Canonical:
    """The habits of a new file: two spaces, dashes indented, no quotes, positions on one line."""

    step = 2
    dash = 2
    pad = ""
    longest = 120

    def quote(self, key: str | None) -> str:
        """Plain wherever that is safe."""
        del key
        return ""

    def prefers_flow(self, key: str | None, value: Data) -> bool:
        """Positions and sizes are on one line."""
        return is_small_map(value) and (
            key == "position" or (isinstance(value, dict) and value.keys() <= _PLACE_KEYS)
        )


def is_small_map(value: Data) -> bool:
    """Whether ``value`` is a map of one to three scalars, none of them a long text."""
    return (
        isinstance(value, dict)
        and 0 < len(value) <= 3
        and not any(isinstance(v, dict | list) for v in value.values())
        and not any(isinstance(v, str) and (len(v) > 30 or "\n" in v) for v in value.values())
    )


def dump(data: Data) -> str:
    """Write data as the text of a new file.

    Args:
        data: Plain data; the order of map keys is kept.

    Returns:
        Block style, two-space indentation, plain strings where safe, texts of several lines and
        long ones as literal blocks, positions as ``{x: 1, y: 2}``, a line end at the end.

    Raises:
        PatchError: A value is not plain data or cannot be written in YAML.
    """
    try:
        return _render.root(data, Canonical()) + "\n"
    except RecursionError:
        raise PatchError("the data is nested too deeply to be written") from None
