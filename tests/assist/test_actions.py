"""Inline actions: which are offered where, and what is known before a model is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.assist.actions import ACTIONS, Target, action_named, actions_for
from ddd_lab.workbench import Workbench
from tests.assist.sample import copied_sample

FLOW = "lending/return-item"


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return copied_sample(tmp_path_factory.mktemp("actions"))


def ids(workbench: Workbench, target: Target) -> list[str]:
    return [action.id for action in actions_for(workbench, target)]


@pytest.mark.covers("S06.8", "S06.9", "S06.10", "S06.11")
def test_every_level_has_its_actions(workbench: Workbench) -> None:
    assert ids(workbench, Target(FLOW, node="find_loan")) == [
        "suggest_spec",
        "complete_spec",
        "explain_node",
        "add_error_handling",
        "generate_test_cases",
    ]
    edge = workbench.flow_data(FLOW).edges[1]
    assert ids(workbench, Target(FLOW, edge.source, edge.output, edge.target)) == [
        "add_node_between",
        "label_connection",
    ]
    assert ids(workbench, Target(FLOW)) == [
        "generate_test_cases",
        "generate_flow",
        "review_flow",
        "suggest_wiring",
        "import_from_description",
        "add_design_note",
    ]
    assert ids(workbench, Target("lending")) == [
        "suggest_flows",
        "suggest_events",
        "generate_domain",
        "add_design_note",
    ]
    assert ids(workbench, Target()) == [
        "suggest_domains",
        "review_architecture",
        "generate_from_description",
        "generate_summary",
    ]
    assert len(ACTIONS) == 20


def test_only_a_trigger_is_offered_security_and_only_what_goes_on_error_handling(
    workbench: Workbench,
) -> None:
    flow = workbench.flow_data(FLOW)
    assert flow.trigger is not None
    assert "add_security" in ids(workbench, Target(FLOW, node=flow.trigger.id))
    end = next(node for node in flow.nodes if node.type == "terminal")
    assert "add_error_handling" not in ids(workbench, Target(FLOW, node=end.id))


def test_test_cases_begin_with_every_path_that_the_code_finds(workbench: Workbench) -> None:
    facts = action_named("generate_test_cases").facts(workbench, Target(FLOW))
    flow = workbench.flow_data(FLOW)
    ends = {flow.names[node.id] for node in flow.nodes if node.type == "terminal"}
    assert "paths through the flow" in facts
    assert all(any(line.rstrip("`").endswith(end) for line in facts.splitlines()) for end in ends)
    by_node = action_named("generate_test_cases").facts(workbench, Target(FLOW, node="find_loan"))
    assert 0 < len(by_node.splitlines()) <= len(facts.splitlines())


def test_a_knot_of_loops_holds_nobody_up(tmp_path: Path) -> None:
    workbench = copied_sample(tmp_path)
    knot = "".join(
        f"  - {{id: n{i}, type: process, connections: "
        f"{{next: [{', '.join(f'n{j}' for j in range(30) if j != i)}]}}}}\n"
        for i in range(30)
    )
    path = workbench.root / "specs/domains/lending/flows/knot.yaml"
    path.write_text(
        "flow: {id: knot, name: Knot, domain: lending}\n"
        f"trigger: {{id: start, type: http, connections: {{next: n0}}}}\nnodes:\n{knot}",
        "utf-8",
    )
    facts = action_named("generate_test_cases").facts(
        Workbench(workbench.root, watch=False), Target("lending/knot")
    )
    assert "there are more" in facts


def test_an_unknown_action_gets_did_you_mean() -> None:
    with pytest.raises(KeyError, match="suggest_spec"):
        action_named("sugest_spec")


def test_reviews_begin_with_what_the_checks_know(workbench: Workbench) -> None:
    workbench.edit_flow(
        FLOW,
        lambda flow: flow.model_copy(
            update={
                "nodes": tuple(
                    node.model_copy(update={"connections": ()}) if node.id == "find_loan" else node
                    for node in flow.nodes
                )
            }
        ),
        "cut",
    )
    try:
        assert "find_loan" in action_named("review_flow").facts(workbench, Target(FLOW))
        assert "find_loan" in action_named("suggest_wiring").facts(workbench, Target(FLOW))
        assert "success" in action_named("add_error_handling").facts(
            workbench, Target(FLOW, node="find_loan")
        )
    finally:
        workbench.undo()
