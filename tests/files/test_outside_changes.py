"""What other programs do to the files while they are open here."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.files.edit.design_workspace import DesignWorkspace
from ddd_lab.files.workspace.saving import SaveError
from ddd_lab.files.workspace.workspace import Changed
from ddd_lab.problems import ProblemBook
from tests.files.projects import FLOW_PATH, GUIDE_FLOW, KEY, flow_of, small_project
from tests.patience import PATIENCE


def rewrite(root: Path, old: str, new: str) -> None:
    text = (root / FLOW_PATH).read_text()
    assert old in text
    (root / FLOW_PATH).write_text(text.replace(old, new))


def test_a_change_by_another_program_arrives_by_itself(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    with ddd.open(root) as project:
        assert project.flows[KEY].nodes["charge"].spec.timeout == 30
        rewrite(root, "timeout: 30", "timeout: 45")
        end = time.monotonic() + PATIENCE
        while project.flows[KEY].nodes["charge"].spec.timeout != 45 and time.monotonic() < end:
            time.sleep(0.05)
        assert project.flows[KEY].nodes["charge"].spec.timeout == 45
        assert project.dirty == set()


def test_unsaved_edits_of_other_nodes_and_keys_are_merged(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    workspace = DesignWorkspace(root)
    flow = flow_of(workspace)
    flow.nodes["charge"].label = "Take the money"
    flow.add_node("process", id="log", label="Log it")
    rewrite(root, "timeout: 30   # seconds", "timeout: 45   # longer now")
    rewrite(root, "status: 201", "status: 202")
    assert workspace.reload() == {FLOW_PATH}
    assert flow.nodes["charge"].label == "Take the money"
    assert flow.nodes["charge"].spec.timeout == 45
    assert flow.nodes["receipt"].spec.status == 202
    assert workspace.dirty == {FLOW_PATH}
    workspace.save()
    text = (root / FLOW_PATH).read_text()
    assert "timeout: 45   # longer now" in text
    assert "label: 'Take the money'" in text
    assert "id: log" in text


def test_undo_after_a_change_from_outside_does_not_take_that_back(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    workspace = DesignWorkspace(root)
    flow = flow_of(workspace)
    flow.nodes["charge"].label = "Take the money"
    workspace.save()
    rewrite(root, "timeout: 30   # seconds", "timeout: 45   # longer now")
    workspace.reload()
    assert workspace.undo() == "set label of charge"
    workspace.save()
    text = (root / FLOW_PATH).read_text()
    assert text == GUIDE_FLOW.replace("timeout: 30   # seconds", "timeout: 45   # longer now")


def test_a_comment_written_outside_survives_an_undo_to_a_known_text(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    workspace = DesignWorkspace(root)
    flow = flow_of(workspace)
    flow.nodes["charge"].label = "Take the money"
    workspace.save()
    rewrite(root, "# talks to the bank", "# talks to the bank, carefully")
    workspace.reload()
    workspace.undo()
    workspace.save()
    assert (root / FLOW_PATH).read_text() == GUIDE_FLOW.replace(
        "# talks to the bank", "# talks to the bank, carefully"
    )


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_a_true_conflict_loses_neither_side(tmp_path: Path, keep: str) -> None:
    root = small_project(tmp_path)
    workspace = DesignWorkspace(root)
    seen: list[Changed] = []
    workspace.observe(seen.append)
    flow = flow_of(workspace)
    flow.nodes["charge"].spec.timeout = 60
    rewrite(root, "timeout: 30   # seconds", "timeout: 45   # theirs")
    workspace.reload()
    assert list(workspace.conflicts) == [FLOW_PATH]
    assert seen[-1].reason == "conflict"
    conflict = workspace.conflicts[FLOW_PATH].conflict
    assert conflict is not None
    assert conflict.places == ("node charge spec timeout",)
    with pytest.raises(SaveError, match="keep your version or take the one on disk") as told:
        workspace.save()
    assert f"project.resolve('{FLOW_PATH}', 'mine') or 'theirs'" in str(told.value)
    assert "timeout: 45   # theirs" in (root / FLOW_PATH).read_text()
    assert flow.nodes["charge"].spec.timeout == 60

    workspace.resolve(FLOW_PATH, keep)
    assert not workspace.conflicts
    workspace.save()
    wanted = "timeout: 60   # theirs" if keep == "mine" else "timeout: 45   # theirs"
    assert wanted in (root / FLOW_PATH).read_text()


def test_saving_looks_at_the_disk_first_even_if_nobody_watched(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    rewrite(root, "status: 201", "status: 202")
    workspace.save()
    text = (root / FLOW_PATH).read_text()
    assert "timeout: 60" in text
    assert "status: 202" in text


def test_a_file_that_becomes_unreadable_is_never_overwritten(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    workspace = DesignWorkspace(root)
    flow = flow_of(workspace)
    flow.nodes["charge"].spec.timeout = 60
    (root / FLOW_PATH).write_text("flow: {id: [broken\n")
    workspace.reload()
    with pytest.raises(SaveError):
        workspace.save()
    assert (root / FLOW_PATH).read_text() == "flow: {id: [broken\n"
    assert flow.nodes["charge"].spec.timeout == 60
    (root / FLOW_PATH).write_text(GUIDE_FLOW)
    workspace.reload()
    workspace.save()
    assert "timeout: 60   # seconds" in (root / FLOW_PATH).read_text()


def test_a_new_file_appears_and_a_deleted_one_goes(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    workspace = DesignWorkspace(root)
    second = root / "specs/domains/payments/flows/refund.yaml"
    second.write_text(GUIDE_FLOW.replace("charge-card", "refund"))
    workspace.reload()
    assert "payments/refund" in workspace.design.flows
    second.unlink()
    workspace.reload()
    assert "payments/refund" not in workspace.design.flows


def test_a_project_that_was_moved_away_says_so_and_is_not_begun_anew(tmp_path: Path) -> None:
    root = small_project(tmp_path / "here")
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    root.rename(tmp_path / "moved")
    workspace.reload()
    gone = "The project's folder is gone: put it back, or open it where it lies now"
    assert gone in [problem.message for problem in ProblemBook(workspace).all()]
    workspace.resolve(FLOW_PATH, "mine")
    with pytest.raises(SaveError, match="project's folder is gone"):
        workspace.save()
    assert not root.exists()
    (tmp_path / "moved").rename(root)
    workspace.reload()
    workspace.resolve(FLOW_PATH, "mine")
    workspace.save()
    assert "timeout: 60" in (root / FLOW_PATH).read_text()


def test_a_file_deleted_under_unsaved_edits_is_a_conflict(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    (root / FLOW_PATH).unlink()
    workspace.reload()
    assert list(workspace.conflicts) == [FLOW_PATH]
    workspace.resolve(FLOW_PATH, "mine")
    assert workspace.save() == [FLOW_PATH]
    assert "timeout: 60" in (root / FLOW_PATH).read_text()
