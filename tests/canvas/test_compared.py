"""What differs from an earlier version, marked on the canvas's own boards while people edit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ddd_lab.canvas.session.broadcaster import broadcaster_of
from ddd_lab.files.workspace.snapshot import RevisionError
from ddd_lab.project import Project
from tests.assist.proposing import node, proposal
from tests.canvas.screen import Screen
from tests.canvas.shop import write_shop
from tests.git.repository import FLOW, committed_shop, run_git

AT = "orders/place-order"


@pytest.fixture
def committed(tmp_path: Path) -> Project:
    """A shop that is committed."""
    return Project(committed_shop(tmp_path / "shop"), watch=False)


def marks(screen: Screen) -> dict[str, str]:
    """What became of each card that is marked."""
    return {id: card["ghost"]["kind"] for id, card in screen.cards.items() if card["ghost"]}


def line_marks(screen: Screen) -> dict[str, str]:
    """What became of each line that is marked."""
    return {id: link["ghost"]["kind"] for id, link in screen.links.items() if link["ghost"]}


def test_each_level_marks_what_differs_and_follows_edits_undo_and_commits(
    committed: Project,
) -> None:
    sheet, domain, system = (Screen(committed, at) for at in (AT, "orders", ""))
    for screen in (sheet, domain, system):
        screen.ask("compare", revision="HEAD")
        assert marks(screen) == {}
        assert screen.board["compared"]["words"] == "no card differs here"
    called = Screen(committed, "billing")  # a flow of another domain leads here
    called.ask("compare", revision="HEAD")
    assert (marks(called), line_marks(called)) == ({}, {})
    places = {id: (card["x"], card["y"]) for id, card in sheet.cards.items()}

    sheet.ask("set", id="in_stock", path=["label"], value="Enough left?")
    assert marks(sheet) == {"in_stock": "changed"}
    assert sheet.cards["in_stock"]["ghost"]["words"] == ["label “Is it in stock?” → “Enough left?”"]
    sheet.ask("remove", cards=["refused"], links=[])
    new = sheet.ask("add", type="event", x=900, y=900)["id"]
    assert marks(sheet) == {"in_stock": "changed", "refused": "removed", new: "added"}
    gone = ("basket invalid", "in_stock false", "charge failure")
    assert line_marks(sheet) == {f"{end} → refused": "removed" for end in gone}
    assert sheet.board["compared"] == {
        "name": "the last commit",
        "words": "1 card added, 1 changed, 1 removed; 3 edges removed",
    }
    assert {id: (sheet.cards[id]["x"], sheet.cards[id]["y"]) for id in places} == places
    assert marks(domain) == {"flow:place-order": "changed"}
    assert marks(system) == {"orders": "changed"}

    domain.ask("new_flow", domain="orders", name="Give back")
    system.ask("new_domain", name="Returns")
    assert marks(domain) == {"flow:place-order": "changed", "flow:give-back": "added"}
    assert marks(system) == {"orders": "changed", "returns": "added"}
    sheet.ask("go", at="orders/give-back")
    assert set(marks(sheet).values()) == {"added"}
    sheet.ask("back")
    assert marks(sheet)["refused"] == "removed"

    sheet.ask("save")
    assert marks(sheet)["refused"] == "removed"
    for _ in range(5):
        committed.undo()
    assert (marks(sheet), marks(domain), marks(system)) == ({}, {}, {})

    committed.redo()
    assert marks(sheet) == {"in_stock": "changed"}
    committed.save()
    run_git(committed.root, "commit", "-qam", "Ask otherwise")
    sheet.ask("set", id="placed", path=["label"], value="Sold")
    assert marks(sheet) == {"placed": "changed"}
    sheet.ask("compare", revision="")
    assert marks(sheet) == {}
    assert sheet.board["compared"] is None


def test_what_was_renamed_is_changed_and_no_other_one(committed: Project) -> None:
    sheet, domain = Screen(committed, AT), Screen(committed, "orders")
    for screen in (sheet, domain):
        screen.ask("compare", revision="HEAD")
    sheet.ask("rename", id="charge", to="bill")
    assert marks(sheet) == {"bill": "changed"}
    assert line_marks(sheet) == {}
    domain.ask("rename_flow", at=AT, name="buy")
    assert marks(domain) == {"flow:buy": "changed"}
    assert marks(sheet) == {"bill": "changed"}


def test_a_proposal_goes_first_and_other_canvases_compare_nothing(committed: Project) -> None:
    sheet, other = Screen(committed, AT), Screen(committed, AT)
    sheet.ask("compare", revision="HEAD")
    sheet.ask("set", id="in_stock", path=["label"], value="Enough left?")
    broadcaster = broadcaster_of(committed.workbench)
    broadcaster.propose(proposal(committed.workbench, node("tell", "event")))
    assert marks(sheet) == marks(other) == {"tell": "added"}
    broadcaster.propose(None)
    assert marks(sheet) == {"in_stock": "changed"}
    assert marks(other) == {}


def test_what_cannot_be_compared_is_said_and_nothing_changes(
    tmp_path: Path, shop: Project, look: Callable[[str], Screen]
) -> None:
    screen = look(AT)
    assert "no Git repository" in screen.refused("compare", revision="HEAD")
    run_git(shop.root, "init", "-q")
    assert "Commit first" in screen.refused("compare", revision="HEAD")
    assert screen.board["compared"] is None

    root = write_shop(tmp_path / "broken")
    whole = (root / FLOW).read_text()
    (root / FLOW).write_text("nodes: [")
    run_git(root, "init", "-q")
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", "Broken")
    (root / FLOW).write_text(whole)
    project = Project(root, watch=False)
    sheet = Screen(project, AT)
    sheet.ask("compare", revision="HEAD")
    assert "the earlier version cannot be read" in sheet.board["compared"]["words"]
    assert marks(sheet) == {}
    assert "'v9' names no commit" in sheet.refused("compare", revision="v9")
    assert sheet.board["compared"]["name"] == "the last commit"
    with pytest.raises(RevisionError):
        project.canvas(AT, compare="v9")
    project.canvas(AT, compare="HEAD~0")
