"""What differs from the last commit, as Git tells it without starting anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import git
import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import PLACE_ORDER_FILE, TRACK_ORDER_FILE, write_shop

AT = "orders/place-order"


def test_every_difference_from_the_last_commit_is_told_saved_or_not(
    tmp_path: Path, git_repo: Callable[[Path], git.Repo]
) -> None:
    root = write_shop(tmp_path / "repo/shop")
    git_repo(tmp_path / "repo")
    project = Project(root, watch=False)
    screen = Screen(project, AT)
    assert screen.ask("since_commit") == {"diff": "", "message": ""}

    screen.ask("set", id="basket", path=["label"], value="Cart")
    screen.ask("save")
    screen.ask("set", id="placed", path=["label"], value="Sold")
    (root / TRACK_ORDER_FILE).unlink()
    project.workbench.noticed([TRACK_ORDER_FILE])
    screen.ask("new_domain", name="Returns")
    diff = screen.ask("since_commit")["diff"]
    assert "-    label: Basket\n+    label: Cart\n" in diff
    assert "+    label: Sold\n" in diff
    assert f"--- a/{PLACE_ORDER_FILE}\n+++ b/{PLACE_ORDER_FILE}\n" in diff
    assert f"--- a/{TRACK_ORDER_FILE}\n+++ /dev/null\n" in diff
    assert "--- /dev/null\n+++ b/specs/domains/returns/domain.yaml\n" in diff
    assert "charge-card" not in diff


def test_carriage_returns_that_git_adds_are_no_difference(
    tmp_path: Path, git_repo: Callable[[Path], git.Repo]
) -> None:
    root = write_shop(tmp_path)
    git_repo(tmp_path)
    path = root / PLACE_ORDER_FILE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert Screen(Project(root, watch=False), AT).ask("since_commit")["diff"] == ""


@pytest.mark.parametrize("is_repository", [False, True])
def test_it_is_said_why_there_is_nothing_to_compare_with(
    tmp_path: Path, is_repository: bool
) -> None:
    root = write_shop(tmp_path)
    if is_repository:
        git.Repo.init(root)
    found = Screen(Project(root, watch=False), AT).ask("since_commit")
    if is_repository:
        assert found["message"] == "Nothing has been committed yet, so everything is new."
        assert f"+++ b/{PLACE_ORDER_FILE}" in found["diff"]
    else:
        assert found["message"].startswith("This design lies in no Git repository")
        assert found["diff"] == ""


def test_reading_git_starts_nothing_that_a_repository_names(
    tmp_path: Path, git_repo: Callable[[Path], git.Repo]
) -> None:
    root = write_shop(tmp_path)
    repo = git_repo(tmp_path)
    mark = tmp_path / "started"
    with repo.config_writer() as config:
        for section, name in (("core", "fsmonitor"), ("diff", "external"), ("core", "pager")):
            config.set_value(section, name, f"touch {mark}; false")
        config.set_value('filter "own"', "clean", f"touch {mark}; cat")
    (root / ".gitattributes").write_text("*.yaml filter=own diff=own\n", "utf-8")
    screen = Screen(Project(root, watch=False), AT)
    screen.ask("set", id="basket", path=["label"], value="Cart")
    assert "+    label: Cart" in screen.ask("since_commit")["diff"]
    assert not mark.exists()
