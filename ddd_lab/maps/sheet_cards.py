"""The cards of a flow's sheet: what each says, and how large it is."""

from __future__ import annotations

from typing import NamedTuple

from ddd_lab.maps import card_layout, sizes
from ddd_lab.maps.blocks import content, details
from ddd_lab.maps.data import NodeCard
from ddd_lab.maps.free_space import rooms
from ddd_lab.maps.layout import Direction, Positions
from ddd_lab.spec.catalogue import NodeType, Port, Settings, node_type, ports
from ddd_lab.spec.lenient import text
from ddd_lab.spec.local_refs import settings
from ddd_lab.spec.models.flow import DEFAULT_OUTPUT, FlowData, NodeData


class CachedCard(NamedTuple):
    """A card with all that it was made from: its node, the rest of the flow, the room it had."""

    node: NodeData
    rest: tuple[object, ...]
    wish: float
    room: sizes.Room | None
    card: NodeCard


CardCache = dict[str, CachedCard]
"""Cards of earlier calls, by node id."""


def cards_of(
    flow: FlowData, direction: Direction, started: str, placed: Positions, cache: CardCache
) -> list[NodeCard]:
    """The cards of a sheet; of those in the cache the ones of which nothing has changed."""
    rest = (direction, flow.vocabulary, flow.extra)
    cards = {
        id: cached
        for id, cached in cache.items()
        # The trigger's card depends on the whole flow.
        if cached.node is flow.by_id.get(id)
        and cached.node is not flow.trigger
        and all(one is other for one, other in zip(cached.rest, rest, strict=True))
    }
    wishes = {
        node.id: cards[node.id].wish if node.id in cards else _wish(flow, node, direction)
        for node in flow.all_nodes()
    }
    growing = {id: wish for id, wish in wishes.items() if wish}
    free = rooms(growing, placed, flow.by_id)
    new_cache: CardCache = {}
    for node in flow.all_nodes():
        cached = cards.get(node.id)
        room = free.get(node.id)
        if cached is None or cached.room != room:
            card = _card(flow, node, direction, started, room)
            cached = CachedCard(node, rest, wishes[node.id], room, card)
        new_cache[node.id] = cached
    cache.clear()
    cache.update(new_cache)
    return [cached.card for cached in new_cache.values()]


def _wish(flow: FlowData, node: NodeData, direction: Direction) -> float:
    """Width that a card which grows with its content would like; 0 for ordinary cards."""
    kind = node_type(node.type)
    if kind is None or kind.category not in ("agent", "orchestration"):
        return 0.0
    labels = [port_label(port) for port in ports(node, flow.vocabulary, flow)]
    return sizes.wish(kind, labels, direction)


def _card(
    flow: FlowData, node: NodeData, direction: Direction, started: str, room: sizes.Room | None
) -> NodeCard:
    kind = node_type(node.type)
    own = node is flow.trigger
    outputs = ports(node, flow.vocabulary, flow)
    labels = [port_label(port) for port in outputs]
    content_ = content(node, flow)
    inside = details(node, content_)
    summary = (started if own else "") or _summary(kind, settings(node.spec, flow))
    shown = card_layout.unsaid(inside, summary)
    width, height = sizes.node_size(kind, labels, direction, shown, room)
    offsets = sizes.port_offsets(width, height, labels, direction)
    targets: dict[str, list[str]] = {}
    for edge in flow.edges if own else ():
        if edge.source == node.id:
            targets.setdefault(edge.output, []).append(edge.target)
    for line in node.connections or ():
        if not own:
            targets.setdefault(line.output, []).append(line.target)
    return {
        "id": node.id,
        "declared_id": node.declared_id or node.id,
        "type": node.type,
        "type_title": _title(node.type, kind),
        "known": kind is not None,
        "label": node.label or "",
        "title": node.name,
        "summary": summary,
        "icon": kind.icon if kind else "?",
        "category": kind.category if kind else "unknown",
        "container": kind is not None and "container" in kind.traits,
        "shape": kind.shape if kind else "card",
        "width": width,
        "height": height,
        "spec": node.spec,
        "parent": node.parent,
        "connections": targets,
        "outputs": [
            {
                "name": port.name,
                "label": port_label(port),
                "declared": port.declared,
                "offset": offset,
            }
            for port, offset in zip(outputs, offsets, strict=True)
        ],
        "content": content_,
        "details": inside,
        "has_input": kind.has_input if kind else not own,
        "fixed": own,
    }


def port_label(port: Port) -> str:
    """What to print beside a port: nothing for the one way on."""
    return port.label or ("" if port.name == DEFAULT_OUTPUT else port.name)


def _title(word: str, kind: NodeType | None) -> str:
    if kind:
        return kind.title
    return word.replace("_", " ").replace("-", " ").strip().capitalize() or "Node without a type"


def _summary(kind: NodeType | None, spec: Settings) -> str:
    if kind:
        return kind.summary(spec)
    return " ".join(text(spec.get("description")).split())
