"""Small marks on a flow's card: who works in it, and what guards the way between them."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.maps.blocks import content
from ddd_lab.maps.data import FlowBadge
from ddd_lab.spec.catalogue import is_orchestration, node_type
from ddd_lab.spec.models.flow import FlowData


def flow_badges(flow: FlowData | None, kind: str) -> list[FlowBadge]:
    """The marks of a flow: ``kind``, ``text`` (printed) and ``title`` (said in full)."""
    badges: dict[str, FlowBadge] = {}
    for mark, text, title in _marks(flow, kind):
        badges.setdefault(mark, {"kind": mark, "text": text, "title": title})
    return list(badges.values())


def _marks(flow: FlowData | None, kind: str) -> Iterator[tuple[str, str, str]]:
    if flow is not None and is_orchestration(flow):
        yield "team", "▣⊛", "several agents work together in it"
    elif kind == "agent" or (flow is not None and flow.is_agent):
        yield "agent", "▣⊛", "an agent works in it"
    for node in flow.nodes if flow is not None else ():
        type_ = node_type(node.type)
        if flow is not None and type_ is not None and type_.block is not None:
            yield from type_.block.badges(content(node, flow) or {})
