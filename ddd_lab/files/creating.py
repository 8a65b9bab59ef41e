"""New flows: the file, and its entry in the domain, as one undoable step."""

from __future__ import annotations

import datetime
import re

from ddd_lab.spec.base import Data, Position
from ddd_lab.spec.catalogue import catalogue
from ddd_lab.spec.data import set_in
from ddd_lab.spec.design import domain_file
from ddd_lab.spec.edits import EditError
from ddd_lab.spec.flow import Connection, FlowData, NodeData

from .paths import UnsafePathError, safe_name
from .workspace import Workspace

FLOW_TYPES = ("traditional", "agent")


def new_flow(workspace: Workspace, name: str, domain: str, type: str) -> str:
    """Add a flow and list it in its domain; returns its key ``domain/flow``.

    Raises:
        EditError: the name is taken or unusable, or there is no such domain or type.
    """
    if type not in FLOW_TYPES:
        raise EditError(f"a flow is {' or '.join(FLOW_TYPES)}, not {type!r}")
    if domain not in workspace.design.domains:
        known = ", ".join(workspace.design.domains) or "none yet"
        raise EditError(f"there is no domain {domain!r}; known are {known}")
    try:
        safe_name(domain, "domain")
        id = safe_name(flow_id(name), "flow")
    except UnsafePathError as error:
        raise EditError(f"{name!r} gives no usable id: {error}") from None
    key = f"{domain}/{id}"
    path = workspace.flow_path(key)
    listed = workspace.design.domains[domain].flow(id)
    if workspace.exists(path):
        raise EditError(f"there is already a flow {key}; choose another name")
    flow = _traditional(id, name, domain) if type == "traditional" else _agent(id, name, domain)
    with workspace.step(f"new flow {name}"):
        workspace.change({path: flow}, f"new flow {name}")
        if listed is None:
            _list_in_domain(workspace, domain, flow)
    return key


def flow_id(name: str) -> str:
    """The id for a flow's name: lower case, words joined by dashes (the guide's rule)."""
    return re.sub(r"[^a-z0-9_]+", "-", name.strip().lower()).strip("-")


def _list_in_domain(workspace: Workspace, domain: str, flow: FlowData) -> None:
    path = domain_file(domain)
    entry: dict[str, Data] = {"id": flow.id, "name": flow.name, "description": flow.description}
    if flow.type != "traditional":
        entry["type"] = flow.type

    def listed(data: Data) -> Data:
        if not data:
            model = workspace.design.domains[domain]
            data = {"domain": {"name": domain, "description": model.description, "flows": []}}
        root: tuple[str, ...] = ("domain",) if isinstance(data.get("domain"), dict) else ()
        inner = data["domain"] if root else data
        flows = inner.get("flows") or []
        if isinstance(flows, dict):
            rest = {k: v for k, v in entry.items() if k != "id"}
            return set_in(data, (*root, "flows", flow.id), rest)
        if not isinstance(flows, list):
            raise EditError(f"“flows” in {path} is neither a list nor a map; mend it first")
        return set_in(data, (*root, "flows"), [*flows, entry])

    workspace.edit_data(path, listed, f"list {flow.id} in {domain}")


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
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return FlowData(
        id=id,
        name=name.strip(),
        type=type,
        domain=domain,
        trigger=trigger,
        nodes=nodes,
        metadata={"createdAt": now, "updatedAt": now, "completeness": 10},
    )
