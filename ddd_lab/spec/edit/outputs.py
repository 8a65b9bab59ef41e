"""Which output a connection leaves from, and what its node writes down."""

from __future__ import annotations

from collections.abc import Iterable

from ddd_lab.spec.catalogue import Port, node_type, ports
from ddd_lab.spec.models.base import EditError as EditError  # noqa: PLC0414 - people know it from here
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from ddd_lab.spec.no_such import meant


def explicit_connections(flow: FlowData, node: NodeData) -> tuple[Connection, ...]:
    """A node's connections, with the one spelled out that a bare trigger has without saying so."""
    if node.connections is not None:
        return node.connections
    return tuple(
        Connection(output=edge.output, target=edge.target)
        for edge in flow.edges
        if edge.implicit and edge.source == node.id
    )


def output_to_use(flow: FlowData, node: NodeData, wish: str | None) -> str:
    """The name under which a connection leaves from an output, or from the first free one."""
    drawn = ports(node, flow.vocabulary, flow)
    if wish is None:
        used = {line.output for line in node.connections or ()}
        free = [port.name for port in drawn if port.name not in used]
        if not drawn:
            raise EditError(f"{node.id!r} has no outputs: a {node.type} ends the flow")
        return free[0] if free else drawn[0].name
    names = [port.name for port in drawn]
    if wish in names:
        return wish
    for name in same_output(flow, node, wish):
        if name in names:
            return name
    if node_type(node.type) is None:
        return wish
    has = meant(wish, names, f"; it has {', '.join(names) or 'none: it ends the flow'}")
    raise EditError(f"{node.id!r} has no output {wish!r}{has}")


def same_output(flow: FlowData, node: NodeData, output: str | None) -> tuple[str, ...]:
    """Every name that means the same output of a node; the name itself for an unknown one."""
    kind = node_type(node.type)
    declared: Iterable[Port] = kind.ports(node, flow) if kind else ()
    for port in declared:
        if output in port.names():
            return port.names()
    return (output,) if output is not None else ()
