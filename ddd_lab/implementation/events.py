"""``.ddd/events.jsonl``: who did what, when, to which version of a spec; one line each."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, overload

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.json_files import parse_json
from ddd_lab.tables import html_table
from ddd_lab.visible import one_line

EVENTS_FILE = ".ddd/events.jsonl"


def note_event(root: Path, what: str, flow: str = "", **more: Any) -> None:
    """Append an event.

    Args:
        what: ``run_started``, ``run_ended``, ``implemented``, ``tests_run``, ``drift_accepted``...
        flow: ``domain/flow`` that it is about.
        more: what else is known of it; values that JSON has.

    Raises:
        OSError: it cannot be written.
    """
    entry = {"at": _now(), "who": _who(), "what": what, "flow": flow, **more}
    line = (json.dumps(entry, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
    storage.append(root, EVENTS_FILE, line)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


class Events(Sequence[dict[str, Any]]):
    """The events of a project, the oldest first; a notebook shows the last ones as a table.

    Args:
        root: the project's folder. Lines that are no events are left out, and the oldest of a file
            that has grown beyond measure.
    """

    SHOWN = 20

    def __init__(self, root: Path) -> None:
        self._entries: list[dict[str, Any]] = []
        try:
            with storage.opened(root, EVENTS_FILE, limit=None) as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - storage.LARGEST))
                lines = file.read(storage.LARGEST).split(b"\n")
        except OSError:
            return
        for line in lines:
            with contextlib.suppress(ValueError):
                entry = parse_json(line, halves=True)
                if isinstance(entry, dict):
                    self._entries.append(entry)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[dict[str, Any]]: ...

    def __getitem__(self, index: int | slice) -> dict[str, Any] | Sequence[dict[str, Any]]:
        return self._entries[index]

    def __len__(self) -> int:
        return len(self._entries)

    def __str__(self) -> str:
        if not self._entries:
            return "Nothing has happened yet."
        return "\n".join(
            one_line(" ".join(str(entry.get(key, "")) for key in ("at", "who", "what", "flow")))
            for entry in self._entries[-self.SHOWN :]
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        keys = ("at", "who", "what", "flow", "spec_hash")
        rows = [[str(entry.get(key, "")) for key in keys] for entry in self._entries[-self.SHOWN :]]
        return html_table(keys, rows) or f"<p>{self}</p>"
