"""The client with the real adapters, against a server that speaks the three wire formats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.client_events import Answered, AttemptFailed, AttemptStarted
from ddd_lab.assist.replies import Outcome, ProviderError, TextDelta
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.assist.tables import ModelTable
from tests.assist.scripted import ask

MODELS = ("scripted-claude", "scripted-gpt", "scripted-llama")


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer([ScriptedReply("Orders need a refund flow.")]) as server:
        yield server


@pytest.fixture
def models(server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelClient:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    root = tmp_path / "project"
    (root / ".ddd").mkdir(parents=True)
    (root / ".ddd/config.yaml").write_text(server.config(), encoding="utf-8")
    return ModelClient(root, pauses=(0.0, 0.0))


@pytest.mark.covers("T19.8", "T19.9", "S06.2", "S06.12")
@pytest.mark.parametrize("model", MODELS)
def test_each_kind_of_server_answers_and_is_counted(models: ModelClient, model: str) -> None:
    events = ask(models, override=model)
    answered = events[-1]
    assert isinstance(answered, Answered)
    assert (answered.model, answered.served, answered.note) == (model, model, "")
    texts = [event.text for event in events if isinstance(event, TextDelta)]
    assert "".join(texts) == "Orders need a refund flow."
    assert models.usage.session.by_model[model].output_tokens > 0
    assert models.counter(models.registry.models[model]).correction.replies == 1


@pytest.mark.parametrize("model", MODELS)
def test_a_busy_server_is_asked_again(
    models: ModelClient, server: ScriptedServer, model: str
) -> None:
    server.say(ScriptedReply(status=503, times=1))
    events = ask(models, override=model)
    assert [event.outcome for event in events if isinstance(event, AttemptFailed)] == [
        Outcome.RETRYABLE
    ]
    assert isinstance(events[-1], Answered)


@pytest.mark.covers("T19.7")
def test_another_kind_of_server_goes_on_where_one_is_out_of_budget(
    models: ModelClient, server: ScriptedServer
) -> None:
    server.say(ScriptedReply(status=402, times=1))
    events = ask(models, override="scripted-gpt")
    assert [event.model for event in events if isinstance(event, AttemptStarted)] == [
        "scripted-gpt",
        "scripted-claude",
    ]
    assert isinstance(events[-1], Answered)


@pytest.mark.covers("T19.1", "T19.11")
def test_health_is_looked_up_without_an_answer_being_asked_for(
    models: ModelClient, server: ScriptedServer
) -> None:
    table = ModelTable.of(models)
    states = {row.entry.id: str(row.health.state) for row in table.rows}
    assert {states[model] for model in MODELS} == {"ready"}
    assert states["claude-opus"] == "no key"
    assert "● scripted-gpt (scripted-gpt): openai_compatible" in str(table)
    assert [request for request in server.requests if "messages" in request.body] == []


def test_a_model_that_the_server_has_not_is_told_with_those_that_it_has(
    models: ModelClient, server: ScriptedServer
) -> None:
    config = models.root / ".ddd/config.yaml"
    config.write_text(
        config.read_text().replace("model_id: scripted-claude", "model_id: scripted-clod")
    )
    *_, error = ask(models, override="scripted-claude")
    assert isinstance(error, ProviderError)
    assert error.outcome is Outcome.NOT_FOUND
    assert "scripted-claude" in str(error)
    assert models.health(look=True)["scripted-claude"].state == "unknown model"
