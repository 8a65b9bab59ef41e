"""Whether two flows say the same, whatever order their connections are written in."""

from __future__ import annotations

from ddd_lab.spec.flow import FlowData, NodeData


def comparable(flow: FlowData) -> FlowData:
    """The flow with every node's connections in one fixed order.

    A map of outputs groups the targets of one output, so that order cannot always be written down;
    nothing depends on it.
    """

    def ordered(node: NodeData) -> NodeData:
        lines = node.connections
        if not lines or len(lines) == 1:
            return node
        fixed = tuple(sorted(lines, key=lambda line: (line.output, line.target, repr(line.extra))))
        return node.model_copy(update={"connections": fixed})

    return flow.model_copy(
        update={
            "trigger": ordered(flow.trigger) if flow.trigger else None,
            "nodes": tuple(ordered(node) for node in flow.nodes),
        }
    )
