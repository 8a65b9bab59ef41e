"""The problems of a project, counted in the background each time that its files have changed."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple, TypedDict

from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.implementation.config import config_problem
from ddd_lab.lab.protocol.panel import ProjectState
from ddd_lab.lab.protocol.tree import Tree
from ddd_lab.lab.server.change_detector import FileTimes
from ddd_lab.lab.server.threads import in_background
from ddd_lab.problems import ProblemBook, place_of
from ddd_lab.spec.problem import Severity

_PATIENCE = 0.2
"""Seconds that an answer waits for the counts of a small design, which needs less."""
_SMALL = 200
"""Flows of a design that is small; the counts of a larger one follow."""


class Totals(TypedDict):
    """Problems of one place; hints are not counted."""

    errors: int
    warnings: int


class ProblemTotals(NamedTuple):
    """How many problems there are.

    Attributes:
        by_place: by flow, domain or else file, and by severity.
        is_known: they were counted.
        trouble: why they could not be counted; empty where they could.
    """

    by_place: Mapping[tuple[str, Severity], int] = {}
    is_known: bool = False
    trouble: str = ""

    def of(self, place: str) -> Totals:
        """Those of a flow, of a domain's own file, or of another file."""
        return {
            "errors": self.by_place.get((place, "error"), 0),
            "warnings": self.by_place.get((place, "warning"), 0),
        }

    def all(self) -> Totals:
        """Those of the whole design."""
        sums: Counter[Severity] = Counter()
        for (_, severity), count in self.by_place.items():
            sums[severity] += count
        return {"errors": sums["error"], "warnings": sums["warning"]}


class ShownTree(NamedTuple):
    """A tree and what it was made from."""

    state: ProjectState
    totals: ProblemTotals | None
    tree: Tree


class ProblemCheck:
    """Counts the problems of a project. Its files are kept in memory: a change is checked alone.

    Args:
        counted: called, in whatever thread, after each count.
    """

    def __init__(self, root: Path, counted: Callable[[], None]) -> None:
        self._root = root
        self._tell = counted
        self._times = FileTimes(root)
        self._lock = threading.Lock()
        self._open: tuple[Workspace, ProblemBook] | None = None
        self._state: ProjectState | None = None
        self._counting: Future[ProblemTotals] | None = None
        self._known: ProblemTotals | None = None

    def totals(self, state: ProjectState) -> ProblemTotals | None:
        """What was counted last; None before the first time.

        Args:
            state: how the project stands; where that is not as at the last count, it is counted
                anew.
        """
        with self._lock:
            if self._counting is None or (self._state is not state and self._counting.done()):
                self._state = state
                self._counting = in_background(self._count)
                self._counting.add_done_callback(lambda _: self._tell())
            counting = self._counting
        with contextlib.suppress(TimeoutError):
            self._known = counting.result(_PATIENCE if len(state.flows) <= _SMALL else 0)
        return self._known

    def _count(self) -> ProblemTotals:
        try:
            return ProblemTotals(self._by_place(), is_known=True)
        except Exception as error:  # noqa: BLE001 - a file may hold anything; the tree is shown
            self._open = None
            words = f"The problems cannot be counted: {error!r}"
            return ProblemTotals(is_known=True, trouble=words)

    def _by_place(self) -> Counter[tuple[str, Severity]]:
        changed = self._times.changed()
        if self._open is None:
            workspace = Workspace(self._root, only_look=True)
            self._open = (workspace, ProblemBook(workspace))
        else:
            self._open[0].take_outside_changes()
            self._open[0].reload(changed)
        workspace, book = self._open
        settings = config_problem(self._root)
        problems = book.all([] if settings is None else [settings])
        flows = frozenset(workspace.design.flow_keys)
        return Counter(
            (place_of(problem, flows)[0] or problem.path, problem.severity) for problem in problems
        )
