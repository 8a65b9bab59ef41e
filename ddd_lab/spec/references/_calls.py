"""What a flow calls: the flows that its nodes and tools name, each in the place made for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ddd_lab.spec.catalogue import Callee, catalogue, keys_of, node_type
from ddd_lab.spec.lenient import entries, mapping, named, text
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData

FLOW_KEYS = ("flow_ref", "sub_flow_ref", "flow")
"""Keys under which a map of settings names the flow that it calls, the first one counts."""


class Call(NamedTuple):
    """A flow that another one hands over to.

    Attributes:
        name: as written, ``flow`` or ``domain/flow``.
        node: id of the node that names it; empty for the flow itself.
        path: where, relative to the node, or in the file's data where there is no node.
        how: ``sub_flow``, ``agent``, ``member``, ``handoff`` or ``source`` (of a handoff).
        domain: the domain that is named beside it.
    """

    name: str
    node: str
    path: Path
    how: str
    domain: str = ""


def calls(flow: FlowData) -> Iterator[Call]:
    """Every flow that a flow calls, in the file's order."""
    for node in flow.all_nodes():
        kind = node_type(node.type)
        if kind is None:
            continue
        spec = mapping(node.spec)
        for callee in kind.calls:
            yield from _called(callee, spec, node.id, ("spec",))
        if kind.type == "agent_loop":
            yield from _tools(spec.get("tools"), node.id, ("spec", "tools"))
    yield from _tools(flow.extra.get("tools"), "", ("tools",))
    for callee in catalogue()["agent_group"].calls:
        group = mapping(flow.extra.get("agent_group"))
        yield from _called(callee, group, "", ("agent_group",))


def called_in(spec: Data, node: str, at: Path, how: str) -> Iterator[Call]:
    """The flow that a map of settings names."""
    for key in FLOW_KEYS:
        if name := text(named(spec, key)):
            yield Call(name, node, (*at, key), how, text(named(spec, "domain")))
            return


def _called(callee: Callee, spec: dict[str, Data], node: str, at: Path) -> Iterator[Call]:
    """The flows that a place in the settings names."""
    keys = keys_of(callee.key) if callee.key else ()
    each = keys[-1:] == ("*",)
    keys = keys[:-1] if each else keys
    value = named(spec, *keys)
    for item, path in (
        ((item, path) for _, item, path in entries(value)) if each else ((value, ()),)
    ):
        here = (*at, *keys, *path)
        if callee.word and (name := text(item)):
            yield Call(name, node, here, callee.how)
        else:
            yield from called_in(item, node, here, callee.how)


def _tools(tools: Data, node: str, at: Path) -> Iterator[Call]:
    for _, tool, path in entries(tools):
        inner = named(tool, "spec", "implementation")
        here = (*at, *path, *(("spec",) if inner else ()), "implementation")
        implementation = mapping(inner or named(tool, "implementation"))
        if text(implementation.get("type")) == "sub_flow":
            yield from called_in(implementation, node, here, "sub_flow")
