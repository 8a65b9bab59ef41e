"""The scripted server, asked as any program would ask it."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
import yaml

from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer


def ask(server: ScriptedServer, text: str, model: str = "scripted-llama") -> httpx2.Response:
    body = {"model": model, "messages": [{"role": "user", "content": text}]}
    return httpx2.post(
        f"{server.base_url}/api/chat", json=body, headers={"Authorization": "Bearer planted"}
    )


def text_of(response: httpx2.Response) -> str:
    lines: list[dict[str, Any]] = [json.loads(line) for line in response.text.splitlines()]
    return "".join(line["message"]["content"] for line in lines)


def test_the_first_reply_that_fits_the_question_answers() -> None:
    replies = [
        ScriptedReply("Refunds go to billing.", when="REFUND"),
        ScriptedReply("Only once.", times=1),
        ScriptedReply("Anything else."),
    ]
    with ScriptedServer(replies) as server:
        answers = [text_of(ask(server, each)) for each in ("hello", "a refund flow", "hello")]

    assert answers == ["Only once.", "Refunds go to billing.", "Anything else."]


def test_a_question_that_the_script_does_not_know_is_an_error_that_says_so() -> None:
    with ScriptedServer([ScriptedReply("Yes.", when="refund")]) as server:
        response = ask(server, "hello")

    assert response.status_code == 400
    assert response.json() == {"error": "The script has no reply to this message."}


def test_replies_can_be_put_before_the_script_while_it_runs() -> None:
    with ScriptedServer([ScriptedReply("Old.", times=1)]) as server:
        ask(server, "one")
        server.say(ScriptedReply("New.", times=1))

        assert text_of(ask(server, "two")) == "New."
        assert ask(server, "three").status_code == 400


def test_what_was_asked_is_kept_without_the_key() -> None:
    with ScriptedServer([ScriptedReply("Yes.")]) as server:
        ask(server, "hello")

    assert server.requests[0].prompt == "hello"
    assert server.requests[0].headers["authorization"] == "(removed)"
    assert "planted" not in repr(server.requests)


def test_its_configuration_names_a_model_for_each_wire_format() -> None:
    with ScriptedServer() as server:
        config = yaml.safe_load(server.config())["llm"]
        entries = server.entries()

    assert config["active_model"] == "scripted-claude"
    read = [
        ModelEntry.model_validate({"id": name, **entry}) for name, entry in config["models"].items()
    ]
    assert read == list(entries)
    assert [entry.provider for entry in entries] == ["anthropic", "openai_compatible", "ollama"]


def test_it_lists_its_models_in_the_words_of_each_vendor() -> None:
    with ScriptedServer(models=["one"], loaded=False) as server:
        url = server.base_url
        of_anthropic = httpx2.get(f"{url}/v1/models", headers={"anthropic-version": "2023-06-01"})
        of_openai = httpx2.get(f"{url}/v1/models")
        of_ollama = httpx2.get(f"{url}/api/tags")
        loaded = httpx2.get(f"{url}/api/ps")

    assert of_anthropic.json()["data"][0]["lifecycle"] == "active"
    assert of_openai.json()["data"][0]["object"] == "model"
    assert of_ollama.json()["models"][0]["name"] == "one"
    assert loaded.json() == {"models": []}


def test_it_stops_at_once_even_in_the_middle_of_an_answer() -> None:
    server = ScriptedServer([ScriptedReply("one two three", pause=60)]).start()
    with (
        httpx2.Client() as client,
        client.stream(
            "POST",
            f"{server.base_url}/api/chat",
            json={"model": "scripted-llama", "messages": [{"role": "user", "content": "hello"}]},
        ) as response,
    ):
        lines = response.iter_lines()
        assert "one" in next(lines)
        server.stop()
        with pytest.raises(httpx2.TransportError):
            list(lines)

    assert not server.requests[0].closed.is_set()
