"""Unsaved edits of a design that tabs show outlive their kernel."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ddd_lab.lab.unsaved_edits import keep_unsaved_edits, news_of
from ddd_lab.project import Project
from tests.cli.program import environment
from tests.files.projects import FLOW_PATH, KEY, small_project

EDIT = f"""
flow = project.flows[{KEY!r}]
flow.nodes["charge"].label = "Take the money"
project.new_flow("Refund Card", "payments")
"""
KILLED = """
import os, signal, sys
from ddd_lab.lab.unsaved_edits import keep_unsaved_edits
from ddd_lab.project import Project
project = Project(sys.argv[1], watch=False)
keep_unsaved_edits(project.workbench)
exec(sys.argv[2])
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person's own Jupyter folder is the test's."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))


def killed(root: Path, code: str) -> None:
    """Edit in a program that is killed right after it."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(root), code],
        env={**environment(), "JUPYTER_DATA_DIR": str(root.parent / "data")},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL


def opened(root: Path) -> Project:
    project = Project(root, watch=False)
    keep_unsaved_edits(project.workbench)
    return project


def test_what_was_not_saved_is_there_again_unsaved_and_can_be_undone(tmp_path: Path) -> None:
    root = small_project(tmp_path / "shop")
    before = (root / FLOW_PATH).read_bytes()
    killed(root, EDIT)

    project = opened(root)

    assert project.flows[KEY].nodes["charge"].label == "Take the money"
    assert "payments/refund-card" in project.flows
    assert FLOW_PATH in project.workbench.dirty
    assert "Unsaved edits of 3 files" in news_of(project.workbench)
    assert news_of(project.workbench) == "", "it is said once"
    assert (root / FLOW_PATH).read_bytes() == before
    project.undo()
    assert project.workbench.dirty == set()
    assert opened(root).workbench.dirty == set(), "what was undone stays undone"


def test_the_bytes_are_those_that_a_save_before_would_have_written(tmp_path: Path) -> None:
    saved, lost = (small_project(tmp_path / name) for name in ("saved", "lost"))
    edit, new_flow = EDIT.rsplit("\n", 2)[:2]
    assert "new_flow" in new_flow, "which notes the time"
    killed(saved, edit + "\nproject.save()")
    killed(lost, edit)

    opened(lost).save()

    files = sorted(path.relative_to(saved) for path in saved.rglob("specs/**/*.yaml"))
    assert len(files) == 3
    for path in files:
        assert (lost / path).read_bytes() == (saved / path).read_bytes()
    assert opened(saved).workbench.dirty == set()


def test_what_others_wrote_meanwhile_is_merged(tmp_path: Path) -> None:
    root = small_project(tmp_path / "shop")
    killed(root, EDIT)
    theirs = (root / FLOW_PATH).read_text().replace("timeout: 30 ", "timeout: 60 ")
    (root / FLOW_PATH).write_text(theirs)

    project = opened(root)
    project.save()

    expected = theirs.replace("'Charge the card'", "'Take the money'")
    assert (root / FLOW_PATH).read_text() == expected


def test_what_others_wrote_in_the_same_place_is_asked_about(tmp_path: Path) -> None:
    root = small_project(tmp_path / "shop")
    killed(root, EDIT)
    theirs = (root / FLOW_PATH).read_text().replace("'Charge the card'", "'Charge it'")
    (root / FLOW_PATH).write_text(theirs)

    project = opened(root)

    assert list(project.workbench.conflicts) == [FLOW_PATH]
    assert project.flows[KEY].nodes["charge"].label == "Take the money"


def test_edits_of_a_kernel_that_runs_are_its_own(tmp_path: Path) -> None:
    root = small_project(tmp_path / "shop")
    here = opened(root)
    here.flows[KEY].nodes["charge"].label = "Take the money"

    assert opened(root).workbench.dirty == set()
    here.save()
    assert [path.suffix for path in (tmp_path / "data").rglob("unsaved/*/*")] == [".lock"] * 2


def test_what_cannot_be_put_back_is_said_and_kept(tmp_path: Path) -> None:
    root = small_project(tmp_path / "shop")
    killed(root, EDIT)
    kept = sorted((tmp_path / "data").rglob("unsaved/*/*.json"))
    kept[0].write_text("{")

    project = opened(root)

    assert "could not be put back" in news_of(project.workbench)
    assert project.workbench.dirty == set()
    assert all(path.exists() for path in kept)


def test_where_nothing_can_be_kept_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "data/ddd-lab").mkdir(parents=True)
    (tmp_path / "data/ddd-lab/unsaved").write_text("no folder")

    project = opened(small_project(tmp_path / "shop"))

    assert news_of(project.workbench).startswith("Unsaved edits are lost where the kernel ends: ")
