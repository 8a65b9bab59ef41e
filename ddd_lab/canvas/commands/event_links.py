"""Events between domains and flows, wired on maps; both sides are written."""

from __future__ import annotations

from ddd_lab.canvas.commands._registry import Result, design_change, operation
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.workbench import Workbench


class Wire(Arguments):
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


@design_change(Wire)
def wire(host: Workbench, new: Wire) -> str:
    """Let one end publish an event and the other consume it."""
    host.wire_event(
        new.event.strip(),
        new.source,
        new.target,
        description=new.description.strip(),
        add_nodes=new.add_nodes,
    )
    return ""


@design_change(Unwire)
def unwire(host: Workbench, gone: Unwire) -> str:
    """Take an event's way out of both sides."""
    host.unwire_event(gone.event, gone.source, gone.target)
    return ""


@operation(args.Arguments, "nothing")
def events(session: CanvasSession, _: args.Arguments) -> Result:
    """List every event that a domain names, with who publishes and who consumes it."""
    found: dict[str, dict[str, list[str]]] = {}
    for id, domain in session.host.design.domains.items():
        for side, wirings in (("from", domain.publishes), ("to", domain.consumes)):
            for wiring in wirings:
                ends = found.setdefault(wiring.event, {"from": [], "to": []})
                if id not in ends[side]:
                    ends[side].append(id)
    return {"events": [{"name": name, **found[name]} for name in sorted(found)]}
