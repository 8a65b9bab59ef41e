"""What shows a run follows it for as long as anything may happen to it, and no longer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.implementation.runs import Run
from ddd_lab.implementation.runs.record import process_mark
from ddd_lab.implementation.runs.starting import prepared
from ddd_lab.lab import run_widget
from ddd_lab.lab.run_widget import RunWidget
from tests.lab.conftest import CODE, FERNHILL, FLOW, wait_for
from tests.trusting import trusting


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks follow each other quickly, and end soon."""
    monkeypatch.setattr(run_widget, "_PAUSE", 0.01)
    monkeypatch.setattr(run_widget, "_AFTERWARDS", 0.2)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run whose turn has ended; its program is still there to talk with."""
    root = Path(shutil.copytree(FERNHILL, tmp_path / "fernhill"))
    (root / ".ddd").mkdir()
    settings = {"claude_code": {"command": sys.executable}}
    (root / ".ddd/config.yaml").write_text(json.dumps(settings))
    trusting(root)
    project = ddd.open(root, watch=False)
    run = prepared(project.workbench.sync, project.prompt(FLOW))
    (run.folder / "hooks.jsonl").write_text('{"hook_event_name": "Stop"}\n')
    run.write("process.json", process_mark(os.getpid()))
    assert (run.state, run.alive) == ("done", True)
    return run


def followed() -> bool:
    """Whether anything in this process still looks at runs."""
    return any(thread.name == "ddd-lab-live" for thread in threading.enumerate())


def test_a_session_that_stands_open_is_followed_however_long_it_is_quiet(run: Run) -> None:
    widget = RunWidget(run)
    time.sleep(0.5)
    run.write("outcome.json", {"files": {FLOW: [CODE]}})
    wait_for(lambda: widget.view["confirmed"])
    widget.close()


def test_one_that_is_long_over_is_looked_at_again_when_something_is_done(run: Run) -> None:
    run.write("exit.json", {"status": 0, "at": time.time()})
    widget = RunWidget(run)
    wait_for(lambda: not followed())
    run.write("outcome.json", {"files": {FLOW: [CODE]}})
    assert not widget.view["confirmed"]
    widget.follow()
    wait_for(lambda: widget.view["confirmed"])
    widget.close()


def test_nothing_is_followed_that_the_page_has_closed(run: Run) -> None:
    widget = RunWidget(run)
    widget.comm.handle_close({})
    wait_for(lambda: not followed())
    assert widget.closed


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("/user/ada/terminals/1", "/user/ada/terminals/1"),
        ("https://hub.example/terminals/1", "https://hub.example/terminals/1"),
        ("javascript:alert(1)//terminals/1", ""),
        ("data:text/html,x", ""),
        ("//evil.example/terminals/1", ""),
        ("https://evil.example/terminals/1", ""),
        ("http://[", ""),
    ],
)
def test_a_link_leads_to_a_page_of_this_server_only(address: str, opened: str) -> None:
    script = Path(run_widget.__file__).with_name("live.js").as_uri()
    base = "https://hub.example/user/ada/lab"
    said = (
        f"import({json.dumps(script)}).then((it) => console.log(it.pageOf(...{[address, base]})))"
    )
    node = Path(sys.prefix, "bin", "node")
    ran = subprocess.run([node, "--eval", said], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == opened
