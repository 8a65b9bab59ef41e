"""New flows: the file, and its entry in the domain, as one undoable step."""

from __future__ import annotations

import datetime

from ddd_lab.files.disk.paths import safe_name
from ddd_lab.files.disk.storage import UnsafePathError
from ddd_lab.files.documents.domain_data import list_flow
from ddd_lab.files.edit.ids import new_id, refuse_unknown_domain
from ddd_lab.files.edit.refactor.add_domain import domain_data
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.catalogue import catalogue
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Data, Position
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from ddd_lab.spec.paths import domain_file

FLOW_TYPES = ("traditional", "agent")


def new_flow(workspace: Workspace, name: str, domain: str, type: str) -> str:
    """Add a flow and list it in its domain; returns its key ``domain/flow``.

    Raises:
        EditError: the name is taken or unusable, or there is no such domain or type.
    """
    if type not in FLOW_TYPES:
        raise EditError(f"a flow is {' or '.join(FLOW_TYPES)}, not {type!r}")
    refuse_unknown_domain(workspace, domain)
    id = new_flow_id(workspace, name, domain)
    flow = _traditional(id, name, domain) if type == "traditional" else _agent(id, name, domain)
    with workspace.step(f"new flow {name}"):
        add_flow(workspace, flow)
    return f"{domain}/{id}"


def new_flow_id(workspace: Workspace, name: str, domain: str) -> str:
    """The id for a new flow of a domain; one that is listed but has no file yet is free.

    Raises:
        EditError: the name is taken or unusable.
    """
    try:
        if domain not in workspace.design.domains:
            safe_name(domain, "domain")
    except UnsafePathError as error:
        raise EditError(str(error)) from None
    files = (key.partition("/") for key in workspace.design.flow_keys)
    return new_id(
        name, "flow", [flow for home, _, flow in files if home == domain], f" in {domain}"
    )


def add_flow(workspace: Workspace, flow: FlowData) -> None:
    """Write a new flow's file, and list it in its domain.

    Raises:
        EditError: the domain's file cannot be read, or its flows are neither a list nor a map.
    """
    label = f"new flow {flow.name}"
    workspace.change({workspace.flow_path(f"{flow.domain}/{flow.id}"): flow}, label)
    if workspace.design.domains[flow.domain].flow(flow.id) is not None:
        return
    path = domain_file(flow.domain)
    entry: dict[str, Data] = {"id": flow.id, "name": flow.name}
    if flow.description:
        entry["description"] = flow.description
    if flow.type != "traditional":
        entry["type"] = flow.type
    workspace.edit_data(
        path,
        lambda data: list_flow(data or domain_data(workspace, flow.domain), entry, path),
        label,
    )


def _traditional(id: str, name: str, domain: str) -> FlowData:
    return _flow(
        id,
        name,
        domain,
        "traditional",
        _trigger(id, Position(100, 200), "done"),
        NodeData(
            id="done",
            type="terminal",
            label="Done",
            position=Position(500, 200),
            spec={"status": 200, "body": {"message": "Success"}},
        ),
    )


def _agent(id: str, name: str, domain: str) -> FlowData:
    loop = NodeData(
        id="agent",
        type="agent_loop",
        label=name,
        position=Position(100, 200),
        spec={
            **catalogue()["agent_loop"].new,
            "tools": [
                {
                    "id": "respond",
                    "name": "respond",
                    "description": "Send the final answer.",
                    "parameters": {"message": {"type": "string", "required": True}},
                    "is_terminal": True,
                }
            ],
        },
        connections=(
            Connection(output="respond", target="answered"),
            Connection(output="error", target="failed"),
        ),
    )
    return _flow(
        id,
        name,
        domain,
        "agent",
        _trigger(id, Position(100, 60), "agent"),
        loop,
        NodeData(
            id="answered",
            type="terminal",
            label="Answered",
            position=Position(100, 480),
            spec={"status": 200, "body": {"message": "$.agent_response"}},
        ),
        NodeData(
            id="failed",
            type="terminal",
            label="Failed",
            position=Position(380, 480),
            spec={"status": 500, "body": {"error": "The agent could not finish."}},
        ),
    )


def _trigger(id: str, position: Position, target: str) -> NodeData:
    return NodeData(
        id="trigger",
        type="trigger",
        declared_id="",
        position=position,
        spec={"type": "http", "method": "POST", "path": f"/api/{id}"},
        connections=(Connection(target=target),),
    )


def _flow(
    id: str, name: str, domain: str, type: str, trigger: NodeData, *nodes: NodeData
) -> FlowData:
    return FlowData(
        id=id,
        name=name.strip(),
        type=type,
        domain=domain,
        trigger=trigger,
        nodes=nodes,
        metadata=new_metadata(),
    )


def new_metadata() -> dict[str, Data]:
    """The metadata of a flow that is begun now."""
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"createdAt": now, "updatedAt": now, "completeness": 10}
