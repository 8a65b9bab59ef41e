"""A look at a project every second must cost next to nothing, and miss nothing."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.files.document import Document
from ddd_lab.lab.server import state
from ddd_lab.lab.server.opened import OpenProject
from ddd_lab.lab.server.state import project_state
from ddd_lab.lab.server.terminals import ServerTerminals
from tests.lab.conftest import FERNHILL, FLOW

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
    assert "cannot be read" in found["process"].why


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
