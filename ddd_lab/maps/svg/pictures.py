"""Maps as pictures: which card says what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from ddd_lab.maps import card_layout, sizes
from ddd_lab.maps.card_texts import (
    FLOW_TITLES,
    ICONS,
    LONELY_EVENT,
    gate_texts,
    lonely_events,
)
from ddd_lab.maps.data import (
    Box,
    CardData,
    DomainCard,
    DomainMap,
    FlowBadge,
    FlowCard,
    FlowMap,
    FlowMapCard,
    GateCard,
    NodeCard,
    Sheet,
    SystemMap,
    Team,
    flow_class,
)
from ddd_lab.maps.edges import (
    domain_edges,
    link_edges,
    missing_id,
    sheet_edges,
    system_edges,
)
from ddd_lab.maps.flow_layout import domain_frames
from ddd_lab.maps.frames import area_of_team
from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.routing import PortPlace
from ddd_lab.maps.svg.drawing import (
    Boundary,
    Drawing,
    Note,
    PictureCard,
    Shape,
)
from ddd_lab.plurals import plural
from ddd_lab.spec.catalogue import memory_chips, node_type

_SHAPES: dict[str, Shape] = {"terminal": "terminal", "decision": "decision"}


def sheet_picture(sheet: Sheet) -> Drawing:
    """A flow's sheet."""
    cards = [node_picture(node) for node in sheet["nodes"]]
    cards += [
        PictureCard(
            missing_id(node["id"]),
            **_box(node),
            shape="missing",
            category="missing",
            icon=ICONS["missing"],
            title=node["title"],
            lines=(node["summary"],),
        )
        for node in sheet["missing"]
    ]
    edges = sheet_edges(sheet)
    flow = sheet["flow"]
    count = len(sheet["nodes"])
    about = (
        f"Flow {flow['key']} with {plural(count, 'node')} and {plural(len(edges), 'connection')}."
    )
    return Drawing(
        flow["name"],
        f"{about} {flow['description']}".strip(),
        sheet["direction"],
        tuple(cards),
        tuple(edges),
        tuple(_sheet_frames(sheet)),
        tuple(Note(note["text"], _area(note)) for note in sheet["notes"]),
        empty="" if cards else "This flow has no nodes yet.",
    )


def _sheet_frames(sheet: Sheet) -> Iterable[Boundary]:
    """Containers, outermost first, then teams."""
    teams = {group["node"] for group in sheet["groups"] if group["around"]}
    for frame in sheet["containers"]:
        if frame["id"] not in teams:
            title = f"{frame['mark']} {frame['title']}"
            yield Boundary(title, _area(frame), category="logic", dashed=False)
    for team in sheet["groups"]:
        if area := area_of_team(team):
            yield _team_boundary(team, area)


def _area(box: Box) -> Rect:
    return Rect(box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])


def node_picture(node: NodeCard) -> PictureCard:
    """The card of a node."""
    summary, kind = node["summary"], node_type(node["type"])
    team = kind is not None and "team" in kind.traits
    parts = card_layout.unsaid(node["details"], summary)
    rows = (
        card_layout.arranged(parts, node["width"], sizes.inside_room(node["height"]))
        if parts
        else []
    )
    ports = tuple(
        PortPlace(port["name"], port["offset"], port["label"]) for port in node["outputs"]
    )
    return PictureCard(
        node["id"],
        **_box(node),
        shape="group" if team else _SHAPES.get(node["shape"], "card"),
        category=node["category"],
        icon=node["icon"],
        title=node["title"],
        lines=(summary,) if summary else (),
        foot=node["type_title"] if node["known"] else f"{node['type_title']} (unknown type)",
        ports=ports,
        inside=tuple(rows),
        hint=f"{node['type_title']}: {node['title']}",
    )


class _Box(TypedDict):
    at: Point
    width: float
    height: float


def _box(card: CardData) -> _Box:
    position = card["position"]
    at = Point(position["x"], position["y"])
    return {"at": at, "width": card["width"], "height": card["height"]}


def system_picture(system: SystemMap) -> Drawing:
    """The system map."""
    cards = []
    for domain in system["domains"]:
        counts = [plural(domain["flow_count"], "flow")]
        if domain["agents"]:
            counts.append(plural(domain["agents"], "agent"))
        for kind, events in lonely_events(domain).items():
            counts.append(f"⚠ {len(events)} {kind}")
        cards.append(
            PictureCard(
                domain["id"],
                **_box(domain),
                shape="card",
                category="domain",
                icon=ICONS["domain"],
                title=domain["name"],
                lines=(domain["description"],),
                foot=" · ".join(counts),
                hint=_hint(domain["name"], domain["description"], _alone(domain)),
            )
        )
    edges = system_edges(system)
    about = (
        f"System map with {plural(len(cards), 'domain')} and {plural(len(edges), 'event arrow')}."
    )
    return Drawing(
        system["name"] or "System",
        f"{about} {system['description']}".strip(),
        None,
        tuple(cards),
        tuple(edges),
        empty="" if cards else "This system has no domains yet.",
    )


def _alone(domain: DomainCard) -> str:
    return "; ".join(
        f"{kind}: {', '.join(events)}" for kind, events in lonely_events(domain).items()
    )


def domain_picture(domain: DomainMap) -> Drawing:
    """A domain's map."""
    cards = [_flow(flow, flow["key"], badges=flow["badges"]) for flow in domain["flows"]]
    for portal in domain["portals"]:
        count = len(portal["events"])
        first = portal["events"][0] if count == 1 else plural(count, "event") if count else ""
        cards.append(
            PictureCard(
                portal["key"],
                **_box(portal),
                shape="portal",
                category="portal" if portal["exists"] else "missing",
                icon=ICONS["portal"],
                title=portal["name"],
                lines=(first,),
                foot="Domain" if portal["exists"] else "no such domain",
                hint=_hint(portal["name"], ", ".join(portal["events"])),
            )
        )
    cards += [
        PictureCard(
            event["key"],
            **_box(event),
            shape="portal",
            category="event",
            icon=ICONS["event"],
            title=event["event"],
            lines=(lack,),
            hint=f"{event['event']}: {lack}",
        )
        for event in domain["events"]
        if (lack := _lack(event["kind"]))
    ]
    cards += [_gate(gate) for gate in domain["gates"]]
    edges = domain_edges(domain)
    name = domain["name"]
    about = f"Domain map with {plural(len(domain['flows']), 'flow')}, "
    about += f"{plural(len(domain['portals']), 'portal')} and {plural(len(edges), 'arrow')}."
    return Drawing(
        name,
        f"{about} {domain['description']}".strip(),
        None,
        tuple(cards),
        tuple(edges),
        tuple(
            _team_boundary(team, area)
            for team in domain["groups"]
            if len(team["around"]) > 1 and (area := area_of_team(team))
        ),
        empty="" if cards else "This domain has no flows yet.",
    )


def _lack(kind: str) -> str:
    return LONELY_EVENT[kind] if kind == "unassigned" else f"⚠ {LONELY_EVENT[kind]}"


def _gate(gate: GateCard) -> PictureCard:
    options, waits = gate_texts(gate)
    return PictureCard(
        gate["key"],
        **_box(gate),
        shape="card",
        category="agent",
        icon=ICONS["gate"],
        title=gate["title"],
        lines=(options or waits,),
        hint=_hint("Human gate", gate["title"], options, waits),
    )


def _team_boundary(group: Team, area: Rect) -> Boundary:
    """The dashed boundary of a team: who it is, how it talks, what it shares and measures."""
    count = len(group["members"])
    facts = [plural(count, "agent") if count else "", group["communication"].replace("_", " ")]
    metrics = [name.replace("_", " ") for name in group["metrics"]]
    memory = (text for text, *_ in memory_chips(group["memory"], "◈ "))
    return Boundary(
        " · ".join(part for part in (f"⊛ {group['name']}", *facts) if part),
        area,
        f"measures {', '.join(metrics)}" if metrics else "",
        tuple(memory),
    )


def flows_picture(flows: FlowMap) -> Drawing:
    """The map of all flows."""
    cards = [_flow(flow, flow["id"], flow["domain"]) for flow in flows["flows"]]
    cards += [
        PictureCard(
            schema["id"],
            **_box(schema),
            shape="portal",
            category="schema",
            icon=ICONS["schema"],
            title=schema["name"],
            lines=(f"{len(schema['users'])} flows use it",),
        )
        for schema in flows["schemas"]
    ]
    edges = list(link_edges(flows["links"]))
    about = f"Flow map with {plural(len(flows['flows']), 'flow')} and {plural(len(edges), 'link')}."
    return Drawing(
        "All flows",
        about,
        None,
        tuple(cards),
        tuple(edges),
        tuple(
            Boundary(domain, area, category="domain", dashed=False)
            for domain, area in domain_frames(flows).items()
        ),
        empty="" if cards else "This system has no flows yet.",
    )


def _flow(
    flow: FlowCard | FlowMapCard, id_: str, domain: str = "", badges: Iterable[FlowBadge] = ()
) -> PictureCard:
    look = flow_class(flow)
    kind = "no such flow" if look == "missing" else FLOW_TITLES[look]
    foot = kind if flow["readable"] or look == "missing" else f"{kind} (no readable file)"
    return PictureCard(
        id_,
        **_box(flow),
        shape="missing" if look == "missing" else "card",
        category=look,
        icon=ICONS[look],
        title=flow["name"],
        lines=(flow["trigger"], flow["description"]),
        foot=f"{domain} · {foot}" if domain else foot,
        badges=tuple((badge["text"], badge["title"]) for badge in badges),
        hint=_hint(flow["name"], flow["trigger"], flow["description"]),
    )


def _hint(*parts: str) -> str:
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())
