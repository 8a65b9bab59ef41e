"""Wiring an event from a domain or flow to another: both sides are written, as one undo step."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ddd_lab.files.documents.domain_data import (
    CONSUMES,
    PUBLISHES,
    Entry,
    Side,
    add_wiring,
    change_wirings,
    event_of,
    flow_key_of,
    flows_of,
    origin_of,
    wirings,
    without_flow,
)
from ddd_lab.files.edit.ids import flow_file_of, flow_ids, refuse_unknown_domain
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.edit.refactor._events import flow_events
from ddd_lab.files.edit.refactor.add_domain import domain_data
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.event_nodes import await_event, emit_event
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.no_such import meant
from ddd_lab.spec.paths import domain_file

_EVENT = re.compile(r"[A-Za-z_][\w.:/-]*")


class End(NamedTuple):
    """Where an event leaves or arrives."""

    domain: str  # id of the domain
    flow: str  # id of the flow; empty for the domain as a whole

    def __str__(self) -> str:
        return f"{self.domain}/{self.flow}" if self.flow else self.domain


def wire_event(
    workspace: Workspace,
    event: str,
    source: str,
    target: str,
    *,
    description: str = "",
    add_nodes: bool = False,
) -> None:
    """Let one domain or flow publish an event and another consume it, as one undo step.

    What is wired already stays as it is. With ``add_nodes`` the flows emit it and wait for it: an
    event node before the first terminal of one, the trigger of the other.
    """
    if not _EVENT.fullmatch(event):
        raise EditError(
            f"{event!r} cannot be the name of an event: begin with a letter, and use letters, "
            "digits, dots and - _"
        )
    start, end = _end(workspace, source), _end(workspace, target)
    if start == end:
        raise EditError(f"{source} cannot send {event} to itself; choose another target")
    changes = ChangeSet(workspace, f"wire {event} from {start} to {end}")
    entry: Entry = {"event": event} | ({"description": description} if description else {})
    _add(changes, PUBLISHES, start, entry, fits=lambda _: True)
    _consume(changes, event, start, end, description)
    if add_nodes and start.flow:
        flow = flow_file_of(workspace, str(start))
        if event not in flow_events(flow)[0]:
            changes.put(workspace.flow_path(str(start)), emit_event(flow, event))
    if add_nodes and end.flow:
        path = workspace.flow_path(str(end))
        flow = flow_file_of(workspace, str(end))
        data = changes.data(path)
        flow = data if isinstance(data, FlowData) else flow
        if event not in flow_events(flow)[1]:
            changes.put(path, await_event(flow, event))
    changes.make()


def unwire_event(workspace: Workspace, event: str, source: str, target: str) -> None:
    """Take an event's way from one domain or flow to another out of both files, as one step.

    The event stays published while somebody else consumes it. Nodes and triggers stay.
    """
    start, end = _end(workspace, source), _end(workspace, target)
    changes = ChangeSet(workspace, f"unwire {event} from {start} to {end}")
    path = domain_file(end.domain)
    changes.refuse_broken(path)
    before = changes.data(path)
    after = change_wirings(before, CONSUMES, lambda entry: _unless(entry, event, start, end))
    sent = [entry for entry in _entries(changes, start, PUBLISHES) if event_of(entry) == event]
    if after is before or not sent:
        sends = [event_of(entry) for entry in _entries(changes, start, PUBLISHES)]
        raise EditError(
            f"{event} does not go from {start} to {end}"
            + meant(event, filter(event.__ne__, sends), ", so there is nothing to remove")
        )
    changes.put(path, after)
    if not _consumed(changes, event):
        _unpublish(changes, event, start)
    changes.make()


def _end(workspace: Workspace, words: str) -> End:
    domain, slash, flow = words.strip().partition("/")
    refuse_unknown_domain(workspace, domain)
    if slash and flow not in flow_ids(workspace, domain):
        names = ", ".join(sorted(flow_ids(workspace, domain))) or "none yet"
        hint = meant(flow, flow_ids(workspace, domain), f". Choose one of: {names}")
        raise EditError(f"there is no flow {flow!r} in {domain}{hint}")
    return End(domain, flow)


def _entries(changes: ChangeSet, end: End, side: Side) -> list[Entry]:
    return wirings(changes.data(domain_file(end.domain)), side)


def _consume(changes: ChangeSet, event: str, start: End, end: End, description: str) -> None:
    """Add the target's entry, with the origin where its neighbours say theirs."""
    entry: Entry = {"event": event}
    others = _entries(changes, end, CONSUMES)
    if start.flow and any("/" in str(other.get("from_flow", "")) for other in others):
        entry["from_flow"] = str(start)
    elif any(other.get("from_domain") for other in others):
        entry["from_domain"] = start.domain

    def from_here(other: Entry) -> bool:
        domain, flow = origin_of(other)
        return domain in ("", start.domain) and (not flow or flow == start.flow or not start.flow)

    if description:
        entry["description"] = description
    _add(changes, CONSUMES, end, entry, fits=from_here)


def _add(
    changes: ChangeSet, side: Side, end: End, entry: Entry, *, fits: Callable[[Entry], bool]
) -> None:
    path = domain_file(end.domain)
    changes.refuse_broken(path)
    data: Data = changes.data(path) or domain_data(changes.workspace, end.domain)
    word = "from_flow" if side == PUBLISHES else "handled_by_flow"
    same = [
        other for other in wirings(data, side) if event_of(other) == entry["event"] and fits(other)
    ]
    if any(not end.flow or end.flow in flows_of(other, side) for other in same):
        return
    if end.flow:
        entry = {"event": entry["event"], word: end.flow, **entry}
        blank = next((other for other in same if not flow_key_of(other, side)), None)
        if blank is not None:
            filled = {**blank, word: end.flow}
            data = change_wirings(data, side, lambda one: filled if one == blank else one)
            changes.put(path, data)
            return
    changes.put(path, add_wiring(data, side, entry, path))


def _unless(entry: Entry, event: str, start: End, end: End) -> Entry | None:
    """A wiring of the target without what comes from the source."""
    if event_of(entry) != event:
        return entry
    domain, flow = origin_of(entry)
    if domain not in ("", start.domain) or (flow and start.flow and flow != start.flow):
        return entry
    return None if not end.flow else without_flow(entry, CONSUMES, end.flow)


def _consumed(changes: ChangeSet, event: str) -> bool:
    return any(
        event_of(entry) == event
        for domain in changes.known.domains
        for entry in _entries(changes, End(domain, ""), CONSUMES)
    )


def _unpublish(changes: ChangeSet, event: str, start: End) -> None:
    def left(entry: Entry) -> Entry | None:
        if event_of(entry) != event:
            return entry
        return without_flow(entry, PUBLISHES, start.flow) if start.flow else None

    path = domain_file(start.domain)
    changes.put(path, change_wirings(changes.data(path), PUBLISHES, left))
