"""Both sides changed the same place: only that place is settled, and undo brings it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.files.documents.merge import merge_flows
from ddd_lab.files.edit.design_workspace import DesignWorkspace
from ddd_lab.files.edit.refactor.rename_flow import rename_flow
from ddd_lab.files.workspace.saving import SaveError
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.flow import FlowData, NodeData
from tests.files.projects import FLOW_PATH, GUIDE_FLOW, KEY, flow_of, small_project

OTHER = "specs/shared/errors.yaml"


def text(root: Path, path: str = FLOW_PATH) -> str:
    return (root / path).read_text()


def places(workspace: DesignWorkspace, path: str = FLOW_PATH) -> tuple[str, ...]:
    conflict = workspace.conflicts[path].conflict
    assert conflict is not None
    return conflict.places


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path)


def test_a_cell_shows_conflicts_in_a_line_each(mine: DesignWorkspace) -> None:
    shown = repr(mine.conflicts)
    assert f"<{FLOW_PATH}, changed here and on disk: node charge spec timeout>" in shown
    assert len(shown) < 300


@pytest.fixture
def mine(root: Path) -> DesignWorkspace:
    """Both have changed the timeout of a node and, alone, something else."""
    theirs, workspace = DesignWorkspace(root), DesignWorkspace(root)
    flow = flow_of(theirs)
    flow.nodes["charge"].spec.timeout = 45
    flow.nodes["receipt"].label = "Theirs"
    flow.add_node("process", id="log", label="Log it")
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    flow_of(workspace).nodes["reject"].label = "Mine"
    theirs.save()
    with pytest.raises(SaveError, match="node charge spec timeout"):
        workspace.save()
    return workspace


@pytest.mark.parametrize(("keep", "timeout"), [("mine", 60), ("theirs", 45)])
def test_all_but_the_clash_is_merged(
    root: Path, mine: DesignWorkspace, keep: str, timeout: int
) -> None:
    assert places(mine) == ("node charge spec timeout",)
    mine.resolve(FLOW_PATH, keep)
    mine.save()
    said = text(root)
    assert f"timeout: {timeout}   # seconds" in said
    assert "label: 'Theirs'" in said
    assert "label: 'Mine'" in said
    assert "id: log" in said


@pytest.mark.parametrize("saved", [False, True])
@pytest.mark.parametrize(
    ("first", "then", "timeout"), [("mine", "theirs", 45), ("theirs", "mine", 60)]
)
def test_undo_of_a_decision_brings_both_versions_back(
    root: Path, mine: DesignWorkspace, saved: bool, first: str, then: str, timeout: int
) -> None:
    mine.resolve(FLOW_PATH, first)
    if saved:
        mine.save()
    assert mine.undo().startswith("keep what is ")
    assert places(mine) == ("node charge spec timeout",)
    mine.resolve(FLOW_PATH, then)
    mine.save()
    assert f"timeout: {timeout}   # seconds" in text(root)
    assert "label: 'Theirs'" in text(root)
    assert "label: 'Mine'" in text(root)


def test_undo_past_the_clash_leaves_what_others_wrote(root: Path, mine: DesignWorkspace) -> None:
    theirs = text(root)
    assert mine.undo() == "set label of reject"
    assert mine.conflicts
    assert mine.undo() == "set timeout of charge"
    assert not mine.conflicts
    assert mine.save() == []
    assert text(root) == theirs
    mine.redo()
    assert places(mine) == ("node charge spec timeout",)


def test_an_edit_during_a_conflict_is_kept_whichever_side_is_taken(
    root: Path, mine: DesignWorkspace
) -> None:
    flow_of(mine).nodes["receipt"].label = "Later"
    flow_of(mine).nodes["validate"].label = "Checked"
    assert places(mine) == ("node charge spec timeout",)
    mine.resolve(FLOW_PATH, "theirs")
    mine.save()
    assert "label: 'Later'" in text(root)
    assert "label: 'Checked'" in text(root)
    assert "timeout: 45" in text(root)


def test_typing_what_the_other_side_says_ends_the_conflict(
    root: Path, mine: DesignWorkspace
) -> None:
    flow_of(mine).nodes["charge"].spec.timeout = 45
    assert not mine.conflicts
    mine.save()
    assert "label: 'Mine'" in text(root)


def test_a_further_change_on_disk_is_merged_and_the_first_clash_stays(
    root: Path, mine: DesignWorkspace
) -> None:
    (root / FLOW_PATH).write_text(
        text(root).replace("status: 201", "status: 202").replace("label: 'Theirs'", "label: More")
    )
    mine.reload()
    assert places(mine) == ("node charge spec timeout",)
    (root / FLOW_PATH).write_text(text(root).replace("status: 422", "status: 400"))
    flow_of(mine).nodes["reject"].spec.status = 409
    mine.reload()
    assert set(places(mine)) == {"node charge spec timeout", "node reject spec status"}
    mine.resolve(FLOW_PATH, "theirs")
    mine.save()
    said = text(root)
    assert "timeout: 45" in said
    assert "status: 400" in said
    assert "status: 202" in said
    assert "label: More" in said
    assert "label: 'Mine'" in said


def test_a_disk_that_gives_way_ends_the_conflict(root: Path, mine: DesignWorkspace) -> None:
    (root / FLOW_PATH).write_text(text(root).replace("timeout: 45", "timeout: 60"))
    mine.reload()
    assert not mine.conflicts
    mine.save()
    assert "label: 'Mine'" in text(root)


def test_every_clash_is_named(root: Path) -> None:
    workspace = DesignWorkspace(root)
    flow = flow_of(workspace)
    flow.nodes["charge"].spec.timeout = 60
    flow.nodes["receipt"].label = "Mine"
    flow.remove_node("reject")
    flow.disconnect("charge")
    flow.connect("charge", "validate")
    said = GUIDE_FLOW.replace("timeout: 30", "timeout: 45").replace("status: 422", "status: 400")
    said = said.replace("next: receipt", "next: reject")
    said = said.replace("  - id: receipt\n", "  - id: receipt\n    label: Theirs\n")
    (root / FLOW_PATH).write_text(said)
    with pytest.raises(SaveError) as caught:
        workspace.save()
    for place in (
        *("node charge spec timeout", "node receipt label", "node reject (removed on one side)"),
        "node charge connections next",
    ):
        assert place in str(caught.value)


@pytest.mark.parametrize(("keep", "there"), [("mine", True), ("theirs", False)])
def test_a_file_that_was_deleted_on_disk_is_settled_and_can_be_undone(
    root: Path, keep: str, there: bool
) -> None:
    workspace = DesignWorkspace(root)
    flow_of(workspace).nodes["charge"].spec.timeout = 60
    (root / FLOW_PATH).unlink()
    workspace.reload()
    workspace.resolve(FLOW_PATH, keep)
    workspace.save()
    assert (root / FLOW_PATH).exists() is there
    workspace.undo()
    assert places(workspace) == ("the file was deleted on disk",)
    workspace.resolve(FLOW_PATH, "theirs" if keep == "mine" else "mine")
    workspace.save()
    assert (root / FLOW_PATH).exists() is not there
    if not there:
        assert "timeout: 60" in text(root)


@pytest.mark.parametrize(("keep", "there"), [("mine", False), ("theirs", True)])
def test_a_file_that_was_removed_here_and_changed_on_disk_is_a_conflict(
    root: Path, keep: str, there: bool
) -> None:
    workspace = DesignWorkspace(root)
    workspace.change({FLOW_PATH: None}, "delete")
    (root / FLOW_PATH).write_text(GUIDE_FLOW.replace("status: 201", "status: 202"))
    with pytest.raises(SaveError, match="removed here and changed on disk"):
        workspace.save()
    workspace.resolve(FLOW_PATH, keep)
    workspace.save()
    assert (root / FLOW_PATH).exists() is there
    workspace.undo()
    workspace.save()
    assert (root / FLOW_PATH).exists() is not there
    if not there:
        assert "status: 202" in text(root)


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        ("mine", {"same": 1, "both": "mine", "map": {"b": 2, "m": 3, "c": 1}, "only_mine": 1}),
        ("theirs", {"same": 1, "both": "theirs", "map": {"b": 2, "m": 3, "c": 2}, "only_mine": 1}),
    ],
)
def test_a_file_that_both_added_is_merged_key_by_key(
    root: Path, keep: str, expected: dict[str, object]
) -> None:
    workspace = DesignWorkspace(root)
    workspace.edit_data(
        OTHER,
        lambda _: {"same": 1, "both": "mine", "map": {"m": 3, "c": 1}, "only_mine": 1},
        "begin",
    )
    (root / OTHER).parent.mkdir(exist_ok=True)
    (root / OTHER).write_text("same: 1\nboth: theirs\nmap: {b: 2, c: 2}\n")
    with pytest.raises(SaveError):
        workspace.save()
    assert places(workspace, OTHER) == ("both", "map c")
    workspace.resolve(OTHER, keep)
    workspace.save()
    assert DesignWorkspace(root).model(OTHER) == expected


def test_a_number_that_becomes_a_truth_value_is_a_change() -> None:
    one = NodeData(id="a", type="process", spec={"times": 1})
    base, theirs = (FlowData(id="f", nodes=(one,), name=name) for name in ("", "Theirs"))
    mine = FlowData(id="f", nodes=(one.model_copy(update={"spec": {"times": True}}),))
    assert merge_flows(base, mine, theirs).nodes[0].spec["times"] is True


def test_lines_written_by_hand_keep_their_comments_when_others_write_elsewhere(
    root: Path,
) -> None:
    workspace = DesignWorkspace(root)
    lines = workspace.node_yaml(KEY, "charge")
    workspace.set_node_yaml(KEY, "charge", lines.replace("# seconds", "# by hand, in seconds"))
    (root / FLOW_PATH).write_text(GUIDE_FLOW.replace("status: 422", "status: 400   # theirs"))
    workspace.save()
    assert "timeout: 30   # by hand, in seconds" in text(root)
    assert "status: 400   # theirs" in text(root)


@pytest.mark.parametrize(("keep", "timeout"), [("mine", 60), ("theirs", 45)])
def test_a_conflict_goes_along_with_a_file_that_moves(
    root: Path, mine: DesignWorkspace, keep: str, timeout: int
) -> None:
    rename_flow(mine, KEY, "Take Money")
    moved = "specs/domains/payments/flows/take-money.yaml"
    assert places(mine, moved) == ("node charge spec timeout",)
    with pytest.raises(SaveError, match="node charge spec timeout"):
        mine.save()
    assert (root / FLOW_PATH).exists()
    mine.resolve(moved, keep)
    mine.save()
    assert not (root / FLOW_PATH).exists()
    assert f"timeout: {timeout}" in text(root, moved)
    assert "label: 'Theirs'" in text(root, moved)


def test_a_file_in_conflict_can_be_deleted_and_that_undone(
    root: Path, mine: DesignWorkspace
) -> None:
    mine.change({FLOW_PATH: None}, "delete")
    assert not mine.conflicts
    mine.undo()
    assert places(mine) == ("node charge spec timeout",)


def test_only_a_file_in_conflict_can_be_settled_and_only_with_a_side(
    root: Path, mine: DesignWorkspace
) -> None:
    with pytest.raises(EditError, match='keep must be "mine" or "theirs"'):
        mine.resolve(FLOW_PATH, "both")
    with pytest.raises(EditError, match="no conflict"):
        mine.resolve(OTHER, "mine")
