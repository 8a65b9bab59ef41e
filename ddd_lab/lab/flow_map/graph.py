"""The map of all flows as it is drawn: links of the seven kinds, those of one kind joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from ddd_lab.lab.protocol.flow_map import (
    FlowGraph,
    FlowTrace,
    FollowedLink,
    GraphArea,
    GraphDomain,
    GraphFlow,
    GraphKind,
    GraphLink,
    GraphSign,
)
from ddd_lab.maps import flow_map, trace
from ddd_lab.maps.data import CardData, FlowMap, flow_class
from ddd_lab.maps.edge_looks import EDGE_LOOKS
from ddd_lab.maps.edges import link_edges
from ddd_lab.maps.flow_layout import domain_frames
from ddd_lab.maps.links import LinkKind
from ddd_lab.maps.routing import EdgeRouter, Route
from ddd_lab.maps.svg.pictures import flows_picture
from ddd_lab.spec.models.design import Design

_KINDS: Mapping[LinkKind, GraphKind] = {
    "event": "event",
    "sub_flow": "call",
    "shared_schema": "schema",
    "contract": "contract",
    "route": "agent",
    "fallback": "agent",
    "experiment": "agent",
    "group": "agent",
    "orchestrator": "orchestrator",
    "handoff": "handoff",
}
MOST_ROUTED = 400
"""Links up to which each is led around the cards: of more, nobody could follow a single one."""
_SIGNS: Mapping[GraphKind, tuple[LinkKind, str]] = {
    "event": ("event", "Event"),
    "call": ("sub_flow", "Call as a sub-flow"),
    "schema": ("shared_schema", "Shared schema"),
    "contract": ("contract", "API contract"),
    "agent": ("route", "Agent: route, fallback, member"),
    "orchestrator": ("orchestrator", "Orchestrator leads agent"),
    "handoff": ("handoff", "Handoff"),
}


def flow_graph(design: Design, name: str, root: Path) -> FlowGraph:
    """The map of all flows of a design; reads every flow."""
    found = flow_map(design)
    sizes = Counter(flow["domain"] for flow in found["flows"])
    return FlowGraph(
        root=str(root),
        name=name,
        domains=[
            GraphDomain(
                id=domain,
                name=design.domains[domain].name if domain in design.domains else domain,
                x=round(area.left),
                y=round(area.top),
                width=round(area.right - area.left),
                height=round(area.bottom - area.top),
                flows=sizes[domain],
            )
            for domain, area in domain_frames(found).items()
        ],
        flows=[
            GraphFlow(
                id=flow["id"],
                name=flow["name"],
                **_area(flow),
                domain=flow["domain"],
                sort=flow_class(flow),
                trigger=flow["trigger"],
            )
            for flow in found["flows"]
        ],
        schemas=[
            GraphArea(id=schema["id"], name=schema["name"], **_area(schema))
            for schema in found["schemas"]
        ],
        links=_links(found),
        signs=[
            GraphSign(
                kind=kind,
                stroke=EDGE_LOOKS[look].stroke,
                head=EDGE_LOOKS[look].head,
                words=words,
            )
            for kind, (look, words) in _SIGNS.items()
        ],
    )


def _links(found: FlowMap) -> list[GraphLink]:
    edges = list(link_edges(found["links"]))
    routes: Mapping[str, Route] = {}
    if len(edges) <= MOST_ROUTED:
        cards = [card.on_board for card in flows_picture(found).cards]
        routes = EdgeRouter().routes(cards, [edge.on_board for edge in edges], None)
    joined: dict[tuple[str, str, GraphKind], dict[str, None]] = {}
    points: dict[tuple[str, str, GraphKind], list[int]] = {}
    for edge in edges:
        ends = (edge.source, edge.target, _KINDS[edge.kind])
        words = edge.events or ((edge.label,) if edge.label else ())
        joined.setdefault(ends, {}).update(dict.fromkeys(words))
        if edge.id in routes:
            points.setdefault(ends, [round(part) for at in routes[edge.id].points for part in at])
    return [
        GraphLink(
            source=ends[0], target=ends[1], kind=ends[2], via=[*via], points=points.get(ends, [])
        )
        for ends, via in joined.items()
    ]


def _area(card: CardData) -> dict[str, int]:
    x, y = card["position"]["x"], card["position"]["y"]
    return {
        "x": round(x),
        "y": round(y),
        "width": round(card["width"]),
        "height": round(card["height"]),
    }


def flow_trace(design: Design, key: str, depth: int) -> FlowTrace:
    """Where a flow leads; ``depth`` 0 is to its ends.

    Raises:
        KeyError: there is no such flow.
    """
    found = trace(design, key, depth or None)
    return FlowTrace(
        flow=key,
        flows=found["flows"],
        steps=[
            FollowedLink(
                depth=step["depth"],
                source=step["source"],
                target=step["target"],
                kind=_KINDS[step["kind"]],
                via=step["via"],
                end=step["end"],
            )
            for step in found["steps"]
        ],
    )
