"""Runs as lists show them; those that are over are worked out once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ddd_lab.implementation.runs import Run, runs
from ddd_lab.lab.folder_fingerprint import Mark, mark
from ddd_lab.lab.protocol.panel import RunBrief
from ddd_lab.lab.server.terminals import ServerTerminals
from ddd_lab.lab.terminal_commands import terminal_of

SHOWN = 50


class Briefs:
    """The runs of a project, in short."""

    def __init__(self, root: Path, terminals: ServerTerminals) -> None:
        self._root = root
        self._terminals = terminals
        self._known: dict[str, tuple[Mark, RunBrief]] = {}

    def newest(self) -> list[RunBrief]:
        """The newest runs, the very newest first."""
        return [self.of(run) for run in runs(self._root, SHOWN)]

    def of(self, run: Run) -> RunBrief:
        """One run."""
        present = mark(run)
        cached = self._known.get(run.id)
        # One that has not begun yet may have failed a while later, though nothing of it changed.
        if cached is None or cached[0] != present or cached[1].alive or not cached[1].begun:
            cached = self._known[run.id] = (present, _brief(run))
        brief = cached[1]
        if not brief.terminal or self._terminals.has(brief.terminal):
            return brief
        return brief.model_copy(update={"terminal": ""})


def _brief(run: Run) -> RunBrief:
    """One run; one whose files are broken must not hide the others."""
    try:
        return _read(run)
    except Exception as error:  # noqa: BLE001 - whoever wrote its files may have written anything
        return _unreadable(run, f"its files cannot be read: {error!r}")


def _unreadable(run: Run, why: str) -> RunBrief:
    return RunBrief(
        id=run.id,
        title=run.id,
        flows=[],
        schemas=[],
        kind="implement",
        mode="new",
        state="failed",
        why=why,
        created_at=_written(run.created_at),
        turns=0,
        begun=False,
        alive=False,
        confirmed=False,
        terminal="",
    )


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _read(run: Run) -> RunBrief:
    about = run.about
    if not about:
        return _unreadable(run, "its run.json cannot be read")
    state, why = run.status
    return RunBrief(
        id=run.id,
        title=str(about.get("title", "")),
        flows=list(run.flows),
        schemas=list(run.schemas),
        kind=run.kind,
        mode="update" if about.get("mode") == "update" else "new",
        state=state,
        why=why,
        created_at=_written(run.created_at),
        turns=run.turns,
        begun=run.begun,
        alive=run.alive,
        confirmed=run.confirmed,
        terminal=terminal_of(run),
    )
