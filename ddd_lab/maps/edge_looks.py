"""How edges of every kind look, and what they say: one table for the canvas and for pictures.

Shape comes before colour: no two kinds share both their stroke and their arrow head.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from ddd_lab.maps.links import LinkKind

Stroke = Literal["solid", "double", "dashed", "dotted", "dash-dot"]
Head = Literal["filled", "open", "hollow", "diamond", "bar"]
Fill = Literal["edge", "ground", "none"]
"""The colour of the edge, that of what lies behind it, or none."""


class StrokeLook(NamedTuple):
    """A stroke.

    Attributes:
        width: pixels.
        dash: lengths of dashes and gaps in pixels; empty for an unbroken line.
        round_ends: whether dashes have round ends, which makes dots of the shortest ones.
        core: pixels in the middle that have the ground's colour; 0 for none.
    """

    width: float
    dash: str = ""
    round_ends: bool = False
    core: float = 0.0


class HeadLook(NamedTuple):
    """An arrow head.

    Attributes:
        path: an SVG path around the tip at the origin, for an edge that comes from the left.
        fill: what it is filled with.
        width: pixels of its outline, which has the colour of the edge; 0 for none.
    """

    path: str
    fill: Fill
    width: float


class EdgeLook(NamedTuple):
    """How edges of a kind are drawn, and what they are, in words."""

    stroke: Stroke
    head: Head
    words: str


CORNER_RADIUS = 6.0
"""Pixels by which the corners of an edge are rounded."""
NECK = 6.0
"""Pixels before its end at which the line of an edge stops: its head goes on from there."""

STROKE_LOOKS: Mapping[Stroke, StrokeLook] = {
    "solid": StrokeLook(1.4),
    "double": StrokeLook(4.0, core=1.5),
    "dashed": StrokeLook(1.4, "6 4"),
    "dotted": StrokeLook(2.5, "0.1 5", round_ends=True),
    "dash-dot": StrokeLook(1.4, "9 4 2 4"),
}
HEAD_LOOKS: Mapping[Head, HeadLook] = {
    "filled": HeadLook("M0 0L-7 4.2L-7 -4.2Z", "edge", 0.0),
    "open": HeadLook("M-7 4.2L0 0L-7 -4.2M-7 0L0 0", "none", 1.6),
    "hollow": HeadLook("M0 0L-7 4.2L-7 -4.2Z", "ground", 1.4),
    "diamond": HeadLook("M0 0L-7 3.8L-14 0L-7 -3.8Z", "ground", 1.4),
    "bar": HeadLook("M-7 4.2L0 0L-7 -4.2ZM0 5.5L0 -5.5", "edge", 1.6),
}
EDGE_LOOKS: Mapping[LinkKind, EdgeLook] = {
    "connection": EdgeLook("solid", "filled", "Connection"),
    "event": EdgeLook("solid", "open", "Event"),
    "sub_flow": EdgeLook("solid", "hollow", "Calls as a sub-flow"),
    "orchestrator": EdgeLook("double", "filled", "Leads the agent"),
    "handoff": EdgeLook("dashed", "open", "Hands over"),
    "route": EdgeLook("solid", "diamond", "Routes to"),
    "fallback": EdgeLook("dashed", "hollow", "Falls back to"),
    "experiment": EdgeLook("dash-dot", "diamond", "Tries on a share of the requests"),
    "group": EdgeLook("dotted", "open", "Has as a member of its team"),
    "gate": EdgeLook("dashed", "bar", "Escalates to a person"),
    "shared_schema": EdgeLook("dotted", "hollow", "Uses the schema"),
    "contract": EdgeLook("dash-dot", "open", "Sends requests to its API"),
}


def look_of(kind: LinkKind, *, dashed: bool = False) -> EdgeLook:
    """How an edge is drawn.

    Args:
        dashed: whether it is implicit or leads nowhere; only a solid stroke changes by that.
    """
    look = EDGE_LOOKS[kind]
    return look._replace(stroke="dashed") if dashed and look.stroke == "solid" else look
