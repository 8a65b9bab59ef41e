"""Links in the place of runs, the queue and events lead nobody out of a project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.files.disk import storage
from ddd_lab.implementation.cache import keep_spec
from ddd_lab.implementation.events import note_event
from ddd_lab.implementation.queue import read_queue
from ddd_lab.implementation.queue_file import queue_lock
from ddd_lab.implementation.runs import Run, RunError, find_run, runs
from ddd_lab.implementation.runs import hook as hook_program
from ddd_lab.implementation.runs.stopping import stop
from tests.implementation.hostile import (
    KEY,
    RUN_FILES,
    SECRET,
    SPEC,
    listed,
    look,
    make_project,
    prepare,
    put,
)
from tests.implementation.stand_in import launched, stand_in, wait_for
from tests.patience import PATIENCE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one flow."""
    return make_project(tmp_path / "project")


@pytest.fixture
def run(root: Path) -> Run:
    """A run of it that was prepared."""
    return prepare(root)


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file outside the project that nobody may read or touch."""
    file = tmp_path / "victim"
    file.write_text(SECRET)
    return file


# --- links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RUN_FILES)
def test_no_file_of_a_run_is_read_or_written_through_a_link(
    root: Path, run: Run, victim: Path, name: str
) -> None:
    put(run.folder / name, lambda path: path.symlink_to(victim))
    assert [one.id for one in runs(root)] == ([run.id] if name != "run.json" else [])
    assert "of somebody" not in look(root)
    with pytest.raises(storage.UnsafePathError, match="is a link"):
        run.write(name, {})
    assert victim.read_text() == SECRET


@pytest.mark.parametrize("name", ["runs", "queue", "mapping"])
def test_a_lock_that_is_a_link_is_not_opened(root: Path, victim: Path, name: str) -> None:
    for path in (f".ddd/locks/{name}.lock", ".ddd/runs/.queue.lock", ".ddd/runs/.lock"):
        put(root / path, lambda path: path.symlink_to(victim))

    def locked() -> None:
        if name == "runs":
            prepare(root)
        elif name == "queue":
            with queue_lock(root):
                pass
        else:
            with ddd.open(root, watch=False) as project:
                project.accept_drift(KEY, "why not")

    with pytest.raises((storage.UnsafePathError, ValueError)):
        locked()
    assert victim.read_text() == SECRET


def test_what_keeps_runs_out_of_commits_is_not_made_through_a_link(
    root: Path, tmp_path: Path
) -> None:
    put(root / ".ddd/runs/.gitignore", lambda path: path.symlink_to(tmp_path / "outside"))
    with pytest.raises(storage.UnsafePathError, match="is a link"):
        prepare(root)
    assert not (tmp_path / "outside").exists()
    assert runs(root) == []


def test_a_run_is_stopped_though_its_end_cannot_be_recorded(
    root: Path, run: Run, victim: Path
) -> None:
    stand_in(root, "time.sleep(600)")
    process = launched(run)
    wait_for(lambda: run.alive)
    put(run.folder / "exit.json", lambda path: path.symlink_to(victim))
    with pytest.raises(storage.UnsafePathError, match=r"exit\.json is a link"):
        stop(run)
    process.wait(PATIENCE)
    assert not run.alive
    assert victim.read_text() == SECRET


def test_a_run_goes_on_only_with_settings_of_its_own(root: Path, run: Run, victim: Path) -> None:
    stand_in(root, "tell('Stop')")
    put(run.folder / "settings.json", lambda path: path.symlink_to(victim))
    process = launched(run, "--resume")
    _, complaint = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert b"settings.json is a link" in complaint
    assert victim.read_text() == SECRET


@pytest.mark.parametrize("path", [".ddd/events.jsonl", ".ddd/runs/queue.json"])
def test_events_and_the_queue_are_not_behind_links(root: Path, victim: Path, path: str) -> None:
    put(root / path, lambda path: path.symlink_to(victim))
    assert "of somebody" not in look(root)
    if "events" in path:
        with pytest.raises(storage.UnsafePathError):
            note_event(root, "x")
    else:
        assert "queue.json is a link" in read_queue(root).why
    assert victim.read_text() == SECRET


def test_a_copy_of_a_spec_is_not_behind_a_link(root: Path, victim: Path) -> None:
    put(root / keep_spec(root, SPEC, b"x"), lambda path: path.symlink_to(victim))
    assert "of somebody" not in look(root)
    with pytest.raises(storage.UnsafePathError):
        keep_spec(root, SPEC, b"x")
    assert victim.read_text() == SECRET


@pytest.mark.parametrize("link", [".ddd", ".ddd/runs", ".ddd/runs/{id}"])
def test_folders_of_runs_that_are_links_are_named_and_not_used(
    root: Path, run: Run, tmp_path: Path, link: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = root / link.format(id=run.id)
    elsewhere = tmp_path / "elsewhere"
    shutil.move(folder, elsewhere)
    folder.symlink_to(elsewhere)
    before = sorted(elsewhere.rglob("*"))
    with pytest.raises(RunError, match="is a link"):
        find_run(root, run.id)
    if "{id}" in link:
        assert runs(root) == []
        return
    with pytest.raises(storage.UnsafePathError, match="is a link"):
        runs(root)
    with pytest.raises(storage.UnsafePathError, match="is a link"):
        prepare(root)
    assert listed(root) == 2
    assert "is a link" in capsys.readouterr().err
    assert sorted(elsewhere.rglob("*")) == before


# --- the hook program -----------------------------------------------------------------------------


def hooked(folder: Path, entry: object) -> subprocess.CompletedProcess[bytes]:
    """Call the hook program as Claude Code does."""
    words = [
        sys.executable,
        "-I",
        "-X",
        "importtime",
        str(Path(hook_program.__file__)),
        str(folder),
    ]
    return subprocess.run(
        words, input=json.dumps(entry).encode(), capture_output=True, check=True, timeout=PATIENCE
    )


def test_the_hook_notes_and_needs_nothing_of_the_rest(run: Run) -> None:
    done = hooked(run.folder, {"hook_event_name": "Stop", "prompt": "my secret"})
    assert run.turns == 1
    assert b"my secret" not in (run.folder / "hooks.jsonl").read_bytes()
    imported = done.stderr.decode()
    for slow in ("ddd_lab", "pathlib", "psutil", "pydantic"):
        assert slow not in imported, f"each step of Claude Code waits for {slow}"


@pytest.mark.parametrize("link", ["hooks.jsonl", "", "..", "../.."])
def test_the_hook_follows_no_link(run: Run, victim: Path, tmp_path: Path, link: str) -> None:
    folder = run.folder
    place = Path(os.path.normpath(folder / link))
    if link == "hooks.jsonl":
        place.symlink_to(victim)
    else:
        shutil.move(place, tmp_path / "elsewhere")
        place.symlink_to(tmp_path / "elsewhere")
    hooked(folder, {"hook_event_name": "Stop"})
    assert victim.read_text() == SECRET
    assert not list((tmp_path / "elsewhere").rglob("hooks.jsonl"))


def test_the_hook_waits_for_no_pipe(run: Run) -> None:
    os.mkfifo(run.folder / "hooks.jsonl")
    hooked(run.folder, {"hook_event_name": "Stop"})
    reader = os.open(run.folder / "hooks.jsonl", os.O_RDONLY | os.O_NONBLOCK)
    hooked(run.folder, {"hook_event_name": "Stop"})
    assert os.read(reader, 100) == b""
    os.close(reader)
