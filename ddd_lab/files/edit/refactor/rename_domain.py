"""Renaming a domain."""

from __future__ import annotations

from ddd_lab.files.disk.paths import flow_key
from ddd_lab.files.documents.domain_data import root_of, slug_of
from ddd_lab.files.edit.ids import new_id, new_name, refuse_other_case, refuse_unknown_domain
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.edit.refactor._moves import follow_in_mapping, path_in_domain
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.data import set_in
from ddd_lab.spec.lenient import entries, named, text
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.paths import PROJECT_FILE, SYSTEM_FILE, domain_file, usual
from ddd_lab.spec.references import Renaming


def rename_domain(workspace: Workspace, domain: str, name: str) -> str:
    """Give a domain another name and id, and carry every reference along, as one undo step.

    Its folder's specs move; files that are no specs (a README) stay where they are.
    """
    refuse_unknown_domain(workspace, domain)
    others = set(workspace.design.domains) - {domain}
    new = new_id(name, "domain", others)
    refuse_other_case(domain, new)
    old_name = workspace.design.domains[domain].name or domain
    changes = ChangeSet(workspace, f"rename {old_name} to {new_name(name, domain, old_name, new)}")
    folder = f"specs/domains/{domain}/"
    moves: dict[str, str] = {}
    if new != domain:
        moves = {
            path: path_in_domain(path, new)
            for path in changes.paths
            if usual(path).startswith(folder)
        }
        for path in moves:
            changes.refuse_broken(path)
        changes.rename(Renaming(changes.known, domains={domain: new}), moves)
        for target in moves.values():
            flow = changes.data(target)
            if flow_key(target) and isinstance(flow, FlowData):
                changes.put(target, flow.model_copy(update={"domain": new}))
        follow_in_mapping(changes, moves)
    _name_in_own_file(changes, domain_file(new), domain, new, name)
    for path in (SYSTEM_FILE, PROJECT_FILE):
        _name_in_list(changes, path, domain, new, name)
    changes.make()
    return new


def _name_in_own_file(changes: ChangeSet, path: str, old: str, new: str, wanted_name: str) -> None:
    data = changes.data(path)
    root = root_of(data, "domain")
    before = named(data, *root, "name")
    if data is None:
        return
    after = data
    if text(before):
        after = _set(after, (*root, "name"), new_name(wanted_name, old, text(before), new))
    if text(named(data, *root, "id")) == old:
        after = _set(after, (*root, "id"), new)
    if after is not data:
        changes.put(path, after)


def _name_in_list(changes: ChangeSet, path: str, old: str, new: str, wanted_name: str) -> None:
    """The domain's entry in the system's list, whose id may be made from its name."""
    data = before = changes.data(path)
    root = root_of(data, "system")
    domains = named(data, *root, "domains")
    for id, entry, at in entries(domains):
        if not isinstance(entry, dict):
            continue
        where = (*root, "domains", *at)
        name = text(entry.get("name"))
        if isinstance(domains, list) and not text(entry.get("id")) and slug_of(name) == old:
            called = new_name(wanted_name, old, name, new)
            if called == name and new != old:
                called = new
            data = _set(data, (*where, "name"), called)
            if slug_of(called) != new:
                data = _set(data, (*where, "id"), new)
        elif id == new and name:
            data = _set(data, (*where, "name"), new_name(wanted_name, old, name, new))
    if data is not before:
        changes.put(path, data)


def _set(data: Data, path: Path, value: str) -> Data:
    return data if named(data, *(str(key) for key in path)) == value else set_in(data, path, value)
