"""The ways through a flow, found by walking it: no model can forget one."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.implementation.quoting import named
from ddd_lab.spec.models.flow import Edge, FlowData

MOST_PATHS = 60
"""Paths that are listed; a flow with more needs other words than a list."""
_MOST_STEPS = 20_000
"""Steps that the walk may take, so that a knot of loops cannot hold anybody up."""


def flow_paths(flow: FlowData, through: str = "") -> tuple[list[str], bool]:
    """Every way from the trigger to an end, or back to a node that it came by.

    Args:
        flow: to walk.
        through: id of a node that a path has to touch; any path if empty.

    Returns:
        The paths in words (``Order placed → Valid? (true) → Done``), and whether there are more.
    """
    if flow.trigger is None:
        return [], False
    leaving: dict[str, list[Edge]] = {}
    for edge in flow.edges:
        if edge.target in flow.by_id:
            leaving.setdefault(edge.source, []).append(edge)
    found: list[str] = []
    for path in _walk(flow.trigger.id, leaving):
        if path is None:
            return found, True
        if through and all(through not in (edge.source, edge.target) for edge in path):
            continue
        if len(found) == MOST_PATHS:
            return found, True
        found.append(_in_words(flow, path))
    return found, False


def _walk(start: str, leaving: dict[str, list[Edge]]) -> Iterator[tuple[Edge, ...] | None]:
    """Paths depth first; None where the walk was given up."""
    steps = 0
    waiting: list[tuple[tuple[Edge, ...], frozenset[str]]] = [((), frozenset({start}))]
    while waiting:
        path, visited = waiting.pop()
        steps += 1
        if steps > _MOST_STEPS:
            yield None
            return
        here = path[-1].target if path else start
        is_back = len(visited) <= len(path)
        onward = [] if is_back else leaving.get(here, [])
        if onward:
            waiting += [((*path, edge), visited | {edge.target}) for edge in reversed(onward)]
        elif path:
            yield path


def _in_words(flow: FlowData, path: tuple[Edge, ...]) -> str:
    names = flow.names
    visited = {path[0].source}
    words = [named(names.get(path[0].source, path[0].source))]
    for edge in path:
        if edge.output != "next":
            words[-1] += f" ({named(edge.output)})"
        back = "back to " if edge.target in visited else ""
        words.append(back + named(names.get(edge.target, edge.target)))
        visited.add(edge.target)
    return " → ".join(words)
