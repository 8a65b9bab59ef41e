"""Every link between the flows of a design, and the events that lead nowhere."""

from __future__ import annotations

from typing import NamedTuple

from ddd_lab.checks.between_flows import flow_events, requests_between_flows
from ddd_lab.maps.event_links import links_by_events
from ddd_lab.maps.links import LinkKind, flow_links
from ddd_lab.spec.models.design import Design


class LinkBetweenFlows(NamedTuple):
    """A link between two flows; as the entries of a flow map have it."""

    source: str
    target: str
    kind: LinkKind
    via: str
    node: str


class LinksBetweenFlows(NamedTuple):
    """All of them.

    Attributes:
        links: in reading order, each once; events first.
        unconsumed: flow and event, where a flow publishes an event that no flow awaits.
    """

    links: list[LinkBetweenFlows]
    unconsumed: list[tuple[str, str]]


def links_between_flows(design: Design) -> LinksBetweenFlows:
    """Every link between flows; reads every flow."""
    events = flow_events(design)
    publishes = {key: own.publishes for key, own in events.items()}
    by_events = links_by_events(design, publishes, {key: own.awaits for key, own in events.items()})
    links: dict[LinkBetweenFlows, None] = {
        LinkBetweenFlows(source, target, "event", event, ""): None
        for source, target, event in by_events
    }
    for key, flow in design.flows.items():
        for link in flow_links(key.partition("/")[0], flow):
            source = "/".join(link.source) if link.source else key
            target = f"{link.domain}/{link.flow}"
            links[LinkBetweenFlows(source, target, link.kind, link.via, link.node)] = None
    for source, target, endpoint, node in requests_between_flows(design):
        links[LinkBetweenFlows(source, target, "contract", endpoint, node)] = None
    leading = {(source, event) for source, _, event in by_events}
    published = dict.fromkeys(
        (f"{id}/{sent.flow}", sent.event)
        for id, domain in design.domains.items()
        for sent in domain.publishes
        if sent.flow
    )
    published |= dict.fromkeys((key, event) for key, own in publishes.items() for event in own)
    return LinksBetweenFlows([*links], [one for one in published if one not in leading])
