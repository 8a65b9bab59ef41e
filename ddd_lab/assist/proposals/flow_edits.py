"""Edits of flows as a whole."""

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
    domain_name,
    edit_flow,
    flow_name,
    merged,
)
from ddd_lab.assist.proposals.model_data import Name, Prose, Settings
from ddd_lab.files.edit.ids import id_of
from ddd_lab.spec.edit.data import NoSuchPathError, unset_in
from ddd_lab.spec.edit.nodes import EditError, set_flow_value
from ddd_lab.spec.edit.notes import KEY as NOTES
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench

DOMAIN = Field(description="Id of the domain.")


class NewFlow(Edit):
    """Add a flow with a trigger and an end, to be filled by further edits.

    Its key is the domain, a slash, and the name in lower case with dashes: “Return a copy” in
    lending is lending/return-a-copy. Its first nodes are trigger, which leads to done (in an agent
    flow to agent). To write a whole new flow at once, use set_flow_yaml instead.
    """

    op: Literal["new_flow"] = "new_flow"
    domain: Name = DOMAIN
    name: Name = Field(description="What people call it.")
    type: Literal["traditional", "agent"] = Field(
        "traditional", description="agent where an agent with tools decides what happens."
    )
    description: Prose = Field("", description="What it is for, in a sentence.")
    kind: ClassVar[Kind] = "add"

    @property
    def flow(self) -> str:
        """The key that it gets."""
        return f"{self.domain}/{id_of(self.name)}"

    @property
    def at(self) -> str:
        """The map that shows it."""
        return self.domain

    def apply(self, workbench: Workbench) -> None:
        """Add it."""
        key = workbench.new_flow(self.name, self.domain, self.type)
        if self.description:
            workbench.describe_flow(key, self.description)

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        home = domain_name(workbench, self.domain)
        return f"New flow “{one_line(self.name, 60)}” in {home}"

    def names(self) -> Names:
        """It needs its domain, and makes a flow."""
        return Names((("domain", self.domain),), (("flow", self.flow),))


class ChangeFlow(Edit):
    """Change what a flow says of itself. What is empty stays as it is."""

    op: Literal["change_flow"] = "change_flow"
    flow: Name = FLOW
    name: Name = Field("", description="What people call it; its id stays.")
    description: Prose = Field("", description="What it is for.")
    type: Name = Field("", description="traditional or agent.")
    settings: Settings = Field(
        default_factory=dict,
        description="Blocks at the top of its file (agent_config, tools, memory, guardrails), as "
        "YAML text: a map that is merged into the present one; null removes a block.",
    )

    def apply(self, workbench: Workbench) -> None:
        """Change it."""
        label = self.title(workbench)
        if self.name or self.type or self.settings:
            edit_flow(workbench, self.flow, self._changed, label)
        if self.description:
            workbench.describe_flow(self.flow, self.description)

    def _changed(self, flow: FlowData) -> FlowData:
        if NOTES in self.settings:
            raise EditError("notes are added with add_note")
        for key in ("name", "type"):
            if value := getattr(self, key):
                flow = set_flow_value(flow, (key,), value)
        for path, value in merged(flow.extra, self.settings):
            if value is not None:
                flow = set_flow_value(flow, path, value)
                continue
            try:
                flow = flow.model_copy(update={"extra": unset_in(flow.extra, path)})
            except NoSuchPathError as error:
                raise EditError(f"the flow: {error}") from None
        return flow

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        changed = [word for word in ("name", "description", "type") if getattr(self, word)]
        words = one_line(", ".join([*changed, *self.settings]), 80)
        return f"Change the flow {flow_name(workbench, self.flow)}: {words}"

    def names(self) -> Names:
        """It needs the flow."""
        return Names((("flow", self.flow),))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """What it sets."""
        flow = workbench.design.flows.get(self.flow)
        if flow is None:
            return {}
        own = {
            word: getattr(flow, word)
            for word in ("name", "description", "type")
            if getattr(self, word)
        }
        return own | basis_of(flow.extra, self.settings)

    def subject(self, workbench: Workbench) -> Data:
        """All that the flow says of itself."""
        flow = workbench.design.flows.get(self.flow)
        if flow is None:
            return None
        own = {"name": flow.name, "description": flow.description, "type": flow.type}
        return {**own, **flow.extra}


class RenameFlow(Edit):
    """Give a flow another name and the id that follows from it, wherever it is named."""

    op: Literal["rename_flow"] = "rename_flow"
    flow: Name = FLOW
    name: Name = Field(description="The new name.")

    def _key(self) -> str:
        return f"{self.flow.partition('/')[0]}/{id_of(self.name)}"

    def apply(self, workbench: Workbench) -> None:
        """Rename it."""
        workbench.rename_flow(self.flow, self.name)

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        return f"Rename the flow {flow_name(workbench, self.flow)} to “{one_line(self.name, 60)}”"

    def names(self) -> Names:
        """It needs the flow, and gives it another name."""
        return Names((("flow", self.flow),), (("flow", self.flow), ("flow", self._key())))

    def renames(self) -> tuple[Key, Key] | None:
        """The flow's old and new key."""
        return ("flow", self.flow), ("flow", self._key())

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """Its name."""
        flow = workbench.design.flows.get(self.flow)
        return {"name": flow.name} if flow is not None else {}


class MoveFlow(Edit):
    """Move a flow to another domain, with its events and everything that names it."""

    op: Literal["move_flow"] = "move_flow"
    flow: Name = FLOW
    domain: Name = Field(description="Id of the domain that it shall belong to.")

    def _key(self) -> str:
        return f"{self.domain}/{self.flow.partition('/')[2]}"

    def apply(self, workbench: Workbench) -> None:
        """Move it."""
        workbench.move_flow(self.flow, self.domain)

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        home = domain_name(workbench, self.domain)
        return f"Move the flow {flow_name(workbench, self.flow)} to {home}"

    def names(self) -> Names:
        """It needs the flow and the domain, and gives the flow another key."""
        needed = (("flow", self.flow), ("domain", self.domain))
        return Names(needed, (("flow", self.flow), ("flow", self._key())))

    def renames(self) -> tuple[Key, Key] | None:
        """The flow's old and new key."""
        return ("flow", self.flow), ("flow", self._key())


class DeleteFlow(Edit):
    """Delete a flow, and what domains and maps say about it. Flows that call it keep the call."""

    op: Literal["delete_flow"] = "delete_flow"
    flow: Name = FLOW
    kind: ClassVar[Kind] = "remove"

    def apply(self, workbench: Workbench) -> None:
        """Delete it."""
        workbench.delete_flow(self.flow)

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        return f"Delete the flow {flow_name(workbench, self.flow)}"

    def names(self) -> Names:
        """It needs the flow, and takes it away."""
        return Names((("flow", self.flow),), (("flow", self.flow),))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """All that it says."""
        flow = workbench.design.flows.get(self.flow)
        return {"what it says": said(flow)} if flow is not None else {}


def said(flow: FlowData) -> Data:
    """All that a flow says, but for positions and notes on its making."""
    data = flow.model_dump(exclude={"metadata"})
    for node in (data["trigger"], *data["nodes"]):
        if node is not None:
            node.pop("position", None)
    return data
