"""What the tab of the flow map asks."""

from __future__ import annotations

from ddd_lab.gc_pause import gc_paused
from ddd_lab.lab.flow_map.graph import flow_graph, flow_trace
from ddd_lab.lab.flow_map.marks import by_problems, by_staleness, by_tests
from ddd_lab.lab.flow_map.messages import (
    FlowGraph,
    FlowMarks,
    FlowTrace,
    MarksWanted,
    TraceWanted,
)
from ddd_lab.lab.protocol import RootNamed
from ddd_lab.lab.server.errors import NotThereError
from ddd_lab.lab.server.project_cache import OpenProject
from ddd_lab.lab.server.project_discovery import name_of
from ddd_lab.problems import ProblemBook


@gc_paused()
def graph(project: OpenProject, _: RootNamed) -> FlowGraph:
    """The map of all flows, laid out."""
    with project.fresh() as sync:
        return flow_graph(sync.workspace.design, name_of(sync.workspace), project.root)


def marks(project: OpenProject, wanted: MarksWanted) -> FlowMarks:
    """How the flows stand."""
    with project.fresh() as sync:
        if wanted.by == "problems":
            problems = ProblemBook(sync.workspace).all()
            found = by_problems(problems, sync.workspace.design.flow_keys)
        else:
            found = (by_staleness if wanted.by == "staleness" else by_tests)(sync.flows())
    return FlowMarks(by=wanted.by, marks=found)


def followed(project: OpenProject, wanted: TraceWanted) -> FlowTrace:
    """Where a flow leads."""
    with project.fresh() as sync:
        try:
            return flow_trace(sync.workspace.design, wanted.flow, wanted.depth)
        except KeyError as error:
            raise NotThereError(str(error.args[0])) from error
