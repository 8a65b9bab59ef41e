"""Where the files of a design that are no flows name flows and domains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ddd_lab.spec.lenient import entries, items, mapping, named, text
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.paths import LAYOUT_FILE, MAPPING_FILE, PROJECT_FILE, SYSTEM_FILE, usual
from ddd_lab.spec.references._flows import meant
from ddd_lab.spec.references._name import Known, Name

_FLOWS = frozenset(
    (
        *("flow", "flows", "flow_ref", "flow_ids", "flows_affected", "sub_flow_ref", "from_flow"),
        *("producer_flow", "producer_flows", "consumer_flow", "consumer_flows"),
        *("used_by", "initial_fetch", "realtime"),
    )
)
"""Keys whose texts name flows in any file."""

_WIRING = frozenset(
    {"handled_by_flow", "handled_by", "handler", "published_by", "publisher_flow"} | _FLOWS
)
"""Keys whose texts name flows in a domain's own file."""

_DOMAINS = frozenset(
    (
        *("domain", "domains", "domain_ids", "from_domain", "to_domain"),
        *("used_by_domains", "spans_domains", "owned_by", "owner_domain"),
    )
)
"""Keys whose texts name domains."""

_NO_NAMES = frozenset({"path", "url", "route", "navigate", "redirect", "href", "target", "key"})
_CONSUMES = ("consumes_events", "consumes")


class _File(NamedTuple):
    """What decides how the words of a file are understood.

    Attributes:
        own: the domain whose file it is; empty for any other file.
        bare: whether an id without a domain may name a flow.
        known: what there is.
    """

    own: str
    bare: bool
    known: Known


def file_names(path: str, data: Data, known: Known, domain: str = "") -> Iterator[Name]:
    """Every place in a file that names a flow or a domain, each once.

    Args:
        domain: the domain whose own file it is; empty for any other file.
    """
    file = _File(domain, not path.startswith("specs/ui/"), known)
    names = [*_special(path, data, file), *_walk(data, (), file)]
    # A domain beside a flow belongs to the flow's name, which may go to another domain alone.
    seen = {(name.beside, False) for name in names}
    for name in names:
        if (name.path, name.is_key) not in seen:
            seen.add((name.path, name.is_key))
            yield name


# --- places that only one kind of file has ---------------------------------------------------


def _special(path: str, data: Data, file: _File) -> Iterator[Name]:
    path = usual(path)
    if file.own:
        yield from _domain_file(data, file)
    elif path == LAYOUT_FILE:
        root: Path = ("system_layout",) if isinstance(named(data, "system_layout"), dict) else ()
        yield from _keys(data, (*root, "domains"))
    elif path in (SYSTEM_FILE, PROJECT_FILE):
        yield from _listed_domains(data)
    elif path == MAPPING_FILE:
        for key in mapping(named(data, "flows")):
            yield meant(key, ("flows", key), "")._replace(is_key=True)
    yield from _limits(data)


def _domain_file(data: Data, file: _File) -> Iterator[Name]:
    root: Path = ("domain",) if isinstance(named(data, "domain"), dict) else ()
    inner = mapping(named(data, *(str(key) for key in root)))
    listed = inner.get("flows")
    for _, entry, at in entries(listed):
        where = (*root, "flows", *at)
        if isinstance(listed, dict):
            yield Name(where, file.own, str(at[0]), is_key=True)
        elif text(entry):
            yield Name(where, file.own, text(entry))
        elif flow := text(named(entry, "id")):
            yield Name((*where, "id"), file.own, flow)
    for flow in mapping(named(inner, "layout", "flows")):
        yield Name((*root, "layout", "flows", flow), file.own, flow, is_key=True)
    yield from _keys(data, (*root, "layout", "portals"))
    depends = inner.get("depends_on")
    for number, item in enumerate(items(depends)):
        if text(item) in file.known.domains:
            yield Name((*root, "depends_on", number), text(item))
    yield from _keys(data, (*root, "depends_on"))


def _keys(data: Data, at: Path) -> Iterator[Name]:
    """Domains that are the keys of a map."""
    for key in mapping(named(data, *(str(step) for step in at))):
        yield Name((*at, key), key, is_key=True)


def _listed_domains(data: Data) -> Iterator[Name]:
    """Entries that list a domain by an id of its own, and ends of data flows."""
    root: Path = ("system",) if isinstance(named(data, "system"), dict) else ()
    inner = named(data, *(str(key) for key in root))
    domains = named(inner, "domains")
    for _, entry, at in entries(domains):
        where = (*root, "domains", *at)
        if isinstance(domains, dict):
            yield Name(where, str(at[0]), is_key=True)
        elif id := text(named(entry, "id")):
            yield Name((*where, "id"), id)
    zones = {name for name, _, _ in entries(named(inner, "zones"))}
    for number, line in enumerate(items(named(inner, "data_flows"))):
        for end in ("from", "to"):
            if (domain := text(named(line, end))) and domain not in zones:
                yield Name((*root, "data_flows", number, end), domain)


def _limits(data: Data) -> Iterator[Name]:
    """Rate limits by the id of a flow (the guide's ``security.rate_limiting.per_endpoint``)."""
    for root in ((), ("architecture",), ("architecture", "cross_cutting"), ("cross_cutting",)):
        at = (*root, "security", "rate_limiting", "per_endpoint")
        for flow in mapping(named(data, *at)):
            yield Name((*at, flow), "", flow, is_key=True)


# --- words that mean the same in every file --------------------------------------------------


def _walk(data: Data, at: Path, file: _File) -> Iterator[Name]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _under(str(key), value, data, (*at, key), file)
    elif isinstance(data, list):
        for number, item in enumerate(data):
            if isinstance(item, str):
                if item in file.known.flows:
                    yield meant(item, (*at, number), "")
            else:
                yield from _walk(item, (*at, number), file)


def _under(
    key: str, value: Data, siblings: dict[str, Data], path: Path, file: _File
) -> Iterator[Name]:
    """Names in what stands under a key."""
    words = _WIRING if file.own else _FLOWS
    for word, at in _words(value):
        where = (*path, *at)
        if key in _DOMAINS:
            yield Name(where, word)
        elif key in words or key.endswith("_source"):
            yield from _flow_word(key, word, siblings, where, file)
        elif word in file.known.flows and key not in _NO_NAMES:
            yield meant(word, where, "")
    if isinstance(value, dict | list):
        yield from _walk(value, path, file)


def _flow_word(
    key: str, word: str, siblings: dict[str, Data], path: Path, file: _File
) -> Iterator[Name]:
    if "/" in word:
        if file.known.like_key(word):
            yield meant(word, path, "")
        return
    if key.endswith("_source") or not file.bare:
        return
    consumed = key == "from_flow" and any(step in _CONSUMES for step in path)
    own = "" if consumed else file.own
    side = "" if file.own and not consumed else _side(siblings)
    beside = (*path[: path.index(key)], side) if side else ()
    yield meant(word, path, own, text(siblings.get(side)) if side else "", beside)


def _side(siblings: dict[str, Data]) -> str:
    """The key beside a flow that names its domain, if there is one."""
    return next((key for key in ("from_domain", "domain") if text(siblings.get(key))), "")


def _words(value: Data) -> Iterator[tuple[str, Path]]:
    if text(value):
        yield text(value), ()
    for number, item in enumerate(items(value)):
        if text(item):
            yield text(item), (number,)
