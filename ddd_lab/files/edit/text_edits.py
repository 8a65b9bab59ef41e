"""Edits of an open project that go by way of text: the clipboard, and nodes as YAML."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from ddd_lab.files.documents.document import Document, Model
from ddd_lab.plurals import name_or_count
from ddd_lab.spec.edit.clipboard import copy_nodes, paste_nodes
from ddd_lab.spec.edit.nodes import remove_nodes
from ddd_lab.spec.models.flow import FlowData


class Hands(Protocol):
    """The part of a workspace that edits through text."""

    def flow_data(self, key: str) -> FlowData:
        """The present version of a flow."""

    def flow_path(self, key: str) -> str:
        """The path of a flow's file."""

    def document(self, path: str) -> Document | None:
        """The document at a path."""

    def edit_flow(
        self, key: str, change: Callable[[FlowData], FlowData], label: str, token: str = ""
    ) -> FlowData:
        """Change a flow, as one undoable step."""

    def change(
        self,
        models: Mapping[str, Model | None],
        label: str,
        token: str = "",
        *,
        moved: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """Set what files should say, as one undoable step."""

    def copy_nodes(self, key: str, ids: Collection[str]) -> str:
        """Nodes of a flow as YAML text, with the connections among them.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, or there is nothing but the trigger to copy.
        """
        from ddd_lab.files.edit.clipboard import clip_text

        return clip_text(copy_nodes(self.flow_data(key), ids), key)

    def cut_nodes(self, key: str, ids: Collection[str]) -> str:
        """Copy nodes as text, then remove them as one undoable step; the trigger stays.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, or there is nothing but the trigger to cut.
        """
        from ddd_lab.files.edit.clipboard import clip_text

        clip = copy_nodes(self.flow_data(key), ids)
        text = clip_text(clip, key)
        gone = [node.id for node in clip.nodes]
        self.edit_flow(
            key, lambda flow: remove_nodes(flow, gone), f"cut {name_or_count(gone, 'node')}"
        )
        return text

    def paste_nodes(
        self, key: str, text: str, at: tuple[float, float] | None = None
    ) -> tuple[str, ...]:
        """Add nodes from a text to a flow, as one undoable step.

        Args:
            key: ``domain/flow``.
            text: what :meth:`copy_nodes` gave, here or in another project, or nodes out of a file.
            at: pixels of the top left corner of the whole; beside what lies there if left out.

        Returns:
            The ids of the new nodes: their own, or the next free ones.

        Raises:
            KeyError: there is no such flow.
            EditError: the text cannot be read or holds no nodes that can be pasted.
        """
        from ddd_lab.files.edit.clipboard import read_clip

        clip = read_clip(text)
        flow, ids = paste_nodes(self.flow_data(key), clip, at)
        self.edit_flow(key, lambda _: flow, f"paste {name_or_count(ids, 'node')}")
        return ids

    def node_yaml(self, key: str, id: str) -> str:
        """The lines of a node as saving would write them, without the file's indentation.

        Raises:
            KeyError: there is no such flow.
            EditError: there is no such node, or its file cannot be written as it stands.
        """
        from ddd_lab.files.edit.node_yaml import node_yaml

        return node_yaml(self, key, id)

    def set_node_yaml(self, key: str, id: str, text: str) -> str:
        """Make a node say what edited lines say, as one undoable step; returns its id then.

        Raises:
            KeyError: there is no such flow.
            SnippetError: the lines cannot be read or say what no node can be, with the line.
            EditError: there is no such node.
        """
        from ddd_lab.files.edit.node_yaml import flow_with_yaml

        edited = flow_with_yaml(self, key, id, text)
        path = self.flow_path(key)
        texts = {} if edited.base is None else {path: edited.base}
        self.change({path: edited.flow}, f"edit the lines of {id}", texts=texts)
        return edited.id

    def preview_node_yaml(self, key: str, id: str, text: str) -> str:
        """The lines of the file that :meth:`set_node_yaml` would change, as a unified diff.

        Raises:
            KeyError: there is no such flow.
            SnippetError: as for :meth:`set_node_yaml`.
            EditError: there is no such node, or the change cannot be written.
        """
        from ddd_lab.files.edit.node_yaml import preview_yaml

        return preview_yaml(self, key, id, text)
