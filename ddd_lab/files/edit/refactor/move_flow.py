"""Moving a flow to another domain."""

from __future__ import annotations

from ddd_lab.files.disk.paths import domain_of
from ddd_lab.files.documents.domain_data import (
    CONSUMES,
    PUBLISHES,
    Entry,
    Parts,
    Side,
    add_wiring,
    change_wirings,
    event_of,
    flow_key_of,
    list_flow,
    wirings,
)
from ddd_lab.files.edit.ids import flow_file_of, flow_ids, new_id, refuse_unknown_domain
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.edit.refactor._events import flow_events, take_out
from ddd_lab.files.edit.refactor._moves import follow_in_mapping, path_of_flow
from ddd_lab.files.edit.refactor.add_domain import domain_data
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.lenient import text
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.paths import domain_file
from ddd_lab.spec.references import Renaming


def move_flow(workspace: Workspace, key: str, domain: str) -> str:
    """Move a flow to another domain, with its entry and events, as one undo step."""
    flow = flow_file_of(workspace, key)
    refuse_unknown_domain(workspace, domain)
    home, _, id = key.partition("/")
    if domain == home:
        raise EditError(f"{key} is in the domain {domain!r} already")
    new_id(id, "flow", flow_ids(workspace, domain), f" in {domain}")
    target_key = f"{domain}/{id}"
    changes = ChangeSet(workspace, f"move {flow.name or id} to {domain}")
    path = workspace.flow_path(key)
    target = path_of_flow(path, target_key)

    # The entries go first, so that what stays behind in the old domain's file is only renamed.
    parts = take_out(changes, key)
    changes.rename(Renaming(changes.known, flows={key: target_key}), {path: target})
    changes.put(target, changes.data(target).model_copy(update={"id": id, "domain": domain}))
    follow_in_mapping(changes, {path: target})
    _join_domain(changes, domain, id, flow.name or id, parts)
    emitted, awaited = flow_events(flow)
    _wire(changes, key, domain, PUBLISHES, emitted)
    _wire(changes, key, domain, CONSUMES, awaited)
    _follow_source(changes, home, domain, emitted)
    changes.make()
    return target_key


def _join_domain(changes: ChangeSet, domain: str, flow: str, name: str, parts: Parts) -> None:
    """Write down in its new domain what the old one said about the flow."""
    path = domain_file(domain)
    data = changes.data(path) or domain_data(changes.workspace, domain)
    entry = {"id": flow, "name": name, **(parts.listed or {})}
    entry.pop("group", None)
    data = list_flow(data, entry, path)
    for side, entries in ((PUBLISHES, parts.published), (CONSUMES, parts.consumed)):
        for wiring in entries:
            data = add_wiring(data, side, wiring, path)
    changes.put(path, data)


def _wire(changes: ChangeSet, key: str, domain: str, side: Side, events: list[str]) -> None:
    """Let the new domain wire what the old one wired for all its flows together."""
    home, _, flow = key.partition("/")
    path = domain_file(domain)
    before = wirings(changes.data(domain_file(home)), side)
    listed = {event_of(entry) for entry in wirings(changes.data(path), side)}
    for event in events:
        wiring = next((entry for entry in before if event_of(entry) == event), None)
        if event in listed or wiring is None:
            continue
        word = flow_key_of(wiring, side) or (
            "from_flow" if side == PUBLISHES else "handled_by_flow"
        )
        entry = {k: v for k, v in wiring.items() if k in ("event", "name", "description", "schema")}
        changes.put(path, add_wiring(changes.data(path), side, {**entry, word: flow}, path))


def _follow_source(changes: ChangeSet, home: str, domain: str, events: list[str]) -> None:
    """Let consumers that name the old domain alone name the one that publishes now."""
    left = {event_of(entry) for entry in wirings(changes.data(domain_file(home)), PUBLISHES)}
    lost_events = {event for event in events if event not in left}

    def follow(entry: Entry) -> Entry:
        from_old = text(entry.get("from_domain")) == home
        if event_of(entry) in lost_events and from_old and not entry.get("from_flow"):
            return {**entry, "from_domain": domain}
        return entry

    for path in changes.paths:
        data: Data = changes.data(path) if domain_of(path) else None
        after = change_wirings(data, CONSUMES, follow) if data is not None else None
        if after is not data:
            changes.put(path, after)
