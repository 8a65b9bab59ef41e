"""What a person allowed models to do in a project, remembered outside it.

It is kept in the person's own Jupyter data folder, like trust: nothing that comes with a project
can allow anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.implementation.personal_data import (
    misplaced,
    person_file_locked,
    read_person_file,
    write_person_file,
)

CLOUD = "cloud"
"""To go from a model on this machine to one elsewhere."""
PAID = "paid"
"""To go from a free model to one that costs, or may cost."""
LIMIT = "limit"
"""To go beyond the budget; for one answer only."""
_FILE = "models.json"


def server_leave(entry: ModelEntry) -> str:
    """The leave to send a question, and a key, where a project's settings say."""
    return f"server {entry.provider} {entry.base_url} {entry.api_key_env}"


def remembered(root: Path) -> frozenset[str]:
    """What a person allowed for a project; nothing where that cannot be read."""
    if misplaced(root):
        return frozenset()
    try:
        leaves = _folders(read_person_file(_FILE)).get(os.path.realpath(root))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(leaves) if isinstance(leaves, list) else frozenset()


def remember(root: Path, leaves: Iterable[str]) -> None:
    """Remember what a person allowed for a project. Only a person's act calls this.

    Going beyond the budget is never remembered.

    Raises:
        OSError: it cannot be kept.
    """
    with person_file_locked(_FILE, root):
        try:
            folders, broken = dict(_folders(read_person_file(_FILE))), False
        except (OSError, ValueError):
            folders, broken = {}, True
        allowed = sorted({*remembered(root), *leaves} - {LIMIT})
        folders[os.path.realpath(root)] = allowed
        write_person_file(_FILE, {"version": 1, "folders": folders}, broken=broken)


def forget(root: Path) -> None:
    """Take everything back that a person allowed for a project.

    Raises:
        OSError: it cannot be kept.
    """
    with person_file_locked(_FILE, root):
        try:
            folders = dict(_folders(read_person_file(_FILE)))
        except (OSError, ValueError):
            return
        if folders.pop(os.path.realpath(root), None) is not None:
            write_person_file(_FILE, {"version": 1, "folders": folders})


def _folders(value: dict[str, object]) -> dict[str, object]:
    folders = value.get("folders", {})
    if not isinstance(folders, dict):
        raise ValueError("it is not a map of folders")
    return folders
