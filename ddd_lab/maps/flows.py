"""The flow map: every flow of the system and every kind of link between them."""

from __future__ import annotations

from collections.abc import Collection

from ddd_lab.gc_pause import gc_paused
from ddd_lab.maps import sizes
from ddd_lab.maps.coordinates import place
from ddd_lab.maps.data import CardData, FlowMap, FlowMapCard, SchemaCard
from ddd_lab.maps.flow_layout import home, place_by_domain
from ddd_lab.maps.flow_links import LinkBetweenFlows, links_between_flows
from ddd_lab.maps.layout import LayoutEdge
from ddd_lab.maps.links import schemas_used
from ddd_lab.maps.memory import BoardMemory
from ddd_lab.spec.catalogue import is_orchestration
from ddd_lab.spec.models import DomainFlow
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.models.trigger import trigger_info


@gc_paused()
def flow_map(
    design: Design, only: Collection[str] | None = None, *, memory: BoardMemory | None = None
) -> FlowMap:
    """All flows and what links them; reads every flow.

    Args:
        only: keys of the flows to show, without schemas; all if left out.
        memory: of the same map; it is brought up to date.

    Returns:
        The flows (``missing`` where only a link or an event names one), the schemas that two
        flows or more use, and the links, which say what they lead by (``via``: event, mode, route,
        schema) and which node states them, if one does. A shared schema is linked from each of its
        users to the schema's own card. Each domain is laid out by its links; nothing on disk
        places this map.
    """
    flows: dict[str, FlowMapCard] = {}
    entries = {
        f"{id_}/{entry.id}": entry
        for id_, domain in design.domains.items()
        for entry in reversed(domain.flows)
    }
    for key in design.flow_keys:
        if only is None or key in only:
            flows[key] = _card(key, design.flows.get(key), entries.get(key))
    links = links_between_flows(design).links
    if only is not None:
        links = [link for link in links if link.source in only and link.target in only]
    users: dict[str, list[str]] = {}
    for key, flow in design.flows.items() if only is None else ():
        for schema in schemas_used(flow):
            users.setdefault(schema, []).append(key)
    for link in links:
        for key in (link.source, link.target):
            if key not in flows:
                flows[key] = _card(key, None, entries.get(key), missing=True)
    width, height = sizes.SCHEMA
    schemas: list[SchemaCard] = [
        {"id": f"schema:{name}", "name": name, "users": keys, "width": width, "height": height}
        for name, keys in sorted(users.items())
        if len(keys) > 1
    ]
    cards: dict[str, CardData] = {**flows, **{schema["id"]: schema for schema in schemas}}
    lines = [LayoutEdge(link.source, link.target) for link in links]
    if memory and memory.settled(cards, {}):
        place(cards, lines, {}, memory=memory)
    else:
        homes = {key: card["domain"] for key, card in flows.items()}
        homes |= {schema["id"]: home(schema) for schema in schemas}
        place_by_domain(cards, homes, lines, memory)
    links += [
        LinkBetweenFlows(key, schema["id"], "shared_schema", schema["name"], "")
        for schema in schemas
        for key in schema["users"]
    ]
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
