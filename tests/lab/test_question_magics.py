"""``%%ddd ask`` and ``%ddd review|explain|suggest``: a language model in short words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

import ddd_lab as ddd
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.lab.magics import DddMagics
from ddd_lab.project import Project
from tests.assist.sample import copied_sample

FLOW = "lending/return-item"
NOTE = {"op": "add_note", "flow": FLOW, "text": "A slip is printed."}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer([ScriptedReply("It is sound.")]) as server:
        yield server


@pytest.fixture
def project(tmp_path: Path, server: ScriptedServer) -> Project:
    root = copied_sample(tmp_path).root
    (root / ".ddd").mkdir()
    (root / ".ddd/config.yaml").write_text(server.config(), "utf-8")
    return ddd.open(root, watch=False)


@pytest.fixture
def magics(project: Project) -> Iterator[Any]:
    shell = InteractiveShell.instance()
    shell.user_ns["project"] = project
    yield DddMagics(shell, lambda path: Project(path, watch=False))
    InteractiveShell.clear_instance()


def completed(magics: Any, line: str) -> list[str]:
    names: list[str] = magics.complete(None, SimpleNamespace(line=line, symbol=""))
    return names


def test_the_lines_below_are_the_question(
    magics: Any, server: ScriptedServer, project: Project
) -> None:
    server.say(ScriptedReply(json.dumps({"say": "A note helps.", "edits": [NOTE]})))
    answer = magics.ddd(f"ask {FLOW}", "Say that\na slip is printed.\n").wait(30)
    assert answer.text == "A note helps."
    assert "a slip is printed." in server.requests[-1].prompt
    assert answer.apply().words.startswith("1 of 1")
    assert project.undo()


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (f"review {FLOW}", "Review"),
        ("review", "Review how the system is cut"),
        (f"explain {FLOW}#find_loan", "find_loan"),
        (f"explain {FLOW}", "Explain this flow"),
        ("explain lending", "Explain this domain"),
        (f"suggest {FLOW}#find_loan", "find_loan"),
        ("suggest lending/", "flows that this domain lacks"),
        ("suggest", "domains that this system lacks"),
    ],
)
def test_a_word_and_a_place_are_enough(
    magics: Any, server: ScriptedServer, line: str, asked: str
) -> None:
    assert magics.ddd(line).wait(30).state == "done"
    assert asked in server.requests[-1].prompt


@pytest.mark.parametrize(
    ("line", "cell", "why"),
    [
        ("ask", None, "%%ddd ask takes the lines below it"),
        ("ask", "\n", "the question is empty"),
        ("status", "Why?", "%ddd status takes no lines below it"),
        ("review lending", None, "only a flow or the whole system can be reviewed"),
        ("review lending/return-itm", None, "return-item"),
        (f"explain {FLOW}#nowhere", None, "nowhere"),
        ("explain lending#find_loan", None, "only a flow has nodes"),
        ("suggest lending members", None, "takes one place"),
    ],
)
def test_what_cannot_be_asked_says_why_in_one_line(
    magics: Any, server: ScriptedServer, line: str, cell: str | None, why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        magics.ddd(line, cell)
    assert server.requests == []


def test_places_and_nodes_are_completed(magics: Any) -> None:
    assert {"lending", FLOW} <= set(completed(magics, "%%ddd ask le"))
    assert "find_loan" in completed(magics, f"%ddd explain {FLOW}#fi")
    assert completed(magics, "%ddd explain lending#fi") == []
    assert "lending" not in completed(magics, "%ddd tests le")


def test_the_help_has_them(magics: Any) -> None:
    lines = repr(magics.ddd("help")).splitlines()
    assert any(line.startswith("%%ddd ask [PLACE[#NODE]]") for line in lines)
    assert any(line.startswith("%ddd review [FLOW]") for line in lines)
