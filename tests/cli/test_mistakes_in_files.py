"""What `ddd-lab check` and a project's problems say of files that are no YAML."""

from __future__ import annotations

from pathlib import Path

import pytest

import ddd_lab as ddd
from tests.cli.program import ddd_lab
from tests.lossless_yaml.mistakes import MISTAKES

FOLDER = "specs/domains/orders/flows"
CONFLICTS = [name for name in MISTAKES if name.startswith("conflict")]


def path_of(name: str) -> str:
    return f"{FOLDER}/{name.replace(' ', '-')}.yaml"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("mistakes")
    (root / FOLDER).mkdir(parents=True)
    for name, (text, _) in MISTAKES.items():
        (root / path_of(name)).write_text(text)
    return root


@pytest.fixture(scope="module")
def checked(project: Path) -> str:
    return ddd_lab("check", project).stdout


@pytest.fixture(scope="module")
def problems(project: Path) -> dict[str, ddd.Problem]:
    with ddd.open(project, watch=False) as opened:
        rules = ("file.unreadable", "file.conflict")
        return {p.path: p for p in opened.problems if p.rule in rules}


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_conflict_of_a_merge_is_reported_with_its_place_and_what_to_do(
    name: str, problems: dict[str, ddd.Problem]
) -> None:
    _, (line, column, _, _) = MISTAKES[name]
    problem = problems[path_of(name)]
    assert (problem.rule, problem.line, problem.column) == ("file.conflict", line, column)
    assert "1 place that both sides changed" in problem.message


@pytest.mark.parametrize("name", [name for name in MISTAKES if name not in CONFLICTS])
def test_a_mistake_in_a_file_is_reported_with_its_place_and_cure(
    name: str, checked: str, problems: dict[str, ddd.Problem]
) -> None:
    _, (line, column, what, cure) = MISTAKES[name]
    problem = problems[path_of(name)]
    assert (problem.line, problem.column) == (line, column)
    assert what.lower() in problem.message.lower()
    assert cure in problem.message
    [shown] = [row for row in checked.splitlines() if f"/{path_of(name)}:" in row]
    assert f"/{path_of(name)}:{line}:{column}: error: " in shown
    assert cure in shown
