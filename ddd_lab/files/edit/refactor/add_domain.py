"""Adding a domain."""

from __future__ import annotations

from ddd_lab.files.disk.paths import domain_of
from ddd_lab.files.documents.domain_data import new_domain, root_of, slug_of
from ddd_lab.files.edit.ids import new_id
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.data import set_in
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.lenient import mapping, named
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.paths import PROJECT_FILE, SYSTEM_FILE, domain_file


def add_domain(workspace: Workspace, name: str, description: str = "") -> str:
    """Add a domain: its file, and its entry wherever the project lists its domains, as one step."""
    id = new_id(name, "domain", workspace.design.domains)
    changes = ChangeSet(workspace, f"add domain {name.strip()}")
    changes.put(domain_file(id), domain_data(workspace, id, name.strip(), description))
    for path in _listing_files(changes):
        changes.refuse_broken(path)
        changes.put(path, _listed(changes, path, id, name.strip(), description))
    changes.make()
    return id


def domain_data(workspace: Workspace, id: str, name: str = "", description: str = "") -> Data:
    """The data of a new domain's file, in the shape that the other domains' files have."""
    others = [
        workspace.model(path)
        for path in sorted(workspace.documents)
        if domain_of(path) and workspace.model(path)
    ]
    wrapped = isinstance(named(others[0], "domain"), dict) if others else True
    domain = workspace.design.domains.get(id)
    if domain is not None and not name:
        name, description = domain.name, domain.description
    # The guide's files say the id where the later format's say what people read.
    return new_domain(id if wrapped or not name else name, description, wrapped=wrapped)


def _listing_files(changes: ChangeSet) -> list[str]:
    """The files that list domains; the system's own where none does yet."""
    listing = [
        path
        for path in (SYSTEM_FILE, PROJECT_FILE)
        if named(_inner(changes.data(path)), "domains") is not None
    ]
    if listing:
        return listing
    exists = changes.workspace.exists
    return [PROJECT_FILE] if exists(PROJECT_FILE) and not exists(SYSTEM_FILE) else [SYSTEM_FILE]


def _inner(data: Data) -> dict[str, Data]:
    inner = named(data, "system")
    return inner if isinstance(inner, dict) else mapping(data)


def _listed(changes: ChangeSet, path: str, id: str, name: str, description: str) -> Data:
    data = changes.data(path)
    if not data:
        data = {} if path == PROJECT_FILE else {"system": {"name": changes.workspace.root.name}}
    root = root_of(data, "system")
    entries = _inner(data).get("domains") or []
    entry: dict[str, Data] = {"name": _entry_name(path, entries, id, name)}
    if slug_of(entry["name"]) != id:
        entry = {"id": id, **entry}
    if description:
        entry["description"] = description
    if isinstance(entries, dict):
        rest = {key: value for key, value in entry.items() if key not in ("id", "name")}
        return set_in(data, (*root, "domains", id), rest or {"description": ""})
    if not isinstance(entries, list):
        raise EditError(f"“domains” in {path} is neither a list nor a map; fix it first")
    plain = entries and all(isinstance(item, str) for item in entries)
    return set_in(data, (*root, "domains"), [*entries, id if plain else entry])


def _entry_name(path: str, listed: Data, id: str, name: str) -> str:
    """The guide lists domains by their id, the later format by what people call them."""
    names = [item["name"] for item in listed if isinstance(item, dict) and "name" in item]
    ids = all(slug_of(other) == other for other in names) if names else path == SYSTEM_FILE
    return id if ids else name
