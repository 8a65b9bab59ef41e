"""Nodes that no file has yet, as entries of a file's list."""

from __future__ import annotations

from collections.abc import Iterable

from ddd_lab.files.documents.dialect.habits import Habits
from ddd_lab.files.documents.dialect.read import FlowReading, read_flow
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import NodeData, Vocabulary


def new_entries(nodes: Iterable[NodeData], vocabulary: Vocabulary) -> list[dict[str, Data]]:
    """Entries of nodes in the usual form of a vocabulary: maps of outputs, or lists."""
    blank: dict[str, Data] = {"flow": {}, "nodes": []}
    reading = read_flow(blank, "")
    flow = reading.flow.model_copy(update={"vocabulary": vocabulary})
    habits = Habits(blank, FlowReading(flow, (), reading.shape))
    return [habits.new_entry(node) for node in nodes]
