"""A project that somebody else made, and a look at all that it says of runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ddd_lab.cli import main
from ddd_lab.implementation.cache import KeptSpecs
from ddd_lab.implementation.code_files import CodeFiles
from ddd_lab.implementation.events import Events
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.queue import read_queue
from ddd_lab.implementation.runs import Run, active_runs, new_run, runs
from ddd_lab.implementation.runs.outcome import kept_tests, outcome
from ddd_lab.lab.folder_fingerprint import mark
from ddd_lab.lab.run_view import as_text, queue_view, view_of
from ddd_lab.lab.terminals import link_of
from ddd_lab.project import Project

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


def make_project(folder: Path) -> Path:
    """A project with one flow."""
    (folder / SPEC).parent.mkdir(parents=True)
    (folder / SPEC).write_text(FLOW)
    (folder / "specs/system.yaml").write_text("system: {name: Shop}\n")
    return folder


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
            seen += [
                one.about,
                one.hook_events,
                one.status,
                one.prompt,
                one.session,
                one.begun,
                one,
            ]
            seen += [one.spec(KEY), one.confirmation, kept_tests(one), mark(one)]
            seen += [one.last_message, one.turns, one.created_at, link_of(one)]
            seen += [view_of(one), as_text(one), outcome(project.workbench.sync, one)]
    seen.append(active_runs(root))
    return repr(seen)


def listed(root: Path, *words: str) -> int:
    """Call ``ddd-lab runs``."""
    return main(["runs", *words, "--project", str(root)])
