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
from ddd_lab.spec.no_such import meant
from ddd_lab.spec.paths import domain_file

FLOW_TYPES = ("traditional", "agent")


def new_flow(workspace: Workspace, name: str, domain: str, type: str) -> str:
    """Add a flow and list it in its domain; returns its key ``domain/flow``."""
    if type not in FLOW_TYPES:
        hint = meant(type, FLOW_TYPES)
        raise EditError(f"the type of a flow is {' or '.join(FLOW_TYPES)}, not {type!r}{hint}")
    refuse_unknown_domain(workspace, domain)
    id = new_flow_id(workspace, name, domain)
    trigger, *nodes = _traditional(id) if type == "traditional" else _agent(id, name)
    flow = FlowData(
        id=id,
        name=name.strip(),
        type=type,
        domain=domain,
        trigger=trigger,
        nodes=tuple(nodes),
        metadata=new_metadata(),
    )
    with workspace.step(f"new flow {name}"):
        add_flow(workspace, flow)
    return f"{domain}/{id}"


def new_flow_id(workspace: Workspace, name: str, domain: str) -> str:
    """The id for a new flow of a domain; one that is listed but has no file yet is free."""
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
    """Write a new flow's file, and list it in its domain."""
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


def _traditional(id: str) -> list[NodeData]:
    end = _terminal("done", "Done", Position(500, 200), 200, {"message": "Success"})
    return [_trigger(id, Position(100, 200), "done"), end]


def _agent(id: str, name: str) -> list[NodeData]:
    tool: dict[str, Data] = {
        "id": "respond",
        "name": "respond",
        "description": "Send the final answer.",
        "parameters": {"message": {"type": "string", "required": True}},
        "is_terminal": True,
    }
    loop = NodeData(
        id="agent",
        type="agent_loop",
        label=name,
        position=Position(100, 200),
        spec={**catalogue()["agent_loop"].new, "tools": [tool]},
        connections=(
            Connection(output="respond", target="answered"),
            Connection(output="error", target="failed"),
        ),
    )
    error = "The agent could not finish."
    return [
        _trigger(id, Position(100, 60), "agent"),
        loop,
        _terminal("answered", "Answered", Position(100, 480), 200, {"message": "$.agent_response"}),
        _terminal("failed", "Failed", Position(380, 480), 500, {"error": error}),
    ]


def _terminal(id: str, label: str, position: Position, status: int, body: Data) -> NodeData:
    spec: dict[str, Data] = {"status": status, "body": body}
    return NodeData(id=id, type="terminal", label=label, position=position, spec=spec)


def _trigger(id: str, position: Position, target: str) -> NodeData:
    return NodeData(
        id="trigger",
        type="trigger",
        declared_id="",
        position=position,
        spec={"type": "http", "method": "POST", "path": f"/api/{id}"},
        connections=(Connection(target=target),),
    )


def new_metadata() -> dict[str, Data]:
    """The metadata of a new flow."""
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"createdAt": now, "updatedAt": now, "completeness": 10}
