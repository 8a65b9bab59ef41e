"""Layers 2, 4 and 5: what they say, and when they are brought up to date."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import git
import pytest
import yaml

import ddd_lab as ddd
from ddd_lab.memory.memory import LAYERS
from ddd_lab.project import Project
from tests.any_texts import NASTY, write_design
from tests.recorded import record_implementation

FILES = ("summary.md", "spec-index.yaml", "flow-map.yaml", "status.yaml")


def written(root: Path, name: str) -> object:
    return yaml.safe_load((root / ".ddd/memory" / name).read_text("utf-8"))


@pytest.mark.covers("T21.1", "T21.2")
def test_the_index_says_of_every_flow_what_it_is_about_in_a_few_words(project: Project) -> None:
    index, flow = project.memory.spec_index, project.flows["reservations/allocate-copy"]

    assert index["domains"]["reservations"]["description"].startswith("The queue for a title")
    assert index["domains"]["reservations"]["flows"]["allocate-copy"] == {
        "type": "traditional",
        "trigger": {"type": "event", "event": "copy.available"},
        "nodes": [node.id for node in flow.data.nodes],
        "publishes": ["reservation.ready", "copy.needs_transport"],
        "consumes": ["copy.available"],
        "schemas_used": ["Reservation", "Copy"],
        "error_codes": ["DATABASE_ERROR"],
    }
    assert index["domains"]["helpdesk"]["flows"]["reading-guide"]["tools"][0] == "search_catalogue"
    assert "card_number" in index["schemas"]["Member"]["fields"]
    assert "MEMBER_NOT_FOUND" in index["shared_error_codes"]
    event = next(event for event in index["events"] if event["name"] == "copy.available")
    assert event["publisher"] == "catalogue"
    assert "reservations" in event["consumers"]


@pytest.mark.covers("T23.1")
def test_the_flow_map_follows_events_calls_agents_and_shared_schemas(project: Project) -> None:
    layer = project.memory.flow_map

    event = {"from": "lending/return-item", "to": "reservations/allocate-copy"}
    assert {**event, "via": "copy.available", "type": "event"} in layer["graph"]["events"]
    call = {"from": "lending/borrow-item", "to": "members/check-standing", "type": "sub_flow"}
    assert call in layer["graph"]["sub_flows"]
    assert "orchestrator_manages" in {e["type"] for e in layer["graph"]["agent_connections"]}
    shared = {entry["schema"]: entry["used_by"] for entry in layer["graph"]["shared_schemas"]}
    assert "lending/borrow-item" in shared["Loan"]

    borrow = project.memory.dependencies("lending/borrow-item")
    assert borrow["depends_on"] == ["members/check-standing"]
    standing = project.memory.dependencies("members/check-standing")
    assert "lending/borrow-item" in standing["depended_on_by"]
    with pytest.raises(KeyError, match="borrow-item"):
        project.memory.dependencies("lending/borow-item")


def test_a_consumer_that_waits_for_a_pattern_depends_on_all_that_match(project: Project) -> None:
    trigger = project.flows["vans/queue-transfer"].trigger
    assert trigger is not None
    trigger.spec["event"] = "copy.*"

    links = project.memory.flow_map["graph"]["events"]

    to_van = {edge["from"] for edge in links if edge["to"] == "vans/queue-transfer"}
    assert {"lending/return-item", "reservations/allocate-copy"} <= to_van


@pytest.mark.covers("T24.1", "T24.2", "T24.3")
def test_the_status_counts_what_has_changed_since_code_was_made(project: Project) -> None:
    root, key = project.root, "lending/return-item"
    (root / "src").mkdir()
    (root / "src/returns.py").write_text("x = 1\n")
    record_implementation(project.workbench.sync, key, ("src/returns.py",))
    assert project.memory.status["flows"][key]["status"] == "implemented"

    flow = project.flows[key]
    flow.nodes["find_loan"].label = "Look for the loan"
    project.save()

    entry = project.memory.status["flows"][key]
    assert entry["status"] == "stale"
    assert entry["spec_changed_since"]
    assert len(entry["changes_since"]) == 1
    assert entry["code_files"] == ["src/returns.py"]
    overview = project.memory.status["overview"]
    assert (overview["stale"], overview["pending"]) == (1, 19)
    assert str(project.memory).split("Status\n")[1].lstrip().startswith(f"⚠ {key}: stale, 1 change")


@pytest.mark.covers("T21.3", "T23.4", "S07.1", "S07.2")
def test_files_are_written_after_a_save_and_say_what_the_layers_say(project: Project) -> None:
    assert not (project.root / ".ddd").exists()

    project.flows["lending/return-item"].nodes["find_loan"].spec["model"] = "Title"
    assert "Title" in project.memory.dependencies("lending/return-item")["schemas"]
    assert not (project.root / ".ddd").exists(), "nothing is written before it is saved"
    project.save()

    memory = project.memory
    assert written(project.root, "spec-index.yaml") == memory.spec_index
    assert written(project.root, "flow-map.yaml") == memory.flow_map
    assert written(project.root, "status.yaml") == memory.status
    for layer in LAYERS:
        assert memory.layer_text(layer).strip() or layer == "decisions"


def test_only_files_that_say_something_else_are_written_again(project: Project) -> None:
    project.memory.refresh()
    before = {name: (project.root / ".ddd/memory" / name).stat().st_ino for name in FILES}

    project.flows["lending/return-item"].nodes["find_loan"].label = "Find it"
    project.save()
    assert project.memory.refresh() == []

    after = {name: (project.root / ".ddd/memory" / name).stat().st_ino for name in FILES}
    assert before == after


def test_unsaved_edits_are_in_the_layers_but_in_no_file(project: Project) -> None:
    project.memory.refresh()
    project.new_flow("Lend a laptop", "lending")
    project.flows["vans/scan-crate"].nodes["find_transfer"].label = "Find it"
    assert "lend-a-laptop" in project.memory.spec_index["domains"]["lending"]["flows"]

    project.save(["specs/domains/vans/flows/scan-crate.yaml"])

    assert "lend-a-laptop" not in (project.root / ".ddd/memory/spec-index.yaml").read_text()


def test_changes_by_other_programs_are_taken_over_where_files_are_watched(root: Path) -> None:
    path = root / "specs/domains/lending/flows/return-item.yaml"
    with Project(root) as watched:
        watched.memory.refresh()
        path.write_text(path.read_text("utf-8").replace("model: Loan", "model: Title"), "utf-8")
        watched.workbench.reload()
        assert "Title" in (root / ".ddd/memory/flow-map.yaml").read_text("utf-8")
    shutil.rmtree(root / ".ddd")
    looked_at = Project(root, watch=False)
    path.write_text(path.read_text("utf-8").replace("model: Title", "model: Loan"), "utf-8")
    looked_at.workbench.reload()
    assert looked_at.memory.dependencies("lending/return-item")["schemas"]
    assert not (root / ".ddd").exists(), "who only looks writes nothing"


def test_a_save_succeeds_where_the_memory_cannot_be_written(project: Project) -> None:
    (project.root / ".ddd").write_text("in the way")

    project.flows["lending/return-item"].nodes["find_loan"].label = "Find it"

    with pytest.raises(ddd.SaveError):  # its lock has no place either, so nothing is saved
        project.save()
    (project.root / ".ddd").unlink()
    (project.root / ".ddd").mkdir()
    (project.root / ".ddd/memory").write_text("in the way")
    assert project.save() == ["specs/domains/lending/flows/return-item.yaml"]


@pytest.mark.covers("T22.4")
def test_git_ignores_what_is_derived_and_keeps_decisions(
    project: Project, git_repo: Callable[[Path], git.Repo]
) -> None:
    repo = git_repo(project.root)

    project.memory.refresh()
    project.memory.decisions.add("Loans end at midnight", "The vans leave at six.")

    assert repo.untracked_files == [".ddd/memory/decisions.md"]


def test_any_text_in_a_spec_leaves_files_that_can_be_read(tmp_path: Path) -> None:
    write_design(tmp_path, NASTY)
    project = Project(tmp_path, watch=False)

    project.memory.refresh()

    assert written(tmp_path, "spec-index.yaml") == project.memory.spec_index
    assert written(tmp_path, "flow-map.yaml") == project.memory.flow_map
    assert written(tmp_path, "status.yaml") == project.memory.status


def test_a_flow_that_cannot_be_read_is_left_out_and_pending(project: Project) -> None:
    (project.root / "specs/domains/lending/flows/return-item.yaml").write_text("flow: [")
    project.workbench.reload()

    assert "return-item" not in project.memory.spec_index["domains"]["lending"]["flows"]
    assert project.memory.status["flows"]["lending/return-item"]["status"] == "pending"
    assert "its file cannot be read" in project.memory.summary.text
