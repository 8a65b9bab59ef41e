"""The links of a board: what they say, and where they run."""

from __future__ import annotations

from collections.abc import Iterable

from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.protocol.messages import Card, LabelPlace, Link
from ddd_lab.maps.edge_looks import look_of
from ddd_lab.maps.edges import MapEdge
from ddd_lab.maps.layout import Rect
from ddd_lab.maps.routing import BoardEdge, CardArea, EdgeRouter, PortPlace, Route


def links_of(edges: Iterable[MapEdge], *, fixed: bool) -> dict[str, Link]:
    """Edges as links by their ids, without their routes."""
    return {edge.id: _link(edge, fixed) for edge in edges}


def _link(edge: MapEdge, fixed: bool) -> Link:
    look = look_of(edge.kind, dashed=edge.dashed)
    return Link(
        id=edge.id,
        source=edge.source,
        output=edge.output,
        target=edge.target,
        label=edge.label,
        printed=edge.printed,
        hint=edge.hint,
        events=list(edge.events),
        kind=edge.kind,
        stroke=look.stroke,
        head=look.head,
        both_ways=edge.both_ways,
        fixed=fixed,
    )


def map_edge(link: Link) -> MapEdge:
    """A link of a map as layout takes it."""
    return MapEdge(
        link.id,
        link.source,
        link.target,
        kind=link.kind,
        label=link.printed,
        dashed=link.stroke == "dashed",
        both_ways=link.both_ways,
    )


def alike(one: Link, other: Link) -> bool:
    """Whether two links say the same."""
    return (one.label, one.printed, one.events) == (other.label, other.printed, other.events)


def joined_anew(link: Link, id: str, source: str, target: str) -> Link:
    """The link with another id, source and target."""
    return link.model_copy(update={"id": id, "source": source, "target": target})


def rect_of(card: Card) -> Rect:
    """The area that a card covers."""
    return Rect(card.x, card.y, card.x + card.width, card.y + card.height)


class BoardRoutes:
    """Where the links of one board run, as one canvas shows it."""

    def __init__(self, at: str) -> None:
        self.at = at
        self._router = EdgeRouter()
        self._cards: dict[str, tuple[Card, CardArea]] = {}
        self._edges: dict[str, tuple[Link, BoardEdge]] = {}
        self._links: dict[str, tuple[Link, Route | None, Link]] = {}

    def routed(self, view: BoardView) -> list[Link]:
        """The links of the board with their routes; those that stay as they were, as they were."""
        # Notes are paper under the drawing: edges run over them.
        cards = {
            id: (
                card,
                cached[1] if (cached := self._cards.get(id)) and cached[0] is card else _area(card),
            )
            for id, card in view.cards.items()
            if card.kind != "note"
        }
        edges = {
            id: old if (old := self._edges.get(id)) and old[0] is link else (link, _edge(link))
            for id, link in view.links.items()
        }
        routes = self._router.routes(
            [area for _, area in cards.values()],
            [edge for _, edge in edges.values()],
            view.direction if view.level == "flow" else None,
        )
        links: dict[str, tuple[Link, Route | None, Link]] = {}
        for id, link in view.links.items():
            route, known_link = routes.get(id), self._links.get(id)
            if known_link and known_link[0] is link and known_link[1] is route:
                links[id] = known_link
            else:
                links[id] = (link, route, _routed(link, route))
        self._cards, self._edges, self._links = cards, edges, links
        return [link for *_, link in links.values()]


def _area(card: Card) -> CardArea:
    return CardArea(
        card.id,
        rect_of(card),
        tuple(PortPlace(port.name, port.offset, port.label) for port in card.outputs),
    )


def _edge(link: Link) -> BoardEdge:
    kind = f"{link.kind} {link.stroke} {link.both_ways}"
    return BoardEdge(link.id, link.source, link.target, link.output, link.printed, kind)


def _routed(link: Link, route: Route | None) -> Link:
    if route is None:
        return link
    place = None
    if route.label:
        left, top, right, bottom = route.label
        place = LabelPlace(
            x=round((left + right) / 2, 1), y=round((top + bottom) / 2, 1), width=right - left
        )
    points = [(point.x, point.y) for point in route.points]
    return link.model_copy(update={"points": points, "label_place": place})
