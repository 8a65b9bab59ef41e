"""A project as the tree in the sidebar shows it."""

from __future__ import annotations

import hashlib

from ddd_lab.files.disk.paths import schema_of
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.implementation.sources import schema_stem
from ddd_lab.implementation.staleness import Sync
from ddd_lab.lab.protocol.panel import ProjectState
from ddd_lab.lab.protocol.tree import Tree, TreeFlow, TreeRow, TreeSchema, TreeWanted
from ddd_lab.lab.server.problem_check import ProblemTotals, ShownTree
from ddd_lab.lab.server.project_cache import OpenProject
from ddd_lab.lab.server.state import project_state
from ddd_lab.spec.paths import domain_file


def changed_tree(project: OpenProject, request: TreeWanted) -> Tree | None:
    """The tree of a project; None where it is known."""
    state = project_state(project, watched=True)
    totals = project.problem_check.totals(state)
    shown = project.shown_tree
    if shown is None or shown.state is not state or shown.totals is not totals:
        with project.as_seen() as sync:
            tree = _tree(sync, state, totals)
        rev = hashlib.sha256(tree.as_json().encode()).hexdigest()[:16]
        shown = ShownTree(state, totals, tree.model_copy(update={"rev": rev}))
        project.shown_tree = shown
    return None if shown.tree.rev == request.rev else shown.tree


def _tree(sync: Sync, state: ProjectState, totals: ProblemTotals | None) -> Tree:
    workspace, totals = sync.workspace, totals or ProblemTotals()
    design = workspace.design
    return Tree(
        rev="",
        root=state.root,
        name=state.name,
        domains=[
            TreeRow(
                key=id,
                name=domain.name or id,
                path=_existing(workspace, domain_file(id)),
                **totals.of(id),
            )
            for id, domain in design.domains.items()
        ],
        flows=[
            TreeFlow(
                key=flow.key,
                name=flow.name,
                path=workspace.flow_path(flow.key),
                agent=flow.agent,
                state=flow.state,
                stale=flow.stale,
                tests=flow.tests,
                running=bool(flow.run),
                **totals.of(flow.key),
            )
            for flow in state.flows
        ],
        schemas=_schemas(workspace, state, totals),
        **totals.all(),
        checked=totals.is_known,
        troubles=[*state.problems, *filter(None, [totals.trouble])],
    )


def _schemas(workspace: Workspace, state: ProjectState, totals: ProblemTotals) -> list[TreeSchema]:
    stale = {schema_stem(workspace, line.key) for line in state.schemas if line.stale}
    models = workspace.design.schemas
    files = {schema_of(path): path for path in sorted(workspace.listing.files)}
    files.pop("", None)
    return [
        TreeSchema(
            key=stem,
            name=(model.name if (model := models.get(stem)) else "") or stem,
            path=path,
            stale=stem in stale,
            **totals.of(path),
        )
        for stem, path in files.items()
    ]


def _existing(workspace: Workspace, path: str) -> str:
    """The path of a file as it is on disk; empty where there is none."""
    return workspace.file_of(path) if workspace.exists(path) else ""
