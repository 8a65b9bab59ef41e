"""One node as its lines of YAML: shown, edited, previewed, refused with the line."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ddd_lab as ddd
from ddd_lab.files.edit.node_yaml import SnippetError
from ddd_lab.spec.edit.nodes import EditError
from tests.files.flow_texts import flow_texts
from tests.files.projects import FLOW_PATH, GUIDE_FLOW, KEY, changed_lines, small_project
from tests.profiles import tries


@pytest.fixture
def project(tmp_path: Path) -> ddd.Project:
    return ddd.open(small_project(tmp_path), watch=False)


def charge(project: ddd.Project) -> ddd.Node:
    return project.flows[KEY].nodes["charge"]


def test_a_node_is_shown_as_its_own_lines_with_comments_and_quotes(project: ddd.Project) -> None:
    assert charge(project).yaml == textwrap.dedent("""\
        id: charge
        type: process
        label: 'Charge the card'
        position: {x: 300, y: 50}
        spec:
          operation: charge_card
          timeout: 30   # seconds
        connections:
          next: receipt
        """)
    trigger = project.flows[KEY].trigger
    assert trigger is not None
    assert trigger.yaml == "type: http\nmethod: POST\npath: /charges   # public\n"


def test_lines_show_unsaved_edits_as_saving_would_write_them(project: ddd.Project) -> None:
    charge(project).spec.timeout = 45
    assert "timeout: 45   # seconds" in charge(project).yaml


def test_connections_that_are_edited_in_another_dialect_are_saved_in_that_of_the_file(
    tmp_path: Path,
) -> None:
    text = textwrap.dedent("""\
        flow: {id: charge-card, domain: payments}
        trigger: {id: start, type: trigger, connections: [{targetNodeId: charge}]}
        nodes:
          - id: charge
            type: process
            connections:
              - targetNodeId: done
          - id: done
            type: terminal
        """)
    project = ddd.open(small_project(tmp_path, text.encode()), watch=False)

    charge(project).set_yaml("id: charge\ntype: process\nconnections:\n  odd: done\n")
    project.save()

    assert "      - targetNodeId: done\n        sourceHandle: odd\n" in (
        tmp_path / FLOW_PATH
    ).read_text("utf-8")


def test_edited_lines_become_one_step_that_changes_those_lines_only(
    project: ddd.Project, tmp_path: Path
) -> None:
    node = charge(project)
    text = node.yaml.replace("timeout: 30", "timeout: 60").replace("next: receipt", "next: reject")
    expected = [
        "-      timeout: 30   # seconds",
        "+      timeout: 60   # seconds",
        "-      next: receipt",
        "+      next: reject",
    ]
    shown = [line for line in node.preview_yaml(text).splitlines() if line[:1] in "+-"]
    assert shown[2:] == expected
    assert not project.dirty
    node.set_yaml(text)
    project.save()
    assert changed_lines(GUIDE_FLOW, (tmp_path / FLOW_PATH).read_text()) == expected
    project.undo()
    project.save()
    assert (tmp_path / FLOW_PATH).read_text() == GUIDE_FLOW


def test_comments_and_order_are_kept_as_they_were_typed(
    project: ddd.Project, tmp_path: Path
) -> None:
    node = charge(project)
    node.set_yaml(
        node.yaml.replace("id: charge\n", "# asks the bank first\nid: charge   # money\n")
    )
    assert project.dirty == {FLOW_PATH}
    project.flows[KEY].nodes["receipt"].label = "Done"
    node.set_yaml(node.yaml.replace("id: charge ", "id: pay "))
    project.save()
    assert changed_lines(GUIDE_FLOW, (tmp_path / FLOW_PATH).read_text()) == [
        "-      valid: charge",
        "+      valid: pay",
        "-  - id: charge",
        "+  - # asks the bank first",
        "+    id: pay   # money",
        "+    label: 'Done'",
    ]
    while project.undo():
        pass
    project.save()
    assert (tmp_path / FLOW_PATH).read_text() == GUIDE_FLOW


def test_unchanged_lines_are_no_step(project: ddd.Project) -> None:
    charge(project).set_yaml(charge(project).yaml)
    assert len(project.workbench.history) == 0


def test_another_id_renames_the_node_wherever_the_flow_names_it(project: ddd.Project) -> None:
    node = charge(project)
    node.set_yaml(
        node.yaml.replace("id: charge", "id: take_money").replace(": receipt", ": take_money")
    )
    assert node.id == "take_money"
    assert project.flows[KEY].nodes["validate"].connections["valid"] == ["take_money"]
    assert node.connections == {"next": ["take_money"]}


def test_the_trigger_is_edited_as_lines_too(project: ddd.Project) -> None:
    trigger = project.flows[KEY].trigger
    assert trigger is not None
    trigger.set_yaml(trigger.yaml.replace("POST", "PUT"))
    assert trigger.spec.method == "PUT"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("next: receipt", "next: [receipt", 9, "not closed with ]"),
        ("next: receipt", "next: nowhere", 9, "no node 'nowhere'"),
        ("next: receipt", "next: trigger", 9, "starts the flow"),
        ("next: receipt", "next: [receipt, receipt]", 9, "twice"),
        ("id: charge", "id: receipt", 1, "already a node"),
        ("id: charge", "id: a b", 1, "cannot be an id"),
        ("id: charge\n", "", 1, "id is missing"),
        ("id: charge", "id: [1]", 1, "must be text"),
        ("type: process", "type: magic", 2, "no node type"),
        ("type: process", "type: trigger", 2, "trigger"),
        ("operation: charge_card", "inputs: 3", 6, "inputs"),
        ("operation: charge_card", "timeout: 3", 7, "appears twice"),
        ("x: 300", "x: far", 4, "position"),
        ("label: 'Charge the card'", "parentId: nobody", 3, "nobody"),
    ],
)
def test_a_fault_is_named_with_its_line_and_nothing_changes(
    project: ddd.Project, old: str, new: str, line: int, reason: str
) -> None:
    node = charge(project)
    before = node.flow.data
    assert old in node.yaml
    with pytest.raises(SnippetError, match=reason) as refused:
        node.set_yaml(node.yaml.replace(old, new))
    assert refused.value.line == line
    assert str(refused.value).startswith(f"line {line}: ")
    assert node.flow.data is before


def test_lines_that_mean_nothing_outside_their_file_are_written_out(tmp_path: Path) -> None:
    text = GUIDE_FLOW.replace("min: 1, error", "max: &most 9, error").replace(
        "timeout: 30 ", "timeout: *most "
    )
    project = ddd.open(small_project(tmp_path, text), watch=False)
    assert "timeout: 9" in charge(project).yaml
    charge(project).set_yaml(charge(project).yaml.replace("timeout: 9", "timeout: 10"))
    assert charge(project).spec.timeout == 10
    project.save()


@settings(max_examples=tries(50, 1000), suppress_health_check=list(HealthCheck))
@given(
    text=flow_texts(), which=st.integers(0, 9), cut=st.integers(0, 400), more=st.text(max_size=6)
)
def test_lines_of_any_file_are_the_node_and_any_edit_is_taken_or_refused_whole(
    tmp_path_factory: pytest.TempPathFactory, text: str, which: int, cut: int, more: str
) -> None:
    root = tmp_path_factory.getbasetemp() / "snippets"
    project = ddd.open(small_project(root, text.encode()), watch=False)
    flow = project.flows[KEY]
    node = flow.nodes[list(flow.nodes)[which % len(flow.nodes)]]
    lines = node.yaml
    node.set_yaml(lines)
    assert not project.dirty
    before = flow.data
    try:
        node.set_yaml(lines[:cut] + more + lines[cut:])
    except EditError:
        assert flow.data is before
    else:
        project.save()
        project.undo()
        project.save()
        assert (root / FLOW_PATH).read_bytes() == text.encode()


def test_the_lines_of_every_real_node_say_what_the_node_says(corpus: Path) -> None:
    for name in ("nexus", "obligo", "todo-app"):
        project = ddd.open(corpus / name, watch=False)
        for flow in project.flows.values():
            for id in [node.id for node in flow.data.all_nodes()]:
                flow.set_yaml_of(id, flow.yaml_of(id))
        assert len(project.workbench.history) == 0
