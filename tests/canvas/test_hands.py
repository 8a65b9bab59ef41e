"""The clipboard, arranging, pictures to take away and the list of open sheets, as Python has it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen, text_of
from tests.canvas.shop import PLACE_ORDER_FILE, write_shop

Look = Callable[..., Screen]
AT = "orders/place-order"


@pytest.fixture
def screen(look: Look) -> Screen:
    return look(AT)


def corner(screen: Screen, id: str) -> tuple[float, float]:
    """Where a card lies on the screen."""
    card = screen.cards[id]
    return card["x"], card["y"]


def overlap(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two cards lie on each other."""
    return bool(
        a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
    )


def test_copied_cards_are_pasted_with_the_lines_among_them(screen: Screen, look: Look) -> None:
    text = screen.ask("copy", cards=["start", "charge", "placed", "refused"])["text"]
    other = look("orders/track-order")

    ids = other.ask("paste", text=text, x=100, y=900)["ids"]

    assert ids == ["charge", "placed", "refused"]  # a flow keeps its own trigger
    assert ("charge", "success", "placed") in other.lines()
    assert ("charge", "failure", "refused") in other.lines()
    assert min(corner(other, id) for id in ids) == (100, 900)
    assert other.board["status"]["undo"] == "paste 3 nodes"
    other.ask("undo")
    assert other.state() == "saved"


def test_cards_are_pasted_between_projects_with_ids_that_are_free(
    screen: Screen, tmp_path: Path
) -> None:
    text = screen.ask("copy", cards=["charge", "placed"])["text"]
    with Project(write_shop(tmp_path / "other"), watch=False) as project:
        other = Screen(project, AT)
        assert other.ask("paste", text=text)["ids"] == ["charge_2", "placed_2"]
        assert ("charge_2", "success", "placed_2") in other.lines()
        assert other.board["project"] != screen.board["project"]
        other.canvas.close()


def test_cut_is_one_step_and_the_trigger_stays(screen: Screen) -> None:
    before = screen.lines()
    text = screen.ask("cut", cards=["start", "charge", "placed"])["text"]

    assert "id: charge" in text
    assert set(screen.cards) == {"start", "basket", "in_stock", "refused"}
    screen.ask("undo")
    assert screen.lines() == before
    assert screen.state() == "saved"


def test_what_is_no_nodes_is_not_pasted(screen: Screen, look: Look) -> None:
    assert "nothing to paste" in screen.refused("paste", text="  \n").lower()
    assert screen.refused("paste", text="Dear Ada, how are you?")
    assert screen.refused("paste", text="x: [1, 2")
    assert "2000000" in screen.refused("paste", text="x" * 2_000_001)
    assert screen.state() == "saved"
    assert "open a flow first" in look("orders").refused("paste", text="- type: process").lower()


def test_duplicates_lie_beside_and_are_one_step(screen: Screen, shop: Project) -> None:
    ids = screen.ask("duplicate", cards=["charge", "placed"])["ids"]

    assert ids == ["charge_2", "placed_2"]
    assert ("charge_2", "success", "placed_2") in screen.lines()
    x, y = corner(screen, "charge_2")
    assert abs(x - 980) + abs(y - 100) < 200
    assert screen.board["status"]["undo"] == "duplicate 2 cards"
    shop.undo()
    assert shop.dirty == set()


def test_cards_of_a_sheet_are_arranged_in_one_step_each(screen: Screen) -> None:
    before = {id: corner(screen, id) for id in screen.cards}
    screen.ask("align", cards=["in_stock", "charge", "refused"], side="left")
    assert {corner(screen, id)[0] for id in ("in_stock", "charge", "refused")} == {640}
    screen.ask("distribute", cards=["start", "basket", "in_stock"], way="horizontally")
    screen.ask("move", moves=[{"id": "placed", "x": 1003, "y": 617}])
    screen.ask("snap", cards=["placed"])
    assert corner(screen, "placed") == (1000, 620)
    for _ in range(4):
        screen.ask("undo")

    assert {id: corner(screen, id) for id in screen.cards} == before
    assert screen.state() == "saved"
    assert "at least 2" in screen.refused("align", cards=["placed"], side="top")
    assert screen.refused("align", cards=["placed", "refused"], side="inside")
    assert screen.refused("distribute", cards=[], way="vertically")


def test_a_tidied_sheet_is_as_it_was_after_undo(screen: Screen, shop: Project) -> None:
    screen.ask("move", moves=[{"id": "placed", "x": 341, "y": 162}])  # onto another card
    screen.ask("save")
    saved = text_of(shop, PLACE_ORDER_FILE)
    screen.ask("tidy")
    assert not any(overlap(*pair) for pair in itertools.combinations(screen.cards.values(), 2))
    screen.ask("undo")
    screen.ask("save")
    assert text_of(shop, PLACE_ORDER_FILE) == saved


def test_blocks_of_maps_are_arranged_too(look: Look) -> None:
    system = look("")
    system.ask("align", cards=["billing", "support"], side="left")
    system.ask("align", cards=["orders", "billing"], side="top")
    assert corner(system, "orders")[1] == corner(system, "billing")[1]
    assert system.board["status"]["undo"] == "align 2 cards"
    system.ask("tidy")
    system.ask("snap")

    domain = look("orders")
    flows = ["flow:place-order", "flow:track-order"]
    domain.ask("distribute", cards=[*flows, "portal:billing"], way="vertically")
    domain.ask("align", cards=flows, side="right")
    assert corner(domain, flows[0])[0] == corner(domain, flows[1])[0]
    assert "no card" in domain.refused("align", cards=["flow:ghost", flows[0]], side="top")
    for _ in range(6):
        domain.ask("undo")
    assert domain.state() == "saved"


@pytest.mark.parametrize("at", ["", "orders", AT])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_board_can_be_taken_away_as_a_picture(look: Look, at: str, theme: str) -> None:
    screen = look(at)
    svg = screen.ask("export_picture", format="svg", theme=theme)["text"]

    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert screen.ask("export_picture", format="mermaid")["text"].startswith("flowchart")


def test_a_picture_shows_what_is_not_saved_yet(screen: Screen) -> None:
    screen.ask("set", id="placed", path=["label"], value="Sent off")

    assert "Sent off" in screen.ask("export_picture", format="svg")["text"]
    assert screen.refused("export_picture", format="gif")


def test_open_sheets_are_named_and_those_that_are_gone_are_not(
    screen: Screen, shop: Project
) -> None:
    asked = [AT, "orders/track-order", "orders/ghost", "orders"]
    titles = {AT: "Place order", "orders/track-order": "Track order"}
    assert screen.ask("sheets", at=asked) == {"titles": titles}
    shop.workbench.delete_flow("orders/track-order")
    assert screen.ask("sheets", at=asked) == {"titles": {AT: "Place order"}}
