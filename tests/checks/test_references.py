"""What a flow names outside itself exists, fits, and does not run in rings."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.spec.catalogue import summary
from ddd_lab.spec.models.flow import FlowData, NodeData
from tests.checks.builders import design, end, findings, fine, flow, node, quiet, shows, trigger

HERE = "orders/place-order"


def _calls(step: NodeData, **others: FlowData) -> dict[str, FlowData]:
    """A flow with one step that names others, and those others in its own domain."""
    return {HERE: flow(step, end()), **{f"orders/{id}": made for id, made in others.items()}}


CALLS = [
    (node("s", "sub_flow", flow_ref="orders/pey"), ("spec", "flow_ref")),
    (node("s", "sub_flow", flow="pey"), ("spec", "flow")),
    (node("s", "batch", sub_flow_ref="orders/pey"), ("spec", "sub_flow_ref")),
    (node("s", "handoff", target={"flow": "pey"}), ("spec", "target", "flow")),
    (node("s", "handoff", target="orders/pey"), ("spec", "target")),
    (node("s", "orchestrator", agents=[{"flow": "pey"}]), ("spec", "agents", 0, "flow")),
    (node("s", "agent_group", members=[{"flow": "pey"}]), ("spec", "members", 0, "flow")),
    (node("s", "agent_group", members=["orders/pey"]), ("spec", "members", 0)),
]


@pytest.mark.parametrize(("step", "path"), CALLS, ids=lambda part: getattr(part, "type", ""))
def test_a_flow_that_is_not_there_is_an_error(step: NodeData, path: tuple[str | int, ...]) -> None:
    wrong = design(_calls(step, pay=fine()))
    says = "Did you mean “orders/pay”?"
    shows("references.unknown-flow", wrong, at=f"{HERE}#s", path=path, says=says)
    quiet("references.unknown-flow", design(_calls(step, pey=fine())))


def test_the_agent_group_of_a_whole_flow_counts_too() -> None:
    team = flow(end(), extra={"agent_group": {"members": [{"flow": "pay"}]}})
    path = ("agent_group", "members", 0, "flow")
    shows("references.unknown-flow", design(team), at=HERE, path=path, says="Name a flow")


def test_an_agents_tool_may_call_a_flow() -> None:
    tool = {"id": "pay", "implementation": {"type": "sub_flow", "flow_ref": "orders/pay"}}
    agent = node("agent", "agent_loop", {"done": "end"}, tools=[tool])
    path = ("spec", "tools", 0, "implementation", "flow_ref")
    lone = design(_calls(agent))
    shows("references.unknown-flow", lone, at=f"{HERE}#agent", path=path, says="no such flow")


def test_a_flow_that_only_running_tells_is_left_alone() -> None:
    quiet("references.unknown-flow", design(_calls(node("s", "sub_flow", flow_ref="$.next"))))


def test_a_domain_that_is_not_there_is_an_error() -> None:
    step = node("s", "sub_flow", flow_ref="ordrs/place-order")
    path = ("spec", "flow_ref")
    says = "Did you mean “orders”?"
    shows("references.unknown-domain", design(_calls(step)), at=f"{HERE}#s", path=path, says=says)
    quiet("references.unknown-flow", design(_calls(step)))
    quiet("references.unknown-domain", design(fine()))


def test_a_handoff_may_name_a_domain_alone() -> None:
    step = node("s", "handoff", target={"domain": "billing"})
    path = ("spec", "target", "domain")
    says = "Name a domain"
    shows("references.unknown-domain", design(_calls(step)), at=f"{HERE}#s", path=path, says=says)
    quiet("references.unknown-domain", design(_calls(step), domains={"billing": {}}))


CONTRACT = {
    "inputs": [{"name": "amount", "required": True}, {"name": "note"}],
    "outputs": [{"name": "receipt"}],
}


@pytest.mark.parametrize(
    ("mappings", "path", "says"),
    [
        ({"input_mapping": {"amuont": "$.x", "amount": "$.y"}}, "amuont", "mean “amount”"),
        ({"input_mapping": {"note": "$.x"}}, "", "requires “amount”"),
        ({"output_mapping": {"bill": "$.bill"}}, "bill", "add this one to its contract"),
    ],
)
def test_a_mapping_must_fit_the_contract_of_the_called_flow(
    mappings: dict[str, dict[str, str]], path: str, says: str
) -> None:
    called = fine(header={"contract": CONTRACT})
    step = node("s", "sub_flow", "end", flow_ref="orders/pay", **mappings)
    where = ("spec", *mappings, path) if path else ("spec", *mappings)
    wrong = design(_calls(step, pay=called))
    shows("references.mapping", wrong, at=f"{HERE}#s", path=where, says=says)
    quiet("references.mapping", design(_calls(step, pay=fine())))


def test_a_mapping_that_fits_is_fine_either_way_round() -> None:
    called = fine(header={"contract": CONTRACT})
    for outputs in ({"receipt": "$.receipt_id"}, {"receipt_id": "$.result.receipt"}):
        given = {"amount": "$.total"}
        step = node("s", "sub_flow", "end", flow="pay", input_mapping=given, output_mapping=outputs)
        quiet("references.mapping", design(_calls(step, pay=called)))
    bare = node("s", "sub_flow", "end", flow="pay")
    quiet("references.mapping", design(_calls(bare, pay=called)))


def test_a_route_that_leads_to_nothing_is_a_warning() -> None:
    rules = [{"id": "big", "route": "nobody"}, {"id": "small", "route": "clerk"}]
    desk = node("desk", "smart_router", rules=rules, fallback_chain=["small", "clerk"])
    boss = node("boss", "orchestrator", {"resolved": "end"}, agents=[{"id": "clerk", "flow": "c"}])
    wrong = design({HERE: flow(desk, boss, end()), "orders/c": fine()})
    path = ("spec", "rules", 0, "route")
    shows("references.unknown-route", wrong, at=f"{HERE}#desk", path=path, says="Name one")


def test_a_route_may_be_an_output_a_node_a_flow_or_known_only_when_running() -> None:
    routes = {"billing": "pay", "other": "$.last_agent"}
    desk = node(
        "desk",
        "smart_router",
        {"fact-check": "end"},
        rules=[{"id": "fact-check", "route": "fact-check-agent"}, {"id": "e", "route": "end"}],
        llm_routing={"enabled": True, "routes": routes},
        fallback_chain=["fact-check", "e", "billing", "skip"],
    )
    quiet("references.unknown-route", design({HERE: flow(desk, end()), "orders/pay": fine()}))


def test_an_integration_must_be_declared_where_any_is() -> None:
    call = node("call", "service_call", {"success": "end"}, integration="twiter")
    system = {"integrations": {"twitter": {"base_url": "https://api.example.org"}}}
    wrong = design(_calls(call), system=system)
    path = ("spec", "integration")
    says = "Did you mean “twitter”?"
    shows("references.unknown-integration", wrong, at=f"{HERE}#call", path=path, says=says)
    quiet("references.unknown-integration", design(_calls(call)))


def test_a_store_must_be_declared_where_any_is() -> None:
    step = node("keep", "data_store", {"success": "end"}, store_type="memory", store="crat")
    stores = {"orders": {"stores": [{"name": "cart"}]}}
    path = ("spec", "store")
    wrong = design(_calls(step), domains=stores)
    says = "Did you mean “cart”?"
    shows("references.unknown-store", wrong, at=f"{HERE}#keep", path=path, says=says)
    quiet("references.unknown-store", design(_calls(step)))


def _asks(*agents: str) -> FlowData:
    listed = [{"id": agent, "flow": agent} for agent in agents]
    return flow(node("boss", "orchestrator", {"resolved": "end"}, agents=listed), end())


def test_agents_that_work_for_each_other_in_a_ring_are_an_error() -> None:
    ring = design({HERE: _asks("pay"), "orders/pay": _asks("place-order")})
    path = ("spec", "agents", 0, "flow")
    shows(
        "references.circular-agents", ring, at=f"{HERE}#boss", path=path, says="Remove one of them"
    )
    quiet("references.circular-calls", ring)
    line = design({HERE: _asks("pay", "ship"), "orders/pay": _asks("ship"), "orders/ship": fine()})
    quiet("references.circular-agents", line)


def test_an_agent_that_works_for_itself_is_an_error() -> None:
    path = ("spec", "agents", 0, "flow")
    own = design({HERE: _asks("place-order")})
    shows("references.circular-agents", own, at=f"{HERE}#boss", path=path, says="circle")


def test_handing_over_back_and_forth_is_fine() -> None:
    def to(flow_id: str) -> FlowData:
        return flow(node("over", "handoff", mode="transfer", target={"flow": flow_id}))

    both = design({HERE: to("pay"), "orders/pay": to("place-order")})
    quiet("references.circular-agents", both)
    quiet("references.circular-calls", both)


def test_a_flow_that_calls_itself_is_a_warning() -> None:
    again = design(_calls(node("s", "sub_flow", "end", flow_ref=HERE)))
    path = ("spec", "flow_ref")
    says = "Make sure that a condition ends this"
    shows("references.circular-calls", again, at=f"{HERE}#s", path=path, says=says)
    quiet("references.circular-calls", design(_calls(node("s", "sub_flow", flow="a"), a=fine())))


@pytest.mark.parametrize(
    ("spec", "path", "says"),
    [
        ({"schema": {"$ref": "#/nope"}}, ("schema", "$ref"), "“#/nope” leads nowhere"),
        ({"tools": {"$ref": "#/tool"}}, ("tools", "$ref"), "Did you mean “tools”?"),
        ({"tools": [{"$ref": "#/tools/other"}]}, ("tools", 0, "$ref"), "leads nowhere"),
        ({"tools": {"$ref": "#/tolls"}}, ("tools", "$ref"), "leads nowhere"),
        ({"s": {"$ref": "#/x", "$defs": {"y": {}}}}, ("s", "$ref"), "leads nowhere"),
    ],
)
def test_a_reference_that_leads_nowhere_in_its_file_is_reported(
    spec: dict[str, Any], path: tuple[str | int, ...], says: str
) -> None:
    blocks = {"tools": [{"id": "look"}]}
    wrong = design(flow(node("a", **spec), end(), extra=blocks))
    shows("references.dangling", wrong, at=f"{HERE}#a", path=("spec", *path), says=says)


def test_a_reference_in_a_circle_is_reported() -> None:
    wrong = design(flow(end(), extra={"tools": {"$ref": "#/tools"}}))
    says = "leads back to itself"
    shows("references.dangling", wrong, at=HERE, path=("tools", "$ref"), says=says)


def test_a_reference_in_a_block_of_the_file_is_looked_at_too() -> None:
    wrong = design(flow(end(), extra={"agent_config": {"model": {"$ref": "#/models/small"}}}))
    path = ("agent_config", "model", "$ref")
    shows("references.dangling", wrong, at=HERE, path=path, says="“#/models/small” leads nowhere")


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/$defs/Money", "$defs": {"Money": {"type": "number"}}},
        {"properties": {"a": {"$ref": "#/$defs/Missing"}}},
        {"properties": {"a": {"$ref": "#/properties/b"}, "b": {}}},
        {"definitions": {"N": {"properties": {"next": {"$ref": "#/definitions/N"}}}}},
        {"properties": {"a": {"$ref": "#"}}, "own": {"$ref": "#/properties/a"}},
        {"anyOf": [{"$ref": "#/x-parts/one"}], "x-parts": {"one": {}}},
        {"a": {"$ref": "#/tools/look"}, "b": {"$ref": "#/tools"}, "c": {"$ref": "#/a~1b"}},
    ],
)
def test_references_of_a_json_schema_to_itself_and_to_blocks_are_fine(
    schema: dict[str, object],
) -> None:
    blocks = {"tools": [{"id": "look"}], "a/b": {}}
    quiet("references.dangling", design(flow(node("a", schema=schema), end(), extra=blocks)))
    quiet("references.dangling", design(flow(end(), extra={**blocks, "schema": schema})))


@pytest.mark.parametrize("key", ["flow", "flow_ref", "sub_flow_ref"])
def test_every_way_to_name_a_flow_is_understood(key: str) -> None:
    named = {key: "orders/pay"}
    lines = {"resolved": "over", "escalated": "end", "error": "end"}
    boss = node("boss", "orchestrator", lines, strategy="supervisor", agents=[named, named])
    after = {"complete": "end", "failure": "end", "timeout": "end"}
    failing = {"action": "fallback", **named}
    over = node("over", "handoff", after, mode="consult", target=named, on_failure=failing)
    calls = flow(boss, over, end(), type="agent")
    known = design({HERE: calls, "orders/pay": fine(id="pay", start=trigger(type="manual"))})
    assert [one.message for one in findings(known)] == []
    unknown = [one.rule for one in findings(design({HERE: calls}))]
    assert unknown == ["references.unknown-flow"] * 4
    assert summary(over) == "consult → orders/pay"


def test_a_domain_beside_a_flow_is_no_handoff_to_the_domain() -> None:
    target = {"flow_ref": "billing/pay", "domain": "billing"}
    over = node("s", "handoff", "end", mode="transfer", target=target)
    found = [one.rule for one in findings(design(flow(over, end())))]
    assert found == ["references.unknown-domain"]


@pytest.mark.parametrize("kind", ["mcp", "function", "llm_call", "service_call"])
def test_a_tool_may_be_done_by_many_means(kind: str) -> None:
    tool = {"id": "t", "description": "d", "implementation": {"type": kind}, "is_terminal": True}
    quiet("specs.word", flow(node("s", "agent_loop", "end", tools=[tool]), end()))
