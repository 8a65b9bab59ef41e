"""What a canvas says of the assistant: answers as they come, proposals, settings, memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import write_shop
from tests.planted_keys import PLANTED as KEY

AT = "orders/place-order"
REPOSITORY = Path(__file__).parents[2]


def said(text: str, *edits: dict[str, Any]) -> str:
    return json.dumps({"say": text, "edits": edits})


def added(id: str, label: str) -> dict[str, Any]:
    return {"op": "add_node", "flow": AT, "node": id, "type": "process", "label": label}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer([ScriptedReply(said("Hello."))]) as server:
        yield server


@pytest.fixture
def root(tmp_path: Path, server: ScriptedServer) -> Path:
    root = write_shop(tmp_path / "shop")
    settings = root / ".ddd/config.yaml"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(server.config())
    return root


class Listener(Screen):
    """A screen that keeps what it hears of the assistant."""

    def __init__(self, root: Path, at: str = AT) -> None:
        self.raw: list[str] = []
        self.news: list[dict[str, Any]] = []
        super().__init__(Project(root, watch=False), at)
        receive = self.canvas.send

        def hear(content: dict[str, Any], buffers: Any = None) -> None:
            self.raw.append(json.dumps(content))
            if "turn" in content:
                self.news.append(content["turn"])
            elif "assistant" not in content:
                receive(content, buffers)

        self.canvas.send = hear

    @property
    def session(self) -> Any:
        session = self.canvas._session
        assert session is not None
        return session.assistant

    def answer(self, text: str, **more: Any) -> dict[str, Any]:
        """Ask, and give the answer as the browser has it in the end."""
        asked = self.ask("ask", text=text, **more)
        self.wait(asked["answer"])
        return self.turn(asked["answer"])

    def wait(self, id: str) -> None:
        running = self.session._running.get(id)
        assert running is None or running.answer.wait(20)

    def turn(self, id: str) -> dict[str, Any]:
        """A turn, with its text put together from what came."""
        text = ""
        own = [news for news in self.news if news["turn"]["id"] == id]
        for news in own:
            text = text[: news["text_from"]] + news["text"]
        return {**own[-1]["turn"], "text": text}


@pytest.fixture
def screen(root: Path) -> Listener:
    return Listener(root)


@pytest.mark.covers("T15.10", "T15.11")
def test_an_answer_comes_in_pieces_and_is_kept_with_its_place(
    screen: Listener, root: Path, server: ScriptedServer
) -> None:
    words = "word " * 300
    server.replace(ScriptedReply(said(words)))
    turn = screen.answer("Why?")
    assert turn["text"] == words
    assert turn["state"] == "done"
    assert turn["usage"]["output"] > 0
    assert len(screen.news) < 300
    again = Listener(root).ask("conversation")
    assert [turn["role"] for turn in again["turns"]] == ["user", "assistant"]
    assert again["turns"][1]["text"] == words
    assert again["thread"]["title"] == "Why?"
    assert Listener(root, "orders").ask("conversation")["thread"] is None


def test_a_question_whose_program_was_ended_says_that_it_was_interrupted(root: Path) -> None:
    program = f"""
import sys, time
from pathlib import Path
from tests.canvas.test_assistant import Listener
print(Listener(Path({str(root)!r})).ask("ask", text="Will this end?")["answer"], flush=True)
time.sleep(600)
"""
    settings = root / ".ddd/config.yaml"
    with ScriptedServer([ScriptedReply(said("Never"), first_after=600)]) as slow:
        quick = settings.read_text()
        settings.write_text(slow.config())
        command = [sys.executable, "-c", program]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPOSITORY)
        assert process.stdout is not None
        assert process.stdout.readline().strip()
        assert slow.wait_for(lambda: bool(slow.requests))
        process.kill()
        process.communicate()
        settings.write_text(quick)
    screen = Listener(root)
    first = screen.ask("conversation")
    question, cut = first["turns"]
    assert (question["text"], cut["role"], cut["state"]) == (
        "Will this end?",
        "assistant",
        "failed",
    )
    assert cut["error"] == "Interrupted before the answer was complete. Ask again."
    screen.answer("Will this end?", thread=first["thread"]["id"])
    turns = screen.ask("conversation")["turns"]
    assert [turn["state"] for turn in turns] == ["done", "failed", "done", "done"]
    assert turns[1]["error"] == cut["error"]
    assert turns[3]["text"] == "Hello."


def test_answers_that_come_after_both_questions_interrupt_none(
    screen: Listener, server: ScriptedServer
) -> None:
    server.replace(
        ScriptedReply(said("slow " * 50), when="first", pause=0.02), ScriptedReply(said("Quick."))
    )
    one = screen.ask("ask", text="The first")
    assert [turn["role"] for turn in screen.ask("conversation")["turns"]] == ["user", "assistant"]
    other = screen.ask("ask", text="Another", thread=one["thread"]["id"])
    for asked in (one, other):
        screen.wait(asked["answer"])
    turns = screen.ask("conversation")["turns"]
    assert sorted(turn["state"] for turn in turns) == ["done", "done", "done", "replaced"]
    assert not [turn for turn in turns if turn["error"]]


def test_what_was_said_before_goes_with_the_next_question(
    screen: Listener, server: ScriptedServer
) -> None:
    screen.answer("First")
    thread = screen.ask("conversation")["thread"]["id"]
    server.replace(ScriptedReply(said("Second answer.")))
    sent = screen.ask("sent", text="Second", thread=thread)
    assert "First" in next(one["text"] for one in sent["blocks"] if one["id"] == "history")
    screen.answer("Second", thread=thread)
    assert "First" in json.dumps(server.requests[-1].body["messages"])


def test_what_is_shown_is_what_is_sent(screen: Listener, server: ScriptedServer) -> None:
    sent = screen.ask("sent", text="Why @charge?", cards=["basket"])
    screen.answer("Why @charge?", cards=["basket"])
    body = server.requests[-1].body
    whole = json.dumps([body["system"], body["messages"]], ensure_ascii=False)
    for block in sent["blocks"]:
        assert json.dumps(block["text"], ensure_ascii=False)[1:-1] in whole
    assert sent["tokens"] <= sent["cap"]


def test_a_dropped_part_is_not_sent(screen: Listener, server: ScriptedServer) -> None:
    flow = f"flow:{AT}"
    ids = [block["id"] for block in screen.ask("sent", text="Why?")["blocks"]]
    assert flow in ids
    sent = screen.ask("sent", text="Why?", dropped=[flow])
    assert flow not in [block["id"] for block in sent["blocks"]]
    assert flow in [left["id"] for left in sent["left_out"]]


def test_some_changes_of_a_proposal_are_applied_as_one_step(
    screen: Listener, server: ScriptedServer
) -> None:
    server.replace(
        ScriptedReply(said("Two.", added("refund", "Refund"), added("tell", "Tell them")))
    )
    turn = screen.answer("Add a refund")
    proposal = screen.board["proposal"]
    assert [item["title"] for item in proposal["items"]] == turn["changes"]
    assert screen.cards["refund"]["ghost"]["kind"] == "added"
    screen.ask("tick_proposal", id=proposal["id"], item=proposal["items"][1]["id"], ticked=False)
    assert "tell" not in screen.cards
    text = screen.ask("apply_proposal", id=proposal["id"])["text"]
    assert text.startswith("Applied 1 of 2")
    assert screen.board["proposal"] is None
    assert screen.cards["refund"]["ghost"] is None
    assert screen.ask("conversation")["turns"][-1]["proposal"] == "applied"
    screen.ask("undo")
    assert "refund" not in screen.cards


def test_nothing_is_applied_in_explore_and_all_at_once_in_auto(
    screen: Listener, server: ScriptedServer, root: Path
) -> None:
    server.replace(ScriptedReply(said("One.", added("refund", "Refund"))))
    assert screen.ask("assist_mode", mode="explore")["modes"] == {"": "explore"}
    assert "explore" not in (root / ".ddd/config.yaml").read_text()
    screen.answer("Add a refund")
    id = screen.board["proposal"]["id"]
    assert "Explore" in screen.refused("apply_proposal", id=id)
    assert "discarded" in screen.ask("discard_proposal", id=id)["text"]
    state = screen.ask("assist_mode", mode="auto")
    explored = next(thread for thread in state["modes"] if thread)
    assert state["modes"] == {explored: "explore", "": "auto"}, "another conversation, another mode"
    screen.answer("Add a refund")
    assert "refund" in screen.project.flows[AT].nodes
    assert screen.project.undo() is not None
    assert "refund" not in screen.project.flows[AT].nodes


def test_a_limit_is_raised_and_the_settings_stay_as_they_are_otherwise(
    screen: Listener, root: Path
) -> None:
    before = (root / ".ddd/config.yaml").read_text()
    state = screen.ask("budget_limit", limit=80)
    assert state["budget"]["limit"] == 80
    after = (root / ".ddd/config.yaml").read_text()
    assert after.startswith(before.rstrip("\n"))


def test_without_any_model_it_says_what_to_set(tmp_path: Path) -> None:
    screen = Listener(write_shop(tmp_path / "bare"))
    screen.ask("assistant")
    deadline = time.monotonic() + 30  # a server that does not answer is given up by then
    while not (state := screen.ask("assistant"))["missing"] and time.monotonic() < deadline:
        time.sleep(0.02)
    assert "ANTHROPIC_API_KEY" in state["missing"]
    assert all(model["health"] == "unavailable" for model in state["models"])
    assert len(screen.ask("conversation")["suggestions"]) == 3


@pytest.mark.parametrize("at", ["", "orders", AT])
def test_three_questions_fit_every_place(root: Path, at: str) -> None:
    suggestions = Listener(root, at).ask("conversation")["suggestions"]
    assert len(set(suggestions)) == 3


def test_names_are_offered_that_a_question_can_mention(screen: Listener) -> None:
    offered = [one["text"] for one in screen.ask("names", text="cha")["names"]]
    assert "@charge " in offered
    assert "@billing/charge-card " in offered
    assert [one["text"] for one in screen.ask("names", text="order.pl")["names"]] == [
        "@order.placed "
    ]


def test_no_key_reaches_the_browser(
    root: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTED_KEY", KEY)
    settings = root / ".ddd/config.yaml"
    settings.write_text(
        settings.read_text().replace(
            "      provider: anthropic\n",
            "      provider: anthropic\n      api_key_env: PLANTED_KEY\n",
        )
    )
    server.replace(ScriptedReply(status=401, message=f"invalid key {KEY}"))
    screen = Listener(root)
    screen.ask("assistant")
    screen.answer("Why?")
    screen.ask("conversation")
    assert screen.raw
    assert [text for text in screen.raw if KEY in text] == []


def test_decisions_are_written_changed_and_removed(screen: Listener, root: Path) -> None:
    screen.answer("Why?")
    thread = screen.ask("conversation")["thread"]["id"]
    memory = screen.ask(
        "keep_decision",
        title="Cards only",
        rationale="Cash is slow.",
        affected=f"{AT}, billing",
        thread=thread,
    )
    (decision,) = memory["decisions"]
    assert decision["affected"] == [AT, "billing"]
    assert decision["here"] is True
    assert "Cards only" in (root / ".ddd/memory/decisions.md").read_text()
    assert "Cards only" in screen.ask("conversation")["turns"][-1]["text"]
    memory = screen.ask("keep_decision", id=decision["id"], title="Cards and cash")
    assert [one["title"] for one in memory["decisions"]] == ["Cards and cash"]
    assert screen.ask("remove_decision", id=decision["id"])["decisions"] == []


def test_the_memory_shows_status_summary_and_the_dependencies_of_the_flow(
    screen: Listener,
) -> None:
    memory = screen.ask("memory")
    assert memory["source"] == "derived"
    assert "Corner Shop" in memory["summary"]
    assert {flow["at"] for flow in memory["flows"]} >= {AT, "billing/charge-card"}
    assert "billing/charge-card" in {
        place["at"] for place in memory["dependencies"]["depended_on_by"]
    } | {place["at"] for place in memory["dependencies"]["depends_on"]}
    screen.ask("go", at="")
    assert screen.ask("refresh_memory")["dependencies"] is None


def test_conversations_are_listed_found_renamed_and_archived(screen: Listener) -> None:
    screen.answer("Where is the money?")
    (thread,) = screen.ask("threads")["threads"]
    assert thread["place"] == "orders › Place order"
    screen.ask("rename_thread", id=thread["id"], title="Money")
    assert [one["title"] for one in screen.ask("threads", words="hello")["threads"]] == ["Money"]
    screen.ask("archive_thread", id=thread["id"], archived=True)
    assert screen.ask("threads", everywhere=True)["threads"] == []
    assert len(screen.ask("threads", archived=True)["threads"]) == 1


def test_an_answer_that_would_cost_asks_first(
    screen: Listener, root: Path, server: ScriptedServer
) -> None:
    settings = root / ".ddd/config.yaml"
    settings.write_text(
        settings.read_text()
        .replace("llm:\n", "llm:\n  cost_tracking: {budget_limit: 0.000001}\n")
        .replace("price: {input: 0, output: 0}", "price: {input: 3, output: 15}")
    )
    asked = screen.ask("ask", text="Why?")
    screen.wait(asked["answer"])
    turn = screen.turn(asked["answer"])
    assert turn["state"] == "running"
    assert "limit" in turn["leave"]["text"]
    assert server.requests == []
    screen.ask("allow_answer", id=asked["answer"], allowed=True)
    screen.wait(asked["answer"])
    assert screen.turn(asked["answer"])["text"] == "Hello."
    second = screen.ask("ask", text="And now?")
    screen.wait(second["answer"])
    screen.ask("allow_answer", id=second["answer"], allowed=False)
    assert screen.turn(second["answer"])["state"] == "failed"
