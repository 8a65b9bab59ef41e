"""Preparing a run of a project's flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..events import note_event
from ..fingerprints import digests
from .record import Run, RunError, new_run

if TYPE_CHECKING:
    from ..prompts import Prompt
    from ..staleness import Sync


def prepared(sync: Sync, prompt: Prompt) -> Run:
    """Prepare a run; what starts it is a terminal.

    Args:
        sync: of the project.
        prompt: what Claude Code will be told, looked at (and edited) by a person.

    Raises:
        RunError: a flow is not saved, or a run of it is not over yet.
        OSError: it cannot be written.
    """
    workspace = sync.workspace
    specs: dict[str, bytes] = {}
    for key in prompt.flows:
        path = workspace.flow_path(key)
        document = workspace.document(path)
        if document is None or document.raw is None or document.dirty:
            raise RunError(f"{key} has unsaved changes: save it first, for its code to have a spec")
        specs[key] = document.raw
    run = new_run(workspace.root, prompt, specs)
    for key, raw in specs.items():
        note_event(workspace.root, "run_started", key, run=run.id, spec_hash=digests(raw)[0])
    return run
