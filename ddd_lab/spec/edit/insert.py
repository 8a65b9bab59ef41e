"""Putting a node into a connection, and giving a node another type."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue import node_type, ports
from ddd_lab.spec.edit.connections import Which, find_connection, reconnect
from ddd_lab.spec.edit.node_checks import value_errors
from ddd_lab.spec.edit.nodes import EditError, connect, find, no_such_type, replace_node
from ddd_lab.spec.edit.outputs import explicit_connections
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.models.trigger import trigger_info
from ddd_lab.spec.plain_data import word


def insert_node(flow: FlowData, line: Which, node: str) -> FlowData:
    """Put a node between the ends of a connection: it leads on from the node's first free output.

    Raises:
        EditError: there is no such connection, the node is one of its ends, or it ends the flow.
    """
    origin = find(flow, node)
    target = find_connection(flow, line).target
    if node in (line.source, target):
        raise EditError(f"“{origin.name}” is at an end of this line already")
    if not ports(origin, flow.vocabulary, flow):
        raise EditError(f"“{origin.name}” ends the flow, so it cannot be between two nodes")
    flow = reconnect(flow, line, target=node)
    return connect(flow, node, target) if target in flow.by_id else flow


_REQUESTS = ("http", "webhook", "sse", "ws")
"""Kinds of triggers that somebody waits at for an answer."""


def begin_after_output(flow: FlowData, id: str) -> FlowData:
    """Give a new node the settings that suit the output which leads to it."""
    node = find(flow, id)
    kind = node_type(node.type)
    outputs = [edge.output for edge in flow.edges if edge.target == id]
    if kind is None or kind.new_after is None or not outputs:
        return flow
    is_request = any(info.kind in _REQUESTS for info in trigger_info(flow))
    spec = kind.new_after(outputs[0], is_request)
    return flow if spec is None else replace_node(flow, node.model_copy(update={"spec": spec}))


def retype_node(flow: FlowData, id: str, type: str) -> tuple[FlowData, list[str]]:
    """Give a node another type; its label, place and whatever the new type has as well stay.

    Returns:
        The new flow, and in words what of the node the new type does not have.

    Raises:
        EditError: the type is unknown, or this node cannot have it.
    """
    node = find(flow, id)
    kind = node_type(word(type, "the type of a node"))
    if kind is None:
        raise no_such_type(type)
    if node is flow.trigger or not kind.has_input:
        raise EditError("a flow starts at its one trigger, which keeps its type")
    if "container" not in kind.traits and any(other.parent == id for other in flow.nodes):
        raise EditError(f"other nodes are in “{node.name}”; take them out first")
    fields = kind.spec.keys()
    common = {key: value for key, value in node.spec.items() if key in fields}
    bad = value_errors(kind.spec, common)
    spec: dict[str, Any] = {**kind.new, **{k: v for k, v in common.items() if k not in bad}}
    fresh = node_type(node.type)
    defaults = fresh.new if fresh else {}
    dropped = [
        f"the setting {key}"
        for key, value in node.spec.items()
        if (key not in common or key in bad) and defaults.get(key) != value
    ]
    lines = explicit_connections(flow, node)
    changed = node.model_copy(update={"type": type, "spec": spec, "connections": lines})
    outputs = {name for port in kind.ports(changed, flow) for name in port.names()}
    dropped += [
        f"the line from {line.output} to {flow.names.get(line.target, line.target)}"
        for line in lines
        if line.output not in outputs
    ]
    left = tuple(line for line in lines if line.output in outputs)
    return replace_node(flow, changed.model_copy(update={"connections": left})), dropped
