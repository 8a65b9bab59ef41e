"""What a flow calls: the flows that its nodes and tools name, each in the place made for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.lenient import entries, mapping, named, text
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData, NodeData

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
        known = node_type(node.type)
        kind = known.type if known else node.type
        spec = mapping(node.spec)
        if kind in _CALLERS:
            yield from _CALLERS[kind](node, spec)
        elif kind == "agent_loop":
            yield from _tools(spec.get("tools"), node.id, ("spec", "tools"))
    yield from _tools(flow.extra.get("tools"), "", ("tools",))
    yield from _members("", mapping(flow.extra.get("agent_group")), ("agent_group",))


def called_in(spec: Data, node: str, at: Path, how: str) -> Iterator[Call]:
    """The flow that a map of settings names."""
    for key in FLOW_KEYS:
        if name := text(named(spec, key)):
            yield Call(name, node, (*at, key), how, text(named(spec, "domain")))
            return


def _sub_flow(node: NodeData, spec: dict[str, Data]) -> Iterator[Call]:
    return called_in(spec, node.id, ("spec",), "sub_flow")


def _batch(node: NodeData, spec: dict[str, Data]) -> Iterator[Call]:
    yield from called_in(spec, node.id, ("spec",), "sub_flow")
    at = ("spec", "operation_template")
    yield from called_in(spec.get("operation_template"), node.id, at, "sub_flow")


def _handoff(node: NodeData, spec: dict[str, Data]) -> Iterator[Call]:
    for key, how in (("target", "handoff"), ("source", "source")):
        if name := text(spec.get(key)):
            yield Call(name, node.id, ("spec", key), how)
        yield from called_in(spec.get(key), node.id, ("spec", key), how)
    yield from called_in(spec.get("on_failure"), node.id, ("spec", "on_failure"), "handoff")


def _orchestrator(node: NodeData, spec: dict[str, Data]) -> Iterator[Call]:
    for _, agent, path in entries(spec.get("agents")):
        yield from called_in(agent, node.id, ("spec", "agents", *path), "agent")


def _group(node: NodeData, spec: dict[str, Data]) -> Iterator[Call]:
    return _members(node.id, spec, ("spec",))


def _members(node: str, group: dict[str, Data], at: Path) -> Iterator[Call]:
    for _, member, path in entries(group.get("members")):
        here = (*at, "members", *path)
        if text(member):
            yield Call(text(member), node, here, "member")
        else:
            yield from called_in(member, node, here, "member")


def _tools(tools: Data, node: str, at: Path) -> Iterator[Call]:
    for _, tool, path in entries(tools):
        inner = named(tool, "spec", "implementation")
        here = (*at, *path, *(("spec",) if inner else ()), "implementation")
        implementation = mapping(inner or named(tool, "implementation"))
        if text(implementation.get("type")) == "sub_flow":
            yield from called_in(implementation, node, here, "sub_flow")


_CALLERS: dict[str, Callable[[NodeData, dict[str, Data]], Iterator[Call]]] = {
    "sub_flow": _sub_flow,
    "batch": _batch,
    "handoff": _handoff,
    "orchestrator": _orchestrator,
    "agent_group": _group,
}
