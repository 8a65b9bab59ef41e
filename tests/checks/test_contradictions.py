"""The settings of one node agree with each other."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.spec.models.flow import FlowData
from tests.checks.builders import end, flow, node, quiet, shows

HERE = "orders/place-order#it"


def _with(kind: str, **spec: Any) -> FlowData:
    return flow(node("it", kind, "end", **spec), end())


def _experiment(route: str) -> dict[str, Any]:
    return {"experiments": [{"route": route, "original_route": "a", "percentage": 10}]}


@pytest.mark.parametrize(
    ("kind", "wrong", "right", "path", "says"),
    [
        (
            "agent_loop",
            {"model": "m", "model_fallback": ["m"]},
            {"model": "m", "model_fallback": ["n"]},
            ("model_fallback", 0),
            "is the same as the model",
        ),
        (
            "cache",
            {"ttl_ms": 5, "ttl_jitter_ms": 9},
            {"ttl_ms": 9, "ttl_jitter_ms": 5},
            ("ttl_jitter_ms",),
            "must not be larger",
        ),
        (
            "data_store",
            {"operation": "update_where", "store_type": "database"},
            {"operation": "update_where", "store_type": "memory"},
            ("operation",),
            "store_type is “database”",
        ),
        (
            "data_store",
            {"operation": "update_many", "store_type": "memory"},
            {"operation": "update_many", "store_type": "database"},
            ("operation",),
            "store_type is “memory”",
        ),
        (
            "data_store",
            {"pagination": {"default_limit": 200, "max_limit": 100}},
            {"pagination": {"default_limit": 20, "max_limit": 100}},
            ("pagination", "default_limit"),
            "is 200 and pagination.max_limit is 100",
        ),
        (
            "decision",
            {"trueLabel": "Yes", "falseLabel": "yes"},
            {"trueLabel": "Yes", "falseLabel": "No"},
            ("falseLabel",),
            "Rename one of them",
        ),
        ("delay", {"min_ms": 9, "max_ms": 5}, {"min_ms": 5, "max_ms": 5}, ("min_ms",), "is 9 and"),
        (
            "input",
            {"fields": {"a": {"min": 5, "max": 1}}},
            {"fields": {"a": {"min": 1, "max": 5}}},
            ("fields", "a", "min"),
            "In the field “a”",
        ),
        (
            "input",
            {"fields": [{"name": "a", "enum": ["x", "y"], "default": "z"}]},
            {"fields": [{"name": "a", "enum": ["x", "y"], "default": "y"}]},
            ("fields", 0, "default"),
            "one of its values",
        ),
        (
            "llm_call",
            {"model": "m", "retry": {"fallback_model": "m"}},
            {"model": "m", "retry": {"fallback_model": "n"}},
            ("retry", "fallback_model"),
            "Choose another",
        ),
        (
            "llm_call",
            {"prompt": "Hello", "prompt_template": "Goodbye"},
            {"prompt": "Hello", "prompt_template": "Hello"},
            ("prompt",),
            "Keep one",
        ),
        (
            "llm_call",
            {"structured_output": {"type": "object"}, "streaming": True},
            {"structured_output": {"type": "object"}, "streaming": False},
            ("streaming",),
            "Switch one of the two off",
        ),
        (
            "parallel",
            {"branches": ["a", "b"], "join": "n_of", "join_count": 3},
            {"branches": ["a", "b"], "join": "n_of", "join_count": 2},
            ("join_count",),
            "there are 2 branches",
        ),
        (
            "parallel",
            {"branches": ["a", "b"], "join": "all", "join_count": 2},
            {"branches": ["a", "b"], "join": "all"},
            ("join_count",),
            "Remove join_count",
        ),
        (
            "smart_router",
            {"ab_testing": _experiment("a")},
            {"ab_testing": _experiment("b")},
            ("ab_testing", "experiments", 0, "route"),
            "compares “a” with itself",
        ),
        (
            "smart_router",
            {"policies": {"timeout": {"per_route": 30, "total": 10}}},
            {"policies": {"timeout": {"per_route": 30, "total": 120}}},
            ("policies", "timeout", "per_route"),
            "must not be larger",
        ),
    ],
)
def test_settings_that_cannot_both_be_meant_are_a_warning(
    kind: str,
    wrong: dict[str, Any],
    right: dict[str, Any],
    path: tuple[str | int, ...],
    says: str,
) -> None:
    rule = "specs.contradiction"
    shows(rule, _with(kind, **wrong), at=HERE, path=("spec", *path), says=says)
    quiet(rule, _with(kind, **right))
