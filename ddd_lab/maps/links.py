"""What one flow leads to besides events: sub-flows, agents, handoffs, routes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from ddd_lab.spec.catalogue import has_trait, node_type, refers_to
from ddd_lab.spec.edit.data import get_in
from ddd_lab.spec.lenient import named, text
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.references import Call, block_calls, led_agents, node_calls

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
    "contract",
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


def can_link(flow: FlowData) -> bool:
    """Whether a flow has anything that can lead to other flows."""
    return "agent_group" in flow.extra or any(_links(node.type) for node in flow.nodes)


@lru_cache(maxsize=1000)
def _links(type: str) -> bool:
    kind = node_type(type)
    if kind is None:
        return False
    return any(call.link for call in kind.calls) or any(target.link for target in kind.targets)


def flow_links(domain: str, flow: FlowData) -> list[FlowLink]:
    """Every link that the nodes of a flow state, in the file's order, each once."""
    agents = _agents(domain, flow)
    links: dict[FlowLink, None] = {}
    for node in flow.nodes:
        if _links(node.type):
            links.update(dict.fromkeys(_called(domain, [*node_calls(node)])))
            links.update(dict.fromkeys(_routes(node, agents)))
    links.update(dict.fromkeys(_called(domain, [*block_calls(flow)])))
    return list(links)


def opened_flows(at: str, flow: FlowData, flow_keys: Iterable[str]) -> dict[str, str]:
    """The flow that each node of a flow at a place stands for, where it exists."""
    opening = {node.id for node in flow.nodes if has_trait(node, "opens")}
    if not opening:
        return {}
    existing = set(flow_keys)
    targets: dict[str, str] = {}
    for link in flow_links(at.partition("/")[0], flow):
        key = f"{link.domain}/{link.flow}"
        if link.node in opening and key in existing:
            targets.setdefault(link.node, key)
    return targets


def target(domain: str, name: object, own_domain: object = None) -> tuple[str, str] | None:
    """Domain and flow that a reference means, or None where it says nothing.

    Args:
        name: ``flow``, ``domain/flow``, or a map with ``flow`` and perhaps ``domain``.
        own_domain: the domain that stands beside the reference, if any.
    """
    if isinstance(name, Mapping):
        return target(domain, name.get("flow") or name.get("flow_ref"), name.get("domain"))
    if not text(name):
        return None
    before, slash, flow = text(name).rpartition("/")
    if slash and before:
        return before, flow
    return text(own_domain) or domain, text(name)


def _called(domain: str, calls: Sequence[Call]) -> Iterator[FlowLink]:
    """The links to the flows that a node calls."""
    source = next((call for call in calls if call.how == "source"), None)
    start = target(domain, source.name, source.domain) if source else None
    for call in calls:
        place = target(domain, call.name, call.domain)
        if call.link and place:
            yield FlowLink(call.link, *place, call.via, call.node, start)


def _routes(node: NodeData, agents: Mapping[str, tuple[str, str]]) -> Iterator[FlowLink]:
    """The links to agents of the flow that a node hands requests to."""
    kind = node_type(node.type)
    for place in kind.targets if kind and agents else ():
        for word, path, entry in place.words(node.spec):
            if place.link and word in agents:
                via = {"route": entry, "fallback": "fallback"}.get(place.link)
                if via is None:
                    via = _share(get_in(node.spec, path[:-1]))
                yield FlowLink(place.link, *agents[word], via, node.id)


def _share(experiment: Data) -> str:
    share = named(experiment, "percentage")
    return f"{share} %" if isinstance(share, (int, float)) else "A/B"


def _agents(domain: str, flow: FlowData) -> dict[str, tuple[str, str]]:
    """Flows of the agents that the nodes of a flow lead, by the agents' ids."""
    targets: dict[str, tuple[str, str]] = {}
    for node in flow.nodes:
        for id, agent in led_agents(node):
            place = target(domain, agent) if isinstance(agent, Mapping) else None
            if place and id:
                targets.setdefault(id, place)
    return targets


def schemas_used(flow: FlowData) -> list[str]:
    """Names of the schemas that the data stores of a flow read or write, each once."""
    names: dict[str, None] = {}
    for node in flow.nodes:
        if refers_to(node, "model"):
            model = node.spec.get("model")
            if isinstance(model, Mapping):
                model = model.get("$ref")
            if text(model):
                names[text(model).rpartition("/")[2]] = None
    return list(names)
