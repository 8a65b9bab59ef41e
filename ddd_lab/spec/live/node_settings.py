"""The settings of a node and its own lines in the file, live: every change is one undoable edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.edit.nodes import find
from ddd_lab.spec.live.flow_edits import FlowEdits, path_words
from ddd_lab.spec.live.read_only import Strict
from ddd_lab.spec.live.values import LiveMap, detached
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.references.ref_edits import resolved_settings, set_through


class NodeSettings(Strict):
    """A node of an open flow as data: its settings, its other keys and its lines."""

    def __init__(self, flow: FlowEdits, id: str) -> None:
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
    def spec(self) -> LiveMap:
        """The node's settings; read and set keys as attributes or items, at any depth.

        Example:
            >>> node.spec.operation
            'read'
            >>> node.spec["filter"] = "copy_id = $.copy_id"
            >>> node.spec.filter
            'copy_id = $.copy_id'
        """
        kind = node_type(self.data.type)
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
