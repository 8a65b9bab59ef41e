"""Flows and nodes as people hold them in a notebook: live, every change one undoable edit.

A :class:`Flow` or :class:`Node` holds no data of its own: it reads the present version from the
project it belongs to, and writes through it. Two cells, the canvas and a file that changes on disk
therefore always agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ddd_lab.spec.catalogue import ports, summary
from ddd_lab.spec.edit.nodes import add_node
from ddd_lab.spec.edit.rename import rename_node
from ddd_lab.spec.live.flow_edits import FlowEdits
from ddd_lab.spec.live.flow_host import FlowHost
from ddd_lab.spec.live.node_settings import NodeSettings
from ddd_lab.spec.live.read_only import fixed
from ddd_lab.spec.models.base import Position
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.no_such import no_such
from ddd_lab.tables import Tabular
from ddd_lab.visible import visible

__all__ = ["Flow", "FlowHost", "Node", "Nodes"]

_TO_CONNECT = "use flow.connect(source, target, output) and flow.disconnect(source, output)"


class Flow(FlowEdits):
    """One flow of an open project, always in its present version; every change is one step to undo.

    Attributes:
        key: ``domain/flow``, which names the flow everywhere.

    Example:
        >>> flow = project.flows["lending/return-item"]
        >>> flow
        Flow('lending/return-item', 10 nodes)
    """

    @property
    def trigger(self) -> Node | None:
        """Where the flow starts, or None if its file has no trigger.

        Example:
            >>> flow.trigger.spec.path
            '/api/v1/returns'
        """
        trigger = self.data.trigger
        return Node(self, trigger.id) if trigger else None

    @property
    def nodes(self) -> Nodes:
        """All nodes but the trigger, by id, in the file's order (the trigger is found by id).

        Example:
            >>> list(flow.nodes)[:2]
            ['check_scan', 'find_loan']
            >>> flow.nodes["find_loan"].label
            'Find the open loan'
        """
        return Nodes(self)

    def add_node(
        self,
        type: str,
        *,
        id: str | None = None,
        label: str | None = None,
        spec: Mapping[str, Any] | None = None,
        position: tuple[float, float] | None = None,
        parent: str | None = None,
    ) -> Node:
        """Add a node.

        Args:
            type: a node type of the catalogue, such as ``process``.
            id: how the flow names it; made from the label or the type if left out.
            label: what people read on the card; the type's title if left out.
            spec: its settings; those of a new node of the type if left out.
            position: top left corner in pixels; layout decides if left out.
            parent: id of the container that it lies in.

        Returns:
            The new node.

        Raises:
            EditError: unknown type, taken or malformed id, settings of the wrong type.

        Example:
            >>> flow.add_node("process", id="log_return", label="Log the return")
            Node('log_return', process, label='Log the return')
        """
        nodes: list[NodeData] = []

        def change(flow: FlowData) -> FlowData:
            flow, node = add_node(
                flow, type, id=id, label=label, spec=spec, position=position, parent=parent
            )
            nodes.append(node)
            return flow

        self.edit(change, f"add {label or id or type}")
        return Node(self, nodes[-1].id)

    def rename_node(self, old: str, new: str) -> Node:
        """Give a node another id; everything in the flow that names it follows.

        Args:
            old: its id.
            new: the id that it gets.

        Returns:
            The node.

        Raises:
            EditError: no such node, or the new id is taken or malformed.

        Example:
            >>> flow.rename_node("find_loan", "find_open_loan")
            Node('find_open_loan', data_store, label='Find the open loan')
        """
        self.edit(lambda flow: rename_node(flow, old, new), f"rename {old} to {new}")
        return Node(self, new)

    def _node_html(self, _: str) -> str | None:
        """What a cell shows of a node; nothing here, where there are no pictures."""
        return None

    def __repr__(self) -> str:
        return f"Flow({self.key!r}, {len(self.data.nodes)} nodes)"


class Nodes(Tabular, Mapping[str, "Node"]):
    """The nodes of a flow by id, live; a shell or a cell shows them as a table.

    Example:
        >>> "find_loan" in flow.nodes
        True
    """

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    def __getitem__(self, id: str) -> Node:
        if id not in self._flow.data.by_id:
            raise no_such("node", id, self._flow.data.by_id)
        return Node(self._flow, id)

    def __contains__(self, id: object) -> bool:
        return id in self._flow.data.by_id

    def __iter__(self) -> Iterator[str]:
        return iter([node.id for node in self._flow.data.nodes])

    def __len__(self) -> int:
        return len(self._flow.data.nodes)

    _head = ("node", "type", "label", "settings")
    _empty = "No nodes yet."

    def _rows(self) -> Iterator[Sequence[str]]:
        data = self._flow.data
        for node in data.nodes:
            yield node.id, node.type, node.label or "", summary(node, data)


class Node(NodeSettings):
    """One node of an open flow, always in its present version.

    Setting an attribute is one step to undo.

    Example:
        >>> node = flow.nodes["find_loan"]
        >>> node.spec.filter = "copy_id = $.copy_id"
        >>> project.undo()
        'set filter of find_loan'
    """

    _flow: Flow

    def __init__(self, flow: Flow, id: str) -> None:
        super().__init__(flow, id)

    @property
    def flow(self) -> Flow:
        """The flow that the node belongs to.

        Example:
            >>> node.flow.key
            'lending/return-item'
        """
        return self._flow

    @property
    def id(self) -> str:
        """The node's id; setting it renames the node wherever the flow names it.

        Example:
            >>> node.id = "find_open_loan"
            >>> flow.nodes["check_scan"].connections["valid"]
            ['find_open_loan']
        """
        return self._id

    @id.setter
    def id(self, value: str) -> None:
        self._flow.rename_node(self._id, value)
        self._id = value

    @property
    def type(self) -> str:
        """The node's type as the file writes it.

        Example:
            >>> node.type
            'data_store'
        """
        return self.data.type

    @property
    def label(self) -> str | None:
        """What people read on the card; can be set.

        Example:
            >>> node.label = "Find the loan"
            >>> node.label
            'Find the loan'
        """
        return self.data.label

    @label.setter
    def label(self, value: str | None) -> None:
        self._flow.set_value(self._id, ("label",), value)

    @property
    def position(self) -> Position | None:
        """Top left corner in pixels; None where layout decides. Can be set.

        Example:
            >>> node.position = (660, 60)
            >>> node.position
            Position(x=660, y=60)
        """
        return self.data.position

    @position.setter
    def position(self, value: tuple[float, float]) -> None:
        self._flow.move({self._id: value})

    @property
    def connections(self) -> dict[str, list[str]]:
        """Ids of the targets by name of the output, whatever the file's dialect; read only.

        Example:
            >>> node.connections
            {'success': ['on_loan'], 'failure': ['storage_failed']}
        """
        targets: dict[str, list[str]] = {}
        for edge in self._flow.edges:
            if edge.source == self._id:
                targets.setdefault(edge.output, []).append(edge.target)
        look: dict[str, list[str]] = fixed(targets, _TO_CONNECT)
        return look

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the outputs that the node offers.

        Example:
            >>> node.outputs
            ('success', 'failure')
        """
        flow = self._flow.data
        return tuple(port.name for port in ports(self.data, flow.vocabulary, flow))

    def _repr_html_(self) -> str | None:
        return self._flow._node_html(self._id)

    def __repr__(self) -> str:
        return f"Node({self._id!r}, {visible(self.type)}, label={self.label!r})"
