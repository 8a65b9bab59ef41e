"""Read untyped data and format it for messages."""

from __future__ import annotations

from collections.abc import Collection

from ddd_lab.plurals import quoted
from ddd_lab.spec.lenient import entries, items, mapping, named, text, texts, walk, walk_texts
from ddd_lab.spec.models.base import Data

__all__ = [
    "Hints",
    "blank",
    "entries",
    "items",
    "mapping",
    "named",
    "quoted",
    "text",
    "texts",
    "walk",
    "walk_texts",
]


def blank(value: Data) -> bool:
    """Whether a value says nothing; a number and ``False`` do say something."""
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


class Hints:
    """Gives hints at what a wrong name may have been meant to be, a certain number of times.

    Looking takes long compared to everything else that is checked, and where hundreds of names
    are wrong it is not the spelling.
    """

    def __init__(self, number: int) -> None:
        self._left = number

    def __call__(self, name: str, names: Collection[str]) -> str:
        """`` Did you mean “x”?`` for the known name that is most like this one, or nothing."""
        near = self.nearest(name, names)
        return f" Did you mean “{near}”?" if near else ""

    def nearest(self, name: str, names: Collection[str]) -> str:
        """The known name that is most like this one, or nothing."""
        import difflib

        if not self._left or not 1 < len(name) < 100:
            return ""
        self._left -= 1
        word = name.lower()
        pool = {other.lower(): other for other in names if abs(len(other) - len(name)) < 4}
        likely = [other for other in pool if other[:1] == word[0] or other[-1:] == word[-1]]
        near = difflib.get_close_matches(word, likely[:200], 1, 0.75)
        return pool[near[0]] if near else ""
