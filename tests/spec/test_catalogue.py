"""The node catalogue: every type has a form, a look and ports, whatever stands in the settings."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ddd_lab.spec.catalogue import NodeType, catalogue, node_type, ports, summary
from ddd_lab.spec.field_titles import title_of
from ddd_lab.spec.models.flow import Vocabulary
from tests.spec.flows import flow, node, real_flows

GUIDE_TYPES = """
trigger input process decision data_store event terminal service_call loop parallel sub_flow
llm_call agent_loop tool memory guardrail human_gate router orchestrator smart_router handoff
agent_group
"""
LATER_TYPES = """
delay cache transform collection parse crypto batch transaction text_split websocket_broadcast
ipc_call
"""

every_type = pytest.mark.parametrize("kind", catalogue().values(), ids=catalogue())


def names(type: str, spec: dict[str, Any], vocabulary: Vocabulary = "guide") -> list[str]:
    """Names of the ports of a node to which nothing is connected."""
    return [port.name for port in ports(node("n", type, spec), vocabulary)]


def test_the_catalogue_holds_the_types_of_both_formats() -> None:
    assert set(catalogue()) == {*GUIDE_TYPES.split(), *LATER_TYPES.split()}


@every_type
def test_a_freshly_placed_node_is_valid_and_knows_its_keys(kind: NodeType) -> None:
    kind.spec.model_validate(dict(kind.new))
    assert set(kind.new) <= set(kind.spec.keys())
    assert len(kind.icon) == 1
    assert kind.help.endswith(".")


@every_type
def test_every_setting_is_explained_in_the_form(kind: NodeType) -> None:
    schema = kind.spec.model_json_schema(by_alias=True)
    parts = [schema, *schema.get("$defs", {}).values()]
    for part in parts:
        for name, field in part["properties"].items():
            assert field.get("description", "").endswith("."), name


@every_type
def test_every_setting_has_a_title_in_words_and_a_number_of_time_its_unit(kind: NodeType) -> None:
    schema = kind.spec.model_json_schema(by_alias=True)
    for part in [schema, *schema.get("$defs", {}).values()]:
        for name, field in part["properties"].items():
            assert re.fullmatch(r"[A-Z][A-Za-z0-9/. ]*", field["title"]), name
            if name.endswith(("_ms", "_seconds")):
                assert field["x-unit"] in ("ms", "seconds"), name
            assert field.get("x-same-as", name) in part["properties"], name
        assert set(part.get("x-usual", ())) <= set(part["properties"])
    assert set(kind.shown_first) <= {*kind.spec.keys()}


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("system_prompt", "System prompt"),
        ("timeout_ms", "Timeout"),
        ("triggerType", "Trigger type"),
        ("llm_routing", "LLM routing"),
        ("correlation_id", "Correlation ID"),
        ("baseURL", "Base URL"),
        ("schema_ref", "Schema"),
    ],
)
def test_a_key_is_read_as_words(key: str, title: str) -> None:
    assert title_of(key) == title


@every_type
def test_settings_of_the_wrong_kind_are_refused(kind: NodeType) -> None:
    schema = kind.spec.model_json_schema(by_alias=True)["properties"]
    if "description" in schema:
        with pytest.raises(ValidationError):
            kind.spec.model_validate({"description": {"a": "map"}})


@pytest.mark.parametrize(
    ("type", "spec"),
    [
        ("service_call", {"timeout_ms": {"a": 1}}),
        ("service_call", {"timeout_ms": "soon"}),
        ("service_call", {"timeout_ms": True}),
        ("agent_loop", {"max_iterations": []}),
        ("agent_loop", {"tools": [{"is_terminal": "yes"}]}),
        ("input", {"fields": {"email": {"required": "yes"}}}),
        ("llm_call", {"temperature": "warm"}),
    ],
)
def test_numbers_and_switches_take_nothing_else(type: str, spec: dict[str, Any]) -> None:
    kind = node_type(type)
    assert kind is not None
    with pytest.raises(ValidationError):
        kind.spec.model_validate(spec)


def test_a_number_may_be_an_expression_and_unusual_words_are_read() -> None:
    for type, spec in (
        ("event", {"delay_ms": "$.wait"}),
        ("service_call", {"timeout_ms": "30s", "method": "PURGE"}),
        ("decision", {"made_up": {"kept": True}}),
    ):
        kind = node_type(type)
        assert kind is not None
        assert kind.spec.model_validate(spec).model_dump(exclude_unset=True) == spec


def test_a_form_can_offer_the_usual_words() -> None:
    kind = node_type("orchestrator")
    assert kind is not None
    strategy = kind.spec.model_json_schema()["properties"]["strategy"]
    assert strategy["x-enum"] == ["supervisor", "round_robin", "broadcast", "consensus"]


def test_outputs_have_the_names_of_the_files_vocabulary() -> None:
    assert names("data_store", {}) == ["success", "failure"]
    assert names("data_store", {}, "handles") == ["success", "error"]
    assert names("event", {}) == ["done"]
    assert names("event", {}, "handles") == ["next"]
    assert names("handoff", {}) == ["complete", "failure", "timeout"]
    assert names("handoff", {}, "handles") == ["success", "error"]
    assert names("orchestrator", {}) == ["resolved", "escalated", "error"]
    assert names("orchestrator", {}, "handles") == ["result", "error"]
    assert names("agent_group", {}) == []
    assert names("agent_group", {}, "handles") == ["result", "error"]


def test_a_connected_output_keeps_the_name_that_the_file_gives_it() -> None:
    drawn = ports(node("n", "data_store", success="a", error="b"))
    assert [(port.name, port.declared) for port in drawn] == [("success", True), ("error", True)]


def test_an_output_that_nobody_declares_is_drawn_all_the_same() -> None:
    drawn = ports(node("n", "terminal", surprise="a"))
    assert [(port.name, port.declared) for port in drawn] == [("surprise", False)]


def test_a_node_of_an_unknown_type_has_the_outputs_that_it_uses() -> None:
    assert names("teleporter", {}) == ["next"]
    assert [port.declared for port in ports(node("n", "teleporter", up="a"))] == [True]


def test_a_decision_has_two_ways_or_the_branches_that_it_names() -> None:
    assert names("decision", {"condition": "$.a"}) == ["true", "false"]
    assert names("decision", {"check": "signature"}) == ["valid", "invalid"]
    assert names("decision", {"branches": [{"label": "big", "id": "b"}, "small"]}) == [
        "big",
        "small",
    ]
    labelled = ports(node("n", "decision", {"trueLabel": "Paid", "falseLabel": "Open"}, true="a"))
    assert [port.label for port in labelled] == ["Paid", "Open"]


def test_a_parallel_node_has_a_port_for_every_branch_and_one_for_the_end() -> None:
    spec = {"branches": [{"id": "mail", "label": "By mail"}, "sms"]}
    assert names("parallel", spec) == ["mail", "sms", "done"]
    assert names("parallel", spec, "handles") == ["branch-0", "branch-1", "done"]
    assert names("parallel", {"branches": 2}) == ["branch-0", "branch-1", "done"]


def test_an_agent_loop_ends_by_its_terminal_tools() -> None:
    spec = {"tools": [{"id": "look"}, {"id": "answer", "is_terminal": True}]}
    assert names("agent_loop", spec) == ["answer", "error"]
    assert names("agent_loop", spec, "handles") == ["done", "error"]


def test_tools_at_the_top_of_the_file_count_as_the_loops_own() -> None:
    loop = node(
        "loop", "agent_loop", {"tools": {"$ref": "#/tools"}, "config": {"$ref": "#/agent_config"}}
    )
    tools = [{"id": "look"}, {"id": "answer", "is_terminal": True}]
    whole = flow(loop, tools=tools, agent_config={"model": "a-model"})
    assert [port.name for port in ports(loop, "guide", whole)] == ["answer", "error"]
    assert summary(loop, whole) == "a-model · 2 tools"
    one = node("one", "agent_loop", {"tools": [{"$ref": "#/tools/answer"}]})
    assert [port.name for port in ports(one, "guide", whole)] == ["answer", "error"]


def test_a_reference_to_nowhere_or_in_circles_does_no_harm() -> None:
    loop = node("loop", "agent_loop", {"tools": {"$ref": "#/a"}})
    whole = flow(loop, a={"$ref": "#/b"}, b={"$ref": "#/a"})
    assert [port.name for port in ports(loop, "guide", whole)] == ["done", "error"]
    assert [port.name for port in ports(loop, "guide", flow(loop))] == ["done", "error"]


def test_a_human_gate_has_an_output_for_every_option() -> None:
    spec = {"approval_options": [{"id": "yes", "label": "Agree"}, {"id": "no"}]}
    assert names("human_gate", spec) == ["yes", "no", "timeout"]
    assert names("human_gate", spec, "handles") == ["yes", "no"]
    assert names("human_gate", {}) == ["approve", "reject", "resolve", "timeout"]


def test_a_smart_router_is_left_by_rule_or_by_target_and_no_port_is_drawn_twice() -> None:
    spec = {
        "rules": [
            {"id": "urgent", "route": "person"},
            {"id": "angry", "route": "person"},
            {"id": "bill", "route": "billing"},
        ],
        "llm_routing": {"routes": {"invoices": "billing", "rest": "general"}},
        "fallback_chain": ["general", "person", "night_desk"],
    }
    assert names("smart_router", spec) == ["person", "billing", "general", "night_desk"]
    assert names("smart_router", spec, "handles") == [
        "urgent",
        "angry",
        "bill",
        "invoices",
        "rest",
        "night_desk",
    ]
    drawn = ports(node("n", "smart_router", spec, angry="a", billing="b"), "guide")
    assert all(port.declared for port in drawn)
    assert len({port.name for port in drawn}) == len(drawn)


def test_a_cache_that_only_writes_has_one_way_on() -> None:
    assert names("cache", {"key": "a"}) == ["hit", "miss"]
    assert names("cache", {"operation": "set"}) == ["next"]


@pytest.mark.parametrize(
    ("type", "spec", "text"),
    [
        ("trigger", {"type": "http", "method": "POST", "path": "/hooks/{id}"}, "POST /hooks/{id}"),
        ("input", {"fields": {"a": {}, "b": {}, "c": {}}}, "3 fields"),
        ("data_store", {"operation": "create", "model": "Contract"}, "create Contract"),
        ("terminal", {"status": 201}, "201 Created"),
        ("terminal", {"outcome": "error", "description": "No luck"}, "error · No luck"),
        ("decision", {"condition": "$.total > 100"}, "$.total > 100"),
        ("orchestrator", {"strategy": "supervisor", "agents": [{}] * 4}, "supervisor · 4 agents"),
        ("handoff", {"mode": "consult", "target": {"flow": "f", "domain": "d"}}, "consult → d/f"),
        ("service_call", {"service": "mail", "method": "send"}, "mail.send"),
        ("human_gate", {"approval_options": [{"id": "yes"}, {"id": "no"}]}, "yes / no"),
        ("delay", {"min_ms": 10, "max_ms": 20}, "10–20 ms"),
    ],
)
def test_a_card_says_the_essential_in_one_line(type: str, spec: dict[str, Any], text: str) -> None:
    assert summary(node("n", type, spec)) == text


words = st.sampled_from(["id", "label", "route", "a", "error", "done", "timeout", "#/tools", ""])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            words | st.sampled_from(["$ref", "type", "spec", "is_terminal", "enabled"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(word=st.sampled_from(list(catalogue())), data=st.data())
def test_no_settings_are_too_strange_to_be_drawn(word: str, data: st.DataObject) -> None:
    kind = catalogue()[word]
    keys = st.sampled_from([*kind.spec.keys(), "operation", "config"])
    strange = node("n", kind.type, data.draw(st.dictionaries(keys, anything, max_size=5)), a="b")
    whole = flow(strange, tools=data.draw(anything))
    for vocabulary in ("guide", "handles"):
        drawn = ports(strange, vocabulary, whole)
        assert len({port.name for port in drawn}) == len(drawn)
    line = summary(strange, whole)
    assert "\n" not in line


def test_every_connection_of_real_projects_leaves_from_a_declared_port(corpus: object) -> None:
    connections = 0
    for path, real in real_flows():
        for each in real.all_nodes():
            for port in ports(each, real.vocabulary, real):
                assert port.declared, (path, each.id, port.name)
            connections += len(each.connections or ())
    assert connections > 300


def test_every_setting_of_real_projects_is_legal(corpus: object) -> None:
    for _, real in real_flows():
        for each in real.all_nodes():
            kind = node_type(each.type)
            assert kind is not None, each.type
            kind.spec.model_validate(each.spec)
