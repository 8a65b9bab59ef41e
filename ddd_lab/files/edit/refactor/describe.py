"""Describing flows and domains, wherever their description is."""

from __future__ import annotations

from ddd_lab.files.documents.domain_data import root_of, slug_of
from ddd_lab.files.edit.ids import flow_file_of, refuse_unknown_domain
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.edit.refactor.add_domain import domain_data
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.data import set_in
from ddd_lab.spec.edit.nodes import set_flow_value
from ddd_lab.spec.lenient import entries, named, text
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.paths import PROJECT_FILE, SYSTEM_FILE, domain_file


def describe_flow(workspace: Workspace, key: str, description: str) -> None:
    """Say what a flow is for, in its file and where its domain repeats it, as one undo step."""
    flow = flow_file_of(workspace, key)
    domain, _, id = key.partition("/")
    changes = ChangeSet(workspace, f"describe {flow.name or id}")
    changes.put(workspace.flow_path(key), set_flow_value(flow, ("description",), description))
    listing = domain_file(domain)
    data = changes.data(listing)
    if flow.description and data is not None:
        entry = _entry(data, (*root_of(data, "domain"), "flows"), id, flow.description)
        if entry:
            changes.put(listing, set_in(data, entry, description))
    changes.make()


def describe_domain(workspace: Workspace, domain: str, description: str) -> None:
    """Say what a domain is for, in its file and where a list repeats it, as one undo step."""
    refuse_unknown_domain(workspace, domain)
    model = workspace.design.domains[domain]
    changes = ChangeSet(workspace, f"describe {model.name or domain}")
    path = domain_file(domain)
    changes.refuse_broken(path)
    data = changes.data(path) or domain_data(workspace, domain)
    changes.put(path, set_in(data, (*root_of(data, "domain"), "description"), description))
    if model.description:
        for listing in (SYSTEM_FILE, PROJECT_FILE):
            data = changes.data(listing)
            entries_at = (*root_of(data, "system"), "domains")
            if entry := _entry(data, entries_at, domain, model.description):
                changes.put(listing, set_in(data, entry, description))
    changes.make()


def _entry(data: Data, path: Path, id: str, description: str) -> Path:
    """Where a list's entry repeats a description; nowhere if it does not."""
    for called, entry, at in entries(named(data, *(str(key) for key in path))):
        same = isinstance(entry, dict) and text(entry.get("description")) == description
        if same and id in (called, slug_of(called)):
            return (*path, *at, "description")
    return ()
