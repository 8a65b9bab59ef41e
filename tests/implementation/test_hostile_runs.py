"""Runs, the queue and events of a project that somebody else made: its files may be anything."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest

import ddd_lab as ddd
from ddd_lab.cli import main
from ddd_lab.files.disk import storage
from ddd_lab.implementation.cache import KeptSpecs, keep_spec
from ddd_lab.implementation.code_files import CodeFiles
from ddd_lab.implementation.events import Events, note_event
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.queue import read_queue
from ddd_lab.implementation.queue_file import queue_lock
from ddd_lab.implementation.runs import Run, RunError, active_runs, find_run, new_run, runs
from ddd_lab.implementation.runs import hook as hook_program
from ddd_lab.implementation.runs.outcome import kept_tests, outcome
from ddd_lab.implementation.runs.stopping import lost_runs, stop
from ddd_lab.lab.folder_fingerprint import mark
from ddd_lab.lab.run_view import as_text, queue_view, view_of
from ddd_lab.lab.terminals import link_of
from ddd_lab.project import Project
from tests.implementation.stand_in import launched, stand_in, wait_for

KEY = "orders/place"
SPEC = "specs/domains/orders/flows/place.yaml"
FLOW = """\
flow: {id: place, name: Place, type: traditional, domain: orders}
trigger: {type: http, method: POST, path: /orders}
nodes:
  - {id: end, type: terminal, spec: {status: 201}}
"""
RUN_FILES = (
    *("run.json", "prompt.md", "hooks.jsonl", "settings.json", "process.json", "exit.json"),
    *("outcome.json", "tests.json", "terminal.json", "stop", "end", "specs/orders--place.yaml"),
)
SECRET = '{"secret": "of somebody", "session_id": "of somebody", "what": "of somebody"}\n'
DEEP = b"[" * 3_000_000
MANY = 10**400


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one flow."""
    folder = tmp_path / "project"
    (folder / SPEC).parent.mkdir(parents=True)
    (folder / SPEC).write_text(FLOW)
    (folder / "specs/system.yaml").write_text("system: {name: Shop}\n")
    return folder


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


def prepare(root: Path, key: str = KEY) -> Run:
    return new_run(root, Prompt(flows=(key,), text="Do it."), {key: FLOW.encode()})


def put(path: Path, make: Callable[[Path], object]) -> None:
    """Put something in the place of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)


def look(root: Path) -> str:
    """Look at all that there is of runs; returns all that was seen."""
    seen: list[object] = [read_queue(root), queue_view(root), list(Events(root))]
    seen += KeptSpecs(root, CodeFiles(root)).version(SPEC, "0" * 64) or b""
    with Project(root, watch=False) as project:
        for one in runs(root):
            seen += [one.about, one.told, one.standing, one.prompt, one.session, one.begun, one]
            seen += [one.spec(KEY), one.confirmation, kept_tests(one), mark(one)]
            seen += [one.last_message, one.turns, one.created_at, link_of(one)]
            seen += [view_of(one), as_text(one), outcome(project.workbench.sync, one)]
    seen.append(active_runs(root))
    return repr(seen)


def listed(root: Path, *words: str) -> int:
    """Call ``ddd-lab runs``."""
    return main(["runs", *words, "--project", str(root)])


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
    stand_in(root, "time.sleep(60)")
    process = launched(run)
    wait_for(lambda: run.alive)
    put(run.folder / "exit.json", lambda path: path.symlink_to(victim))
    with pytest.raises(storage.UnsafePathError, match=r"exit\.json is a link"):
        stop(run)
    process.wait(30)
    assert not run.alive
    assert victim.read_text() == SECRET


def test_a_run_goes_on_only_with_settings_of_its_own(root: Path, run: Run, victim: Path) -> None:
    stand_in(root, "tell('Stop')")
    put(run.folder / "settings.json", lambda path: path.symlink_to(victim))
    process = launched(run, "--resume")
    _, complaint = process.communicate(timeout=30)
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
        words, input=json.dumps(entry).encode(), capture_output=True, check=True, timeout=30
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


# --- pipes, and what is no record -----------------------------------------------------------------


@pytest.mark.parametrize("name", [*RUN_FILES, "../queue.json", "../../events.jsonl"])
def test_a_pipe_in_place_of_any_file_holds_nobody_up(root: Path, run: Run, name: str) -> None:
    other = prepare(root, "orders/other")
    put(Path(os.path.normpath(run.folder / name)), os.mkfifo)
    look(root)
    assert other.id in [one.id for one in runs(root)]
    assert listed(root) == 0


ODD: dict[str, list[Any]] = {
    "run.json": [
        {"flows": 3, "schemas": [1], "before": [], "created_at": {}, "title": [], "kind": []},
        {"created_at": "9999-12-31T23:59:59-23:59", "commit": ["--output=x"], "session": 4},
    ],
    "process.json": [
        {"pid": MANY, "created": 1, "told": "x", "launcher": []},
        {"pid": -1, "created": MANY, "told": [], "launcher": {"pid": 1, "created": "x"}},
    ],
    "exit.json": [{"status": [], "at": MANY}, {"status": 0, "at": float("inf")}],
    "outcome.json": [{"files": [1], "notices": 3, "moved": 4}, {"files": {KEY: 3}}],
    "tests.json": [{KEY: 3}, {KEY: {"tests": 3}}],
    "terminal.json": [{"name": 5, "server": [], "at": MANY}, {"name": "x", "server": "http://["}],
    "hooks.jsonl": [
        {"hook_event_name": [], "session_id": {}, "at": MANY},
        {"hook_event_name": "Stop", "last_assistant_message": [1], "at": float("nan")},
    ],
    "../queue.json": [{"queue": [], "prompts": 3}, {"queue": {"items": [{"flow": []}]}}],
    "../../events.jsonl": [[1], {"at": {}}],
}


@pytest.mark.parametrize("name", ODD)
def test_a_broken_record_hides_nothing_else(
    root: Path, run: Run, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = prepare(root, "orders/other")
    texts = [json.dumps(odd).encode() for odd in ODD[name]]
    for raw in (*texts, DEEP, b"\xff\xfe", b'"x"', b"1e999", b"null", b"", b"\0" * 100):
        Path(os.path.normpath(run.folder / name)).write_bytes(raw)
        look(root)
        capsys.readouterr()
        assert listed(root) == 0
        said = capsys.readouterr().out
        assert other.id in said
        assert run.id in said
        json.dumps([view_of(one) for one in runs(root)], allow_nan=False)


def test_lines_beside_a_broken_one_count(run: Run) -> None:
    stop_line = b'{"hook_event_name": "Stop", "last_assistant_message": "cut \\ud83d"}\n'
    (run.folder / "hooks.jsonl").write_bytes(stop_line + DEEP + b"\n" + stop_line)
    assert run.turns == 2


def test_of_a_record_without_end_the_last_lines_count(run: Run) -> None:
    with (run.folder / "hooks.jsonl").open("wb") as file:
        file.truncate(3 * storage.LARGEST)
        file.seek(0, os.SEEK_END)
        file.write(b'\n{"hook_event_name": "Stop"}\n')
    assert run.turns == 1


# --- words from data ------------------------------------------------------------------------------

OPTIONS = ["--dangerously-skip-permissions", "-p", "x", "", "0" * 36, 3, None, [], "\n" + "0" * 36]


def test_only_a_uuid_is_taken_for_a_session(root: Path) -> None:
    told = "\n".join(f"tell('Stop', session_id={session!r})" for session in OPTIONS)
    stand_in(root, f"{told}\nopen('arrived', 'w').write(json.dumps(words))")
    run = prepare(root)
    own = run.session
    assert launched(run).wait(30) == 0
    assert launched(run, "--resume").wait(30) == 0
    words = json.loads((root / "arrived").read_text())
    assert words[-2:] == ["--resume", own]
    for session in OPTIONS:
        event = {"hook_event_name": "Stop", "session_id": session}
        (run.folder / "hooks.jsonl").write_text(json.dumps(event) + "\n")
        assert run.session == own
    for session in reversed(OPTIONS):
        run.write("run.json", {**run.about, "session": session})
        assert run.session == ""
    process = launched(run, "--resume")
    _, complaint = process.communicate(timeout=30)
    assert process.returncode == 2
    assert b"no session id that is a UUID" in complaint


@pytest.mark.parametrize(
    "server", ["x:javascript:alert(1)//", "javascript:alert(1)/", "//evil.example/", "http://["]
)
def test_a_terminals_address_is_one_of_this_server(run: Run, server: str) -> None:
    run.write("terminal.json", {"name": "orders", "server": server, "at": 1})
    link = link_of(run)
    assert link is not None
    assert link.url == "/terminals/orders"
    assert "href='/terminals/orders'" in link._repr_html_()


@pytest.mark.parametrize("name", ["../../x", "javascript:alert(1)", "a'b", "-x", "a\n", "x" * 999])
def test_a_terminals_name_is_one_that_we_give(run: Run, name: str) -> None:
    run.write("terminal.json", {"name": name, "server": "http://localhost:8888/", "at": 1})
    assert link_of(run) is None


# --- names, clocks and folders that go ------------------------------------------------------------


def test_long_names_can_be_implemented(root: Path) -> None:
    for letter in "de":
        key = f"{letter * 150}/{'f' * 150}"
        run = prepare(root, key)
        assert run.spec(key) == FLOW.encode()
        spec = f"specs/domains/{letter * 150}/flows/{'f' * 150}.yaml"
        copy = keep_spec(root, spec, letter.encode())
        assert (root / copy).read_bytes() == letter.encode()
        assert run.spec("d" * 150 + "/" + "g" * 150) is None


def test_of_a_run_that_cannot_be_written_nothing_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = storage.write

    def full(root: Path, relative: str, content: bytes, **more: Any) -> None:
        if relative.endswith("run.json"):
            raise OSError(28, "No space left on device")
        write(root, relative, content, **more)

    monkeypatch.setattr(storage, "write", full)
    with pytest.raises(OSError, match="No space"):
        prepare(root)
    assert [path.name for path in (root / ".ddd/runs").iterdir()] == [".gitignore"]


def test_what_a_cut_off_preparation_left_is_removed_by_the_next(root: Path) -> None:
    begun, half, kept = prepare(root, "a/b"), prepare(root, "c/d"), prepare(root, "e/f")
    (half.folder / ".run.json.999999999-1.ddd-tmp").write_bytes(b"{")
    (kept.folder / "hooks.jsonl").write_bytes(b"{}\n")
    for run in (half, kept):
        (run.folder / "run.json").unlink()
    prepare(root)
    assert begun.folder.exists()
    assert not half.folder.exists()
    assert (kept.folder / "specs/e--f.yaml").exists(), "somebody lost its run.json, not half of it"


def test_a_run_whose_folder_was_removed_can_still_be_ended(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(root, "open('pid', 'w').write(str(os.getpid()))\ntime.sleep(60)")
    run = prepare(root)
    launcher = launched(run)
    wait_for(lambda: (root / "pid").exists() and (root / "pid").read_text() != "")
    program = psutil.Process(int((root / "pid").read_text()))
    wait_for(lambda: run.alive)
    shutil.rmtree(root / ".ddd/runs")
    assert lost_runs(root) == [run.id]
    assert "stop it" in run.standing[1]
    assert listed(root) == 0
    assert f"ddd-lab runs --stop {run.id}" in capsys.readouterr().out
    assert listed(root, "--stop", run.id) == 0
    launcher.wait(30)
    assert not program.is_running() or program.status() == psutil.STATUS_ZOMBIE
    assert lost_runs(root) == []
    assert not (root / ".ddd/runs" / run.id).exists()
    with pytest.raises(RunError, match="ddd-lab runs --stop"):
        find_run(root, run.id)


@pytest.mark.parametrize("ahead", ["2 days", "as far as can be"])
def test_a_clock_that_was_set_back_does_not_change_the_order_of_runs(
    root: Path, ahead: str
) -> None:
    first = prepare(root)
    later = f"{datetime.now(UTC) + timedelta(days=2):%Y%m%d-%H%M%S}"
    moment = later if ahead == "2 days" else "99991231-235959"
    first.folder.rename(first.folder.with_name(f"{moment}{first.id[15:]}"))
    made = [prepare(root, f"orders/{name}").id for name in "cab"]
    if ahead == "2 days":
        assert [run.id for run in runs(root)][:3] == made[::-1]
    assert {run.id for run in runs(root)} > set(made)


def test_a_run_of_the_future_is_not_ready_for_ever(run: Run) -> None:
    later = datetime.now(UTC) + timedelta(days=2)
    run.write("run.json", {**run.about, "created_at": later.isoformat()})
    assert run.state == "failed"
