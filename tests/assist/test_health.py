"""Whether a model can be asked is looked up without a paid call, and known for a minute."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from ddd_lab.assist.health import Health, HealthBook, HealthState
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.providers.provider import ServedModel
from ddd_lab.assist.replies import Outcome, ProviderError
from tests.assist.scripted import ScriptedProvider, entry
from tests.planted_keys import PLANTED

LOCAL = entry("llama3.1", "0", local=True)
CLOUD = entry("claude-x")


@dataclass
class Server:
    """A list of models, or why there is none; counts how often it is asked."""

    names: tuple[str, ...] = ()
    error: ProviderError | None = None
    asked: list[str] = field(default_factory=list)

    def __call__(self, model: ModelEntry) -> ScriptedProvider:
        server = self

        class Listing(ScriptedProvider):
            def models(self) -> list[ServedModel]:
                server.asked.append(model.id)
                if server.error is not None:
                    raise server.error
                return [*map(ServedModel, server.names)]

        return Listing(None, model)  # type: ignore[arg-type]  # nobody asks it for an answer


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", PLANTED)


def look(model: ModelEntry, server: Server) -> Health:
    return HealthBook(server).look_up([model])[model.id]


@pytest.mark.covers("T19.1", "T19.11")
@pytest.mark.parametrize(
    ("model", "names", "state"),
    [
        (CLOUD, ("claude-x", "claude-y"), HealthState.READY),
        (CLOUD, ("claude-x-20260901",), HealthState.READY),
        (entry("claude-x-20260901"), ("claude-x",), HealthState.READY),
        (CLOUD, (), HealthState.READY),
        (LOCAL, ("llama3.1:latest",), HealthState.READY),
        (CLOUD, ("claude-y",), HealthState.UNKNOWN_MODEL),
        (LOCAL, ("llama3.1:70b",), HealthState.UNKNOWN_MODEL),
    ],
)
def test_a_model_is_ready_where_its_server_has_it(
    model: ModelEntry, names: tuple[str, ...], state: HealthState
) -> None:
    assert look(model, Server(names)).state is state


def test_a_model_that_is_not_there_is_told_with_those_that_are() -> None:
    words = look(CLOUD, Server((*"abcdefghij", "claude-z"))).words
    assert words.startswith("claude-x is not there. The server has claude-z, a, b")
    assert "and 3 more" in words
    assert "ollama pull llama3.1" in look(LOCAL, Server(("qwen3",))).words


@pytest.mark.covers("T19.10")
def test_a_missing_key_is_told_by_the_name_of_its_variable_and_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", " ")
    server = Server(("claude-x",))
    health = look(CLOUD, server)
    assert health.state is HealthState.NO_KEY
    assert "ANTHROPIC_API_KEY" in health.words
    assert server.asked == []


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.AUTH, HealthState.NO_KEY),
        (Outcome.RETRYABLE, HealthState.UNREACHABLE),
        (Outcome.FAILED, HealthState.UNREACHABLE),
    ],
)
def test_a_server_that_does_not_answer_is_told_in_its_words(
    outcome: Outcome, state: HealthState
) -> None:
    server = Server(error=ProviderError(outcome, "It is not there. Start it."))
    assert look(CLOUD, server) == Health(state, "It is not there. Start it.")


def test_each_server_is_asked_once_a_minute_whatever_it_has() -> None:
    server, clock = Server(("claude-x", "claude-y")), [0.0]
    book = HealthBook(server, lambda: clock[0])
    models = [CLOUD, entry("claude-y"), entry("far", base_url="http://127.0.0.1:1")]
    assert book.known(CLOUD).state is HealthState.UNCHECKED
    book.look_up(models)
    clock[0] = 59
    book.look_up(models)
    assert sorted(server.asked) == ["claude-y", "far"]
    assert book.known(CLOUD).state is HealthState.READY
    clock[0] = 61
    assert book.known(CLOUD).state is HealthState.UNCHECKED
    book.look_up([CLOUD])
    assert len(server.asked) == 3
