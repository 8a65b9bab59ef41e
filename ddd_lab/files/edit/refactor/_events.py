"""Which events a flow sends and waits for."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.files.documents.domain_data import CONSUMES, PUBLISHES, Parts, cut_flow, leave_to
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.catalogue import refers_to
from ddd_lab.spec.lenient import entries, items, mapping, named, text
from ddd_lab.spec.models.design import flow_keys_of
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.models.trigger import trigger_info
from ddd_lab.spec.paths import domain_file

_CONSUMING = frozenset(("consume", "listen", "subscribe", "receive", "wait"))


def flow_events(flow: FlowData) -> tuple[list[str], list[str]]:
    """The events that a flow emits, and those that it waits for, each once."""
    emitted: dict[str, None] = {}
    awaited: dict[str, None] = {}
    for spec in _event_settings(flow):
        direction = next((text(spec.get(key)) for key in _DIRECTION if text(spec.get(key))), "")
        names = (text(spec.get(key)) for key in ("event_name", "event_type", "event"))
        event = next((name for name in names if name), "")
        if event:
            (awaited if direction.lower() in _CONSUMING else emitted)[event] = None
    emitted |= dict.fromkeys(text(event) for event in items(flow.header.get("emits")))
    awaited |= dict.fromkeys(text(event) for event in items(flow.header.get("listens_to")))
    for info in trigger_info(flow):
        awaited |= dict.fromkeys(info.events)
    return [event for event in emitted if event], [event for event in awaited if event]


_DIRECTION = ("direction", "action", "operation")


def take_out(changes: ChangeSet, key: str) -> Parts:
    """Take out of a domain's file what it says about a flow; other flows keep shared events."""
    domain, _, flow = key.partition("/")
    path = domain_file(domain)
    before = changes.data(path)
    if before is None:
        changes.refuse_broken(path)
        return Parts(None, [], [])
    data, parts = cut_flow(before, flow)
    emitters, handlers = shared_events(changes.workspace, key)
    data = leave_to(data, PUBLISHES, parts.published, emitters)
    data = leave_to(data, CONSUMES, parts.consumed, handlers)
    if data is not before:
        changes.put(path, data)
    return parts


def shared_events(workspace: Workspace, key: str) -> tuple[dict[str, str], dict[str, str]]:
    """Events that other flows of the same domain emit or wait for too, each with such a flow."""
    home = key.partition("/")[0]
    emitted: dict[str, str] = {}
    awaited: dict[str, str] = {}
    for other in flow_keys_of(workspace.design, home):
        flow = workspace.design.flows.get(other)
        if other == key or flow is None:
            continue
        for events, domain_of in zip(flow_events(flow), (emitted, awaited), strict=True):
            for event in events:
                domain_of.setdefault(event, other.partition("/")[2])
    return emitted, awaited


def _event_settings(flow: FlowData) -> Iterator[dict[str, object]]:
    """Settings of event nodes, and of the tools of agents that send events."""
    for node in flow.nodes:
        if refers_to(node, "event"):
            yield mapping(node.spec)
        for _, tool, _ in entries(mapping(node.spec).get("tools")):
            yield from _tool(tool)
    for _, tool, _ in entries(flow.extra.get("tools")):
        yield from _tool(tool)


def _tool(tool: object) -> Iterator[dict[str, object]]:
    implementation = mapping(named(tool, "spec", "implementation") or named(tool, "implementation"))
    if text(implementation.get("type")) == "event":
        yield implementation
