"""Ghosts as SVG: what would come is dashed, what would go struck through, each with a sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ddd_lab.maps.layout import Point
from ddd_lab.maps.svg.drawing import GhostKind, PictureCard
from ddd_lab.maps.svg.edges import path_through
from ddd_lab.maps.svg.theme import Theme
from ddd_lab.maps.svg.xml import num, tag, text

_SIGNS: Mapping[GhostKind, str] = {"added": "+", "changed": "~", "removed": "−"}
_CATEGORIES: Mapping[GhostKind, str] = {"added": "data", "changed": "logic", "removed": "missing"}
_AROUND = 4.0
"""Pixels between a card and the frame of its ghost."""
_RADIUS = 9.0
_FADED = 0.55


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
    if kind == "removed":
        middle = card.at.y + card.height / 2
        through = f"M{num(card.at.x)} {num(middle)}H{num(card.at.x + card.width)}"
        parts.append(tag("path", d=through, stroke=colour, stroke_width=2))
    parts.append(_sign(Point(card.at.x + card.width, card.at.y), colour, theme, kind))
    return tag("g", "".join(parts))


def ghost_edge_svg(edge_svg: str, points: Sequence[Point], theme: Theme, kind: GhostKind) -> str:
    """An edge with the line and the sign of its ghost."""
    colour = theme.edge(_CATEGORIES[kind])
    line = tag(
        "path",
        d=path_through(points),
        fill="none",
        stroke=colour,
        stroke_width=2.4,
        stroke_dasharray="7 5" if kind == "added" else None,
    )
    below = tag("g", edge_svg, opacity=_FADED) if kind == "removed" else edge_svg
    a, b = max(
        pairwise(points),
        key=lambda piece: abs(piece[0].x - piece[1].x) + abs(piece[0].y - piece[1].y),
    )
    middle = Point((a.x + b.x) / 2, (a.y + b.y) / 2)
    return tag("g", below + line + (_sign(middle, colour, theme, kind) if kind != "added" else ""))


def _sign(at: Point, colour: str, theme: Theme, kind: GhostKind) -> str:
    circle = tag("circle", cx=at.x, cy=at.y, r=_RADIUS, fill=colour)
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
    return tag("g", tag("title", kind) + circle + sign)
