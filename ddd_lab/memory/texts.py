"""The text of a layer's file, put together from parts of which only new ones are written out."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from textwrap import indent

from ddd_lab.lossless_yaml import dump
from ddd_lab.memory.files import GENERATED
from ddd_lab.spec.models.base import Data


class LayerText:
    """YAML of a layer; parts that stand there as before are taken as they are."""

    def __init__(self) -> None:
        self._before: dict[Hashable, str] = {}
        self._parts: dict[Hashable, str] = {}

    def begin(self) -> None:
        """Begin the text anew; parts that are not asked for again are forgotten."""
        self._before, self._parts = self._parts, {}

    def part(self, key: Hashable, data: Data, depth: int) -> str:
        """A part of the text.

        Args:
            key: another one for other data.
            data: a map or list, not empty.
            depth: how many levels it lies below the root.
        """
        text = self._parts.get(key) or self._before.get(key)
        if text is None:
            text = indent(dump(data), "  " * depth)
        self._parts[key] = text
        return text


def headed(sections: Iterable[str]) -> str:
    """The whole text of a layer's file."""
    return f"# {GENERATED}\n" + "".join(sections)


def section(name: str, parts: Iterable[str], depth: int = 0, empty: str = "{}") -> str:
    """A key of a map with the parts below it."""
    text = "".join(parts)
    head = f"{'  ' * depth}{dump({name: None}).removesuffix(' null' + chr(10))}"
    return f"{head}\n{text}" if text else f"{head} {empty}\n"


class Same:
    """A value that is equal to itself only, and kept for as long as somebody asks."""

    __slots__ = ("_value",)

    def __init__(self, value: object) -> None:
        self._value = value

    def __hash__(self) -> int:
        return id(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._value is other._value
