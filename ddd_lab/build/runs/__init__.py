"""Runs of Claude Code: each a folder in ``.ddd/runs``, so that no restart of anything loses one."""

from .record import Run, RunError, active_runs, find_run, runs
from .standing import State
from .starting import new_run

__all__ = ["Run", "RunError", "State", "active_runs", "find_run", "new_run", "runs"]
