"""Taking out of every other file what it says about flows and domains that go."""

from __future__ import annotations

from ddd_lab.files.disk.paths import domain_of
from ddd_lab.files.documents.domain_data import CONSUMES, PUBLISHES, root_of, slug_of
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.spec.edit.data import unset_in
from ddd_lab.spec.lenient import entries, named, text
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.paths import PROJECT_FILE, SYSTEM_FILE, usual
from ddd_lab.spec.references import Name

_WHOLE_ITEMS = frozenset({"flows", "steps", "domains", "depends_on", "publishes", "consumes"})
_WIRINGS = frozenset({PUBLISHES, CONSUMES, "publishes", "consumes"})


def forget(changes: ChangeSet, flows: set[str], domains: set[str], paths: set[str]) -> None:
    """Take out of every file that stays what it says about what goes.

    Entries of lists and maps that are about the flow or domain are removed: where it is listed,
    placed, grouped, scheduled, wired. Settings that name it stay, for a person to decide.
    """
    changes.refuse_broken_references(flows, domains, paths)
    for path in changes.paths:
        data = changes.data(path)
        if path in paths or data is None or isinstance(data, FlowData):
            continue
        places = {
            place
            for name in changes.names(path)
            if _goes(changes, name, flows, domains)
            for place in _places(name, domain_of(path))
        }
        if domains and usual(path) in (SYSTEM_FILE, PROJECT_FILE):
            places |= set(_listed(data, domains))
        after = data
        for place in _outermost(places):
            after = unset_in(after, place)
        if after is not data:
            changes.put(path, after)


def _goes(changes: ChangeSet, name: Name, flows: set[str], domains: set[str]) -> bool:
    if not name.flow:
        return name.domain in domains
    domain = name.domain or changes.known.home(name.flow)
    return domain in domains or f"{domain}/{name.flow}" in flows


def _places(name: Name, own: str) -> list[Path]:
    """What to remove for a name: an item, an entry, a key, or nothing."""
    path = name.path
    if name.is_key or isinstance(path[-1], int):
        return [path]
    entry = _entry(path)
    if entry and own and _WIRINGS & {*path}:
        sources = ("from_flow", "from_domain") if {CONSUMES, "consumes"} & {*path} else ()
        if path[-1] in sources or (path[-1] == "domain" and sources):
            # What comes from elsewhere may come from others too: only its source is unknown now.
            return [path, *([name.beside] if name.beside else [])]
        return [entry]
    if entry and path[-1] in ("id", "flow", "domain") and str(entry[-2]) in _WHOLE_ITEMS:
        return [entry]
    if path[-1] in ("from", "to"):
        return [entry] if entry else []
    return []


def _entry(path: Path) -> Path:
    """The item of a list (or of a map of entries) that a place belongs to."""
    for end in range(len(path) - 1, 1, -1):
        if isinstance(path[end - 1], int):
            return path[:end]
    return path[:-1] if len(path) > 2 else ()


def _listed(data: Data, domains: set[str]) -> list[Path]:
    """Entries of the system's list of domains whose id is made from their name."""
    root = root_of(data, "system")
    listed = named(data, *root, "domains")
    return [
        (*root, "domains", *at)
        for id, entry, at in entries(listed)
        if (id if isinstance(listed, dict) or text(named(entry, "id")) else slug_of(id)) in domains
    ]


def _outermost(places: set[Path]) -> list[Path]:
    """The places that lie in no other one, last ones first, so that removing moves none."""
    outer = [
        place
        for place in places
        if not any(place[:size] in places for size in range(1, len(place)))
    ]
    return sorted(outer, key=lambda path: [(isinstance(s, int), s) for s in path], reverse=True)
