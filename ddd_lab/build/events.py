"""``.ddd/events.jsonl``: who did what, when, to which version of a spec; one line each."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any, overload

from ddd_lab.files.paths import inside
from ddd_lab.spec.visible import one_line

EVENTS_FILE = ".ddd/events.jsonl"


def note_event(root: Path, what: str, flow: str = "", **more: Any) -> None:
    """Append an event.

    Args:
        root: the project's folder.
        what: ``run_started``, ``run_ended``, ``implemented``, ``tests_run``, ``drift_accepted``...
        flow: ``domain/flow`` that it is about.
        more: what else is known of it; values that JSON has.

    Raises:
        OSError: it cannot be written.
    """
    entry = {"at": _now(), "who": _who(), "what": what, "flow": flow, **more}
    line = (json.dumps(entry, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
    path = inside(root, EVENTS_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(file, b"" if _ends_well(file) else b"\n")
        os.write(file, line)
    finally:
        os.close(file)


def _ends_well(file: int) -> bool:
    """Whether the last line is whole; one that a full disk cut off must not spoil the next."""
    size = os.fstat(file).st_size
    if not size:
        return True
    os.lseek(file, size - 1, os.SEEK_SET)
    return os.read(file, 1) == b"\n"


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
        root: the project's folder. Lines that are no events are left out.
    """

    SHOWN = 20

    def __init__(self, root: Path) -> None:
        self._entries: list[dict[str, Any]] = []
        try:
            lines = inside(root, EVENTS_FILE).read_bytes().splitlines()
        except OSError:
            return
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
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
        head = "".join(f"<th>{key}</th>" for key in keys)
        rows = "".join(
            "<tr>"
            + "".join(f"<td>{escape(one_line(str(entry.get(key, ''))))}</td>" for key in keys)
            + "</tr>"
            for entry in self._entries[-self.SHOWN :]
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
