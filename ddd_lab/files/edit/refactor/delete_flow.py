"""Deleting a flow."""

from __future__ import annotations

from ddd_lab.files.edit.ids import flow_file_of
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.edit.refactor._events import take_out
from ddd_lab.files.edit.refactor._forget import forget
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.plurals import plural
from ddd_lab.spec.edit.nodes import EditError


def delete_flow(workspace: Workspace, key: str) -> None:
    """Delete a flow, and what domains, maps and lists say about it, as one undo step.

    Flows that call it keep the call, and pages the action: only a person knows what they shall do
    instead, and a problem says so.
    """
    flow = flow_file_of(workspace, key)
    id = key.partition("/")[2]
    changes = ChangeSet(workspace, f"delete {flow.name or id}")
    path = workspace.flow_path(key)
    take_out(changes, key)
    forget(changes, flows={key}, domains=set(), paths={path})
    changes.remove(path)
    changes.make()


def listed_flow_refusal(flows: list[str], domain: str) -> EditError:
    """Why a domain that still has flows is not deleted."""
    shown = ", ".join(flows[:5]) + (f" and {len(flows) - 5} more" if len(flows) > 5 else "")
    return EditError(
        f"{domain} still has {plural(len(flows), 'flow')} ({shown}); move or "
        "delete them first, or delete the domain with_flows=True"
    )
