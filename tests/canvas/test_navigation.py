"""Going from level to level and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen

Look = Callable[..., Screen]


def crumbs(screen: Screen) -> list[str]:
    return [crumb["title"] for crumb in screen.board["breadcrumb"]]


@pytest.mark.covers("T03.1", "T03.2", "T03.3", "S01.7")
def test_the_breadcrumb_says_where_one_is(look: Look) -> None:
    screen = look()
    assert crumbs(screen) == ["System Map"]
    screen.ask("go", at="orders")
    assert crumbs(screen) == ["System Map", "orders"]
    screen.ask("go", at="orders/place-order")
    assert crumbs(screen) == ["System Map", "orders", "Place order"]


@pytest.mark.covers("T03.5", "T03.6", "S01.9")
def test_up_leads_one_level_up_and_nowhere_from_the_system_map(look: Look) -> None:
    screen = look("orders/place-order")
    seen = []
    for _ in range(4):
        screen.ask("up")
        seen.append(screen.board["at"])
    assert seen == ["orders", "", "", ""]


@pytest.mark.covers("T08.1", "T08.3")
def test_up_after_a_sub_flow_returns_to_the_flow_that_called_it(look: Look) -> None:
    screen = look("orders/place-order")
    screen.ask("go", at=screen.cards["charge"]["opens"])
    assert screen.board["at"] == "billing/charge-card"
    screen.ask("up")
    assert screen.board["at"] == "orders/place-order"
    screen.ask("up")
    assert screen.board["at"] == "orders"


def test_back_leads_the_way_people_came(look: Look) -> None:
    screen = look()
    assert not screen.board["can_go_back"]
    for at in ("orders", "billing", "billing/charge-card"):
        screen.ask("go", at=at)
    seen = []
    while screen.board["can_go_back"]:
        screen.ask("back")
        seen.append(screen.board["at"])
    assert seen == ["billing", "orders", ""]
    screen.ask("back")
    assert screen.board["at"] == ""


def test_back_without_a_way_leads_up(look: Look) -> None:
    screen = look("orders/place-order")
    screen.ask("back")
    assert screen.board["at"] == "orders"


def test_a_place_that_does_not_exist_is_refused_with_the_nearest_one(look: Look) -> None:
    screen = look()
    assert "orders/place-order" in screen.refused("go", at="orders/place-ordr")
    assert screen.board["at"] == ""


def test_the_notebook_can_send_the_canvas_somewhere(look: Look) -> None:
    screen = look()
    screen.canvas.at = "billing"
    assert screen.board["at"] == "billing"
    assert screen.board["can_go_back"]
    screen.ask("go", at="support")
    assert screen.canvas.at == "support"
    with pytest.raises(KeyError, match="no domain 'nope'"):
        screen.canvas.at = "nope"
    assert screen.canvas.at == screen.board["at"] == "support"


def test_a_canvas_at_no_place_is_refused(shop: Project) -> None:
    with pytest.raises(KeyError, match="did you mean 'orders'"):
        shop.canvas("order")


def test_what_is_gone_is_left_for_the_nearest_place(look: Look, shop: Project) -> None:
    screen = look("orders")
    at = screen.ask("new_flow", name="Return goods", domain="orders", type="traditional")["at"]
    screen.ask("go", at=at)

    shop.undo()

    assert screen.board["at"] == "orders"
    assert screen.canvas.at == "orders"
    assert screen.notices == ["The flow orders/return-goods no longer exists."]
