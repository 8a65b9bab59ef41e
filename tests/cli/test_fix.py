"""`ddd-lab check --fix`: clear problems are fixed, shown and saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.spec.edit.nodes import EditError
from tests.cli.program import ddd_lab, replace
from tests.files.projects import FLOW_PATH, small_project


@pytest.fixture
def astray(tmp_path: Path) -> Path:
    """A project with one mistake that has a fix, and one that has none."""
    project = small_project(tmp_path / "shop")
    replace(project / FLOW_PATH, "domain: payments", "domain: paymentz")
    replace(project / FLOW_PATH, "next: receipt", "next: recipt")
    return project


def test_what_is_certain_is_mended_and_what_remains_is_told(astray: Path) -> None:
    good = (astray / FLOW_PATH).read_text("utf-8").replace("paymentz", "payments")

    done = ddd_lab("check", astray, "--fix")

    lines = done.stdout.splitlines()
    assert lines[0] == "fixed: Set the flow's domain to “payments” [domains.flow-domain]"
    assert "-  domain: paymentz" in lines
    assert "+  domain: payments" in lines
    assert "domains.flow-domain" not in "".join(lines[1:])
    assert "[graph.dangling]" in done.stdout
    assert done.returncode == (1 if " error: " in done.stdout else 0)
    assert (astray / FLOW_PATH).read_text("utf-8") == good


def test_a_dry_run_shows_the_same_and_writes_nothing(astray: Path) -> None:
    before = (astray / FLOW_PATH).read_bytes()

    tried = ddd_lab("check", astray, "--fix", "--dry-run").stdout

    assert (astray / FLOW_PATH).read_bytes() == before
    assert tried.startswith("would fix: ")
    assert ddd_lab("check", astray, "--fix").stdout == tried.replace("would fix:", "fixed:")


def test_where_nothing_is_certain_nothing_changes(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    replace(project / FLOW_PATH, "next: receipt", "next: recipt")
    before = (project / FLOW_PATH).read_bytes()

    done = ddd_lab("check", project, "--fix")

    assert done.stdout.startswith("Nothing that can be fixed without asking.\n")
    assert (project / FLOW_PATH).read_bytes() == before


def test_programs_are_told_too(astray: Path) -> None:
    document = json.loads(ddd_lab("check", astray, "--fix", "--format", "json").stdout)

    assert [fix["rule"] for fix in document["fixed"]] == ["domains.flow-domain"]
    assert document["written"] == [FLOW_PATH]
    assert "+  domain: payments" in document["diff"]
    assert all(problem["rule"] != "domains.flow-domain" for problem in document["problems"])


def test_a_dry_run_needs_something_to_try(astray: Path) -> None:
    done = ddd_lab("check", astray, "--dry-run")
    assert done.returncode == 2
    assert "--dry-run only has an effect together with --fix" in done.stderr


def test_a_project_mends_its_own_problems(astray: Path) -> None:
    with ddd.open(astray, watch=False) as project:
        problem = next(one for one in project.problems if one.rule == "domains.flow-domain")
        assert [fix.title for fix in project.fixes(problem)] == [project.fix(problem)]
        assert problem not in project.problems
        assert project.undo() == "Set the flow's domain to “payments”"
        assert problem in project.problems
        other = next(one for one in project.problems if one.rule == "graph.dangling")
        assert project.fixes(other) == []
        with pytest.raises(EditError, match="fix it by hand"):
            project.fix(other)


def test_a_real_project_keeps_every_other_line(corpus_copy: Callable[[str], Path]) -> None:
    copy = corpus_copy("nexus")
    before = {path: path.read_text("utf-8") for path in copy.rglob("*.yaml")}

    document = json.loads(ddd_lab("check", copy, "--fix", "--format", "json").stdout)

    changed = {
        path.relative_to(copy).as_posix()
        for path, text in before.items()
        if path.read_text("utf-8") != text
    }
    assert changed == set(document["written"])
    removed = [line for line in document["diff"].splitlines() if line[:1] == "-"]
    assert [line for line in removed if not line.startswith("---")] == ["-    type: traditional"]
    assert json.loads(ddd_lab("check", copy, "--fix", "--format", "json").stdout)["fixed"] == []
