"""CLAUDE.md says what is true of the project, and never loses what people wrote into it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.build.claude_md import MARKER, write_claude_md
from ddd_lab.build.recording import record_implementation
from ddd_lab.cli import main
from ddd_lab.project import Project

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the sample design."""
    shutil.copytree(FERNHILL, tmp_path / "fernhill")
    return ddd.open(tmp_path / "fernhill", watch=False)


def written(project: Project) -> str:
    write_claude_md(project.sync)
    return (project.root / "CLAUDE.md").read_text()


@pytest.mark.covers("T30.3", "S08.16")
def test_it_says_what_the_project_is(project: Project) -> None:
    text = written(project)
    assert "# Project: fernhill" in text
    assert "`specs/architecture.yaml`" in text
    assert "## Rules" in text
    assert "## Tech stack" in text
    assert "## Commands" in text
    assert "account-helper (agent)" in text


@pytest.mark.covers("T30.2", "T30.5")
def test_the_table_counts_what_is_implemented(project: Project) -> None:
    assert "| 0 implemented, 3 pending |" in written(project)
    (project.root / "code.py").write_text("pass\n")
    record_implementation(project.sync, "members/join-library", ("code.py",))
    assert "| 1 implemented, 2 pending |" in written(project)


@pytest.mark.covers("T30.4", "S08.17")
def test_what_people_wrote_below_the_marker_stays(project: Project) -> None:
    path = project.root / "CLAUDE.md"
    path.write_bytes(written(project).encode() + b"\nUse uv.\n\xff\n")
    path.write_bytes(path.read_bytes().replace(b"# Project", b"# Prjct"))
    assert write_claude_md(project.sync)
    assert path.read_bytes().endswith(MARKER.encode() + b"\n\nUse uv.\n\xff\n")
    assert b"# Project" in path.read_bytes()
    assert not write_claude_md(project.sync)


@pytest.mark.covers("T30.4")
def test_a_file_without_our_marker_is_kept_whole_below_a_new_one(project: Project) -> None:
    (project.root / "CLAUDE.md").write_text("# Ours\n\nAlways use uv.\n")
    text = written(project)
    assert text.endswith(f"{MARKER}\n\n# Ours\n\nAlways use uv.\n")


def test_the_command_line_checks_it(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claude-md", "--check", str(project.root)]) == 1
    assert "+# Project: fernhill" in capsys.readouterr().out
    assert main(["claude-md", str(project.root)]) == 0
    assert main(["claude-md", "--check", str(project.root)]) == 0


@pytest.mark.parametrize("words", [[], ["--check"]])
def test_a_link_that_leads_elsewhere_is_no_file_of_the_project(
    project: Project, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    elsewhere = project.root.parent / "mine.md"
    elsewhere.write_text("Mine.\n")
    (project.root / "CLAUDE.md").symlink_to(elsewhere)
    assert main(["claude-md", str(project.root), *words]) == 2
    said = capsys.readouterr().err
    assert "'CLAUDE.md' leads outside the project" in said
    assert "mistake in DDD Lab" not in said
    assert elsewhere.read_text() == "Mine.\n"
