"""Whether two versions of a flow say the same, found out without copying either.

This runs with every edit and every save, mostly on versions that share nearly all of their nodes.
"""

from __future__ import annotations

from collections.abc import Sequence

from ddd_lab.equality import same
from ddd_lab.spec.models.base import Position
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData

_FLOW_FIELDS = tuple(FlowData.model_fields.keys() - {"trigger", "nodes", "vocabulary"})
_NODE_FIELDS = tuple(NodeData.model_fields.keys() - {"connections", "position"})


def same_flow(one: FlowData, other: FlowData) -> bool:
    """Whether two flows say the same, whatever order their connections are written in.

    A map of outputs groups the targets of one output, so that order cannot always be written down;
    nothing depends on it. A trigger that leads to the first node says the same whether that is
    written down or not. Which names a file gives to outputs shows only where it has some.
    """
    if one is other:
        return True
    return (
        len(one.nodes) == len(other.nodes)
        and all(same(getattr(one, name), getattr(other, name)) for name in _FLOW_FIELDS)
        and (one.vocabulary == other.vocabulary or not _uses_words(one))
        and _same_trigger(one, other)
        and all(same_node(a, b) for a, b in zip(one.nodes, other.nodes, strict=True))
    )


def _uses_words(flow: FlowData) -> bool:
    return any(node.connections for node in flow.all_nodes())


def _same_trigger(one: FlowData, other: FlowData) -> bool:
    first, second = one.trigger, other.trigger
    if first is None or second is None:
        return first is second
    lines = None if leads_to_the_first(first, one) else first.connections
    others = None if leads_to_the_first(second, other) else second.connections
    return _same_settings(first, second) and _same_lines(lines, others)


def same_node(one: NodeData | None, other: NodeData | None) -> bool:
    """Whether two nodes say the same, or neither is there."""
    if one is None or other is None or one is other:
        return one is other
    return _same_settings(one, other) and _same_lines(one.connections, other.connections)


def _same_settings(one: NodeData, other: NodeData) -> bool:
    first, second = one.position, other.position
    if first is not second and (first is None or second is None or not _same_place(first, second)):
        return False
    return all(same(getattr(one, name), getattr(other, name)) for name in _NODE_FIELDS)


def _same_place(first: Position, second: Position) -> bool:
    return same(first.x, second.x) and same(first.y, second.y)


def _same_lines(one: Sequence[Connection] | None, other: Sequence[Connection] | None) -> bool:
    if one is None or other is None:
        return one is other
    if len(one) != len(other):
        return False
    return all(map(_same_line, one, other)) or (
        len(one) > 1 and all(map(_same_line, sorted(one, key=_rank), sorted(other, key=_rank)))
    )


def _same_line(one: Connection, other: Connection) -> bool:
    return one is other or (
        one.target == other.target and one.output == other.output and same(one.extra, other.extra)
    )


def _rank(line: Connection) -> tuple[str, str, str]:
    return (line.output, line.target, repr(line.extra))


def leads_to_the_first(trigger: NodeData, flow: FlowData) -> bool:
    """Whether a trigger's only line is the one that it would have without any."""
    lines = trigger.connections
    if not lines or len(lines) != 1 or not flow.nodes:
        return False
    return lines[0] == Connection(target=flow.nodes[0].id)
