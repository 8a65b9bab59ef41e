"""Flows and domains of the whole design: added, renamed, duplicated, moved and deleted."""

from __future__ import annotations

from typing import Annotated

from ddd_lab.canvas.commands._registry import CHANGES, design_change, new_place, operation
from ddd_lab.canvas.map_edits import write_places
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.field_types import TypeScript
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.navigation_history import check_place, level_of
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.files.edit.dry_run import FileChange
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.design import flow_keys_of
from ddd_lab.workbench import Workbench

_DIFFS = 40
"""Files whose lines are shown before an operation; of the others only the path."""


class NewDomain(Arguments):
    """What a new domain needs."""

    name: Text
    description: Text = ""


class DomainName(Arguments):
    """A domain and its new name."""

    domain: Text
    name: Text


class DeadDomain(Arguments):
    """A domain to delete, and whether its flows go with it."""

    domain: Text
    with_flows: bool = False


class FlowName(Arguments):
    """A flow and its new name."""

    at: Text
    name: Text


class FlowCopy(Arguments):
    """A flow, and what its copy is called."""

    at: Text
    name: Text = ""


class FlowMove(Arguments):
    """A flow, and the domain that it shall belong to."""

    at: Text
    domain: Text


class Planned(Arguments):
    """A change of the design, and its arguments."""

    change: Annotated[Text, TypeScript("DesignChange")]
    args: Annotated[dict[str, object], TypeScript('Operations[DesignChange]["args"]')]


class Plan(Message):
    """What a change of the design would do to the files."""

    files: list[FileChange]


class ReferenceView(Message):
    """Where a flow names another flow or a domain."""

    at: str
    title: str
    card: str
    what: str


class ReferenceList(Message):
    """What names a flow or a domain, and the titles of the flows that are in the domain."""

    references: list[ReferenceView]
    flows: list[str]


@new_place
def new_domain(workbench: Workbench, new: NewDomain) -> str:
    """Add a domain."""
    return workbench.add_domain(new.name, new.description.strip())


@design_change
def rename_domain(workbench: Workbench, new: DomainName) -> str:
    """Give a domain another name and id, wherever it is named."""
    return workbench.rename_domain(new.domain, new.name)


@design_change
def delete_domain(workbench: Workbench, request: DeadDomain) -> str:
    """Delete a domain; one that has flows only with them."""
    workbench.delete_domain(request.domain, with_flows=request.with_flows)
    return ""


@design_change
def rename_flow(workbench: Workbench, new: FlowName) -> str:
    """Give a flow another name and id, wherever it is named."""
    return workbench.rename_flow(new.at, new.name)


@design_change
def duplicate_flow(workbench: Workbench, new: FlowCopy) -> str:
    """Add a copy of a flow to its domain."""
    return workbench.duplicate_flow(new.at, new.name)


@design_change
def move_flow(workbench: Workbench, moved: FlowMove) -> str:
    """Move a flow to another domain, with its events and everything that names it."""
    return workbench.move_flow(moved.at, moved.domain)


@design_change
def delete_flow(workbench: Workbench, request: args.At) -> str:
    """Delete a flow; what calls it keeps the call."""
    workbench.delete_flow(request.at)
    return ""


@operation("nothing")
def plan(session: CanvasSession, planned: Planned) -> Plan:
    """Say what a change of the design would do to the files, without making it."""
    change = CHANGES.get(planned.change)
    if change is None:
        raise EditError(f"{planned.change} has no preview")
    arguments = change.arguments.model_validate(planned.args)

    def act() -> None:
        if level_of(session.at) != "flow":
            write_places(session)
        change.make(session.workbench, arguments)

    return Plan(files=session.workbench.dry_run(act, diffs=_DIFFS))


@operation("nothing")
def references(session: CanvasSession, place: args.At) -> ReferenceList:
    """Say which flows name a flow or a domain, and which flows are in the domain."""
    check_place(session.workbench.design, place.at)
    flow = level_of(place.at) == "flow"
    references = session.workbench.references_in_flows(
        flows=[place.at] if flow else [], domains=[] if flow else [place.at]
    )
    inside = () if flow else flow_keys_of(session.workbench.design, place.at)
    return ReferenceList(
        references=[
            ReferenceView(
                at=reference.flow,
                title=_flow_title(session.workbench, reference.flow),
                card=reference.node,
                what=reference.what,
            )
            for reference in references
        ],
        flows=[_flow_title(session.workbench, key) for key in inside],
    )


def _flow_title(workbench: Workbench, key: str) -> str:
    flow = workbench.design.flows.get(key)
    return flow.name if flow is not None and flow.name else key
