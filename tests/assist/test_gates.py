"""From a paragraph to a design: each gate is approved, revised or gone back to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ddd_lab.assist.assistant import Assistant
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.plans.gates import DEFINITION_FILE, DesignPlan, GateError
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.workbench import Workbench
from tests.patience import PATIENCE

TEA = "A shop that sells tea.\nPeople order online."
DEFINITION = "# Tea\n\nReaders of this sell tea."
DRAWN = """\
flow: {id: place-an-order, name: Place an order, type: traditional, domain: orders}
trigger: {type: http, method: POST, path: /orders, label: Order sent, connections: {next: done}}
nodes:
  - {id: done, type: terminal, label: Ordered, spec: {status: 201, body: {message: Thank you}}}
"""


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def assistant(tmp_path: Path, server: ScriptedServer) -> Assistant:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "system.yaml").write_text("system: {name: Tea, version: '1'}\n", "utf-8")
    (tmp_path / ".ddd").mkdir()
    (tmp_path / ".ddd/config.yaml").write_text(server.config(), "utf-8")
    return Assistant(Workbench(tmp_path, watch=False), ModelClient(tmp_path, pauses=()))


def proposing(say: str, *edits: Mapping[str, object]) -> ScriptedReply:
    return ScriptedReply(json.dumps({"say": say, "edits": edits}))


def understood(*questions: str) -> ScriptedReply:
    return ScriptedReply(json.dumps({"say": DEFINITION, "questions": questions}))


def suggested(plan: DesignPlan, words: str = "") -> None:
    answer = plan.suggest(words)
    assert answer.wait(PATIENCE)
    assert answer.error == ""


def written(root: Path) -> set[str]:
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not {"memory", "locks"} & set(path.parts)
    } - {".ddd/config.yaml", ".ddd/.gitignore"}


def test_a_paragraph_becomes_a_design_gate_by_gate(
    assistant: Assistant, server: ScriptedServer
) -> None:
    workbench = assistant.workbench
    root = workbench.root
    plan = DesignPlan.begin(assistant, TEA)
    server.say(understood("Who ships?", "Who pays?", "Where?", "Why?"))
    suggested(plan)
    assert plan.questions == ["Who ships?", "Who pays?", "Where?"]
    assert written(root) == {"specs/system.yaml"}

    server.say(understood())
    suggested(plan, "We ship ourselves.")
    sent = str(server.requests[-1].body["messages"])
    assert "We ship ourselves." in sent
    assert "Readers of this sell tea." in sent
    assert plan.questions == []
    plan.approve()
    assert (root / DEFINITION_FILE).read_text("utf-8").startswith("# Tea")
    assert plan.stage == "structure"

    server.say(
        proposing(
            "One domain.",
            {"op": "new_domain", "name": "Orders"},
            {"op": "new_flow", "domain": "orders", "name": "Place an order"},
            {"op": "new_flow", "domain": "orders", "name": "Cancel an order"},
        )
    )
    suggested(plan)
    assert "Readers of this sell tea." in str(server.requests[-1].body["messages"])
    assert "orders" not in workbench.design.domains
    words = plan.approve()
    assert "of 3" in words
    assert (plan.stage, plan.domain) == ("flows", "orders")
    assert (root / "specs/domains/orders/flows/place-an-order.yaml").is_file()

    server.say(
        proposing("Drawn.", {"op": "set_flow_yaml", "flow": "orders/place-an-order", "yaml": DRAWN})
    )
    suggested(plan)
    plan.approve()
    assert [step.mark for step in plan.plan.steps] == ["done", "open"]
    plan.drop("orders/cancel-an-order", "not yet")
    assert DesignPlan.resume(assistant, plan.path).stage == "finished"
    text = (root / plan.path).read_text("utf-8")
    assert "- [x] Draw `orders/place-an-order`" in text
    assert "- [-] Draw `orders/cancel-an-order` (not yet)" in text
    assert "POST" in str(workbench.flow_data("orders/place-an-order").trigger)


def test_a_plan_is_taken_up_again_after_a_restart_and_gone_back_to(
    assistant: Assistant, server: ScriptedServer
) -> None:
    plan = DesignPlan.begin(assistant, TEA)
    server.say(understood())
    suggested(plan)
    plan.approve()

    again = DesignPlan.resume(assistant, plan.path)
    assert (again.stage, again.plan.wanted) == ("structure", TEA)
    again.back()
    assert DesignPlan.resume(assistant, plan.path).stage == "understanding"


def test_nothing_is_approved_before_it_was_suggested(assistant: Assistant) -> None:
    plan = DesignPlan.begin(assistant, TEA)
    with pytest.raises(GateError, match="Ask for a suggestion first"):
        plan.approve()
    with pytest.raises(GateError, match="no gate before"):
        plan.back()
    assert written(assistant.workbench.root) == {"specs/system.yaml"}


def test_a_gate_whose_answer_failed_is_not_approved(
    assistant: Assistant, server: ScriptedServer
) -> None:
    plan = DesignPlan.begin(assistant, TEA)
    server.say(ScriptedReply(status=401, message="no"))
    assert plan.suggest().wait(PATIENCE)
    with pytest.raises(GateError):
        plan.approve()
