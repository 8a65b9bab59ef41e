"""Answers in a notebook: asked for, waited for, shown, applied, discarded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.lab.answer_widget import AnswerWidget
from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError
from tests.assist.sample import copied_sample
from tests.planted_keys import PLANTED

FLOW = "lending/return-item"
NOTE = {"op": "add_note", "flow": FLOW, "text": "A slip is printed."}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def project(tmp_path: Path, server: ScriptedServer) -> Project:
    root = copied_sample(tmp_path).root
    (root / ".ddd").mkdir()
    (root / ".ddd" / "config.yaml").write_text(server.config(), "utf-8")
    return ddd.open(root, watch=False)


def proposing(say: str, *edits: Mapping[str, object]) -> ScriptedReply:
    return ScriptedReply(json.dumps({"say": say, "edits": edits}))


def test_a_question_in_a_cell_is_answered_and_applied_as_one_step(
    project: Project, server: ScriptedServer
) -> None:
    server.say(proposing("A note helps.", NOTE))
    answer = project.assist.ask("Say that a slip is printed", at=FLOW).wait(30)
    assert answer.text == "A note helps."
    text = repr(answer)
    assert "1. Add" in text
    assert "answer.apply()" in text
    assert "scripted-claude" in text
    assert "free" in text
    assert answer.sent is not None
    assert answer.sent.tokens <= answer.sent.budget
    assert answer.apply().words.startswith("1 of 1")
    assert "This was applied." in repr(answer)
    assert project.undo()


def test_what_a_cell_shows_has_the_picture_with_ghosts_and_no_key(
    project: Project, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", PLANTED)
    server.say(proposing("A note helps.", NOTE))
    answer = project.assist.ask("Say it", at=FLOW).wait(30)
    widget = AnswerWidget(answer._answer)
    view = json.dumps(widget.get_state(), default=str)
    assert "<svg" in view
    assert "A note helps." in view
    assert PLANTED not in view
    bundle, _ = answer._repr_mimebundle_()
    assert "A note helps." in bundle["text/plain"]


def test_a_flow_has_its_actions(project: Project, server: ScriptedServer) -> None:
    flow = project.flows[FLOW]
    server.say(ScriptedReply("It is sound."))
    assert flow.assist.review().wait(30).text == "It is sound."
    assert flow.assist.explain("find_loan").wait(30).proposal is None
    change = {"op": "change_node", "flow": FLOW, "node": "find_loan", "label": "Look for the loan"}
    server.say(proposing("Clearer.", change))
    answer = flow.assist.suggest("find_loan").wait(30)
    answer.discard()
    with pytest.raises(EditError, match="discarded already"):
        answer.apply()
    flow.assist.generate("With another label").wait(30).apply()
    assert flow.nodes["find_loan"].label == "Look for the loan"


def test_wrong_calls_are_refused_before_anything_is_sent(
    project: Project, server: ScriptedServer
) -> None:
    with pytest.raises(KeyError, match="return-item"):
        project.assist.ask("Why?", at="lending/return-itm")
    with pytest.raises(KeyError, match="lending"):
        project.assist.ask("Why?", at="lendin")
    with pytest.raises(KeyError, match="suggest_flows"):
        project.assist.act("suggest_flow", "lending")
    with pytest.raises(EditError, match="does not fit"):
        project.assist.act("suggest_flows", FLOW)
    with pytest.raises(EditError, match="needs your words"):
        project.flows[FLOW].assist.generate("")
    assert server.requests == []


def test_in_auto_what_is_proposed_is_applied_when_it_is_complete(
    project: Project, server: ScriptedServer
) -> None:
    settings = project.root / ".ddd" / "config.yaml"
    settings.write_text(settings.read_text("utf-8") + "assist: {mode: auto}\n", "utf-8")
    server.say(proposing("A note helps.", NOTE))
    answer = project.assist.ask("Say it", at=FLOW).wait(30)
    assert "This was applied." in repr(answer)
    assert project.undo()


def test_in_explore_nothing_is_applied(project: Project, server: ScriptedServer) -> None:
    settings = project.root / ".ddd" / "config.yaml"
    settings.write_text(settings.read_text("utf-8") + "assist: {mode: explore}\n", "utf-8")
    server.say(proposing("A note helps.", NOTE))
    answer = project.assist.ask("Say it", at=FLOW).wait(30)
    with pytest.raises(Exception, match="Explore"):
        answer.apply()
    assert not project.dirty


@pytest.mark.covers("T20.4")
def test_what_has_to_be_allowed_is_said_with_the_call_that_allows_it(
    project: Project, server: ScriptedServer
) -> None:
    settings = project.root / ".ddd" / "config.yaml"
    text = settings.read_text("utf-8").replace("input: 0, output: 0", "input: 1, output: 2")
    settings.write_text(f"{text}  cost_tracking: {{budget_limit: 0.000001}}\n", "utf-8")
    server.say(ScriptedReply("They guard each other."))
    answer = project.assist.ask("Why two checks?", at=FLOW).wait(30)
    assert server.requests == []
    assert "ask again with model='scripted-claude', allow=('limit',)" in repr(answer)
    again = project.assist.ask("Why?", at=FLOW, model="scripted-claude", allow=("limit",)).wait(30)
    assert again.text == "They guard each other."
