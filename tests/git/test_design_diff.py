"""`project.diff`: two versions of a design in a notebook, as a picture and in words."""

from __future__ import annotations

from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.files.workspace.snapshot import RevisionError
from ddd_lab.files.workspace.workspace import ProjectError
from tests.canvas.shop import write_shop
from tests.git.repository import change, committed_shop, run_git

PLACE = "orders/place-order"


def test_what_nobody_has_saved_is_compared_with_any_commit(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    with ddd.open(root, watch=False) as project:
        assert project.diff().words == "Nothing differs"
        project.flows[PLACE].nodes["charge"].label = "Take the money"
        diff = project.diff(at=PLACE)
        (entry,) = diff.changes
        assert (entry.kind, entry.subject, entry.card) == ("changed", "Take the money", "charge")
        assert [file.flow for file in diff.files] == [PLACE]
        assert diff.show("orders").changes[0].at == PLACE

        project.save()
        run_git(root, "commit", "-qam", "Charge in other words")
        assert project.diff(at=PLACE).words == "Nothing differs"
        assert project.diff("HEAD~1", "HEAD", at=PLACE).words == "1 card changed"
        assert project.diff("", "HEAD~1", at=PLACE).words == "1 card changed"


def test_two_folders_are_compared(tmp_path: Path) -> None:
    one, other = write_shop(tmp_path / "one"), write_shop(tmp_path / "other")
    change(other, "Is it in stock?", "Enough in stock?")
    with ddd.open(one, watch=False) as project:
        diff = project.diff(other, at=PLACE)
        assert repr(diff).splitlines()[0] == f"{PLACE}: other → the open design"
        assert diff.words == "1 card changed"
        with pytest.raises(ProjectError, match="does not exist"):
            project.diff(tmp_path / "none")


def test_a_flow_that_was_moved_is_one_flow(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    with ddd.open(root, watch=False) as project:
        project.flows[PLACE].rename("Order something")
        moved = project.diff(at="orders/order-something")
        assert moved.changes[0].subject == "The flow itself"
        assert project.diff(at=PLACE).at == "orders/order-something"
        (entry,) = (one for one in project.diff(at="orders").changes if one.at)
        assert (entry.kind, entry.card) == ("changed", "flow:order-something")
        assert entry.words[0].startswith("renamed from ")


def test_a_cell_shows_a_picture_for_either_theme_and_a_table(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    with ddd.open(root, watch=False) as project:
        project.flows[PLACE].nodes["charge"].label = "<script>alert(1)</script>\u202e"
        diff = project.diff(at=PLACE)
        html = diff._repr_html_()
        assert html.count("<svg ") == 1
        assert "data-jp-theme-light" in html
        assert "&lt;script&gt;" in html
        assert "<script" not in html
        assert "\u202e" not in html + repr(diff)
        assert "~ <script>" in repr(diff)


def test_what_cannot_be_compared_says_what_to_do(tmp_path: Path) -> None:
    alone = ddd.open(write_shop(tmp_path / "alone"), watch=False)
    with pytest.raises(RevisionError, match="no Git repository"):
        alone.diff()
    with ddd.open(committed_shop(tmp_path / "shop"), watch=False) as project:
        with pytest.raises(RevisionError, match="did you mean 'main'"):
            project.diff("mian")
        with pytest.raises(KeyError, match="did you mean 'orders/place-order'"):
            project.diff(at="orders/place-ordr")
