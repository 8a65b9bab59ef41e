"""What a reply costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field

from ddd_lab.assist.replies import Usage
from ddd_lab.spec.models.base import Frozen

_PER: Final = Decimal(1_000_000)
_CACHE_READ: Final = Decimal("0.1")
_CACHE_WRITE: Final = Decimal("1.25")

Dollars = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]


class Price(Frozen):
    """US dollars for a million tokens.

    Attributes:
        input: tokens read anew.
        output: tokens of the answer, its thinking included.
        cache_read: tokens taken from the vendor's cache; a tenth of the input if not given.
        cache_write: tokens written into it; five quarters of the input if not given.
        as_of: the day on which this was so, as ISO; empty if nobody said.
    """

    input: Dollars
    output: Dollars
    cache_read: Dollars | None = None
    cache_write: Dollars | None = None
    as_of: str = ""

    @property
    def free(self) -> bool:
        """Whether nothing is ever paid."""
        return not any((self.input, self.output, self.cache_read, self.cache_write))


FREE: Final = Price(input=Decimal(0), output=Decimal(0))
"""What a model on a person's own machine costs."""


def cost(usage: Usage, price: Price | None) -> Decimal | None:
    """US dollars for a reply.

    Args:
        usage: the tokens that it took.
        price: of its model; None where it is unknown.

    Returns:
        The exact sum; None where the price is unknown, which is not the same as nothing.

    >>> cost(Usage(input=1000, output=100), Price(input=Decimal(3), output=Decimal(15)))
    Decimal('0.0045')
    """
    if price is None:
        return None
    read = price.input * _CACHE_READ if price.cache_read is None else price.cache_read
    write = price.input * _CACHE_WRITE if price.cache_write is None else price.cache_write
    return (
        usage.input * price.input
        + usage.cache_read * read
        + usage.cache_write * write
        + usage.output * price.output
    ) / _PER
