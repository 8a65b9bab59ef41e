"""Asking about a design: the context, the answer as it comes, look-ups, repair, and its end."""

from __future__ import annotations

import gc
import json
import random
import time
import weakref
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from ddd_lab.assist.actions import Target, action_named
from ddd_lab.assist.answer import Answer, AnswerState, Ended, LookedUp, ProposalGrew, Repairing
from ddd_lab.assist.assistant import Assistant, assistant_of
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.lookup import MOST_STEPS
from ddd_lab.assist.question import Question
from ddd_lab.assist.registry import CostTracking, Registry
from ddd_lab.assist.replies import (
    TextDelta,
)
from ddd_lab.assist.requests import ToolCall
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.memory.keeper import memory_of
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.workbench import Workbench
from tests.assist.sample import copied_sample
from tests.assist.scripted import Hasty
from tests.canvas.shop import write_shop
from tests.patience import PATIENCE

FLOW = "lending/return-item"
ADD = {
    "op": "add_node",
    "flow": FLOW,
    "node": "print_slip",
    "type": "process",
    "label": "Print a slip",
    "settings": "operation: print_slip",
}


LEAD = {
    "op": "change_connection",
    "flow": FLOW,
    "source": "offer_copy",
    "target": "returned",
    "new_target": "print_slip",
}
ON = {"op": "connect", "flow": FLOW, "source": "print_slip", "target": "returned"}


def proposing(say: str, *edits: Mapping[str, object]) -> str:
    return json.dumps({"say": say, "edits": edits})


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def assistant(tmp_path: Path, server: ScriptedServer) -> Assistant:
    workbench = copied_sample(tmp_path)
    settings = workbench.root / ".ddd" / "config.yaml"
    settings.parent.mkdir()
    settings.write_text(server.config(), "utf-8")
    return Assistant(workbench, ModelClient(workbench.root, pauses=(0.01,)))


def asked(assistant: Assistant, question: Question) -> tuple[Answer, list[object]]:
    events: list[object] = []
    answer = assistant.ask(question)
    answer.listen(events.append)
    assert answer.wait(PATIENCE)
    return answer, events


@pytest.mark.covers("T15.4", "S06.2", "T20.6")
def test_an_answer_says_what_it_proposes_who_gave_it_and_what_it_cost(
    assistant: Assistant, server: ScriptedServer
) -> None:
    server.say(ScriptedReply(proposing("A slip helps.", ADD)))
    answer, events = asked(assistant, Question("Print a slip", FLOW))
    assert (answer.state, answer.text) == (AnswerState.DONE, "A slip helps.")
    assert (answer.model, answer.served) == ("scripted-claude", "scripted-claude")
    assert answer.cost == Decimal(0)
    assert answer.usage is not None
    assert answer.usage.output > 0
    assert answer.proposal is not None
    assert [item.card for item in answer.proposal.items] == ["print_slip"]
    assert isinstance(events[-1], Ended)
    answer.apply()
    assert "print_slip" in assistant.workbench.flow_data(FLOW).by_id
    assert assistant.workbench.undo()
    assert "print_slip" not in assistant.workbench.flow_data(FLOW).by_id


@pytest.mark.covers("T18.1", "T18.2", "T18.3", "T18.4", "S06.3")
def test_what_is_shown_before_is_exactly_what_is_sent(
    assistant: Assistant, server: ScriptedServer
) -> None:
    server.say(ScriptedReply(proposing("Yes.")))
    question = Question("Is @lending/borrow-item alike?", FLOW, selection=("close_loan",))
    context = assistant.context(question)
    asked(assistant, question)
    body = server.requests[-1].body
    sent = "\n".join(part["text"] for part in body["system"])
    assert "\n".join(context.system) == sent
    last = body["messages"][-1]["content"]
    text = last if isinstance(last, str) else "".join(part["text"] for part in last)
    assert text == context.text
    whole = sent + text
    for part in ("Fernhill", "lending", "Close the loan", "borrow-item", "close_loan"):
        assert part in whole


def test_what_is_said_before_goes_along_and_the_stable_part_stays_the_same(
    assistant: Assistant, server: ScriptedServer
) -> None:
    from ddd_lab.assist.question import Turn

    server.say(ScriptedReply(proposing("Yes.")))
    asked(assistant, Question("One?", FLOW))
    asked(
        assistant, Question("Two?", FLOW, history=(Turn("user", "One?"), Turn("assistant", "Yes.")))
    )
    first, second = (request.body for request in server.requests[-2:])
    assert first["system"] == second["system"]
    assert [message["role"] for message in second["messages"]] == ["user", "assistant", "user"]


def test_the_text_and_the_ghosts_come_before_the_answer_is_complete(
    assistant: Assistant, server: ScriptedServer
) -> None:
    more = {**ADD, "node": "keep_slip", "label": "Keep the slip"}
    server.say(ScriptedReply(proposing("First this.", ADD, more), pause=0.02))
    _, events = asked(assistant, Question("Two steps", FLOW))
    first = next(n for n, event in enumerate(events) if isinstance(event, ProposalGrew))
    grown = events[first]
    assert isinstance(grown, ProposalGrew)
    assert not grown.proposal.complete
    assert [item.card for item in grown.proposal.items] == ["print_slip"]
    said = "".join(event.text for event in events[:first] if isinstance(event, TextDelta))
    assert said == "First this."


def test_a_model_looks_things_up_and_each_look_up_is_told(
    assistant: Assistant, server: ScriptedServer
) -> None:
    calls = (
        ToolCall("1", "find", {"words": "loan"}),
        ToolCall("2", "neighbours", {"name": FLOW}),
        ToolCall("3", "read", {"name": "../../etc/passwd"}),
    )
    server.say(
        ScriptedReply("Let me see.", tool_calls=calls, times=1),
        ScriptedReply(proposing("Three flows use loans.")),
    )
    answer, events = asked(assistant, Question("Who uses loans?"))
    assert [lookup.tool for lookup in answer.lookups] == ["find", "neighbours", "read"]
    assert "Loan" in answer.lookups[0].result
    assert "copy.available" in answer.lookups[1].result
    assert "There is no file" in answer.lookups[2].result
    assert answer.text == "Three flows use loans."
    assert sum(isinstance(event, LookedUp) for event in events) == 3


def test_eight_look_ups_are_the_most(assistant: Assistant, server: ScriptedServer) -> None:
    call = ToolCall("1", "problems", {"at": FLOW})
    server.say(ScriptedReply("", tool_calls=(call,), times=8), ScriptedReply(proposing("Enough.")))
    answer, _ = asked(assistant, Question("Look for ever"))
    assert (len(answer.lookups), answer.text) == (8, "Enough.")
    assert not server.requests[-1].body.get("tools")


def test_a_model_that_only_looks_things_up_is_stopped(
    assistant: Assistant, server: ScriptedServer
) -> None:
    call = ToolCall("1", "problems", {"at": FLOW})
    server.say(ScriptedReply("", tool_calls=(call, call, call)))
    answer, _ = asked(assistant, Question("Look for ever"))
    assert answer.state == "failed"
    assert "looks things up without end" in answer.error
    assert len(answer.lookups) == MOST_STEPS
    assert len(server.requests) == 4


def test_look_ups_are_counted_through_all_rounds_of_mending(
    assistant: Assistant, server: ScriptedServer
) -> None:
    calls = (ToolCall("1", "problems", {"at": FLOW}),) * 6
    wrong = {**ADD, "type": "proces"}
    server.say(
        ScriptedReply("", tool_calls=calls, times=1),
        ScriptedReply(proposing("First try.", wrong), times=1),
        ScriptedReply("", tool_calls=calls, times=1),
        ScriptedReply(proposing("Mended.", ADD, LEAD, ON)),
    )
    answer, _ = asked(assistant, Question("Print a slip", FLOW))
    assert (answer.text, len(answer.lookups)) == ("Mended.", MOST_STEPS)


def test_a_tool_that_was_not_offered_does_nothing(
    assistant: Assistant, server: ScriptedServer
) -> None:
    calls = (ToolCall("1", "read", {"name": FLOW}), ToolCall("2", "run_command", {"run": "rm"}))
    server.say(ScriptedReply("It finds the loan.", tool_calls=calls))
    target = Target(FLOW, node="find_loan")
    question = Question("", FLOW, action=action_named("explain_node"), target=target)
    answer, _ = asked(assistant, question)
    assert (answer.state, answer.text, answer.lookups) == ("done", "It finds the loan.", [])


@pytest.mark.parametrize("text", ["[]", "Hello.", '{"say": 1, "say": 2}', '{"say": "x"'])
def test_an_answer_that_does_not_follow_its_schema_is_said_to_be_unusable(
    assistant: Assistant, server: ScriptedServer, text: str
) -> None:
    server.say(ScriptedReply(text))
    answer, _ = asked(assistant, Question("A tea shop", schema={"type": "object"}))
    assert answer.state == "failed"
    assert answer.error.startswith("The answer cannot be used")


def test_a_model_mends_what_the_checks_find_and_a_good_part_is_kept(
    assistant: Assistant, server: ScriptedServer
) -> None:
    wrong = {**ADD, "type": "proces"}
    server.say(
        ScriptedReply(proposing("First try.", wrong, LEAD, ON), times=1),
        ScriptedReply(proposing("Mended.", ADD, LEAD, ON)),
    )
    answer, events = asked(assistant, Question("Print a slip", FLOW))
    assert answer.text == "Mended."
    assert answer.proposal is not None
    assert len(answer.proposal.possible) == 3
    assert sum(isinstance(event, Repairing) for event in events) == 1
    said = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert said == "First try."
    assert "process" in str(server.requests[-1].body["messages"][-1])


def test_an_action_that_explains_never_proposes(
    assistant: Assistant, server: ScriptedServer
) -> None:
    server.say(ScriptedReply(proposing("Trust me.", {"op": "delete_flow", "flow": FLOW})))
    target = Target(FLOW, node="find_loan")
    question = Question("", FLOW, action=action_named("explain_node"), target=target)
    answer, _ = asked(assistant, question)
    assert answer.proposal is None
    assert "delete_flow" in answer.text


def test_who_is_gone_is_said_with_what_to_do(assistant: Assistant, server: ScriptedServer) -> None:
    server.stop()
    answer, _ = asked(assistant, Question("Anybody?"))
    assert answer.state == "failed"
    assert "127.0.0.1" in answer.error
    assert answer.text == ""


def test_cancelling_closes_the_connection_and_keeps_what_was_read(
    assistant: Assistant, server: ScriptedServer
) -> None:
    server.say(ScriptedReply(proposing("one two three four five " * 40), pause=0.05))
    answer = assistant.ask(Question("Tell me more", FLOW))
    assert server.wait_for(lambda: any(r.pieces_sent > 4 for r in server.requests))
    answer.cancel()
    assert answer.state == "cancelled"
    assert server.requests[-1].closed.wait(PATIENCE)
    said = answer.text
    assert said.startswith("one")
    assert answer.text == said


def test_the_later_question_at_a_place_replaces_the_earlier_one(
    assistant: Assistant, server: ScriptedServer
) -> None:
    server.say(
        ScriptedReply(proposing("slow " * 200), when="alpha-question", pause=0.02),
        ScriptedReply(proposing("Quick.", ADD, LEAD, ON), when="beta-question"),
    )
    first = assistant.ask(Question("alpha-question", FLOW))
    elsewhere = assistant.ask(Question("beta-question", "lending"))
    second = assistant.ask(Question("beta-question", FLOW))
    assert second.wait(PATIENCE)
    assert elsewhere.wait(PATIENCE)
    assert (first.state, second.state, elsewhere.state) == ("replaced", "done", "done")
    assert second.text == "Quick."


def test_of_two_answers_for_one_place_the_later_one_is_there_whatever_their_timing(
    assistant: Assistant, tmp_path: Path
) -> None:
    """A thousand times, in a small design; every answer ends exactly once."""
    chance = random.Random(1200)
    workbench = Workbench(write_shop(tmp_path / "shop"), watch=False)
    at = "orders/track-order"
    entry = next(iter(assistant.client.registry.models.values()))
    registry = Registry({entry.id: entry}, active=entry.id, costs=CostTracking(enabled=False))
    client = ModelClient(workbench.root, registry, connect=lambda _: Hasty(chance, at), pauses=())
    assistant = Assistant(workbench, client)
    for turn in range(1000):
        ends: dict[str, list[Ended]] = {}
        answers = []
        for name in (f"one{turn}", f"other{turn}"):
            answer = assistant.ask(Question(name, at))
            kept = ends.setdefault(name, [])
            answer.listen(lambda event, kept=kept: _keep_end(event, kept))  # type: ignore[misc]
            answers.append(answer)
            time.sleep(chance.choice((0, 0, 0.001, 0.01)))
        one, other = answers
        assert other.wait(30)
        assert one.wait(30)
        assert (other.state, other.text) == ("done", f"other{turn}")
        assert other.proposal is not None
        assert [item.edit.model_dump()["text"] for item in other.proposal.items] == [f"other{turn}"]
        assert one.state in ("replaced", "done")
        assert [len(kept) for kept in ends.values()] == [1, 1]


def _keep_end(event: object, kept: list[Ended]) -> None:
    if isinstance(event, Ended):
        kept.append(event)


def test_a_project_that_is_let_go_takes_its_assistant_and_memory_with_it(
    assistant: Assistant,
) -> None:
    workbench = Workbench(assistant.workbench.root, watch=False)
    assert assistant_of(workbench) is assistant_of(workbench)
    assert memory_of(workbench) is memory_of(workbench)
    assert assistant_of(workbench.twin()) is not assistant_of(workbench)
    gone = weakref.ref(workbench)
    del workbench
    gc.collect()
    assert gone() is None


def test_a_change_of_two_flows_shows_its_plan_first(
    assistant: Assistant, server: ScriptedServer
) -> None:
    other = {"op": "add_note", "flow": "lending/borrow-item", "text": "A slip is printed (later)."}
    note = {"op": "add_note", "flow": FLOW, "text": "A slip is printed."}
    server.say(ScriptedReply(proposing("Both.", note, other)))
    answer, _ = asked(assistant, Question("Slips everywhere"))
    plan = answer.plan
    assert plan is not None
    assert list(plan.steps) == [FLOW, "lending/borrow-item"]
    with pytest.raises(EditError, match=r"answer\.plan\.approve"):
        answer.apply()
    with pytest.raises(KeyError, match="return-item"):
        plan.approve(["lending/return-itm"])
    plan.approve([FLOW], {"lending/borrow-item": "not now"})
    text = (assistant.workbench.root / plan.path).read_text("utf-8")
    assert "- [~] `lending/return-item`" in text
    assert answer.apply().words.startswith("1 of 2")
    text = (assistant.workbench.root / plan.path).read_text("utf-8")
    assert "- [x] `lending/return-item`" in text
    assert "(not now)" in text


def test_a_model_writes_the_summary_on_request_and_it_goes_with_the_next_question(
    assistant: Assistant, server: ScriptedServer
) -> None:
    server.say(ScriptedReply("# Fernhill\n\nBooks come by van."))
    action = action_named("generate_summary")
    answer, _ = asked(assistant, Question("", action=action, target=Target()))
    assert answer.state == "done"
    summary = memory_of(assistant.workbench).summary
    assert (summary.source, summary.model) == ("model", "scripted-claude")
    assert "Books come by van." in assistant.context(Question("Why?")).system[-1]
    assistant.workbench.edit_flow(
        FLOW, lambda flow: flow.model_copy(update={"description": "Anew"}), "describe"
    )
    assert [moved.name for moved in memory_of(assistant.workbench).summary.moved] == [FLOW]
