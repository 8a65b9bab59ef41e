"""A project that was made to do harm is opened and looked at, everywhere: it does none."""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.cli import main
from ddd_lab.files.disk.watching import WatchWarning
from ddd_lab.git.committing import stage
from ddd_lab.implementation.claude_md import write_claude_md
from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.queue_file import FOUND
from ddd_lab.implementation.runs import Run, RunError, runs
from ddd_lab.implementation.runs.launch import launch
from ddd_lab.implementation.starters import STARTERS
from ddd_lab.implementation.testing import run_tests
from ddd_lab.implementation.trust import NotTrustedError
from ddd_lab.lab.server.terminals import ServerTerminals
from ddd_lab.lab.terminals import open_terminal
from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError
from tests.audit.watching import noted
from tests.browser.server import jupyter_server
from tests.canvas.random_commands import READ_ONLY, arguments
from tests.canvas.screen import Screen
from tests.hostile import FLOW, OPTION, ORDER, SECRET, Hostile, hostile_project
from tests.implementation.own_terminal import own_terminal
from tests.lab.conftest import Answer, call
from tests.trusting import trusting

LOOKS = 6
"""Looks of a panel, a second apart."""
REFUSALS = (RunError, EditError, OSError, ValueError, KeyError)
"""What says in words why something cannot be done."""


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Hostile]:
    """The project; in the end nothing outside of it has been touched, and nothing was started."""
    made = hostile_project(tmp_path, tmp_path / "outside")
    before = made.seen()
    with noted(str(made.outside)) as found:
        yield made
    assert [line for line in found if not harmless(line)] == []
    assert made.seen() == before


def harmless(line: str) -> bool:
    """Whether what was started is Git alone."""
    words = line.partition(": ")[2].strip("[]()").replace("'", "").split(", ")
    return line.startswith("started") and (words[0] == "git" or words[0].endswith("/git"))


def told(look: Callable[[], Any]) -> str:
    """What a look says, as a person sees it, or why there is nothing to be seen."""
    try:
        found = look()
        html = getattr(found, "_repr_html_", None)
        return f"{found!r}\n{found}\n{html() if html else ''}"
    except REFUSALS as error:
        return f"{type(error).__name__}: {error}"


def check(said: list[str]) -> str:
    """What was said holds nothing of outside, and nothing that acts on a terminal."""
    text = "\n".join(said)
    assert SECRET not in text
    return text


def looked_at(hostile: Hostile) -> str:
    """All that Python says of it."""
    with Project(hostile.root) as project:
        said = [told(lambda: project), told(lambda: project.problems)]
        design = project.design
        for at in ("", "@flows", *design.domains, *design.flow_keys):
            said += [told(partial(project.mermaid, at)), told(partial(project.svg, at))]
        said += [told(partial(project.sheet, key)) for key in design.flow_keys]
        said += [told(partial(project.domain_map, key)) for key in design.domains]
        looks: list[Callable[[], Any]] = [
            project.system_map,
            project.flow_map,
            project.stale,
            project.workbench.sync.flows,
            project.workbench.sync.schemas,
            lambda: project.events,
            lambda: list(project.events),
            project.queue,
            lambda: project.queue().now,
            lambda: project.is_trusted,
            lambda: project.runs,
        ]
        for flow in hostile.flows:
            looks += [partial(project.prompt, flow), partial(project.flows.__getitem__, flow)]
        said += [told(look) for look in looks]
        for run in project.runs:
            for name in ("state", "why", "message", "terminal", "outcome", "tests", "prompt"):
                said.append(told(partial(getattr, run, name)))
            said += [told(run.proposed), told(partial(str, run))]
        for start in (
            project.test,
            lambda: project.test(FLOW),
            lambda: project.implement(FLOW),
            lambda: project.queue(FLOW),
            lambda: project.queue().resume(),
            lambda: project.queue().skip(),
        ):
            with pytest.raises(NotTrustedError) as refused:
                start()
            said.append(str(refused.value))
        said.append(told(lambda: write_claude_md(project.workbench.sync)))
        project.flows[FLOW].name = "Another name"
        said.append(told(project.save))
        return check(said)


@pytest.mark.timeout(300)
def test_python_looks_at_it_and_no_harm_is_done(hostile: Hostile) -> None:
    with pytest.warns(WatchWarning):
        text = looked_at(hostile)
    assert FOUND in text
    assert str(hostile.root / "evil.sh") in text
    for trouble in ("stolen", "pipe.yaml", "socket.yaml", "deep.yaml", "huge.yaml", "\\xff"):
        assert trouble in text, f"nothing is said of {trouble}"


@pytest.mark.timeout(300)
def test_the_canvas_looks_at_it_and_no_harm_is_done(hostile: Hostile) -> None:
    chance = random.Random(8)
    said: list[str] = []
    with Project(hostile.root, watch=False) as project:
        screen = Screen(project)
        desk = screen.canvas._session
        assert desk is not None
        places = ["", *project.design.domains, *project.design.flow_keys]
        for at in places:
            screen.try_("go", at=at)
            for op in sorted(READ_ONLY):
                screen.try_(op, **arguments(desk, op, chance))
        said += [json.dumps(screen.board), json.dumps(screen.problems), *screen.notices]
        said += [json.dumps(reply) for reply in screen.replies]
        screen.canvas.close()
    check(said)


def commands(hostile: Hostile) -> list[list[str]]:
    """Every command of the shell."""
    root = str(hostile.root)
    return [
        *(["check", root, "--format", form] for form in ("text", "json", "sarif")),
        *(["show", root, at] for at in ("", "@flows", "members", *hostile.flows)),
        *(["export", root, at, "--to", to] for at in ("", FLOW) for to in ("svg", "mermaid")),
        *(["status", root, *more] for more in ([], ["--stale"], ["--format", "json"])),
        *(["implement", "--prompt", "--project", root, flow] for flow in hostile.flows),
        ["implement", "--project", root, FLOW],
        ["implement", "--project", root, "--queue"],
        ["runs", "--project", root],
        *(["runs", "--project", root, "--stop", run.id] for run in runs(hostile.root)),
        *(["runs", "--project", root, "--confirm", run.id] for run in runs(hostile.root)),
        *(["implement", "--project", root, "--resume", run.id] for run in runs(hostile.root)),
        ["tests", "--project", root],
        ["tests", "--project", root, FLOW],
        ["accept", "--project", root, FLOW, "--reason", "no"],
        ["claude-md", "--check", root],
        ["claude-md", root],
        ["trust", root],
        ["trust", "--list"],
        ["diff"],
        ["diff", "HEAD", root],
        ["diff", f"--upload-pack={hostile.root}/evil.sh"],
        ["check", "--fix", root],
    ]


@pytest.mark.timeout(600)
def test_every_command_of_the_shell_looks_at_it_and_no_harm_is_done(
    hostile: Hostile, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile.root)
    said: list[str] = []
    with own_terminal() as terminal:
        for words in commands(hostile):
            with terminal.here():
                terminal.type("n\n")  # whatever it asks
                try:
                    status = main(words)
                except SystemExit as error:  # argparse: the arguments make no sense
                    status = int(error.code or 0)
            out = terminal.take() + capfd.readouterr().err
            shown = f"{words}: {status}\n{out}"
            assert status in (0, 1, 2), shown
            assert "a mistake in DDD Lab" not in shown
            assert "Traceback" not in shown
            assert [letter for letter in out if letter in "\x1b\x07\u202e\x9b"] == [], shown
            said.append(shown)
    text = check(said)
    assert "Trust this project? [y/N]" in text
    assert "Nothing was run: you have not trusted this project." in text


@pytest.mark.timeout(600)
def test_a_server_looks_at_it_and_no_harm_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "server/root/place"
    place.mkdir(parents=True)
    hostile = hostile_project(place, tmp_path / "outside")
    before = hostile.seen()
    log = tmp_path / "audit.log"
    audit = Path(__file__).parents[1] / "audit"
    monkeypatch.setenv("PYTHONPATH", f"{audit}{os.pathsep}{Path(__file__).parents[2]}")
    monkeypatch.setenv("DDD_LAB_AUDIT", str(log))
    monkeypatch.setenv("DDD_LAB_AUDIT_OF", str(hostile.outside))
    said: list[str] = []
    with jupyter_server(tmp_path / "server") as server:

        def get(path: str, **query: str) -> Answer:
            answer = call(server, path, query={"root": str(hostile.root), **query})
            said.append(json.dumps(answer.body, ensure_ascii=False))
            assert answer.status < 500, answer
            return answer

        def post(path: str, **body: Any) -> Answer:
            answer = call(server, path, body={"root": str(hostile.root), **body})
            said.append(json.dumps(answer.body, ensure_ascii=False))
            assert answer.status < 500, (path, answer)
            return answer

        begun = len(log.read_text().splitlines())
        found = [run.id for run in runs(hostile.root)]
        for _ in range(LOOKS):
            state = get("project").body
            assert state["queue"]["state"] == "paused"
            time.sleep(1)
        call(server, "projects")
        get("events")
        for flow in hostile.flows:
            get("drift", flow=flow)
            post("prompt", flows=[flow])
        for id in found:
            get("run", id=id)
        wanted = {"kind": "implement", "mode": "new", "flows": ["lending/borrow-item"], "text": "x"}
        starts = [
            post("run/start", **wanted),
            post("tests", flow=""),
            post("queue", action="resume"),
            post("queue", action="skip"),
            *(post("run/resume", id=id) for id in found),
        ]
        post("trust", fingerprint="0" * 64)
        post("claude-md")
        post("accept", flow=FLOW, reason="no", seen="")
        assert get("project").body["queue"]["why"] == FOUND
    assert [answer.status for answer in starts] == [409] * len(starts)
    assert starts[0].body["trust"]["commands"]
    lines = log.read_text().splitlines()[begun:]
    # Other extensions of JupyterLab start programs of their own.
    own = [line for line in lines if line.startswith("touched") or str(hostile.root) in line]
    assert [line for line in own if not harmless(line)] == []
    assert hostile.seen() == before
    text = check(said)
    assert OPTION not in json.dumps(starts[0].body)
    assert ORDER not in text.replace(json.dumps(ORDER), "")


# --- everything that starts a program -------------------------------------------------------------


def run_of(hostile: Hostile) -> Run:
    """A run that came with the project."""
    return next(run for run in runs(hostile.root) if "deep" in run.id)


def launched_here(hostile: Hostile) -> object:
    with own_terminal() as terminal, terminal.here():
        return launch(run_of(hostile), resume=True)


def opened_by_the_server(hostile: Hostile) -> None:
    loop = asyncio.new_event_loop()
    try:
        ServerTerminals(lambda: "", lambda: None, loop).open(run_of(hostile))
    finally:
        loop.close()


STARTED: dict[str, Callable[[Hostile], object]] = {
    "files/disk/git.py:_carried_out": lambda hostile: stage(hostile.root, ["specs/system.yaml"]),
    "implementation/runs/launch.py:_started": launched_here,
    "implementation/testing.py:_run": lambda hostile: run_tests(
        hostile.root, read_config(hostile.root).testing
    ),
    "lab/server/terminals.py:_create": opened_by_the_server,
    "lab/terminals.py:open_terminal": lambda hostile: open_terminal(run_of(hostile)),
}


@pytest.mark.parametrize("place", [one.place for one in STARTERS if one.gate])
def test_nothing_that_starts_a_program_does_so_before_trust(hostile: Hostile, place: str) -> None:
    with pytest.raises(NotTrustedError) as refused:
        STARTED[place](hostile)
    assert str(hostile.root / "evil.sh") in str(refused.value)


def test_what_it_would_do_is_seen_where_it_is_done(tmp_path: Path) -> None:
    made = hostile_project(tmp_path, tmp_path / "outside")
    before = made.seen()
    trusting(made.root)
    with noted(str(made.outside)) as found:
        run_tests(made.root, read_config(made.root).testing)
        assert SECRET in (made.root / "CLAUDE.md").read_text()
    assert [line for line in found if not harmless(line)] != []
    assert any(line.startswith("touched") for line in found)
    assert set(made.seen()) - set(before) == {str(made.outside / "marks/ran")}
