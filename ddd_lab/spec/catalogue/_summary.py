"""The line below the title of a card."""

from __future__ import annotations

from ddd_lab.plurals import plural


def count(value: object, one: str, many: str = "") -> str:
    """``3 fields``, ``1 field`` or nothing, for a list or map."""
    size = len(value) if isinstance(value, (list, dict)) else 0
    return plural(size, one, many) if size else ""


def joined(*parts: str, by: str = " · ") -> str:
    """The parts that say something, in one line."""
    return by.join(part for part in parts if part)
