"""Renaming a flow."""

from __future__ import annotations

from ddd_lab.files.documents.domain_data import slug_of
from ddd_lab.files.edit.ids import flow_file_of, flow_ids, new_id, new_name
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.edit.refactor._moves import follow_in_mapping, path_of_flow
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.data import set_in
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.lenient import entries, named, text
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.paths import domain_file
from ddd_lab.spec.references import Renaming


def rename_flow(workspace: Workspace, key: str, name: str) -> str:
    """Give a flow another name and id, and carry every reference along, as one undo step.

    Args:
        workspace: the project.
        key: ``domain/flow``.
        name: the new name, from which the id is made, or the new id.

    Returns:
        The new key.

    Raises:
        EditError: no such flow, the name is taken or unusable, or a file that names the flow
            cannot be read.
    """
    flow = flow_file_of(workspace, key)
    domain, _, old = key.partition("/")
    others = flow_ids(workspace, domain) - {old}
    new = new_id(name, "flow", others, f" in {domain}")
    called = new_name(name, old, flow.name or old, new)
    sweep = ChangeSet(workspace, f"rename {flow.name or old} to {called}")
    if new == old:
        if called == flow.name:
            return key
        sweep.put(workspace.flow_path(key), _named(flow, called))
    else:
        _refuse_other_case(old, new)
        path = workspace.flow_path(key)
        target = path_of_flow(path, f"{domain}/{new}")
        renaming = Renaming(sweep.known, flows={key: f"{domain}/{new}"})
        sweep.rename(renaming, {path: target})
        moved = sweep.data(target)
        sweep.put(target, _named(moved, called).model_copy(update={"id": new}))
        follow_in_mapping(sweep, {path: target})
    listing = domain_file(domain)
    data = sweep.data(listing)
    if data is not None:
        after = _relisted(data, new, old, flow.name, called)
        if after is not data:
            sweep.put(listing, after)
    sweep.make()
    return f"{domain}/{new}"


def _named(flow: FlowData, name: str) -> FlowData:
    return flow if flow.name in ("", name) else flow.model_copy(update={"name": name})


def _refuse_other_case(old: str, new: str) -> None:
    """Refuse an id that differs only in case: some disks take both files for one.

    Raises:
        EditError: with what to do.
    """
    if old.casefold() == new.casefold():
        raise EditError(
            f"{new!r} differs from {old!r} only in capital letters, which some disks do not tell "
            "apart; choose another name, or rename twice"
        )


def _relisted(data: Data, new: str, old: str, old_name: str, name: str) -> Data:
    """The domain's data with the flow's entry under its new name."""
    root = ("domain",) if isinstance(named(data, "domain"), dict) else ()
    flows = named(data, *root, "flows")
    for id, entry, at in entries(flows):
        if not isinstance(entry, dict):
            continue
        where = (*root, "flows", *at)
        listed = text(entry.get("name"))
        if isinstance(flows, list) and "id" not in entry and slug_of(listed) == old:
            data = set_in(data, (*where, "name"), name)
            return data if slug_of(name) == new else set_in(data, (*where, "id"), new)
        if id == new and listed and listed in (old_name, old) and listed != name:
            return set_in(data, (*where, "name"), name)
    return data
