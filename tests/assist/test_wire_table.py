"""Every way in which a reply can go wrong, with every provider.

The vendors' own clients ask a real server. Of each cell: is the outcome right, do the words tell a
person what happened and what to do, and is nothing given out that came only in part?
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from ddd_lab.assist.model_entry import ProviderKind
from ddd_lab.assist.replies import Finished, Outcome, Usage
from ddd_lab.assist.requests import Tool
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from tests.assist.asking import MODELS, PROVIDERS, ask, entry_of, request_of
from tests.planted_keys import PLANTED as KEY

LONG = "orders: refund the customer\n" * 400
LOOK_UP = Tool("find", "Finds things in the design.", {"properties": {"text": {"type": "string"}}})


@dataclass(frozen=True)
class Row:
    """What a server does, and what must come of it.

    Attributes:
        reply: of the server.
        outcome: of the attempt.
        what: what the words say has happened.
        do: what they say to do.
        asked: what differs from a plain request.
        text: what came before; by provider where it differs.
        only: the providers that can do this; all if empty.
    """

    reply: ScriptedReply
    outcome: Outcome
    what: str
    do: str
    asked: Mapping[str, Any] = field(default_factory=dict)
    text: str | Mapping[str, str] = ""
    only: tuple[ProviderKind, ...] = PROVIDERS


def status(status: int, message: str, **fields: Any) -> ScriptedReply:
    return ScriptedReply(status=status, message=message, **fields)


ROWS = {
    "a wrong key": Row(
        status(401, f"Incorrect API key provided: {KEY}"),
        Outcome.AUTH,
        "refused the key in MY_KEY",
        "Put a valid key there, then start JupyterLab again.",
    ),
    "a key without access": Row(
        status(403, "Your organization has no access to it."),
        Outcome.AUTH,
        "does not let this key use",
        "Choose another model, or ask for access there.",
    ),
    "too many requests": Row(
        status(429, "Rate limit reached.", headers={"retry-after": "7"}),
        Outcome.RETRYABLE,
        "is asked too often.",
        "Ask again in 7 s.",
    ),
    "too many requests for long": Row(
        status(429, "Rate limit reached.", headers={"retry-after": "1800"}),
        Outcome.QUOTA,
        "is asked too often, and wants 30 min of rest.",
        "Choose another model.",
    ),
    "overloaded": Row(
        status(529, "Overloaded"),
        Outcome.RETRYABLE,
        "is overloaded.",
        "Ask again in a moment, or choose another model.",
    ),
    "an error of the server": Row(
        status(500, f"panic at line 7 with {KEY}"),
        Outcome.RETRYABLE,
        "has an error of its own (status 500): “panic at line 7 with …”.",
        "Ask again in a moment.",
    ),
    "out of budget as a bad request": Row(
        status(400, "You have reached your specified API usage limits."),
        Outcome.QUOTA,
        "is used up: “You have reached your specified API usage limits”.",
        "Raise it there, or choose another model.",
    ),
    "out of budget as too many requests": Row(
        status(429, "You exceeded your current quota.", code="insufficient_quota"),
        Outcome.QUOTA,
        "is used up",
        "Raise it there, or choose another model.",
    ),
    "a prompt that is too long": Row(
        status(400, "prompt is too long: 210000 tokens > 200000 maximum"),
        Outcome.TOO_LONG,
        "The prompt is too long for “My ",
        "Leave parts of it out, or choose a model that takes more.",
    ),
    "a prompt and an answer that do not fit together": Row(
        ScriptedReply("Half an", stop="context"),
        Outcome.TOO_LONG,
        "The prompt is too long for “My anthropic”.",
        "Leave parts of it out, or choose a model that takes more.",
        text="Half an",
        only=("anthropic",),
    ),
    "tools that are not supported": Row(
        status(400, "registry.ollama.ai/library/llama3:latest does not support tools"),
        Outcome.UNSUPPORTED,
        "cannot look things up in the design.",
        "Choose another model.",
        {"tools": (LOOK_UP,)},
    ),
    "a request that is not understood": Row(
        status(400, "messages.0: something is odd"),
        Outcome.FAILED,
        "refused the request (status 400): “messages.0: something is odd”.",
        "Choose another model, or correct profile of “my-",
    ),
    "a refusal": Row(
        ScriptedReply("I cannot help.", stop="refusal"),
        Outcome.REFUSED,
        "declined to answer",
        "Ask in other words.",
        text={"anthropic": "I cannot help."},
        only=("anthropic", "openai", "openai_compatible"),
    ),
    "an answer that a filter stops": Row(
        ScriptedReply("The recipe is", stop="filter"),
        Outcome.REFUSED,
        "declined to answer",
        "Ask in other words.",
        text="The recipe is",
        only=("anthropic", "openai", "openai_compatible"),
    ),
    "an answer cut off at the limit": Row(
        ScriptedReply('{"edits": [{"add', stop="length"),
        Outcome.TRUNCATED,
        "was cut off after 300 tokens.",
        "Ask for less, or raise max_tokens of “my-",
        {"max_tokens": 300},
        text='{"edits": [{"add',
    ),
    "all tokens spent on thinking": Row(
        ScriptedReply("", thinking="First I count the orders", stop="length"),
        Outcome.TRUNCATED,
        "spent all of its 300 tokens on thinking and did not answer.",
        "Ask for less, or raise max_tokens of “my-",
        {"max_tokens": 300},
    ),
    "an error in mid-stream": Row(
        ScriptedReply("One two three", breaks="error", breaks_after=2, message="Overloaded"),
        Outcome.RETRYABLE,
        "stopped in the middle of the answer: “Overloaded”.",
        "Ask again.",
        text="One two ",
    ),
    "a connection that is closed in mid-stream": Row(
        ScriptedReply("One two three", breaks="cut", breaks_after=2, pause=0.02),
        Outcome.RETRYABLE,
        "broke before the answer was complete.",
        "Ask again.",
        text="One two ",
    ),
    "a connection that is reset in mid-stream": Row(
        ScriptedReply("One two three", breaks="reset", breaks_after=2, pause=0.02),
        Outcome.RETRYABLE,
        "broke before the answer was complete.",
        "Ask again.",
        text="One two ",
    ),
    "a prompt that the server has cut without a word": Row(
        ScriptedReply("Yes.", usage=Usage(input=512, output=2)),
        Outcome.TOO_LONG,
        "read only 512 of at least 2244 tokens and left the rest of the prompt out.",
        "in the server, or leave parts of the prompt out.",
        {"text": LONG},
        text="Yes.",
    ),
    "an answer without end": Row(
        ScriptedReply(("word " * 15_000, "word " * 15_000)),
        Outcome.RETRYABLE,
        "does not come to an end.",
        "Ask again, or choose another model.",
        {"max_tokens": 300},
        text="word " * 15_000,
    ),
    "nothing at all": Row(
        ScriptedReply(""),
        Outcome.RETRYABLE,
        "answered with nothing.",
        "Ask again, or choose another model.",
    ),
}

CELLS = [
    pytest.param(provider, row, id=f"{provider}: {name}")
    for (name, row), provider in itertools.product(ROWS.items(), PROVIDERS)
    if provider in row.only
]


@pytest.fixture(scope="module")
def server() -> Any:
    with ScriptedServer(models=tuple(MODELS.values())) as server:
        yield server


@pytest.mark.parametrize(("provider", "row"), CELLS)
def test_what_goes_wrong_is_told_in_words_and_nothing_of_it_counts(
    server: ScriptedServer, provider: ProviderKind, row: Row
) -> None:
    entry = entry_of(server, provider)
    server.replace(row.reply)

    answer = ask(entry, request_of(entry, **row.asked))

    assert answer.error is not None
    assert answer.error.outcome is row.outcome
    words = str(answer.error)
    assert row.what in words
    assert row.do in words.partition(row.what)[2]
    assert KEY not in words
    assert answer.text == (row.text if isinstance(row.text, str) else row.text.get(provider, ""))
    assert answer.tool_calls == []
    assert not any(isinstance(event, Finished) for event in answer.events)

    sent = [request for request in server.requests if request.method == "POST"]
    assert len(sent) == 1, "nothing is sent again behind a person's back"

    server.replace(ScriptedReply("Once more."))
    assert ask(entry).error is None


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_unknown_model_is_told_with_where_to_name_another(
    server: ScriptedServer, provider: ProviderKind
) -> None:
    entry = entry_of(server, provider, model_id=f"{MODELS[provider]}-2")

    answer = ask(entry)

    assert answer.error is not None
    assert answer.error.outcome is Outcome.NOT_FOUND
    words = str(answer.error)
    assert f"does not know the model “{MODELS[provider]}-2”." in words
    assert f"orrect model_id of “my-{provider}” in .ddd/config.yaml." in words
    assert ("ollama pull scripted-llama-2" in words) == (provider == "ollama")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_server_that_is_not_there_is_told_with_what_to_start(provider: ProviderKind) -> None:
    with ScriptedServer() as gone:
        entry = entry_of(gone, provider)

    answer = ask(entry)

    assert answer.error is not None
    assert answer.error.outcome is Outcome.RETRYABLE
    start = "Start it with “ollama serve”" if provider == "ollama" else "Start it, or correct"
    assert f"at {entry.base_url} cannot be reached. {start}" in str(answer.error)
    assert answer.error.usage is None


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_address_where_something_else_answers_is_told(
    server: ScriptedServer, provider: ProviderKind
) -> None:
    entry = entry_of(server, provider, base_url=f"{server.base_url}/elsewhere")

    answer = ask(entry)

    assert answer.error is not None
    assert answer.error.outcome is Outcome.FAILED
    assert "has no such address (status 404). Correct base_url of “my-" in str(answer.error)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json"])
def test_an_answer_that_is_no_stream_is_told(
    server: ScriptedServer, provider: ProviderKind, kind: str
) -> None:
    server.replace(ScriptedReply("Welcome", headers={"Content-Type": kind}))

    answer = ask(entry_of(server, provider))

    if provider == "ollama":  # reads lines whatever they are called
        assert answer.text == "Welcome"
        return
    assert answer.error is not None
    assert answer.error.outcome is Outcome.FAILED
    assert "cannot be read: “it is" in str(answer.error)
    assert f"Correct base_url of “my-{provider}” in .ddd/config.yaml." in str(answer.error)
    assert answer.events == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_reply_that_fails_on_the_way_still_says_what_it_took(
    server: ScriptedServer, provider: ProviderKind
) -> None:
    server.replace(ScriptedReply("One two three four", breaks="cut", breaks_after=3))

    answer = ask(entry_of(server, provider))

    assert answer.error is not None
    assert answer.error.usage is not None
    assert answer.error.usage.input > 0
    assert answer.error.usage.output > 0
    assert answer.error.usage.how == "estimate"
