"""Whether agents are guarded where their guardrails say."""

from __future__ import annotations

from collections.abc import Iterator

from ._flow_view import FlowView
from ._graph import reachable, reverse
from ._registry import Hit, flow_rule
from ._values import mapping

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
