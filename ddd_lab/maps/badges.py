"""Small marks on a flow's card: who works in it, and what guards the way between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddd_lab.maps.blocks import content
from ddd_lab.maps.data import FlowBadge
from ddd_lab.spec.models.flow import FlowData

JOINING = {
    "consensus": "all agents answer, and one answer comes of it",
    "broadcast": "all agents work at once, and their answers are joined",
}


def flow_badges(flow: FlowData | None, kind: str) -> list[FlowBadge]:
    """The marks of a flow: ``kind``, ``text`` (printed) and ``title`` (said in full).

    Args:
        flow: the flow; None where its file cannot be read.
        kind: ``agent`` or ``traditional``, as the domain says.
    """
    found: dict[str, FlowBadge] = {}
    for mark, text, title in _marks(flow, kind):
        found.setdefault(mark, {"kind": mark, "text": text, "title": title})
    return list(found.values())


def _marks(flow: FlowData | None, kind: str) -> Iterator[tuple[str, str, str]]:
    if flow is not None and flow.is_orchestration:
        yield "team", "▣⊛", "several agents work together in it"
    elif kind == "agent" or (flow is not None and flow.is_agent):
        yield "agent", "▣⊛", "an agent works in it"
    for node in flow.nodes if flow is not None else ():
        if node.type not in ("smart_router", "orchestrator"):
            continue
        held = content(node, flow) if flow is not None else None
        if held is not None:
            yield from _of_router(held) if node.type == "smart_router" else _of_leader(held)


def _of_router(held: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    if breaker := held["breaker"]:
        many = breaker["failure_threshold"]
        after = "" if many is None else f" after {many} failures"
        yield "breaker", "CB", f"a circuit breaker leaves a failing route alone{after}"
    if trials := held["experiments"]:
        said = ", ".join(
            f"{trial['percentage']} % to {trial['route']}"
            for trial in trials
            if trial["percentage"] is not None
        )
        yield "experiment", "A/B", f"requests are split on trial{': ' if said else ''}{said}"


def _of_leader(held: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    if held["strategy"] in JOINING:
        way = held["merge"].replace("_", " ")
        title = JOINING[held["strategy"]] + (f" ({way})" if way else "")
        yield "merge", f"⋈ {held['strategy']}", title
