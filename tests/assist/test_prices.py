"""What models of the registry cost, and how entries of older files are read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.prices import Price, cost
from ddd_lab.assist.replies import Usage


def priced(**dollars: str) -> Price:
    return Price.model_validate({"as_of": "2026-11-30", **dollars})


SONNET = priced(input="3", output="15")


@pytest.mark.parametrize(
    ("usage", "price", "dollars"),
    [
        (Usage(input=1_000_000), SONNET, "3"),
        (Usage(output=1_000_000), SONNET, "15"),
        (Usage(cache_read=1_000_000), SONNET, "0.3"),
        (Usage(cache_write=1_000_000), SONNET, "3.75"),
        (Usage(input=1, cache_read=10, cache_write=100, output=1000), SONNET, "0.015381"),
        (
            Usage(input=7, cache_read=20_000, cache_write=3_000, output=611),
            priced(input="5", output="25", cache_read="0.4", cache_write="10"),
            "0.05331",
        ),
        (Usage(input=5000, output=5000), priced(input="0", output="0"), "0"),
        (Usage(), SONNET, "0"),
    ],
)
def test_a_reply_costs_the_sum_of_what_was_read_cached_and_written(
    usage: Usage, price: Price, dollars: str
) -> None:
    assert cost(usage, price) == Decimal(dollars)


def test_an_unknown_price_is_unknown_and_not_nothing() -> None:
    assert cost(Usage(input=1000), None) is None


def test_only_a_price_of_nothing_at_all_is_free() -> None:
    assert priced(input="0", output="0").free
    assert not SONNET.free
    assert not priced(input="0", output="0", cache_write="1").free


def test_a_price_for_a_thousand_tokens_is_read_as_one_for_a_million() -> None:
    entry = ModelEntry.model_validate(
        {
            "id": "claude-haiku",
            "provider": "anthropic",
            "model_id": "claude-haiku-4-5-20251001",
            "cost_per_1k_input": 0.0008,
            "cost_per_1k_output": 0.004,
        }
    )

    assert entry.price == Price(input=Decimal("0.8"), output=Decimal(4))


def test_a_dated_price_wins_over_one_for_a_thousand_tokens() -> None:
    entry = ModelEntry.model_validate(
        {
            "id": "a",
            "provider": "openai",
            "model_id": "gpt",
            "cost_per_1k_input": 1,
            "cost_per_1k_output": 1,
            "price": {"input": 3, "output": 15, "as_of": "2026-11-30"},
        }
    )

    assert entry.price == SONNET


@pytest.mark.parametrize("price", ["cheap", -1, float("nan"), float("inf"), True, [1]])
def test_a_price_that_is_no_amount_is_refused(price: object) -> None:
    with pytest.raises(ValidationError):
        ModelEntry.model_validate(
            {
                "id": "a",
                "provider": "openai",
                "model_id": "gpt",
                "cost_per_1k_input": price,
                "cost_per_1k_output": 1,
            }
        )
