"""The whole way: settings that a scripted server writes, the client, the adapters, the server."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.client_events import Answered, AttemptFailed
from ddd_lab.assist.default_models import TASK_ROUTING
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.replies import TextDelta
from ddd_lab.assist.requests import Message, Request
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer


def question(entry: ModelEntry) -> Request:
    return Request(entry.model_id, ("You design.",), (Message("user", "A refund?"),))


@pytest.mark.parametrize("model", ["scripted-claude", "scripted-gpt", "scripted-llama"])
@pytest.mark.parametrize("task", sorted(TASK_ROUTING))
def test_the_settings_of_a_scripted_server_lead_every_task_to_it(
    tmp_path: Path, model: str, task: str
) -> None:
    (tmp_path / ".ddd").mkdir()
    busy = ScriptedReply(status=529, message="Overloaded", times=1)
    with ScriptedServer([busy, ScriptedReply("Yes, one.")]) as server:
        (tmp_path / ".ddd" / "config.yaml").write_text(server.config(), "utf-8")
        client = ModelClient(tmp_path, pauses=(0.0,))
        client.active = model
        events = list(client.stream(task, question, Cancellation()))

    assert client.registry.problems == ()
    assert [type(event) for event in events].count(AttemptFailed) == 1
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == "Yes, one."
    answered = events[-1]
    assert isinstance(answered, Answered)
    assert answered.model == model
    assert answered.cost == 0
