"""What a server does not take is left out, and remembered."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ddd_lab.assist.model_entry import ModelEntry, ProviderKind
from ddd_lab.assist.providers.corrections import profile_of
from ddd_lab.assist.replies import Outcome
from ddd_lab.assist.requests import Tool
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from tests.assist.asking import MODELS, PROVIDERS, ask, entry_of, request_of

SCHEMA = {"type": "object", "properties": {"flows": {"type": "array"}}}
Body = dict[str, Any]


def serving(*refuses: str) -> ScriptedServer:
    replies = [ScriptedReply("Yes.")]
    return ScriptedServer(replies, models=tuple(MODELS.values()), refuses=refuses)


def bodies(server: ScriptedServer) -> list[Body]:
    return [each.body for each in server.requests if each.method == "POST"]


@pytest.mark.parametrize(
    ("provider", "refused", "profile", "left"),
    [
        ("openai_compatible", "temperature", {}, lambda body: "temperature" not in body),
        ("openai_compatible", "stream_options", {}, lambda body: "stream_options" not in body),
        ("openai_compatible", "max_tokens", {}, lambda body: "max_completion_tokens" in body),
        ("openai", "max_completion_tokens", {}, lambda body: "max_tokens" in body),
        ("openai", "reasoning_effort", {}, lambda body: "reasoning_effort" not in body),
        ("anthropic", "temperature", {"sampling": True}, lambda body: "temperature" not in body),
        ("anthropic", "output_config.effort", {}, lambda body: "effort" not in json.dumps(body)),
        ("ollama", "think", {"effort": True}, lambda body: "think" not in body),
    ],
)
def test_a_field_that_is_refused_is_left_out_once_and_for_all(
    provider: ProviderKind, refused: str, profile: Body, left: Callable[[Body], bool]
) -> None:
    with serving(refused) as server:
        entry = entry_of(server, provider, profile=profile)
        question = request_of(entry, temperature=0.3, effort="low")

        first, second = ask(entry, question), ask(entry, question)

    assert first.text == second.text == "Yes."
    asked = bodies(server)
    assert len(asked) == 3, "the second question is right from the beginning"
    assert [left(body) for body in asked] == [False, True, True]
    unchanged = asked[0].keys() & asked[1].keys()
    assert {"model", "messages"} <= unchanged


def test_a_schema_is_asked_for_in_ever_simpler_ways() -> None:
    kinds = ("json_schema", "json_object")
    with serving(*(f"response_format.type={kind}" for kind in kinds)) as server:
        entry = entry_of(server, "openai_compatible")

        answer = ask(entry, request_of(entry, schema=SCHEMA))

    assert answer.text == "Yes."
    formats = [(body.get("response_format") or {}).get("type") for body in bodies(server)]
    assert formats == ["json_schema", "json_object", None]
    assert '"flows"' in bodies(server)[-1]["messages"][0]["content"]


def test_a_claude_that_takes_no_schema_reads_it_in_the_prompt() -> None:
    with serving("output_config.format") as server:
        entry = entry_of(server, "anthropic")

        assert ask(entry, request_of(entry, schema=SCHEMA)).text == "Yes."

    assert '"flows"' in bodies(server)[-1]["system"][-1]["text"]


def test_several_fields_that_are_refused_are_left_out_one_after_another() -> None:
    with serving("temperature", "stream_options", "max_tokens") as server:
        entry = entry_of(server, "openai_compatible")

        answer = ask(entry, request_of(entry, temperature=0.3))

    assert answer.text == "Yes."
    assert answer.finished.usage.how == "estimate"
    assert len(bodies(server)) == 4


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_field_that_cannot_be_left_out_is_an_error_and_nothing_is_remembered(
    provider: ProviderKind,
) -> None:
    with serving("messages") as server:
        entry = entry_of(server, provider)
        before = profile_of(entry)

        answer = ask(entry)

        assert answer.error is not None
        assert answer.error.outcome is Outcome.FAILED
        assert len(bodies(server)) == 1
        assert profile_of(entry) == before


def test_a_limit_that_is_refused_for_its_value_does_not_go_round_in_circles() -> None:
    words = "max_tokens is too large: 99999. This model supports at most 16384 tokens."
    reply = ScriptedReply(status=400, message=words)
    with ScriptedServer([reply], models=tuple(MODELS.values())) as server:
        entry = entry_of(server, "openai_compatible")
        before = profile_of(entry)

        answer = ask(entry, request_of(entry, max_tokens=99_999))

        assert words.rstrip(".") in str(answer.error)
        assert len(bodies(server)) == 2
        assert profile_of(entry) == before


def test_a_model_without_tools_is_not_offered_them_again() -> None:
    tool = Tool("find", "Finds things.")
    reply = ScriptedReply(status=400, message="llama3 does not support tools")
    with ScriptedServer([reply], models=tuple(MODELS.values())) as server:
        entry = entry_of(server, "ollama")
        first, second = (ask(entry, request_of(entry, tools=(tool,))) for _ in range(2))

    assert first.error is not None
    assert second.error is not None
    assert second.error.outcome is first.error.outcome is Outcome.UNSUPPORTED
    assert str(first.error) == str(second.error)
    assert len(bodies(server)) == 1


def test_a_role_that_is_refused_is_said_in_another() -> None:
    with serving() as server:
        server.replace(
            ScriptedReply(status=400, message="System role not supported", times=1),
            ScriptedReply("Yes."),
        )
        entry = entry_of(server, "openai_compatible")

        assert ask(entry).text == "Yes."

    assert [message["role"] for message in bodies(server)[-1]["messages"]] == ["user"]
    assert "You design software." in bodies(server)[-1]["messages"][0]["content"]


@pytest.mark.parametrize(
    ("provider", "model", "sampling", "effort"),
    [
        ("anthropic", "claude-sonnet-4-5-20250929", True, False),
        ("anthropic", "claude-opus-4-6", True, True),
        ("anthropic", "claude-opus-4-8", False, True),
        ("anthropic", "claude-sonnet-5-5", False, True),
        ("openai", "gpt-4o-mini", True, False),
        ("openai", "gpt-6.2-sol", False, True),
        ("openai", "o4-mini", False, True),
        ("openai_compatible", "openai/gpt-5.4", False, True),
        ("openai_compatible", "qwen3", True, False),
        ("ollama", "gpt-oss:20b", True, True),
        ("ollama", "llama3.1", True, False),
    ],
)
def test_a_familys_habits_are_known_and_the_settings_count_more(
    provider: ProviderKind, model: str, sampling: bool, effort: bool
) -> None:
    known = {"id": "m", "provider": provider, "model_id": model, "base_url": "http://127.0.0.1:9"}
    profile = profile_of(ModelEntry.model_validate(known))
    changed = {"sampling": not sampling}

    assert (profile.sampling, profile.effort) == (sampling, effort)
    other = profile_of(ModelEntry.model_validate({**known, "profile": changed}))
    assert (other.sampling, other.effort) == (not sampling, effort)
