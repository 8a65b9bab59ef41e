"""Which flows name a flow or a domain: what deleting it would leave for a person to decide."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ddd_lab.files.disk.paths import flow_key
from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.data import show_path
from ddd_lab.spec.models.base import Path
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.references import Name


@dataclass(frozen=True)
class Reference:
    """A place in a flow that names another flow, or a domain."""

    flow: str  # key of the flow that names it
    node: str  # id of the node whose settings do; empty for the flow's own
    what: str  # the setting in words, such as ``spec.flow_ref``


def references_in_flows(
    workspace: Workspace, flows: Collection[str] = (), domains: Collection[str] = ()
) -> list[Reference]:
    """Where flows name some flows and domains, or flows of these domains."""
    changes = ChangeSet(workspace, "look")

    def meant(name: Name) -> bool:
        domain = name.domain or changes.known.home(name.flow)
        return domain in domains or f"{domain}/{name.flow}" in flows

    references: dict[tuple[str, str, Path], Reference] = {}
    for path in changes.paths:
        key = flow_key(path)
        own = key in flows or key.partition("/")[0] in domains
        if not key or own or not isinstance(changes.data(path), FlowData):
            continue
        for name in changes.names(path):
            if meant(name):
                references[key, name.node, name.path] = Reference(
                    key, name.node, show_path(name.path)
                )
    return list(references.values())
