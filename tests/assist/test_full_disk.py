"""The disk is full where something is to be kept: clear words, nothing lost, nothing half done."""

from __future__ import annotations

import errno
import json
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ddd_lab.assist.assistant import Assistant
from ddd_lab.assist.chat.records import ChatMessage
from ddd_lab.assist.chat.thread_files import thread_path
from ddd_lab.assist.chat.threads import Threads
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.plans.gates import DesignPlan
from ddd_lab.assist.question import Question
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.assist.usage import USAGE_FILE, UsageBook
from ddd_lab.memory.files import DECISIONS_FILE
from ddd_lab.memory.keeper import memory_of
from ddd_lab.workbench import Workbench
from tests.assist.sample import copied_sample
from tests.patience import PATIENCE

FLOW = "lending/return-item"
NOTE = {"op": "add_note", "flow": FLOW, "text": "A slip is printed."}
OTHER = {"op": "add_note", "flow": "lending/borrow-item", "text": "A slip is printed."}
TEA = {"op": "new_domain", "name": "Tea"}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def workbench(tmp_path: Path, server: ScriptedServer) -> Workbench:
    workbench = copied_sample(tmp_path)
    (workbench.root / ".ddd").mkdir()
    (workbench.root / ".ddd/config.yaml").write_text(server.config(), "utf-8")
    return workbench


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A patch that fills the disk, or makes room when it is undone."""
    yield monkeypatch
    monkeypatch.undo()


def fill(patch: pytest.MonkeyPatch) -> None:
    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    patch.setattr(os, "fsync", no_room)


@contextmanager
def room_for(path: Path, more: int) -> Iterator[None]:
    """Let no file become larger than this one by some bytes: a write beyond that is cut off."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + more, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def proposing(*edits: dict[str, str]) -> ScriptedReply:
    return ScriptedReply(json.dumps({"say": "Both.", "edits": edits}))


def test_an_answer_is_given_and_counted_later(
    workbench: Workbench, server: ScriptedServer, full: pytest.MonkeyPatch
) -> None:
    assistant = Assistant(workbench, ModelClient(workbench.root, pauses=()))
    server.say(proposing(NOTE))
    fill(full)
    first = assistant.ask(Question("Say it", FLOW))
    assert first.wait(PATIENCE)
    assert first.state == "done"
    assert f"{USAGE_FILE} cannot be written: " in first.note
    assert "No space left on device. It is counted later" in first.note
    full.undo()
    assert assistant.ask(Question("Say it", FLOW)).wait(PATIENCE)
    period = UsageBook(workbench.root).read().current_period
    assert period is not None
    assert period.requests == 2


def test_a_conversation_goes_on_and_is_kept_once_there_is_room(
    workbench: Workbench,
) -> None:
    threads = Threads(workbench)
    id = threads.begin(FLOW).id
    threads.add(id, ChatMessage(role="user", content="One"))
    with room_for(workbench.root / thread_path(id), 20):
        threads.add(id, ChatMessage(role="assistant", content="Two"))
    assert "cannot be kept" in threads.trouble
    assert [message.content for message in threads.thread(id).messages] == ["One", "Two"]
    threads.add(id, ChatMessage(role="user", content="Three"))
    again = Threads(Workbench(workbench.root, watch=False)).thread(id)
    assert [message.content for message in again.messages] == ["One", "Two", "Three"]


def test_a_plan_that_cannot_be_written_is_not_approved(
    workbench: Workbench, server: ScriptedServer, full: pytest.MonkeyPatch
) -> None:
    server.say(proposing(NOTE, OTHER))
    answer = Assistant(workbench, ModelClient(workbench.root, pauses=())).ask(Question("Both"))
    assert answer.wait(PATIENCE)
    assert answer.plan is not None
    fill(full)
    with pytest.raises(OSError, match="No space left"):
        answer.plan.approve()
    assert not answer.plan.approved
    assert list((workbench.root / ".ddd").glob("plans/*.md")) == []
    full.undo()
    answer.plan.approve()
    assert answer.apply().words.startswith("2 of 2")


def test_a_gate_that_cannot_be_written_can_be_approved_again(
    workbench: Workbench, server: ScriptedServer, full: pytest.MonkeyPatch
) -> None:
    assistant = Assistant(workbench, ModelClient(workbench.root, pauses=()))
    plan = DesignPlan.begin(assistant, "A tea shop")
    server.say(ScriptedReply(json.dumps({"say": "# Tea", "questions": []}), times=1))
    assert plan.suggest().wait(PATIENCE)
    fill(full)
    with pytest.raises(OSError, match="No space left"):
        plan.approve()
    assert str(plan.stage) == "understanding"
    full.undo()
    plan.approve()
    new = {"op": "new_flow", "domain": "tea", "name": "Pour tea"}
    server.say(proposing(TEA, new))
    assert plan.suggest().wait(PATIENCE)
    before = set(workbench.design.flow_keys)
    fill(full)
    with pytest.raises(OSError, match="the disk is full"):
        plan.approve()
    assert str(plan.stage) == "structure"
    assert set(workbench.design.flow_keys) == before
    full.undo()
    plan.approve()
    assert [step.key for step in plan.plan.steps] == ["tea/pour-tea"]
    assert str(plan.stage) == "flows"


def test_a_decision_that_cannot_be_written_is_not_taken_and_the_file_stays(
    workbench: Workbench, full: pytest.MonkeyPatch
) -> None:
    decisions = memory_of(workbench).decisions
    decisions.add("Slips are printed", "Readers ask for them", affected=[FLOW])
    path = workbench.root / DECISIONS_FILE
    text = path.read_bytes()
    fill(full)
    with pytest.raises(OSError, match="No space left"):
        decisions.add("No slips", "Paper is dear", affected=[FLOW])
    assert path.read_bytes() == text
    full.undo()
    assert [one.title for one in decisions] == ["Slips are printed"]
