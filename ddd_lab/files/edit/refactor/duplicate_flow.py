"""Duplicating a flow."""

from __future__ import annotations

from typing import Any

from ddd_lab.files.documents.domain_data import CONSUMES, PUBLISHES, add_wiring, cut_flow, list_flow
from ddd_lab.files.edit.ids import flow_file_of, flow_ids, id_of, new_id, titled
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.edit.refactor._moves import path_of_flow
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.nodes import replace_node
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.models.trigger import trigger_info
from ddd_lab.spec.paths import domain_file


def duplicate_flow(workspace: Workspace, key: str, name: str = "") -> str:
    """Add a copy of a flow to its domain, as one undo step.

    The copy has the same events; an endpoint becomes its own, since two flows cannot answer one
    request.
    """
    flow = flow_file_of(workspace, key)
    domain, _, old = key.partition("/")
    taken = flow_ids(workspace, domain)
    name = name.strip() or _free_name(flow.name or old, taken)
    id = new_id(name, "flow", taken, f" in {domain}")
    called = titled(id) if name == id else name
    changes = ChangeSet(workspace, f"duplicate {flow.name or old}")
    path = workspace.flow_path(key)
    model = _own_endpoint(workspace, flow.model_copy(update={"id": id, "name": called}), old)
    changes.copy(path, path_of_flow(path, f"{domain}/{id}"), model)
    listing = domain_file(domain)
    changes.refuse_broken(listing)
    data = changes.data(listing)
    if data is not None:
        _, parts = cut_flow(data, old)
        if parts.listed is not None:
            data = list_flow(data, {**parts.listed, "id": id, "name": called}, listing)
        for side, wirings in ((PUBLISHES, parts.published), (CONSUMES, parts.consumed)):
            for wiring in wirings:
                own = {k: id if v == old else v for k, v in wiring.items()}
                data = add_wiring(data, side, own, listing)
        changes.put(listing, data)
    changes.make()
    return f"{domain}/{id}"


def _free_name(name: str, taken: set[str]) -> str:
    number = 1
    while id_of(candidate := f"{name} copy" if number == 1 else f"{name} copy {number}") in taken:
        number += 1
    return candidate


def _own_endpoint(workspace: Workspace, flow: FlowData, old: str) -> FlowData:
    """The copy with a path that no other flow answers at."""
    taken = {
        info.path.strip("/")
        for other in workspace.design.flows.values()
        for info in trigger_info(other)
        if info.path
    }
    trigger = flow.trigger
    for path in {info.path for info in trigger_info(flow) if info.path}:
        if trigger is None:
            continue
        new = _free_path(path, old, flow.id, taken)
        trigger = _with_path(trigger, path, new)
    return flow if trigger is None or trigger is flow.trigger else replace_node(flow, trigger)


def _free_path(path: str, old: str, new: str, taken: set[str]) -> str:
    parts = path.rstrip("/").split("/")
    candidate = "/".join(new if part == old else part for part in parts)
    if candidate == path.rstrip("/"):
        candidate = f"{candidate}/{new}"
    number = 1
    free = candidate
    while free.strip("/") in taken:
        number += 1
        free = f"{candidate}-{number}"
    return free


def _with_path(trigger: NodeData, path: str, new: str) -> NodeData:
    def changed(value: Any) -> Any:
        if isinstance(value, str) and (value == path or value.endswith(f" {path}")):
            return value.removesuffix(path) + new
        return [changed(item) for item in value] if isinstance(value, list) else value

    spec = {key: changed(value) for key, value in trigger.spec.items()}
    return trigger.model_copy(update={"spec": spec})
