"""Layer 1: the summary that the specs give, and the one that a model writes."""

from __future__ import annotations

import pytest

from ddd_lab.memory.inputs import Moved
from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError
from tests.memory.conftest import FERNHILL

TEXT = "# Fernhill\n\nEleven libraries share one catalogue.\n"


@pytest.mark.covers("T20b.1")
def test_there_is_a_summary_without_any_model(project: Project) -> None:
    summary = project.memory.summary

    assert summary.source == "derived"
    assert not summary.stale
    assert summary.text.startswith("# fernhill\n\nLending, reservations and reading advice")
    assert "- Database: postgresql" in summary.text
    assert "### vans (3 flows): Moving copies between the branches" in summary.text
    assert "- **reserve-title** (POST /api/v1/reservations): A reader joins" in summary.text
    assert "publishes reservation.placed" in summary.text
    assert "- Authentication: jwt, RS256" in summary.text


@pytest.mark.covers("T20b.2")
def test_the_derived_summary_is_always_that_of_the_design_as_it_is(project: Project) -> None:
    project.new_flow("Lend a laptop", "lending")

    assert "- **lend-a-laptop**" in project.memory.summary.text
    project.save()
    assert "- **lend-a-laptop**" in (project.root / ".ddd/memory/summary.md").read_text("utf-8")


@pytest.mark.covers("T20b.1", "T20b.3")
def test_a_models_summary_is_stale_with_the_list_of_what_moved_since(project: Project) -> None:
    memory = project.memory
    memory.set_summary(TEXT, "claude-opus")
    assert (memory.summary.source, memory.summary.model) == ("model", "claude-opus")
    assert memory.summary.text == TEXT
    assert not memory.summary.stale

    nodes = project.flows["lending/return-item"].nodes
    for name in ("find_loan", "on_loan", "returned"):
        nodes[name].label = "Otherwise"
    project.new_flow("Wash a van", "vans")
    project.flows["vans/scan-crate"].delete()
    project.save()

    assert memory.stale[0] == Moved("domain", "vans", "changed", memory.stale[0].changes)
    assert Moved("flow", "lending/return-item", "changed", 3) in memory.stale
    assert Moved("flow", "vans/wash-a-van", "added") in memory.stale
    assert Moved("flow", "vans/scan-crate", "removed") in memory.stale
    assert "since then domain vans: 2 changes" in str(memory)
    assert (project.root / ".ddd/memory/summary.md").read_text("utf-8").endswith(TEXT)


def test_moved_cards_and_comments_make_no_summary_stale(project: Project) -> None:
    project.memory.set_summary(TEXT, "claude-opus")
    path = project.root / "specs/domains/lending/flows/return-item.yaml"

    project.flows["lending/return-item"].tidy()
    project.save()
    path.write_text(f"# Agreed with the desk.\n{path.read_text('utf-8')}", "utf-8")

    assert not Project(project.root, watch=False).memory.summary.stale


def test_who_reopens_the_project_is_told_the_same_of_the_summary(project: Project) -> None:
    project.memory.set_summary(TEXT, "claude-opus")
    project.flows["lending/return-item"].nodes["find_loan"].label = "Find it"
    project.save()

    again = Project(project.root, watch=False).memory.summary

    assert [str(moved) for moved in again.moved] == ["flow lending/return-item: 1 change"]


def test_a_summary_that_a_person_wrote_is_shown_and_never_overwritten(project: Project) -> None:
    path = project.root / ".ddd/memory/summary.md"
    path.parent.mkdir(parents=True)
    path.write_text("# By hand\n")

    project.memory.refresh()

    assert path.read_text() == "# By hand\n"
    assert (project.memory.summary.source, project.memory.summary.text) == ("file", "# By hand\n")


def test_one_can_go_back_to_the_derived_summary(project: Project) -> None:
    project.memory.set_summary(TEXT, "claude-opus")

    assert project.memory.reset_summary().source == "derived"

    with pytest.raises(EditError, match="needs a text"):
        project.memory.set_summary(" \n", "claude-opus")


@pytest.mark.covers("S07.4")
def test_a_derived_summary_of_the_sample_stays_short() -> None:
    text = Project(FERNHILL, watch=False).memory.summary.text

    assert len(text) / 3.5 < 1500
