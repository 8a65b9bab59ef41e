"""Preparing a run of a project's flows."""

from __future__ import annotations

import contextlib
import json
import re
import secrets
import shlex
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ddd_lab.checks.uses import uses
from ddd_lab.files.disk import locks, storage
from ddd_lab.implementation.claude_program import NoProgramError, require_claude
from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.events import note_event
from ddd_lab.implementation.file_names import file_name
from ddd_lab.implementation.fingerprints import digests
from ddd_lab.implementation.runs.changes import WorkTree
from ddd_lab.implementation.runs.record import FOLDER, LOCK, Run, RunError, active_runs, run_ids
from ddd_lab.implementation.runs.stopping import end
from ddd_lab.implementation.trust import CLAUDE, require_trust
from ddd_lab.implementation.writers import require_leave

if TYPE_CHECKING:
    from ddd_lab.implementation.prompts.prompt import Prompt
    from ddd_lab.implementation.staleness import Sync

_MOMENT = "%Y%m%d-%H%M%S"
_PARTS = ("specs", "schemas")
"""Folders of a run for what Claude Code is given beside its prompt."""


def prepared(sync: Sync, prompt: Prompt) -> Run:
    """Prepare a run; what starts it is a terminal.

    Args:
        prompt: what Claude Code will be told, looked at (and edited) by a person.
    """
    workspace = sync.workspace
    config = read_config(workspace.root)
    try:
        require_claude(config)
    except NoProgramError as error:
        raise NoProgramError(f"{error}. {_as_a_file(prompt)}") from None
    require_trust(workspace.root, CLAUDE, config=config)
    specs: dict[str, bytes] = {}
    for key in prompt.flows:
        raw = _saved(sync, workspace.flow_path(key))
        if raw is None:
            raise RunError(f"{key} has unsaved changes. Save it before you implement it.")
        specs[key] = raw
    schemas = {name: _schema(sync, name) for name in prompt.schemas}
    for name in (name for key in specs for name in flow_schemas(sync, key)):
        raw = sync.files.read(sync.schema_path(name))
        if raw is not None:
            schemas[name] = raw
    run = new_run(workspace.root, prompt, specs, schemas)
    for key, raw in specs.items():
        note_event(workspace.root, "run_started", key, run=run.id, spec_hash=digests(raw)[0])
    return run


def _as_a_file(prompt: Prompt) -> str:
    kind = {"implement": "", "fix": " --fix", "migrate": " --migrate"}[prompt.kind]
    names = prompt.schemas if prompt.kind == "migrate" else prompt.flows
    about = shlex.join(names)
    if any(name.startswith("-") for name in names):
        return f"The prompt as a file: ddd-lab implement{kind} --prompt -- {about} > prompt.md"
    return f"The prompt as a file: ddd-lab implement {about}{kind} --prompt > prompt.md"


def flow_schemas(sync: Sync, key: str) -> list[str]:
    """Names of the schemas that a flow uses; none where it cannot be read."""
    design = sync.workspace.design
    flow = design.flows.get(key)
    stems = uses(design, flow).schemas if flow is not None else ()
    return [design.schemas[stem].name or stem for stem in stems]


def _schema(sync: Sync, name: str) -> bytes:
    raw = _saved(sync, sync.schema_path(name))
    if raw is None:
        raise RunError(f"the schema {name} is not saved: save it first")
    return raw


def _saved(sync: Sync, path: str) -> bytes | None:
    """A spec as Claude Code will read it; None where what is edited here is not there yet."""
    document = sync.workspace.document(path)
    return None if document is None or document.dirty else sync.files.read(path)


def new_run(
    root: Path,
    prompt: Prompt,
    specs: Mapping[str, bytes],
    schemas: Mapping[str, bytes] = MappingProxyType({}),
    *,
    title: str = "",
) -> Run:
    """Prepare a run; nothing is started yet.

    Args:
        specs: the specs of its flows as they are, by ``domain/flow``.
        schemas: those that it migrates or that its flows use as they are, by name.
        title: what it is called where several runs are listed.
    """
    require_leave(root, "claude_code")
    with locks.locked(root, LOCK):
        make_room(root, prompt.flows)
        _clear_half_made(root)
        now = datetime.now(UTC)
        tree = WorkTree(root)
        about_what = [*prompt.flows, *prompt.schemas, "run"]
        name = re.sub(r"[^A-Za-z0-9_.-]", "-", about_what[0].rpartition("/")[2])[:80]
        id = f"{_begin_of_id(root, now)}-{name or 'run'}-{secrets.token_hex(2)}"
        files = {"prompt.md": prompt.text.encode("utf-8", "surrogatepass")}
        files |= {f"specs/{file_name(key)}": raw for key, raw in specs.items()}
        files |= {f"schemas/{file_name(key)}": raw for key, raw in schemas.items()}
        about = {
            "flows": list(prompt.flows),
            "kind": prompt.kind,
            "mode": prompt.mode,
            "schemas": list(prompt.schemas),
            "title": title or ", ".join(prompt.flows or prompt.schemas),
            "session": str(uuid.uuid4()),
            "created_at": now.isoformat(timespec="seconds"),
            "files": list(prompt.files),
            "commit": tree.commit(),
            "before": tree.present(),
        }
        text = json.dumps(about, indent=2, ensure_ascii=False)
        # The last one makes it a run.
        files["run.json"] = f"{text}\n".encode("utf-8", "surrogatepass")
        _write_all(root, f"{FOLDER}/{id}", files)
    return Run(root, id)


def _begin_of_id(root: Path, now: datetime) -> str:
    """What an id begins with: the time, or what comes after the newest run if that is later.

    A clock may be set back; the order of the runs is the order in which they were prepared.
    """
    text = f"{now:{_MOMENT}}"
    newest = max((id[: len(text)] for id in run_ids(root)), default="")
    with contextlib.suppress(ValueError, OverflowError):
        if newest >= text:
            last = datetime.strptime(newest, _MOMENT).replace(tzinfo=UTC)
            return f"{last + timedelta(seconds=1):{_MOMENT}}"
    return text


def _write_all(root: Path, folder: str, files: Mapping[str, bytes]) -> None:
    """Write the files of a run; where that fails, no part of it stays."""
    if not storage.is_file(root, f"{FOLDER}/.gitignore"):
        storage.write(root, f"{FOLDER}/.gitignore", b"*\n")
    try:
        for name, raw in files.items():
            storage.write(root, f"{folder}/{name}", raw)
    except OSError:
        _remove_all(root, folder, files)
        raise


def _clear_half_made(root: Path) -> None:
    """Remove what was prepared of a run by a program that was killed before it was one.

    Runs are prepared under the lock, so what is not whole by now never will be. A folder that holds
    anything else is left as it is.
    """
    for id in run_ids(root):
        folder = f"{FOLDER}/{id}"
        with contextlib.suppress(OSError):
            locks.clear_leftovers(root, folder)
            if set(storage.names(root, folder)) <= {"prompt.md", *_PARTS}:
                files = ["prompt.md"]
                for part in _PARTS:
                    files += [f"{part}/{name}" for name in storage.names(root, f"{folder}/{part}")]
                _remove_all(root, folder, files)


def _remove_all(root: Path, folder: str, files: Iterable[str]) -> None:
    for name in files:
        with contextlib.suppress(OSError):
            storage.remove(root, f"{folder}/{name}")
    for name in (*_PARTS, ""):
        with contextlib.suppress(OSError):
            storage.remove_folder(root, f"{folder}/{name}".rstrip("/"))


def make_room(root: Path, flows: Iterable[str]) -> None:
    """See to it that no other run of some flows goes on.

    One whose turn has ended, its program only open for more talk, is ended, and stays done.
    """
    for other in open_beside(root, flows):
        end(other)


def open_beside(root: Path, flows: Iterable[str]) -> list[Run]:
    """The runs of some flows whose turn has ended, their program only open for more talk."""
    chosen = set(flows)
    others = [run for run in active_runs(root) if not chosen.isdisjoint(run.flows)]
    for other in others:
        if other.state != "done":
            both = min(chosen.intersection(other.flows))
            raise RunError(
                f"a run of {both} is not finished ({other.id}): continue it, or stop it first"
            )
    return others
