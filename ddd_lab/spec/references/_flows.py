"""Where a flow names other flows, and domains."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.edit.data import get_in
from ddd_lab.spec.lenient import mapping, named, text, walk
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.references._calls import called_flow, calls, led_agents
from ddd_lab.spec.references._name import Known, Name

_NO_NAMES = frozenset({"path", "url", "key", "navigate", "redirect", "href", "endpoint"})
"""Keys whose texts look like ``domain/flow`` at most by chance."""


def flow_names(flow: FlowData, domain: str, known: Known) -> Iterator[Name]:
    """Every place in a flow that names a flow or a domain, each once.

    Args:
        domain: its own domain, which a name without one means.
    """
    seen: set[tuple[str, Path]] = set()
    for name in _all(flow, domain, known):
        if (name.node, name.path) not in seen:
            seen.add((name.node, name.path))
            yield name


def _all(flow: FlowData, domain: str, known: Known) -> Iterator[Name]:
    for call in calls(flow):
        beside = (*call.path[:-1], "domain") if call.domain else ()
        yield meant(call.name, call.path, domain, call.domain, beside, node=call.node)
    for node in flow.all_nodes():
        spec = mapping(node.spec)
        yield from _domains(spec, node.id)
        yield from _routes(flow, node, domain, known)
        yield from _exact(spec, ("spec",), node.id, known)
    for key, value in flow.extra.items():
        yield from _exact(value, (key,), "", known)
    yield from _exact(flow.header, ("flow",), "", known)


def meant(
    word: str, path: Path, own: str, shown: str = "", beside: Path = (), *, node: str = ""
) -> Name:
    """The name that a text is: with its domain in it, beside it, or of the own domain."""
    before, slash, after = word.strip().strip("/").partition("/")
    if slash:
        return Name(path, before, after, whole=True, beside=beside, node=node)
    return Name(path, shown or own, word.strip(), beside=beside, node=node)


def _domains(spec: dict[str, Data], node: str) -> Iterator[Name]:
    """Domains that stand alone, without a flow beside them."""
    for key in ("target", "source"):
        part = spec.get(key)
        if (name := text(named(part, "domain"))) and not called_flow(part)[0]:
            yield Name(("spec", key, "domain"), name, node=node)


def _routes(flow: FlowData, node: NodeData, own: str, known: Known) -> Iterator[Name]:
    """Routes that no node, agent or output of the flow explains, but a flow of the domain does."""
    kind = node_type(node.type)
    targets = [target for target in kind.targets if target.names != "node"] if kind else []
    if not targets:
        return
    agents = {id for other in flow.nodes for id, agent in led_agents(other) if not text(agent)}
    names = {*flow.by_id, *agents, *(line.output for line in node.connections or ())}
    for target in targets:
        for word, path, _ in target.words(node.spec):
            if word not in names and f"{own}/{word}" in known.flows:
                yield Name(("spec", *path), own, word, node=node.id)


def _exact(data: Data, at: Path, node: str, known: Known) -> Iterator[Name]:
    """Texts that are the key of a flow, wherever they stand."""
    for path, value in walk(data):
        if isinstance(value, str) and value in known.flows and not _NO_NAMES & {*path[-1:]}:
            beside = _beside(data, path)
            yield meant(value, (*at, *path), "", "", (*at, *beside) if beside else (), node=node)


def _beside(data: Data, path: Path) -> Path:
    place = (*path[:-1], "domain")
    parent = get_in(data, path[:-1])
    return place if isinstance(parent, dict) and text(parent.get("domain")) else ()
