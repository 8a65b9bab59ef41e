"""Level 1: the system map, every domain with the events between them."""

from __future__ import annotations

from ddd_lab.maps import sizes
from ddd_lab.maps.coordinates import meant, place_map
from ddd_lab.maps.data import DomainCard, SystemMap
from ddd_lab.maps.edges import system_edges
from ddd_lab.maps.event_links import End, Wiring
from ddd_lab.maps.layout import CELL, View
from ddd_lab.maps.memory import BoardMemory
from ddd_lab.spec.models import DomainModel
from ddd_lab.spec.models.design import Design


def system_map(
    design: Design, *, view: View = CELL, memory: BoardMemory | None = None
) -> SystemMap:
    """The system as domains and events, without reading a single flow file.

    Args:
        design: any design; domains without files of their own are on the map too.
        view: what a map without places is laid out for.
        memory: of the same map; it is brought up to date.

    Returns:
        The guide's system map data, with every consumer drawn: the domains, whose ``flow_count``
        is that of their flow files together with the flows that they list, and one arrow per
        ordered pair of domains.
    """
    wiring = Wiring(design)
    files: dict[str, set[str]] = {}
    for key in design.flow_keys:
        domain, _, flow = key.partition("/")
        files.setdefault(domain, set()).add(flow)
    cards = [
        _card(id_, domain, files.get(id_, set()), wiring) for id_, domain in design.domains.items()
    ]
    arrows: dict[tuple[str, str], dict[str, None]] = {}
    for wire in wiring.wires:
        if wire.source_domain != wire.target_domain:
            pair = (wire.source_domain, wire.target_domain)
            arrows.setdefault(pair, {})[wire.event] = None
    map_: SystemMap = {
        "name": design.system.name,
        "description": design.system.description,
        "domains": cards,
        "event_arrows": [
            {"source_domain": source, "target_domain": target, "events": list(events)}
            for (source, target), events in arrows.items()
        ],
        "apart": False,
    }
    map_["apart"] = place_map(
        {card["id"]: card for card in cards},
        system_edges(map_),
        meant((id_, design.layout.domains.get(id_)) for id_ in design.domains),
        view=view,
        memory=memory,
    )
    return map_


def _card(id_: str, domain: DomainModel, files: set[str], wiring: Wiring) -> DomainCard:
    width, height = sizes.DOMAIN
    return {
        "id": id_,
        "name": domain.name or id_,
        "description": domain.description,
        "role": domain.role,
        "flow_count": len(files | {flow.id for flow in domain.flows}),
        "agents": len({flow.id for flow in domain.flows if flow.type == "agent"}),
        "unconsumed": _names(id_, wiring.unconsumed),
        "unpublished": _names(id_, wiring.unpublished),
        "width": width,
        "height": height,
    }


def _names(domain: str, ends: list[End]) -> list[str]:
    return list(dict.fromkeys(end.event for end in ends if end.domain == domain))
