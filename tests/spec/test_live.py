"""Flows and nodes as people hold them in a notebook."""

from __future__ import annotations

from pathlib import Path

import pytest

import ddd_lab as ddd
from tests.files.projects import FLOW_PATH, KEY, small_project


@pytest.fixture
def project(tmp_path: Path) -> ddd.Project:
    return ddd.open(small_project(tmp_path), watch=False)


def test_a_project_shows_its_domains_flows_and_nodes(project: ddd.Project) -> None:
    assert list(project.domains) == ["payments"]
    domain = project.domains["payments"]
    assert (domain.name, domain.description) == ("payments", "Taking money")
    assert list(domain.flows) == ["charge-card"]
    assert list(project.flows) == [KEY]
    flow = project.flows[KEY]
    assert (flow.id, flow.name, flow.type, flow.domain) == (
        "charge-card",
        "Charge Card",
        "traditional",
        "payments",
    )
    assert list(flow.nodes) == ["validate", "charge", "receipt", "reject"]
    assert flow.trigger is not None
    assert flow.trigger.spec == {"type": "http", "method": "POST", "path": "/charges"}
    charge = flow.nodes["charge"]
    assert (charge.id, charge.type, charge.label) == ("charge", "process", "Charge the card")
    assert charge.position is not None
    assert (charge.position.x, charge.position.y) == (300, 50)
    assert charge.connections == {"next": ["receipt"]}
    assert flow.nodes["validate"].connections == {"valid": ["charge"], "invalid": ["reject"]}
    assert [(e.source, e.output, e.target) for e in flow.edges if not e.implicit] == [
        ("validate", "valid", "charge"),
        ("validate", "invalid", "reject"),
        ("charge", "next", "receipt"),
    ]


def test_every_assignment_is_one_undo_step(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    before = flow.data
    flow.nodes["charge"].label = "Take the money"
    flow.nodes["charge"].position = (1, 2)
    flow.nodes["charge"].spec.description = "At the bank"
    flow.nodes["charge"].spec["retry"] = {"max_attempts": 1}
    flow.nodes["charge"].spec.retry.max_attempts = 3
    flow.nodes["charge"].spec["steps"] = ["a", "b"]
    flow.nodes["charge"].spec.steps.append("c")
    flow.nodes["charge"].spec.steps[0] = "first"
    del flow.nodes["charge"].spec["timeout"]
    flow.nodes["charge"].id = "take"
    assert flow.nodes["take"].spec == {
        "operation": "charge_card",
        "description": "At the bank",
        "retry": {"max_attempts": 3},
        "steps": ["first", "b", "c"],
    }
    labels = []
    while label := project.undo():
        labels.append(label)
    assert labels == [
        "rename charge to take",
        "remove timeout of charge",
        "set steps[0] of charge",
        "set steps of charge",
        "set steps of charge",
        "set retry.max_attempts of charge",
        "set retry of charge",
        "set description of charge",
        "move charge",
        "set label of charge",
    ]
    assert flow.data == before
    assert project.dirty == set()
    while project.redo():
        pass
    assert flow.nodes["take"].label == "Take the money"
    assert project.dirty == {FLOW_PATH}


def test_a_slip_of_the_pen_is_caught_and_a_key_of_ones_own_is_possible(
    project: ddd.Project,
) -> None:
    spec = project.flows[KEY].nodes["charge"].spec
    with pytest.raises(AttributeError, match="did you mean 'description'"):
        spec.desciption = "typo"
    with pytest.raises(AttributeError, match="no key 'whatever'"):
        _ = spec.whatever
    spec["whatever"] = 1
    assert spec.whatever == 1
    assert spec.description is None, "known, but not set"
    assert project.undo() == "set whatever of charge"


def test_a_wrong_value_is_refused_and_changes_nothing(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    with pytest.raises(ddd.EditError, match="operation of 'charge'"):
        flow.nodes["charge"].spec.operation = {"not": "text"}
    with pytest.raises(ddd.EditError):
        flow.connect("charge", "nowhere")
    with pytest.raises(ddd.EditError):
        flow.remove_node("charge", "nowhere")
    assert project.undo() == ""
    assert project.dirty == set()


def test_several_edits_can_be_one_step_that_a_failure_takes_back(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    with project.step("add auditing"):
        flow.add_node("process", id="audit", label="Audit")
        flow.connect("audit", "receipt", output="next")
    assert project.undo() == "add auditing"
    assert "audit" not in flow.nodes

    def fails() -> None:
        with project.step("a bad idea"):
            flow.add_node("process", id="audit")
            flow.connect("audit", "nowhere")

    with pytest.raises(ddd.EditError):
        fails()
    assert "audit" not in flow.nodes
    assert project.dirty == set()


def test_those_who_watch_are_told_what_changed(project: ddd.Project) -> None:
    seen: list[tuple[str, str]] = []
    stop = project.workbench.observe(lambda change: seen.append((change.reason, change.label)))
    flow = project.flows[KEY]
    flow.nodes["charge"].label = "Take"
    project.undo()
    project.redo()
    project.save()
    stop()
    project.undo()
    label = "set label of charge"
    assert seen == [("edit", label), ("undo", label), ("redo", label), ("save", "")]


def test_a_new_flow_has_a_trigger_and_a_terminal_and_is_listed(project: ddd.Project) -> None:
    flow = project.new_flow("Refund a Charge", "payments")
    assert flow.key == "payments/refund-a-charge"
    sheet = project.sheet(flow.key)
    assert [node["type"] for node in sheet["nodes"]] == ["trigger", "terminal"]
    written = project.save()
    assert written == [
        "specs/domains/payments/domain.yaml",
        "specs/domains/payments/flows/refund-a-charge.yaml",
    ]
    again = ddd.open(project.root, watch=False)
    assert again.flows[flow.key].data == flow.data
    assert list(again.domains["payments"].flows) == ["charge-card", "refund-a-charge"]
    assert not [p for p in again.problems if "refund" in p.where]
    with pytest.raises(ddd.EditError, match="already a flow"):
        project.new_flow("refund a charge", "payments")
    with pytest.raises(ddd.EditError, match="no domain 'shipping'"):
        project.new_flow("Ship it", "shipping")
    assert project.undo() == "new flow Refund a Charge"
    assert flow.key not in project.flows
    project.save()
    assert not (project.root / written[1]).exists()


def test_a_new_agent_flow_has_its_loop_and_both_ends(project: ddd.Project) -> None:
    flow = project.new_flow("Answer questions", "payments", "agent")
    assert flow.type == "agent"
    project.save()
    again = ddd.open(project.root, watch=False)
    assert again.flows[flow.key].data == flow.data
    assert {n.type for n in again.flows[flow.key].nodes.values()} == {"agent_loop", "terminal"}
    assert not [p for p in again.problems if "answer-questions" in p.where]


def test_opening_what_is_no_project_says_so(tmp_path: Path) -> None:
    with pytest.raises(ddd.ProjectError, match="does not exist"):
        ddd.open(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ddd.ProjectError, match="is a file"):
        ddd.open(tmp_path / "file")
    assert repr(ddd.open(tmp_path, watch=False)).endswith("0 domains, 0 flows)")
