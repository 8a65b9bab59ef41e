"""Models that answer as a test says, and a person who lets everything through or nothing."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.client_events import ClientEvent
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.prices import Price
from ddd_lab.assist.providers.provider import ServedModel
from ddd_lab.assist.registry import CostTracking, Registry
from ddd_lab.assist.replies import (
    Finished,
    Outcome,
    ProviderError,
    ReplyEvent,
    TextDelta,
    Usage,
)
from ddd_lab.assist.requests import Message, Request

USAGE = Usage(input=1000, output=100)


@dataclass(frozen=True)
class Turn:
    """What a model does when it is asked: says a text, then ends well or fails."""

    text: str = "hello"
    error: ProviderError | None = None
    usage: Usage | None = USAGE  # None: the stream ends without its end


def fails(outcome: Outcome, text: str = "", retry_after: float | None = None) -> Turn:
    """It says a text, then fails."""
    return Turn(text, ProviderError(outcome, f"It is {outcome}.", retry_after))


@dataclass
class Scripted:
    """A provider for each model, with its turns; the last turn is repeated."""

    turns: Mapping[str, list[Turn]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def __call__(self, entry: ModelEntry) -> ScriptedProvider:
        return ScriptedProvider(self, entry)


@dataclass
class ScriptedProvider:
    """One model's server."""

    script: Scripted
    entry: ModelEntry

    def stream(self, request: Request, cancellation: Cancellation) -> Iterator[ReplyEvent]:
        turns = self.script.turns.get(self.entry.id, [Turn()])
        turn = turns[min(self.script.asked.count(self.entry.id), len(turns) - 1)]
        self.script.asked.append(self.entry.id)
        self.script.requests.append(request)
        for letter in turn.text:
            if cancellation.cancelled:
                raise ProviderError(Outcome.CANCELLED, "It was stopped.")
            yield TextDelta(letter)
        if turn.error is not None:
            raise turn.error
        if turn.usage is not None:
            yield Finished(f"{self.entry.model_id}-2026", turn.usage)

    def models(self) -> list[ServedModel]:
        return []

    def count_tokens(self, request: Request) -> int | None:
        del request
        return None


def entry(
    id: str, price: str | Price | None = "1", *, local: bool = False, **more: object
) -> ModelEntry:
    """A model; its price is that of input, its output costs five times as much."""
    values: dict[str, object] = {
        "id": id,
        "provider": "ollama" if local else "anthropic",
        "model_id": id,
        "label": id.title(),
        "api_key_env": "" if local else "ANTHROPIC_API_KEY",
        **more,
    }
    if isinstance(price, str):
        price = Price(input=Decimal(price), output=5 * Decimal(price))
    values["price"] = price
    return ModelEntry.model_validate(values)


def registry(*entries: ModelEntry, limit: str = "50", **more: object) -> Registry:
    """A registry in which the first model is active, and all are in the chain."""
    values: dict[str, object] = {
        "models": {each.id: each for each in entries},
        "active": entries[0].id if entries else "none",
        "routing": {"chat": "_active"},
        "fallback": tuple(each.id for each in entries),
        "costs": CostTracking(budget_limit=Decimal(limit)),
        **more,
    }
    return Registry(**values)  # type: ignore[arg-type]  # the values are those of its fields


class Impatient(Cancellation):
    """A cancellation on which nobody waits; it remembers for how long one would have."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []
        self.cancel_when_waiting = False

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        if self.cancel_when_waiting:
            self.cancel()
        return self.cancelled


def make_request(model: ModelEntry) -> Request:
    return Request(
        model=model.model_id,
        system=("You help.",),
        messages=(Message("user", "What is missing?"),),
        max_tokens=model.max_tokens,
    )


def client(root: Path, models: Registry, script: Scripted) -> ModelClient:
    """A client of scripted models."""
    return ModelClient(root, models, connect=script)


def ask(
    models: ModelClient,
    task: str = "chat",
    *,
    override: str = "",
    allow: tuple[str, ...] = (),
    cancellation: Cancellation | None = None,
) -> list[ClientEvent | ProviderError]:
    """All that happens at a question; an error that ends it is the last."""
    events: list[ClientEvent | ProviderError] = []
    try:
        for event in models.stream(
            task, make_request, cancellation or Impatient(), override=override, allow=allow
        ):
            events.append(event)  # noqa: PERF402 - what came before an error counts, too
    except ProviderError as error:
        events.append(error)
    return events


class Hasty:
    """A server of models in this process that sends its answer in pieces, as chance has it."""

    def __init__(self, chance: random.Random, flow: str) -> None:
        self._chance, self._flow = chance, flow

    def stream(self, request: Request, cancellation: Cancellation) -> Iterator[ReplyEvent]:
        name = request.messages[-1].text.split()[-1]
        text = json.dumps(
            {"say": name, "edits": [{"op": "add_note", "flow": self._flow, "text": name}]}
        )
        cuts = sorted(self._chance.sample(range(1, len(text)), 3))
        for start, end in pairwise([0, *cuts, len(text)]):
            time.sleep(self._chance.choice((0, 0, 0.0002, 0.001)))
            if cancellation.cancelled:
                raise ProviderError(Outcome.CANCELLED, "The answer was stopped.")
            yield TextDelta(text[start:end])
        yield Finished(request.model, Usage(1, 0, 0, 1))

    def models(self) -> list[ServedModel]:
        return []

    def count_tokens(self, request: Request) -> int | None:
        return None
