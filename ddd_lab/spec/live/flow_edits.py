"""What a live flow says of itself, and the edits that name its nodes by id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ddd_lab.spec.edit.data import show_path
from ddd_lab.spec.edit.nodes import (
    connect,
    disconnect,
    find,
    move_nodes,
    remove_nodes,
    set_flow_value,
    set_value,
    unset_value,
)
from ddd_lab.spec.live.flow_clipboard import FlowClipboard
from ddd_lab.spec.live.read_only import fixed
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import Edge
from ddd_lab.spec.references.ref_edits import set_through, unset_through

_TO_SAY = 'use flow.connection(source, output), such as flow.connection("pay", "next").label = "ok"'


class FlowEdits(FlowClipboard):
    """A flow's own settings, its connections, and the settings of its nodes by path."""

    @property
    def id(self) -> str:
        """The flow's id as its file says it.

        Example:
            >>> flow.id
            'return-item'
        """
        return self.data.id

    @property
    def domain(self) -> str:
        """The domain that the flow's file names.

        Example:
            >>> flow.domain
            'lending'
        """
        return self.data.domain

    @property
    def type(self) -> str:
        """``traditional`` or ``agent``.

        Example:
            >>> flow.type
            'traditional'
        """
        return self.data.type

    @property
    def name(self) -> str:
        """What people call the flow; can be set.

        Example:
            >>> flow.name = "Return a copy"
            >>> flow.name
            'Return a copy'
        """
        return self.data.name

    @name.setter
    def name(self, value: str) -> None:
        self.set(("name",), value)

    @property
    def description(self) -> str:
        """What the flow is for; can be set.

        Example:
            >>> flow.description
            'A copy comes back at any branch, through the desk or the night letterbox.'
        """
        return self.data.description

    @description.setter
    def description(self, value: str) -> None:
        self.set(("description",), value)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every connection, read only: ``source``, ``output``, ``target`` and ``extra``.

        Example:
            >>> [edge.source for edge in flow.edges if edge.target == "storage_failed"]
            ['find_loan', 'close_loan', 'take_back_copy']
        """
        return tuple(
            edge.model_copy(update={"extra": fixed(edge.extra, _TO_SAY)})
            for edge in self.data.edges
        )

    def remove_node(self, *ids: str) -> None:
        """Remove nodes and the connections that lead to them, as one step.

        Args:
            ids: ids of the nodes.

        Raises:
            EditError: one does not exist or is the trigger.

        Example:
            >>> flow.remove_node("was_not_on_loan", "scan_unusable")
            >>> len(flow.nodes)
            8
        """
        names = ", ".join(find(self.data, id).name for id in ids)
        self.edit(lambda flow: remove_nodes(flow, ids), f"remove {names}")

    def connect(self, source: str, target: str, output: str | None = None, **extra: Any) -> None:
        """Connect an output of a node to another node.

        Args:
            source: id of the node that the connection leaves from.
            target: id of the node that it leads to.
            output: name of the output; the first free one if left out.
            extra: what else the connection says, such as ``label="paid"``.

        Raises:
            EditError: a node or output does not exist, or the connection is there already.

        Example:
            >>> node = flow.add_node("process", id="log_return")
            >>> flow.connect("log_return", "returned", "next")
            >>> node.connections
            {'next': ['returned']}
        """
        self.edit(
            lambda flow: connect(flow, source, target, output, extra),
            f"connect {source} to {target}",
        )

    def disconnect(self, source: str, output: str | None = None, target: str | None = None) -> None:
        """Remove connections of a node: all, those of one output, or those to one target.

        Args:
            source: id of the node that they leave from.
            output: name of the output; all if left out.
            target: id of the node that they lead to; all if left out.

        Raises:
            EditError: no connection matches.

        Example:
            >>> flow.disconnect("find_loan", "failure")
            >>> node.connections
            {'success': ['on_loan']}
        """
        self.edit(
            lambda flow: disconnect(flow, source, output, target),
            f"disconnect {source}" + (f" {output}" if output else ""),
        )

    def move(self, places: Mapping[str, tuple[float, float]]) -> None:
        """Put several nodes at positions, as one step.

        Args:
            places: top left corner in pixels by id of the node.

        Raises:
            EditError: a node does not exist or a coordinate is not a number.

        Example:
            >>> flow.move({"find_loan": (660, 60), "on_loan": (960, 60)})
            >>> node.position
            Position(x=660, y=60)
        """
        label = f"move {len(places)} nodes" if len(places) > 1 else f"move {next(iter(places), '')}"
        self.edit(lambda flow: move_nodes(flow, places), label)

    def set(self, path: Path, value: Data) -> None:
        """Set something of the flow itself.

        Args:
            path: keys from the root, such as ``("agent_config", "model")``.
            value: plain data.

        Raises:
            EditError: the path cannot be set this way.

        Example:
            >>> flow.set(("owner",), "priya")
            >>> project.undo()
            'set owner of the flow'
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

        Example:
            >>> flow.set_value("find_loan", ("spec", "retry", "max_attempts"), 3)
            >>> node.spec.retry
            {'max_attempts': 3}
        """
        change = set_through if through_refs else set_value
        self.edit(
            lambda flow: change(flow, node, path, value), f"set {path_words(path)} of {node}", token
        )

    def unset_value(self, node: str, path: Path, *, through_refs: bool = True) -> None:
        """Remove a key or list item of a node, where it lives.

        Args:
            node: id of the node.
            path: such as ``("spec", "filter")``.
            through_refs: follow a reference to a block of the file, as in :meth:`set_value`.

        Raises:
            EditError: nothing is there.

        Example:
            >>> flow.unset_value("find_loan", ("spec", "filter"))
            >>> "filter" in node.spec
            False
        """
        change = unset_through if through_refs else unset_value
        self.edit(lambda flow: change(flow, node, path), f"remove {path_words(path)} of {node}")


def path_words(path: Path) -> str:
    """A path for the undo button: ``retry.max_attempts``."""
    return show_path(path[1:] if len(path) > 1 and path[0] == "spec" else path)
