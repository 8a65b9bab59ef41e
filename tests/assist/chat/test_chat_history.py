"""The chat history of the guide's own program becomes conversations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.assist.chat.threads import Threads
from ddd_lab.workbench import Workbench
from tests.files.projects import small_project


def thread(**fields: Any) -> dict[str, Any]:
    message = {
        "id": "m1",
        "role": "assistant",
        "content": "Add a refund.",
        "timestamp": 1_760_000_000_000,
        "modelId": "claude-haiku",
        "inputTokens": 10,
        "outputTokens": 5,
        "previewState": "applied",
    }
    return {"id": "t1", "messages": [message], "createdAt": 1_759_000_000_000, **fields}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path)


def write(root: Path, content: object, name: str = ".ddd/chat-history.json") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def threads_of(root: Path) -> Threads:
    return Threads(Workbench(root, watch=False))


@pytest.mark.parametrize("name", [".ddd/chat-history.json", ".ddd/memory/chat-history.json"])
def test_it_is_taken_over_once_and_kept(root: Path, name: str) -> None:
    path = write(root, {"threads": [thread(flowId="charge-card")]}, name)
    before = path.read_bytes()
    threads = threads_of(root)
    (info,) = threads.infos("payments/charge-card")
    (message,) = threads.thread(info.id).messages
    assert message.content == "Add a refund."
    assert message.model == "claude-haiku"
    assert message.timestamp == "2025-10-09T08:53:20.000+00:00"
    assert message.usage is not None
    assert (message.usage.input, message.usage.output) == (10, 5)
    assert message.proposal == "applied"
    threads.retitle(info.id, "Refunds")
    assert [one.title for one in threads_of(root).infos()] == ["Refunds"]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"flowId": "charge-card", "domainId": "payments"}, "payments/charge-card"),
        ({"flowId": "payments/charge-card"}, "payments/charge-card"),
        ({"domainId": "payments"}, "payments"),
        ({"flowId": "unknown"}, ""),
        ({}, ""),
    ],
)
def test_a_thread_goes_where_it_belongs(root: Path, fields: dict[str, str], place: str) -> None:
    write(root, {"threads": [thread(**fields)]})
    assert [info.place for info in threads_of(root).infos()] == [place]


@pytest.mark.parametrize(
    "content",
    ["", "no JSON", "[]", {"threads": 3}, {"threads": [1, {"id": [], "messages": [{}, 2]}]}],
)
def test_what_cannot_be_read_harms_nothing(root: Path, content: object) -> None:
    write(root, content)
    assert all(info.messages == 0 for info in threads_of(root).infos())


def test_messages_that_are_none_are_left_out(root: Path) -> None:
    messages = [{"role": "robot", "content": "x"}, {"role": "user", "content": "Hi"}]
    write(root, {"threads": [thread(messages=messages, createdAt="yesterday")]})
    threads = threads_of(root)
    (info,) = threads.infos()
    assert [message.content for message in threads.thread(info.id).messages] == ["Hi"]
