"""What live objects need of the project that they belong to."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from ddd_lab.spec.models.flow import FlowData


class FlowHost(Protocol):
    """An open project, as flows and nodes see it."""

    def flow_data(self, key: str) -> FlowData:
        """The present version of a flow."""

    def edit_flow(
        self, key: str, change: Callable[[FlowData], FlowData], label: str, token: str = ""
    ) -> FlowData:
        """Make a change one undoable step, and return the new version."""

    def copy_nodes(self, key: str, ids: Collection[str]) -> str:
        """Nodes as text, to be pasted somewhere."""

    def cut_nodes(self, key: str, ids: Collection[str]) -> str:
        """Nodes as text, removed from their flow as one step."""

    def paste_nodes(
        self, key: str, text: str, at: tuple[float, float] | None = None
    ) -> tuple[str, ...]:
        """Add nodes from a text as one step; returns their ids."""

    def node_yaml(self, key: str, id: str) -> str:
        """The lines of a node in its file."""

    def set_node_yaml(self, key: str, id: str, text: str) -> str:
        """Make a node say what edited lines say, as one step; returns its id then."""

    def preview_node_yaml(self, key: str, id: str, text: str) -> str:
        """The lines of the file that this would change, as a unified diff."""
