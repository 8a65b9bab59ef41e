"""Reading settings of which nothing is certain, as plain data that travels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ddd_lab.spec import lenient

Settings = Mapping[str, Any]

LONGEST = 300
"""Characters of a text that a card could ever show."""


def word(value: object) -> str:
    """A text or number as one line."""
    return lenient.line(value, LONGEST)


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


def first(value: Settings, *keys: str) -> str:
    """The first of these keys that says something."""
    return lenient.first(value, *keys, limit=LONGEST)


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
