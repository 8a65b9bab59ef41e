"""Which models are asked for a task, in which order and why."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ddd_lab.assist import leaves
from ddd_lab.assist.budget import Budget, Expected, dollars
from ddd_lab.assist.health import Health, HealthState
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.plan import Attempt, plan
from ddd_lab.assist.registry import CostTracking, Registry
from ddd_lab.assist.tokens import Tokens
from tests.assist.scripted import entry, registry

FAST, BIG, LOCAL = entry("fast", "0.1"), entry("big", "5"), entry("local", "0", local=True)
MODELS = registry(FAST, BIG, LOCAL, routing={"review_flow": "big", "chat": "_active"})


def expected(model: ModelEntry) -> Expected:
    return Expected.of(model, Tokens(10_000))


def attempts(
    task: str = "chat",
    models: Registry = MODELS,
    override: str = "",
    budget: Budget | None = None,
    **health: Health,
) -> list[Attempt]:
    return plan(
        task,
        models,
        expected,
        override=override,
        budget=budget,
        health=lambda model: health.get(model.id, Health(HealthState.READY)),
    )


def whys(plans: list[Attempt]) -> list[tuple[str, str]]:
    return [(attempt.model, attempt.why) for attempt in plans]


@pytest.mark.covers("T19.4", "T19.6", "S06.13")
@pytest.mark.parametrize(
    ("task", "override", "first", "why"),
    [
        ("chat", "", "fast", "the active model"),
        ("review_flow", "", "big", "routed for review_flow"),
        ("no_such_task", "", "fast", "the active model"),
        ("review_flow", "local", "local", "your choice"),
        ("review_flow", "gone", "fast", "the first model, since gone is not registered"),
    ],
)
def test_a_persons_pick_counts_over_the_routing_and_that_over_the_active_model(
    task: str, override: str, first: str, why: str
) -> None:
    assert whys(attempts(task, override=override))[0] == (first, why)


@pytest.mark.covers("T19.7", "S06.15")
def test_the_fallback_chain_follows_without_the_chosen_model() -> None:
    assert whys(attempts("review_flow")) == [
        ("big", "routed for review_flow"),
        ("fast", "fallback after Big"),
        ("local", "fallback after Big, Fast"),
    ]


def test_a_missing_model_is_replaced_by_the_first_that_is_registered() -> None:
    models = registry(FAST, BIG, routing={"chat": "gone"}, fallback=("nowhere", "big"))
    assert whys(attempts(models=models)) == [
        ("fast", "the first model, since gone is not registered"),
        ("big", "fallback after Fast"),
    ]
    assert plan("chat", registry(), expected) == []


def test_a_model_in_place_of_a_missing_one_is_not_asked_elsewhere_without_leave() -> None:
    models = registry(FAST, LOCAL, active="gone")
    assert [[leave for leave, _ in each.needs] for each in attempts(models=models)] == [
        [leaves.CLOUD],
        [],
    ]


def test_a_model_that_cannot_be_asked_is_passed_over_with_the_reason() -> None:
    no_key = Health(HealthState.NO_KEY, "set the environment variable KEY")
    first, second, _ = attempts(fast=no_key)
    assert first.skip == "no key: set the environment variable KEY"
    assert second.why == "fallback after Fast (no key: set the environment variable KEY)"
    assert attempts(override="fast", fast=no_key)[0].skip == ""


def test_a_model_that_cannot_take_the_text_is_passed_over() -> None:
    small = entry("small", context=8_000)
    assert [each.skip for each in attempts(models=registry(small, BIG))] == [
        "too long: 10,000 tokens, of which it takes 8,000",
        "",
    ]


def test_an_attempt_says_what_it_will_take() -> None:
    first = attempts("review_flow")[0].expected
    assert (first.input.count, first.output) == (10_000, 3_000)
    assert first.price == Decimal("0.125")
    assert attempts(models=registry(entry("x", None)))[0].expected.price is None


def test_the_way_from_local_to_elsewhere_and_from_free_to_paid_needs_leave() -> None:
    free = entry("free", "0")
    unknown = entry("unknown", None)
    plans = attempts(models=registry(LOCAL, free, FAST, unknown))
    assert [tuple(leave for leave, _ in each.needs) for each in plans] == [
        (),
        (leaves.CLOUD,),
        (leaves.CLOUD, leaves.PAID),
        (leaves.CLOUD, leaves.PAID),
    ]
    words = [reason for each in plans for _, reason in each.needs]
    assert words[0] == (
        "Local runs on this machine. Free does not run on this machine: what you ask would leave it"
    )
    assert words[2] == "Local is free, Fast costs money"
    assert words[4] == "Local is free, Unknown may cost money"
    assert [each.needs for each in attempts(override="fast", models=registry(LOCAL, FAST))] == [
        (),
        (),
    ]


def test_a_server_that_a_projects_settings_name_needs_leave() -> None:
    gateway = entry("gateway", base_url="https://ai.example.org", api_key_env="AWS_SECRET")
    [(leave, reason)] = attempts(models=registry(gateway))[0].needs
    assert leave == leaves.server_leave(gateway)
    assert reason == (
        "this project's settings send what you ask to https://ai.example.org, with the key in "
        "AWS_SECRET"
    )


@pytest.mark.covers("T20.4")
@pytest.mark.parametrize(
    ("spent", "limit", "needs"),
    [
        ("49", "50", {}),
        ("49.99", "50", {"big": "about $0.12 would go beyond the monthly limit of $50.00"}),
        (
            "50",
            "50",
            {
                "fast": "the monthly limit of $50.00 is reached",
                "big": "the monthly limit of $50.00 is reached",
                "unknown": "the monthly limit of $50.00 is reached",
            },
        ),
        ("5000", "0", {}),
    ],
)
def test_the_budget_is_looked_at_for_every_model_and_free_ones_stay_allowed(
    spent: str, limit: str, needs: dict[str, str]
) -> None:
    budget = Budget(CostTracking(budget_limit=Decimal(limit)), Decimal(spent))
    plans = attempts(models=registry(FAST, BIG, entry("unknown", None), LOCAL), budget=budget)
    found = {each.model: dict(each.needs).get(leaves.LIMIT, "") for each in plans}
    assert {model: reason for model, reason in found.items() if reason}.keys() == needs.keys()
    for model, reason in needs.items():
        assert found[model].startswith(f"{model.title()}: {reason}")


@pytest.mark.covers("T20.3")
@pytest.mark.parametrize(
    ("spent", "warning", "limit", "state"),
    [
        ("9.99", "10", "50", "fine"),
        ("10", "10", "50", "warning"),
        ("50", "10", "50", "reached"),
        ("50", "10", "0", "warning"),
        ("50", "0", "0", "fine"),
    ],
)
def test_people_are_warned_before_the_limit(
    spent: str, warning: str, limit: str, state: str
) -> None:
    costs = CostTracking(budget_warning=Decimal(warning), budget_limit=Decimal(limit))
    assert Budget(costs, Decimal(spent)).state == state


def test_where_tracking_is_off_there_is_no_limit() -> None:
    budget = Budget(CostTracking(enabled=False), Decimal(5000))
    assert (budget.check(BIG, expected(BIG)), budget.state) == ("", "fine")


def test_amounts_are_read_as_money() -> None:
    amounts = [None, Decimal(0), Decimal("0.0000012"), Decimal("0.126"), Decimal("1234.5")]
    assert [dollars(amount) for amount in amounts] == [
        "unknown",
        "$0.00",
        "$0.0000012",
        "$0.13",
        "$1,234.50",
    ]
