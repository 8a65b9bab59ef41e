"""Deleting a domain."""

from __future__ import annotations

from ddd_lab.files.edit.ids import refuse_unknown_domain
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.edit.refactor._forget import forget
from ddd_lab.files.edit.refactor.delete_flow import listed_flow_refusal
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.models.design import flow_keys_of
from ddd_lab.spec.paths import usual


def delete_domain(workspace: Workspace, domain: str, *, with_flows: bool = False) -> None:
    """Delete a domain, and what the system, maps and other domains say about it, as one step."""
    refuse_unknown_domain(workspace, domain)
    flows = flow_keys_of(workspace.design, domain)
    if flows and not with_flows:
        raise listed_flow_refusal([key.partition("/")[2] for key in flows], domain)
    name = workspace.design.domains[domain].name or domain
    changes = ChangeSet(workspace, f"delete {name}")
    folder = f"specs/domains/{domain}/"
    paths = {path for path in changes.paths if usual(path).startswith(folder)}
    for path in paths:
        changes.refuse_broken(path)
    listed = {key for key in changes.known.flows if key.partition("/")[0] == domain}
    forget(changes, flows=listed, domains={domain}, paths=paths)
    for path in paths:
        changes.remove(path)
    changes.make()
