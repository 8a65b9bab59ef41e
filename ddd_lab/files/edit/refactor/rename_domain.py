"""Renaming a domain."""

from __future__ import annotations

from ddd_lab.files.disk.paths import flow_key
from ddd_lab.files.documents.domain_data import slug_of
from ddd_lab.files.edit.ids import new_id, new_name, refuse_unknown_domain
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.edit.refactor._moves import follow_in_mapping, path_in_domain
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.data import set_in
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.lenient import entries, named, text
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.paths import PROJECT_FILE, SYSTEM_FILE, domain_file, usual
from ddd_lab.spec.references import Renaming


def rename_domain(workspace: Workspace, domain: str, name: str) -> str:
    """Give a domain another name and id, and carry every reference along, as one undo step.

    Its folder's specs move; files that are no specs (a README) stay where they are.

    Args:
        workspace: the project.
        domain: its id.
        name: the new name, from which the id is made, or the new id.

    Returns:
        The new id.

    Raises:
        EditError: no such domain, the name is taken or unusable, or a file that belongs to the
            domain or names it cannot be read.
    """
    refuse_unknown_domain(workspace, domain)
    others = set(workspace.design.domains) - {domain}
    new = new_id(name, "domain", others)
    if new != domain and new.casefold() == domain.casefold():
        raise EditError(
            f"{new!r} differs from {domain!r} only in capital letters, which some disks do not "
            "tell apart; choose another name, or rename twice"
        )
    old_name = workspace.design.domains[domain].name or domain
    sweep = ChangeSet(workspace, f"rename {old_name} to {new_name(name, domain, old_name, new)}")
    folder = f"specs/domains/{domain}/"
    moves: dict[str, str] = {}
    if new != domain:
        moves = {
            path: path_in_domain(path, new)
            for path in sweep.paths
            if usual(path).startswith(folder)
        }
        for path in moves:
            sweep.refuse_broken(path)
        sweep.rename(Renaming(sweep.known, domains={domain: new}), moves)
        for target in moves.values():
            flow = sweep.data(target)
            if flow_key(target) and isinstance(flow, FlowData):
                sweep.put(target, flow.model_copy(update={"domain": new}))
        follow_in_mapping(sweep, moves)
    _name_in_own_file(sweep, domain_file(new), domain, new, name)
    for path in (SYSTEM_FILE, PROJECT_FILE):
        _name_in_list(sweep, path, domain, new, name)
    sweep.make()
    return new


def _name_in_own_file(sweep: ChangeSet, path: str, old: str, new: str, given: str) -> None:
    data = sweep.data(path)
    root: Path = ("domain",) if isinstance(named(data, "domain"), dict) else ()
    before = named(data, *(str(key) for key in root), "name")
    if data is None:
        return
    after = data
    if text(before):
        after = _set(after, (*root, "name"), new_name(given, old, text(before), new))
    if text(named(data, *(str(key) for key in root), "id")) == old:
        after = _set(after, (*root, "id"), new)
    if after is not data:
        sweep.put(path, after)


def _name_in_list(sweep: ChangeSet, path: str, old: str, new: str, given: str) -> None:
    """The domain's entry in the system's list, whose id may be made from its name."""
    data = before = sweep.data(path)
    root: Path = ("system",) if isinstance(named(data, "system"), dict) else ()
    domains = named(data, *(str(key) for key in root), "domains")
    for id, entry, at in entries(domains):
        if not isinstance(entry, dict):
            continue
        where = (*root, "domains", *at)
        name = text(entry.get("name"))
        if isinstance(domains, list) and not text(entry.get("id")) and slug_of(name) == old:
            called = new_name(given, old, name, new)
            if called == name and new != old:
                called = new
            data = _set(data, (*where, "name"), called)
            if slug_of(called) != new:
                data = _set(data, (*where, "id"), new)
        elif id == new and name:
            data = _set(data, (*where, "name"), new_name(given, old, name, new))
    if data is not before:
        sweep.put(path, data)


def _set(data: Data, path: Path, value: str) -> Data:
    return data if named(data, *(str(key) for key in path)) == value else set_in(data, path, value)
