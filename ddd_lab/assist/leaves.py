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
_SERVER = "server"
_FILE = "models.json"


def server_leave(entry: ModelEntry) -> str:
    """The leave to send a question, and a key, where a project's settings say."""
    return " ".join((_SERVER, entry.provider, entry.base_url or "-", entry.api_key_env or "-"))


def leave_words(leave: str) -> str:
    """What a leave allows, for a person.

    >>> leave_words("server openai_compatible https://ai.example.org AI_KEY")
    'to send questions to https://ai.example.org, with the key in AI_KEY'
    """
    kind, *rest = leave.split(" ")
    if kind == _SERVER and len(rest) == 3:
        provider, url, key = rest
        where = provider if url == "-" else url
        return f"to send questions to {where}" + (f", with the key in {key}" * (key != "-"))
    words = {
        CLOUD: "to ask models elsewhere in place of one on this machine",
        PAID: "to ask models that cost in place of a free one",
    }
    return words.get(leave, leave)


def remembered(root: Path) -> frozenset[str]:
    """What a person allowed for a project; nothing where that cannot be read."""
    if misplaced(root):
        return frozenset()
    try:
        leaves = _folders(read_person_file(_FILE)).get(os.path.realpath(root))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(map(str, leaves)) if isinstance(leaves, list) else frozenset()


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


def forget(root: Path) -> bool:
    """Take everything back that a person allowed for a project; returns whether there was any.

    Raises:
        OSError: it cannot be kept.
    """
    with person_file_locked(_FILE, root):
        try:
            folders = dict(_folders(read_person_file(_FILE)))
        except (OSError, ValueError):
            return False
        allowed = folders.pop(os.path.realpath(root), None)
        if allowed is not None:
            write_person_file(_FILE, {"version": 1, "folders": folders})
        return bool(allowed)


def _folders(value: dict[str, object]) -> dict[str, object]:
    folders = value.get("folders", {})
    if not isinstance(folders, dict):
        raise ValueError("it is not a map of folders")
    return folders
