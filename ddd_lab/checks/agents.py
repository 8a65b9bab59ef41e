"""Whether agents are there, can finish, and are guarded where their guardrails say."""

from __future__ import annotations

from collections.abc import Iterator

from ..spec.refs_local import settings
from ._flow_view import FlowView
from ._graph import reachable, reverse
from ._registry import Hit, flow_rule
from ._values import entries, mapping

_AGENTS = frozenset(("agent_loop", "agent_group", "orchestrator", "llm_call"))


@flow_rule("agents.guardrail-order", "warning", "A guardrail on the wrong side of the agent")
def guardrail_order(view: FlowView) -> Iterator[Hit]:
    """An input guardrail must come before the agent and an output guardrail after it.

    A guardrail between two agents may be either.
    """
    guards = [number for number, kind in enumerate(view.kinds) if kind == "guardrail"]
    if not guards:
        return
    agents = [number for number, kind in enumerate(view.kinds) if kind in _AGENTS]
    behind = reachable(view.adjacency, agents)
    before = reachable(reverse(view.adjacency), agents)
    for number in guards:
        position = mapping(view.nodes[number].spec).get("position")
        if position == "input" and behind[number] and not before[number]:
            where, move = "input, but it stands behind the agent", "“output”, or move it before"
        elif position == "output" and before[number] and not behind[number]:
            where, move = "output, but it stands before the agent", "“input”, or move it behind"
        else:
            continue
        yield Hit(
            view.at(number, "spec", "position"),
            f"“{view.called(number)}” guards the {where}: set its position to {move}.",
        )


@flow_rule("agents.no-agent", "warning", "An agent flow without an agent")
def no_agent(view: FlowView) -> Iterator[Hit]:
    """A flow of type agent is carried by an agent loop, a group, an orchestrator or a router.

    Without any of them it is a traditional flow.
    """
    if not view.flow.is_agent or "agent_group" in view.flow.extra or not view.nodes:
        return
    if not any(kind in _CARRYING or kind is None for kind in _known_kinds(view)):
        yield Hit(
            view.at_top("flow", "type"),
            "No agent works in this agent flow: add an agent loop or an orchestrator, or make its "
            "type “traditional”.",
        )


_CARRYING = _AGENTS | {"router", "smart_router", "handoff"}


def _known_kinds(view: FlowView) -> Iterator[str | None]:
    for kind, known in zip(view.kinds, view.types, strict=True):
        yield kind if known else None


@flow_rule("agents.no-terminal-tool", "warning", "An agent that has no way to finish")
def no_terminal_tool(view: FlowView) -> Iterator[Hit]:
    """An agent loop ends when the agent uses a terminal tool; else it runs out of iterations.

    An agent without any tools, and one that states stop conditions, is left alone.
    """
    for number, kind in enumerate(view.kinds):
        if kind != "agent_loop":
            continue
        spec = settings(mapping(view.nodes[number].spec), view.flow)
        tools = [tool for _, tool, _ in entries(spec.get("tools")) if isinstance(tool, dict)]
        if not tools or spec.get("stop_conditions") or any(map(_is_terminal, tools)):
            continue
        yield Hit(
            view.at(number, "spec", "tools"),
            f"None of the tools of “{view.called(number)}” is terminal: set is_terminal on the one "
            "with which the agent answers.",
        )


def _is_terminal(tool: dict[str, object]) -> bool:
    inner = mapping(tool.get("spec"))
    keys = ("is_terminal", "terminal", "$ref")
    return any(tool.get(key) or inner.get(key) for key in keys)
