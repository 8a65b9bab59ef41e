"""Several programs and threads ask, apply and remember at once: nothing is lost or half written."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.assist.usage import UsageBook
from ddd_lab.project import Project
from tests.assist.sample import copied_sample
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
FLOW = "lending/return-item"
NOTE = {"op": "add_note", "flow": FLOW, "text": "A slip is printed."}
PROGRAM = """
import sys
import ddd_lab as ddd
root, name = sys.argv[1:]
with ddd.open(root, watch=False) as project:
    sys.stdin.readline()
    for number in range(2):
        answer = project.assist.ask("Say it", at="lending/return-item")
        answer._answer.wait(60)
        assert answer.state == "done", answer.error
        project.memory.decisions.add(f"{name} {number}", "It helps", affected=["lending"])
        project.memory.write()
"""


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer([ScriptedReply(json.dumps({"say": "Both.", "edits": [NOTE]}))]) as server:
        yield server


@pytest.fixture
def project(tmp_path: Path, server: ScriptedServer) -> Project:
    root = copied_sample(tmp_path).root
    (root / ".ddd").mkdir()
    (root / ".ddd/config.yaml").write_text(server.config(), "utf-8")
    return ddd.open(root, watch=False)


def test_two_programs_ask_and_remember_at_once(project: Project, server: ScriptedServer) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, project.root, name],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in ("one", "other")
    ]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        _, errors = program.communicate(timeout=PATIENCE)
        assert program.returncode == 0, errors
    period = UsageBook(project.root).read().current_period
    assert period is not None
    assert period.requests == len(server.requests) == 4
    titles = {decision.title for decision in ddd.open(project.root, watch=False).memory.decisions}
    assert titles == {f"{name} {number}" for name in ("one", "other") for number in range(2)}
    again = ddd.open(project.root, watch=False)
    again.memory.write()
    assert not again.problems or all(one.severity != "error" for one in again.problems)


def test_closing_a_project_leaves_a_running_answer_to_its_end(
    project: Project, server: ScriptedServer
) -> None:
    text = json.dumps({"say": "slow " * 20, "edits": [NOTE]})
    server.replace(ScriptedReply(text, pause=0.01))
    answer = project.assist.ask("Say it", at=FLOW)
    assert server.wait_for(lambda: any(one.pieces_sent > 2 for one in server.requests))
    project.close()
    assert answer._answer.wait(PATIENCE)
    assert answer.state == "done"
    assert answer.apply().words.startswith("1 of 1")
    assert project.undo()


def test_what_a_person_edits_while_answers_come_is_there_with_what_they_propose(
    project: Project, server: ScriptedServer
) -> None:
    workbench = project.workbench
    others = [{**NOTE, "text": f"Other {number}"} for number in range(30)]
    text = json.dumps({"say": "Many.", "edits": [NOTE, *others]})
    server.replace(ScriptedReply(text, pause=0.001))
    edits = 0
    for _ in range(2):
        answer = project.assist.ask("Say it", at=FLOW)
        while answer._answer.running:
            label = f"Look {edits}"
            project.flows[FLOW].nodes["find_loan"].label = label
            edits += 1
            answer._answer.wait(0.005)
        assert answer.apply().words.startswith("31 of 31")
    assert project.flows[FLOW].nodes["find_loan"].label == f"Look {edits - 1}"
    document = workbench.document(workbench.flow_path(FLOW))
    assert document is not None
    assert document.text().count("A slip is printed.") == 2
    assert document.text().count("Other 29") == 2
