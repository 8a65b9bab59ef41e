"""What one flow leads to besides events: sub-flows, agents, handoffs, routes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from ddd_lab.spec.lenient import text
from ddd_lab.spec.models.flow import FlowData, NodeData

LinkKind = Literal[
    "connection",
    "event",
    "sub_flow",
    "handoff",
    "orchestrator",
    "group",
    "route",
    "fallback",
    "experiment",
    "shared_schema",
    "gate",
]
"""What an edge stands for, on a sheet (``connection``), a map or the map of all flows."""


class FlowLink(NamedTuple):
    """A link from a flow to another.

    Attributes:
        kind: what sort of link it is.
        domain, flow: where it leads; the flow may not exist.
        via: what to print at the line: a handoff's mode, a route's id, a share of requests.
        node: id of the node that states it.
        source: domain and flow that it leads from, where that is not the flow that states it.
    """

    kind: LinkKind
    domain: str
    flow: str
    via: str
    node: str
    source: tuple[str, str] | None = None


BOTH_WAYS = frozenset({"consult", "collaborate"})
"""Modes of a handoff in which something comes back."""
LINKING = frozenset({"sub_flow", "handoff", "orchestrator", "agent_group", "smart_router"})
"""Types of nodes that can lead to other flows."""


def flow_links(domain: str, flow: FlowData) -> list[FlowLink]:
    """Every link that the nodes of a flow state, in the file's order, each once.

    Args:
        domain: the flow's domain, which a reference without one means.
        flow: the flow, whatever its nodes contain.
    """
    agents = _agents(domain, flow)
    found: dict[FlowLink, None] = {}
    for node in flow.nodes:
        for link in _of_node(domain, node, agents):
            found[link] = None
    for member in _members(flow.extra.get("agent_group")):
        if place := target(domain, member):
            found[FlowLink("group", *place, "", "")] = None
    return list(found)


def target(domain: str, said: object, own_domain: object = None) -> tuple[str, str] | None:
    """Domain and flow that a reference means, or None where it says nothing.

    Args:
        domain: domain of the flow that refers.
        said: ``flow``, ``domain/flow``, or a map with ``flow`` and perhaps ``domain``.
        own_domain: the domain that stands beside the reference, if any.
    """
    if isinstance(said, Mapping):
        return target(domain, said.get("flow") or said.get("flow_ref"), said.get("domain"))
    if not text(said):
        return None
    before, slash, flow = text(said).rpartition("/")
    if slash and before:
        return before, flow
    return text(own_domain) or domain, text(said)


def _of_node(
    domain: str, node: NodeData, agents: Mapping[str, tuple[str, str]]
) -> Iterator[FlowLink]:
    spec = node.spec
    if node.type == "sub_flow":
        place = target(domain, spec.get("flow_ref") or spec.get("flow"), spec.get("domain"))
        if place:
            yield FlowLink("sub_flow", *place, "", node.id)
    elif node.type == "handoff":
        place = target(domain, spec.get("target"))
        if place:
            source = target(domain, spec.get("source"))
            yield FlowLink("handoff", *place, text(spec.get("mode")), node.id, source)
    elif node.type == "orchestrator":
        for agent in _maps(spec.get("agents")):
            if place := target(domain, agent):
                yield FlowLink("orchestrator", *place, text(spec.get("strategy")), node.id)
        chains = (spec.get("fallback_chain"), spec.get("routing"))
        yield from _fallbacks(node, agents, *chains)
    elif node.type == "agent_group":
        members = (target(domain, member) for member in _members(spec))
        yield from (FlowLink("group", *place, "", node.id) for place in members if place)
    elif node.type == "smart_router":
        yield from _routes(node, agents)
        yield from _fallbacks(node, agents, spec.get("fallback_chain"))
        yield from _experiments(node, agents)


def _fallbacks(
    node: NodeData, agents: Mapping[str, tuple[str, str]], *chains: object
) -> Iterator[FlowLink]:
    for name in _words(*chains):
        if name in agents:
            yield FlowLink("fallback", *agents[name], "fallback", node.id)


def _routes(node: NodeData, agents: Mapping[str, tuple[str, str]]) -> Iterator[FlowLink]:
    spec = node.spec
    for rule in _maps(spec.get("rules")):
        if (place := agents.get(str(rule.get("route")))) is not None:
            yield FlowLink("route", *place, str(rule.get("id") or ""), node.id)
    llm = spec.get("llm_routing")
    routes = llm.get("routes") if isinstance(llm, Mapping) else None
    for label, agent in routes.items() if isinstance(routes, Mapping) else ():
        if (place := agents.get(str(agent))) is not None:
            yield FlowLink("route", *place, str(label), node.id)


def _experiments(node: NodeData, agents: Mapping[str, tuple[str, str]]) -> Iterator[FlowLink]:
    trial = node.spec.get("ab_testing")
    for experiment in _maps(trial.get("experiments") if isinstance(trial, Mapping) else None):
        if (place := agents.get(str(experiment.get("route")))) is not None:
            share = experiment.get("percentage")
            via = f"{share} %" if isinstance(share, (int, float)) else "A/B"
            yield FlowLink("experiment", *place, via, node.id)


def _agents(domain: str, flow: FlowData) -> dict[str, tuple[str, str]]:
    """Flows of the agents that the orchestrators of a flow name, by the agents' ids."""
    found: dict[str, tuple[str, str]] = {}
    for node in flow.nodes:
        if node.type == "orchestrator":
            for agent in _maps(node.spec.get("agents")):
                place = target(domain, agent)
                if place and (id := text(agent.get("id"))):
                    found.setdefault(id, place)
    return found


def _members(group: object) -> list[Any]:
    members = group.get("members") if isinstance(group, Mapping) else None
    return members if isinstance(members, list) else []


def _maps(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _words(*values: object) -> list[str]:
    """The texts of a fallback chain, given as it is or inside a ``routing`` block."""
    found: list[str] = []
    for value in values:
        chain = value.get("fallback_chain") if isinstance(value, Mapping) else value
        if isinstance(chain, list):
            found.extend(text(item) for item in chain if text(item))
    return found


def schemas_used(flow: FlowData) -> list[str]:
    """Names of the schemas that the data stores of a flow read or write, each once."""
    found: dict[str, None] = {}
    for node in flow.nodes:
        if node.type == "data_store":
            model = node.spec.get("model")
            if isinstance(model, Mapping):
                model = model.get("$ref")
            if text(model):
                found[text(model).rpartition("/")[2]] = None
    return list(found)
