"""Which queues this person started: what a queue's own file says of that, anybody may have written.

A queue has a random id, and the ids of this person's queues are kept outside the projects.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

from ddd_lab.implementation.personal_data import (
    person_file_locked,
    read_person_file,
    write_person_file,
)

_FILE = "queues.json"


def is_own_queue(root: Path, id: str) -> bool:
    """Whether this person started the queue of a project.

    Args:
        id: of the queue, as its file says.
    """
    return bool(id) and _kept().get(os.path.realpath(root)) == id


def own_queues() -> list[Path]:
    """The folders of the projects in which this person has started a queue, and not cleared it."""
    return [Path(folder) for folder in sorted(_kept())]


def own_queue(root: Path) -> str:
    """Note that this person starts a queue, or goes on with it; returns the id for its file."""
    id = secrets.token_hex(16)
    _keep(root, id)
    return id


def disown_queue(root: Path) -> None:
    """Note that there is no queue of this person's any more in a project."""
    if os.path.realpath(root) in _kept():
        _keep(root, "")


def _kept() -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError):
        queues = read_person_file(_FILE).get("queues")
        return queues if isinstance(queues, dict) else {}
    return {}


def _keep(root: Path, id: str) -> None:
    with person_file_locked(_FILE):
        queues = {**_kept(), os.path.realpath(root): id}
        entries = {folder: own for folder, own in queues.items() if own}
        write_person_file(_FILE, {"version": 1, "queues": entries})
