"""A design that was begun here is trusted from the start; one that was found is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.lab.notebook import NOTEBOOK
from ddd_lab.project import Project


def begun(root: Path) -> Project:
    """A design of one domain, saved in a folder."""
    project = Project(root, watch=False)
    project.add_domain("Orders")
    project.new_flow("Place order", "orders")
    project.save()
    return project


def test_a_design_in_an_empty_folder_is_trusted(tmp_path: Path) -> None:
    assert begun(tmp_path).is_trusted


def test_so_is_one_beside_the_notebook_that_was_made_for_it(tmp_path: Path) -> None:
    (tmp_path / NOTEBOOK).write_text("{}")
    (tmp_path / "README.md").write_text("Mine.")
    assert begun(tmp_path).is_trusted


@pytest.mark.parametrize(
    "path",
    [
        *("specs/notes.txt", ".ddd/config.yaml", ".claude/settings.json", ".mcp.json"),
        *("conftest.py", "src/app.py", "pytest.ini", ".git/hooks/pre-commit", "CLAUDE.md"),
        *("README_test.py", "README.d/conftest.py", "a.ipynb/test_a.py", ".gitignore/test_a.py"),
    ],
)
def test_one_in_a_folder_with_something_in_it_is_not(tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("")
    assert not begun(tmp_path).is_trusted


def test_one_beside_a_link_is_not(tmp_path: Path) -> None:
    (tmp_path / "README.md").symlink_to(tmp_path.parent)
    assert not begun(tmp_path).is_trusted


def test_what_comes_before_the_first_save_is_not_trusted_with_it(tmp_path: Path) -> None:
    project = Project(tmp_path, watch=False)
    project.add_domain("Orders")
    (tmp_path / "conftest.py").write_text("")
    project.save()
    assert not project.is_trusted


def test_looking_at_an_empty_folder_trusts_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path, watch=False)
    project.save()
    assert not project.is_trusted
