"""Events between domains and flows, wired on maps; both sides are written."""

from __future__ import annotations

from pydantic import Field

from ddd_lab.canvas.commands._registry import design_change, operation
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.spec.catalogue import refers_to
from ddd_lab.spec.lenient import first
from ddd_lab.workbench import Workbench


class NewEventLink(Arguments):
    """An event and its way; ends are ``domain`` or ``domain/flow``."""

    source: Text
    target: Text
    event: Text
    description: Text = ""
    add_nodes: bool = False


class Unwire(Arguments):
    """An event's way; a domain means all its flows."""

    source: Text
    target: Text
    event: Text


class EventEnds(Message):
    """An event, and the domains that publish and consume it."""

    name: str
    publishers: list[str] = Field(default_factory=list)
    consumers: list[str] = Field(default_factory=list)


class EventList(Message):
    """Every event that a domain or a node names, by name."""

    events: list[EventEnds]


@design_change
def wire_event(workbench: Workbench, new: NewEventLink) -> str:
    """Let one end publish an event and the other consume it."""
    workbench.wire_event(
        new.event.strip(),
        new.source,
        new.target,
        description=new.description.strip(),
        add_nodes=new.add_nodes,
    )
    return ""


@design_change
def unwire_event(workbench: Workbench, link: Unwire) -> str:
    """Take an event's way out of both sides."""
    workbench.unwire_event(link.event, link.source, link.target)
    return ""


@operation("nothing")
def events(session: CanvasSession, _: args.Arguments) -> EventList:
    """List every event that a domain or a node names, with who publishes and who consumes it."""
    events: dict[str, EventEnds] = {}

    def note(event: str, domain: str, published: bool) -> None:
        ends = events.setdefault(event, EventEnds(name=event))
        domains = ends.publishers if published else ends.consumers
        if domain not in domains:
            domains.append(domain)

    design = session.workbench.design
    for id, domain in design.domains.items():
        for wiring in domain.publishes:
            note(wiring.event, id, published=True)
        for wiring in domain.consumes:
            note(wiring.event, id, published=False)
    for key, flow in design.flows.items():
        for node in flow.all_nodes():
            name = first(node.spec, "event_name", "event") if refers_to(node, "event") else ""
            if name:
                is_awaited = first(node.spec, "direction") == "consume"
                note(name, key.partition("/")[0], published=not is_awaited)
    return EventList(events=[events[name] for name in sorted(events)])
