"""`make answers`: what recorded answers, or those of a real model, come to."""

from __future__ import annotations

from pathlib import Path

from ddd_lab.assist.actions import ACTIONS
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from scripts.replay_answers import live, main, report
from tests.assist.sample import copied_sample


def test_every_recorded_answer_has_its_row(tmp_path: Path) -> None:
    assert main(["-o", str(tmp_path / "report.md")]) == 0
    lines = (tmp_path / "report.md").read_text("utf-8").splitlines()
    assert lines[0] == "80 answers, 0 with faults."
    assert lines[2] == "| action | kind | items | refused | problems | faults |"
    assert len(lines) == 4 + 80


def test_a_model_is_asked_once_for_each_action_and_its_faults_are_said(tmp_path: Path) -> None:
    workbench = copied_sample(tmp_path)
    with ScriptedServer([ScriptedReply("I | see.")]) as server:
        (workbench.root / ".ddd").mkdir()
        (workbench.root / ".ddd/config.yaml").write_text(server.config(), "utf-8")
        rows = {row.action: row for row in live(workbench, "scripted-gpt")}
    assert rows.keys() == ACTIONS.keys()
    assert {row.kind for row in rows.values()} == {"scripted-gpt"}
    assert rows["explain_node"].faults == ()
    assert rows["suggest_spec"].faults != ()
    assert "with faults." in report(rows.values())
