"""What the spec panel shows of a line on a sheet."""

from __future__ import annotations

from functools import cache

from ddd_lab.canvas.protocol.field_types import JsonObject
from ddd_lab.canvas.protocol.messages import Link, ProblemView
from ddd_lab.canvas.protocol.results import Inspection
from ddd_lab.canvas.session.navigation_history import level_of
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.canvas.source_ranges import extent_of, lines_of
from ddd_lab.canvas.suggestions import suggestions
from ddd_lab.maps.edges import missing_id
from ddd_lab.problems import place_of
from ddd_lab.spec.edit.connections import ConnectionSpec, Which, find_connection
from ddd_lab.spec.edit.nodes import EditError, find
from ddd_lab.spec.edit.outputs import explicit_connections
from ddd_lab.spec.problem import Place, Problem

_HELP = "Leads from an output of one node to the next."
_FIXED = "This line follows from the specs of both ends and is edited there."


def inspect_link(session: CanvasSession, id: str) -> Inspection:
    """What a line says beside its ends, and where in the file.

    Raises:
        EditError: there is no such line on the board.
    """
    link = session.board.links.get(id)
    if link is None:
        raise EditError("this line no longer exists")
    if link.fixed or level_of(session.at) != "flow":
        return Inspection(id=id, kind="link", type=link.kind, type_title="Line", readonly=_FIXED)
    flow = session.workbench.flow_data(session.at)
    source = find(flow, link.source)
    line = find_connection(flow, which(link))
    index = explicit_connections(flow, source).index(line)
    place = Place(flow=session.at, node=link.source)
    path, first, lines = lines_of(session.workbench, place, index)
    return Inspection(
        id=id,
        kind="link",
        type=link.kind,
        type_title="Connection",
        help=_HELP,
        card_schema=_schema(),
        data=line.extra,
        suggestions=suggestions(session.workbench, session.at, _schema()),
        problems=_problems(session, link.source, *extent_of(session.workbench, place, index)),
        yaml=lines,
        path=path,
        line=first,
    )


def which(link: Link) -> Which:
    """The connection that a line on the board stands for."""
    target = "" if link.target == missing_id("") else link.target
    return Which(link.source, link.output, target)


@cache
def _schema() -> JsonObject:
    return ConnectionSpec.model_json_schema()


def _problems(session: CanvasSession, source: str, first: int, last: int) -> list[ProblemView]:
    """The problems of the source that stand in the line's own lines."""
    places = (session.at,)
    mine = (session.at, source)

    def own(problem: Problem) -> bool:
        return (
            place_of(problem, places) == mine and problem.line > 0 and first <= problem.line <= last
        )

    return session.broadcaster.problem_views(own)
