"""Runs as lists show them; those that are over are worked out once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

from ddd_lab.build.runs import Run, runs

from ..launching import terminal_of
from ..wire import RunBrief
from .terminals import ServerTerminals

SHOWN = 50
NEVER_BEGAN = "its terminal was closed before Claude Code began"
_Mark: TypeAlias = tuple[tuple[str, int, int], ...]


class Briefs:
    """The runs of a project, in short.

    Args:
        root: the project's folder.
        terminals: of the server.
    """

    def __init__(self, root: Path, terminals: ServerTerminals) -> None:
        self._root = root
        self._terminals = terminals
        self._known: dict[str, tuple[_Mark, RunBrief]] = {}

    def newest(self) -> list[RunBrief]:
        """The newest runs, the very newest first."""
        return [self.of(run) for run in runs(self._root)[:SHOWN]]

    def of(self, run: Run) -> RunBrief:
        """One run."""
        mark = _mark(run.folder)
        known = self._known.get(run.id)
        if known is None or known[0] != mark or known[1].alive:
            known = self._known[run.id] = (mark, _brief(run))
        brief = known[1]
        if not brief.terminal or self._terminals.has(brief.terminal):
            return brief
        gone: dict[str, str] = {"terminal": ""}
        if brief.state == "prompt_ready":
            gone |= {"state": "failed", "why": NEVER_BEGAN}
        return brief.model_copy(update=gone)


def _mark(folder: Path) -> _Mark:
    """What changes whenever something is written to a run's folder."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries if entry.is_file()]
    except OSError:
        return ()
    return tuple(sorted((name, status.st_mtime_ns, status.st_size) for name, status in found))


def _brief(run: Run) -> RunBrief:
    about = run.about
    state, why = run.standing
    return RunBrief(
        id=run.id,
        title=str(about.get("title", "")),
        flows=list(run.flows),
        schemas=list(run.schemas),
        kind=run.kind,
        mode="update" if about.get("mode") == "update" else "new",
        state=state,
        why=why,
        created_at=str(about.get("created_at", "")),
        turns=run.turns,
        alive=run.alive,
        confirmed=run.confirmed,
        terminal=terminal_of(run),
    )
