"""A proposal on the canvas: ghosts on the board of each level, a list with ticks, one undo step."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ddd_lab.canvas.session.broadcaster import broadcaster_of
from ddd_lab.implementation.writers import ModeError
from ddd_lab.project import Project
from tests.assist.proposing import PLACE, change, line, node, proposal
from tests.canvas.screen import Screen

EDITS = (
    node("tell", "event", label="Tell the shop", settings="event: order.told"),
    line("charge", "tell", "success"),
    change("in_stock", label="Enough left?"),
    {"op": "delete_node", "node": "refused"},
    {"op": "new_flow", "domain": "orders", "name": "Give back"},
    {"op": "new_domain", "name": "Returns"},
)


def ghosts(screen: Screen) -> dict[str, str]:
    """What becomes of each card on the screen that is a ghost."""
    return {id: card["ghost"]["kind"] for id, card in screen.cards.items() if card["ghost"]}


def test_each_level_shows_its_ghosts(shop: Project, look: Callable[[str], Screen]) -> None:
    sheet, domain, system = look(PLACE), look("orders"), look("")
    before = {id: (card["x"], card["y"]) for id, card in sheet.cards.items()}
    broadcaster_of(shop.workbench).propose(proposal(shop.workbench, *EDITS))
    assert ghosts(sheet) == {"tell": "added", "in_stock": "changed", "refused": "removed"}
    assert ghosts(domain) == {"flow:place-order": "changed", "flow:give-back": "added"}
    assert ghosts(system) == {"orders": "changed", "returns": "added"}
    assert sheet.cards["in_stock"]["title"] == "Enough left?"
    assert sheet.cards["in_stock"]["ghost"]["changes"] == [
        {"field": "label", "before": "Is it in stock?", "after": "Enough left?"}
    ]
    assert {id: (sheet.cards[id]["x"], sheet.cards[id]["y"]) for id in before} == before
    lines = {id: link["ghost"]["kind"] for id, link in sheet.links.items() if link["ghost"]}
    assert lines["charge success → tell"] == "added"
    assert lines["charge failure → refused"] == "removed"
    view = sheet.board["proposal"]
    assert (view["added"], view["changed"], view["removed"]) == (4, 1, 1)
    assert view["words"] == "4 added, 1 changed, 1 removed"
    assert [item["ticked"] for item in view["items"]] == [True] * 6


def test_what_is_unticked_leaves_the_board(shop: Project, look: Callable[[str], Screen]) -> None:
    screen = look(PLACE)
    broadcaster = broadcaster_of(shop.workbench)
    broadcaster.propose(proposal(shop.workbench, *EDITS))
    broadcaster.proposal.tick({"1"}, False)
    broadcaster.draw()
    assert ghosts(screen) == {"in_stock": "changed", "refused": "removed"}
    assert [item["ticked"] for item in screen.board["proposal"]["items"]][:2] == [False, False]
    broadcaster.proposal.tick({"2"}, True)
    broadcaster.draw()
    assert "tell" in ghosts(screen)


@pytest.mark.covers("T16.3")
def test_applying_leaves_the_cards_where_their_ghosts_were(
    shop: Project, look: Callable[[str], Screen]
) -> None:
    screen = look(PLACE)
    broadcaster = broadcaster_of(shop.workbench)
    broadcaster.propose(proposal(shop.workbench, *EDITS))
    ghost = screen.cards["tell"]
    applied = broadcaster.proposal.apply()
    assert applied is not None
    assert len(applied.done) == 6
    assert screen.board["proposal"] is None
    assert ghosts(screen) == {}
    card = screen.cards["tell"]
    assert (card["x"], card["y"]) == (ghost["x"], ghost["y"])
    shop.undo()
    assert "tell" not in screen.cards
    assert not shop.dirty


def test_cards_without_a_place_in_their_file_stay_where_they_are_seen(
    shop: Project, look: Callable[[str], Screen]
) -> None:
    screen = look("orders/track-order")
    screen.ask("move", moves=[{"id": "found", "x": 900, "y": 40}])
    before = {id: (card["x"], card["y"]) for id, card in screen.cards.items()}
    broadcaster = broadcaster_of(shop.workbench)
    edits = (node("log"), line("look_up", "log", "success"))
    broadcaster.propose(proposal(shop.workbench, *edits, at="orders/track-order"))
    broadcaster.proposal.apply()
    after = {id: (card["x"], card["y"]) for id, card in screen.cards.items()}
    assert {id: after[id] for id in before} == before
    assert "log" in after


def test_ghosts_follow_what_a_person_does_meanwhile(
    shop: Project, look: Callable[[str], Screen]
) -> None:
    screen = look(PLACE)
    broadcaster_of(shop.workbench).propose(proposal(shop.workbench, *EDITS))
    screen.ask("set", id="in_stock", path=["label"], value="My word")
    assert ghosts(screen) == {"tell": "added", "refused": "removed"}
    assert screen.cards["in_stock"]["title"] == "My word"
    assert screen.board["proposal"]["items"][2]["refused"] == (
        "label was changed meanwhile, and that change stays"
    )
    screen.ask("undo")
    assert ghosts(screen)["in_stock"] == "changed"


def test_a_growing_proposal_keeps_what_was_left_out(
    shop: Project, look: Callable[[str], Screen]
) -> None:
    screen = look(PLACE)
    broadcaster = broadcaster_of(shop.workbench)
    first = proposal(shop.workbench, *EDITS[:1], complete=False)
    broadcaster.propose(first)
    assert screen.board["proposal"]["complete"] is False
    broadcaster.proposal.tick({"1"}, False)
    broadcaster.propose(proposal(shop.workbench, *EDITS, id=first.id))
    assert ghosts(screen) == {"in_stock": "changed", "refused": "removed"}
    broadcaster.propose(None)
    assert ghosts(screen) == {}


def test_ghosts_are_nothing_that_a_command_could_change(
    shop: Project, look: Callable[[str], Screen]
) -> None:
    screen = look(PLACE)
    broadcaster_of(shop.workbench).propose(proposal(shop.workbench, *EDITS))
    assert "no node 'tell'" in screen.refused("remove", cards=["tell"], links=[])
    screen.ask("move", moves=[{"id": "basket", "x": 0, "y": 0}])
    assert "tell" not in shop.workbench.flow_data(PLACE).by_id


def test_in_explore_the_ghosts_stay_and_nothing_is_applied(
    shop: Project, look: Callable[[str], Screen]
) -> None:
    screen = look(PLACE)
    broadcaster = broadcaster_of(shop.workbench)
    broadcaster.propose(proposal(shop.workbench, *EDITS))
    with pytest.raises(ModeError, match="This chat is in Explore"):
        broadcaster.proposal.apply(mode="explore")
    broadcaster.draw()
    assert "tell" in ghosts(screen)
    assert not shop.dirty
