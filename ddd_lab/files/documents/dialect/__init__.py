"""How a flow is written down: the guide's dialect, its companion's, and the later format's.

``read_flow`` turns a file's data into the model whatever its dialect; ``write_flow`` turns the
difference between two models back into the file's data, in the shapes that the file uses.
"""

from __future__ import annotations

from ddd_lab.files.documents.dialect.read import FlowReading, read_flow
from ddd_lab.files.documents.dialect.same import same_flow, same_node
from ddd_lab.files.documents.dialect.shape import FlowShape, NodeShape
from ddd_lab.files.documents.dialect.write import write_flow

__all__ = [
    "FlowReading",
    "FlowShape",
    "NodeShape",
    "read_flow",
    "same_flow",
    "same_node",
    "write_flow",
]
