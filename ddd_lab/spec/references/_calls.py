"""What a flow calls: the flows that its nodes and tools name, each in the place made for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ddd_lab.spec.catalogue import Callee, CallLink, catalogue, keys_of, node_type, values_at
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
        entry: id of the entry that names it, for an agent or a member.
        link: kind of the edge that a map draws to it; none if empty.
        via: what is printed on this edge.
    """

    name: str
    node: str
    path: Path
    how: str
    domain: str = ""
    entry: str = ""
    link: CallLink = ""
    via: str = ""


def calls(flow: FlowData) -> Iterator[Call]:
    """Every flow that a flow calls, in the file's order."""
    for node in flow.all_nodes():
        yield from node_calls(node)
    yield from block_calls(flow)


def node_calls(node: NodeData) -> Iterator[Call]:
    """Every flow that a node calls."""
    kind = node_type(node.type)
    if kind is None:
        return
    for callee in kind.calls:
        yield from _called(callee, node.spec, node.id, ("spec",))
    if "tools" in kind.refers_to:
        yield from _tools(node.spec.get("tools"), node.id, ("spec", "tools"))


def block_calls(flow: FlowData) -> Iterator[Call]:
    """Every flow that the blocks at the top of a flow's file call: its tools and its team."""
    yield from _tools(flow.extra.get("tools"), "", ("tools",))
    for callee in catalogue()["agent_group"].calls:
        yield from _called(callee, mapping(flow.extra.get("agent_group")), "", ("agent_group",))


def led_agents(node: NodeData) -> Iterator[tuple[str, Data]]:
    """The agents that a node leads: the id of each, and what its settings say of it."""
    kind = node_type(node.type)
    for callee in kind.calls if kind else ():
        if callee.how == "agent":
            for _, agent, id in values_at(node.spec, keys_of(callee.key)):
                yield id, agent


def _called(callee: Callee, spec: dict[str, Data], node: str, at: Path) -> Iterator[Call]:
    """The flows that a place in the settings names."""
    via = text(spec.get(callee.via))
    for path, item, entry in values_at(spec, keys_of(callee.key) if callee.key else ()):
        place = (*at, *path)
        if callee.word and (name := text(item)):
            call = Call(name, node, place, callee.how)
        elif (called := _call_in(item, node, place, callee.how)) is not None:
            call = called
        else:
            continue
        yield call._replace(entry=entry, link=callee.link, via=via)


def _call_in(spec: Data, node: str, at: Path, how: str) -> Call | None:
    """The flow that a map of settings names, as a call."""
    name, key = called_flow(spec)
    return Call(name, node, (*at, key), how, text(named(spec, "domain"))) if name else None


def called_flow(spec: Data) -> tuple[str, str]:
    """The flow that a map of settings names, and the key that names it; nothing for none."""
    return next(((name, key) for key in FLOW_KEYS if (name := text(named(spec, key)))), ("", ""))


def _tools(tools: Data, node: str, at: Path) -> Iterator[Call]:
    for _, tool, path in entries(tools):
        inner = named(tool, "spec", "implementation")
        place = (*at, *path, *(("spec",) if inner else ()), "implementation")
        implementation = mapping(inner or named(tool, "implementation"))
        if text(implementation.get("type")) == "sub_flow":
            call = _call_in(implementation, node, place, "sub_flow")
            if call is not None:
                yield call
