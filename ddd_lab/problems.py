"""All problems of a project, worked out again only where something changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ddd_lab.checks import IncrementalChecker, check_flow
from ddd_lab.files.disk.paths import domain_of, flow_key
from ddd_lab.files.documents.document import Version
from ddd_lab.files.documents.locations import file_problems, problem_of
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.gc_pause import gc_paused
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.problem import Problem, UnlocatedProblem

ORDER = {"error": 0, "warning": 1, "info": 2}
"""The severities, worst first."""


def place_of(problem: Problem, flows: Iterable[str] = ()) -> tuple[str, str]:
    """Place and card that a problem belongs to; the card is empty where it is none in particular.

    Args:
        flows: keys of all flows, to know them in a problem that stands in another file.
    """
    key = flow_key(problem.path)
    if not key:
        key = problem.where.partition("#")[0]
        if key not in flows:
            return domain_of(problem.path), ""
    rest = problem.where.removeprefix(key)
    return key, rest[1:] if rest.startswith("#") else ""


class _Placed(NamedTuple):
    unlocated: UnlocatedProblem
    version: Version | None
    problem: Problem


class ProblemBook:
    """What files and rules say about a project, remembered by the version of each flow."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._flows: dict[str, tuple[FlowData, list[Problem]]] = {}
        self._checks = IncrementalChecker(workspace.design)
        self._placed: dict[int, _Placed] = {}

    def all(self, others: Iterable[Problem] = ()) -> list[Problem]:
        """Every problem, by path, then line, then severity.

        Args:
            others: what rooms above this one found, to be put among them.
        """
        problems = [*file_problems(self._workspace), *others]
        keys = list(self._workspace.design.flows)
        for removed in self._flows.keys() - set(keys):
            del self._flows[removed]
        with gc_paused():
            for key in keys:
                problems += self.of_flow(key)
            problems += self.of_design()
        return sorted(
            problems,
            key=lambda p: (p.path, p.line, ORDER[p.severity], p.column, p.rule, p.message),
        )

    def of_flow(self, key: str) -> list[Problem]:
        """What the rules for a single flow say about one."""
        flow = self._workspace.design.flows[key]
        cached = self._flows.get(key)
        if cached is not None and cached[0] is flow:
            return cached[1]
        # Without the design: what holds the flow against the rest is in ``of_design``, since it
        # changes with other files too.
        problems = [problem_of(self._workspace, unlocated) for unlocated in check_flow(key, flow)]
        self._flows[key] = (flow, problems)
        return problems

    def of_design(self) -> list[Problem]:
        """What the rules between flows, for domains and for the whole system say."""
        problems = sorted(self._checks.problems(), key=lambda f: (f.place.flow, f.place.file))
        before, self._placed = self._placed, {}
        return [self._problem(unlocated, before.get(id(unlocated))) for unlocated in problems]

    def _problem(self, unlocated: UnlocatedProblem, cached: _Placed | None) -> Problem:
        """A problem with its line, looked up again only where its file changed."""
        path = unlocated.place.file or self._workspace.flow_path(unlocated.place.flow)
        document = self._workspace.document(path)
        version = document.version if document else None
        if cached is None or cached.unlocated is not unlocated or cached.version is not version:
            cached = _Placed(unlocated, version, problem_of(self._workspace, unlocated))
        self._placed[id(unlocated)] = cached
        return cached.problem
