"""Asks models of a scripted server through the adapters, with the vendors' own clients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.model_entry import ModelEntry, ProviderKind
from ddd_lab.assist.providers.connect import connect
from ddd_lab.assist.replies import (
    Finished,
    ProviderError,
    ReplyEvent,
    TextDelta,
    ThinkingDelta,
    ToolCalled,
)
from ddd_lab.assist.requests import Message, Request
from ddd_lab.assist.scripted import ScriptedServer
from tests.planted_keys import PLANTED as KEY

MODELS: dict[ProviderKind, str] = {
    "anthropic": "claude-scripted",
    "openai": "gpt-6-scripted",
    "openai_compatible": "scripted-gpt",
    "ollama": "scripted-llama",
}
PROVIDERS = tuple(MODELS)


def entry_of(server: ScriptedServer, provider: ProviderKind, **fields: object) -> ModelEntry:
    """A model of the registry that the server answers for."""
    path = "/v1" if provider.startswith("openai") else ""
    return ModelEntry.model_validate(
        {
            "id": f"my-{provider}",
            "label": f"My {provider}",
            "provider": provider,
            "model_id": MODELS[provider],
            "base_url": server.base_url + path,
            "api_key_env": "MY_KEY",
            **fields,
        }
    )


def request_of(entry: ModelEntry, text: str = "Suggest a flow.", **fields: object) -> Request:
    """A question to a model of the registry."""
    question = {"messages": (Message("user", text),), "system": ("You design software.",)}
    return Request(**{"model": entry.model_id, **question, **fields})  # type: ignore[arg-type] # fields of any kind, by name


@dataclass
class Answer:
    """What came of a question."""

    events: list[ReplyEvent] = field(default_factory=list)
    error: ProviderError | None = None

    @property
    def text(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, TextDelta))

    @property
    def thinking(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, ThinkingDelta))

    @property
    def tool_calls(self) -> list[ToolCalled]:
        return [event for event in self.events if isinstance(event, ToolCalled)]

    @property
    def finished(self) -> Finished:
        """The last event, which there is only where all went well."""
        assert self.error is None, self.error
        *before, last = self.events
        assert isinstance(last, Finished)
        assert not any(isinstance(event, Finished) for event in before)
        return last


def replies_to(
    entry: ModelEntry, request: Request, cancellation: Cancellation
) -> Iterator[ReplyEvent]:
    """The reply as it comes."""
    return connect(entry, {"MY_KEY": KEY}).stream(request, cancellation)


def ask(
    entry: ModelEntry, request: Request | None = None, cancellation: Cancellation | None = None
) -> Answer:
    """Ask and wait for the end, whatever it is."""
    answer = Answer()
    events = replies_to(entry, request or request_of(entry), cancellation or Cancellation())
    try:
        answer.events.extend(events)
    except ProviderError as error:
        answer.error = error
    return answer
