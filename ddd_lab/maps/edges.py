"""The edges of sheets and maps as they are drawn, those of one kind between two cards as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ddd_lab.maps.data import DomainLink, DomainMap, FlowMapLink, Sheet, SheetEdge, SystemMap
from ddd_lab.maps.edge_looks import EDGE_LOOKS
from ddd_lab.maps.links import BOTH_WAYS, LinkKind
from ddd_lab.maps.routing import BoardEdge
from ddd_lab.plurals import name_or_count

_WORDS: Mapping[LinkKind, str] = {
    "sub_flow": "calls",
    "handoff": "⇄",
    "orchestrator": "⊛ runs",
    "group": "member",
    "route": "route",
    "fallback": "fallback",
    "experiment": "A/B",
    "contract": "asks",
}


@dataclass(frozen=True)
class MapEdge:
    """An edge between two cards of a sheet or map.

    Attributes:
        id: unique on the board.
        output: the port that it leaves from; empty on maps, whose cards have none.
        label: what it says beside its ends.
        events: names of the events that it stands for.
        dashed: whether it is implicit or leads nowhere.
        both_ways: whether it has a head at either end.
        in_port: whether its port prints the label.
    """

    id: str
    source: str
    target: str
    output: str = ""
    kind: LinkKind = "connection"
    label: str = ""
    events: tuple[str, ...] = ()
    dashed: bool = False
    both_ways: bool = False
    in_port: bool = False

    @property
    def printed(self) -> str:
        """What is printed on the edge: nothing where its port says it already."""
        if self.events:
            return name_or_count(self.events, "event")
        return "" if self.in_port or self.kind == "shared_schema" else self.label

    @property
    def hint(self) -> str:
        """What the edge is, in full; empty where its ends and outputs say it all."""
        if self.kind == "connection":
            return ""
        details = ", ".join(self.events) or self.label.removeprefix("⇄").removeprefix("⊛").strip()
        words = EDGE_LOOKS[self.kind].words + (", and back" if self.both_ways else "")
        return f"{words}: {details}" if details else words

    @property
    def on_board(self) -> BoardEdge:
        """The edge as the router takes it."""
        kind = f"{self.kind} {self.dashed} {self.both_ways}"
        return BoardEdge(self.id, self.source, self.target, self.output, self.printed, kind)


def joined_anew(edge: MapEdge, id: str, source: str, target: str) -> MapEdge:
    """The edge with other ends and another id."""
    return replace(edge, id=id, source=source, target=target)


def missing_id(target: str) -> str:
    """Id of the stand-in card for a target that does not exist."""
    return target or "~nowhere"


def sheet_edges(sheet: Sheet) -> list[MapEdge]:
    """The edges of a flow's sheet."""
    labels = {
        (node["id"], port["name"]): port["label"]
        for node in sheet["nodes"]
        for port in node["outputs"]
    }
    return drawn_edges(sheet["edges"], labels)


def drawn_edges(
    sheet_edges: Iterable[SheetEdge], labels: Mapping[tuple[str, str], str] = {}
) -> list[MapEdge]:
    """Edges of a sheet as they are drawn.

    Args:
        labels: what ports print, by their cards and names.
    """
    edges: list[MapEdge] = []
    ids: set[str] = set()
    for edge in sheet_edges:
        source, output, target = edge["source"], edge["output"], missing_id(edge["target"])
        id = wish = f"{source} {output} → {target}"
        count = 1
        while id in ids:
            count += 1
            id = f"{wish} ({count})"
        ids.add(id)
        edges.append(
            MapEdge(
                id,
                source,
                target,
                output,
                label=edge["label"],
                dashed=edge["implicit"] or edge["dangling"],
                in_port=labels.get((source, output)) == edge["label"],
            )
        )
    return edges


def system_edges(system: SystemMap) -> list[MapEdge]:
    """The events between the domains of a System Map."""
    return [
        _events(arrow["source_domain"], arrow["target_domain"], arrow["events"])
        for arrow in system["event_arrows"]
    ]


def domain_edges(domain: DomainMap) -> list[MapEdge]:
    """Events, calls, handoffs, escalations and the like on a Domain Map."""
    alone = {event["key"] for event in domain["events"]}
    pairs: dict[tuple[str, str], list[str]] = {}
    for arrow in domain["event_arrows"]:
        pairs.setdefault((arrow["source"], arrow["target"]), []).append(arrow["event"])
    return [
        # The card at a loose end says the event's name already.
        *(_events(*pair, events, loose=bool(alone & {*pair})) for pair, events in pairs.items()),
        *link_edges(domain["links"]),
        *(_escalation(f"flow:{gate['flow']}", gate["key"]) for gate in domain["gates"]),
    ]


def _events(source: str, target: str, events: Iterable[str], *, loose: bool = False) -> MapEdge:
    return MapEdge(
        f"{source} → {target}",
        source,
        target,
        kind="event",
        events=() if loose else tuple(dict.fromkeys(events)),
        dashed=loose,
    )


def _escalation(source: str, gate: str) -> MapEdge:
    return MapEdge(f"gate: {source} → {gate}", source, gate, kind="gate", label="escalates")


def link_edges(links: Sequence[DomainLink] | Sequence[FlowMapLink]) -> Iterator[MapEdge]:
    """Links between flows, those of one kind between the same two cards on one edge."""
    joined: dict[tuple[LinkKind, str, str], dict[str, None]] = {}
    led = {(link["source"], link["target"]) for link in links if link["kind"] == "orchestrator"}
    for link in links:
        ends = (link["source"], link["target"])
        # A supervisor's edge says already that the other is a member.
        if link["kind"] == "group" and ends in led:
            continue
        details = joined.setdefault((link["kind"], *ends), {})
        if link["via"]:
            details[link["via"]] = None
    for (kind, source, target), details in joined.items():
        yield MapEdge(
            f"{kind}: {source} → {target}",
            source,
            target,
            kind=kind,
            label="" if kind == "event" else _label(kind, details),
            events=tuple(details) if kind == "event" else (),
            both_ways=kind == "handoff" and not BOTH_WAYS.isdisjoint(details),
        )


def _label(kind: LinkKind, details: Iterable[str]) -> str:
    words = ", ".join(word.replace("_", " ") if kind != "experiment" else word for word in details)
    match kind:
        case "shared_schema":
            return words
        case "orchestrator":
            return "⊛ supervises" if words == "supervisor" else f"{_WORDS[kind]} {words}".strip()
        case "handoff":
            return f"{_WORDS[kind]} {words or 'handoff'}"
        case "route" | "experiment" | "fallback":
            return words or _WORDS[kind]
    return f"{_WORDS[kind]}: {words}" if words else _WORDS[kind]
