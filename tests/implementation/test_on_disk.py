"""Compared is what lies on disk, whether the open project has noticed it or not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.implementation.mapping_writer import accept_drift
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.runs import RunError
from ddd_lab.implementation.runs.starting import prepared
from ddd_lab.project import Project
from tests.implementation.stand_in import stand_in
from tests.recorded import record_implementation

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
KEY = "members/join-library"
CODE = "src/code.py"
SPEC = "specs/domains/members/flows/join-library.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the sample design with a flow that is implemented."""
    folder = tmp_path / "fernhill"
    shutil.copytree(FERNHILL, folder)
    (folder / "src").mkdir()
    (folder / CODE).write_text("pass\n")
    with Project(folder, watch=False) as project:
        record_implementation(project.workbench.sync, KEY, (CODE,))
    stand_in(folder, "")
    return folder


def pull(root: Path, status: int = 202) -> bytes:
    """Write another spec, as Git does it; returns its bytes."""
    path = root / SPEC
    path.write_text(path.read_text().replace("status: 201", f"status: {status}"))
    return path.read_bytes()


@pytest.mark.parametrize("watch", [True, False])
@pytest.mark.parametrize("kept", [True, False], ids=["with a copy", "without a copy"])
def test_a_spec_that_changes_under_an_open_project_is_stale_at_once_and_stays_so(
    root: Path, watch: bool, kept: bool
) -> None:
    if not kept:
        shutil.rmtree(root / ".ddd/cache")
    with ddd.open(root, watch=watch) as project:
        assert project.flows[KEY].name
        assert not list(project.stale())
        pull(root)
        assert [status.state for status in project.stale()] == ["spec_ahead"]
        project.refresh()
        assert [status.state for status in project.stale()] == ["spec_ahead"]


def test_a_file_in_conflict_stands_as_it_is_on_disk(root: Path) -> None:
    project = Project(root, watch=False)
    terminal = next(node for node in project.flows[KEY].nodes.values() if node.type == "terminal")
    terminal.spec.status = 299
    path = root / SPEC
    path.write_text(path.read_text().replace("status: ", "status: 9"))
    project.refresh()
    assert project.conflicts
    assert project.workbench.sync.flow(KEY).state == "spec_ahead"
    assert terminal.spec.status == 299
    with pytest.raises(RunError, match="unsaved"):
        prepared(project.workbench.sync, Prompt(flows=(KEY,), text="Do it."))


def test_what_was_recorded_elsewhere_is_heeded_at_once(root: Path) -> None:
    project = Project(root, watch=False)
    assert not list(project.stale())
    pull(root)
    record_implementation(Project(root, watch=False).workbench.sync, KEY, (CODE,))
    assert not list(project.stale())


def test_a_drift_is_accepted_as_it_was_seen(root: Path) -> None:
    project = Project(root, watch=False)
    assert project.flows[KEY].name
    pull(root)
    accept_drift(project.workbench.sync, KEY, "agreed")
    assert project.workbench.sync.flow(KEY).state == "in_sync"
    assert Project(root, watch=False).workbench.sync.flow(KEY).state == "in_sync"


def test_a_run_keeps_the_spec_that_claude_code_reads(root: Path) -> None:
    project = Project(root, watch=False)
    assert project.flows[KEY].name
    spec = pull(root)
    run = prepared(project.workbench.sync, Prompt(flows=(KEY,), text="Do it."))
    assert run.spec(KEY) == spec


def test_a_prompt_tells_of_the_spec_on_disk(root: Path) -> None:
    project = Project(root, watch=False)
    assert project.flows[KEY].name
    pull(root)
    assert "status 201 → 202" in project.prompt(KEY).text
