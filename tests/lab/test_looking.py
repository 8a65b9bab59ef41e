"""A look at a project every second must cost next to nothing, and miss nothing."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import write_project
from ddd_lab.files.documents.document import Document
from ddd_lab.implementation.fingerprints import digests
from ddd_lab.implementation.testing import only_once
from ddd_lab.lab.protocol.panel import ProjectState
from ddd_lab.lab.server import change_detector, state
from ddd_lab.lab.server.project_cache import OpenProject
from ddd_lab.lab.server.state import project_state
from ddd_lab.lab.server.terminals import ServerTerminals
from ddd_lab.spec.paths import MAPPING_FILE
from tests.lab.conftest import FERNHILL, FLOW
from tests.patience import PATIENCE
from tests.steps import steps

SPEC = f"specs/domains/{FLOW.replace('/', '/flows/')}.yaml"


@pytest.fixture
def project(tmp_path: Path) -> OpenProject:
    """The sample design, whose files are hours old."""
    root = shutil.copytree(FERNHILL, tmp_path / "fernhill")
    for path in root.rglob("*.yaml"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return OpenProject(root, NoTerminals())


class NoTerminals(ServerTerminals):
    """Terminals of a server that has none."""

    def __init__(self) -> None:
        """There is nothing to know."""

    def has(self, name: str) -> bool:
        return False


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that were parsed, in order."""
    paths: list[str] = []
    load = Document.load

    def noted(document: Document, raw: bytes) -> None:
        paths.append(document.path)
        load(document, raw)

    monkeypatch.setattr(Document, "load", noted)
    return paths


def test_what_did_not_change_is_not_read_again(project: OpenProject, read: list[str]) -> None:
    first = project_state(project)
    assert SPEC in read
    read.clear()
    assert project_state(project) == first
    assert read == []


def test_what_takes_long_to_read_is_read_by_the_next_looks(
    project: OpenProject, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.root / SPEC).write_text("flow: [\n")
    monkeypatch.setattr(state, "READING", 0.0)
    first = project_state(project)
    assert SPEC not in read
    assert {line.key: line.name for line in first.flows}[FLOW] == "Join the library"
    assert first.problems == []
    monkeypatch.undo()
    assert any(SPEC in problem for problem in project_state(project).problems)


def test_a_change_a_new_file_and_one_that_is_gone_are_seen(project: OpenProject) -> None:
    first = project_state(project)
    spec = project.root / SPEC
    text = spec.read_text()
    spec.write_text(text.replace("name: Join the library", "name: Become a member"))
    domain = spec.parent.parent / "domain.yaml"
    domain.write_text(domain.read_text().replace("name: Join the library", "name: Become a member"))
    (spec.parent / "leave-library.yaml").write_text(text.replace("join-library", "leave-library"))
    (spec.parent / "check-standing.yaml").unlink()
    second = project_state(project)
    assert second.rev != first.rev
    names = {line.key: line.name for line in second.flows}
    assert names[FLOW] == "Become a member"
    assert "members/leave-library" in names
    assert "members/check-standing" not in names


def watched(project: OpenProject, until: Callable[[ProjectState], bool]) -> ProjectState:
    """What a panel that looks again and again sees in the end."""
    deadline = time.monotonic() + PATIENCE
    while not until(found := project_state(project, watched=True)):
        assert time.monotonic() < deadline, found
        time.sleep(0.05)
    return found


def settled(project: OpenProject) -> ProjectState:
    """The state once its files are watched, and looked at no more."""
    return watched(project, lambda _: project.looks.found is not None)


def in_place(path: Path) -> None:
    """Change a file as no time and no size of it shows."""
    before = path.stat()
    with path.open("r+b") as file:
        file.write(b"flow: [".ljust(20))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def write_code(project: OpenProject) -> Path:
    """Code of the flow, as recorded."""
    code = project.root / "src/join.py"
    code.parent.mkdir()
    code.write_text("one = 1\n")
    spec, made = (digests((project.root / path).read_bytes())[0] for path in (SPEC, code))
    (project.root / ".ddd").mkdir(exist_ok=True)
    (project.root / MAPPING_FILE).write_text(
        f"flows:\n  {FLOW}:\n    spec: {SPEC}\n    spec_hash: {spec}\n    files: [src/join.py]\n"
        f"    file_hashes: {{src/join.py: {made}}}\n"
    )
    return code


def state_of(found: ProjectState) -> str:
    return next(line.state for line in found.flows if line.key == FLOW)


def test_a_watched_project_that_did_not_change_is_not_looked_through(tmp_path: Path) -> None:
    few, many = (
        OpenProject(write_project(tmp_path / str(flows), flows, 7), NoTerminals())
        for flows in (10, 40)
    )
    for project in (few, many):
        settled(project)

    assert steps(lambda: project_state(many, watched=True)) == pytest.approx(
        steps(lambda: project_state(few, watched=True)), rel=0.1
    )


def test_what_changes_without_a_trace_in_times_and_sizes_is_seen(project: OpenProject) -> None:
    settled(project)
    in_place(project.root / SPEC)
    watched(project, lambda found: any(SPEC in problem for problem in found.problems))


def test_code_that_changes_comes_and_goes_is_seen(project: OpenProject) -> None:
    settled(project)
    code = write_code(project)
    watched(project, lambda found: state_of(found) == "in_sync")
    settled(project)
    in_place(code)
    watched(project, lambda found: state_of(found) == "code_ahead")
    settled(project)
    code.unlink()
    found = watched(project, lambda found: "no longer exists" in str(found.flows))
    assert state_of(found) == "code_ahead"
    settled(project)
    (project.root / MAPPING_FILE).unlink()
    watched(project, lambda found: state_of(found) == "pending")


def test_flows_that_come_and_go_are_seen(project: OpenProject) -> None:
    settled(project)
    copy = project.root / SPEC.replace("join", "leave")
    copy.write_text((project.root / SPEC).read_text().replace("join-library", "leave-library"))
    watched(project, lambda found: "members/leave-library" in {line.key for line in found.flows})
    settled(project)
    copy.unlink()
    watched(
        project, lambda found: "members/leave-library" not in {line.key for line in found.flows}
    )


def test_what_is_not_watched_is_seen_with_every_look(project: OpenProject) -> None:
    first = settled(project)
    kept_run(project, "new", run={"flows": [FLOW], "title": FLOW})
    second = project_state(project, watched=True)
    with only_once(project.root, FLOW):
        third = project_state(project, watched=True)
    config = project.root / ".ddd/config.yaml"
    config.write_text("claude_code: [\n")

    assert (len(first.runs), len(second.runs)) == (0, 1)
    assert third.testing == [FLOW]
    assert any("config" in problem for problem in project_state(project, watched=True).problems)
    assert project_state(project, watched=True).rev != second.rev


def test_a_project_is_looked_through_now_and_then_even_though_nothing_was_noticed(
    project: OpenProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_detector, "SWEEP", 0.0)
    monkeypatch.setattr(change_detector, "SHARE", 0)
    project_state(project)
    watched(project, lambda _: project.looks.begin().watching)
    project_state(project)
    assert project.looks.found is None


def kept_run(project: OpenProject, name: str, **files: Any) -> str:
    """A run's folder, with such contents in its JSON files."""
    folder = project.root / ".ddd/runs" / f"20260101-000000-{name}-0000"
    folder.mkdir(parents=True)
    for file, content in files.items():
        (folder / f"{file}.json").write_text(json.dumps(content))
    return folder.name


def test_a_run_whose_files_are_broken_hides_neither_the_others_nor_the_project(
    project: OpenProject,
) -> None:
    terminal = {"name": "one", "server": "http://127.0.0.1/"}
    whole = {"flows": [FLOW], "title": FLOW, "created_at": "2026-01-02T00:00:00+00:00"}
    kept_run(project, "whole", run=whole)
    kept_run(project, "null", run={"flows": None, "schemas": 3, "created_at": 1}, terminal=terminal)
    kept_run(project, "numbers", run={"flows": [1], "created_at": "2026-01-02T00:00:00"})
    kept_run(project, "empty", run={}, terminal=terminal)
    kept_run(project, "process", run=whole, process={"launcher": [], "told": "none"})
    found = {brief.id.split("-")[2]: brief for brief in project_state(project).runs}
    assert found["whole"].flows == [FLOW]
    assert found["null"].flows == found["numbers"].flows == found["null"].schemas == []
    assert (found["empty"].state, found["empty"].why) == ("failed", "its run.json cannot be read")
    assert found["empty"].created_at == "2026-01-01T00:00:00+00:00", "its id says so"
    assert (found["process"].state, found["process"].turns) == ("failed", 0)
    assert "exited unexpectedly" in found["process"].why


def test_a_second_change_within_one_tick_of_the_clock_is_seen(project: OpenProject) -> None:
    spec = project.root / SPEC
    os.utime(spec)
    before = spec.stat()
    project_state(project)
    with spec.open("r+") as file:
        file.write("flow: [".ljust(20))
    os.utime(spec, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = spec.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert any(SPEC in problem for problem in project_state(project).problems)
