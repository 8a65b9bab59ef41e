"""What of a project is saved, as its canvases show it."""

from __future__ import annotations

from functools import partial

from ddd_lab.canvas.previews import clashes
from ddd_lab.canvas.protocol.messages import Status
from ddd_lab.files.workspace.merge_conflicts import merge_conflicts
from ddd_lab.workbench import Workbench


def save_status(workbench: Workbench, failed: str, readonly: str) -> Status:
    """What is saved and what is not.

    Args:
        workbench: the project.
        failed: why the last save failed; empty if it did not.
        readonly: why nothing can be saved; empty if it can.
    """
    dirty = sorted(workbench.dirty)
    conflicts = sorted(workbench.conflicts)
    status = partial(
        Status,
        unsaved=dirty,
        undo=workbench.history.undo_label,
        redo=workbench.history.redo_label,
        conflicts=conflicts,
        merging=list(merge_conflicts(workbench)),
    )
    if conflicts:
        lines = "; ".join(f"{path}: {', '.join(clashes(workbench, path))}" for path in conflicts)
        return status(state="conflict", message=f"Changed on disk and here: {lines}.")
    if failed and dirty:
        return status(state="failed", message=failed)
    if readonly:
        return status(state="readonly", message=readonly)
    return status(state="unsaved") if dirty else status()
