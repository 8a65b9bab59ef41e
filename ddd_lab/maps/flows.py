"""The flow map: every flow of the system and every kind of link between them."""

from __future__ import annotations

from ddd_lab.gc_pause import gc_paused
from ddd_lab.maps import sizes
from ddd_lab.maps.coordinates import place
from ddd_lab.maps.data import CardData, FlowMap, FlowMapCard, SchemaCard
from ddd_lab.maps.event_links import Wiring
from ddd_lab.maps.layout import LayoutEdge
from ddd_lab.maps.links import LinkKind, flow_links, schemas_used
from ddd_lab.maps.memory import BoardMemory
from ddd_lab.spec.catalogue import is_orchestration
from ddd_lab.spec.models import DomainFlow
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.models.trigger import trigger_info


@gc_paused()
def flow_map(design: Design, *, memory: BoardMemory | None = None) -> FlowMap:
    """All flows and what links them; reads every flow.

    Args:
        design: any design.
        memory: of the same map; it is brought up to date.

    Returns:
        The flows (``missing`` where only a link or an event names one), the schemas that two
        flows or more use, and the links, which say what they lead by (``via``: event, mode, route,
        schema) and which node states them, if one does. A shared schema is linked from each of its
        users to the schema's own card. Laid out by the links; nothing on disk places this map.
    """
    flows: dict[str, FlowMapCard] = {}
    entries = {
        f"{id_}/{entry.id}": entry
        for id_, domain in design.domains.items()
        for entry in reversed(domain.flows)
    }
    for key in design.flow_keys:
        flows[key] = _card(key, design.flows.get(key), entries.get(key))
    links: dict[tuple[str, str, LinkKind, str, str], None] = {}
    for wire in Wiring(design).wires:
        if wire.source_flow and wire.target_flow:
            source = f"{wire.source_domain}/{wire.source_flow}"
            target = f"{wire.target_domain}/{wire.target_flow}"
            links[source, target, "event", wire.event, ""] = None
    users: dict[str, list[str]] = {}
    for key in design.flow_keys:
        flow = design.flows.get(key)
        if flow is None:
            continue
        for link in flow_links(key.partition("/")[0], flow):
            source = "/".join(link.source) if link.source else key
            links[source, f"{link.domain}/{link.flow}", link.kind, link.via, link.node] = None
        for schema in schemas_used(flow):
            users.setdefault(schema, []).append(key)
    for source, target, *_ in links:
        for key in (source, target):
            if key not in flows:
                flows[key] = _card(key, None, entries.get(key), missing=True)
    width, height = sizes.SCHEMA
    schemas: list[SchemaCard] = [
        {"id": f"schema:{name}", "name": name, "users": keys, "width": width, "height": height}
        for name, keys in sorted(users.items())
        if len(keys) > 1
    ]
    for card in schemas:
        for key in card["users"]:
            links[key, card["id"], "shared_schema", card["name"], ""] = None
    cards: dict[str, CardData] = {**flows, **{schema["id"]: schema for schema in schemas}}
    place(cards, [LayoutEdge(link[0], link[1]) for link in links], {}, memory=memory)
    return {
        "flows": list(flows.values()),
        "schemas": schemas,
        "links": [
            {"source": source, "target": target, "kind": kind, "via": via, "node": node}
            for source, target, kind, via, node in links
        ],
    }


def _card(
    key: str, flow: FlowData | None, entry: DomainFlow | None, *, missing: bool = False
) -> FlowMapCard:
    domain, _, id_ = key.partition("/")
    width, height = sizes.FLOW
    return {
        "id": key,
        "domain": domain,
        "flow": id_,
        "name": (entry.name if entry else "") or (flow.name if flow else "") or id_,
        "description": (entry.description if entry else "") or (flow.description if flow else ""),
        "type": (entry.type if entry else "") or (flow.type if flow else "traditional"),
        "orchestration": is_orchestration(flow) if flow else False,
        "trigger": "; ".join(info.text for info in trigger_info(flow) if info.text) if flow else "",
        "missing": missing,
        "readable": flow is not None,
        "width": width,
        "height": height,
    }
