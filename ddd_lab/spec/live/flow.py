"""Flows and nodes as people hold them in a notebook: live, every change one undoable edit.

A :class:`Flow` or :class:`Node` holds no data of its own: it reads the present version from the
project it belongs to, and writes through it. Two cells, the canvas and a file that changes on disk
therefore always agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ddd_lab.spec.catalogue import node_type, ports
from ddd_lab.spec.edit.data import show_path
from ddd_lab.spec.edit.nodes import (
    add_node,
    connect,
    disconnect,
    find,
    move_nodes,
    remove_nodes,
    set_flow_value,
    set_value,
    unset_value,
)
from ddd_lab.spec.edit.rename import rename_node
from ddd_lab.spec.live.flow_clipboard import FlowClipboard
from ddd_lab.spec.live.host import Host
from ddd_lab.spec.live.read_only import Strict, fixed
from ddd_lab.spec.live.values import LiveMap, detached
from ddd_lab.spec.models.base import Data, Path, Position
from ddd_lab.spec.models.flow import Edge, FlowData, NodeData
from ddd_lab.spec.references.ref_edits import resolved_settings, set_through, unset_through
from ddd_lab.visible import visible

__all__ = ["Flow", "Host", "Node", "Nodes"]

_TO_CONNECT = "use flow.connect(source, target, output) and flow.disconnect(source, output)"
_TO_SAY = 'use flow.connection(source, output), such as flow.connection("pay", "next").label = "ok"'


class Flow(FlowClipboard):
    """One flow of an open project; see also :class:`.flow_clipboard.FlowClipboard`.

    Attributes:
        key: ``domain/flow``, which names the flow everywhere.
    """

    @property
    def id(self) -> str:
        """The flow's id as its file says it."""
        return self.data.id

    @property
    def domain(self) -> str:
        """The domain that the flow's file names."""
        return self.data.domain

    @property
    def type(self) -> str:
        """``traditional`` or ``agent``."""
        return self.data.type

    @property
    def name(self) -> str:
        """What people call the flow."""
        return self.data.name

    @name.setter
    def name(self, value: str) -> None:
        self.set(("name",), value)

    @property
    def description(self) -> str:
        """What the flow is for."""
        return self.data.description

    @description.setter
    def description(self, value: str) -> None:
        self.set(("description",), value)

    @property
    def trigger(self) -> Node | None:
        """Where the flow starts, or None if its file has no trigger."""
        trigger = self.data.trigger
        return Node(self, trigger.id) if trigger else None

    @property
    def nodes(self) -> Nodes:
        """All nodes but the trigger, by id, in the file's order (the trigger is found by id)."""
        return Nodes(self)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every connection, to look at: ``source``, ``output``, ``target`` and ``extra``."""
        return tuple(
            edge.model_copy(update={"extra": fixed(edge.extra, _TO_SAY)})
            for edge in self.data.edges
        )

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
        """Add a node and return it; see :func:`ddd_lab.spec.edit.nodes.add_node`.

        Raises:
            EditError: unknown type, taken or malformed id, settings of the wrong type.
        """
        made: list[NodeData] = []

        def change(flow: FlowData) -> FlowData:
            flow, node = add_node(
                flow, type, id=id, label=label, spec=spec, position=position, parent=parent
            )
            made.append(node)
            return flow

        self.edit(change, f"add {label or id or type}")
        return Node(self, made[-1].id)

    def remove_node(self, *ids: str) -> None:
        """Remove nodes and the connections that lead to them, as one step.

        Raises:
            EditError: one does not exist or is the trigger.
        """
        names = ", ".join(find(self.data, id).name for id in ids)
        self.edit(lambda flow: remove_nodes(flow, ids), f"remove {names}")

    def connect(self, source: str, target: str, output: str | None = None, **extra: Any) -> None:
        """Connect ``source`` to ``target`` from an output (the first free one when left out).

        Raises:
            EditError: a node or output does not exist, or the connection is there already.
        """
        self.edit(
            lambda flow: connect(flow, source, target, output, extra),
            f"connect {source} to {target}",
        )

    def disconnect(self, source: str, output: str | None = None, target: str | None = None) -> None:
        """Remove connections of ``source``: all, those of one output or to one target.

        Raises:
            EditError: no connection matches.
        """
        self.edit(
            lambda flow: disconnect(flow, source, output, target),
            f"disconnect {source}" + (f" {output}" if output else ""),
        )

    def move(self, places: Mapping[str, tuple[float, float]]) -> None:
        """Put several nodes at positions (pixels), as one step.

        Raises:
            EditError: a node does not exist or a coordinate is not a number.
        """
        label = f"move {len(places)} nodes" if len(places) > 1 else f"move {next(iter(places), '')}"
        self.edit(lambda flow: move_nodes(flow, places), label)

    def rename_node(self, old: str, new: str) -> Node:
        """Give a node another id; everything in the flow that names it follows.

        Raises:
            EditError: no such node, or the new id is taken or malformed.
        """
        self.edit(lambda flow: rename_node(flow, old, new), f"rename {old} to {new}")
        return Node(self, new)

    def set(self, path: Path, value: Data) -> None:
        """Set something of the flow itself, for instance ``("agent_config", "model")``.

        Raises:
            EditError: the path cannot be set this way.
        """
        self.edit(lambda flow: set_flow_value(flow, path, value), f"set {path[0]} of the flow")

    def set_value(
        self, node: str, path: Path, value: Data, token: str = "", *, through_refs: bool = True
    ) -> None:
        """Set something of a node by path; steps with the same token become one.

        Args:
            node: id of the node.
            path: such as ``("spec", "retry", "max_attempts")``.
            value: plain data.
            token: of a burst of edits (typing) that is one step.
            through_refs: set it where it lives when the node refers to a block of its file
                (``$ref: "#/agent_config"``), instead of replacing the reference.

        Raises:
            EditError: no such node or path, or a value of the wrong type.
        """
        change = set_through if through_refs else set_value
        self.edit(
            lambda flow: change(flow, node, path, value), f"set {_words(path)} of {node}", token
        )

    def unset_value(self, node: str, path: Path, *, through_refs: bool = True) -> None:
        """Remove a key or list item of a node, where it lives.

        Raises:
            EditError: nothing is there.
        """
        change = unset_through if through_refs else unset_value
        self.edit(lambda flow: change(flow, node, path), f"remove {_words(path)} of {node}")

    def __repr__(self) -> str:
        return f"Flow({self.key!r}, {len(self.data.nodes)} nodes)"


class Nodes(Mapping[str, "Node"]):
    """The nodes of a flow by id, as live objects."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    def __getitem__(self, id: str) -> Node:
        if id not in self._flow.data.by_id:
            raise KeyError(id)
        return Node(self._flow, id)

    def __contains__(self, id: object) -> bool:
        return id in self._flow.data.by_id

    def __iter__(self) -> Iterator[str]:
        return iter([node.id for node in self._flow.data.nodes])

    def __len__(self) -> int:
        return len(self._flow.data.nodes)

    def __repr__(self) -> str:
        return f"Nodes({list(self)})"


class Node(Strict):
    """One node of an open flow; setting an attribute is one undoable edit."""

    def __init__(self, flow: Flow, id: str) -> None:
        self._flow = flow
        self._id = id

    @property
    def data(self) -> NodeData:
        """The present version, as a frozen value.

        Raises:
            EditError: the node is no longer there.
        """
        return find(self._flow.data, self._id)

    @property
    def flow(self) -> Flow:
        """The flow that the node belongs to."""
        return self._flow

    @property
    def id(self) -> str:
        """The node's id; setting it renames the node wherever the flow names it."""
        return self._id

    @id.setter
    def id(self, value: str) -> None:
        self._flow.rename_node(self._id, value)
        self._id = value

    @property
    def type(self) -> str:
        """The node's type as the file writes it."""
        return self.data.type

    @property
    def label(self) -> str | None:
        """What people read on the card."""
        return self.data.label

    @label.setter
    def label(self, value: str | None) -> None:
        self._flow.set_value(self._id, ("label",), value)

    @property
    def position(self) -> Position | None:
        """Where the node lies, in pixels; None where layout decides."""
        return self.data.position

    @position.setter
    def position(self, value: tuple[float, float]) -> None:
        self._flow.move({self._id: value})

    @property
    def spec(self) -> LiveMap:
        """The node's settings; read and set keys as attributes or items, at any depth."""
        kind = node_type(self.type)
        known = kind.spec.keys() if kind else None
        return LiveMap(self, ("spec",), known)

    @spec.setter
    def spec(self, value: Mapping[str, Any]) -> None:
        self._flow.set_value(self._id, ("spec",), value)

    @property
    def extra(self) -> LiveMap:
        """Every other key of the node in its file, live like the spec."""
        return LiveMap(self, (), None)

    @property
    def resolved(self) -> dict[str, Any]:
        """The settings as they take effect, as plain data: references (``#/tools``) followed."""
        settings: dict[str, Any] = detached(resolved_settings(self._flow.data, self._id))
        return settings

    @property
    def yaml(self) -> str:
        """The node's own lines, as saving would write them."""
        return self._flow.yaml_of(self._id)

    def set_yaml(self, text: str) -> None:
        """Make the node say what edited lines say; another id renames it everywhere.

        Raises:
            EditError: with the line, where the text cannot be read or no node can be so.
        """
        self._id = self._flow.set_yaml_of(self._id, text)

    def preview_yaml(self, text: str) -> str:
        """The lines of the file that :meth:`set_yaml` would change, as a unified diff.

        Raises:
            EditError: as for :meth:`set_yaml`.
        """
        return self._flow.preview_yaml_of(self._id, text)

    @property
    def connections(self) -> dict[str, list[str]]:
        """Output name to the ids of its targets, whatever the file's dialect."""
        found: dict[str, list[str]] = {}
        for edge in self._flow.edges:
            if edge.source == self._id:
                found.setdefault(edge.output, []).append(edge.target)
        look: dict[str, list[str]] = fixed(found, _TO_CONNECT)
        return look

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the outputs that the node offers."""
        flow = self._flow.data
        return tuple(port.name for port in ports(self.data, flow.vocabulary, flow))

    def read(self, path: Path) -> Data:
        """What stands at a path of the node now (for the live values)."""
        node = self.data
        data: Data = {"spec": node.spec, **node.extra}
        for step in path:
            data = data[step]
        return data

    def write(self, path: Path, value: Data) -> None:
        """Set what stands at a path of the node (for the live values)."""
        self._flow.set_value(self._id, path, value)

    def write_keys(self, path: Path, values: Mapping[str, Any]) -> None:
        """Set several keys of a map of the node as one step (for the live values)."""

        def change(flow: FlowData) -> FlowData:
            for key, value in values.items():
                flow = set_through(flow, self._id, (*path, key), value)
            return flow

        words = ", ".join(_words((*path, key)) for key in list(values)[:3])
        self._flow.edit(change, f"set {words} of {self._id}")

    def delete(self, path: Path) -> None:
        """Remove what stands at a path of the node (for the live values)."""
        self._flow.unset_value(self._id, path)

    def __repr__(self) -> str:
        return f"Node({self._id!r}, {visible(self.type)}, label={self.label!r})"


def _words(path: Path) -> str:
    """A path for the undo button: ``retry.max_attempts``."""
    return show_path(path[1:] if len(path) > 1 and path[0] == "spec" else path)
