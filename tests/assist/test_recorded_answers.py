"""Every inline action with answers as models give them: good, sloppy, wrong, hostile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ddd_lab.assist.actions import ACTIONS
from ddd_lab.assist.assistant import Assistant
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.spec.edit.nodes import disconnect
from ddd_lab.workbench import Workbench
from tests.assist.replay import KINDS, Recorded, faults, recorded
from tests.assist.sample import copied_sample
from tests.patience import PATIENCE

ANSWERS = list(recorded())


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory, server: ScriptedServer) -> Workbench:
    workbench = copied_sample(tmp_path_factory.mktemp("recorded"))
    settings = workbench.root / ".ddd" / "config.yaml"
    settings.parent.mkdir()
    settings.write_text(server.config(), "utf-8")
    return workbench


def files(workbench: Workbench) -> dict[str, bytes]:
    specs = workbench.root / "specs"
    return {str(path): path.read_bytes() for path in specs.rglob("*.yaml")}


def test_every_action_has_four_recorded_answers() -> None:
    assert {(answer.action, answer.kind) for answer in ANSWERS} == {
        (action, kind) for action in ACTIONS for kind in KINDS
    }


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.name)
def test_an_answer_comes_to_what_it_is_worth_and_never_does_more_than_propose(
    case: Recorded, workbench: Workbench, server: ScriptedServer
) -> None:
    if case.cut:
        node, output = case.cut
        workbench.edit_flow(case.question.at, lambda flow: disconnect(flow, node, output), "cut")
    before, steps = files(workbench), len(workbench.history)
    server.say(ScriptedReply(case.text))
    client = ModelClient(workbench.root, pauses=())
    answer = Assistant(workbench, client).ask(case.question)
    try:
        assert answer.wait(PATIENCE)
        assert faults(answer, case.expected) == []
        assert files(workbench) == before
        assert len(workbench.history) == steps
    finally:
        if case.cut:
            workbench.undo()
