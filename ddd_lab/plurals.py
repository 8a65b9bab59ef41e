"""Counts of things in words."""

from __future__ import annotations

from collections.abc import Collection


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    Args:
        count: how many.
        one: the noun for one of them.
        many: the noun for several; ``one`` with an s if left out.

    >>> plural(1, "flow"), plural(0, "flow"), plural(2, "thing to see", "things to see")
    ('1 flow', '0 flows', '2 things to see')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def name_or_count(names: Collection[str], one: str) -> str:
    """The only name, or how many there are.

    >>> name_or_count(["pay"], "node"), name_or_count(["pay", "ship"], "node")
    ('pay', '2 nodes')
    """
    return next(iter(names)) if len(names) == 1 else plural(len(names), one)
