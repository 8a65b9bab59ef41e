"""Levels 1 and 2 as boards: domains, flows and portals, and the events between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ddd_lab.canvas.boards.frames import team_frame
from ddd_lab.canvas.boards.links import links_of
from ddd_lab.canvas.boards.problem_counts import ProblemCounts
from ddd_lab.canvas.boards.sync_status import SyncBadges
from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.protocol.messages import Badge, Card, Tag
from ddd_lab.maps.card_texts import FLOW_TITLES, ICONS, LONELY_EVENT, gate_texts, lonely_events
from ddd_lab.maps.coordinates import placed_box
from ddd_lab.maps.data import (
    DomainCard,
    DomainMap,
    EventCard,
    FlowCard,
    GateCard,
    PortalCard,
    SystemMap,
    flow_class,
)
from ddd_lab.maps.edges import domain_edges, system_edges
from ddd_lab.plurals import plural
from ddd_lab.spec.models.design import Design

_CATEGORIES = {"missing": "missing", "flow": "flow"}
FLOW_LOOKS = {
    look: (title, _CATEGORIES.get(look, "agent-flow")) for look, title in FLOW_TITLES.items()
}
"""What flows are called, and their colours."""


def system_board(
    title: str,
    design: Design,
    plain: SystemMap,
    problem_counts: ProblemCounts,
    sync_badges: SyncBadges,
) -> BoardView:
    """The System Map."""
    names = {
        f"{id}/{flow.id}": flow.name or flow.id
        for id, model in design.domains.items()
        for flow in model.flows
    }
    cards = [_domain(domain, problem_counts, sync_badges, names) for domain in plain["domains"]]
    return BoardView(
        at="",
        level="system",
        title=title,
        subtitle=plain["description"],
        cards={card.id: card for card in cards},
        links=links_of(system_edges(plain), fixed=True),
        apart=plain["apart"],
        empty="This system has no domains yet. Begin with a domain, or with something to look at.",
    )


def _domain(
    domain: DomainCard,
    problem_counts: ProblemCounts,
    sync_badges: SyncBadges,
    names: Mapping[str, str],
) -> Card:
    flows = plural(domain["flow_count"], "flow")
    badges = [Badge(text=flows, title=f"{flows} in this domain")]
    badges += sync_badges.domain_badges(domain["id"], names)
    if domain["agents"]:
        agents = plural(domain["agents"], "agent")
        badges.append(
            Badge(text=agents, title=f"{agents} among the flows of this domain", tone="accent")
        )
    for kind, events in lonely_events(domain).items():
        badges.append(
            Badge(
                text=f"{len(events)} {kind}",
                title=f"Not {kind.removeprefix('un')} by any domain: {', '.join(events)}",
                tone="warn",
            )
        )
    return Card(
        id=domain["id"],
        kind="domain",
        type="domain",
        type_title="Domain",
        category="domain",
        icon=ICONS["domain"],
        title=domain["name"],
        summary=domain["description"],
        **placed_box(domain),
        badges=badges,
        tags=_tags(bool(domain["agents"]), sync_badges.tags(domain["id"])),
        problems=problem_counts.of("", domain["id"]),
        opens=domain["id"],
        fixed=True,
    )


def _tags(agent: bool, others: list[Tag]) -> list[Tag]:
    return ["agent", *others] if agent else others


def domain_board(
    plain: DomainMap, problem_counts: ProblemCounts, sync_badges: SyncBadges
) -> BoardView:
    """A Domain Map."""
    domain = plain["domain_id"]
    cards = [_flow(flow, domain, problem_counts, sync_badges) for flow in plain["flows"]]
    cards += [_portal(portal) for portal in plain["portals"]]
    cards += [_event(event) for event in plain["events"]]
    cards += [_gate(gate, domain) for gate in plain["gates"]]
    teams = [group for group in plain["groups"] if len(group["around"]) > 1]
    return BoardView(
        at=domain,
        level="domain",
        title=plain["name"],
        subtitle=plain["description"],
        cards={card.id: card for card in cards},
        links=links_of(domain_edges(plain), fixed=True),
        apart=plain["apart"],
        frames=[team_frame(team, team["around"]) for team in teams],
        empty="This domain has no flows yet. Begin with one, or with a template.",
    )


def _flow(
    flow: FlowCard, domain: str, problem_counts: ProblemCounts, sync_badges: SyncBadges
) -> Card:
    look = flow_class(flow)
    missing = look == "missing"
    title, category = FLOW_LOOKS[look]
    return Card(
        id=flow["key"],
        kind="missing" if missing else "flow",
        type=flow["type"],
        type_title=title,
        category=category,
        icon=ICONS[look],
        title=flow["name"],
        summary="named by an event, but there is no such flow"
        if missing
        else flow["trigger"] or flow["description"],
        about=flow["description"] if flow["trigger"] else "",
        **placed_box(flow),
        badges=[]
        if missing
        else [*_flow_badges(flow), *sync_badges.flow_badges(f"{domain}/{flow['id']}")],
        tags=_tags(category == "agent-flow", sync_badges.tags(f"{domain}/{flow['id']}")),
        problems=problem_counts.of(domain, flow["id"]),
        opens=f"{domain}/{flow['id']}" if flow["exists"] else "",
        fixed=True,
    )


def _flow_badges(flow: FlowCard) -> Iterable[Badge]:
    for badge in flow["badges"]:
        who = f" {badge['kind']}" if badge["kind"] in ("agent", "team") else ""
        title = f"{badge['title'][:1].upper()}{badge['title'][1:]}"
        yield Badge(text=f"{badge['text']}{who}", title=title, tone="accent")
    if not flow["exists"]:
        yield Badge(
            text="no file", title="The domain lists it, but has no file for it", tone="warn"
        )
    elif not flow["readable"]:
        yield Badge(
            text="unreadable", title="Its file cannot be read; open it to see why", tone="bad"
        )
    elif not flow["listed"]:
        yield Badge(text="not listed", title="Its domain.yaml does not list it", tone="warn")


def _portal(portal: PortalCard) -> Card:
    count = len(portal["events"])
    words = {"out": "to", "in": "from", "both": "to and from"}[portal["direction"]]
    carried = f"{plural(count, 'event')} {words} this domain" if count else ""
    exists = portal["exists"]
    return Card(
        id=portal["key"],
        kind="portal",
        type="portal",
        type_title="Portal",
        category="portal" if exists else "missing",
        icon=ICONS["portal"],
        title=portal["name"],
        summary=carried if exists else "there is no such domain",
        **placed_box(portal),
        opens=portal["target_domain"] if exists else "",
        fixed=True,
        shape="portal",
    )


def _event(event: EventCard) -> Card:
    return Card(
        id=event["key"],
        kind="event",
        type=event["kind"],
        type_title=f"{event['kind'].capitalize()} event",
        category="missing",
        icon=ICONS["event"],
        title=event["event"],
        summary=LONELY_EVENT[event["kind"]],
        **placed_box(event),
        fixed=True,
        shape="portal",
    )


def _gate(gate: GateCard, domain: str) -> Card:
    """A person whom a team turns to; the card leads to the flow that says so."""
    return Card(
        id=gate["key"],
        kind="gate",
        type="gate",
        type_title="Human gate",
        category="agent",
        icon=ICONS["gate"],
        title=gate["title"],
        summary=next(filter(None, gate_texts(gate)), ""),
        **placed_box(gate),
        opens=f"{domain}/{gate['flow']}",
        fixed=True,
    )
