"""What the tab of the flow map asks."""

from __future__ import annotations

from ddd_lab.gc_pause import gc_paused
from ddd_lab.lab.flow_map.graph import flow_graph, flow_trace
from ddd_lab.lab.flow_map.marks import flow_marks
from ddd_lab.lab.protocol.flow_map import (
    FlowGraph,
    FlowMarks,
    FlowTrace,
    MarksWanted,
    TraceWanted,
)
from ddd_lab.lab.protocol.panel import RootNamed
from ddd_lab.lab.server.errors import NotThereError
from ddd_lab.lab.server.project_cache import OpenProject
from ddd_lab.problems import ProblemBook


@gc_paused()
def graph(project: OpenProject, _: RootNamed) -> FlowGraph:
    """The map of all flows, laid out."""
    with project.fresh() as sync:
        return flow_graph(sync.workspace.design, sync.workspace.name, project.root)


def marks(project: OpenProject, wanted: MarksWanted) -> FlowMarks:
    """How the flows stand."""
    with project.fresh() as sync:
        return flow_marks(wanted.by, sync, ProblemBook(sync.workspace).all)


def followed(project: OpenProject, wanted: TraceWanted) -> FlowTrace:
    """Where a flow leads."""
    with project.fresh() as sync:
        try:
            return flow_trace(sync.workspace.design, wanted.flow, wanted.depth)
        except KeyError as error:
            raise NotThereError(str(error.args[0])) from error
