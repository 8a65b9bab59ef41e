"""Agents are guarded where their guardrails say."""

from __future__ import annotations

from ddd_lab.spec.flow import FlowData
from tests.checks.builders import end, flow, node, quiet, shows


def _guarded(before: str, behind: str) -> FlowData:
    """An agent between two guardrails of these positions."""
    first = node("first", "guardrail", {"pass": "agent", "block": "end"}, position=before)
    agent = node("agent", "agent_loop", {"done": "last", "error": "end"})
    last = node("last", "guardrail", {"pass": "end", "block": "end"}, position=behind)
    return flow(first, agent, last, end(), type="agent")


def test_a_guardrail_on_the_wrong_side_is_a_warning() -> None:
    rule, path = "agents.guardrail-order", ("spec", "position")
    late = _guarded("input", "input")
    shows(rule, late, at="orders/place-order#last", path=path, says="“output”, or move it before")
    early = _guarded("output", "output")
    shows(rule, early, at="orders/place-order#first", path=path, says="“input”, or move it behind")
    quiet(rule, _guarded("input", "output"))


def test_a_guardrail_between_two_agents_may_be_either() -> None:
    for position in ("input", "output"):
        one = node("one", "llm_call", {"success": "guard", "failure": "end"})
        guard = node("guard", "guardrail", {"pass": "two", "block": "end"}, position=position)
        two = node("two", "llm_call", {"success": "end", "failure": "end"})
        quiet("agents.guardrail-order", flow(one, guard, two, end(), type="agent"))
