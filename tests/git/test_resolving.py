"""Files that a merge has left with markers: read, not lost, and resolved place by place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.cli import main
from ddd_lab.files.documents.conflict_markers import Choice, read_markers, write_markers
from ddd_lab.files.documents.merge_text import merge_texts
from ddd_lab.files.workspace.saving import SaveError
from ddd_lab.project import Project
from ddd_lab.spec.models.base import EditError
from tests.files.projects import FLOW_PATH, GUIDE_FLOW, KEY, small_project

REJECT = GUIDE_FLOW[GUIDE_FLOW.index("\n  - id: reject") : GUIDE_FLOW.index("metadata:")]


def changed(**words: str) -> str:
    text = GUIDE_FLOW
    for old, new in words.items():
        text = text.replace(
            {"label": "'Charge the card'", "timeout": "timeout: 30"}[old],
            {"label": f"'{new}'", "timeout": f"timeout: {new}"}[old],
        )
    return text


OURS = changed(label="Ours", timeout="31").replace("status: 422", "status: 423")
THEIRS = changed(label="Theirs", timeout="32").replace(REJECT, "")
MARKED = write_markers(merge_texts(GUIDE_FLOW, OURS, THEIRS))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(small_project(tmp_path, MARKED), watch=False)


def text(project: Project) -> str:
    return (project.root / FLOW_PATH).read_text()


def test_the_places_are_named_with_all_versions(project: Project) -> None:
    label, timeout, node = project.git.conflicts[FLOW_PATH]
    assert (label.words, label.line) == ("nodes › charge › label", 25)
    assert (label.base, label.current, label.incoming) == (
        "label: 'Charge the card'\n",
        "label: 'Ours'\n",
        "label: 'Theirs'\n",
    )
    assert timeout.words == "nodes › charge › spec › timeout"
    assert node.words == "nodes › reject"
    assert node.incoming == ""


def test_the_flow_is_read_with_what_is_current_and_the_file_is_a_problem(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.flows[KEY].nodes["charge"].label == "Ours"
    [problem] = [one for one in project.problems if one.rule.startswith("file.")]
    assert (problem.rule, problem.line) == ("file.conflict", 25)
    assert "3 places" in problem.message
    assert main(["check", str(project.root)]) == 1
    assert "file.conflict" in capsys.readouterr().out


def test_nothing_is_edited_before_it_is_resolved(project: Project) -> None:
    with pytest.raises(EditError, match="conflicts of a merge"):
        project.flows[KEY].nodes["charge"].label = "Mine"
    with pytest.raises(EditError, match="3 places to resolve, but 2"):
        project.git.resolve(KEY, "current", "incoming")
    assert project.save() == []
    assert text(project) == MARKED


def test_what_is_chosen_is_one_step_and_all_other_bytes_stay(project: Project) -> None:
    project.git.resolve(KEY, "current", "incoming", "base")
    expected = changed(label="Ours", timeout="32")
    project.save()
    assert text(project) == expected
    project.flows[KEY].nodes["charge"].label = "Later"
    project.save()
    assert text(project) == expected.replace("'Ours'", "'Later'")
    project.undo()
    project.undo()
    project.save()
    assert text(project) == MARKED
    assert [*project.git.conflicts] == [FLOW_PATH]
    project.redo()
    project.save()
    assert text(project) == expected


@pytest.mark.parametrize(("choice", "whole"), [("current", OURS), ("incoming", THEIRS)])
def test_one_choice_serves_for_all_places(project: Project, choice: Choice, whole: str) -> None:
    project.git.resolve(KEY, choice)
    project.save()
    assert text(project) == whole


def test_what_git_itself_resolves_outside_is_taken_over(project: Project) -> None:
    assert project.git.conflicts
    (project.root / FLOW_PATH).write_text(THEIRS)
    project.refresh()
    assert project.git.conflicts == {}
    assert project.flows[KEY].nodes["charge"].label == "Theirs"


@pytest.mark.parametrize(("keep", "shown"), [("mine", "Unsaved"), ("theirs", "Ours")])
def test_unsaved_edits_meet_markers_and_neither_is_lost(
    tmp_path: Path, keep: str, shown: str
) -> None:
    project = Project(small_project(tmp_path), watch=False)
    project.flows[KEY].nodes["charge"].label = "Unsaved"
    (project.root / FLOW_PATH).write_text(MARKED)
    project.refresh()
    assert "conflict markers" in repr(project.conflicts)
    assert project.flows[KEY].nodes["charge"].label == "Unsaved"
    with pytest.raises(SaveError, match="conflict markers"):
        project.save()
    if keep == "mine":
        with pytest.raises(ValueError, match="fix or remove the file"):
            project.resolve(FLOW_PATH, "mine")
    else:
        project.resolve(FLOW_PATH, "theirs")
        assert [*project.git.conflicts] == [FLOW_PATH]
    assert project.flows[KEY].nodes["charge"].label == shown
    assert text(project) == MARKED


def test_markers_of_git_without_a_base_are_read(tmp_path: Path) -> None:
    marked = GUIDE_FLOW.replace(
        "      status: 201\n",
        "<<<<<<< HEAD\n      status: 200\n=======\n      status: 202\n>>>>>>> 0123abc (Theirs)\n",
    )
    project = Project(small_project(tmp_path, marked), watch=False)
    [place] = project.git.conflicts[FLOW_PATH]
    assert (place.base, place.current, place.incoming) == (None, "status: 200\n", "status: 202\n")
    project.git.resolve(KEY, "incoming")
    assert project.flows[KEY].nodes["receipt"].spec["status"] == 202


@pytest.mark.parametrize(
    "odd",
    ["<<<<<<< a\nx\n", "<<<<<<< a\n>>>>>>> b\n", "a: |\n  <<<<<<< a\n", "======= \nx\n", ""],
)
def test_what_only_looks_like_markers_is_none(odd: str) -> None:
    assert read_markers(odd) is None
