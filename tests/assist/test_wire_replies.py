"""Replies that go well, with every provider: text, thinking, tools, schemas, usage, cancelling."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.model_entry import ProviderKind
from ddd_lab.assist.providers.connect import connect
from ddd_lab.assist.replies import (
    LoadingModel,
    Outcome,
    ProviderError,
    TextDelta,
    ThinkingDelta,
    Usage,
)
from ddd_lab.assist.requests import Message, Tool, ToolCall
from ddd_lab.assist.scripted import RecordedRequest, ScriptedReply, ScriptedServer
from tests.assist.asking import MODELS, PROVIDERS, ask, entry_of, replies_to, request_of
from tests.patience import PATIENCE

EACH = pytest.mark.parametrize("provider", PROVIDERS)
FIND = Tool(
    "find",
    "Finds things in the design.",
    {"properties": {"text": {"type": "string"}}, "required": ["text"]},
)
SCHEMA = {
    "type": "object",
    "properties": {"flows": {"type": "array", "items": {"type": "string"}}},
    "required": ["flows"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(models=tuple(MODELS.values())) as server:
        yield server


def sent(server: ScriptedServer) -> list[RecordedRequest]:
    """The questions, without look-ups that cost nothing."""
    return [each for each in server.requests if each.method == "POST"]


@EACH
@pytest.mark.covers("T15.4", "T19.8", "T19.9")
def test_an_answer_comes_piece_by_piece(server: ScriptedServer, provider: ProviderKind) -> None:
    pieces = ("Orders ", "need a ", "refund: ", "«Über»\n", "\U0001f4b6")
    server.replace(ScriptedReply(pieces, usage=Usage(input=70, output=9)))

    answer = ask(entry_of(server, provider))

    assert answer.events[:-1] == [TextDelta(piece) for piece in pieces]
    assert answer.finished.model == MODELS[provider]
    assert answer.finished.usage == Usage(input=70, output=9, how="exact")
    assert not answer.finished.wants_tools


@EACH
def test_the_first_piece_is_there_before_the_second_is_sent(
    server: ScriptedServer, provider: ProviderKind
) -> None:
    server.replace(ScriptedReply("One two three", pause=60))
    cancellation = Cancellation()
    reply = replies_to(
        entry_of(server, provider), request_of(entry_of(server, provider)), cancellation
    )

    assert next(reply) == TextDelta("One ")
    assert sent(server)[-1].pieces_sent == 1
    reply.close()  # type: ignore[attr-defined] # a generator

    assert sent(server)[-1].closed.wait(PATIENCE), "leaving an answer closes its connection"


@EACH
def test_cancelling_before_the_first_byte_closes_the_connection(
    server: ScriptedServer, provider: ProviderKind
) -> None:
    server.replace(ScriptedReply("One two three", first_after=60))
    cancellation = Cancellation()

    def cancel() -> None:
        server.wait_for(lambda: bool(sent(server)))
        cancellation.cancel()

    threading.Thread(target=cancel).start()
    answer = ask(entry_of(server, provider), cancellation=cancellation)

    assert str(answer.error) == "Stopped."
    assert answer.error is not None
    assert answer.error.outcome is Outcome.CANCELLED
    assert answer.error.usage is None
    assert answer.events == []
    assert sent(server)[-1].closed.wait(PATIENCE), "the slow server has noticed"


@EACH
def test_cancelling_between_two_pieces_closes_the_connection(
    server: ScriptedServer, provider: ProviderKind
) -> None:
    server.replace(ScriptedReply("One two three", pause=60))
    cancellation = Cancellation()
    reply = replies_to(
        entry_of(server, provider), request_of(entry_of(server, provider)), cancellation
    )

    assert next(reply) == TextDelta("One ")
    threading.Thread(target=cancellation.cancel).start()
    with pytest.raises(ProviderError, match="Stopped") as error:
        next(reply)

    assert error.value.outcome is Outcome.CANCELLED
    assert error.value.usage is not None, "what was said until then is paid"
    assert sent(server)[-1].closed.wait(PATIENCE)
    assert sent(server)[-1].pieces_sent == 1, "the slow server had said nothing more"


@EACH
def test_what_is_cancelled_before_it_begins_is_never_sent(
    server: ScriptedServer, provider: ProviderKind
) -> None:
    server.replace(ScriptedReply("One"))
    before = len(server.requests)
    cancellation = Cancellation()
    cancellation.cancel()

    answer = ask(entry_of(server, provider), cancellation=cancellation)

    assert answer.error is not None
    assert answer.error.outcome is Outcome.CANCELLED
    assert len(server.requests) == before


@EACH
def test_a_slow_first_byte_is_waited_for(server: ScriptedServer, provider: ProviderKind) -> None:
    server.replace(ScriptedReply("At last.", first_after=0.05))

    assert ask(entry_of(server, provider)).text == "At last."


def test_ollama_says_that_it_loads_the_model_and_only_then() -> None:
    with ScriptedServer(
        [ScriptedReply("Yes.")], models=tuple(MODELS.values()), loaded=False
    ) as server:
        entry = entry_of(server, "ollama")
        first, second = ask(entry), ask(entry)

    assert first.events[0] == LoadingModel()
    assert LoadingModel() not in second.events
    assert first.text == second.text == "Yes."


@EACH
def test_without_usage_it_is_estimated_and_says_so(
    server: ScriptedServer, provider: ProviderKind
) -> None:
    server.replace(ScriptedReply("word " * 90, tells_usage=False))
    entry = entry_of(server, provider)

    usage = ask(entry, request_of(entry, "word " * 900)).finished.usage

    assert usage.how == "estimate"
    assert usage.input == pytest.approx(4500 / 3.6, rel=0.1)
    assert usage.output == pytest.approx(450 / 3.6, rel=0.1)


@pytest.mark.parametrize("provider", ["anthropic", "openai", "openai_compatible"])
def test_cached_tokens_are_told_apart(server: ScriptedServer, provider: ProviderKind) -> None:
    server.replace(ScriptedReply("Yes.", usage=Usage(input=30, cache_read=900, output=4)))

    assert ask(entry_of(server, provider)).finished.usage == Usage(30, 900, 0, 4, "exact")


@pytest.mark.parametrize(
    ("provider", "place"),
    [
        ("anthropic", "reasoning"),  # it has blocks of their own for it
        *itertools.product(PROVIDERS[1:], ["reasoning", "reasoning_content"]),
        *itertools.product(PROVIDERS[2:], ["tags"]),
    ],
)
def test_thinking_is_told_from_the_answer_wherever_it_stands(
    server: ScriptedServer, provider: ProviderKind, place: Any
) -> None:
    thinking = "Is < a </thin tag? No."
    server.replace(ScriptedReply("Use <think> tags.", thinking=thinking, thinking_in=place))

    answer = ask(entry_of(server, provider))

    assert answer.thinking == thinking
    assert answer.text == "Use <think> tags."
    kinds = [type(event) for event in answer.events[:-1]]
    assert kinds == sorted(kinds, key=lambda kind: kind is not ThinkingDelta)


@EACH
def test_a_model_looks_something_up_and_goes_on_with_the_result(
    server: ScriptedServer, provider: ProviderKind
) -> None:
    calls = (
        ToolCall("call_a", "find", {"text": "refund"}),
        ToolCall("call_b", "find", {"text": "é"}),
    )
    server.replace(
        ScriptedReply("I look.", thinking="What is there?", tool_calls=calls, times=1),
        ScriptedReply("There is one.", when="orders/refund"),
    )
    entry = entry_of(server, provider)
    question = request_of(entry, tools=(FIND,))

    first = ask(entry, question)

    assert first.finished.wants_tools
    asked = tuple(each.call for each in first.tool_calls)
    assert [(each.name, each.arguments) for each in asked] == [
        (each.name, each.arguments) for each in calls
    ]
    turns = (
        *question.messages,
        Message("assistant", first.text, asked),
        Message("tool", "orders/refund", tool_call_id=asked[1].id),
        Message("tool", "nothing", tool_call_id=asked[0].id),
    )
    server.say(ScriptedReply("There is one.", when="nothing"))
    second = ask(entry, request_of(entry, tools=(FIND,), messages=turns))

    assert second.text == "There is one."
    assert not second.finished.wants_tools
    body = sent(server)[-1].body
    assert "What is there?" in json.dumps(body) or provider == "ollama", (
        "thinking goes back with it"
    )
    for word in ("orders/refund", "nothing", "find", "refund"):
        assert word in json.dumps(body)


@EACH
def test_an_answer_that_follows_a_schema_is_asked_for_in_the_vendors_way(
    server: ScriptedServer, provider: ProviderKind
) -> None:
    document = {"flows": ["orders/refund"]}
    server.replace(ScriptedReply(json.dumps(document)))
    entry = entry_of(server, provider)

    answer = ask(entry, request_of(entry, schema=SCHEMA))

    assert json.loads(answer.text) == document
    body = sent(server)[-1].body
    asked_for = {
        "anthropic": lambda: body["output_config"]["format"]["schema"],
        "openai": lambda: body["response_format"]["json_schema"]["schema"],
        "openai_compatible": lambda: body["response_format"]["json_schema"]["schema"],
        "ollama": lambda: body["format"],
    }[provider]()
    assert asked_for == SCHEMA


@EACH
def test_the_beginning_of_a_prompt_is_the_same_to_the_byte_from_turn_to_turn(
    server: ScriptedServer, provider: ProviderKind
) -> None:
    server.replace(ScriptedReply("Yes."))
    entry = entry_of(server, provider)
    first = request_of(entry, "One?", system=("Rules.", "The design."), tools=(FIND,))
    turns = (*first.messages, Message("assistant", "Yes."), Message("user", "Two?"))

    ask(entry, first)
    ask(entry, request_of(entry, system=first.system, tools=(FIND,), messages=turns))

    one, two = (
        json.dumps(each.body.get("system", each.body["messages"][:1])) for each in sent(server)[-2:]
    )
    assert one == two
    assert "Rules." in one


@EACH
def test_the_models_of_a_server_are_listed(server: ScriptedServer, provider: ProviderKind) -> None:
    provided = connect(entry_of(server, provider), {"MY_KEY": "k"})

    assert [model.id for model in provided.models()] == list(MODELS.values())


def test_of_its_own_model_a_provider_knows_how_much_it_takes(server: ScriptedServer) -> None:
    known = {}
    for provider in PROVIDERS:
        models = connect(entry_of(server, provider), {"MY_KEY": "k"}).models()
        known[provider] = {model.id: model.context for model in models}[MODELS[provider]]

    assert known == {
        "anthropic": 200_000,
        "openai": None,
        "openai_compatible": None,
        "ollama": 131_072,
    }


def test_tokens_are_counted_where_the_vendor_does_and_nowhere_else(server: ScriptedServer) -> None:
    counted = {}
    for provider in PROVIDERS:
        entry = entry_of(server, provider)
        counted[provider] = connect(entry, {"MY_KEY": "k"}).count_tokens(
            request_of(entry, tools=(FIND,), schema=SCHEMA)
        )

    assert counted.pop("anthropic")
    assert set(counted.values()) == {None}


def test_a_prompt_for_ollama_is_never_cut_and_has_room_for_its_answer(
    server: ScriptedServer,
) -> None:
    server.replace(ScriptedReply("Yes."))
    entry = entry_of(server, "ollama")
    ask(entry)
    ask(entry, request_of(entry, "word " * 20_000))
    small = entry_of(server, "ollama", context=8192)
    ask(small)

    rooms = [each.body["options"]["num_ctx"] for each in sent(server)[-3:]]
    assert rooms == [16_384, 65_536, 8192]
    assert {(each.body["truncate"], each.body["shift"]) for each in sent(server)[-3:]} == {
        (False, False)
    }


def test_many_answers_at_once_do_not_disturb_each_other(server: ScriptedServer) -> None:
    server.replace(
        *(ScriptedReply(f"Answer {each} of many", when=f"question {each}.") for each in range(12))
    )
    answers: dict[int, str] = {}

    def one(number: int) -> None:
        entry = entry_of(server, PROVIDERS[number % 4])
        answers[number] = ask(entry, request_of(entry, f"question {number}.")).text

    threads = [threading.Thread(target=one, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == {number: f"Answer {number} of many" for number in range(12)}


def test_a_provider_says_nothing_but_provider_errors(server: ScriptedServer) -> None:
    server.replace(ScriptedReply("One", tool_calls=(ToolCall("c", "", {}),)))

    with pytest.raises(ProviderError, match="asked to look something up in a broken way"):
        list(
            replies_to(
                entry_of(server, "openai"),
                request_of(entry_of(server, "openai")),
                Cancellation(),
            )
        )
