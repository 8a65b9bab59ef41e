"""Ghosts as SVG: what would come is dashed, what would go struck through, each with a sign."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise

from ddd_lab.maps.edges import MapEdge
from ddd_lab.maps.ghosts import GhostKind
from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.routing import Route
from ddd_lab.maps.svg.drawing import PictureCard
from ddd_lab.maps.svg.edges import path_through
from ddd_lab.maps.svg.theme import Theme
from ddd_lab.maps.svg.xml import tag, text

_SIGNS: Mapping[GhostKind, str] = {"added": "+", "changed": "~", "removed": "−"}
_CATEGORIES: Mapping[GhostKind, str] = {"added": "data", "changed": "logic", "removed": "missing"}
_AROUND = 4.0
"""Pixels between a card and the frame of its ghost."""
RADIUS = 9.0
_FADED = 0.75


def ghost_card_svg(card_svg: str, card: PictureCard, theme: Theme, kind: GhostKind) -> str:
    """A card with the frame and the sign of its ghost."""
    colour = theme.edge(_CATEGORIES[kind])
    frame = tag(
        "rect",
        x=card.at.x - _AROUND,
        y=card.at.y - _AROUND,
        width=card.width + 2 * _AROUND,
        height=card.height + 2 * _AROUND,
        rx=11,
        fill="none",
        stroke=colour,
        stroke_width=2,
        stroke_dasharray="7 5" if kind == "added" else None,
    )
    parts = [card_svg if kind != "removed" else tag("g", card_svg, opacity=_FADED), frame]
    parts.append(sign_svg(Point(card.at.x + card.width, card.at.y), theme, kind))
    return tag("g", "".join(parts), data_card=card.id, data_ghost=kind)


def ghost_edge_svg(
    edge_svg: str, edge: MapEdge, route: Route, theme: Theme, kind: GhostKind
) -> str:
    """An edge with the line and the sign of its ghost."""
    line = tag(
        "path",
        d=path_through(route.points),
        fill="none",
        stroke=theme.edge(_CATEGORIES[kind]),
        stroke_width=2.4,
        stroke_dasharray="7 5" if kind == "added" else None,
    )
    below = tag("g", edge_svg, opacity=_FADED) if kind == "removed" else edge_svg
    sign = sign_svg(_place_of_sign(edge, route), theme, kind)
    return tag("g", below + line + sign, data_edge=edge.id, data_ghost=kind)


def _place_of_sign(edge: MapEdge, route: Route) -> Point:
    """Where on its longest piece an edge has its sign: not below its label, nor at a port's."""
    pieces = list(pairwise(route.points))
    ordered = sorted(pieces, key=lambda piece: -math.dist(*piece))
    places = [_along(piece, share) for piece in ordered for share in (0.5, 0.25, 0.75)]
    if edge.output:  # the label of the port stands at the first piece
        later = [piece for piece in ordered if piece != pieces[0]]
        long = [_along(piece, 0.5) for piece in later if math.dist(*piece) > 4 * RADIUS]
        places = [*long, _along(pieces[0], 0.75)]
    label = route.label
    if label is None:
        return places[0]
    free = (at for at in places if not _lies_in(at, label.grown(RADIUS)))
    return next(free, Point((label.left + label.right) / 2, label.top - RADIUS + 1))


def _along(piece: tuple[Point, Point], share: float) -> Point:
    a, b = piece
    return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)


def _lies_in(at: Point, area: Rect) -> bool:
    return area.left < at.x < area.right and area.top < at.y < area.bottom


def sign_svg(at: Point, theme: Theme, kind: GhostKind) -> str:
    """The sign of a kind of ghost."""
    circle = tag("circle", cx=at.x, cy=at.y, r=RADIUS, fill=theme.edge(_CATEGORIES[kind]))
    sign = tag(
        "text",
        text(_SIGNS[kind]),
        x=at.x,
        y=at.y + 5,
        font_size=14,
        font_weight=700,
        text_anchor="middle",
        fill=theme.background,
    )
    return tag("g", tag("title", kind) + circle + sign, **{"class": "ddd-sign"})
