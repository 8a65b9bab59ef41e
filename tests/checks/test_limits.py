"""Numbers make sense, shares add up, and names in a list are each their own."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.spec.catalogue import catalogue
from ddd_lab.spec.models.flow import FlowData
from tests.checks.builders import end, flow, node, quiet, shows

HERE = "orders/place-order#it"


def _with(kind: str, **spec: Any) -> FlowData:
    return flow(node("it", kind, "end", **spec), end())


@pytest.mark.parametrize(
    ("kind", "spec", "path", "says"),
    [
        ("agent_loop", {"max_iterations": 500}, ("max_iterations",), "from 1 to 50 (rounds)"),
        ("agent_loop", {"temperature": 7}, ("temperature",), "from 0 to 2"),
        (
            "agent_loop",
            {"memory": [{"min_similarity": 70}]},
            ("memory", 0, "min_similarity"),
            "from 0 to 1",
        ),
        ("decision", {"on_false": {"status": 1000}}, ("on_false", "status"), "from 100 to 599"),
        ("delay", {"min_ms": -5}, ("min_ms",), "from 0 up (milliseconds)"),
        (
            "handoff",
            {"context_transfer": {"max_context_tokens": 50}},
            ("context_transfer", "max_context_tokens"),
            "from 100 to 10000 (tokens)",
        ),
        ("handoff", {"on_failure": {"timeout": 2}}, ("on_failure", "timeout"), "from 5 to 600000"),
        ("router", {"confidence_threshold": 70}, ("confidence_threshold",), "is 70. Write"),
        ("service_call", {"retry": {"max_attempts": 0}}, ("retry", "max_attempts"), "from 1 to"),
        (
            "smart_router",
            {"ab_testing": {"experiments": [{"percentage": 120}]}},
            ("ab_testing", "experiments", 0, "percentage"),
            "from 0 to 100 (percent)",
        ),
        ("terminal", {"status": 20}, ("status",), "from 100 to 599"),
        ("text_split", {"max_length": 0}, ("max_length",), "from 1 up"),
    ],
)
def test_a_number_that_makes_no_sense_is_a_warning(
    kind: str, spec: dict[str, Any], path: tuple[str | int, ...], says: str
) -> None:
    shows("specs.range", _with(kind, **spec), at=HERE, path=("spec", *path), says=says)


def test_sensible_numbers_and_expressions_are_left_alone() -> None:
    quiet(
        "specs.range",
        _with("agent_loop", max_iterations=10, temperature=0.3),
        _with("delay", min_ms="$.wait", max_ms=0.5e4),
        _with("handoff", on_failure={"timeout": 30000}),
        _with("terminal", status="201 Created"),
        _with("service_call", retry={"max_attempts": True}),
        flow(end(), metadata={"completeness": 100}),
    )


def test_a_percentage_of_completeness_is_one() -> None:
    boast = flow(end(), metadata={"completeness": 110})
    path = ("metadata", "completeness")
    shows("specs.range", boast, at="orders/place-order", path=path, says="from 0 to 100")


def test_every_limit_is_of_a_setting_with_a_least_below_its_most() -> None:
    for kind in catalogue().values():
        assert all(limit.lowest < limit.highest for limit in kind.ranges)
        assert len({limit.key for limit in kind.ranges}) == len(kind.ranges)


def test_the_errors_of_a_call_are_http_statuses() -> None:
    rule = "specs.status"
    wrong = _with("service_call", error_mapping={"40": "NOT_FOUND", "404": "NOT_FOUND"})
    path = ("spec", "error_mapping", "40")
    shows(rule, wrong, at=HERE, path=path, says="40 is not an HTTP status")
    quiet(rule, _with("service_call", error_mapping={"4xx": "A", "timeout": "B", "503": "C"}))


def _experiments(*shares: tuple[float, str]) -> FlowData:
    listed = [{"route": "b", "percentage": share, "original_route": to} for share, to in shares]
    return _with("smart_router", ab_testing={"enabled": True, "experiments": listed})


def test_experiments_share_out_no_more_than_everything() -> None:
    rule = "specs.shares"
    path = ("spec", "ab_testing", "experiments", 1, "percentage")
    shows(rule, _experiments((70, "a"), (40, "a")), at=HERE, path=path, says="take 110 %")
    quiet(rule, _experiments((70, "a"), (40, "c")), _experiments((60, "a"), (40, "a")))


@pytest.mark.parametrize(
    ("kind", "key", "listed"),
    [
        ("human_gate", "approval_options", [{"id": "yes"}, {"id": "yes"}]),
        ("smart_router", "rules", [{"id": "yes"}, {"id": "yes"}]),
        ("agent_loop", "tools", ["yes", {"id": "yes"}]),
    ],
)
def test_a_name_that_stands_twice_in_a_list_is_a_warning(
    kind: str, key: str, listed: list[Any]
) -> None:
    rule = "specs.same-name"
    twice = _with(kind, **{key: listed})
    shows(rule, twice, at=HERE, path=("spec", key, 1), says="“yes” appears twice")
    quiet(rule, _with(kind, **{key: [{"id": "yes"}, {"id": "no"}]}))
