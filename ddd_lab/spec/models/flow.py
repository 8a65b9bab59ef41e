"""A flow as a value: its trigger, its nodes and the connections between them.

Nothing here knows how a flow is written down; ``ddd_lab.files`` reads each dialect into these
models and writes differences back. Every value is frozen: edits (``ddd_lab.spec.edit.nodes``) make
new ones that share whatever they left alone, so that undo is a matter of keeping the old one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field

from ddd_lab.spec.lenient import line
from ddd_lab.spec.models.base import Frozen, Position

Vocabulary = Literal["guide", "handles"]
"""Which names a file gives to outputs: the guide's (``failure``, ``done``) or those of the later
format with connection lists (``error``, unnamed)."""

DEFAULT_OUTPUT = "next"
"""Name of an output that the file leaves unnamed."""

CROSS_CUTTING_KEYS = frozenset({"pattern_governed", "observability", "security", "log"})
"""Keys beside a node's settings that any node may have."""


class Versioned(Frozen):
    """A value with derived values (cached properties), which a changed copy works out anew."""

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields replaced."""
        copy = super().model_copy(update=update, deep=deep)
        for derived in copy.__dict__.keys() - type(copy).model_fields.keys():
            del copy.__dict__[derived]
        return copy


class Connection(Frozen):
    """One line from an output of a node to another node.

    Attributes:
        output: name of the output it leaves from.
        target: id of the node it leads to (which may be missing: a check says so).
        extra: everything else the file says about it (label, data, behavior, condition, ...).
    """

    output: str = DEFAULT_OUTPUT
    target: str
    extra: dict[str, Any] = Field(default_factory=dict)


class NodeData(Versioned):
    """One node.

    Attributes:
        id: unique within the flow. Where the file gives none, or one that is taken, a made-up id
            with a ``~`` stands here and ``declared_id`` tells what the file says.
        type: as written, whether the catalogue knows it or not.
        label: what people read on the card; None where the file has none.
        position: in pixels; None where the file has none and layout decides.
        spec: the settings of the node, keys as in the file.
        connections: outgoing, in the file's order. None only for a trigger whose file names no
            connection at all: it then leads to the first node.
        parent: id of the container the node lies in, if any.
        declared_id: None, or what the file says where that cannot serve as the id.
        extra: all other keys of the node.
    """

    id: str
    type: str
    label: str | None = None
    position: Position | None = None
    spec: dict[str, Any] = Field(default_factory=dict)
    connections: tuple[Connection, ...] | None = ()
    parent: str | None = None
    declared_id: str | None = None
    extra: dict[str, Any] = Field(default_factory=dict)

    @property
    def name(self) -> str:
        """The label, or the id where there is no label."""
        return self.label or self.id

    @cached_property
    def leaving(self) -> tuple[Edge, ...]:
        """Its own connections as edges, made once: versions of a flow share most of their nodes."""
        return tuple(
            Edge(source=self.id, output=line.output, target=line.target, extra=line.extra)
            for line in self.connections or ()
        )


class Edge(Frozen):
    """A connection seen from outside: both ends named.

    Attributes:
        implicit: True for the line from a trigger without connections to the first node, which
            stands in no file.
    """

    source: str
    output: str
    target: str
    extra: dict[str, Any] = Field(default_factory=dict)
    implicit: bool = False


def told_apart(nodes: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """What to call each of some nodes by its id, given the ids and the labels, if any."""
    labels = {id: line(label) or id for id, label in nodes}
    often = Counter(labels.values())
    return {
        id: label if often[label] == 1 or label == id else f"{label} ({id})"
        for id, label in labels.items()
    }


class FlowData(Versioned):
    """One flow.

    Attributes:
        id, name, type, domain, description: the flow's own block; ``type`` is ``traditional`` or
            ``agent`` (or whatever stands in the file, which a check reports).
        vocabulary: which output names the file uses.
        header: the other keys of the flow's block.
        trigger: the entry, or None where the file has none.
        nodes: all other nodes, in the file's order.
        metadata: the metadata block.
        extra: all other top-level keys (``agent_config``, ``tools``, ``agent_group``, ...).
    """

    id: str
    name: str = ""
    type: str = "traditional"
    domain: str = ""
    description: str = ""
    vocabulary: Vocabulary = "guide"
    header: dict[str, Any] = Field(default_factory=dict)
    trigger: NodeData | None = None
    nodes: tuple[NodeData, ...] = ()
    metadata: dict[str, Any] = Field(default_factory=dict)
    extra: dict[str, Any] = Field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, NodeData]:
        """Every node, the trigger included, by id."""
        return {node.id: node for node in self.all_nodes()}

    def all_nodes(self) -> Iterator[NodeData]:
        """The trigger (if any), then the nodes in the file's order."""
        if self.trigger is not None:
            yield self.trigger
        yield from self.nodes

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What a message calls each node: its label, with its id where two labels are the same."""
        return told_apart([(node.id, node.label or node.declared_id) for node in self.all_nodes()])

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every connection, in the file's order, the implicit one of a bare trigger first."""
        edges: list[Edge] = []
        for node in self.all_nodes():
            if node.connections is None:
                if self.nodes:
                    edges.append(
                        Edge(
                            source=node.id,
                            output=DEFAULT_OUTPUT,
                            target=self.nodes[0].id,
                            implicit=True,
                        )
                    )
                continue
            edges.extend(node.leaving)
        return tuple(edges)

    @property
    def is_agent(self) -> bool:
        """Whether the flow is declared as an agent flow."""
        return self.type == "agent"
