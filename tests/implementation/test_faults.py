"""What goes wrong around a run: a clear word each time, nothing lost, nothing half written."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
from pathlib import Path

import psutil
import pytest

from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.events import Events, note_event
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.queue import read_queue, start_queue
from ddd_lab.implementation.runs import Run, find_run, runs, stopping
from ddd_lab.implementation.runs.confirming import confirm
from ddd_lab.implementation.runs.launch import launch
from ddd_lab.implementation.runs.outcome import outcome
from ddd_lab.implementation.runs.starting import prepared
from ddd_lab.implementation.runs.stopping import stop
from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError
from tests.implementation.own_terminal import own_terminal
from tests.implementation.stand_in import launched, stand_in, wait_for
from tests.patience import PATIENCE
from tests.recorded import record_implementation
from tests.trusting import trusting

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
KEY = "members/join-library"
CODE = "src/join_library.py"
WORK = f"""
os.makedirs("src", exist_ok=True)
open({CODE!r}, "w").write("x = 1\\n")
tell("Stop", last_assistant_message="Done.")
"""
CONFLICT = "<<<<<<< HEAD\nflows: {}\n=======\nflows: {a/b: {files: [x]}}\n>>>>>>> other\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the sample design."""
    root = tmp_path / "fernhill"
    shutil.copytree(FERNHILL, root)
    return Project(root, watch=False)


def begun(project: Project, script: str) -> Run:
    stand_in(project.root, script)
    return prepared(project.workbench.sync, Prompt(flows=(KEY,), text="Do it."))


def done(project: Project) -> Run:
    run = begun(project, WORK)
    assert launched(run).wait(PATIENCE) == 0
    project.refresh()
    return run


def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)


def test_a_program_that_hangs_and_does_not_listen_is_ended(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "_PATIENCE", 0.3)
    deaf = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    run = begun(project, f"{deaf}tell('UserPromptSubmit')\ntime.sleep(600)")
    process = launched(run)
    wait_for(lambda: bool(run.hook_events))
    pid = run.read("process.json")["pid"]
    assert stop(run)
    process.wait(PATIENCE)
    assert not psutil.pid_exists(pid)
    assert run.status == ("stopped", "it was stopped")


def test_a_conflict_of_git_in_the_mapping_is_left_to_the_person(project: Project) -> None:
    run = done(project)
    mapping = project.root / ".ddd/mapping.yaml"
    mapping.write_text(CONFLICT)
    project.refresh()
    with pytest.raises(EditError, match=r"mapping\.yaml.*Fix the file first"):
        confirm(project.workbench.sync, run, {KEY: [CODE]}, read_config(project.root))
    assert mapping.read_text() == CONFLICT
    assert not run.confirmed
    mapping.write_text("flows: {a/b: {files: [x]}}\n")
    confirm(project.workbench.sync, run, {KEY: [CODE]}, read_config(project.root))
    assert "a/b: {files: [x]}" in mapping.read_text()
    assert project.workbench.sync.flow(KEY).state == "in_sync"


def test_a_full_disk_while_recording_leaves_the_mapping_and_the_run_as_they_were(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = done(project)
    mapping = project.root / ".ddd/mapping.yaml"
    mapping.write_text("flows: {}  # mine\n")
    with monkeypatch.context() as patch:
        full_disk(patch)
        with pytest.raises(OSError, match="No space left"):
            confirm(project.workbench.sync, run, {KEY: [CODE]}, read_config(project.root))
    assert mapping.read_text() == "flows: {}  # mine\n"
    assert not run.confirmed
    assert not list(project.root.rglob("*.ddd-tmp"))
    confirm(project.workbench.sync, run, {KEY: [CODE]}, read_config(project.root))
    assert project.workbench.sync.flow(KEY).state == "in_sync"


def test_on_a_full_disk_no_run_goes_on_unseen(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(project, "open('pid', 'w').write(str(os.getpid()))\ntime.sleep(600)")
    written, pid = Run.write, project.root / "pid"

    def full(self: Run, name: str, content: dict[str, object]) -> None:
        if name == "process.json":
            wait_for(lambda: pid.exists() and pid.stat().st_size > 0)
            raise OSError(errno.ENOSPC, "No space left on device")
        written(self, name, content)

    monkeypatch.setattr(Run, "write", full)
    with own_terminal() as terminal, terminal.here(), pytest.raises(OSError, match="No space left"):
        launch(run)
    assert not psutil.pid_exists(int(pid.read_text()))
    assert run.status == ("failed", "[Errno 28] No space left on device")


def test_what_cannot_be_started_leaves_ctrl_c_to_the_person(project: Project) -> None:
    run = begun(project, WORK)
    program = project.root / "claude"
    program.write_bytes(b"\x7fELF, or not")
    program.chmod(0o755)
    (project.root / ".ddd/config.yaml").write_text(f"claude_code: {{command: {program}}}\n")
    trusting(project.root)
    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with own_terminal() as at, at.here(), pytest.raises(OSError, match="Exec format"):
            launch(run)
        assert signal.getsignal(signal.SIGINT) == signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, inherited)
    assert run.status == ("failed", f"[Errno 8] Exec format error: '{program}'")


def test_on_a_full_disk_nothing_is_accepted(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = project.root / "src/join.py"
    code.parent.mkdir(exist_ok=True)
    code.write_text("pass\n", "utf-8")
    record_implementation(project.workbench.sync, KEY, ("src/join.py",))
    code.write_text("changed = True\n", "utf-8")
    mapping = project.root / ".ddd/mapping.yaml"
    before = mapping.read_bytes()
    with monkeypatch.context() as patch:
        full_disk(patch)
        with pytest.raises(OSError, match="No space left"):
            project.accept_drift(KEY, "it is fine")
    assert mapping.read_bytes() == before
    assert [status.key for status in project.stale()] == [KEY]


def test_on_a_full_disk_no_queue_is_lost(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(project.root, WORK)
    with monkeypatch.context() as patch:
        full_disk(patch)
        with pytest.raises(OSError, match="No space left"):
            start_queue(project.workbench.sync, [Prompt(flows=(KEY,), text="x")])
        with pytest.raises(OSError, match="No space left"):
            prepared(project.workbench.sync, Prompt(flows=(KEY,), text="x"))
    assert read_queue(project.root).state == "empty"
    assert runs(project.root) == []


def test_a_line_that_was_cut_off_spoils_no_other(project: Project) -> None:
    run = begun(project, "tell('Stop', last_assistant_message='Done.')")
    (run.folder / "hooks.jsonl").write_text('{"hook_event_name": "UserPr')
    events = project.root / ".ddd/events.jsonl"
    events.write_text('{"what": "cut o')
    assert launched(run).wait(PATIENCE) == 0
    assert run.last_message == "Done."
    note_event(project.root, "implemented", KEY)
    assert [event["what"] for event in Events(project.root)] == ["run_ended", "implemented"]
    assert json.loads(events.read_text().splitlines()[-1])["flow"] == KEY


def test_files_that_went_meanwhile_are_named(project: Project) -> None:
    run = done(project)
    (project.root / CODE).unlink()
    assert outcome(project.workbench.sync, run).files == ()
    with pytest.raises(EditError, match=f"{CODE} is not a file of this project"):
        confirm(project.workbench.sync, run, {KEY: [CODE]}, read_config(project.root))
    assert not (project.root / ".ddd/mapping.yaml").exists()


def test_a_mapped_file_that_was_deleted_is_stale_and_left_out_of_what_follows(
    project: Project,
) -> None:
    confirm(project.workbench.sync, done(project), {KEY: [CODE]}, read_config(project.root))
    (project.root / CODE).unlink()
    status = project.workbench.sync.flow(KEY)
    assert status.words == (f"{CODE} no longer exists",)
    prompt = project.prompt(KEY)
    assert CODE not in prompt.files
    assert f"{CODE} no longer exists" in prompt.text
    project.accept_drift(KEY, "moved into the framework")
    assert project.workbench.sync.flow(KEY).state == "in_sync"


def test_a_run_whose_folder_was_damaged_harms_no_other(project: Project) -> None:
    run = done(project)
    other = project.root / ".ddd/runs/20260101-000000-damaged-0000"
    other.mkdir()
    (other / "run.json").write_text("{")
    assert {one.id for one in runs(project.root)} == {run.id, other.name}
    assert find_run(project.root, other.name).flows == ()
    assert (
        prepared(project.workbench.sync, Prompt(flows=(KEY,), text="Again.")).state
        == "prompt_ready"
    )
