"""Flows and nodes as people hold them in a notebook: live, every change one undoable edit.

A :class:`Flow` or :class:`Node` holds no data of its own: it reads the present version from the
project it belongs to, and writes through it. Two cells, the canvas and a file that changes on disk
therefore always agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ddd_lab.spec.catalogue import node_type, ports, summary
from ddd_lab.spec.edit.nodes import add_node, find
from ddd_lab.spec.edit.rename import rename_node
from ddd_lab.spec.live.flow_edits import FlowEdits, path_words
from ddd_lab.spec.live.flow_host import FlowHost
from ddd_lab.spec.live.read_only import Strict, fixed
from ddd_lab.spec.live.values import LiveMap, detached
from ddd_lab.spec.models.base import Data, Path, Position
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.no_such import no_such
from ddd_lab.spec.references.ref_edits import resolved_settings, set_through
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


class Node(Strict):
    """One node of an open flow, always in its present version.

    Setting an attribute is one step to undo.

    Example:
        >>> node = flow.nodes["find_loan"]
        >>> node.spec.filter = "copy_id = $.copy_id"
        >>> project.undo()
        'set filter of find_loan'
    """

    def __init__(self, flow: Flow, id: str) -> None:
        self._flow = flow
        self._id = id

    @property
    def data(self) -> NodeData:
        """The present version, as a frozen value.

        Raises:
            EditError: the node is no longer there.

        Example:
            >>> before = node.data
            >>> node.label = "Find the loan"
            >>> before.label, node.data.label
            ('Find the open loan', 'Find the loan')
        """
        return find(self._flow.data, self._id)

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
    def spec(self) -> LiveMap:
        """The node's settings; read and set keys as attributes or items, at any depth.

        Example:
            >>> node.spec.operation
            'read'
            >>> node.spec["filter"] = "copy_id = $.copy_id"
            >>> node.spec.filter
            'copy_id = $.copy_id'
        """
        kind = node_type(self.type)
        fields = kind.spec.keys() if kind else None
        return LiveMap(self, ("spec",), fields)

    @spec.setter
    def spec(self, value: Mapping[str, Any]) -> None:
        self._flow.set_value(self._id, ("spec",), value)

    @property
    def extra(self) -> LiveMap:
        """Every other key of the node in its file, live like the spec.

        Example:
            >>> node.extra["owner"] = "priya"
            >>> node.extra["owner"]
            'priya'
        """
        return LiveMap(self, (), None)

    @property
    def resolved(self) -> dict[str, Any]:
        """The settings as they take effect, as plain data: references (``#/tools``) followed.

        Example:
            >>> guide = project.flows["helpdesk/reading-guide"].nodes["reading_agent"]
            >>> guide.spec.config
            {'$ref': '#/agent_config'}
            >>> guide.resolved["temperature"]
            0.6
        """
        settings: dict[str, Any] = detached(resolved_settings(self._flow.data, self._id))
        return settings

    @property
    def yaml(self) -> str:
        """The node's own lines, as saving would write them.

        Example:
            >>> node.yaml.splitlines()[:2]
            ['id: find_loan', 'type: data_store']
        """
        return self._flow.yaml_of(self._id)

    def set_yaml(self, text: str) -> None:
        """Make the node say what edited lines say; another id renames it everywhere.

        Args:
            text: all lines of the node, as :attr:`yaml` gives them.

        Raises:
            EditError: with the line, where the text cannot be read or no node can be so.

        Example:
            >>> node.set_yaml(node.yaml.replace("open loan", "loan"))
            >>> node.label
            'Find the loan'
        """
        self._id = self._flow.set_yaml_of(self._id, text)

    def preview_yaml(self, text: str) -> str:
        """The lines of the file that :meth:`set_yaml` would change.

        Args:
            text: all lines of the node.

        Returns:
            A unified diff; empty where nothing would change.

        Raises:
            EditError: as for :meth:`set_yaml`.

        Example:
            >>> "+    label: Get the" in node.preview_yaml(node.yaml.replace("Find", "Get"))
            True
        """
        return self._flow.preview_yaml_of(self._id, text)

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

    def read(self, path: Path) -> Data:
        """What stands at a path of the node now (for the live values)."""
        node = self.data
        data: Data = {"spec": node.spec, **node.extra}
        for step in path:
            data = data[step]
        return data

    def write(self, values: Mapping[Path, Data]) -> None:
        """Set what stands at some paths of the node as one step (for the live values)."""

        def change(flow: FlowData) -> FlowData:
            for path, value in values.items():
                flow = set_through(flow, self._id, path, value)
            return flow

        words = ", ".join(path_words(path) for path in list(values)[:3])
        self._flow.edit(change, f"set {words} of {self._id}")

    def delete(self, path: Path) -> None:
        """Remove what stands at a path of the node (for the live values)."""
        self._flow.unset_value(self._id, path)

    def _repr_html_(self) -> str | None:
        return self._flow._node_html(self._id)

    def __repr__(self) -> str:
        return f"Node({self._id!r}, {visible(self.type)}, label={self.label!r})"
