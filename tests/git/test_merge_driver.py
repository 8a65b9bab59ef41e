"""The merge driver as it is shipped, called by Git; and what is left where it cannot work."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ddd_lab.files.disk.git_programs import merge_command
from ddd_lab.files.documents.conflict_markers import ConflictRegion, read_markers
from tests.files.projects import FLOW_PATH, GUIDE_FLOW, small_project
from tests.git.repository import run_git

Change = Callable[[str], str]


def replace(*pairs: tuple[str, str]) -> Change:
    def change(text: str) -> str:
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        return text

    return change


def unchanged(text: str) -> str:
    return text


LABELS = [f"    label: '{words}'\n" for words in ("Charge the card", "Ours", "Theirs")]
LABEL = replace(("'Charge the card'", "'Ours'"))
OTHER_LABEL = replace(("'Charge the card'", "'Theirs'"))
TIMEOUT = replace(("timeout: 30   #", "timeout: 45   #"))
"""Two lines below the label: by lines, that clashes."""
OPERATION = replace(("operation: charge_card", "operation: charge"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_project(tmp_path / "a folder's name")
    run_git(root, "init", "-q", "-b", "main")
    (root / ".gitattributes").write_text("*.yaml merge=ddd\n")
    run_git(root, "config", "merge.ddd.driver", merge_command())
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", "Base")
    return root


def branches(root: Path, ours: Change, theirs: Change) -> None:
    """Two branches that each change the flow in a commit; ours is checked out."""
    path = root / FLOW_PATH
    base = path.read_text()
    for name, change in (("theirs", theirs), ("ours", ours)):
        run_git(root, "checkout", "-q", "-b", name, "main")
        path.write_text(change(base))
        run_git(root, "commit", "-q", "--allow-empty", "-am", name)


def git(root: Path, *words: str) -> int:
    return subprocess.run(["git", *words], cwd=root, capture_output=True, check=False).returncode


def text(root: Path) -> str:
    return (root / FLOW_PATH).read_text()


def regions(root: Path) -> list[ConflictRegion]:
    pieces = read_markers(text(root)) or []
    return [piece for piece in pieces if isinstance(piece, ConflictRegion)]


@pytest.mark.parametrize(
    "way", [("merge", "-q", "theirs"), ("cherry-pick", "theirs"), ("rebase", "-q", "theirs")]
)
def test_fields_beside_each_other_merge(root: Path, way: tuple[str, ...]) -> None:
    branches(root, OPERATION, TIMEOUT)
    assert git(root, *way) == 0
    assert text(root) == TIMEOUT(OPERATION(GUIDE_FLOW))


def test_the_same_field_is_left_between_standard_markers(root: Path) -> None:
    branches(root, LABEL, OTHER_LABEL)
    assert git(root, "merge", "-q", "theirs") == 1
    assert (
        "    type: process\n"
        "<<<<<<< current\n"
        "    label: 'Ours'\n"
        "||||||| base\n"
        "    label: 'Charge the card'\n"
        "=======\n"
        "    label: 'Theirs'\n"
        ">>>>>>> incoming\n"
        "    position: {x: 300, y: 50}\n"
    ) in text(root)
    assert run_git(root, "status", "--short", FLOW_PATH).startswith("UU")


def test_in_a_rebase_ones_own_commit_is_the_incoming_one(root: Path) -> None:
    branches(root, LABEL, OTHER_LABEL)
    assert git(root, "rebase", "-q", "theirs") == 1
    assert [(region.current, region.incoming) for region in regions(root)] == [
        ("    label: 'Theirs'\n", "    label: 'Ours'\n")
    ]


def test_a_card_that_both_moved_lies_where_the_incoming_one_does(root: Path) -> None:
    branches(root, replace(("x: 300", "x: 310")), replace(("x: 300", "x: 990")))
    assert git(root, "merge", "-q", "theirs") == 0
    assert "{x: 990, y: 50}" in text(root)


def test_a_card_that_one_moved_and_the_other_removed_is_gone(root: Path) -> None:
    removed = replace((GUIDE_FLOW[GUIDE_FLOW.index("  - id: reject") : -58], ""))
    assert "VALIDATION_ERROR" not in removed(GUIDE_FLOW)
    branches(root, removed, replace(("x: 100", "x: 990"), ("x: 300", "x: 10")))
    assert git(root, "merge", "-q", "theirs") == 0
    assert "reject\n    type" not in text(root)


def test_a_renamed_node_keeps_what_the_other_side_did_to_it(root: Path) -> None:
    renamed = replace(("- id: charge\n", "- id: take\n"), ("  valid: charge", "  valid: take"))
    again = replace(("invalid: reject", "invalid: charge"))
    branches(root, renamed, lambda old: again(TIMEOUT(old)))
    assert git(root, "merge", "-q", "theirs") == 0
    expected = replace(("invalid: reject", "invalid: take"))(TIMEOUT(renamed(GUIDE_FLOW)))
    assert text(root) == expected


def test_a_file_that_both_added_merges_field_by_field(root: Path) -> None:
    added = FLOW_PATH.replace("charge-card", "refund")
    for name, label in (("theirs", "Theirs"), ("ours", "Ours")):
        run_git(root, "checkout", "-q", "-b", name, "main")
        (root / added).write_text(
            f"flow:\n  id: refund\n  name: {label}\nnodes:\n- id: {name}\n  type: process\n"
        )
        run_git(root, "add", "-A")
        run_git(root, "commit", "-qm", name)
    assert git(root, "merge", "-q", "theirs") == 1
    assert (root / added).read_text() == (
        "flow:\n  id: refund\n<<<<<<< current\n  name: Ours\n||||||| base\n=======\n"
        "  name: Theirs\n>>>>>>> incoming\nnodes:\n"
        "- id: ours\n  type: process\n- id: theirs\n  type: process\n"
    )


def test_branches_that_cross_are_compared_with_what_was_before_their_conflict(root: Path) -> None:
    branches(root, LABEL, OTHER_LABEL)
    run_git(root, "branch", "one", "ours")
    for branch, other, label in (("ours", "theirs", "Ours"), ("theirs", "one", "Theirs")):
        run_git(root, "checkout", "-q", branch)
        assert git(root, "merge", "-q", other) == 1
        (root / FLOW_PATH).write_text(replace(("'Charge the card'", f"'{label}'"))(GUIDE_FLOW))
        run_git(root, "commit", "-qam", "Settled")
    run_git(root, "checkout", "-q", "ours")
    assert git(root, "merge", "-q", "theirs") == 1
    assert regions(root) == [ConflictRegion(LABELS[0], *LABELS[1:])]


BROKEN = {
    "missing": "/no/such/folder/python",
    "crashing": "#!/bin/sh\nexit 1\n",
    "killed": "#!/bin/sh\nkill -9 $$\n",
}


@pytest.mark.parametrize("how", BROKEN)
def test_where_the_driver_fails_git_merges_by_lines(root: Path, tmp_path: Path, how: str) -> None:
    program = tmp_path / "a driver"
    if how != "missing":
        program.write_text(BROKEN[how])
        program.chmod(0o755)
    run_git(root, "config", "merge.ddd.driver", merge_command(str(program)))
    branches(root, LABEL, lambda old: OTHER_LABEL(replace(("status: 201", "status: 200"))(old)))
    assert git(root, "merge", "-q", "theirs") == 1
    assert regions(root) == [ConflictRegion(None, "    label: 'Ours'\n", "    label: 'Theirs'\n")]
    assert "status: 200" in text(root)


def test_nodes_with_the_same_id_are_merged_by_lines(root: Path) -> None:
    twice = replace(("  - id: reject", "  - id: charge\n    type: process\n  - id: reject"))
    branches(root, twice, OTHER_LABEL)
    assert git(root, "merge", "theirs") == 0
    assert text(root) == OTHER_LABEL(twice(GUIDE_FLOW))


def test_what_cannot_be_read_is_merged_by_lines(root: Path) -> None:
    branches(root, replace(("timeout: 30", "timeout: [30")), OTHER_LABEL)
    assert git(root, "merge", "-q", "theirs") == 0
    assert text(root) == OTHER_LABEL(replace(("timeout: 30", "timeout: [30"))(GUIDE_FLOW))
