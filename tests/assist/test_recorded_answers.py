"""Every inline action with answers as models give them: good, sloppy, wrong, hostile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ddd_lab.assist.actions import ACTIONS
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.workbench import Workbench
from tests.assist.replay import KINDS, Recorded, answered, faults, recorded, specs
from tests.assist.sample import copied_sample

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


def test_every_action_has_four_recorded_answers() -> None:
    assert {(answer.action, answer.kind) for answer in ANSWERS} == {
        (action, kind) for action in ACTIONS for kind in KINDS
    }


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.name)
def test_an_answer_comes_to_what_it_is_worth_and_never_does_more_than_propose(
    case: Recorded, workbench: Workbench, server: ScriptedServer
) -> None:
    server.say(ScriptedReply(case.text))
    client = ModelClient(workbench.root, pauses=())
    before, steps = specs(workbench), len(workbench.history) + bool(case.cut)
    with answered(case, workbench, client) as answer:
        assert faults(answer, case.expected) == []
        assert specs(workbench) == before
        assert len(workbench.history) == steps
