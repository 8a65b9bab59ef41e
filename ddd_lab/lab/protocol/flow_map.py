"""What travels between the map of all flows in the browser and Python."""

from __future__ import annotations

from typing import Literal

from pydantic import NonNegativeInt

from ddd_lab.canvas.protocol.field_types import Shown
from ddd_lab.canvas.protocol.message import Message
from ddd_lab.lab.protocol.panel import FlowNamed, RootNamed
from ddd_lab.maps.edge_looks import Head, Stroke
from ddd_lab.maps.trace import StepEnd

GraphKind = Literal["event", "call", "schema", "contract", "agent", "orchestrator", "handoff"]
"""The seven kinds of links between flows."""
MarkedBy = Literal["staleness", "problems", "tests"]
Tone = Literal["good", "warn", "bad"]


class GraphArea(Message):
    """Something on the map, where it lies and how large it is."""

    id: str
    name: Shown
    x: int
    y: int
    width: int
    height: int


class GraphDomain(GraphArea):
    """The frame of a domain; ``flows`` lie in it."""

    flows: int


class GraphFlow(GraphArea):
    """A flow; its ``id`` is ``domain/flow``."""

    domain: str
    sort: Literal["missing", "orchestration", "agent", "flow"]
    trigger: Shown


class GraphLink(Message):
    """All links of one kind from a flow to another, or to a schema.

    ``points`` are x and y of its ends and corners in turn; empty where it may run straight.
    """

    source: str
    target: str
    kind: GraphKind
    via: list[Shown]
    points: list[int]


class GraphSign(Message):
    """How links of a kind are drawn, and what they are."""

    kind: GraphKind
    stroke: Stroke
    head: Head
    words: str


class FlowGraph(Message):
    """The map of all flows, laid out."""

    root: str
    name: Shown
    domains: list[GraphDomain]
    flows: list[GraphFlow]
    schemas: list[GraphArea]
    links: list[GraphLink]
    signs: list[GraphSign]


class MarksWanted(RootNamed):
    """By what flows are to be coloured."""

    by: MarkedBy


class Mark(Message):
    """What is to be said of a flow; ``text`` stands on its card."""

    tone: Tone
    text: Shown


class FlowMarks(Message):
    """The marks of flows by their keys; nothing is said of those that are not in it."""

    by: MarkedBy
    marks: dict[str, Mark]


class TraceWanted(FlowNamed):
    """The flow to follow, and how many links at most; 0 for all."""

    depth: NonNegativeInt = 0


class FollowedLink(Message):
    """One link of a trace; see :class:`ddd_lab.maps.trace.TraceStep`."""

    depth: int
    source: str
    target: str
    kind: GraphKind
    via: Shown
    end: StepEnd


class FlowTrace(Message):
    """Where a flow leads."""

    flow: str
    flows: dict[str, int]
    steps: list[FollowedLink]
