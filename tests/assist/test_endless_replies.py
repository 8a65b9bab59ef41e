"""Servers that never come to an end, or send more than anybody can hold: the reply is ended."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest

from ddd_lab.assist.model_entry import ModelEntry, ProviderKind
from ddd_lab.assist.providers import bounded
from tests.assist.asking import MODELS, ask
from tests.assist.raw_server import Raw, raw_server

LARGE = "a" * 100_000
EVENTS, LINES = "text/event-stream", "application/x-ndjson"


def data(document: dict[str, Any]) -> bytes:
    return f"event: {document.get('type', '')}\ndata: {json.dumps(document)}\n\n".encode()


def one_line() -> Iterator[bytes]:
    """A line without an end."""
    yield b'data: {"id": "'
    yield from itertools.repeat(LARGE.encode())


def comments() -> Iterator[bytes]:
    """Signs of life, and never a word."""
    return itertools.repeat(b": alive\n\n" * 1000)


def calls_of_openai() -> Iterator[bytes]:
    function: dict[str, Any] = {"name": "find", "arguments": '{"words": "'}
    while True:
        call = {"index": 0, "id": "1", "type": "function", "function": function}
        choice = {"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": None}
        yield data({"id": "x", "object": "chat.completion.chunk", "choices": [choice]})
        function = {"arguments": LARGE}


def refusals_of_openai() -> Iterator[bytes]:
    choice = {"index": 0, "delta": {"refusal": LARGE}, "finish_reason": None}
    return itertools.repeat(data({"id": "x", "object": "chunk", "choices": [choice]}))


def calls_of_ollama() -> Iterator[bytes]:
    call = {"function": {"name": "find", "arguments": {"words": LARGE}}}
    return itertools.repeat(json.dumps({"message": {"tool_calls": [call]}}).encode() + b"\n")


def call_of_anthropic() -> Iterator[bytes]:
    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": "x", "type": "message", "role": "assistant", "content": [], "model": "m"}
    yield data({"type": "message_start", "message": {**message, "usage": usage}})
    block = {"type": "tool_use", "id": "1", "name": "find", "input": {}}
    yield data({"type": "content_block_start", "index": 0, "content_block": block})
    delta = {"type": "input_json_delta", "partial_json": LARGE}
    while True:
        yield data({"type": "content_block_delta", "index": 0, "delta": delta})


def entry(url: str, provider: ProviderKind) -> ModelEntry:
    path = "/v1" if provider.startswith("openai") else ""
    values = {"id": "m", "provider": provider, "model_id": MODELS[provider]}
    return ModelEntry.model_validate({**values, "base_url": url + path})


@pytest.mark.parametrize(
    ("provider", "kind", "pieces"),
    [
        ("openai_compatible", EVENTS, one_line),
        ("openai_compatible", EVENTS, comments),
        ("openai_compatible", EVENTS, calls_of_openai),
        ("openai_compatible", EVENTS, refusals_of_openai),
        ("ollama", LINES, one_line),
        ("ollama", LINES, calls_of_ollama),
        ("anthropic", EVENTS, one_line),
        ("anthropic", EVENTS, call_of_anthropic),
    ],
)
def test_a_reply_without_an_end_is_ended(
    provider: ProviderKind, kind: str, pieces: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "MOST_BYTES", 3_000_000)
    with raw_server(lambda _: Raw(pieces(), kind)) as url:
        answer = ask(entry(url, provider))
    assert "does not come to an end" in str(answer.error)
    assert answer.tool_calls == []


def test_a_packed_reply_that_nobody_asked_for_is_not_unpacked() -> None:
    bomb = gzip.compress(b"\n" * 10_000_000)
    packed = Raw([bomb], EVENTS, headers={"content-encoding": "gzip"})
    with raw_server(lambda _: packed) as url:
        answer = ask(entry(url, "openai_compatible"))
    assert "it is packed" in str(answer.error)


def test_arguments_that_are_nested_without_end_are_no_call() -> None:
    function = {"name": "find", "arguments": "[" * 90_000}
    call = {"index": 0, "id": "1", "type": "function", "function": function}
    choice = {"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": "tool_calls"}
    pieces = [data({"id": "x", "object": "chunk", "choices": [choice]}), b"data: [DONE]\n\n"]
    with raw_server(lambda _: Raw(pieces, EVENTS)) as url:
        answer = ask(entry(url, "openai_compatible"))
    assert "in a broken way" in str(answer.error)
    assert answer.tool_calls == []
