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
    """Move a flow to another domain, with its entry and events, as one undo step.

    Args:
        workspace: the project.
        key: ``domain/flow``.
        domain: id of the domain that it shall belong to.

    Returns:
        The new key.

    Raises:
        EditError: no such flow or domain, the id is taken there, or a file that names the flow
            cannot be read.
    """
    flow = flow_file_of(workspace, key)
    refuse_unknown_domain(workspace, domain)
    home, _, id = key.partition("/")
    if domain == home:
        raise EditError(f"{key} is in the domain {domain!r} already")
    new_id(id, "flow", flow_ids(workspace, domain), f" in {domain}")
    target_key = f"{domain}/{id}"
    sweep = ChangeSet(workspace, f"move {flow.name or id} to {domain}")
    path = workspace.flow_path(key)
    target = path_of_flow(path, target_key)

    # The entries go first, so that what stays behind in the old domain's file is only renamed.
    parts = take_out(sweep, key)
    sweep.rename(Renaming(sweep.known, flows={key: target_key}), {path: target})
    sweep.put(target, sweep.data(target).model_copy(update={"id": id, "domain": domain}))
    follow_in_mapping(sweep, {path: target})
    _settle(sweep, domain, id, flow.name or id, parts)
    emitted, awaited = flow_events(flow)
    _wire(sweep, key, domain, PUBLISHES, emitted)
    _wire(sweep, key, domain, CONSUMES, awaited)
    _follow_source(sweep, home, domain, emitted)
    sweep.make()
    return target_key


def _settle(sweep: ChangeSet, domain: str, flow: str, name: str, parts: Parts) -> None:
    """Write down in its new domain what the old one said about the flow."""
    path = domain_file(domain)
    data = sweep.data(path) or domain_data(sweep.workspace, domain)
    entry = {"id": flow, "name": name, **(parts.listed or {})}
    entry.pop("group", None)
    data = list_flow(data, entry, path)
    for side, taken in ((PUBLISHES, parts.published), (CONSUMES, parts.consumed)):
        for wiring in taken:
            data = add_wiring(data, side, wiring, path)
    sweep.put(path, data)


def _wire(sweep: ChangeSet, key: str, domain: str, side: Side, events: list[str]) -> None:
    """Let the new domain wire what the old one wired for all its flows together."""
    home, _, flow = key.partition("/")
    path = domain_file(domain)
    before = wirings(sweep.data(domain_file(home)), side)
    here = {event_of(entry) for entry in wirings(sweep.data(path), side)}
    for event in events:
        said = next((entry for entry in before if event_of(entry) == event), None)
        if event in here or said is None:
            continue
        word = flow_key_of(said, side) or ("from_flow" if side == PUBLISHES else "handled_by_flow")
        entry = {k: v for k, v in said.items() if k in ("event", "name", "description", "schema")}
        sweep.put(path, add_wiring(sweep.data(path), side, {**entry, word: flow}, path))


def _follow_source(sweep: ChangeSet, home: str, domain: str, events: list[str]) -> None:
    """Let consumers that name the old domain alone name the one that publishes now."""
    left = {event_of(entry) for entry in wirings(sweep.data(domain_file(home)), PUBLISHES)}
    gone = {event for event in events if event not in left}

    def follow(entry: Entry) -> Entry:
        from_old = text(entry.get("from_domain")) == home
        if event_of(entry) in gone and from_old and not entry.get("from_flow"):
            return {**entry, "from_domain": domain}
        return entry

    for path in sweep.paths:
        data: Data = sweep.data(path) if domain_of(path) else None
        after = change_wirings(data, CONSUMES, follow) if data is not None else None
        if after is not data:
            sweep.put(path, after)
