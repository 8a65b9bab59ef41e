"""What a canvas says of designs in gates, of plans of changes, and of decisions in answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import write_shop
from tests.patience import PATIENCE

AT = "orders/place-order"
DEFINITION = "# Tea\n\nA shop that sells tea."


def proposed(*edits: dict[str, Any], say: str = "So.") -> ScriptedReply:
    return ScriptedReply(json.dumps({"say": say, "edits": edits}))


def understood(*questions: str) -> ScriptedReply:
    return ScriptedReply(json.dumps({"say": DEFINITION, "questions": questions}))


def node(flow: str) -> dict[str, Any]:
    return {"op": "add_node", "flow": flow, "node": "note", "type": "process", "label": "Note it"}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def root(tmp_path: Path, server: ScriptedServer) -> Path:
    root = tmp_path / "tea"
    (root / "specs").mkdir(parents=True)
    (root / "specs/system.yaml").write_text("system: {name: Tea, version: '1'}\n", "utf-8")
    (root / ".ddd").mkdir()
    (root / ".ddd/config.yaml").write_text(server.config(), "utf-8")
    return root


class Listener(Screen):
    """A screen that keeps what it hears of the assistant."""

    def __init__(self, root: Path, at: str = "") -> None:
        self.heard: dict[str, Any] = {}
        super().__init__(Project(root, watch=False), at)
        receive = self.canvas.send

        def hear(content: dict[str, Any], buffers: Any = None) -> None:
            if {"turn", "design", "assistant"} & set(content):
                self.heard.update(content)
            else:
                receive(content, buffers)

        self.canvas.send = hear

    @property
    def session(self) -> Any:
        session = self.canvas._session
        assert session is not None
        return session.assistant

    @property
    def design(self) -> dict[str, Any]:
        """The design as the browser has it."""
        return dict(self.heard["design"]["design"])

    def suggestion(self, op: str = "suggest_design", **arguments: Any) -> dict[str, Any]:
        """Ask at a gate, and give the design once the answer is there."""
        self.ask(op, **arguments)
        assert self.session.design._running.answer.wait(PATIENCE)
        return self.design

    def answer(self, text: str) -> dict[str, Any]:
        """Ask in the conversation, and give the answer in the end."""
        asked = self.ask("ask", text=text)
        running = self.session._running.get(asked["answer"])
        assert running is None or running.answer.wait(PATIENCE)
        turns = self.ask("conversation", id=asked["thread"]["id"])["turns"]
        return dict(next(turn for turn in turns if turn["id"] == asked["answer"]))


def test_a_paragraph_goes_through_the_gates_and_is_taken_up_after_a_restart(
    root: Path, server: ScriptedServer
) -> None:
    screen = Listener(root)
    assert screen.ask("designs") == {"plans": [], "design": None}
    server.replace(understood("Who ships?"))
    design = screen.suggestion("begin_design", text="A shop for tea.")
    assert (design["stage"], design["questions"]) == ("understanding", ["Who ships?"])
    assert design["answer"]["text"] == DEFINITION
    assert not (root / "product-definition.md").exists()
    assert "product-definition.md" in screen.ask("approve_gate")["text"]
    assert (root / "product-definition.md").read_text("utf-8").startswith("# Tea")
    assert (screen.design["stage"], screen.design["answer"]) == ("structure", None)

    screen = Listener(root)
    [plan] = screen.ask("designs")["plans"]
    assert (plan["title"], plan["stage"]) == ("A shop for tea.", "structure")
    screen.ask("resume_design", path=plan["path"])
    assert screen.design["definition"].startswith("# Tea")
    server.replace(
        proposed(
            {"op": "new_domain", "name": "Orders"},
            {"op": "new_flow", "domain": "orders", "name": "Place an order"},
            {"op": "new_flow", "domain": "orders", "name": "Cancel an order"},
        )
    )
    design = screen.suggestion()
    assert design["proposal"] == screen.board["proposal"]["id"]
    assert "orders" not in screen.project.workbench.design.domains
    screen.ask("apply_proposal", id=design["proposal"])
    assert (screen.design["stage"], screen.design["domain"]) == ("flows", "orders")
    assert [step["mark"] for step in screen.design["steps"]] == ["open", "open"]
    screen.ask("drop_step", key="orders/cancel-an-order", reason="not yet")
    server.replace(
        proposed(
            {"op": "add_node", "flow": "orders/place-an-order", "node": "a", "type": "process"}
        )
    )
    screen.suggestion()
    screen.ask("approve_gate")
    assert screen.design["stage"] == "finished"
    assert [(step["mark"], step["reason"]) for step in screen.design["steps"]] == [
        ("done", ""),
        ("dropped", "not yet"),
    ]
    screen.ask("leave_design")
    assert screen.heard["design"] == {"design": None}


def test_a_gate_is_gone_back_to_and_says_what_cannot_be_done(
    root: Path, server: ScriptedServer
) -> None:
    screen = Listener(root)
    assert "begin a design first" in screen.refused("approve_gate").lower()
    assert "a few sentences" in screen.refused("begin_design", text=" ")
    server.replace(understood())
    screen.suggestion("begin_design", text="Tea")
    assert "no gate before" in screen.refused("previous_gate")
    screen.ask("approve_gate")
    server.replace(proposed({"op": "new_domain", "name": "Orders"}))
    screen.suggestion()
    screen.ask("assist_mode", mode="explore")
    assert "Explore only shows" in screen.refused("approve_gate")
    screen.ask("previous_gate")
    assert (screen.design["stage"], screen.design["proposal"]) == ("understanding", "")
    assert not screen.board["proposal"]
    assert "no longer exists" in screen.refused("resume_design", path="../x.md")


def test_a_change_of_two_flows_is_shown_once_its_plan_is_approved(
    tmp_path: Path, server: ScriptedServer
) -> None:
    root = write_shop(tmp_path / "shop")
    (root / ".ddd").mkdir(exist_ok=True)
    (root / ".ddd/config.yaml").write_text(server.config(), "utf-8")
    screen = Listener(root, AT)
    flows = [key for key in screen.project.workbench.design.flow_keys if key != AT]
    server.replace(proposed(node(AT), node(flows[0])))
    turn = screen.answer("Note both")
    assert [one["at"] for one in turn["plan"]] == [AT, flows[0]]
    assert not screen.board["proposal"]
    assert "at least one" in screen.refused("approve_plan", id=turn["id"], places=[])
    text = screen.ask("approve_plan", id=turn["id"], places=[AT])["text"]
    assert ".ddd/plans/" in text
    proposal = screen.board["proposal"]
    assert [item["ticked"] for item in proposal["items"]] == [True, False]
    assert "gone" in screen.refused("approve_plan", id=turn["id"], places=[AT])
    assert "1 of 2" in screen.ask("apply_proposal", id=proposal["id"])["text"]
    [plan] = (root / ".ddd/plans").glob("*.md")
    written = plan.read_text("utf-8")
    assert f"- [x] `{AT}`" in written
    assert f"- [-] `{flows[0]}`" in written


@pytest.mark.covers("T22.1", "T22.2", "T22.5", "S07.9")
def test_a_decision_of_an_answer_is_written_down_only_when_somebody_says_so(
    root: Path, server: ScriptedServer
) -> None:
    screen = Listener(root)
    say = "By hand.\n\nDecision: Refund by hand\nRationale: It is rare.\nAffected: orders"
    server.replace(proposed(say=say))
    turn = screen.answer("We refund by hand, because it is rare.")
    assert turn["decision"] == {
        "title": "Refund by hand",
        "decision": "Refund by hand",
        "rationale": "It is rare.",
        "affected": "orders",
    }
    file = root / ".ddd/memory/decisions.md"
    assert not file.exists() or "Refund by hand" not in file.read_text("utf-8")
    memory = screen.ask("keep_decision", **turn["decision"])
    assert "It is rare." in file.read_text("utf-8")
    [decision] = memory["decisions"]
    memory = screen.ask("keep_decision", id=decision["id"], title="Refund by machine")
    assert "Refund by machine" in file.read_text("utf-8")
    screen.ask("remove_decision", id=memory["decisions"][0]["id"])
    assert "Refund by machine" not in file.read_text("utf-8")
