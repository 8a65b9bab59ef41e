"""Runs of Claude Code: each a folder in ``.ddd/runs``, so that no restart of anything loses one."""

from ddd_lab.implementation.runs.record import Run, RunError, active_runs, find_run, runs
from ddd_lab.implementation.runs.run_state import State
from ddd_lab.implementation.runs.starting import new_run

__all__ = ["Run", "RunError", "State", "active_runs", "find_run", "new_run", "runs"]
