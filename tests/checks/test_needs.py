"""Settings that call for others are complete, type by type."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.spec.catalogue import catalogue
from ddd_lab.spec.models.flow import FlowData
from tests.checks.builders import end, findings, flow, node, quiet, shows

HERE = "orders/place-order#it"


def _with(kind: str, **spec: Any) -> FlowData:
    return flow(node("it", kind, "end", **spec), end())


LLM = {"enabled": True, "model": "m", "routes": {"a": "end"}}
MEMORY = {"store_type": "memory", "operation": "get", "store": "cart", "selector": "lines"}
INCOMPLETE: list[tuple[str, dict[str, Any], str]] = [
    ("agent_loop", {"streaming": {"enabled": True}}, "streaming.format"),
    ("batch", {"operation_template": {"dispatch_field": "$.kind"}}, "operation_template.type"),
    ("collection", {"operation": "filter"}, "predicate"),
    ("collection", {"operation": "group_by"}, "key"),
    ("collection", {"operation": "join", "on": "id"}, "right"),
    ("collection", {"operation": "join", "right": "$.b"}, "on"),
    ("collection", {"operation": "reduce"}, "accumulator"),
    ("crypto", {"operation": "hash"}, "algorithm"),
    ("crypto", {"operation": "encrypt", "algorithm": "aes-256-gcm"}, "key_source"),
    (
        "crypto",
        {"operation": "jwt_sign", "algorithm": "RS256", "key_source": "K", "expires_in": 60},
        "payload",
    ),
    (
        "crypto",
        {"operation": "jwt_sign", "algorithm": "RS256", "key_source": "K", "payload": {"a": 1}},
        "expires_in",
    ),
    ("crypto", {"operation": "generate_token"}, "output_field"),
    ("data_store", {**MEMORY, "store": ""}, "store"),
    ("data_store", {**MEMORY, "selector": " "}, "selector"),
    ("data_store", {**MEMORY, "operation": "update_where", "patch": {"a": 1}}, "predicate"),
    ("data_store", {**MEMORY, "operation": "update_where", "predicate": "a"}, "patch"),
    ("data_store", {"store_type": "filesystem", "operation": "create"}, "path"),
    ("data_store", {"store_type": "database", "operation": "create"}, "model"),
    ("delay", {"strategy": "random", "min_ms": 1}, "max_ms"),
    ("event", {"queue_operation": "get_jobs"}, "target_queue"),
    ("handoff", {"target": {"note": "later"}}, "target.flow"),
    ("handoff", {"on_failure": {"action": "fallback"}}, "on_failure.fallback"),
    ("human_gate", {"timeout": {"action": "escalate"}}, "timeout.duration"),
    ("parallel", {"branches": ["a", "b"], "join": "n_of"}, "join_count"),
    ("router", {"routes": [{"id": "a"}]}, "model"),
    ("smart_router", {"rules": [], "llm_routing": {"enabled": False}}, "rules"),
    ("smart_router", {"llm_routing": {**LLM, "model": ""}}, "llm_routing.model"),
    ("smart_router", {"llm_routing": {**LLM, "routes": {}}}, "llm_routing.routes"),
    ("smart_router", {"rules": [{"id": "r", "condition": "a", "route": "b"}]}, "fallback_chain"),
    (
        "smart_router",
        {"llm_routing": LLM, "policies": {"circuit_breaker": {"enabled": True}}},
        "policies.circuit_breaker.failure_threshold",
    ),
    (
        "smart_router",
        {"llm_routing": LLM, "ab_testing": {"enabled": True}},
        "ab_testing.experiments",
    ),
    (
        "smart_router",
        {"llm_routing": LLM, "context_routing": {"enabled": True}},
        "context_routing.rules",
    ),
    ("transform", {"mode": "schema", "output_schema": "B"}, "input_schema"),
    ("transform", {"mode": "schema", "input_schema": "A"}, "output_schema"),
    ("transform", {"mode": "expression"}, "field_mappings"),
]


@pytest.mark.parametrize(
    ("kind", "spec", "key"), INCOMPLETE, ids=[f"{kind}-{key}" for kind, _, key in INCOMPLETE]
)
def test_a_setting_that_another_calls_for_is_missed(
    kind: str, spec: dict[str, Any], key: str
) -> None:
    path = ("spec", *key.split("."))
    shows("specs.needed", _with(kind, **spec), at=HERE, path=path, says="yet. Add it, because ")


def test_every_need_is_proved() -> None:
    declared = {
        (kind.type, need.keys[0]) for kind in catalogue().values() for need in kind.required_when
    }
    assert {(kind, key) for kind, _, key in INCOMPLETE} == declared


def test_settings_that_are_complete_or_call_for_nothing_are_left_alone() -> None:
    quiet(
        "specs.needed",
        _with("collection", operation="filter", predicate="item.ok"),
        _with("collection", operation="flatten"),
        _with("crypto", operation="generate_token", output_field="token"),
        _with("crypto", operation="hash", algorithm="bcrypt"),
        _with("data_store", operation="create", model="Order"),
        _with("data_store", store_type="memory", operation="reset", store="cart"),
        _with("delay", min_ms=1, strategy="fixed"),
        _with("event", event="order.placed"),
        _with("handoff", target={"domain": "care"}),
        _with("human_gate", timeout={"$ref": "#/gate_timeout"}),
        _with("parallel", branches=["a", "b"], join="all"),
        _with("smart_router", rules=[{"id": "r", "condition": "default", "route": "b"}]),
        _with("smart_router", rules=[{"id": "r", "route": "b"}], fallback_note="never"),
        _with("smart_router", llm_routing=LLM),
        _with("transform", mode="expression", field_mappings={"a": "$.b"}),
        _with("unheard_of", operation="filter"),
    )


ENTRIES: list[tuple[str, dict[str, Any], tuple[str | int, ...], str]] = [
    ("agent_loop", {"tools": [{"id": "t"}]}, ("tools", 0, "description"), "The tool “t”"),
    ("guardrail", {"checks": [{"action": "block"}]}, ("checks", 0, "type"), "The check has no"),
    ("orchestrator", {"agents": [{"id": "a"}]}, ("agents", 0, "flow"), "The agent “a”"),
    (
        "parse",
        {"strategy": {"selectors": [{"name": "title"}]}},
        ("strategy", "selectors", 0, "css"),
        "The selector “title”",
    ),
    (
        "parse",
        {"strategy": {"selectors": [{"css": "h1"}]}},
        ("strategy", "selectors", 0, "name"),
        "The selector has no name yet",
    ),
    ("router", {"routes": [{"connection": "end"}]}, ("routes", 0, "id"), "The route has no"),
    (
        "smart_router",
        {"rules": [{"id": "r", "route": "b"}]},
        ("rules", 0, "condition"),
        "The rule “r”",
    ),
    ("smart_router", {"rules": [{"condition": "a"}]}, ("rules", 0, "route"), "The rule has no"),
    (
        "smart_router",
        {"ab_testing": {"experiments": [{"name": "x", "route": "b"}]}},
        ("ab_testing", "experiments", 0, "percentage"),
        "The experiment “x”",
    ),
    (
        "smart_router",
        {"ab_testing": {"experiments": [{"name": "x", "percentage": 5}]}},
        ("ab_testing", "experiments", 0, "route"),
        "The experiment “x”",
    ),
    ("transaction", {"steps": [{"rollback": "undo"}]}, ("steps", 0, "action"), "The step has no"),
]


@pytest.mark.parametrize(
    ("kind", "spec", "path", "says"),
    ENTRIES,
    ids=[".".join(map(str, path)) for _, _, path, _ in ENTRIES],
)
def test_an_entry_that_says_nothing_is_a_warning(
    kind: str, spec: dict[str, Any], path: tuple[str | int, ...], says: str
) -> None:
    rule = "specs.incomplete-entry"
    shows(rule, _with(kind, **spec), at=HERE, path=("spec", *path), says=says)


def test_every_kind_of_entry_is_proved() -> None:
    declared = {(kind.type, part.keys[0]) for kind in catalogue().values() for part in kind.entries}
    assert {(kind, path[-1]) for kind, _, path, _ in ENTRIES} == declared


def test_entries_that_are_words_or_references_are_left_alone() -> None:
    quiet(
        "specs.incomplete-entry",
        _with("agent_loop", tools=["search", {"$ref": "#/tools/answer"}]),
        _with("guardrail", checks=["pii_detection", {"rule": "no swearing"}]),
        _with("transaction", steps=["take money", {"action": "ship"}]),
    )


FEW: list[tuple[str, dict[str, Any], str]] = [
    ("agent_group", {"members": ["a"]}, "members"),
    ("orchestrator", {"agents": {"a": {"flow": "b"}}}, "agents"),
    ("parallel", {"branches": 1}, "branches"),
    ("service_call", {"oauth1a_config": {"consumer_key_env": "K"}}, "oauth1a_config"),
    ("transaction", {"steps": [{"action": "pay"}]}, "steps"),
]


@pytest.mark.parametrize(("kind", "spec", "key"), FEW, ids=[kind for kind, _, _ in FEW])
def test_one_of_what_makes_sense_only_together_is_a_warning(
    kind: str, spec: dict[str, Any], key: str
) -> None:
    shows(
        "specs.too-few",
        _with(kind, **spec),
        at=HERE,
        path=("spec", key),
        says="has 1, but needs at least",
    )
    assert {kind for kind, _, _ in FEW} == {
        kind.type for kind in catalogue().values() if kind.fewest
    }


def test_two_or_as_many_branches_as_are_connected_are_enough() -> None:
    lines = {"branch-0": "end", "branch-1": "end", "done": "end"}
    quiet(
        "specs.too-few",
        _with("agent_group", members=["a", "b"]),
        _with("transaction", operation="begin"),
        _with("orchestrator", agents={"$ref": "#/agents"}),
        flow(node("it", "parallel", lines, branches=[{"id": "one"}]), end()),
    )


def test_a_field_without_a_type_is_a_warning() -> None:
    rule = "specs.untyped-field"
    lines = {"valid": "end", "invalid": "end"}
    listed = flow(node("it", "input", lines, fields=[{"name": "total"}]), end())
    path: tuple[str | int, ...] = ("spec", "fields", 0, "type")
    shows(rule, listed, at=HERE, path=path, says="The field “total” has no type")
    mapped = flow(node("it", "input", lines, fields={"total": {"required": True}}), end())
    path = ("spec", "fields", "total", "type")
    shows(rule, mapped, at=HERE, path=path, says="for example string")
    quiet(rule, flow(node("it", "input", lines, fields={"a": "string", "b": {"enum": [1]}}), end()))


def test_a_setting_kept_at_the_top_of_the_file_counts() -> None:
    block = {"agent_config": {"model": "m", "streaming": {"enabled": True, "format": "sse"}}}
    pointed = node("it", "agent_loop", "end", config={"$ref": "#/agent_config"})
    assert "specs.needed" not in {hit.rule for hit in findings(flow(pointed, end(), extra=block))}
