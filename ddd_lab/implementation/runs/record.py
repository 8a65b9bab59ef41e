"""A run on disk: what it was started for, what happened in it, and how it stands.

Everything is read from the folder whenever it is asked for. Whoever looks (a notebook, the server,
the command line, after a restart or not) sees the same.

``.ddd/runs/<id>/`` holds ``run.json`` (what it is for), ``prompt.md``, ``specs/`` and ``schemas/``
(as they were), ``settings.json`` (for Claude Code), ``hooks.jsonl`` (what Claude Code told),
``process.json``, ``exit.json`` and ``outcome.json``.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ddd_lab.capabilities import lack_of
from ddd_lab.files.disk import storage
from ddd_lab.files.disk.json_files import parse_json, read_json
from ddd_lab.implementation.errors import RunError
from ddd_lab.implementation.file_names import FOLDER, file_name
from ddd_lab.implementation.prompts.prompt import Kind
from ddd_lab.implementation.runs.confirmation import Confirmation, text_items
from ddd_lab.implementation.runs.run_state import State, at_work, ended_status, prepared
from ddd_lab.implementation.runs.watching import wait_until
from ddd_lab.spec.lenient import mapping

__all__ = [
    "FOLDER",
    "LOCK",
    "Run",
    "RunError",
    "active_runs",
    "find_run",
    "is_alive",
    "launcher_mark",
    "number",
    "process_mark",
    "run_ids",
    "runs",
]

LOCK = "runs"
"""The lock of whoever prepares a run or begins one."""
_PIDS = 1 << 31
_SECOND = len("20260101-000000")
"""Characters of an id that say when the run was prepared."""
_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[A-Za-z0-9_.-]{1,120}")
_SESSION = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Run:
    """One run.

    Args:
        id: of the run, which is the name of its folder.

    Raises:
        RunError: there is no such run.
    """

    def __init__(self, root: Path, id: str) -> None:
        if not _ID.fullmatch(id):
            raise RunError(f"{id!r} is not a run")
        self.root = root
        self.id = id
        self._path = f"{FOLDER}/{id}"
        if not self.has("run.json"):
            try:
                storage.locate(root, f"{self._path}/run.json")
            except storage.UnsafePathError as error:
                raise RunError(str(error)) from error
            raise RunError(
                f"there is no run {id} in {root / FOLDER}; if its folder was removed while its "
                f"program runs, this ends it: ddd-lab runs --stop {id}"
            )

    @property
    def folder(self) -> Path:
        """Its folder, for people and for Claude Code to read."""
        return storage.locate(self.root, self._path)

    # --- what it is for ----------------------------------------------------------------------

    @property
    def about(self) -> dict[str, Any]:
        """What it was started for."""
        return self.read("run.json")

    @property
    def flows(self) -> tuple[str, ...]:
        """``domain/flow`` of what it implements."""
        return text_items(self.about.get("flows"))

    @property
    def kind(self) -> Kind:
        """What it is to do: implement flows, fix their tests, or migrate data."""
        value = self.about.get("kind")
        return value if value in ("fix", "migrate") else "implement"

    @property
    def schemas(self) -> tuple[str, ...]:
        """Names of the schemas whose data it migrates."""
        return text_items(self.about.get("schemas"))

    @property
    def created_at(self) -> datetime:
        """When it was prepared: its file says so, and else its id."""
        value, named = self.about.get("created_at"), self.id[:15].replace("-", "T")
        return _moment(value) or _moment(named) or datetime.fromtimestamp(0, UTC)

    @property
    def confirmed(self) -> bool:
        """Whether a person has said which files belong to its flows."""
        return bool(self.read("outcome.json"))

    @property
    def confirmation(self) -> Confirmation:
        """What a person has confirmed of it; an empty record where nobody has."""
        return Confirmation.read(self.read("outcome.json"))

    @property
    def prompt(self) -> str:
        """The prompt of the run; half a surrogate pair is not a character and reads as ``�``."""
        try:
            return storage.read(self.root, f"{self._path}/prompt.md").decode("utf-8", "replace")
        except OSError as error:
            return f"(prompt.md of this run cannot be read: {error.strerror or error})"

    @property
    def session(self) -> str:
        """The id of its session of Claude Code; the last one, where the person began another.

        Empty where none is told: whatever is not a UUID could become an option of Claude Code.
        """
        sessions = (entry.get("session_id") for entry in reversed(self.hook_events))
        return next(filter(_is_session, (*sessions, self.about.get("session"))), "")

    def spec(self, key: str) -> bytes | None:
        """The spec of a flow as it was when the run began."""
        return self._kept(f"specs/{file_name(key)}")

    def schema_spec(self, name: str) -> bytes | None:
        """A schema that it migrates, or that a flow of it uses, as it was when the run began."""
        return self._kept(f"schemas/{file_name(name)}") or self._kept(
            f"specs/@schemas--{file_name(name)}"
        )

    def _kept(self, path: str) -> bytes | None:
        try:
            return storage.read(self.root, f"{self._path}/{path}")
        except OSError:
            return None

    # --- how it stands -----------------------------------------------------------------------

    @property
    def hook_events(self) -> list[dict[str, Any]]:
        """What Claude Code told of itself, in order; a line that is cut off is left out."""
        try:
            with storage.opened(self.root, f"{self._path}/hooks.jsonl", limit=None) as file:
                # Of a record that has grown beyond measure, the end says how the run stands.
                file.seek(max(0, file.seek(0, os.SEEK_END) - storage.LARGEST))
                lines = file.read(storage.LARGEST).split(b"\n")
        except OSError:
            return []
        events = []
        for line in lines:
            with contextlib.suppress(ValueError):
                entry = parse_json(line, halves=True)
                if isinstance(entry, dict):
                    events.append(entry)
        return events

    @property
    def last_message(self) -> str:
        """What was said at the end of the last turn."""
        stops = [entry for entry in self.hook_events if entry.get("hook_event_name") == "Stop"]
        return str(stops[-1].get("last_assistant_message") or "") if stops else ""

    @property
    def turns(self) -> int:
        """How many turns have ended."""
        return sum(entry.get("hook_event_name") == "Stop" for entry in self.hook_events)

    @property
    def state(self) -> State:
        """How it stands."""
        return self.status[0]

    @property
    def status(self) -> tuple[State, str]:
        """How it stands, and why, in words."""
        ended = self.read("exit.json")
        if ended:
            return ended_status(ended, self.turns)
        process = self.read("process.json")
        if not process:
            if not self.has("run.json"):
                return "failed", f"its folder is gone: {self.folder}; stop it to end its program"
            return prepared((datetime.now(UTC) - self.created_at).total_seconds())
        if not is_alive(process) and not is_alive(mapping(process.get("launcher"))):
            ended = self.read("exit.json")  # written while we looked
            if ended:
                return ended_status(ended, self.turns)
            return "failed", "Claude Code exited unexpectedly. It was probably killed."
        events = self.hook_events
        if len(events) <= (number(process.get("told")) or 0):
            return "running", "Claude Code starts"
        return at_work(events)

    @property
    def begun(self) -> bool:
        """Whether it was started, or has ended without."""
        return bool(self.read("process.json") or self.read("exit.json"))

    @property
    def alive(self) -> bool:
        """Whether its program runs, at work or not."""
        return not self.read("exit.json") and is_alive(self.read("process.json"))

    def wait(self, timeout: float | None = None) -> State:
        """Wait until a turn or all of it has ended; returns how it stands then.

        Args:
            timeout: seconds after which to stop waiting; none if left out.
        """
        state = self.state

        def ended() -> bool:
            nonlocal state
            state = self.state
            return state in ("done", "failed", "stopped")

        if not wait_until(self.root, self.id, ended, timeout):
            raise TimeoutError(f"{self.id} is still {state} after {timeout:g} seconds")
        return state

    # --- its files ---------------------------------------------------------------------------

    def read(self, name: str) -> dict[str, Any]:
        """A file of the run; nothing where it is not there, or not whole."""
        try:
            return mapping(read_json(self.root, f"{self._path}/{name}", halves=True))
        except (OSError, ValueError):
            return {}

    def write(self, name: str, content: Mapping[str, Any]) -> None:
        """Write a file of the run, whole or not at all."""
        text = json.dumps(content, indent=2, ensure_ascii=False)
        raw = f"{text}\n".encode("utf-8", "surrogatepass")
        storage.write(self.root, f"{self._path}/{name}", raw)

    def has(self, name: str) -> bool:
        """Whether there is a file of the run."""
        return storage.is_file(self.root, f"{self._path}/{name}")

    def note(self, name: str) -> None:
        """Write an empty file, which says something by being there."""
        storage.write(self.root, f"{self._path}/{name}", b"")

    def forget(self, name: str) -> None:
        """Remove a file of the run, if it is there."""
        storage.remove(self.root, f"{self._path}/{name}")

    def __repr__(self) -> str:
        return f"Run({self.id!r}, {self.state})"


def _is_session(value: object) -> bool:
    return isinstance(value, str) and _SESSION.fullmatch(value) is not None


def number(value: object) -> float | None:
    """A number that a file says; None for anything else, and for what no clock or count says."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        with contextlib.suppress(OverflowError):
            return float(value) if math.isfinite(value) else None
    return None


def _moment(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def process_mark(pid: int) -> dict[str, Any]:
    """What tells a process from a later one with the same number."""
    import psutil

    return {"pid": pid, "created": psutil.Process(pid).create_time()}


def launcher_mark() -> dict[str, Any]:
    """What tells this program from a later one with its number, and from what it may turn into."""
    import psutil

    return {**process_mark(os.getpid()), "name": psutil.Process().name()}


def is_alive(mark: Mapping[str, Any]) -> bool:
    """Whether a process still runs."""
    pid, created = mark.get("pid"), number(mark.get("created"))
    if not isinstance(pid, int) or not 0 < pid < _PIDS or created is None:
        return False
    if lack_of("other_programs"):
        return False
    import psutil

    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() - created) < 1
        same = same and mark.get("name") in (None, process.name())
        return same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def runs(root: Path, most: int | None = None) -> list[Run]:
    """The runs of a project, the newest first.

    Args:
        most: how many at most; all if left out.
    """
    names = run_ids(root)
    at_once = Counter(name[:_SECOND] for name in names)

    def age(name: str) -> tuple[str, int]:
        second = name[:_SECOND]
        return second, _written_at(root, name) if at_once[second] > 1 else 0

    listed: list[Run] = []
    for name in sorted(names, key=age, reverse=True):
        if len(listed) == most:
            break
        with contextlib.suppress(RunError):
            listed.append(Run(root, name))
    return listed


def run_ids(root: Path) -> list[str]:
    """The names of the folders that may hold a run."""
    return [name for name in storage.names(root, FOLDER) if _ID.fullmatch(name)]


def _written_at(root: Path, id: str) -> int:
    """When a run was prepared, more closely than its name says."""
    status = storage.status(root, f"{FOLDER}/{id}/prompt.md")
    return status.st_mtime_ns if status is not None else 0


def active_runs(root: Path) -> list[Run]:
    """The runs whose program runs."""
    return [run for run in runs(root) if run.alive]


def find_run(root: Path, id: str) -> Run:
    """A run by its id."""
    return Run(root, id)
