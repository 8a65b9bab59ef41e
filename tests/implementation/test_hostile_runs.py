"""Runs, the queue and events of a project that somebody else made: its files may be anything."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest

from ddd_lab.files.disk import storage
from ddd_lab.implementation.cache import keep_spec
from ddd_lab.implementation.runs import Run, RunError, find_run, runs
from ddd_lab.implementation.runs.stopping import lost_runs
from ddd_lab.lab.run_view import view_of
from ddd_lab.lab.terminals import link_of
from tests.implementation.hostile import (
    DEEP,
    FLOW,
    KEY,
    MANY,
    RUN_FILES,
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
    assert launched(run).wait(PATIENCE) == 0
    assert launched(run, "--resume").wait(PATIENCE) == 0
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
    _, complaint = process.communicate(timeout=PATIENCE)
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
    stand_in(root, "open('pid', 'w').write(str(os.getpid()))\ntime.sleep(600)")
    run = prepare(root)
    launcher = launched(run)
    wait_for(lambda: (root / "pid").exists() and (root / "pid").read_text() != "")
    program = psutil.Process(int((root / "pid").read_text()))
    wait_for(lambda: run.alive)
    shutil.rmtree(root / ".ddd/runs")
    assert lost_runs(root) == [run.id]
    assert "stop it" in run.status[1]
    assert listed(root) == 0
    assert f"ddd-lab runs --stop {run.id}" in capsys.readouterr().out
    assert listed(root, "--stop", run.id) == 0
    launcher.wait(PATIENCE)
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
