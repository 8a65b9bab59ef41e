"""Counts and names of things in words."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    Args:
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


def quoted(names: Collection[str], limit: int = 6) -> str:
    """Names for a message; the rest of a long list as a number.

    >>> quoted(["a", "b", "c"]), quoted("abcdef", 3)
    ('“a”, “b” and “c”', '“a”, “b” and 4 more')
    """
    shown = [f"“{name}”" for name in islice(names, limit)]
    if len(names) > limit:
        shown = [*shown[: limit - 1], f"{len(names) - limit + 1} more"]
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
