"""Reading loose data: whatever stands in a file, these give a value of the type that was asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from ..spec.base import Data, Path


def text(value: Data) -> str:
    """The value if it is text with something in it, stripped; nothing otherwise."""
    return value.strip() if isinstance(value, str) else ""


def mapping(value: Data) -> dict[str, Any]:
    """The value if it is a map, an empty one otherwise."""
    return value if isinstance(value, dict) else {}


def items(value: Data) -> list[Any]:
    """The value if it is a list, an empty one otherwise."""
    return value if isinstance(value, list) else []


def blank(value: Data) -> bool:
    """Whether a value says nothing; a number and ``False`` do say something."""
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def named(value: Data, *path: str) -> Data:
    """What stands at a path of keys; None where anything on the way is missing."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def texts(value: Data) -> Iterator[tuple[str, Path]]:
    """The texts of a list, or a single text, each with its path below the value."""
    if isinstance(value, str):
        if value.strip():
            yield value.strip(), ()
        return
    for number, item in enumerate(items(value)):
        if text(item):
            yield text(item), (number,)


def entries(value: Data) -> Iterator[tuple[str, Data, Path]]:
    """Entries of a list (named by ``id`` or ``name``) or of a map (named by their keys)."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key), item, (key,)
    for number, item in enumerate(items(value)):
        if isinstance(item, dict):
            yield text(item.get("id")) or text(item.get("name")), item, (number,)
        elif text(item):
            yield text(item), item, (number,)


def walk(value: Data, limit: int = 20_000) -> Iterator[tuple[Path, Data]]:
    """Every value inside a value, itself included, with its path; at most ``limit`` of them."""
    waiting: list[tuple[Path, Data]] = [((), value)]
    while waiting and limit:
        limit -= 1
        path, here = waiting.pop()
        yield path, here
        if isinstance(here, dict):
            waiting.extend(((*path, key), item) for key, item in reversed(here.items()))
        elif isinstance(here, list):
            waiting.extend(
                ((*path, number), here[number]) for number in range(len(here) - 1, -1, -1)
            )


def quoted(names: Collection[str], limit: int = 6) -> str:
    """Names for a message: “a”, “b” and “c”; the rest of a long list as a number."""
    shown = [f"“{name}”" for name in islice(names, limit)]
    if len(names) > limit:
        shown = [*shown[: limit - 1], f"{len(names) - limit + 1} more"]
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


class Hints:
    """Gives hints at what a wrong name may have been meant to be, a certain number of times.

    Looking takes long compared to everything else that is checked, and where hundreds of names
    are wrong it is not the spelling.
    """

    def __init__(self, number: int) -> None:
        self._left = number

    def __call__(self, name: str, known: Collection[str]) -> str:
        """`` Did you mean “x”?`` for the known name that is most like this one, or nothing."""
        import difflib

        if not self._left or not 1 < len(name) < 100:
            return ""
        self._left -= 1
        word = name.lower()
        pool = {other.lower(): other for other in known if abs(len(other) - len(name)) < 4}
        likely = [other for other in pool if other[:1] == word[0] or other[-1:] == word[-1]]
        near = difflib.get_close_matches(word, likely[:200], 1, 0.75)
        return f" Did you mean “{pool[near[0]]}”?" if near else ""
