"""How large the flow on the sheet is."""

from __future__ import annotations

from ddd_lab.canvas.commands._registry import flow_key, operation
from ddd_lab.canvas.protocol.arguments import Arguments
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.session import CanvasSession


class FlowSize(Message):
    """How many nodes and edges a flow has."""

    nodes: int
    edges: int


@operation("nothing")
def flow_size(session: CanvasSession, _: Arguments) -> FlowSize:
    """Say how many nodes and edges the flow on the sheet has."""
    flow = session.host.flow_data(flow_key(session))
    return FlowSize(nodes=len(flow.nodes) + 1, edges=len(flow.edges))
