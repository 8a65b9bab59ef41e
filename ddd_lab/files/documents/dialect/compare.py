"""Whether two flows say the same, whatever order their connections are written in."""

from __future__ import annotations

from ddd_lab.spec.models.flow import Connection, FlowData, NodeData


def comparable(flow: FlowData) -> FlowData:
    """The flow with every node's connections in one fixed order.

    A map of outputs groups the targets of one output, so that order cannot always be written down;
    nothing depends on it. A trigger that leads to the first node says the same whether that is
    written down or not.
    """

    def ordered(node: NodeData) -> NodeData:
        lines = node.connections
        if not lines or len(lines) == 1:
            return node
        fixed = tuple(sorted(lines, key=lambda line: (line.output, line.target, repr(line.extra))))
        return node.model_copy(update={"connections": fixed})

    trigger = flow.trigger
    if trigger is not None and leads_to_the_first(trigger, flow):
        trigger = trigger.model_copy(update={"connections": None})
    return flow.model_copy(
        update={
            "trigger": ordered(trigger) if trigger else None,
            "nodes": tuple(ordered(node) for node in flow.nodes),
        }
    )


def leads_to_the_first(trigger: NodeData, flow: FlowData) -> bool:
    """Whether a trigger's only line is the one that it would have without any."""
    lines = trigger.connections
    if not lines or len(lines) != 1 or not flow.nodes:
        return False
    return lines[0] == Connection(target=flow.nodes[0].id)
