"""Level 2: a domain's map, its flows, the domains around it and the events between them."""

from __future__ import annotations

from typing import Literal, cast

from ddd_lab.maps import sizes
from ddd_lab.maps.badges import flow_badges
from ddd_lab.maps.containers import TEAM, TEAM_WITH_FOOT, LayoutGroup, Pads
from ddd_lab.maps.coordinates import meant, place_map
from ddd_lab.maps.data import (
    CardData,
    DomainLink,
    DomainMap,
    EventArrow,
    EventCard,
    FlowCard,
    GateCard,
    LooseEvent,
    PortalCard,
    Team,
    TeamData,
)
from ddd_lab.maps.edges import domain_edges
from ddd_lab.maps.event_links import Wiring
from ddd_lab.maps.frames import areas_of, boundary, shutting_out
from ddd_lab.maps.groups import agent_groups
from ddd_lab.maps.human_gates import place_gates, team_gates
from ddd_lab.maps.layout import CELL, Rect, View
from ddd_lab.maps.lazy_flows import other_flows
from ddd_lab.maps.links import BOTH_WAYS, FlowLink, flow_links
from ddd_lab.maps.memory import BoardMemory
from ddd_lab.spec.catalogue import is_orchestration
from ddd_lab.spec.models import DomainModel
from ddd_lab.spec.models.design import Design, flow_keys_of
from ddd_lab.spec.models.trigger import trigger_info

Direction = Literal["in", "out"]
Loose = Literal["unconsumed", "unpublished", "unassigned"]


def domain_map(
    design: Design,
    domain: str,
    *,
    everything: bool = False,
    view: View = CELL,
    memory: BoardMemory | None = None,
) -> DomainMap:
    """One domain as flows, portals to other domains, and events.

    Args:
        everything: whether to read the flows of all other domains for links that lead here from
            them. Without it only those are looked at that somebody has read already: the first
            picture must not wait for a thousand files.
        view: what a map without places is laid out for.
        memory: of the same map; it is brought up to date.

    Returns:
        ``flows`` (those that the domain lists, then other flow files, then flows that only an
        event names, with ``missing`` true), ``portals`` (one per other domain that exchanges
        events or agents with this one), ``events`` (stand-ins for the other end of an event that
        has none: unconsumed, unpublished, or not assigned to a flow), ``event_arrows`` with one
        event each, ``links`` (sub-flows, agents, handoffs, routes), ``groups`` (teams of agents
        with the boundary around their cards, as on a sheet), ``gates`` (people whom a team turns
        to), and the plain lists ``unconsumed`` and ``unpublished``. The guide's domain map data
        with every consumer and the incoming side drawn. Every card has a ``key`` that is unique
        on the map.

    Raises:
        KeyError: there is no such domain.
    """
    model = design.domains[domain]
    draft = _Draft(design, domain, model)
    draft.add_flows()
    draft.add_events()
    draft.add_links()
    draft.add_incoming(everything=everything)
    return draft.finished(view, memory)


def flow_card_key(flow: str) -> str:
    """Key of a flow's card on a domain map."""
    return f"flow:{flow}"


def portal_key(domain: str) -> str:
    """Key of a portal on a domain map."""
    return f"portal:{domain}"


class _Draft:
    """A domain map while it is put together."""

    def __init__(self, design: Design, domain: str, model: DomainModel) -> None:
        self.design = design
        self.domain = domain
        self.model = model
        self.files = [key.partition("/")[2] for key in flow_keys_of(design, domain)]
        self.flows: dict[str, FlowCard] = {}
        self.portals: dict[str, PortalCard] = {}
        self.events: dict[str, EventCard] = {}
        self.arrows: list[EventArrow] = []
        self.links: list[DomainLink] = []
        self.groups: list[TeamData] = []
        self.gates: list[GateCard] = []
        self.unconsumed: list[LooseEvent] = []
        self.unpublished: list[LooseEvent] = []

    def add_flows(self) -> None:
        for entry in self.model.flows:
            if entry.id not in self.flows:
                self._flow(entry.id, entry.name, entry.description, entry.type, listed=True)
        for id_ in self.files:
            if id_ not in self.flows:
                self._flow(id_, "", "", "", listed=False)

    def _flow(self, id_: str, name: str, about: str, type_: str, *, listed: bool) -> None:
        exists = id_ in self.files
        flow = self.design.flows.get(f"{self.domain}/{id_}") if exists else None
        width, height = sizes.FLOW
        started = "; ".join(info.text for info in trigger_info(flow) if info.text) if flow else ""
        self.flows[id_] = {
            "key": flow_card_key(id_),
            "id": id_,
            "name": name or (flow.name if flow else "") or id_,
            "description": about or (flow.description if flow else ""),
            "type": type_ or (flow.type if flow else "traditional"),
            "orchestration": is_orchestration(flow) if flow else False,
            "trigger": started,
            "badges": flow_badges(flow, type_) if exists or listed else [],
            "listed": listed,
            "exists": exists,
            "readable": flow is not None,
            "missing": not exists and not listed,
            "width": width,
            "height": height,
        }

    def _known_flow(self, id_: str) -> str:
        """Key of a flow's card; a flow that nothing but a wiring names gets a stand-in."""
        if id_ not in self.flows:
            self._flow(id_, "", "", "", listed=False)
        return flow_card_key(id_)

    def _portal(self, domain: str, direction: Direction) -> str:
        width, height = sizes.PORTAL
        other = self.design.domains.get(domain)
        card: PortalCard = {
            "key": portal_key(domain),
            "target_domain": domain,
            "name": (other.name if other else "") or domain,
            "exists": other is not None,
            "events": [],
            "direction": direction,
            "width": width,
            "height": height,
        }
        portal = self.portals.setdefault(domain, card)
        if portal["direction"] != direction:
            portal["direction"] = "both"
        return portal_key(domain)

    def _event(self, event: str, kind: Loose) -> str:
        width, height = sizes.EVENT
        key = f"event:{kind}:{event}"
        card: EventCard = {
            "key": key,
            "event": event,
            "kind": kind,
            "width": width,
            "height": height,
        }
        self.events.setdefault(key, card)
        return key

    def _arrow(self, event: str, source: str, target: str) -> None:
        ends = {"source": source, "target": target}
        names: dict[str, str] = {}
        for end, key in ends.items():
            kind, _, name = key.partition(":")
            field = {"flow": "flow_id", "portal": "portal", "event": "event"}[kind]
            names[f"{end}_{field}"] = key if kind == "event" else name
        # The checker follows no key that is put together.
        arrow = cast("EventArrow", {"event": event, **names, **ends})
        if arrow not in self.arrows:
            self.arrows.append(arrow)

    def _end(self, event: str, flow: str) -> str:
        return self._known_flow(flow) if flow else self._event(event, "unassigned")

    def add_events(self) -> None:
        wiring = Wiring(self.design)
        domain = self.domain
        for wire in wiring.wires:
            if wire.source_domain == domain == wire.target_domain:
                source = self._end(wire.event, wire.source_flow)
                target = self._end(wire.event, wire.target_flow)
                if source != target or not source.startswith("event:"):
                    self._arrow(wire.event, source, target)
            elif wire.source_domain == domain:
                source = self._end(wire.event, wire.source_flow)
                self._carry(wire.target_domain, "out", wire.event)
                self._arrow(wire.event, source, portal_key(wire.target_domain))
            elif wire.target_domain == domain:
                self._carry(wire.source_domain, "in", wire.event)
                target = self._end(wire.event, wire.target_flow)
                self._arrow(wire.event, portal_key(wire.source_domain), target)
        for end in wiring.unconsumed:
            if end.domain == domain:
                self.unconsumed.append({"event": end.event, "flow": end.flow})
                if end.flow:
                    card = self._event(end.event, "unconsumed")
                    self._arrow(end.event, self._known_flow(end.flow), card)
                else:
                    self._event(end.event, "unconsumed")
        for end in wiring.unpublished:
            if end.domain == domain:
                self.unpublished.append({"event": end.event, "flow": end.flow})
                card = self._event(end.event, "unpublished")
                if end.flow:
                    self._arrow(end.event, card, self._known_flow(end.flow))

    def _carry(self, domain: str, direction: Direction, event: str) -> None:
        self._portal(domain, direction)
        events = self.portals[domain]["events"]
        if event not in events:
            events.append(event)

    def add_links(self) -> None:
        for id_ in [*self.files]:
            flow = self.design.flows.get(f"{self.domain}/{id_}")
            if flow is None:
                continue
            for link in flow_links(self.domain, flow):
                self._link(link, (self.domain, id_))
            self.groups.extend(agent_groups(self.domain, id_, flow))
            self.gates.extend(team_gates(id_, flow))

    def add_incoming(self, *, everything: bool) -> None:
        """Links from flows of other domains to flows of this one."""
        for key, flow in other_flows(self.design, self.domain, everything=everything):
            domain, _, id_ = key.partition("/")
            for link in flow_links(domain, flow):
                source = link.source or (domain, id_)
                if link.domain == self.domain != source[0]:
                    self._link(link, (domain, id_))

    def _link(self, link: FlowLink, stated: tuple[str, str]) -> None:
        """Add a link between two cards; what concerns neither of this domain's flows is left."""
        source, target = link.source or stated, (link.domain, link.flow)
        ends = self._card_of(*source, "in"), self._card_of(*target, "out")
        if ends[0] == ends[1] and source != target:
            return
        data: DomainLink = {
            "kind": link.kind,
            "via": link.via,
            "node": link.node,
            "source": ends[0],
            "target": ends[1],
            "source_flow": "/".join(source),
            "target_flow": "/".join(target),
            "stated_in": "/".join(stated),
            "both_ways": link.kind == "handoff" and link.via in BOTH_WAYS,
        }
        if data not in self.links:
            self.links.append(data)

    def _card_of(self, domain: str, flow: str, direction: Direction) -> str:
        """Key of the card that stands for a flow here: its own, or the portal to its domain."""
        return self._known_flow(flow) if domain == self.domain else self._portal(domain, direction)

    def _layout_groups(self) -> list[LayoutGroup]:
        """Teams whose cards stay together; a flow stays with the first that has it."""
        taken: set[str] = set()
        layout_groups: list[LayoutGroup] = []
        for group in self.groups:
            members = [key for key in self._members(group) if key not in taken]
            taken.update(members)
            if len(members) > 1:
                key = f"\n{len(layout_groups)}"
                layout_groups.append(
                    LayoutGroup(key, "team", group["flow"], tuple(members), _pads(group))
                )
        return layout_groups

    def _members(self, group: TeamData) -> list[str]:
        """Cards of a team: the flow that declares it, then the agents of this domain."""
        ends = (member.rpartition("/") for member in group["members"])
        own = [flow for domain, _, flow in ends if domain == self.domain and flow in self.flows]
        return [flow_card_key(flow) for flow in dict.fromkeys([group["flow"], *own])]

    def finished(self, view: View, memory: BoardMemory | None) -> DomainMap:
        cards: dict[str, CardData] = {
            card["key"]: card
            for group in (self.flows, self.portals, self.events)
            for card in group.values()
        }
        map_: DomainMap = {
            "domain_id": self.domain,
            "name": self.model.name or self.domain,
            "description": self.model.description,
            "role": self.model.role,
            "flows": list(self.flows.values()),
            "portals": list(self.portals.values()),
            "events": list(self.events.values()),
            "gates": [],
            "event_arrows": self.arrows,
            "links": self.links,
            "groups": [],
            "unconsumed": self.unconsumed,
            "unpublished": self.unpublished,
            "apart": False,
        }
        layout = self.model.layout_flows, self.model.layout_portals
        stored = [
            *((card["key"], layout[0].get(id_)) for id_, card in self.flows.items()),
            *((card["key"], layout[1].get(id_)) for id_, card in self.portals.items()),
        ]
        edges = domain_edges(map_)
        map_["apart"] = place_map(
            cards,
            edges,
            meant(stored),
            layout_groups=self._layout_groups(),
            view=view,
            memory=memory,
        )
        areas = areas_of(cards)
        groups = self._groups(areas)
        place_gates(self.gates, groups, areas)
        return {**map_, "gates": self.gates, "groups": groups}

    def _groups(self, areas: dict[str, Rect]) -> list[Team]:
        teams: list[Team] = []
        for group in self.groups:
            members = self._members(group)
            ranks = {members[0]: 1}
            around = shutting_out(members, ranks, areas, _pads(group))
            teams.append({**group, **boundary(around, areas, _pads(group))})
        return teams


def _pads(group: TeamData) -> Pads:
    return TEAM_WITH_FOOT if group["memory"] or group["metrics"] else TEAM
