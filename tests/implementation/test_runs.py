"""Runs of a program in Claude Code's place: what is handed to it, what it tells, how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import psutil
import pytest

from ddd_lab.files.disk import storage
from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.prompts import Prompt
from ddd_lab.implementation.runs import Run, RunError, active_runs, find_run, new_run, runs
from ddd_lab.implementation.runs.launch import launch
from ddd_lab.implementation.runs.run_state import BEGINS_WITHIN, at_work
from ddd_lab.implementation.runs.stopping import stop
from ddd_lab.implementation.trust import NotTrustedError
from ddd_lab.lab.server.claude import claude_program
from notebooks.scripted_claude.home import executable
from notebooks.scripted_claude.terminal import Terminal
from tests.audit import watching
from tests.implementation.own_terminal import own_terminal
from tests.implementation.stand_in import LAUNCH, launched, open_terminal, stand_in, wait_for
from tests.trusting import trusting

KEY = "orders/place-order"


class Start(Protocol):
    """Runs a script in Claude Code's place, with a prompt."""

    def __call__(
        self, script: str, prompt: str = "Do it."
    ) -> tuple[Run, subprocess.Popen[bytes]]: ...


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """A function that runs a script in Claude Code's place, with a prompt."""

    def started(script: str, prompt: str = "Do it.") -> tuple[Run, subprocess.Popen[bytes]]:
        stand_in(tmp_path, script)
        run = new_run(tmp_path, Prompt(flows=(KEY,), text=prompt), {KEY: b"flow: {}\n"})
        return run, launched(run)

    return started


def test_a_prompt_arrives_unchanged_and_nothing_in_it_is_executed(
    tmp_path: Path, start: Start
) -> None:
    nasty = "-- /help \"'`touch pwned` $(touch pwned) ; touch pwned\n\\ %s {x} \t ü 漢\n"
    prompt = nasty + "x" * 100_000 + "\n-- end"
    run, process = start("open('arrived', 'w', newline='').write(said())\ntell('Stop')", prompt)
    assert process.wait(30) == 0
    assert (tmp_path / "arrived").read_text("utf-8") == prompt
    assert not (tmp_path / "pwned").exists()
    assert run.state == "done"


def test_a_prompt_too_long_for_an_argument_is_read_from_its_file(
    tmp_path: Path, start: Start
) -> None:
    run, process = start("open('arrived', 'w').write(said())\ntell('Stop')", "x" * 3_000_000)
    assert process.wait(30) == 0
    assert str(run.folder / "prompt.md") in (tmp_path / "arrived").read_text()


def test_the_end_of_a_turn_is_known_while_the_program_goes_on(start: Start) -> None:
    script = "tell('UserPromptSubmit')\ntell('Notification')\n"
    script += "time.sleep(0.5)\ntell('Stop', last_assistant_message='All done.')\ntime.sleep(60)"
    run, process = start(script)
    wait_for(lambda: run.state == "waiting")
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
    assert launched(run).wait(30) == 2
    state, why = run.standing
    assert state == "failed"
    assert "claude_code.command" in why


@pytest.mark.parametrize(
    ("script", "state", "said"),
    [
        ("sys.exit(1)", "failed", "status 1"),
        ("os.kill(os.getpid(), 9)", "failed", "signal 9"),
        ("raise RuntimeError('oops')", "failed", "status 1"),
        ("sys.exit(0)", "stopped", "before it had finished"),
        ("tell('Stop')", "done", "has finished"),
    ],
)
def test_how_it_ended_is_recorded(start: Start, script: str, state: str, said: str) -> None:
    run, process = start(script)
    process.wait(30)
    assert run.state == state
    assert said in run.standing[1]


def test_without_claude_code_it_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / ".ddd").mkdir()
    (tmp_path / ".ddd/config.yaml").write_text("claude_code: {command: /no/such-claude}\n")
    run = new_run(tmp_path, Prompt(flows=(KEY,), text="Do it."), {})
    process = launched(run)
    _, complaint = process.communicate(timeout=30)
    assert process.returncode == 127
    assert b"npm install -g @anthropic-ai/claude-code" in complaint
    assert f"The prompt is in {run.folder / 'prompt.md'}".encode() in complaint
    assert run.state == "failed"
    assert "/no/such-claude" in run.standing[1]


def test_stopping_ends_it_with_all_that_it_started(start: Start) -> None:
    child = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']"
    script = f"a = {child})\nb = {child}, start_new_session=True)\n"
    script += "open('children', 'w').write(f'{a.pid} {b.pid}')\ntime.sleep(60)"
    run, process = start(script)
    children = run.root / "children"
    wait_for(lambda: children.exists() and len(children.read_text().split()) == 2)
    assert stop(run)
    process.wait(30)
    assert run.state == "stopped"
    for pid in children.read_text().split():
        assert not psutil.pid_exists(int(pid)) or (
            psutil.Process(int(pid)).status() == psutil.STATUS_ZOMBIE
        )
    assert not stop(run)


def test_a_run_that_was_killed_with_its_launcher_has_failed(start: Start) -> None:
    run, process = start("time.sleep(60)")
    wait_for(lambda: run.state == "running")
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)
    wait_for(lambda: run.state == "failed")
    assert "exited unexpectedly" in run.standing[1]


def test_two_runs_of_one_flow_at_once_are_refused(start: Start) -> None:
    run, _ = start("time.sleep(60)")
    wait_for(lambda: run.state == "running")
    with pytest.raises(RunError, match="is not finished"):
        new_run(run.root, Prompt(flows=("a/b", KEY), text="Again."), {})
    other = new_run(run.root, Prompt(flows=("a/b",), text="Another."), {})
    assert other.state == "prompt_ready"
    assert [one.id for one in active_runs(run.root)] == [run.id]
    assert {one.id for one in runs(run.root)} == {run.id, other.id}
    stop(run)


def test_a_run_whose_turn_has_ended_makes_room_for_the_next(start: Start) -> None:
    run, process = start("tell('Stop')\ntime.sleep(60)")
    wait_for(lambda: run.state == "done")
    new_run(run.root, Prompt(flows=(KEY,), text="Again."), {})
    process.wait(30)
    assert run.standing == (
        "done",
        "Finished. The session was closed so that the next run could start.",
    )


def test_a_run_that_was_stopped_before_it_began_does_not_begin(start: Start) -> None:
    run = new_run(start("tell('Stop')")[0].root, Prompt(flows=("a/b",), text="Do it."), {})
    assert stop(run)
    assert launched(run).wait(30) == 2
    assert run.state == "stopped"


def test_a_run_starts_once(start: Start) -> None:
    run, process = start("tell('Stop')")
    process.wait(30)
    again = launched(run)
    _, complaint = again.communicate(timeout=30)
    assert again.returncode == 2
    assert b"was started already" in complaint


def test_a_run_that_nothing_began_has_failed_and_can_still_begin(start: Start) -> None:
    first, process = start("tell('Stop')")
    process.wait(30)
    run = new_run(first.root, Prompt(flows=(KEY,), text="Do it."), {})
    assert run.standing[0] == "prompt_ready"
    long_ago = datetime.now(UTC) - timedelta(seconds=BEGINS_WITHIN + 1)
    run.write("run.json", {**run.about, "created_at": long_ago.isoformat()})
    assert run.standing == ("failed", "its terminal was closed before Claude Code began")
    assert launched(run, "--resume").wait(30) == 0
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
    process.wait(30)
    with (run.folder / "hooks.jsonl").open("ab") as file:
        file.write(b'[1]\n{"hook_event_name": "St')
    assert run.last_message == "x"
    assert run.turns == 1


def test_the_spec_of_the_start_is_kept_and_runs_are_not_committed(start: Start) -> None:
    run, process = start("tell('Stop')")
    process.wait(30)
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
    time.sleep(60)
"""
    run, process = start(script)
    wait_for(lambda: len(run.told) == 1)
    again = launched(run, "--resume")
    _, complaint = again.communicate(timeout=30)
    assert b"is not finished: continue in its terminal" in complaint
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)
    wait_for(lambda: run.state == "failed")
    assert launched(run, "--resume").wait(30) == 0
    assert (tmp_path / "resumed").read_text() == "--resume 0f8fad5b-d9cb-469f-a165-70867728950e"
    assert (run.state, run.last_message) == ("done", "Done after all.")
    assert "my secret" not in (run.folder / "hooks.jsonl").read_text()


def test_a_run_that_was_killed_before_it_said_anything_begins_anew(start: Start) -> None:
    run, process = start("open('arrived', 'a').write(said())\ntime.sleep(60)")
    arrived = run.root / "arrived"
    wait_for(arrived.exists)
    assert stop(run)
    process.wait(30)
    stand_in(run.root, "open('arrived', 'a').write(said())\ntell('Stop')")
    assert launched(run, "--resume").wait(30) == 0
    assert arrived.read_text() == "Do it.Do it."
    assert run.state == "done"


def test_a_run_that_was_only_prepared_begins(start: Start) -> None:
    first, process = start("open('arrived', 'w').write(said())\ntell('Stop')")
    process.wait(30)
    run = new_run(first.root, Prompt(flows=(KEY,), text="Begin."), {})
    assert launched(run, "--resume").wait(30) == 0
    assert (run.root / "arrived").read_text() == "Begin."
    assert run.state == "done"


@pytest.mark.parametrize("trouble", ["another run", "broken settings", "no program", "no start"])
def test_a_run_that_cannot_go_on_stands_as_before(start: Start, trouble: str) -> None:
    run, process = start("tell('Stop')")
    process.wait(30)
    run.write("outcome.json", {"files": {KEY: ["a.py"]}})
    before = run.standing
    config = run.root / ".ddd/config.yaml"
    other = None
    match trouble:
        case "another run":
            stand_in(run.root, "time.sleep(60)")
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
    _, complaint = again.communicate(timeout=30)
    assert again.returncode in (2, 127), complaint
    assert (run.standing, run.confirmed) == (before, True)
    if other is not None:
        stop(other)


@pytest.mark.parametrize("command", ["/home/o'brien/bin/claude", "claude 'half"])
def test_a_command_that_cannot_be_read_is_named(tmp_path: Path, command: str) -> None:
    (tmp_path / ".ddd").mkdir()
    (tmp_path / ".ddd/config.yaml").write_text(f'claude_code: {{command: "{command}"}}\n')
    run = new_run(tmp_path, Prompt(flows=(KEY,), text="Do it."), {})
    assert launched(run).wait(30) == 2
    assert run.state == "failed"
    assert "claude_code.command in .ddd/config.yaml cannot be read" in run.standing[1]


@pytest.mark.parametrize("missing", ["stdin", "stdout"])
def test_without_a_terminal_it_is_not_started(start: Start, missing: str) -> None:
    run, process = start("open('begun', 'w')\ntell('Stop')")
    process.wait(30)
    (run.root / "begun").unlink()
    other = new_run(run.root, Prompt(flows=("a/b",), text="Do it."), {})
    with open_terminal() as slave:
        words = [
            sys.executable,
            "-m",
            LAUNCH,
            str(other.root),
            other.id,
        ]
        done = subprocess.Popen(
            words,
            cwd=Path(__file__).parents[2],
            stdin=subprocess.DEVNULL if missing == "stdin" else slave,
            stdout=subprocess.DEVNULL if missing == "stdout" else slave,
            stderr=subprocess.PIPE,
        )
        _, complaint = done.communicate(timeout=30)
    assert done.returncode == 2
    assert b"only runs in a terminal" in complaint
    assert not (run.root / "begun").exists()


def test_afterwards_the_person_is_in_their_shell(start: Start, tmp_path: Path) -> None:
    run = new_run(start("tell('Stop')")[0].root, Prompt(flows=("a/b",), text="Do it."), {})
    words = [
        sys.executable,
        "-m",
        LAUNCH,
        "--then-shell",
        str(run.root),
    ]
    env = {**os.environ, "SHELL": "/bin/sh", "PS1": "shell> ", "TERM": "xterm"}
    env["PYTHONPATH"] = str(Path(__file__).parents[2])
    terminal = Terminal([*words, run.id], tmp_path, env)
    try:
        terminal.wait_for("this is your shell")
        assert run.state == "done"
        terminal.type("echo $((6 * 7)) $PWD; exit 3\r")
        terminal.wait_for(f"42 {tmp_path}")
        assert terminal.wait() == 3
    finally:
        terminal.close()


def test_it_is_never_started_where_nobody_is_asked(start: Start) -> None:
    run, _ = start("tell('Stop')")
    other = new_run(run.root, Prompt(flows=("a/b",), text="Do it."), {})
    config = run.root / ".ddd/config.yaml"
    config.write_text(config.read_text().replace("stand_in", "stand_in -p"))
    trusting(run.root)
    process = launched(other)
    _, complaint = process.communicate(timeout=30)
    assert b"has -p: Claude Code is only started where a person can see it" in complaint
    assert other.state == "failed"


def test_what_is_started_is_what_was_trusted_also_where_the_settings_are_swapped(
    tmp_path: Path,
) -> None:
    stand_in(tmp_path, "tell('Stop')")
    config = tmp_path / ".ddd/config.yaml"
    trusted = config.read_text()
    run = new_run(tmp_path, Prompt(flows=(KEY,), text="Do it."), {})
    evil = executable(tmp_path / "evil", ["touch", tmp_path / "ran"])
    config.write_text(f"claude_code: {{command: {evil}}}\n")
    # Once the command is known, the file says again what was trusted.
    watching.begin(str(run.folder / "prompt.md"), lambda _: config.write_text(trusted))
    try:
        with own_terminal() as terminal, terminal.here(), pytest.raises(NotTrustedError) as refused:
            launch(run)
    finally:
        watching.begin("", None)
    assert config.read_text() == trusted
    assert str(tmp_path / "evil") in str(refused.value)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("chosen", "given", "words"),
    [
        ("", "default", "It asks you before it changes files"),
        ("bypassPermissions", "default", "It asks you before it changes files"),
        ("plan", "", "plan first"),
        ("acceptEdits", "", "change files without asking"),
        ("dontAsk", "", "follows from your Claude Code settings (dontAsk)"),
    ],
)
def test_questions_are_asked_as_the_person_has_set_it_and_the_panel_says_so(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    start: Start,
    chosen: str,
    given: str,
    words: str,
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.json").write_text(json.dumps({"permissions": {"defaultMode": chosen}}))
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(home))
    run, process = start("open('arrived', 'w').write(' '.join(words))\ntell('Stop')")
    process.wait(30)
    assert run.read("settings.json").get("permissions", {}).get("defaultMode", "") == given
    assert words in claude_program(run.root, read_config(run.root)).asks
    arrived = (tmp_path / "arrived").read_text()
    assert not re.search("skip|bypass|permission|print", arrived.replace(str(tmp_path), ""))


def test_of_two_that_start_at_once_only_one_begins(start: Start) -> None:
    run, _ = start("tell('Stop')")
    pair = [new_run(run.root, Prompt(flows=("a/b",), text="x"), {}) for _ in range(2)]
    stand_in(run.root, "time.sleep(60)")
    processes = [launched(one) for one in pair]
    wait_for(lambda: any(process.poll() is not None for process in processes))
    assert sorted(one.state for one in pair) == ["failed", "running"]
    for one in pair:
        stop(one)
    assert sorted(process.wait(30) for process in processes) == [2, 143]


@pytest.mark.parametrize("id", ["..", "x", "20260101-000000-../../etc", ""])
def test_what_is_no_run_is_refused(tmp_path: Path, id: str) -> None:
    with pytest.raises(RunError):
        find_run(tmp_path, id)


@pytest.mark.parametrize("shell", ["", "bash", "./bash"])
def test_the_shell_that_is_left_is_none_of_the_project(tmp_path: Path, shell: str) -> None:
    (tmp_path / "bash").write_text("#!/bin/sh\ntouch ran\n")
    (tmp_path / "bash").chmod(0o755)
    code = "from ddd_lab.implementation.runs.launch import _become_shell; _become_shell('.')"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "SHELL": shell, "PATH": f":{os.environ['PATH']}"},
        input="echo here",
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "here\n"
    assert not (tmp_path / "ran").exists()
