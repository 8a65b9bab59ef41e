"""What links flows that name each other nowhere: events, and requests to another's endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ddd_lab.checks._flow_summary import event_facts
from ddd_lab.checks._values import text
from ddd_lab.checks.http import endpoint
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.trigger import TriggerInfo, trigger_info


class FlowEvents(NamedTuple):
    """The events that one flow publishes, and those that start or continue it."""

    publishes: tuple[str, ...]
    awaits: tuple[str, ...]


def flow_events(design: Design) -> dict[str, FlowEvents]:
    """The events of every flow that can be read, as its own file states them."""
    groups: dict[str, set[str]] = {}
    for model in design.domains.values():
        for group in model.event_groups:
            groups.setdefault(group.name, set()).update(group.events)
    found: dict[str, FlowEvents] = {}
    for key, flow in design.flows.items():
        facts = event_facts(flow)
        emitted = dict.fromkeys(event.name for event in facts.emits)
        awaited = {event.name for event in facts.awaits} | facts.said_awaits
        for trigger in facts.triggers:
            awaited.update(trigger.events)
            if trigger.kind == "event_group":
                awaited |= groups.get(trigger.name, set())
        found[key] = FlowEvents((*emitted, *sorted(facts.said_emits)), tuple(sorted(awaited)))
    return found


class Request(NamedTuple):
    """A request of a flow to the endpoint that starts another: an API that both must agree on."""

    source: str
    target: str
    endpoint: str
    node: str


def requests_between_flows(design: Design) -> Iterator[Request]:
    """The requests of service calls to endpoints of the same design, in reading order."""
    flows = list(design.flows.items())
    behind: dict[str, str] = {}
    for key, flow in flows:
        for info in trigger_info(flow):
            if used := endpoint(info):
                behind.setdefault(used, key)
    for key, flow in flows:
        for node in flow.all_nodes():
            if node.type == "service_call":
                method, url = text(node.spec.get("method")).upper(), text(node.spec.get("url"))
                asked = endpoint(TriggerInfo(kind="http", method=method or "GET", path=_path(url)))
                target = behind.get(asked)
                if target not in (None, key):
                    yield Request(key, str(target), asked, node.id)


def _path(url: str) -> str:
    """The path of an address; its host may be a setting (``{base_url}/orders``)."""
    rest = url.partition("://")[2] or url
    _, slash, path = rest.partition("/")
    return f"/{path}" if slash else ""
