"""The memory in a notebook, in cells and in the shell."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from ddd_lab.cli import main
from ddd_lab.lab.magics import DddMagics
from ddd_lab.project import Project
from tests.any_texts import ACTING, NASTY, write_design


@pytest.fixture
def magics(project: Project) -> Iterator[Any]:
    shell = InteractiveShell.instance()
    shell.user_ns["project"] = project
    yield DddMagics(shell, lambda path: Project(path, watch=False))
    InteractiveShell.clear_instance()


@pytest.mark.covers("S07.1")
def test_a_cell_shows_summary_counts_status_and_decisions(project: Project) -> None:
    project.memory.decisions.add("Loans end <b>at midnight</b>", affected=["lending"])

    html = project.memory._repr_html_()

    assert "<b>fernhill</b>" in html
    assert "20 flows: 0 implemented, 20 pending, 0 stale" in html
    assert "◌ members/join-library: pending" in html
    assert "8 more" in html
    assert "Loans end &lt;b&gt;at midnight&lt;/b&gt; (lending)" in html
    assert "Loans end <b>at midnight</b> (lending)" in repr(project.memory)


def test_a_cell_writes_a_decision_down_and_shows_dependencies(magics: Any) -> None:
    line = 'decide Loans end at midnight --rationale "The vans leave." --affects lending vans'

    decision = magics.ddd(line)

    assert (decision.title, decision.rationale) == ("Loans end at midnight", "The vans leave.")
    assert decision.affected == ("lending", "vans")
    assert "Loans end at midnight" in repr(magics.ddd("memory"))
    assert magics.ddd("memory lending/borrow-item")["depends_on"] == ["members/check-standing"]
    assert magics.ddd("memory vans")["events_in"]
    with pytest.raises(UsageError, match="borrow-item"):
        magics.ddd("memory lending/borow-item")
    with pytest.raises(UsageError, match="needs a title"):
        magics.ddd("decide --rationale because")


def shell(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(words) == 0
    return capsys.readouterr().out


def test_the_shell_shows_the_memory_and_writes_only_when_asked(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "20 flows: 0 implemented" in shell(capsys, "memory", str(root))
    document: dict[str, Any] = json.loads(shell(capsys, "memory", str(root), "--format", "json"))
    assert document.keys() == {"summary", "spec_index", "decisions", "flow_map", "status"}
    assert document["summary"]["source"] == "derived"
    flow_map = shell(capsys, "memory", str(root), "--layer", "flow-map")
    assert not (root / ".ddd").exists()

    shell(capsys, "memory", str(root), "--refresh")
    assert (root / ".ddd/memory/flow-map.yaml").read_text("utf-8") == flow_map


def test_the_shell_writes_a_decision_down(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--rationale", "The vans leave.", "--affects", "lending", "lending/borrow-item")

    said = shell(capsys, "decide", str(root), "Loans end at midnight", *words)

    assert said.startswith("Loans end at midnight is written down")
    (decision,) = json.loads(
        shell(capsys, "memory", str(root), "--layer", "decisions", "--format", "json")
    )["decisions"]
    assert decision["affected"] == ["lending", "lending/borrow-item"]
    assert main(["decide", str(root), " "]) == 2
    assert "needs a title" in capsys.readouterr().err


def test_no_text_of_a_project_acts_where_its_memory_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_design(tmp_path, NASTY)
    project = Project(tmp_path, watch=False)
    project.memory.decisions.add(NASTY, NASTY, affected=[NASTY], decision=NASTY)
    shutil.copy(tmp_path / ".ddd/memory/decisions.md", tmp_path / ".ddd/memory/raw.md")
    with (tmp_path / ".ddd/memory/decisions.md").open("a", encoding="utf-8") as file:
        file.write(f"\n### 2026-12-01: {NASTY}\n\n**Rationale:** {NASTY}\n")

    shown = [repr(project.memory), project.memory._repr_html_(), str(project.memory.decisions[1])]
    shown += [shell(capsys, "memory", str(tmp_path), "--layer", layer) for layer in LAYERS]

    assert not [text for text in shown if ACTING.search(text)]


LAYERS = ("summary", "spec-index", "decisions", "flow-map", "status")
