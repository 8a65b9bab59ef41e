"""How a run is launched: its terminal, its command, its permissions, and the shell afterwards."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.prompts import Prompt
from ddd_lab.implementation.runs import RunError, find_run, new_run
from ddd_lab.implementation.runs.launch import launch
from ddd_lab.implementation.runs.stopping import stop
from ddd_lab.implementation.trust import NotTrustedError
from ddd_lab.lab.server.claude import claude_program
from notebooks.scripted_claude.home import executable
from notebooks.scripted_claude.terminal import Terminal
from tests.audit import watching
from tests.implementation.own_terminal import own_terminal
from tests.implementation.stand_in import (
    KEY,
    LAUNCH,
    Start,
    launched,
    open_terminal,
    stand_in,
    wait_for,
)
from tests.patience import PATIENCE
from tests.trusting import trusting


@pytest.mark.parametrize("command", ["/home/o'brien/bin/claude", "claude 'half"])
def test_a_command_that_cannot_be_read_is_named(tmp_path: Path, command: str) -> None:
    (tmp_path / ".ddd").mkdir()
    (tmp_path / ".ddd/config.yaml").write_text(f'claude_code: {{command: "{command}"}}\n')
    run = new_run(tmp_path, Prompt(flows=(KEY,), text="Do it."), {})
    assert launched(run).wait(PATIENCE) == 2
    assert run.state == "failed"
    assert "claude_code.command in .ddd/config.yaml cannot be read" in run.status[1]


@pytest.mark.parametrize("missing", ["stdin", "stdout"])
def test_without_a_terminal_it_is_not_started(start: Start, missing: str) -> None:
    run, process = start("open('begun', 'w')\ntell('Stop')")
    process.wait(PATIENCE)
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
        _, complaint = done.communicate(timeout=PATIENCE)
    assert done.returncode == 2
    assert b"only runs in a terminal" in complaint
    assert not (run.root / "begun").exists()


def test_afterwards_the_person_is_in_their_shell(tmp_path: Path) -> None:
    stand_in(tmp_path, "tell('Stop')")
    run = new_run(tmp_path, Prompt(flows=("a/b",), text="Do it."), {})
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


def test_it_is_never_started_where_nobody_is_asked(tmp_path: Path) -> None:
    stand_in(tmp_path, "tell('Stop')")
    run = new_run(tmp_path, Prompt(flows=("a/b",), text="Do it."), {})
    config = tmp_path / ".ddd/config.yaml"
    config.write_text(config.read_text().replace("stand_in", "stand_in -p"))
    trusting(tmp_path)
    process = launched(run)
    _, complaint = process.communicate(timeout=PATIENCE)
    assert b"has -p. Remove it: Claude Code is only started where a person can see it" in complaint
    assert run.state == "failed"


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
        ("dontAsk", "", "settings decide what it asks you (dontAsk)"),
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
    process.wait(PATIENCE)
    assert run.read("settings.json").get("permissions", {}).get("defaultMode", "") == given
    assert words in claude_program(run.root, read_config(run.root)).asks
    arrived = (tmp_path / "arrived").read_text()
    assert not re.search("skip|bypass|permission|print", arrived.replace(str(tmp_path), ""))


def test_of_two_that_start_at_once_only_one_begins(tmp_path: Path) -> None:
    stand_in(tmp_path, "time.sleep(600)")
    pair = [new_run(tmp_path, Prompt(flows=("a/b",), text="x"), {}) for _ in range(2)]
    processes = [launched(one) for one in pair]
    wait_for(lambda: any(process.poll() is not None for process in processes))
    assert sorted(one.state for one in pair) == ["failed", "running"]
    for one in pair:
        stop(one)
    assert sorted(process.wait(PATIENCE) for process in processes) == [2, 143]


@pytest.mark.parametrize("id", ["..", "x", "20260101-000000-../../etc", ""])
def test_what_is_no_run_is_refused(tmp_path: Path, id: str) -> None:
    with pytest.raises(RunError):
        find_run(tmp_path, id)


@pytest.mark.parametrize("shell", ["", "bash", "./bash"])
def test_the_shell_that_is_left_is_none_of_the_project(tmp_path: Path, shell: str) -> None:
    (tmp_path / "bash").write_text("#!/bin/sh\ntouch ran\n")
    (tmp_path / "bash").chmod(0o755)
    code = "from ddd_lab.implementation.runs.launch import become_shell; become_shell('.')"
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
