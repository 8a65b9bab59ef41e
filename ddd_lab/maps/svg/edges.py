"""Edges with their arrow heads and labels as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ddd_lab.maps.edge_looks import (
    CORNER_RADIUS,
    HEAD_LOOKS,
    NECK,
    STROKE_LOOKS,
    EdgeLook,
    HeadLook,
    look_of,
)
from ddd_lab.maps.edges import MapEdge
from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.measure import clipped
from ddd_lab.maps.routing.labels import LABEL_SIZE, PADDING, shown_label
from ddd_lab.maps.svg.theme import Theme
from ddd_lab.maps.svg.xml import num, tag, text


def edge_svg(edge: MapEdge, points: Sequence[Point], theme: Theme) -> str:
    """The line of an edge and its heads, below everything else."""
    look = look_of(edge.kind, dashed=edge.dashed)
    parts = [tag("title", text(edge.hint or edge.id)), _line(edge, points, look, theme)]
    head = HEAD_LOOKS[look.head]
    # A double line ends in a head that is heavy enough for it.
    outline = STROKE_LOOKS[look.stroke].width if look.stroke == "double" else head.width
    parts.append(_head(points, head, outline, theme))
    if edge.both_ways:
        parts.append(_head(points[::-1], head, outline, theme))
    return tag("g", "".join(parts))


def label_svg(edge: MapEdge, area: Rect, theme: Theme) -> str:
    """The label of an edge in its area, above the lines."""
    printed = edge.printed
    label = clipped(shown_label(printed), LABEL_SIZE, area.right - area.left - PADDING + 0.1)
    box = tag(
        "rect",
        x=area.left,
        y=area.top,
        width=area.right - area.left,
        height=area.bottom - area.top,
        rx=4,
        fill=theme.background,
        stroke=theme.border,
        stroke_width=0.8,
    )
    words = tag(
        "text",
        text(label),
        x=(area.left + area.right) / 2,
        y=area.bottom - 5,
        font_size=LABEL_SIZE,
        text_anchor="middle",
        fill=theme.text,
    )
    hint = edge.hint or (printed if label != printed else "")
    return tag("g", (tag("title", text(hint)) if hint else "") + box + words, data_part="label")


def _line(edge: MapEdge, points: Sequence[Point], look: EdgeLook, theme: Theme) -> str:
    stroke = STROKE_LOOKS[look.stroke]
    path = path_through(points, both_ways=edge.both_ways)
    line = tag(
        "path",
        d=path,
        fill="none",
        stroke=theme.line,
        stroke_width=stroke.width,
        stroke_dasharray=stroke.dash or None,
        stroke_linecap="round" if stroke.round_ends else None,
        stroke_linejoin="round",
    )
    if not stroke.core:
        return line
    return line + tag(
        "path", d=path, fill="none", stroke=theme.background, stroke_width=stroke.core
    )


def _head(points: Sequence[Point], head: HeadLook, outline: float, theme: Theme) -> str:
    before, tip = points[-2:]
    angle = math.degrees(math.atan2(tip.y - before.y, tip.x - before.x))
    return tag(
        "path",
        d=head.path,
        transform=f"translate({num(tip.x)} {num(tip.y)}) rotate({num(angle)})",
        fill={"edge": theme.line, "ground": theme.background, "none": "none"}[head.fill],
        stroke=theme.line if outline else None,
        stroke_width=outline or None,
    )


def path_through(points: Sequence[Point], *, both_ways: bool = False) -> str:
    """An SVG path through the corners, rounded, that ends where the arrow heads begin."""
    first = _toward(points[0], points[1], NECK) if both_ways else points[0]
    parts = [f"M{_at(first)}"]
    for a, b, c in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER_RADIUS, math.dist(a, b) / 2, math.dist(b, c) / 2)
        parts.append(f"L{_at(_toward(b, a, radius))}Q{_at(b)} {_at(_toward(b, c, radius))}")
    parts.append(f"L{_at(_toward(points[-1], points[-2], NECK))}")
    return "".join(parts)


def _at(point: Point) -> str:
    return f"{num(point.x)} {num(point.y)}"


def _toward(a: Point, b: Point, by: float) -> Point:
    length = math.dist(a, b) or 1.0
    return Point(a.x + (b.x - a.x) / length * by, a.y + (b.y - a.y) / length * by)
