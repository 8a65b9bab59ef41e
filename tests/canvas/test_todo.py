"""Cards that were just added: what is wrong with them is to do, until they are left or saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen

Look = Callable[..., Screen]
AT = "orders/place-order"
SILENT = {"errors": 0, "warnings": 0, "infos": 0}


@pytest.fixture
def screen(look: Look) -> Screen:
    return look(AT)


def added(screen: Screen) -> str:
    return str(screen.ask("add", type="data_store", x=900, y=900)["id"])


def problems_of(screen: Screen, card: str) -> list[dict[str, Any]]:
    return [one for one in screen.ask("problems")["problems"] if one["card"] == card]


def test_what_a_new_card_lacks_is_to_do_and_no_error(screen: Screen) -> None:
    before = screen.board["problems"]
    id = added(screen)

    listed = problems_of(screen, id)
    assert listed
    assert all(problem["todo"] for problem in listed)
    assert screen.cards[id]["problems"] == SILENT | {"todo": len(listed)}
    assert screen.board["problems"] == before | {"todo": len(listed)}
    assert not screen.ask("inspect", id="basket")["problems"]
    assert all(problem["todo"] for problem in screen.ask("inspect", id=id)["problems"])


def test_a_card_that_was_filled_in_and_left_has_problems_like_any_other(screen: Screen) -> None:
    id = added(screen)
    screen.ask("leave", cards=[id])
    assert screen.cards[id]["problems"]["todo"], "nothing was filled in yet"

    screen.ask("set", id=id, path=["spec", "operation"], value="read")
    screen.ask("leave", cards=[id])
    assert screen.cards[id]["problems"]["todo"], "nothing leads to it yet"

    screen.ask("connect", source="in_stock", output="true", target=id)
    screen.ask("rename", id=id, to="baskets")
    assert all(problem["todo"] for problem in problems_of(screen, "baskets"))
    screen.ask("leave", cards=["baskets"])
    assert screen.cards["baskets"]["problems"]["todo"] == 0
    assert screen.cards["baskets"]["problems"]["warnings"]


def test_a_saved_design_has_nothing_to_do(screen: Screen) -> None:
    id = added(screen)
    screen.ask("save")
    assert screen.cards[id]["problems"]["todo"] == 0
    assert not any(problem["todo"] for problem in problems_of(screen, id))


def test_a_new_flow_is_to_do_with_all_that_is_in_it(look: Look) -> None:
    screen = look()
    before = screen.board["problems"]
    at = screen.ask("new_flow", name="Return goods", domain="orders")["at"]
    screen.ask("go", at=at)
    found = [one for one in screen.ask("problems")["problems"] if one["at"] == at]
    assert all(problem["todo"] for problem in found)
    assert screen.board["problems"] == before | {"todo": len(found)}


def test_a_problem_says_which_field_it_is_about_and_what_people_call_the_card(
    screen: Screen, shop: Project
) -> None:
    id = added(screen)
    screen.ask("set", id=id, path=["label"], value="Store the basket")
    id = "store_the_basket"  # ids follow the first label
    fields = [problem["field"] for problem in problems_of(screen, id)]
    assert ["spec", "model"] in fields
    assert all(one["title"].endswith("› Store the basket") for one in problems_of(screen, id))
    assert ("spec", "model") in [one.field for one in shop.problems if one.where == f"{AT}#{id}"]
