"""What may still be spent: asked before every attempt on every model."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.prices import cost
from ddd_lab.assist.registry import CostTracking, is_free
from ddd_lab.assist.replies import Usage
from ddd_lab.assist.tokens import Tokens
from ddd_lab.plurals import plural

BudgetState = Literal["fine", "warning", "reached"]

_ANSWERS = {"fast": 750, "standard": 3_000, "powerful": 6_000}
"""Tokens that an answer of a tier usually has."""


@dataclass(frozen=True)
class Expected:
    """What a call will take.

    Attributes:
        input: tokens of all that is sent.
        output: tokens that an answer usually has.
        price: in US dollars; None where the price of the model is unknown.
    """

    input: Tokens
    output: int
    price: Decimal | None

    @classmethod
    def of(cls, entry: ModelEntry, input: Tokens) -> Expected:
        """What a model will take for an input."""
        output = min(_ANSWERS[entry.tier], entry.max_tokens)
        return cls(input, output, cost(Usage(input=input.count, output=output), entry.price))


@dataclass(frozen=True)
class Budget:
    """What a period may cost, and what it has cost so far.

    Attributes:
        costs: the limits.
        spent: US dollars in this period.
        unknown: answers in this period whose price is unknown; they count for nothing above.
    """

    costs: CostTracking = field(default_factory=CostTracking)
    spent: Decimal = Decimal(0)
    unknown: int = 0

    @property
    def state(self) -> BudgetState:
        """Whether the limit is reached, or near."""
        if self.limited and self.spent >= self.costs.budget_limit:
            return "reached"
        warning = self.costs.budget_warning
        near = self.costs.enabled and 0 < warning <= self.spent
        return "warning" if near else "fine"

    @property
    def limited(self) -> bool:
        """Whether there is a limit."""
        return self.costs.enabled and self.costs.budget_limit > 0

    def check(self, entry: ModelEntry, expected: Expected) -> str:
        """Why a call would go beyond the limit; empty where it may be made.

        A model that costs nothing may always be asked. One whose price is unknown may be asked
        until the limit is reached.
        """
        if not self.limited or is_free(entry):
            return ""
        limit = self.costs.budget_limit
        if self.state == "reached":
            return f"the {self._period} limit of {dollars(limit)} is reached"
        if expected.price is not None and self.spent + expected.price > limit:
            return (
                f"about {dollars(expected.price)} would go beyond the {self._period} limit of "
                f"{dollars(limit)}; {dollars(limit - self.spent)} is left"
            )
        return ""

    @property
    def words(self) -> str:
        """How the period stands, for a person."""
        words = f"{dollars(self.spent)} spent"
        if self.limited:
            words += f" of {dollars(self.costs.budget_limit)}"
        if self.unknown:
            words += f", and {plural(self.unknown, 'answer')} of unknown price"
        return words

    @property
    def _period(self) -> str:
        return self.costs.reset_period


def dollars(amount: Decimal | None) -> str:
    """An amount as people read it; small ones keep their first two figures.

    >>> dollars(Decimal("12.5")), dollars(Decimal("0.00042")), dollars(Decimal(0)), dollars(None)
    ('$12.50', '$0.00042', '$0.00', 'unknown')
    """
    if amount is None:
        return "unknown"
    places = 2 if amount == 0 or amount >= Decimal("0.1") else 1 - amount.adjusted()
    return f"${amount:,.{places}f}"
