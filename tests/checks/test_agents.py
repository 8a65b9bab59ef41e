"""Agents are there, can finish, and are guarded where their guardrails say."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.models.flow import FlowData, NodeData
from tests.checks.builders import end, fine, flow, node, quiet, shows

HERE = "orders/place-order"


def _guarded(before: str, behind: str) -> FlowData:
    """An agent between two guardrails of these positions."""
    first = node("first", "guardrail", {"pass": "agent", "block": "end"}, position=before)
    agent = node("agent", "agent_loop", {"done": "last", "error": "end"})
    last = node("last", "guardrail", {"pass": "end", "block": "end"}, position=behind)
    return flow(first, agent, last, end(), type="agent")


def test_a_guardrail_on_the_wrong_side_is_a_warning() -> None:
    rule, path = "agents.guardrail-order", ("spec", "position")
    late = _guarded("input", "input")
    shows(
        rule,
        late,
        at="orders/place-order#last",
        path=path,
        says="“output”, or move it before the agent",
    )
    early = _guarded("output", "output")
    shows(
        rule,
        early,
        at="orders/place-order#first",
        path=path,
        says="“input”, or move it after the agent",
    )
    quiet(rule, _guarded("input", "output"))


def test_a_guardrail_between_two_agents_may_be_either() -> None:
    for position in ("input", "output"):
        one = node("one", "llm_call", {"success": "guard", "failure": "end"})
        guard = node("guard", "guardrail", {"pass": "two", "block": "end"}, position=position)
        two = node("two", "llm_call", {"success": "end", "failure": "end"})
        quiet("agents.guardrail-order", flow(one, guard, two, end(), type="agent"))


def test_an_agent_flow_without_an_agent_is_a_warning() -> None:
    path = ("flow", "type")
    says = "Add an agent loop"
    none = fine(type="agent")
    shows("agents.no-agent", none, at="orders/place-order", path=path, says=says)
    group = fine(type="agent", extra={"agent_group": {"id": "team"}})
    new_kind = flow(node("x", "swarm", "end"), end(), type="agent")
    quiet("agents.no-agent", fine(), group, new_kind, _guarded("input", "output"))


def _with_tools(**spec: Any) -> FlowData:
    return flow(node("agent", "agent_loop", {"done": "end"}, model="m", **spec), end())


def test_an_agent_none_of_whose_tools_is_terminal_is_a_warning() -> None:
    search, answer = {"id": "search"}, {"id": "answer", "is_terminal": True}
    endless = _with_tools(tools=[search])
    path = ("spec", "tools")
    at, says = "orders/place-order#agent", "Set is_terminal"
    shows("agents.no-terminal-tool", endless, at=at, path=path, says=says)
    elsewhere = _with_tools(tools={"$ref": "#/tools"}).model_copy(
        update={"extra": {"tools": [search, answer]}}
    )
    wrapped = [search, {"type": "tool", "spec": answer}]
    quiet(
        "agents.no-terminal-tool",
        _with_tools(tools=[search, answer]),
        _with_tools(tools=[search], stop_conditions=[{"max_iterations_reached": True}]),
        _with_tools(tools=wrapped),
        _with_tools(tools=["search"]),
        elsewhere,
    )


def _loop(id: str = "agent", **spec: Any) -> NodeData:
    known = {"model": "m", "tools": [{"id": "t", "description": "x", "is_terminal": True}]}
    return node(id, "agent_loop", {"done": "end", "error": "end"}, **{**known, **spec})


def test_an_agent_that_may_go_on_forever_is_a_warning() -> None:
    rule = "agents.unbounded"
    path = ("spec", "max_iterations")
    shows(rule, flow(_loop(), end()), at=f"{HERE}#agent", path=path, says="Set max_iterations")
    stops = [{"tool_called": "t"}]
    quiet(rule, flow(_loop(max_iterations=5), end()), flow(_loop(stop_conditions=stops), end()))
    block = {"agent_config": {"model": "m", "max_iterations": 5}}
    pointed = node("agent", "agent_loop", {"done": "end"}, config={"$ref": "#/agent_config"})
    quiet(rule, flow(pointed, end(), extra=block))


def test_several_agents_that_nobody_leads_are_advice() -> None:
    rule = "agents.several-loops"
    second = _loop("other")
    shows(rule, flow(_loop(), second, end()), at=f"{HERE}#other", path=(), says="an orchestrator")
    led = node("lead", "router", {"a": "agent", "b": "other"}, model="m", routes=["a", "b"])
    quiet(rule, flow(_loop(), end()), flow(led, _loop(), second, end()))


def test_a_tool_that_does_nothing_is_a_warning() -> None:
    rule = "agents.idle-tool"
    look = {"id": "look", "description": "x", "implementation": {"type": "data_store"}}
    last = {"id": "answer", "description": "x", "is_terminal": True}
    idle = {"id": "idle", "description": "x"}
    path = ("spec", "tools", 1, "implementation")
    agent = flow(_loop(tools=[look, idle, last]), end())
    shows(rule, agent, at=f"{HERE}#agent", path=path, says="The tool “idle” has no implementation")
    quiet(rule, flow(_loop(tools=[look, last]), end()), flow(_loop(tools=[idle, last]), end()))
