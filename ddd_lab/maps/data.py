"""The plain data of maps and sheets, with the types of every key.

Sizes and places are in pixels; a place is the top left corner of a card.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from ddd_lab.maps.layout import Direction, Style
from ddd_lab.maps.links import LinkKind
from ddd_lab.spec.catalogue import CardPart, Content, MemoryStore, Settings
from ddd_lab.spec.edit.sheet_style import ChosenStyle


class Place(TypedDict):
    """A point."""

    x: float
    y: float


class CardData(TypedDict):
    """What every card has; layout gives it its position and says whether the file gave it."""

    width: float
    height: float
    position: NotRequired[Place]
    placed: NotRequired[bool]


class DomainCard(CardData):
    """A domain on the System Map; ``agents`` counts the flows listed as agent flows.

    ``unconsumed`` and ``unpublished`` are names of its events without another end.
    """

    id: str
    name: str
    description: str
    role: str
    flow_count: int
    agents: int
    unconsumed: list[str]
    unpublished: list[str]


class DomainArrow(TypedDict):
    """All events from one domain to another."""

    source_domain: str
    target_domain: str
    events: list[str]


class SystemMap(TypedDict):
    """Level 1."""

    name: str
    description: str
    domains: list[DomainCard]
    event_arrows: list[DomainArrow]
    apart: bool


class FlowBadge(TypedDict):
    """A small mark on a flow's card: ``text`` is printed, ``title`` says it in full."""

    kind: str
    text: str
    title: str


class FlowCard(CardData):
    """A flow on a domain's map; ``missing`` where nothing but an event names it."""

    key: str
    id: str
    name: str
    description: str
    type: str
    orchestration: bool
    trigger: str
    badges: list[FlowBadge]
    listed: bool
    exists: bool
    readable: bool
    missing: bool


class PortalCard(CardData):
    """Another domain that exchanges events or calls with this one."""

    key: str
    target_domain: str
    name: str
    exists: bool
    events: list[str]
    direction: Literal["in", "out", "both"]


class EventCard(CardData):
    """What stands for the end of an event that has none."""

    key: str
    event: str
    kind: Literal["unconsumed", "unpublished", "unassigned"]


class GateCard(CardData):
    """A person whom the agents of a flow turn to; ``timeout`` is in seconds."""

    key: str
    flow: str
    node: str
    title: str
    options: list[str]
    timeout: float | None


class EventArrow(TypedDict):
    """An event from one card to another, with the guide's name of each end."""

    event: str
    source: str
    target: str
    source_flow_id: NotRequired[str]
    source_portal: NotRequired[str]
    source_event: NotRequired[str]
    target_flow_id: NotRequired[str]
    target_portal: NotRequired[str]
    target_event: NotRequired[str]


class DomainLink(TypedDict):
    """A call, handoff or the like between two cards; ``node`` of ``stated_in`` states it."""

    kind: LinkKind
    via: str
    node: str
    source: str
    target: str
    source_flow: str
    target_flow: str
    stated_in: str
    both_ways: bool


class TeamData(TypedDict):
    """A team of agents: ``flow`` declares it, in a node or (empty) at the top of its file.

    ``members`` are ``domain/flow`` each; ``memory`` are the stores named in ``shared_memory``.
    """

    id: str
    name: str
    flow: str
    node: str
    members: list[str]
    communication: str
    shared_memory: list[str]
    memory: list[MemoryStore]
    max_active: float | None
    selection: str
    metrics: list[str]


class Boundary(TypedDict):
    """The cards that a frame goes around, and its sides; None where it goes around none."""

    around: list[str]
    x: float | None
    y: float | None
    width: float | None
    height: float | None


class Team(TeamData, Boundary):
    """A team of agents with the boundary around its cards."""


class LooseEvent(TypedDict):
    """An event without another end, and the flow (or nothing) that names it."""

    event: str
    flow: str


class DomainMap(TypedDict):
    """Level 2."""

    domain_id: str
    name: str
    description: str
    role: str
    flows: list[FlowCard]
    portals: list[PortalCard]
    events: list[EventCard]
    gates: list[GateCard]
    event_arrows: list[EventArrow]
    links: list[DomainLink]
    groups: list[Team]
    unconsumed: list[LooseEvent]
    unpublished: list[LooseEvent]
    apart: bool


class SheetFlow(TypedDict):
    """The flow of a sheet."""

    key: str
    id: str
    name: str
    type: str
    domain: str
    description: str
    orchestration: bool
    trigger: str


class PortMark(TypedDict):
    """An output of a card; ``offset`` is along its side, ``label`` what is printed beside it."""

    name: str
    label: str
    declared: bool
    offset: float


class NodeCard(CardData):
    """A node on its flow's sheet.

    ``connections`` are the targets of every output; ``content`` is what an agent's or a team's
    block holds, ``details`` that as parts to show.
    """

    id: str
    declared_id: str
    type: str
    type_title: str
    known: bool
    label: str
    title: str
    summary: str
    icon: str
    category: str
    container: bool
    shape: Literal["card", "terminal", "decision"]
    spec: Settings
    parent: str | None
    connections: dict[str, list[str]]
    outputs: list[PortMark]
    content: Content | None
    details: list[CardPart]
    has_input: bool
    fixed: bool


class SheetEdge(TypedDict):
    """A connection; ``extra`` is what the file says of it besides its ends."""

    source: str
    output: str
    target: str
    label: str
    implicit: bool
    dangling: bool
    extra: Settings


class MissingCard(CardData):
    """What stands for a target that does not exist."""

    id: str
    title: str
    summary: str
    sources: list[str]


class Box(TypedDict):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


class PlacedBox(Box):
    """What a card covers, and whether its file gave its place."""

    placed: bool


class ContainerFrame(Box):
    """The frame around what lies in a node; ``derived`` where only the edges say so."""

    id: str
    title: str
    kind: str
    mark: str
    derived: bool
    children: list[str]


class NoteData(PlacedBox):
    """A note on a sheet."""

    id: str
    text: str


class Sheet(TypedDict):
    """Level 3."""

    flow: SheetFlow
    direction: Direction
    style: Style
    chosen: ChosenStyle
    apart: bool
    nodes: list[NodeCard]
    edges: list[SheetEdge]
    missing: list[MissingCard]
    containers: list[ContainerFrame]
    groups: list[Team]
    notes: list[NoteData]


class FlowMapCard(CardData):
    """A flow on the map of all flows; its ``id`` is ``domain/flow``."""

    id: str
    domain: str
    flow: str
    name: str
    description: str
    type: str
    orchestration: bool
    trigger: str
    missing: bool
    readable: bool


def flow_class(
    flow: FlowCard | FlowMapCard,
) -> Literal["missing", "orchestration", "agent", "flow"]:
    """What sort of flow a card stands for."""
    if flow["missing"]:
        return "missing"
    if flow["orchestration"]:
        return "orchestration"
    return "agent" if flow["type"] == "agent" else "flow"


class SchemaCard(CardData):
    """A schema that two flows or more use."""

    id: str
    name: str
    users: list[str]


class FlowMapLink(TypedDict):
    """A link between two flows, or from a flow to a schema that it shares."""

    source: str
    target: str
    kind: LinkKind
    via: str
    node: str


class FlowMap(TypedDict):
    """All flows of a system."""

    flows: list[FlowMapCard]
    schemas: list[SchemaCard]
    links: list[FlowMapLink]
