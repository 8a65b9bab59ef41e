"""Layer 4: which flow depends on which, by events, calls, agents and shared schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NotRequired, TypedDict

from ddd_lab.maps.event_links import links_by_events
from ddd_lab.memory.parts import FlowPart
from ddd_lab.memory.texts import LayerText, headed, section
from ddd_lab.spec.models.design import Design

_AGENT_TYPES = {"orchestrator": "orchestrator_manages", "group": "group_member"}

_LINKS: tuple[Literal["events", "sub_flows", "agent_connections"], ...] = (
    "events",
    "sub_flows",
    "agent_connections",
)

MapEdge = TypedDict(
    "MapEdge",
    {"from": str, "to": str, "via": NotRequired[str], "type": str, "mode": NotRequired[str]},
)
"""A link between two flows; ``via`` is an event, ``mode`` that of a handoff."""


class SharedSchema(TypedDict):
    """A schema that two flows or more use."""

    schema: str
    used_by: list[str]


class Graph(TypedDict):
    """All links, by kind."""

    events: list[MapEdge]
    sub_flows: list[MapEdge]
    shared_schemas: list[SharedSchema]
    agent_connections: list[MapEdge]


class Dependencies(TypedDict):
    """What one flow depends on, and who depends on it, as keys of flows."""

    depends_on: list[str]
    depended_on_by: list[str]
    schemas: list[str]
    events_in: list[str]
    events_out: list[str]


class FlowMapLayer(TypedDict):
    """The whole layer."""

    graph: Graph
    flow_dependencies: dict[str, Dependencies]


def flow_map(design: Design, parts: Mapping[str, FlowPart]) -> FlowMapLayer:
    """The flow map of a design.

    Who handles an event depends on who publishes it; who calls, leads or hands over depends on the
    other side.
    """
    events: list[MapEdge] = [
        {"from": source, "to": target, "via": event, "type": "event"}
        for source, target, event in links_by_events(
            design,
            {key: part.entry["publishes"] for key, part in parts.items()},
            {key: part.entry["consumes"] for key, part in parts.items()},
        )
    ]
    sub_flows: list[MapEdge] = []
    agents: list[MapEdge] = []
    for key, part in parts.items():
        for link in part.links:
            source = "/".join(link.source) if link.source else key
            target = f"{link.domain}/{link.flow}"
            if link.kind == "sub_flow":
                sub_flows.append({"from": source, "to": target, "type": "sub_flow"})
                continue
            edge: MapEdge = {
                "from": source,
                "to": target,
                "type": _AGENT_TYPES.get(link.kind, link.kind),
            }
            if link.kind == "handoff" and link.via:
                edge["mode"] = link.via
            if edge not in agents[-8:]:
                agents.append(edge)
    users: dict[str, list[str]] = {}
    for key, part in parts.items():
        for schema in part.entry["schemas_used"]:
            users.setdefault(schema, []).append(key)
    return {
        "graph": {
            "events": events,
            "sub_flows": sub_flows,
            "shared_schemas": [
                {"schema": schema, "used_by": keys}
                for schema, keys in users.items()
                if len(keys) > 1
            ],
            "agent_connections": agents,
        },
        "flow_dependencies": _dependencies(parts, events, [*sub_flows, *agents]),
    }


def _dependencies(
    parts: Mapping[str, FlowPart], events: list[MapEdge], calls: list[MapEdge]
) -> dict[str, Dependencies]:
    needs: dict[str, dict[str, None]] = {key: {} for key in parts}
    needed: dict[str, dict[str, None]] = {key: {} for key in parts}
    pairs = [(edge["to"], edge["from"]) for edge in events]
    pairs += [(edge["from"], edge["to"]) for edge in calls]
    for dependent, other in pairs:
        if dependent != other:
            needs.setdefault(dependent, {})[other] = None
            needed.setdefault(other, {})[dependent] = None
    return {
        key: {
            "depends_on": [*needs[key]],
            "depended_on_by": [*needed[key]],
            "schemas": part.entry["schemas_used"],
            "events_in": part.entry["consumes"],
            "events_out": part.entry["publishes"],
        }
        for key, part in parts.items()
    }


def of_domain(flows: Mapping[str, Dependencies], domain: str) -> Dependencies:
    """What all flows of a domain depend on, and who depends on them, outside of it."""
    own = [entry for key, entry in flows.items() if key.partition("/")[0] == domain]
    inside = f"{domain}/"
    needs = (key for entry in own for key in entry["depends_on"])
    needed = (key for entry in own for key in entry["depended_on_by"])
    return {
        "depends_on": [key for key in dict.fromkeys(needs) if not key.startswith(inside)],
        "depended_on_by": [key for key in dict.fromkeys(needed) if not key.startswith(inside)],
        "schemas": [*dict.fromkeys(name for entry in own for name in entry["schemas"])],
        "events_in": [*dict.fromkeys(name for entry in own for name in entry["events_in"])],
        "events_out": [*dict.fromkeys(name for entry in own for name in entry["events_out"])],
    }


def flow_map_text(layer: FlowMapLayer, text: LayerText) -> str:
    """The text of the layer's file."""
    text.begin()
    flows = (
        text.part((key, repr(entry)), {key: entry}, 1)
        for key, entry in layer["flow_dependencies"].items()
    )
    return headed(
        (section("graph", _graph(layer["graph"], text)), section("flow_dependencies", flows))
    )


def _graph(graph: Graph, text: LayerText) -> Iterator[str]:
    links = {key: graph[key] for key in _LINKS}
    for name, edges in links.items():
        written = (text.part((name, *edge.items()), [edge], 2) for edge in edges)
        yield section(name, written, 1, "[]")
    shared = (
        text.part((entry["schema"], *entry["used_by"]), [entry], 2)
        for entry in graph["shared_schemas"]
    )
    yield section("shared_schemas", shared, 1, "[]")
