"""Renaming a flow."""

from __future__ import annotations

from ddd_lab.files.documents.domain_data import root_of, slug_of
from ddd_lab.files.edit.ids import flow_file_of, flow_ids, new_id, new_name, refuse_other_case
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.edit.refactor._moves import follow_in_mapping, path_of_flow
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.data import set_in
from ddd_lab.spec.lenient import entries, named, text
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.paths import domain_file
from ddd_lab.spec.references import Renaming


def rename_flow(workspace: Workspace, key: str, name: str) -> str:
    """Give a flow another name and id, and carry every reference along, as one undo step."""
    flow = flow_file_of(workspace, key)
    domain, _, old = key.partition("/")
    others = flow_ids(workspace, domain) - {old}
    new = new_id(name, "flow", others, f" in {domain}")
    called = new_name(name, old, flow.name or old, new)
    changes = ChangeSet(workspace, f"rename {flow.name or old} to {called}")
    if new == old:
        if called == flow.name:
            return key
        changes.put(workspace.flow_path(key), _named(flow, called))
    else:
        refuse_other_case(old, new)
        path = workspace.flow_path(key)
        target = path_of_flow(path, f"{domain}/{new}")
        renaming = Renaming(changes.known, flows={key: f"{domain}/{new}"})
        changes.rename(renaming, {path: target})
        moved = changes.data(target)
        changes.put(target, _named(moved, called).model_copy(update={"id": new}))
        follow_in_mapping(changes, {path: target})
    listing = domain_file(domain)
    data = changes.data(listing)
    if data is not None:
        after = _relisted(data, new, old, flow.name, called)
        if after is not data:
            changes.put(listing, after)
    changes.make()
    return f"{domain}/{new}"


def _named(flow: FlowData, name: str) -> FlowData:
    return flow if flow.name in ("", name) else flow.model_copy(update={"name": name})


def _relisted(data: Data, new: str, old: str, old_name: str, name: str) -> Data:
    """The domain's data with the flow's entry under its new name."""
    root = root_of(data, "domain")
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
