"""The shapes in which the parts of a flow occur, found while reading and needed for writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import CROSS_CUTTING_KEYS
from ddd_lab.spec.problem import Place

GONE: Any = object()
"""Marks a key that is to be removed."""
SPEC_KEYS = ("spec", "properties", "config")
TARGET_KEYS = ("targetNodeId", "target", "targetId", "to", "node")
SOURCE_KEYS = ("source", "from", "sourceNodeId")
OUTPUT_KEYS = ("sourceHandle", "handle", "output")
STRUCTURE_KEYS = frozenset(
    {"id", "type", "name", "label", "position", "connections", "parentId", *SPEC_KEYS}
)
HEADER_KEYS = ("id", "name", "type", "domain", "description")

TriggerForm = Literal["none", "flat", "node", "entry", "scalar"]
"""``flat``: the guide's block (``type: http``, ``method``); ``node``: a block shaped like a node;
``entry``: a node of type trigger in the list; ``scalar``: one word or line."""


class NodeShape(NamedTuple):
    """Where one node is and how it is written."""

    path: Path  # tree path of its entry
    # The key that holds its settings; empty where they are beside ``id`` and ``type``.
    spec_key: str = "spec"
    label_key: str = "label"  # the key that holds its label
    lines: tuple[Path, ...] = ()  # tree path of each of its connections, in the model's order


@dataclass(frozen=True, slots=True)
class FlowShape:
    """Where the parts of one flow are in its file."""

    header: Path = ("flow",)  # path of the flow's own block; empty where its keys are at the root
    trigger_form: TriggerForm = "none"  # how the trigger is written
    # Shape of every node, the trigger included, by id.
    nodes: Mapping[str, NodeShape] = field(default_factory=dict)
    top_connections: str = ""  # key of the list of connections at the root, if the file has one

    def tree_path(self, place: Place) -> Path:
        """Path in the file's data for a place in the flow's model."""
        if not place.node:
            path = place.path
            if path[:1] and path[0] in HEADER_KEYS:
                return (*self.header, *path)
            return path
        shape = self.nodes.get(place.node)
        if shape is None:
            return ("nodes",)
        head, rest = place.path[:1], place.path[1:]
        if head == ("spec",):
            return (*shape.path, *((shape.spec_key,) if shape.spec_key else ()), *rest)
        if head == ("label",):
            return (*shape.path, shape.label_key)
        if head == ("parent",):
            return (*shape.path, "parentId")
        return (*shape.path, *place.path)


def spec_key_of(entry: Mapping[str, Data]) -> str:
    """The key that holds a node's settings; empty where they are in the node itself."""
    for key in SPEC_KEYS:
        if isinstance(entry.get(key), dict):
            return key
    loose = entry.keys() - STRUCTURE_KEYS - CROSS_CUTTING_KEYS
    return "" if loose and "spec" not in entry else "spec"


def first_key(entry: Mapping[str, Data], keys: tuple[str, ...]) -> str:
    """The first of some keys that a map has, or the first of all."""
    return next((key for key in keys if key in entry), keys[0])
