"""Reading loose data: whatever stands in a file, these give a value of the type that was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ddd_lab.spec.models.base import Data, Path


def text(value: Data) -> str:
    """The value if it is text, stripped, or a number as it is written; else nothing."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def mapping(value: Data) -> dict[str, Any]:
    """The value if it is a map, an empty one otherwise."""
    return value if isinstance(value, dict) else {}


def items(value: Data) -> list[Any]:
    """The value if it is a list, an empty one otherwise."""
    return value if isinstance(value, list) else []


def named(value: Data, *path: str) -> Data:
    """What stands at a path of keys; None where anything on the way is missing."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def is_bare_template(value: Data) -> bool:
    """Whether a value is what YAML makes of ``{{name}}`` without quotes: a map with a map as key.

    >>> is_bare_template({"{name}": None}), is_bare_template({"name": None})
    (True, False)
    """
    return isinstance(value, dict) and any(str(key).startswith("{") for key in value)


def line(value: Data, limit: int = 60) -> str:
    """A text or number as one short line, blanks folded and cut with ``…``; else nothing."""
    folded = " ".join(text(value)[: limit * 4].split())
    return folded if len(folded) <= limit else folded[: limit - 1].rstrip() + "…"


def first(value: Mapping[str, Data], *keys: str, limit: int = 60) -> str:
    """The line of the first of these keys that has one."""
    return next((text_ for key in keys if (text_ := line(value.get(key), limit))), "")


def first_text(value: Mapping[str, Data], *keys: str) -> str:
    """The whole text of the first of these keys that has one."""
    return next((text_ for key in keys if (text_ := text(value.get(key)))), "")


def part(value: Data, key: str) -> dict[str, Any]:
    """The map under a key of a map; an empty one where there is none."""
    return mapping(named(value, key))


def maps(value: Data) -> Iterator[dict[str, Any]]:
    """The entries of a list, or of a map by id, as maps; a bare word is an entry's id."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield {"id": key, **(item if isinstance(item, dict) else {"value": item})}
    for item in items(value):
        if isinstance(item, dict):
            yield item
        elif name := text(item):
            yield {"id": name}


def texts(value: Data) -> Iterator[tuple[str, Path]]:
    """The texts of a list, or a single text, each with its path below the value."""
    if text(value):
        yield text(value), ()
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


def walk_texts(value: Data, limit: int = 20_000) -> Iterator[tuple[Path, str | int, str]]:
    """Every text inside a value, in order: path of the map or list it stands in, key, text.

    It looks at the same values as :func:`walk`, in a part of the time.
    """
    waiting: list[tuple[Path, Iterator[tuple[str | int, Data]]]] = []
    at: Path = ()
    inside = _inside(value)
    left = limit - 1
    while True:
        for key, item in inside:
            if left <= 0:
                return
            left -= 1
            if item.__class__ is str:
                yield at, key, item
            elif isinstance(item, (dict, list)) and item:
                waiting.append((at, inside))
                at, inside = (*at, key), _inside(item)
                break
        else:
            if not waiting:
                return
            at, inside = waiting.pop()


def _inside(value: Data) -> Iterator[tuple[str | int, Data]]:
    if isinstance(value, dict):
        return iter(value.items())
    return iter(enumerate(items(value)))


def walk(value: Data, limit: int = 20_000) -> Iterator[tuple[Path, Data]]:
    """Every value inside a value, itself included, with its path; at most ``limit`` of them."""
    waiting: list[tuple[Path, Data]] = [((), value)]
    while waiting and limit:
        limit -= 1
        path, current = waiting.pop()
        yield path, current
        if isinstance(current, dict):
            waiting.extend(((*path, key), item) for key, item in reversed(current.items()))
        elif isinstance(current, list):
            waiting.extend(
                ((*path, number), current[number]) for number in range(len(current) - 1, -1, -1)
            )
