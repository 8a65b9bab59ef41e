"""Edits of the nodes and notes on a flow's sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from ddd_lab.assist.proposals.edit import (
    FLOW,
    Edit,
    Key,
    Kind,
    Names,
    basis_of,
    edit_flow,
    merged,
    name_of,
    node_in,
    refuse_empty,
)
from ddd_lab.assist.proposals.model_data import Name, Prose, Settings
from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.edit.containers import nested
from ddd_lab.spec.edit.insert import retype_node
from ddd_lab.spec.edit.nodes import (
    add_node,
    find,
    remove_nodes,
    set_value,
    unset_value,
)
from ddd_lab.spec.edit.notes import add_note
from ddd_lab.spec.edit.rename import rename_node
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.references.ref_edits import resolved_settings, set_through, unset_through
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench

NODE = Field(description="Id of the node.")
ON_SHEET = "-"
"""Stands for the sheet itself, where a container is asked for."""


class AddNode(Edit):
    """Add a node to a flow. It is not connected yet: add connect edits for that."""

    op: Literal["add_node"] = "add_node"
    flow: Name = FLOW
    node: Name = Field(description="Id of the new node: letters, digits and _, new in the flow.")
    type: Name = Field(description="Type of the node, one of the catalogue, such as process.")
    label: Name = Field("", description="What people read on its card.")
    settings: Settings = Field(
        default_factory=dict,
        description="Its settings (spec) as YAML text; empty for those of a new node of the type.",
    )
    parent: Name = Field("", description="Id of the container to put it into; usually empty.")
    kind: ClassVar[Kind] = "add"

    def apply(self, workbench: Workbench) -> None:
        """Add it."""
        refuse_empty(self, "flow", "node", "type")

        def change(flow: FlowData) -> FlowData:
            flow, node = add_node(
                flow,
                self.type,
                id=self.node,
                label=self.label or None,
                spec=self.settings or None,
            )
            home = "" if self.parent == ON_SHEET else self.parent
            return nested(flow, {node.id: home}) if home else flow

        edit_flow(workbench, self.flow, change, self.title(workbench))

    def title(self, _: Workbench) -> str:
        """What it does."""
        kind = node_type(self.type)
        words = kind.title.lower() if kind else self.type
        return f"Add “{one_line(self.label or self.node, 60)}” ({one_line(words, 40)})"

    def names(self) -> Names:
        """It needs its flow and container, and makes a node."""
        home = [("node", self.flow, self.parent)] if self.parent not in ("", ON_SHEET) else []
        return Names((("flow", self.flow), *home), (("node", self.flow, self.node),))


class ChangeNode(Edit):
    """Change a node: its label, type, settings or container. What is empty stays as it is.

    The trigger of a flow is a node too, with the id that the flow's text gives (usually trigger).
    """

    op: Literal["change_node"] = "change_node"
    flow: Name = FLOW
    node: Name = NODE
    label: Name = Field("", description="The new label.")
    type: Name = Field("", description="The new type; settings that both types have stay.")
    settings: Settings = Field(
        default_factory=dict,
        description="Settings (spec) to set, as YAML text: a map that is merged into the present "
        "one; null removes a setting, a list replaces the whole list.",
    )
    beside: Settings = Field(
        default_factory=dict,
        description="Keys beside the settings (observability, security, log), as YAML text.",
    )
    parent: Name = Field("", description="Id of the container to put it into; - takes it out.")

    def apply(self, workbench: Workbench) -> None:
        """Change it."""
        refuse_empty(self, "flow", "node")
        edit_flow(workbench, self.flow, self._changed, self.title(workbench))

    def _changed(self, flow: FlowData) -> FlowData:
        node = find(flow, self.node)
        if self.type and self.type != node.type:
            flow, _ = retype_node(flow, self.node, self.type)
        if self.label:
            flow = set_value(flow, self.node, ("label",), self.label)
        if self.parent:
            flow = nested(flow, {self.node: "" if self.parent == ON_SHEET else self.parent})
        for path, value in merged(resolved_settings(flow, self.node), self.settings):
            at = ("spec", *path)
            flow = (
                unset_through(flow, self.node, at)
                if value is None
                else set_through(flow, self.node, at, value)
            )
        for path, value in merged(find(flow, self.node).extra, self.beside):
            flow = (
                unset_value(flow, self.node, path)
                if value is None
                else set_value(flow, self.node, path, value)
            )
        return flow

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        changed = [
            *(word for word in ("label", "type") if getattr(self, word)),
            *self.settings,
            *self.beside,
            *(["container"] if self.parent else []),
        ]
        words = one_line(", ".join(changed[:4]), 80) + ("…" if len(changed) > 4 else "")
        return f"Change {name_of(workbench, self.flow, self.node)}: {words}"

    def names(self) -> Names:
        """It needs the node, and may give it other outputs."""
        home = [("node", self.flow, self.parent)] if self.parent not in ("", ON_SHEET) else []
        uses: list[Key] = [("flow", self.flow), ("node", self.flow, self.node), *home]
        return Names(tuple(uses), (("outputs", self.flow, self.node),))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """What it sets."""
        node = node_in(workbench, self.flow, self.node)
        if node is None:
            return {}
        flow = workbench.design.flows[self.flow]
        stands: dict[str, Data] = {}
        if self.label:
            stands["label"] = node.label
        if self.type:
            stands["type"] = node.type
        if self.parent:
            stands["container"] = node.parent
        stands |= basis_of(resolved_settings(flow, self.node), self.settings)
        return stands | basis_of(node.extra, self.beside)

    def subject(self, workbench: Workbench) -> Data:
        """All that the node says of itself."""
        node = node_in(workbench, self.flow, self.node)
        if node is None:
            return None
        own = {"label": node.label, "type": node.type, "container": node.parent}
        return {
            **own,
            **resolved_settings(workbench.design.flows[self.flow], self.node),
            **node.extra,
        }


class DeleteNode(Edit):
    """Delete a node, and the connections that lead to it."""

    op: Literal["delete_node"] = "delete_node"
    flow: Name = FLOW
    node: Name = NODE
    kind: ClassVar[Kind] = "remove"

    def apply(self, workbench: Workbench) -> None:
        """Delete it."""
        edit_flow(
            workbench,
            self.flow,
            lambda flow: remove_nodes(flow, [find(flow, self.node).id]),
            self.title(workbench),
        )

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        return f"Delete {name_of(workbench, self.flow, self.node)}"

    def names(self) -> Names:
        """It needs the node, and takes it away."""
        node = ("node", self.flow, self.node)
        return Names((("flow", self.flow), node), (node,))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """All that the node says, and what leads to it."""
        node = node_in(workbench, self.flow, self.node)
        if node is None:
            return {}
        leading = [
            [edge.source, edge.output]
            for edge in workbench.design.flows[self.flow].edges
            if edge.target == self.node
        ]
        return {
            "what it says": node.model_dump(exclude={"position"}),
            "what leads to it": sorted(leading),
        }


class RenameNode(Edit):
    """Give a node another id, wherever its flow names it. Its label is changed by change_node."""

    op: Literal["rename_node"] = "rename_node"
    flow: Name = FLOW
    node: Name = NODE
    to: Name = Field(description="The new id.")

    def apply(self, workbench: Workbench) -> None:
        """Rename it."""
        edit_flow(
            workbench,
            self.flow,
            lambda flow: rename_node(flow, self.node, self.to),
            self.title(workbench),
        )

    def title(self, _: Workbench) -> str:
        """What it does."""
        return f"Rename the id {one_line(self.node, 60)} to {one_line(self.to, 60)}"

    def names(self) -> Names:
        """It needs the node, and gives it another name."""
        node = ("node", self.flow, self.node)
        return Names((("flow", self.flow), node), (node, ("node", self.flow, self.to)))

    def subject(self, workbench: Workbench) -> Data:
        """The id."""
        return {"id": self.node if node_in(workbench, self.flow, self.node) else self.to}

    def renames(self) -> tuple[Key, Key] | None:
        """The node's old and new name."""
        return ("node", self.flow, self.node), ("node", self.flow, self.to)


class AddNote(Edit):
    """Put a note on the sheet of a flow: a remark for people, which belongs to no node."""

    op: Literal["add_note"] = "add_note"
    flow: Name = FLOW
    text: Prose = Field(description="What it says.")
    kind: ClassVar[Kind] = "add"

    def apply(self, workbench: Workbench) -> None:
        """Add it."""
        refuse_empty(self, "text")
        edit_flow(
            workbench,
            self.flow,
            lambda flow: add_note(flow, self.text)[0],
            self.title(workbench),
        )

    def title(self, _: Workbench) -> str:
        """What it does."""
        return f"Add a note: “{one_line(self.text, 50)}”"

    def names(self) -> Names:
        """It needs its flow."""
        return Names((("flow", self.flow),))
