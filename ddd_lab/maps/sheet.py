"""Level 3: a flow's sheet, every node as a card and every connection as a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ddd_lab.maps import sizes
from ddd_lab.maps.containers import layout_groups
from ddd_lab.maps.coordinates import meant, place
from ddd_lab.maps.data import CardData, MissingCard, NodeCard, PortMark, Sheet, SheetEdge
from ddd_lab.maps.edges import drawn_edges
from ddd_lab.maps.frames import areas_of, container_frames, team_frames
from ddd_lab.maps.layout import (
    CELL,
    Box,
    Direction,
    LayoutEdge,
    Point,
    Positions,
    Rect,
    Style,
    View,
    leads,
    rect_of,
    sight,
    trend,
)
from ddd_lab.maps.memory import BoardMemory
from ddd_lab.maps.notes import sheet_notes
from ddd_lab.maps.routed_crossings import Drawn, minimize_routed_crossings
from ddd_lab.maps.routing import FEW_ON_SHEET, PortPlace
from ddd_lab.maps.sheet_cards import CardCache, cards_of
from ddd_lab.spec.catalogue import (
    has_trait,
    is_orchestration,
    node_type,
)
from ddd_lab.spec.edit.sheet_style import chosen_style, stored_style
from ddd_lab.spec.lenient import text
from ddd_lab.spec.models.flow import Edge, FlowData
from ddd_lab.spec.models.trigger import trigger_info

STYLES: tuple[Style, ...] = ("right", "wrapped", "down")
MOST_TRIED = 120
"""Nodes up to which a sheet is tried in every style: a larger one is looked at in parts anyway."""
DETOUR = 150.0
"""Pixels of a usual edge that are as bad as a card out of view."""
CROSSING = 3.0
"""Cards out of view that are as bad as a crossing."""
ASIDE = frozenset(
    {
        *("invalid", "failure", "failed", "fail", "error", "timeout", "block", "blocked"),
        *("rejected", "exhausted", "not_found", "open", "escalate", "escalated"),
    }
)
"""Outputs that do not lead straight on."""


def sheet(
    flow: FlowData,
    key: str = "",
    *,
    cache: CardCache | None = None,
    view: View = CELL,
    memory: BoardMemory | None = None,
) -> Sheet:
    """One flow as cards and lines.

    Args:
        flow: any flow, however unfinished.
        key: its ``domain/flow``; made from the flow where not given.
        cache: of earlier calls for the same flow. A node that is still the same object gets the
            same card, changed in place where its position changed.
        view: what a sheet without places is laid out for.
        memory: of the same sheet; it is brought up to date.

    Returns:
        ``flow`` (its own block), ``direction`` (``right`` or ``down``: where lines lead, which
        also says on which side ports stand), ``style`` (how it lies), ``chosen`` (``automatic``
        unless a person chose a style), ``apart`` (whether cards are shown beside their places,
        where they would cover others), ``nodes``, ``edges`` and ``missing`` (stand-ins for targets
        that do not exist, placed near the source), ``containers`` and ``groups`` (frames around
        cards, see :mod:`ddd_lab.maps.frames`) and ``notes``. A node's ``connections`` map each
        output to the ids of its targets; ``outputs`` are its ports with ``offset`` in pixels along
        their side; ``content`` is what an agent's or a team's block holds (None for others) and
        ``details`` is that as parts to show (see :mod:`ddd_lab.maps.blocks`).
    """
    placed = meant((node.id, node.position) for node in flow.all_nodes())
    started = _started(flow)
    lain = layout_groups(flow)
    cards_cache = {} if cache is None else cache
    stored = stored_style(flow)
    last_style = memory.style if memory else None
    style = stored.style if stored else last_style or _trend(flow, placed) or best_style(flow, view)
    if memory is not None and stored is None:
        memory.style = style
    nodes, missing, moved, _ = _laid_out(
        flow, style, placed, cards_cache, view=view, memory=memory, refine=True
    )
    labels = {
        (node["id"], port["name"]): port["label"] for node in nodes for port in node["outputs"]
    }
    areas = areas_of({card["id"]: card for card in (*nodes, *missing)})
    containers = container_frames(flow, lain, areas)
    domain = key.partition("/")[0] or flow.domain
    return {
        "flow": {
            "key": key or f"{flow.domain}/{flow.id}",
            "id": flow.id,
            "name": flow.name or flow.id,
            "type": flow.type,
            "domain": flow.domain,
            "description": flow.description,
            "orchestration": is_orchestration(flow),
            "trigger": started,
        },
        "direction": leads(style),
        "style": style,
        "chosen": chosen_style(flow),
        "apart": moved,
        "nodes": nodes,
        "edges": [_edge(flow, edge, labels) for edge in flow.edges],
        "missing": missing,
        "containers": containers,
        "groups": team_frames(domain, flow, areas),
        "notes": sheet_notes(flow, areas.values()),
    }


def _started(flow: FlowData) -> str:
    """What starts a flow, in words."""
    return "; ".join(info.text for info in trigger_info(flow) if info.text)


class _LaidOut(NamedTuple):
    """The cards of a sheet where they lie.

    Attributes:
        moved: whether any had to move aside.
        crossings: how often edges cross, where that was looked at.
    """

    nodes: list[NodeCard]
    missing: list[MissingCard]
    moved: bool
    crossings: int = 0


def _laid_out(
    flow: FlowData,
    style: Style,
    placed: Positions,
    cache: CardCache,
    *,
    view: View,
    memory: BoardMemory | None = None,
    refine: bool = False,
) -> _LaidOut:
    """Lay out the cards of a sheet.

    Args:
        refine: whether to move some where fewer edges cross then.
    """
    direction = leads(style)
    nodes = cards_of(flow, direction, _started(flow), placed, cache)
    missing = _missing(flow)
    cards: dict[str, CardData] = {card["id"]: card for card in (*nodes, *missing)}
    lines, groups = layout_edges(flow, nodes), layout_groups(flow)

    crossings = 0

    def refined(boxes: Sequence[Box], found: Positions) -> Positions:
        nonlocal crossings
        ports = [(node["id"], tuple(map(_port, node["outputs"]))) for node in nodes]
        edges = drawn_edges([_edge(flow, edge, {}) for edge in flow.edges])
        drawn = Drawn(
            tuple(boxes),
            tuple(found[box.id] for box in boxes),
            tuple(ports),
            tuple(edge.on_board for edge in edges),
            tuple(lines),
            tuple(groups),
            direction,
        )
        places, crossings = minimize_routed_crossings(drawn)
        return dict(places)

    few = len(flow.edges) <= FEW_ON_SHEET
    moved = place(
        cards,
        lines,
        placed,
        style=style,
        view=view,
        layout_groups=groups,
        after=labels_after(nodes, direction),
        memory=memory,
        refined=refined if refine and few else None,
    )
    return _LaidOut(nodes, missing, moved, crossings)


def _port(port: PortMark) -> PortPlace:
    return PortPlace(port["name"], port["offset"], port["label"])


def labels_after(nodes: Iterable[NodeCard], direction: Direction) -> dict[str, float]:
    """Pixels beyond each card in which the labels of its ports stand."""
    return {
        node["id"]: sizes.room_after([port["label"] for port in node["outputs"]], direction)
        for node in nodes
    }


def _trend(flow: FlowData, placed: Positions) -> Direction | None:
    """Where the placed cards of a sheet lead; None where nothing is placed."""
    if not placed:
        return None
    boxes = [
        Box(node.id, *(kind.size if (kind := node_type(node.type)) else sizes.NODE))
        for node in flow.all_nodes()
    ]
    lines = [LayoutEdge(edge.source, edge.target) for edge in flow.edges]
    return trend(boxes, lines, placed, _usual(flow))


def _usual(flow: FlowData) -> Direction:
    """Agent sheets stand upright, others lie."""
    return "down" if flow.is_agent else "right"


def best_style(flow: FlowData, view: View) -> Style:
    """The style in which most of a sheet is seen when it opens, by short edges that do not cross.

    Agent sheets stand upright: their parts have places that people know.

    Args:
        flow: the flow; the places in its file do not count.
    """
    usual = _usual(flow)
    if flow.is_agent or len(flow.nodes) > MOST_TRIED:
        return usual
    rated: list[tuple[float, int, Style]] = []
    for order, style in enumerate(STYLES):
        hidden, way = _seen(flow, style, view)
        if style == usual and not hidden:
            return usual
        rated.append((hidden + way / DETOUR, order, style))
    best: tuple[float, int, Style] | None = None
    for loss, order, style in sorted(rated):
        # To look at crossings takes long: not where a style is worse as it is.
        if best is None or loss < best[0]:
            crossings = _laid_out(flow, style, {}, {}, view=view, refine=True).crossings
            found = loss + CROSSING * crossings, order, style
            best = found if best is None else min(best, found)
    return best[2] if best else usual


def _seen(flow: FlowData, style: Style, view: View) -> tuple[int, float]:
    """How many cards of a sheet are out of view in a style, and how long a usual edge is."""
    nodes, missing, _, _ = _laid_out(flow, style, {}, {}, view=view)
    after = labels_after(nodes, leads(style))
    cards: list[NodeCard | MissingCard] = [*nodes, *missing]
    boxes = {
        card["id"]: Box(card["id"], card["width"], card["height"], after.get(card["id"], 0.0))
        for card in cards
    }
    places = {card["id"]: Point(**card["position"]) for card in cards}
    areas = {id: rect_of(box, places[id]) for id, box in boxes.items()}
    ways = [_way(areas[edge.source], areas[edge.target], style) for edge in flow.edges]
    hidden = sight(boxes.values(), places, leads(style), view).hidden
    return hidden, sum(ways) / max(len(ways), 1)


def _way(source: Rect, target: Rect, style: Style) -> float:
    """Pixels between where an edge leaves a card and where it comes to another."""
    if leads(style) == "right":
        across = target.left - source.right
        down = (target.top + target.bottom - source.top - source.bottom) / 2
    else:
        across = (target.left + target.right - source.left - source.right) / 2
        down = target.top - source.bottom
    return abs(across) + abs(down)


def layout_edges(flow: FlowData, nodes: Iterable[NodeCard]) -> list[LayoutEdge]:
    """The edges by which a sheet is laid out, in the order of the ports that they leave.

    Args:
        nodes: its cards, as :func:`sheet` gives them.
    """
    order = {
        (node["id"], port["name"]): index
        for node in nodes
        for index, port in enumerate(node["outputs"])
    }
    edges = [
        edge
        for edge in sorted(flow.edges, key=lambda edge: order.get((edge.source, edge.output), 0))
        if not (flow.is_agent and _beside(flow, edge.source, edge.target))
    ]
    main: dict[str, tuple[tuple[bool, bool], int]] = {}
    for at, edge in enumerate(edges):
        rank = ((edge.output in ASIDE, _ends(flow, edge.target)), at)
        main[edge.source] = min(main.get(edge.source, rank), rank)
    return [
        LayoutEdge(edge.source, edge.target, main=main[edge.source][1] == at)
        for at, edge in enumerate(edges)
    ]


def _ends(flow: FlowData, id: str) -> bool:
    """Whether nothing follows a node: it stands beside the way that goes on."""
    node = flow.by_id.get(id)
    return node is None or has_trait(node, "terminal")


def _beside(flow: FlowData, source: str, target: str) -> bool:
    """Whether both belong side by side: a guardrail of what comes out, and a human gate."""
    one, other = flow.by_id.get(source), flow.by_id.get(target)
    return (
        one is not None
        and other is not None
        and has_trait(one, "guards")
        and has_trait(other, "person")
        and one.spec.get("position") == "output"
    )


def _edge(flow: FlowData, edge: Edge, labels: Mapping[tuple[str, str], str]) -> SheetEdge:
    label = text(edge.extra.get("label"))
    return {
        "source": edge.source,
        "output": edge.output,
        "target": edge.target,
        "label": label or labels.get((edge.source, edge.output), ""),
        "implicit": edge.implicit,
        "dangling": edge.target not in flow.by_id,
        "extra": edge.extra,
    }


def _missing(flow: FlowData) -> list[MissingCard]:
    width, height = sizes.NODE
    sources: dict[str, list[str]] = {}
    for edge in flow.edges:
        if edge.target not in flow.by_id:
            sources.setdefault(edge.target, []).append(edge.source)
    return [
        {
            "id": target,
            "title": target or "(no target)",
            "summary": "no such node on this sheet",
            "sources": list(dict.fromkeys(output)),
            "width": width,
            "height": height,
        }
        for target, output in sources.items()
    ]
