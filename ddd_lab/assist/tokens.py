"""How many tokens a text has, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

TextKind = Literal["flow", "spec", "prose", "code"]
Counting = Literal["exact", "calibrated", "estimate"]


@dataclass(frozen=True)
class Tokens:
    """A number of tokens.

    Attributes:
        count: the number.
        how: counted by the provider, estimated with a factor learnt from what replies used, or
            estimated.
    """

    count: int
    how: Counting = "estimate"


class TokenCounter(Protocol):
    """Counts for one model."""

    def __call__(self, text: str, kind: TextKind) -> Tokens:
        """Tokens of a text of some kind."""
        ...
