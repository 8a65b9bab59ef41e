"""Reading settings of which nothing is certain, as plain data that travels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

Settings = Mapping[str, Any]

LONGEST = 300
"""Characters of a text that a card could ever show."""


def word(value: object) -> str:
    """A scalar as one line; nothing for true, false, lists, maps and numbers that are none."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    line = " ".join(str(value)[: LONGEST * 4].split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def number(value: object) -> int | float | None:
    """A finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if abs(value) < 1e15 else None


def words(value: object) -> list[str]:
    """The scalars of a list, or a scalar alone."""
    items = value if isinstance(value, list) else [value]
    return [said for item in items if (said := word(item))]


def part(value: object, key: str) -> Settings:
    """The map under a key of a map; an empty one where there is none."""
    inner = value.get(key) if isinstance(value, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def maps(value: object) -> list[Settings]:
    """The entries of a list, or of a map by id; a bare word is an entry's id."""
    if isinstance(value, Mapping):
        return [
            {"id": key, **item} if isinstance(item, Mapping) else {"id": key, "value": item}
            for key, item in value.items()
        ]
    found: list[Settings] = []
    for item in value if isinstance(value, list) else ():
        if isinstance(item, Mapping):
            found.append(item)
        elif said := word(item):
            found.append({"id": said})
    return found


def first(value: Settings, *keys: str) -> str:
    """The first of these keys that says something."""
    return next((said for key in keys if (said := word(value.get(key)))), "")


def priority(item: Settings) -> float:
    """Where an entry stands; those without a priority come last."""
    said = number(item.get("priority"))
    return math.inf if said is None else said


def switched_on(block: object) -> bool:
    """Whether a block of settings is there and not switched off."""
    return isinstance(block, Mapping) and bool(block) and block.get("enabled") is not False


def flow_key(said: object, own_domain: object = None) -> str:
    """``domain/flow`` as far as a reference says it."""
    if isinstance(said, Mapping):
        return flow_key(said.get("flow") or said.get("flow_ref"), said.get("domain"))
    flow = word(said)
    domain = word(own_domain)
    return f"{domain}/{flow}" if flow and domain and "/" not in flow else flow
