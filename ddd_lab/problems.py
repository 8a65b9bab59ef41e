"""All problems of a project, worked out again only where something changed."""

from __future__ import annotations

from .checks import check_design, check_flow
from .files.places import file_problems, problem_of
from .files.workspace import Workspace
from .spec.flow import FlowData
from .spec.problem import Problem

_ORDER = {"error": 0, "warning": 1, "info": 2}


class ProblemBook:
    """What files and rules say about a project, remembered by the version of each flow."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._flows: dict[str, tuple[FlowData, list[Problem]]] = {}

    def all(self) -> list[Problem]:
        """Every problem, by path, then line, then severity."""
        found = list(file_problems(self._workspace))
        keys = list(self._workspace.design.flows)
        for gone in self._flows.keys() - set(keys):
            del self._flows[gone]
        for key in keys:
            found += self.of_flow(key)
        found += self.of_design()
        return sorted(
            found, key=lambda p: (p.path, p.line, _ORDER[p.severity], p.column, p.rule, p.message)
        )

    def of_flow(self, key: str) -> list[Problem]:
        """What the rules for a single flow say about one."""
        flow = self._workspace.design.flows[key]
        known = self._flows.get(key)
        if known is not None and known[0] is flow:
            return known[1]
        # Without the design: what holds the flow against the rest is in ``of_design``, since it
        # changes with other files too.
        found = [problem_of(self._workspace, finding) for finding in check_flow(key, flow)]
        self._flows[key] = (flow, found)
        return found

    def of_design(self) -> list[Problem]:
        """What the rules between flows, for domains and for the whole system say."""
        findings = sorted(
            check_design(self._workspace.design), key=lambda f: (f.place.flow, f.place.file)
        )
        return [problem_of(self._workspace, finding) for finding in findings]
