"""Outputs are connected as types and settings say, and settings agree with connections."""

from __future__ import annotations

import pytest

from ddd_lab.spec.models.flow import NodeData
from tests.checks.builders import ask, end, findings, fine, flow, node, quiet, shows

HERE = "orders/place-order"
MAIL = {"id": "a", "label": "Mail", "node_type": "service_call", "config": {"url": "/mail"}}


def test_a_connection_from_an_output_that_is_not_there_is_a_warning() -> None:
    lines = {"true": "end", "false": "end", "flase": "end"}
    odd = flow(node("big", "decision", lines, condition="$.x"), end())
    path = ("connections", "flase")
    says = "Did you mean “false”? Use one of its outputs"
    shows("wiring.unknown-output", odd, at=f"{HERE}#big", path=path, says=says)
    assert findings(odd)[0].severity == "warning"
    quiet("wiring.unknown-output", fine(), flow(node("odd", "quantum", {"up": "end"}), end()))


@pytest.mark.parametrize(
    ("step", "meant", "severity"),
    [
        (node("s", to={"output": "end"}), "next", "error"),
        (node("s", "decision", {"true": "end", "flase": "end"}, condition="$.x"), "false", "error"),
        (node("s", "decision", {"maybe": "end", "true": "end"}, condition="$.x"), "false", "error"),
        (
            node("s", "service_call", {"success": "end", "faild": "end"}, url="/x", method="GET"),
            "failure",
            "warning",
        ),
        (
            node("s", "loop", {"bdy": "end", "done": "end"}, collection="$.x", iterator="x"),
            "body",
            "error",
        ),
    ],
)
def test_a_connection_from_a_wrong_output_is_one_finding_not_two(
    step: NodeData, meant: str, severity: str
) -> None:
    found = findings(flow(step, end()))
    assert [(one.rule, one.severity) for one in found] == [("wiring.unknown-output", severity)]
    assert f"Did you mean “{meant}”, which is not connected?" in found[0].message


def test_every_output_that_no_wrong_connection_explains_is_reported() -> None:
    odd = node("s", "service_call", {"out": "end"}, url="/x", method="GET")
    rules = [one.rule for one in findings(flow(odd, end()))]
    assert rules == ["wiring.unhandled", "wiring.unknown-output"]


@pytest.mark.parametrize(
    "step",
    [
        node("s", "parallel", {"done": "end"}, branches=[MAIL, {**MAIL, "id": "b"}]),
        node("s", "parallel", {"done": "end"}, branches={"a": {"steps": ["x"]}, "b": MAIL}),
        node("s", "parallel", {"done": "end"}, branches=[{"flow_ref": "x"}, {"type": "event"}]),
        node("s", "loop", {"done": "end"}, collection="$.x", iterator="x", body=[MAIL]),
        node("s", "loop", {"done": "end"}, collection="$.x", iterator="x", steps=[MAIL]),
        node(
            "s",
            "router",
            {"b": "end"},
            model="m",
            routes=[{"id": "a", "flow_ref": "orders/x"}, {"id": "b"}],
            fallback_route="b",
        ),
    ],
)
def test_what_is_done_in_place_needs_no_connection(step: NodeData) -> None:
    quiet("wiring.unconnected", flow(step, end()))


def test_a_branch_that_says_nothing_of_what_is_done_needs_a_connection() -> None:
    half = node("s", "parallel", {"done": "end"}, branches=[MAIL, {"id": "b", "label": "Sms"}])
    path = ("connections", "b")
    shows("wiring.unconnected", flow(half, end()), at=f"{HERE}#s", path=path, says="“Sms”")


def test_a_container_with_nodes_in_it_needs_no_connection_into_it() -> None:
    loop = node("s", "loop", {"done": "end"}, collection="$.x", iterator="x")
    inside = node("a").model_copy(update={"parent": "s"})
    quiet("wiring.unconnected", flow(loop, inside, end()))


@pytest.mark.parametrize(
    "step",
    [
        node("s", "decision", {"valid": "end", "invalid": "end"}, check="signature"),
        node("s", "decision", {"true": "end", "false": "end"}, condition="$.x"),
        node("s", "data_store", {"success": "end", "failure": "end"}, operation="read", model="O"),
        node("s", "data_store", {"success": "end", "error": "end"}, operation="read", model="O"),
        node("s", "event", {"done": "end"}, event="order.placed"),
        node("s", "event", "end", event_name="OrderPlaced"),
        node("s", "guardrail", {"pass": "end", "block": "end"}, position="input", checks=[]),
        node("s", "agent_loop", {"done": "end", "error": "end"}, tools=[{"id": "t"}]),
        node("s", "handoff", {"success": "end", "error": "end"}, target={"flow": "x"}),
        node("s", "smart_router", {"r": "end"}, rules=[{"id": "r", "route": "elsewhere"}]),
        node("s", "sub_flow", "end", flow_ref="orders/x"),
        node(
            "s",
            "parallel",
            {"branch-0": "end", "branch-1": "end", "done": "end"},
            branches=["a", "b"],
        ),
    ],
    ids=lambda step: f"{step.type}-{step.connections[0].output}",
)
def test_the_shapes_of_both_formats_are_fine(step: NodeData) -> None:
    good = flow(step, end())
    for rule in ("unknown-output", "unconnected", "unhandled"):
        quiet(f"wiring.{rule}", good)


def test_an_answer_of_a_decision_that_leads_nowhere_is_an_error() -> None:
    half = flow(ask("big", "end", ""), end())
    path = ("connections", "false")
    shows(
        "wiring.unconnected", half, at=f"{HERE}#big", path=path, says="Connect it to the next step"
    )
    quiet("wiring.unconnected", fine())


def test_every_branch_and_option_must_lead_somewhere() -> None:
    options = [{"id": "approve"}, {"id": "reject"}]
    gate = flow(node("gate", "human_gate", {"approve": "end"}, approval_options=options), end())
    at = f"{HERE}#gate"
    shows("wiring.unconnected", gate, at=at, path=("connections", "reject"), says="“reject”")
    branches = [{"label": "small"}, {"label": "big"}]
    ways = flow(node("size", "decision", {"small": "end"}, branches=branches), end())
    at = f"{HERE}#size"
    shows("wiring.unconnected", ways, at=at, path=("connections", "big"), says="“big”")


def test_an_agent_ends_by_its_terminal_tools_or_by_one_output_for_all() -> None:
    tools = [{"id": "answer", "is_terminal": True}, {"id": "escalate", "is_terminal": True}]
    lines = {"answer": "end", "error": "end"}
    half = flow(node("agent", "agent_loop", lines, model="m", tools=tools), end())
    path = ("connections", "escalate")
    shows("wiring.unconnected", half, at=f"{HERE}#agent", path=path, says="“escalate”")
    for outputs in (["answer", "escalate"], ["done"]):
        all_ways = dict.fromkeys([*outputs, "error"], "end")
        agent = flow(node("agent", "agent_loop", all_ways, model="m", tools=tools), end())
        for vocabulary in ("guide", "handles"):
            spoken = agent.model_copy(update={"vocabulary": vocabulary})
            quiet("wiring.unconnected", spoken)
            quiet("wiring.unknown-output", spoken)


def test_a_failure_that_nothing_handles_is_a_warning() -> None:
    store = node("save", "data_store", {"success": "end"}, operation="create", model="Order")
    path = ("connections", "failure")
    says = "this output is not connected"
    shows("wiring.unhandled", flow(store, end()), at=f"{HERE}#save", path=path, says=says)
    quiet("wiring.unconnected", flow(store, end()))
    quiet("wiring.unhandled", fine())


def test_a_node_without_any_connection_is_no_more_than_a_dead_end() -> None:
    bare = flow(ask("big", "save", "end"), node("save", "data_store", model="Order"), end())
    quiet("wiring.unconnected", bare)
    quiet("wiring.unhandled", bare)


def test_a_line_in_the_settings_connects_the_output() -> None:
    guard = node(
        "guard", "guardrail", {"pass": "end"}, position="input", on_block={"connection": "end"}
    )
    each = node("each", "loop", {"done": "end"}, collection="$.items", body_start="step")
    quiet("wiring.unconnected", flow(guard, end()), flow(each, node("step"), end()))


def test_settings_that_name_a_missing_node_are_a_warning() -> None:
    route = {"id": "billing", "connection": "biling"}
    desk = node("desk", "router", {"billing": "billing"}, routes=[route])
    wrong = flow(desk, node("billing", to="end"), end())
    at, path = f"{HERE}#desk", ("spec", "routes", 0, "connection")
    shows("wiring.unknown-target", wrong, at=at, path=path, says="Did you mean “billing”?")
    quiet("wiring.unknown-target", flow(node("d", "router", routes=[{"id": "a"}]), end()))


def test_a_part_of_a_missing_container_is_a_warning() -> None:
    part = node("step", to="end").model_copy(update={"parent": "eich"})
    wrong = flow(node("each", "loop", {"done": "end"}), part, end())
    says = "no container “eich”"
    shows("wiring.unknown-target", wrong, at=f"{HERE}#step", path=("parentId",), says=says)


def test_settings_and_connections_must_agree() -> None:
    route = {"id": "billing", "connection": "end"}
    desk = node("desk", "router", {"billing": "pay"}, routes=[route])
    torn = flow(desk, node("pay", to="end"), end())
    at, path = f"{HERE}#desk", ("spec", "routes", 0, "connection")
    shows("wiring.disagreement", torn, at=at, path=path, says="Make them equal")
    agreed = node("desk", "router", {"billing": "end"}, routes=[route])
    quiet("wiring.disagreement", flow(agreed, end()))


def test_a_router_falls_back_to_one_of_its_routes() -> None:
    routes = [{"id": "billing"}, {"id": "general"}]
    lines = {"billing": "end", "general": "end"}
    desk = node("desk", "router", lines, routes=routes, fallback_route="generel")
    at, path = f"{HERE}#desk", ("spec", "fallback_route")
    says = "Did you mean “general”?"
    shows("wiring.unknown-fallback", flow(desk, end()), at=at, path=path, says=says)
    good = node("desk", "router", lines, routes=routes, fallback_route="general")
    quiet("wiring.unknown-fallback", flow(good, end()))


def test_a_rule_and_its_connection_lead_to_the_same_node() -> None:
    rule = "wiring.disagreement"
    rules = [{"id": "vip", "condition": "$.vip", "route": "a"}]
    outputs = {"vip": "b", "fallback": "a"}
    split = flow(node("r", "smart_router", outputs, rules=rules), node("a", to="b"), end("b"))
    path = ("spec", "rules", 0, "route")
    shows(rule, split, at="orders/place-order#r", path=path, says="“vip” to “a”")
    same = {"vip": "a", "fallback": "b"}
    quiet(rule, flow(node("r", "smart_router", same, rules=rules), node("a", to="b"), end("b")))
    agent = [{"id": "vip", "condition": "$.vip", "route": "billing_agent"}]
    quiet(rule, flow(node("r", "smart_router", same, rules=agent), node("a", to="b"), end("b")))
