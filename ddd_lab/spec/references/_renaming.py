"""Giving flows and domains other names wherever a spec names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ddd_lab.spec.edit.data import get_in, set_in
from ddd_lab.spec.edit.nodes import replace_node
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.references._name import Known, Name


@dataclass(frozen=True)
class Renaming:
    """Which names become which.

    Attributes:
        known: the flows and domains from before.
        flows: former key ``domain/flow`` to the new one.
        domains: former id to the new one; all flows of the domain follow.
    """

    known: Known
    flows: Mapping[str, str] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)

    def domain(self, domain: str) -> str:
        """The id that a domain has afterwards."""
        return self.domains.get(domain, domain)

    def flow(self, domain: str, flow: str) -> tuple[str, str]:
        """Domain and id that a flow has afterwards."""
        if (key := self.flows.get(f"{domain}/{flow}")) is not None:
            domain, _, flow = key.partition("/")
            return domain, flow
        return self.domain(domain), flow

    def texts(self, name: Name, own: str) -> dict[Path, str]:
        """What must stand where for a name to keep its meaning in a file of the domain ``own``."""
        if not name.flow:
            return {name.path: self.domain(name.domain)}
        domain = name.domain or self.known.home(name.flow)
        if not domain:
            return {}
        new_domain, new_flow = self.flow(domain, name.flow)
        texts: dict[Path, str] = {}
        if name.whole:
            texts[name.path] = f"{new_domain}/{new_flow}"
        elif name.beside or not name.domain or new_domain == own:
            texts[name.path] = new_flow
        else:
            texts[name.path] = f"{new_domain}/{new_flow}"
        if name.beside:
            texts[name.beside] = new_domain
        return texts


def rename_in_data(data: Data, names: Iterable[Name], renaming: Renaming, own: str) -> Data:
    """A file's data with every name changed; the same object where none does.

    Args:
        own: the domain that the file belongs to afterwards; empty for none.
    """
    keys: dict[Path, dict[str, str]] = {}
    for name in names:
        for path, new in renaming.texts(name, own).items():
            if not (name.is_key and path == name.path):
                data = _set(data, path, new)
            elif path[-1] != new:
                keys.setdefault(path[:-1], {})[str(path[-1])] = new
    for path in sorted(keys, key=len, reverse=True):
        data = set_in(data, path, _with_keys(get_in(data, path), keys[path]))
    return data


def rename_in_flow(flow: FlowData, names: Iterable[Name], renaming: Renaming, own: str) -> FlowData:
    """A flow with every name changed; the same object where none does."""
    for name in names:
        for path, new in renaming.texts(name, own).items():
            if name.node:
                flow = _in_node(flow, name.node, path[1:], new)
            else:
                field = "header" if path[0] == "flow" else "extra"
                inside = path[1:] if field == "header" else path
                before = getattr(flow, field)
                after = _set(before, inside, new)
                if after is not before:
                    flow = flow.model_copy(update={field: after})
    return flow


def _in_node(flow: FlowData, node: str, path: Path, new: str) -> FlowData:
    node_ = flow.by_id[node]
    spec = _set(node_.spec, path, new)
    if spec is node_.spec:
        return flow
    return replace_node(flow, node_.model_copy(update={"spec": spec}))


def _set(data: Data, path: Path, new: str) -> Data:
    before = get_in(data, path)
    same = isinstance(before, str) and before.strip().strip("/") == new
    return data if same else set_in(data, path, new)


def _with_keys(data: dict[str, Data], new: dict[str, str]) -> dict[str, Data]:
    """A map with other keys in the same order; a leftover under a new key gives way."""
    others = {key: value for key, value in data.items() if key not in new.values() or key in new}
    return {new.get(key, key): value for key, value in others.items()}
