"""Asking settings of which nothing is certain: every answer has the type that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def text(value: object, limit: int = 60) -> str:
    """A scalar as one short line of a card: blanks folded, cut with an ellipsis.

    Nothing, true, false, lists and maps are no text.
    """
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return ""
    line = " ".join(str(value)[: limit * 4].split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def first(spec: Mapping[str, Any], *keys: str) -> str:
    """The first of these keys that says something, as a short line."""
    return next((found for key in keys if (found := text(spec.get(key)))), "")


def count(value: object, one: str, many: str = "") -> str:
    """``3 fields``, ``1 field`` or nothing, for a list or map."""
    size = len(value) if isinstance(value, (list, dict)) else 0
    return "" if not size else f"{size} {one if size == 1 else many or one + 's'}"


def joined(*parts: str, by: str = " · ") -> str:
    """The parts that say something, in one line."""
    return by.join(part for part in parts if part)


def part(spec: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The map under a key; an empty one where there is none."""
    value = spec.get(key)
    return value if isinstance(value, dict) else {}


def items(value: object) -> Iterator[Mapping[str, Any]]:
    """The entries of a list, or of a map by id, as maps; a bare word is an entry's id."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield {"id": key, **item} if isinstance(item, dict) else {"id": key, "value": item}
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield item
            elif name := text(item):
                yield {"id": name}


def name_of(item: Mapping[str, Any], *keys: str) -> str:
    """The whole text under the first of these keys that has one, fit to be a port's name."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            name = str(value).strip()
            if name:
                return name
    return ""
