"""Edits of the connections of a flow."""

from __future__ import annotations

import contextlib
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
)
from ddd_lab.assist.proposals.model_data import Name, Settings
from ddd_lab.spec.edit.connections import (
    Which,
    find_connection,
    reconnect,
    set_connection,
    unset_connection,
)
from ddd_lab.spec.edit.nodes import EditError, connect, disconnect, find
from ddd_lab.spec.edit.outputs import explicit_connections, same_output
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench

SOURCE = Field(description="Id of the node that it leaves from.")
TARGET = Field(description="Id of the node that it leads to.")


class Connection(Edit):
    """What edits of a connection have in common."""

    flow: Name = FLOW
    source: Name = SOURCE
    target: Name = TARGET

    @property
    def card(self) -> str:
        """The node that it leaves from."""
        return self.source

    def _ends(self, workbench: Workbench) -> str:
        source = name_of(workbench, self.flow, self.source)
        return f"{source} to {name_of(workbench, self.flow, self.target)}"

    def _needed(self) -> tuple[Key, ...]:
        nodes = (("node", self.flow, end) for end in (self.source, self.target) if end)
        return (("flow", self.flow), *nodes)

    def _edge(self, target: str = "") -> Key:
        return ("edge", self.flow, self.source, target or self.target)


class Connect(Connection):
    """Connect an output of a node to another node."""

    op: Literal["connect"] = "connect"
    output: Name = Field(
        "", description="Name of the output, such as success; empty for the first free one."
    )
    settings: Settings = Field(
        default_factory=dict,
        description="What else the connection says (label, condition), as YAML text.",
    )
    kind: ClassVar[Kind] = "add"

    def apply(self, workbench: Workbench) -> None:
        """Connect them."""
        edit_flow(workbench, self.flow, self._connected, self.title(workbench))

    def _connected(self, flow: FlowData) -> FlowData:
        flow = connect(flow, self.source, self.target, self.output or None)
        output = explicit_connections(flow, find(flow, self.source))[-1].output
        for key, value in self.settings.items():
            flow = set_connection(flow, Which(self.source, output, self.target), (key,), value)
        return flow

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        output = f" ({one_line(self.output, 40)})" if self.output else ""
        source = name_of(workbench, self.flow, self.source)
        return f"Connect {source}{output} to {name_of(workbench, self.flow, self.target)}"

    def names(self) -> Names:
        """It needs its ends, and the output that it leaves from."""
        outputs = ("outputs", self.flow, self.source, self.output)
        return Names((*self._needed(), outputs), (self._edge(),))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """Where the output leads."""
        node = node_in(workbench, self.flow, self.source)
        if node is None or not self.output:
            return {}
        flow = workbench.design.flows[self.flow]
        names = same_output(flow, node, self.output)
        lines = explicit_connections(flow, node)
        return {
            f"where {self.output} leads": sorted(
                line.target for line in lines if line.output in names
            )
        }


class Disconnect(Connection):
    """Remove connections of a node: those to one target, of one output, or both."""

    op: Literal["disconnect"] = "disconnect"
    target: Name = Field("", description="Id of the node that they lead to; empty for any.")
    output: Name = Field("", description="Name of the output that they leave from; empty for any.")
    kind: ClassVar[Kind] = "remove"

    def apply(self, workbench: Workbench) -> None:
        """Remove them."""
        edit_flow(
            workbench,
            self.flow,
            lambda flow: disconnect(flow, self.source, self.output or None, self.target or None),
            self.title(workbench),
        )

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        output = f" ({one_line(self.output, 40)})" if self.output else ""
        source = name_of(workbench, self.flow, self.source)
        target = name_of(workbench, self.flow, self.target) if self.target else "all it leads to"
        return f"Disconnect {source}{output} from {target}"

    def names(self) -> Names:
        """It needs the connection, and takes it away."""
        return Names((*self._needed(), self._edge("*")), (self._edge(self.target or "*"),))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """What the connections say."""
        node = node_in(workbench, self.flow, self.source)
        if node is None:
            return {}
        flow = workbench.design.flows[self.flow]
        names = same_output(flow, node, self.output or None)
        return {
            "what the connection says": [
                line.model_dump()
                for line in explicit_connections(flow, node)
                if (not self.output or line.output in names)
                and (not self.target or line.target == self.target)
            ]
        }


class ChangeConnection(Connection):
    """Change a connection: what it says, where it leaves from or where it leads."""

    op: Literal["change_connection"] = "change_connection"
    output: Name = Field("", description="Name of its output; needed where several lead there.")
    new_output: Name = Field("", description="The output that it shall leave from; empty: as now.")
    new_target: Name = Field("", description="Id of the node that it shall lead to; empty: as now.")
    settings: Settings = Field(
        default_factory=dict,
        description="What it says (label, condition), as YAML text to merge; null removes.",
    )

    def apply(self, workbench: Workbench) -> None:
        """Change it."""
        edit_flow(workbench, self.flow, self._changed, self.title(workbench))

    def _changed(self, flow: FlowData) -> FlowData:
        which = self._which()
        for path, value in merged(find_connection(flow, which).extra, self.settings):
            flow = (
                unset_connection(flow, which, path)
                if value is None
                else set_connection(flow, which, path, value)
            )
        if self.new_output or self.new_target:
            flow = reconnect(
                flow, which, output=self.new_output or None, target=self.new_target or None
            )
        return flow

    def _which(self) -> Which:
        return Which(self.source, self.output or None, self.target)

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        if self.new_target:
            aim = name_of(workbench, self.flow, self.new_target)
            return f"Lead the connection from {self._ends(workbench)} to {aim} instead"
        words = ", ".join([*self.settings, *(["output"] if self.new_output else [])])
        return f"Change the connection from {self._ends(workbench)}: {one_line(words, 60)}"

    def names(self) -> Names:
        """It needs the connection, its ends and its new end."""
        aim = [("node", self.flow, self.new_target)] if self.new_target else []
        outputs = ("outputs", self.flow, self.source, self.new_output)
        uses = (*self._needed(), *aim, self._edge(), *([outputs] if self.new_output else []))
        return Names(uses, (self._edge(), self._edge(self.new_target or self.target)))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """What the connection says, and where it leads."""
        node = node_in(workbench, self.flow, self.source)
        if node is None:
            return {}
        flow = workbench.design.flows[self.flow]
        line = find_connection(flow, self._which())
        ends = {"where it leads": line.target} if self.new_target or self.new_output else {}
        return ends | basis_of(line.extra, self.settings)

    def subject(self, workbench: Workbench) -> Data:
        """What the connection says, and its ends."""
        flow = workbench.design.flows.get(self.flow)
        if flow is None or self.source not in flow.by_id:
            return None
        for output in dict.fromkeys((self.output, self.new_output)):
            for target in dict.fromkeys((self.target, self.new_target or self.target)):
                with contextlib.suppress(EditError):
                    line = find_connection(flow, Which(self.source, output or None, target))
                    return {"output": line.output, "target": line.target, **line.extra}
        return None
