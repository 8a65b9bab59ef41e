"""What a flow file does by habit: the order of a node's keys, and how it writes no connections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ddd_lab.files.documents.dialect.connections import new_item, write_map
from ddd_lab.files.documents.dialect.read import FlowReading, read_flow
from ddd_lab.files.documents.dialect.shape import GONE
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import NodeData, Vocabulary

_GUIDE_ORDER = ("id", "type", "label", "position", "spec", "connections")
_HANDLES_ORDER = ("id", "type", "position", "connections", "spec", "label", "parentId")


class Habits:
    """The habits of one file, from the nodes that it has."""

    def __init__(self, data: dict[str, Data], reading: FlowReading) -> None:
        self._handles = reading.flow.vocabulary == "handles"
        self._top: list[Any] | None = (
            data.get(reading.shape.top_connections) if reading.shape.top_connections else None
        )
        nodes = data.get("nodes")
        self._entries: list[dict[str, Data]] = [
            entry for entry in (nodes if isinstance(nodes, list) else []) if isinstance(entry, dict)
        ]
        self._order = self._key_order()

    @property
    def uses_top_connections(self) -> bool:
        """Whether the file's connections are in one list at the root."""
        own = any(entry.get("connections") for entry in self._entries)
        return bool(self._top) or (self._top is not None and not own)

    @property
    def uses_lists(self) -> bool:
        """Whether connections are written as lists with handles."""
        return self._handles

    def sample_lines(self) -> list[Data]:
        """Connection entries of the file, to take key names from."""
        lists = [entry.get("connections") for entry in self._entries]
        return [item for value in lists if isinstance(value, list) for item in value]

    def no_lines(self, entry: dict[str, Data] | None = None) -> Data | None:
        """How a node without connections is written: an empty list or map, or no key (None)."""
        empty: Data = [] if self._handles else {}
        others = [other for other in self._entries if other is not entry]
        if any(not other.get("connections", True) for other in others):
            return empty
        silent = any("connections" not in other for other in others)
        return empty if self._handles and not silent and not self._top else None

    def new_entry(self, node: NodeData) -> dict[str, Data]:
        """The entry of a node that the file does not have yet, in the order its nodes have."""
        values: dict[str, Data] = {"id": node.id, "type": node.type, "spec": node.spec}
        if node.type == "trigger" and not self._handles:
            values = {"id": node.id, **node.spec}
        if node.label is not None:
            values["label"] = node.label
        if node.position is not None:
            values["position"] = {"x": node.position.x, "y": node.position.y}
        if node.parent is not None:
            values["parentId"] = node.parent
        lines = node.connections or ()
        connections: Data | None
        if not lines or self.uses_top_connections:
            connections = self.no_lines() if node.connections is not None else None
            if node.type == "trigger" and node.connections == ():
                # Saying nothing would lead to the first node.
                connections = [] if self._handles else {}
        elif self._handles:
            connections = [new_item(line, self.sample_lines()) for line in lines]
        else:
            connections = write_map([(line, None) for line in lines])
        if connections is not None:
            values["connections"] = connections
        values.update(node.extra)
        if node.type == "trigger" and not self._handles:
            return values
        ordered = {key: values.pop(key) for key in self._order if key in values}
        return {**ordered, **values}

    def place(self, entry: dict[str, Data], key: str, value: Data) -> dict[str, Data]:
        """Set, insert or (with the marker for gone) remove a key of a node's entry.

        A new key goes where the file's other nodes have it.
        """
        if value is GONE:
            return {k: v for k, v in entry.items() if k != key}
        if key in entry:
            return {**entry, key: value}
        rank = {name: index for index, name in enumerate(self._order)}
        placed: dict[str, Data] = {}
        done = False
        for present, former in entry.items():
            comes_later = rank.get(present, len(rank)) > rank.get(key, len(rank))
            if not done and comes_later:
                placed[key] = value
                done = True
            placed[present] = former
        if not done:
            placed[key] = value
        return placed

    def _key_order(self) -> list[str]:
        usual = _HANDLES_ORDER if self._handles else _GUIDE_ORDER
        seen: list[str] = []
        for entry in sorted(self._entries[:50], key=len, reverse=True)[:5]:
            previous = -1
            for key in entry:
                if key in seen:
                    previous = seen.index(key)
                else:
                    previous += 1
                    seen.insert(previous, key)
        for index, key in enumerate(usual):
            if key not in seen:
                before = [seen.index(k) for k in usual[:index] if k in seen]
                seen.insert(max(before) + 1 if before else 0, key)
        return seen


def new_entries(nodes: Iterable[NodeData], vocabulary: Vocabulary) -> list[dict[str, Data]]:
    """Entries of nodes in the usual form of a vocabulary: maps of outputs, or lists."""
    blank: dict[str, Data] = {"flow": {}, "nodes": []}
    reading = read_flow(blank, "")
    flow = reading.flow.model_copy(update={"vocabulary": vocabulary})
    habits = Habits(blank, FlowReading(flow, (), reading.shape))
    return [habits.new_entry(node) for node in nodes]
