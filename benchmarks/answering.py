"""A short answer of a language model, against the vendor's own client, kept warm."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.harness import Benchmark, Row, at_most, side_by_side, told
from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.providers.connect import connect
from ddd_lab.assist.replies import TextDelta
from ddd_lab.assist.requests import Message, Request
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer

PROMPT = "orders: refund the customer\n" * 800
ROUNDS = 25


def run() -> Iterator[Row]:
    # As many pieces as a short answer has: both sides read it to its end.
    with ScriptedServer([ScriptedReply("word " * 20)]) as server:
        claude, gpt, llama = server.entries()
        for entry, bare, client in (
            (claude, bare_anthropic(claude), "the anthropic package"),
            (gpt, bare_openai(gpt), "the openai package"),
            (llama, bare_ollama(llama), "httpx2"),
        ):
            ours, theirs = side_by_side(through_us(entry), bare, rounds=ROUNDS, warm_up=3)
            more = ours.median - theirs.median
            yield Row(
                f"An answer of 20 words from {entry.provider}",
                told(ours.median),
                f"{told(theirs.median)} {client}",
                f"+{told(more)}",
                **at_most(more, 0.03),
            )
        with tempfile.TemporaryDirectory() as folder:
            ours, theirs = side_by_side(
                first_word(planned(Path(folder), server)),
                first_word(unplanned(claude)),
                rounds=ROUNDS,
                warm_up=3,
            )
        more = ours.median - theirs.median
        yield Row(
            "The first word, with plan, budget and count of tokens",
            told(ours.median),
            f"{told(theirs.median)} without",
            f"+{told(more)}",
            **at_most(more, 0.03),
        )


def first_word(ask: Callable[[], Iterator[object]]) -> Callable[[], object]:
    def wait() -> object:
        return next(event for event in ask() if isinstance(event, TextDelta))

    return wait


def planned(root: Path, server: ScriptedServer) -> Callable[[], Iterator[object]]:
    (root / ".ddd").mkdir()
    (root / ".ddd/config.yaml").write_text(server.config(), encoding="utf-8")
    client = ModelClient(root)
    return lambda: client.stream("chat", request_for, Cancellation())


def unplanned(entry: ModelEntry) -> Callable[[], Iterator[object]]:
    return lambda: connect(entry, {}).stream(request_for(entry), Cancellation())


def request_for(entry: ModelEntry) -> Request:
    return Request(entry.model_id, ("You design.",), (Message("user", PROMPT),))


def through_us(entry: ModelEntry) -> Callable[[], object]:
    ask_model = unplanned(entry)

    def ask() -> object:
        return [event for event in ask_model() if isinstance(event, TextDelta)]

    return ask


def bare_anthropic(entry: ModelEntry) -> Callable[[], object]:
    from anthropic import Anthropic

    client = Anthropic(api_key="none", base_url=entry.base_url)

    def ask() -> object:
        return list(
            client.messages.create(
                model=entry.model_id,
                max_tokens=4096,
                messages=[{"role": "user", "content": PROMPT}],
                stream=True,
            )
        )

    return ask


def bare_openai(entry: ModelEntry) -> Callable[[], object]:
    from openai import OpenAI

    client = OpenAI(api_key="none", base_url=entry.base_url)

    def ask() -> object:
        return list(
            client.chat.completions.create(
                model=entry.model_id, messages=[{"role": "user", "content": PROMPT}], stream=True
            )
        )

    return ask


def bare_ollama(entry: ModelEntry) -> Callable[[], object]:
    import httpx2

    client = httpx2.Client()
    body = {"model": entry.model_id, "messages": [{"role": "user", "content": PROMPT}]}

    def ask() -> object:
        with client.stream("POST", f"{entry.base_url}/api/chat", json=body) as response:
            return list(response.iter_lines())

    return ask


BENCHMARK = Benchmark("answering", "Asking a language model", run)
