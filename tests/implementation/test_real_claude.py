"""The real Claude Code, with a provider on this machine: from a flow to mapped, tested code."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.implementation.runs import runs
from notebooks.scripted_claude.home import environment
from notebooks.scripted_claude.provider import Fail, Say, Use, provider
from notebooks.scripted_claude.terminal import Terminal
from tests.implementation.stand_in import LAUNCH, wait_for
from tests.patience import PATIENCE
from tests.trusting import trusting

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
FLOW = "members/join-library"
CODE = "src/domains/members/join_library.py"
TEST = "tests/unit/domains/members/test_join_library.py"
NOTES = "Done.\n\n## Implementation Notes\n\n1. **Additions**\n   - a log line\n"


@pytest.fixture
def root(tmp_path: Path, claude: Path) -> Path:
    """A copy of the sample design that knows where Claude Code is."""
    folder = tmp_path / "fernhill"
    shutil.copytree(FERNHILL, folder)
    (folder / ".ddd").mkdir(exist_ok=True)
    pytest_words = json.dumps(f"{sys.executable} -m pytest")
    (folder / ".ddd/config.yaml").write_text(
        f"claude_code: {{command: {json.dumps(str(claude))}}}\n"
        f"testing: {{command: {pytest_words}, args: [-q, -p, 'no:cacheprovider']}}\n"
    )
    trusting(folder)
    return folder


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Terminals that are closed in the end."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def implement(root: Path, url: str, terminals: list[Terminal], *more: str) -> Terminal:
    words = [sys.executable, "-m", "ddd_lab", "implement", FLOW, "--project", str(root), *more]
    return in_terminal(words, root, url, terminals)


def in_terminal(words: list[str], root: Path, url: str, terminals: list[Terminal]) -> Terminal:
    told = [{"hooks": [{"type": "command", "command": f"touch {root.parent}/own-hook-was-called"}]}]
    env = environment(root.parent / "home", root, url, {"hooks": {"Stop": told}})
    env["PYTHONPATH"] = str(Path(__file__).parents[2])
    terminal = Terminal(words, root, env)
    terminals.append(terminal)
    return terminal


@pytest.mark.covers("S08.9", "S08.10", "S08.11", "T28.5", "T29.1", "T32.2", "T30.1")
def test_a_flow_is_implemented_in_the_shell_and_known_from_then_on(
    root: Path, terminals: list[Terminal]
) -> None:
    code = Use("Write", {"file_path": str(root / CODE), "content": "LIMIT = 3\n"})
    test = Use("Write", {"file_path": str(root / TEST), "content": "def test_it(): pass\n"})
    nasty = "\"'`touch pwned` $(touch pwned) ; ü 漢"
    with provider(code, test, Say(NOTES)) as script:
        terminal = implement(root, script.url, terminals, "--more", nasty)
        terminal.wait_for("Do you want to create join_library.py?")
        terminal.type("\r")
        terminal.wait_for("Do you want to create test_join_library.py?")
        terminal.type("\r")
        terminal.wait_for("a log line")
        (run,) = runs(root)
        assert run.wait(PATIENCE) == "done"
        assert run.last_message == NOTES.strip()
        assert (root.parent / "own-hook-was-called").exists()
        assert nasty in script.heard
        assert not (root / "pwned").exists()
        terminal.type("/exit\r")
        terminal.wait_for("Record these files as the flow's code?")
        terminal.type("y\r")
        terminal.wait_for("1 passed")
        assert terminal.wait() == 0
    project = ddd.open(root, watch=False)
    status = project.workbench.sync.flow(FLOW)
    assert status.state == "in_sync"
    assert status.mapped is not None
    assert status.mapped.files == (CODE, TEST)
    assert run.read("outcome.json")["notes"]["additions"] == ["a log line"]
    assert "1 implemented" in (root / "CLAUDE.md").read_text()
    flow = project.flows[FLOW]
    end = next(node for node in flow.nodes.values() if node.type == "terminal")
    flow.nodes[end.id].label = "Welcome them"
    project.save()
    assert project.workbench.sync.flow(FLOW).state == "spec_ahead"
    assert any("Welcome them" in line for line in project.workbench.sync.flow(FLOW).words)


@pytest.mark.parametrize("status", [401, 429, 500, 0])
def test_trouble_with_the_provider_is_told_and_records_nothing(
    root: Path, terminals: list[Terminal], status: int
) -> None:
    with provider(Fail(status)) as script:
        terminal = implement(root, script.url, terminals)
        wait_for(lambda: bool(runs(root)))
        (run,) = runs(root)
        wait_for(lambda: run.state == "waiting")
        assert "the turn was interrupted" in run.status[1]
        assert str(status or "Error") in run.status[1]
        terminal.type("/exit\r")
        assert terminal.wait() == 1
    assert run.state == "stopped"
    assert not (root / ".ddd/mapping.yaml").exists()


def test_a_session_that_was_killed_goes_on(root: Path, terminals: list[Terminal]) -> None:
    write = Use("Write", {"file_path": str(root / CODE), "content": "LIMIT = 3\n"})
    with provider(write, Say("I go on.")) as script:
        implement(root, script.url, terminals).wait_for("Do you want to create join_library.py?")
        (run,) = runs(root)
        wait_for(lambda: run.state == "waiting")
        # Claude Code can only go on with what it has written down.
        conversation = root.parent / "home/.claude/projects"
        wait_for(
            lambda: any("tool_use" in file.read_text() for file in conversation.rglob("*.jsonl"))
        )
        os.kill(run.read("process.json")["pid"], signal.SIGKILL)
        wait_for(lambda: run.state == "failed")
        words = [
            sys.executable,
            "-m",
            LAUNCH,
            "--resume",
            str(root),
            run.id,
        ]
        terminal = in_terminal(words, root, script.url, terminals)
        wait_for(lambda: "open again" in run.status[1])
        terminal.type("Go on.")
        terminal.wait_for("❯ Go on.")
        terminal.type("\r")
        terminal.wait_for("I go on.")
        assert run.wait(PATIENCE) == "done"
        assert "Go on." in script.heard
        assert "# Implement members/join-library" in script.heard
