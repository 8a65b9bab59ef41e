"""Runs of Claude Code: each a folder in ``.ddd/runs``, so that no restart of anything loses one."""

from .record import Run, RunError, State, active_runs, find_run, runs
from .starting import new_run

__all__ = ["Run", "RunError", "State", "active_runs", "find_run", "new_run", "runs"]
