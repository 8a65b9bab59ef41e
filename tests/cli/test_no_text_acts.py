"""No text of a project acts on a screen: neither in the shell, in a notebook nor in a picture."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import git
import pytest

import ddd_lab as ddd
from ddd_lab.cli import main
from ddd_lab.implementation.events import note_event
from ddd_lab.implementation.queue_file import Queue, QueueItem, StoredQueue, save_queue
from ddd_lab.implementation.reports import TestCase
from ddd_lab.implementation.testing import TestRun
from ddd_lab.implementation.trust import trust_request
from ddd_lab.lab.magics import Said
from ddd_lab.lab.run_view import queue_view, view_of
from ddd_lab.lab.terminals import TerminalLink
from ddd_lab.maps import mermaid, show_text, svg
from ddd_lab.project import Project
from tests.any_texts import ACTING, FLOW, NASTY, write_design
from tests.recorded import record_implementation

RUN = "20261130-120000-orders-place"
PLACES = ("", "@flows", "orders", FLOW, "orders/advise")
FILE = "code\x1b[2J\u202e.py"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with everything that the lab keeps of one, and such a text wherever one stands."""
    root = tmp_path_factory.mktemp("projects") / "shop"
    write_design(root, "¤ before")
    (root / FILE).write_text("pass\n")
    with ddd.open(root, watch=False) as project:
        record_implementation(project.workbench.sync, FLOW, (FILE,))
    repository = git.Repo.init(root, initial_branch="main")
    repository.git.add("--all")
    repository.git.commit("--message", NASTY)
    write_design(root, NASTY)
    (root / "specs/domains/orders/flows/bad\x1b[2J\u202e.yaml").write_text("a: [\x1b")
    unreadable = os.fsencode(root / "specs/domains/orders/flows") + b"/\xff.yaml"
    Path(os.fsdecode(unreadable)).write_text("flow: {id: x}\nnodes: []\n")
    settings = {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": NASTY}]}]}}
    named: dict[str, Any] = {
        ".ddd/config.yaml": {"testing": {"args": [NASTY]}},
        ".claude/settings.json": {**settings, NASTY: NASTY},
    }
    for path, said in named.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(json.dumps(said))
    note_event(root, NASTY, NASTY, who=NASTY, spec_hash=NASTY)
    run = root / ".ddd/runs" / RUN
    run.mkdir(parents=True)
    kept = {
        "run.json": {"flows": [FLOW, NASTY], "title": NASTY, "kind": "implement", "session": NASTY},
        "outcome.json": {"files": {FLOW: [NASTY]}, "notices": [NASTY]},
        "exit.json": {"status": 3, "why": NASTY, "at": 1.0},
        "terminal.json": {"name": NASTY, "server": f"javascript:{NASTY}"},
        "tests.json": {FLOW: failed().model_dump()},
    }
    for name, content in kept.items():
        (run / name).write_text(json.dumps(content))
    (run / "prompt.md").write_text(NASTY)
    notes = f"## Implementation Notes\n- {NASTY}"
    told = {"hook_event_name": "Stop", "last_assistant_message": notes}
    (run / "hooks.jsonl").write_text(json.dumps(told) + "\n")
    item = QueueItem(flow=FLOW, state="failed", why=NASTY, run=RUN)
    queue = Queue(state="paused", why=NASTY, items=(item, QueueItem(flow=NASTY)))
    save_queue(root, StoredQueue(queue=queue))
    return root


def failed() -> TestRun:
    test = TestCase(name=NASTY, status="failed", message=NASTY, detail=NASTY)
    return TestRun(flow=NASTY, command=("pytest", NASTY), tests=(test,))


@pytest.fixture
def project(root: Path) -> Project:
    return ddd.open(root, watch=False)


CALLS = [
    ["check", "."],
    ["check", ".", "--format", "json"],
    ["check", ".", "--format", "sarif"],
    ["check", ".", "--fix", "--dry-run"],
    *(["show", ".", place] for place in PLACES),
    ["show", ".", NASTY],
    *(["export", ".", place, "--to", kind] for place in PLACES for kind in ("svg", "mermaid")),
    ["diff", "HEAD", "."],
    ["diff", "HEAD", ".", "--format", "json"],
    ["diff", NASTY.replace("\0", ""), "."],
    ["status", "."],
    ["status", ".", "--format", "json"],
    ["implement", FLOW, "--prompt"],
    ["implement", FLOW, "--prompt", "--more", NASTY],
    ["implement", NASTY, "--prompt"],
    ["implement", "--queue", "--prompt"],
    ["implement", "--fix", FLOW, "--prompt"],
    ["implement", "--migrate", "--prompt"],
    ["runs"],
    ["runs", "--confirm", RUN, NASTY],
    ["runs", "--stop", NASTY],
    ["tests", FLOW],
    ["tests", NASTY],
    ["accept", NASTY, "--reason", NASTY],
    ["claude-md", "--check", "."],
    ["trust", "."],
    ["trust", "--list"],
    ["trust", "--revoke", NASTY],
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: " ".join(map(ascii, call)))
def test_no_command_prints_it(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
    call: list[str],
) -> None:
    monkeypatch.chdir(root)
    main(call)
    said = capsysbinary.readouterr()
    both = said.out.decode() + said.err.decode()
    assert both
    assert "this is a mistake in DDD Lab" not in both
    assert not ACTING.search(both)
    if "json" in call or "sarif" in call:
        assert "\x1b" in str(json.loads(said.out)) or "x1b" in str(json.loads(said.out))


SHOWN: dict[str, Callable[[Project], Any]] = {
    "project": lambda project: project,
    "domains": lambda project: [*project.domains.values()],
    "flows": lambda project: project.flows,
    "flow": lambda project: project.flows[FLOW],
    "nodes": lambda project: [*project.flows[FLOW].nodes.values()],
    "settings": lambda project: [node.spec for node in project.flows[FLOW].nodes.values()],
    "problems": lambda project: project.problems,
    "first problem": lambda project: project.problems[0],
    "stale": lambda project: project.stale(),
    "runs": lambda project: project.runs,
    "run": lambda project: project.run(RUN),
    "queue": lambda project: project.queue,
    "events": lambda project: project.events,
    "prompt": lambda project: project.prompt(FLOW),
    "edited prompt": lambda project: project.prompt(FLOW).model_copy(update={"text": NASTY}),
    "tests": lambda _: failed(),
    "tests without result": lambda _: TestRun(flow=NASTY, problem=NASTY),
    "magic": lambda _: [Said(NASTY)],
    "terminal": lambda _: TerminalLink(name=NASTY, url=f"/{NASTY}"),
    "trust": lambda project: trust_request(project.root),
    "canvas": lambda project: project.canvas(),
}


@pytest.mark.parametrize("what", SHOWN)
def test_no_object_shows_it(project: Project, what: str) -> None:
    shown = SHOWN[what](project)
    assert not ACTING.search(f"{shown!r}{shown!s}")
    html = getattr(shown, "_repr_html_", lambda: "")()
    assert not ACTING.search(html)
    assert "</script>" not in html
    bundle: Any = getattr(shown, "_repr_mimebundle_", dict)()
    for content in bundle[0].values() if isinstance(bundle, tuple) else bundle.values():
        assert not ACTING.search(str(content))


@pytest.mark.parametrize("place", PLACES)
def test_no_picture_shows_it(project: Project, place: str) -> None:
    for picture in (svg, mermaid, show_text):
        drawn = picture(project.design, place)
        assert not ACTING.search(drawn)
        assert not re.search(r"<a\b|<script|href=", drawn)
    assert not re.search(r"^\s*click\b", mermaid(project.design, place), re.MULTILINE)


def test_no_live_view_shows_it(project: Project) -> None:
    (run,) = project.runs
    for view in (view_of(run._run), queue_view(project.root)):
        for text in texts({key: value for key, value in view.items() if key not in ("root", "id")}):
            assert not ACTING.search(text)
            assert not text.startswith("javascript:")


def texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from texts(list(value.values()))
        case list() | tuple():
            for item in value:
                yield from texts(item)
