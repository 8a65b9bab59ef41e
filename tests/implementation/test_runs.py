"""Runs of a program in Claude Code's place: what is handed to it, what it tells, how it ends."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest

from ddd_lab.files.disk import storage
from ddd_lab.implementation.prompts import Prompt
from ddd_lab.implementation.runs import RunError, active_runs, find_run, new_run, runs
from ddd_lab.implementation.runs.run_state import BEGINS_WITHIN, at_work
from ddd_lab.implementation.runs.stopping import stop
from tests.implementation.stand_in import (
    KEY,
    Start,
    launched,
    stand_in,
    wait_for,
)
from tests.patience import PATIENCE
from tests.trusting import trusting


def test_a_prompt_arrives_unchanged_and_nothing_in_it_is_executed(
    tmp_path: Path, start: Start
) -> None:
    nasty = "-- /help \"'`touch pwned` $(touch pwned) ; touch pwned\n\\ %s {x} \t ü 漢\n"
    prompt = nasty + "x" * 100_000 + "\n-- end"
    run, process = start("open('arrived', 'w', newline='').write(said())\ntell('Stop')", prompt)
    assert process.wait(PATIENCE) == 0
    assert (tmp_path / "arrived").read_text("utf-8") == prompt
    assert not (tmp_path / "pwned").exists()
    assert run.state == "done"


def test_a_prompt_too_long_for_an_argument_is_read_from_its_file(
    tmp_path: Path, start: Start
) -> None:
    run, process = start("open('arrived', 'w').write(said())\ntell('Stop')", "x" * 3_000_000)
    assert process.wait(PATIENCE) == 0
    assert str(run.folder / "prompt.md") in (tmp_path / "arrived").read_text()


def test_the_end_of_a_turn_is_known_while_the_program_goes_on(start: Start) -> None:
    script = "tell('UserPromptSubmit')\ntell('Notification')\n"
    script += "while not os.path.exists('go'): time.sleep(0.02)\n"
    script += "tell('Stop', last_assistant_message='All done.')\ntime.sleep(600)"
    run, process = start(script)
    wait_for(lambda: run.state == "waiting")
    (run.root / "go").touch()
    wait_for(lambda: run.state == "done")
    assert run.last_message == "All done."
    assert run.turns == 1
    assert process.poll() is None
    assert find_run(run.root, run.id).state == "done"
    assert stop(run)


def test_how_it_stands_follows_what_is_told() -> None:
    def after(*events: str | dict[str, str]) -> str:
        told = [{"hook_event_name": one} if isinstance(one, str) else one for one in events]
        return at_work(told)[0]

    back = {"hook_event_name": "SessionStart", "source": "resume"}
    begun = ("SessionStart", "UserPromptSubmit")
    assert after() == after(*begun) == "running"
    assert after(*begun, "PermissionRequest") == after(*begun, "Notification") == "waiting"
    assert after(*begun, "PermissionRequest", "PostToolUse") == "running"
    assert after(*begun, "Stop", "Notification") == "done"
    assert after(*begun, "Stop", "SessionEnd", back) == "done"
    assert after(*begun, "PermissionRequest", back) == "waiting"
    assert after(*begun, "Stop", "UserPromptSubmit", back) == "waiting"
    failed = {"hook_event_name": "StopFailure", "last_assistant_message": "API Error: 429"}
    assert after(*begun, failed, "Notification") == "waiting"
    assert "API Error: 429" in at_work([failed])[1]


def test_a_run_that_cannot_be_started_says_so_to_whoever_waits_for_it(
    tmp_path: Path, start: Start
) -> None:
    run = new_run(tmp_path, Prompt(flows=(KEY,), text="Do it."), {})
    (tmp_path / ".ddd").mkdir(exist_ok=True)
    (tmp_path / ".ddd/config.yaml").write_text("claude_code: {command: [1]}\n")
    assert launched(run).wait(PATIENCE) == 2
    state, why = run.status
    assert state == "failed"
    assert "claude_code.command" in why


@pytest.mark.parametrize(
    ("script", "state", "said"),
    [
        ("sys.exit(1)", "failed", "status 1"),
        ("os.kill(os.getpid(), 9)", "failed", "signal 9"),
        ("raise RuntimeError('oops')", "failed", "status 1"),
        ("sys.exit(0)", "stopped", "before it finished"),
        ("tell('Stop')", "done", "has finished"),
    ],
)
def test_how_it_ended_is_recorded(start: Start, script: str, state: str, said: str) -> None:
    run, process = start(script)
    process.wait(PATIENCE)
    assert run.state == state
    assert said in run.status[1]


def test_without_claude_code_it_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / ".ddd").mkdir()
    (tmp_path / ".ddd/config.yaml").write_text("claude_code: {command: /no/such-claude}\n")
    run = new_run(tmp_path, Prompt(flows=(KEY,), text="Do it."), {})
    process = launched(run)
    _, complaint = process.communicate(timeout=PATIENCE)
    assert process.returncode == 127
    assert b"npm install -g @anthropic-ai/claude-code" in complaint
    assert f"The prompt is in {run.folder / 'prompt.md'}".encode() in complaint
    assert run.state == "failed"
    assert "/no/such-claude" in run.status[1]


def test_stopping_ends_it_with_all_that_it_started(start: Start) -> None:
    child = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']"
    script = f"a = {child})\nb = {child}, start_new_session=True)\n"
    script += "open('children', 'w').write(f'{a.pid} {b.pid}')\ntime.sleep(600)"
    run, process = start(script)
    children = run.root / "children"
    wait_for(lambda: children.exists() and len(children.read_text().split()) == 2)
    assert stop(run)
    process.wait(PATIENCE)
    assert run.state == "stopped"
    for pid in children.read_text().split():
        assert not psutil.pid_exists(int(pid)) or (
            psutil.Process(int(pid)).status() == psutil.STATUS_ZOMBIE
        )
    assert not stop(run)


def test_a_run_that_was_killed_with_its_launcher_has_failed(start: Start) -> None:
    run, process = start("time.sleep(600)")
    wait_for(lambda: run.state == "running")
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)
    wait_for(lambda: run.state == "failed")
    assert "exited unexpectedly" in run.status[1]


def test_two_runs_of_one_flow_at_once_are_refused(start: Start) -> None:
    run, _ = start("time.sleep(600)")
    wait_for(lambda: run.state == "running")
    with pytest.raises(RunError, match="is not finished"):
        new_run(run.root, Prompt(flows=("a/b", KEY), text="Again."), {})
    other = new_run(run.root, Prompt(flows=("a/b",), text="Another."), {})
    assert other.state == "prompt_ready"
    assert [one.id for one in active_runs(run.root)] == [run.id]
    assert {one.id for one in runs(run.root)} == {run.id, other.id}
    stop(run)


def test_a_run_whose_turn_has_ended_makes_room_for_the_next(start: Start) -> None:
    run, process = start("tell('Stop')\ntime.sleep(600)")
    wait_for(lambda: run.state == "done")
    new_run(run.root, Prompt(flows=(KEY,), text="Again."), {})
    process.wait(PATIENCE)
    assert run.status == (
        "done",
        "Finished. The session was closed so that the next run could start.",
    )


def test_a_run_that_was_stopped_before_it_began_does_not_begin(tmp_path: Path) -> None:
    stand_in(tmp_path, "tell('Stop')")
    run = new_run(tmp_path, Prompt(flows=("a/b",), text="Do it."), {})
    assert stop(run)
    assert launched(run).wait(PATIENCE) == 2
    assert run.state == "stopped"


def test_a_run_starts_once(start: Start) -> None:
    run, process = start("tell('Stop')")
    process.wait(PATIENCE)
    again = launched(run)
    _, complaint = again.communicate(timeout=PATIENCE)
    assert again.returncode == 2
    assert b"was started already" in complaint


def test_a_run_that_nothing_began_has_failed_and_can_still_begin(start: Start) -> None:
    first, process = start("tell('Stop')")
    process.wait(PATIENCE)
    run = new_run(first.root, Prompt(flows=(KEY,), text="Do it."), {})
    assert run.status[0] == "prompt_ready"
    long_ago = datetime.now(UTC) - timedelta(seconds=BEGINS_WITHIN + 1)
    run.write("run.json", {**run.about, "created_at": long_ago.isoformat()})
    assert run.status == ("failed", "its terminal was closed before Claude Code began")
    assert launched(run, "--resume").wait(PATIENCE) == 0
    assert run.state == "done"


def test_runs_of_one_second_are_listed_the_newest_first(tmp_path: Path) -> None:
    made = [new_run(tmp_path, Prompt(flows=(f"a/{name}",), text="x"), {}).id for name in "mzakbycx"]
    assert [run.id for run in runs(tmp_path)] == made[::-1]


def test_what_a_killed_program_prepared_of_a_run_is_cleared_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = storage.write

    def killed(root: Path, path: str, content: bytes, **more: Any) -> None:
        if path.endswith("run.json"):
            raise KeyboardInterrupt
        write(root, path, content, **more)

    with monkeypatch.context() as patch:
        patch.setattr(storage, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            new_run(tmp_path, Prompt(flows=(KEY,), text="Half."), {KEY: b"flow: {}\n"})
    [half] = [path for path in (tmp_path / ".ddd/runs").iterdir() if path.is_dir()]
    kept = half.with_name(f"{half.name}-kept")
    kept.mkdir()
    (kept / "notes.md").write_text("mine")
    run = new_run(tmp_path, Prompt(flows=(KEY,), text="Whole."), {KEY: b"flow: {}\n"})
    folders = {path.name for path in (tmp_path / ".ddd/runs").iterdir() if path.is_dir()}
    assert folders == {run.id, kept.name}


def test_hooks_that_are_cut_off_or_odd_are_left_out(start: Start) -> None:
    run, process = start("tell('Stop', last_assistant_message='x')")
    process.wait(PATIENCE)
    with (run.folder / "hooks.jsonl").open("ab") as file:
        file.write(b'[1]\n{"hook_event_name": "St')
    assert run.last_message == "x"
    assert run.turns == 1


def test_the_spec_of_the_start_is_kept_and_runs_are_not_committed(start: Start) -> None:
    run, process = start("tell('Stop')")
    process.wait(PATIENCE)
    assert run.spec(KEY) == b"flow: {}\n"
    assert run.spec("a/b") is None
    assert (run.root / ".ddd/runs/.gitignore").read_text() == "*\n"


def test_a_session_goes_on_after_its_program_is_gone(tmp_path: Path, start: Start) -> None:
    script = """
if "--resume" in words:
    tell("SessionStart", source="resume")
    open("resumed", "w").write(" ".join(words[words.index("--resume"):]))
    tell("Stop", last_assistant_message="Done after all.")
else:
    tell("UserPromptSubmit", session_id="0f8fad5b-d9cb-469f-a165-70867728950e", prompt="my secret")
    time.sleep(600)
"""
    run, process = start(script)
    wait_for(lambda: len(run.hook_events) == 1)
    again = launched(run, "--resume")
    _, complaint = again.communicate(timeout=PATIENCE)
    assert b"is not finished: continue in its terminal" in complaint
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)
    wait_for(lambda: run.state == "failed")
    assert launched(run, "--resume").wait(PATIENCE) == 0
    assert (tmp_path / "resumed").read_text() == "--resume 0f8fad5b-d9cb-469f-a165-70867728950e"
    assert (run.state, run.last_message) == ("done", "Done after all.")
    assert "my secret" not in (run.folder / "hooks.jsonl").read_text()


def test_a_run_that_was_killed_before_it_said_anything_begins_anew(start: Start) -> None:
    run, process = start("open('arrived', 'a').write(said())\ntime.sleep(600)")
    arrived = run.root / "arrived"
    wait_for(arrived.exists)
    assert stop(run)
    process.wait(PATIENCE)
    stand_in(run.root, "open('arrived', 'a').write(said())\ntell('Stop')")
    assert launched(run, "--resume").wait(PATIENCE) == 0
    assert arrived.read_text() == "Do it.Do it."
    assert run.state == "done"


def test_a_run_that_was_only_prepared_begins(start: Start) -> None:
    first, process = start("open('arrived', 'w').write(said())\ntell('Stop')")
    process.wait(PATIENCE)
    run = new_run(first.root, Prompt(flows=(KEY,), text="Begin."), {})
    assert launched(run, "--resume").wait(PATIENCE) == 0
    assert (run.root / "arrived").read_text() == "Begin."
    assert run.state == "done"


@pytest.mark.parametrize("trouble", ["another run", "broken settings", "no program", "no start"])
def test_a_run_that_cannot_go_on_stands_as_before(start: Start, trouble: str) -> None:
    run, process = start("tell('Stop')")
    process.wait(PATIENCE)
    run.write("outcome.json", {"files": {KEY: ["a.py"]}})
    before = run.status
    config = run.root / ".ddd/config.yaml"
    other = None
    match trouble:
        case "another run":
            stand_in(run.root, "time.sleep(600)")
            other = new_run(run.root, Prompt(flows=(KEY,), text="Again."), {})
            launched(other)
            wait_for(lambda: other.state == "running")
        case "broken settings":
            config.write_text("claude_code: {command: [1]}\n")
        case "no program":
            config.write_text("claude_code: {command: /no/such-claude}\n")
        case _:
            program = run.root / "claude"
            program.write_bytes(b"\x7fELF, or not")
            program.chmod(0o755)
            config.write_text(f"claude_code: {{command: {program}}}\n")
            trusting(run.root)
    again = launched(run, "--resume")
    _, complaint = again.communicate(timeout=PATIENCE)
    assert again.returncode in (2, 127), complaint
    assert (run.status, run.confirmed) == (before, True)
    if other is not None:
        stop(other)
