"""One flow as the rules see it: its graph by index, its types and ports, and places in it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from ddd_lab.checks._graph import cycles, reachable
from ddd_lab.checks._spec_edges import SpecLink, spec_links
from ddd_lab.checks._values import Hints
from ddd_lab.spec.catalogue import NodeType, Port, Trait, node_type, ports
from ddd_lab.spec.models.base import Path
from ddd_lab.spec.models.flow import DEFAULT_OUTPUT, FlowData, NodeData
from ddd_lab.spec.models.trigger import TriggerInfo, trigger_info
from ddd_lab.spec.problem import Place

T = TypeVar("T")


class GraphEdge(NamedTuple):
    """A connection that stands in the file, or the implicit one of a bare trigger.

    Attributes:
        source: index of the node it leaves from.
        number: its place among the connections of that node.
        output, target: as in the file.
        to: index of the node it leads to, or None where there is no such node.
    """

    source: int
    number: int
    output: str
    target: str
    to: int | None


class FlowView:
    """A flow with what most rules ask of it, each worked out once.

    Attributes:
        key: ``domain/flow``.
        flow: the flow itself.
        domain: the domain's part of the key.
        hint: gives the known name that is most like one, as a question.
    """

    def __init__(self, key: str, flow: FlowData) -> None:
        self.key = key
        self.flow = flow
        self.domain = key.partition("/")[0]
        self.hint = Hints(50)
        self._derived: dict[str, Any] = {}

    @cached_property
    def nodes(self) -> tuple[NodeData, ...]:
        """Every node, a trigger first; the rules speak of nodes by their index in here."""
        return tuple(self.flow.all_nodes())

    def takes_in(self, number: int) -> bool:
        """Whether a node has a merge key (<<): what it lacks may stand elsewhere."""
        node = self.nodes[number]
        return "<<" in node.extra or "<<" in node.spec

    @cached_property
    def index(self) -> dict[str, int]:
        """Index of a node by its id (of the first, where an id occurs twice)."""
        numbers: dict[str, int] = {}
        for number, node in enumerate(self.nodes):
            numbers.setdefault(node.id, number)
        return numbers

    @cached_property
    def types(self) -> list[NodeType | None]:
        """Declaration of every node's type, None for a type that nobody knows."""
        types = {word: node_type(word) for word in {node.type for node in self.nodes}}
        return [types[node.type] for node in self.nodes]

    @cached_property
    def kinds(self) -> list[str]:
        """Every node's type by the catalogue's word for it; as written where it is unknown."""
        return [
            kind.type if kind else node.type
            for kind, node in zip(self.types, self.nodes, strict=True)
        ]

    def of(self, kinds: Container[str]) -> list[int]:
        """The nodes of some types, first to last; the types by the catalogue's words."""
        groups = [numbers for kind, numbers in self._by_kind.items() if kind in kinds]
        return groups[0] if len(groups) == 1 else sorted(chain.from_iterable(groups))

    @cached_property
    def known(self) -> list[tuple[int, NodeType]]:
        """The nodes of known types, first to last, each with its type."""
        return [(number, kind) for number, kind in enumerate(self.types) if kind is not None]

    def having(self, trait: Trait) -> list[int]:
        """The nodes whose types have a trait, first to last."""
        return [number for number, kind in self.known if trait in kind.traits]

    def has(self, number: int, trait: Trait) -> bool:
        """Whether the type of a node has a trait."""
        kind = self.types[number]
        return kind is not None and trait in kind.traits

    @cached_property
    def _by_kind(self) -> dict[str, list[int]]:
        by_kind: dict[str, list[int]] = {}
        for number, kind in enumerate(self.kinds):
            by_kind.setdefault(kind, []).append(number)
        return by_kind

    @cached_property
    def lines(self) -> list[list[GraphEdge]]:
        """The connections of every node."""
        index = self.index
        lines: list[list[GraphEdge]] = []
        for source, node in enumerate(self.nodes):
            if node.connections is None:
                lines.append(list(self._implicit(source)))
                continue
            lines.append(
                [
                    GraphEdge(source, number, line.output, line.target, index.get(line.target))
                    for number, line in enumerate(node.connections)
                ]
            )
        return lines

    def _implicit(self, source: int) -> Iterator[GraphEdge]:
        """The line of a trigger whose file names none: to the first node."""
        if self.flow.nodes:
            first = self.flow.nodes[0].id
            yield GraphEdge(source, 0, DEFAULT_OUTPUT, first, self.index[first])

    @cached_property
    def spec_links(self) -> list[SpecLink]:
        """Where settings name another node: ``on_block``, ``body_start``, routes and so on."""
        return [
            link
            for number, node in enumerate(self.nodes)
            for link in spec_links(number, self.types[number], node)
        ]

    @cached_property
    def adjacency(self) -> list[list[int]]:
        """Where every node leads: by its connections, and by what its settings name."""
        adjacency = [[line.to for line in lines if line.to is not None] for lines in self.lines]
        for link in self.spec_links:
            target = self.index.get(link.target)
            if target is None:
                continue
            if link.from_target:
                adjacency[target].append(link.source)
            else:
                adjacency[link.source].append(target)
        return adjacency

    @cached_property
    def triggers(self) -> list[int]:
        """Nodes that start the flow."""
        return [number for number, kind in enumerate(self.kinds) if kind == "trigger"]

    @cached_property
    def started_by(self) -> tuple[TriggerInfo, ...]:
        """Everything that starts the flow."""
        return trigger_info(self.flow)

    @cached_property
    def reached(self) -> list[bool]:
        """For every node, whether the trigger leads to it."""
        return reachable(self.adjacency, self.triggers)

    @cached_property
    def led_to(self) -> list[bool]:
        """For every node, whether any line or setting of another node leads to it."""
        led_to = [False] * len(self.nodes)
        for number, targets in enumerate(self.adjacency):
            for target in targets:
                led_to[target] = led_to[target] or target != number
        return led_to

    @cached_property
    def knots(self) -> list[list[int]]:
        """Groups of nodes that lead to one another in a circle."""
        return cycles(self.adjacency)

    def derived(self, name: str, work_out: Callable[[FlowView], T]) -> T:
        """Something else that several rules ask of the flow, worked out once."""
        if name not in self._derived:
            self._derived[name] = work_out(self)
        value: T = self._derived[name]
        return value

    def ports(self, number: int) -> tuple[Port, ...]:
        """The outputs of a node, as the catalogue declares them and its connections use them."""
        return self._ports[number]

    @cached_property
    def _ports(self) -> list[tuple[Port, ...]]:
        return [ports(node, self.flow.vocabulary, self.flow) for node in self.nodes]

    def at(self, number: int, *path: str | int) -> Place:
        """A place in a node, by the node's index; the path is relative to the node."""
        return Place(flow=self.key, node=self.nodes[number].id, path=path)

    def at_line(self, line: GraphEdge) -> Place:
        """The place of a connection."""
        return self.at(line.source, "connections", line.output)

    def at_top(self, *path: str | int) -> Place:
        """A place in the flow's file that lies in no node."""
        return Place(flow=self.key, path=path)

    def at_path(self, number: int, path: Path) -> Place:
        """The same as :meth:`at`, for a path that is at hand as a tuple."""
        return Place(flow=self.key, node=self.nodes[number].id, path=path)

    def like(self, name: str) -> str:
        """A hint at the node whose id is most like a name, or nothing."""
        return self.hint(name, self.index)

    def type_word(self, number: int) -> str:
        """What a message calls a node whose name is no help: its type's title, in lower case."""
        kind = self.types[number]
        return f"{kind.title.lower() if kind else self.nodes[number].type} node".strip()

    def is_made_up(self, number: int) -> bool:
        """Whether the node's id is a stand-in because the file gives none that can serve."""
        return "~" in self.nodes[number].id

    def called(self, number: int) -> str:
        """How a message speaks of a node: its label, and its id where two labels are the same."""
        return self.named(self.nodes[number].id)

    def named(self, id: str) -> str:
        """How a message speaks of the node of an id, if there is one."""
        return self.flow.names.get(id, id)
