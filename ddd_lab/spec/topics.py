"""Names of events that stand for several: patterns of topics, as message brokers have them."""

from __future__ import annotations

import re
from functools import lru_cache


def is_pattern(event: str) -> bool:
    """Whether a name has a word that stands for others.

    >>> is_pattern("orders.*"), is_pattern("orders.paid")
    (True, False)
    """
    return ("*" in event or "#" in event) and not {"*", "#"}.isdisjoint(event.split("."))


def same_event(one: str, other: str) -> bool:
    """Whether two names can mean the same event: ``*`` is one word, ``#`` any number of them.

    >>> same_event("orders.*", "orders.paid"), same_event("orders.paid", "orders.#")
    (True, True)
    >>> same_event("orders.*", "orders.paid.late"), same_event("orders.#", "orders")
    (False, True)
    """
    return one == other or any(
        is_pattern(pattern) and _compiled(pattern).fullmatch(f".{name}") is not None
        for pattern, name in ((one, other), (other, one))
    )


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern for names that begin with a dot, so that ``#`` may be no word at all."""
    words = {"*": r"\.[^.]+", "#": r"(?:\.[^.]+)*"}
    return re.compile(
        "".join(words.get(word, rf"\.{re.escape(word)}") for word in pattern.split("."))
    )
