"""Runs of Claude Code: each a folder in ``.ddd/runs``, so that no restart of anything loses one."""

from ddd_lab.build.runs.record import Run, RunError, active_runs, find_run, runs
from ddd_lab.build.runs.standing import State
from ddd_lab.build.runs.starting import new_run

__all__ = ["Run", "RunError", "State", "active_runs", "find_run", "new_run", "runs"]
