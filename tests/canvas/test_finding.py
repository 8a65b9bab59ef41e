"""Search, find and replace as the canvas asks for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import PLACE_ORDER, write_shop

Look = Callable[..., Screen]
AT = "orders/place-order"


def test_search_finds_what_is_on_no_board_and_says_where(look: Look) -> None:
    matches = look().ask("search", text="ask the bank")["matches"]
    best = matches[0]
    assert (best["at"], best["card"]) == ("billing/charge-card", "ask_bank")
    assert best["title"] == "billing › Charge card › Ask the bank"
    assert best["text"] == {"before": "", "found": "Ask the bank", "after": ""}
    assert best["icon"]


def test_search_tells_a_thing_once(look: Look) -> None:
    found = look().ask("search", text="orders")["matches"]
    assert found[0]["kind"] == "domain"
    assert [match["at"] for match in found].count("orders") == 1
    assert not [match for match in found if match["path"].startswith("specs/system")]
    found = look().ask("search", text="stock")["matches"]
    assert [match["card"] for match in found] == ["in_stock"]


def test_search_leads_into_settings(look: Look) -> None:
    (match,) = look().ask("search", text="bank.example")["matches"]
    assert (match["card"], match["field"], match["what"]) == (
        "ask_bank",
        ["spec", "url"],
        "spec.url",
    )
    assert match["text"]["before"] == "https://"


def test_search_finds_domains_flows_and_nothing(look: Look) -> None:
    screen = look(AT)
    assert screen.ask("search", text="billing")["matches"][0]["at"] == "billing"
    assert screen.ask("search", text="track order")["matches"][0]["at"] == "orders/track-order"
    assert screen.ask("search", text="zebra")["matches"] == []
    assert screen.ask("search", text="")["matches"] == []


def test_a_thousand_flows_are_searched_within_a_tenth_of_a_second(tmp_path: Path) -> None:
    flows = {
        f"specs/domains/orders/flows/flow-{n}.yaml": PLACE_ORDER.replace("place-order", f"flow-{n}")
        for n in range(1000)
    }
    screen = Screen(Project(write_shop(tmp_path, **flows), watch=False), "billing")
    screen.ask("search", text="warm up")
    best = 9.0
    for text in ("stock", "flow-777", "spec condition"):
        started = time.process_time()
        screen.ask("search", text=text)
        best = min(best, time.process_time() - started)
    assert best < 0.1


def test_replacing_is_looked_at_chosen_and_one_step(look: Look, shop: Project) -> None:
    screen = look(AT)
    wanted = {"pattern": "order", "replacement": "purchase"}
    found = screen.ask("find", **wanted, scope=AT)
    assert found["total"] == len(found["changes"])
    assert found["kept"] > 0, "ids and references stay"
    labels = [one["before"] for one in found["changes"]]
    chosen = [labels.index("Order placed"), labels.index("Order refused")]
    assert found["changes"][chosen[0]] | {"what": "", "title": ""} == {
        "at": AT,
        "card": "placed",
        "title": "",
        "what": "",
        "before": "Order placed",
        "after": "purchase placed",
    }

    done = screen.ask("replace", **wanted, scope=AT, only=chosen, seen=found["seen"])

    assert done == {"count": 2}
    assert screen.cards["placed"]["title"] == "purchase placed"
    assert screen.board["title"] == "Place order", "what was not chosen stays"
    screen.ask("undo")
    assert screen.cards["placed"]["title"] == "Order placed"
    assert screen.board["status"]["undo"] == ""
    assert not shop.dirty


def test_ids_of_nodes_are_replaced_where_asked_for(look: Look) -> None:
    screen = look(AT)
    wanted = {"pattern": "^in_stock$", "replacement": "on_shelf", "regex": True, "ids": True}
    found = screen.ask("find", **wanted)
    screen.ask("replace", **wanted, only=[0], seen=found["seen"])
    assert ("basket", "valid", "on_shelf") in screen.lines()


def test_matches_that_have_changed_are_not_replaced_blindly(look: Look) -> None:
    screen = look(AT)
    wanted = {"pattern": "Sorry", "replacement": "Pardon"}
    found = screen.ask("find", **wanted)
    screen.ask("set", id="refused", path=["spec", "body", "message"], value="So sorry")
    refusal = screen.refused("replace", **wanted, only=[0], seen=found["seen"])
    assert "have changed since" in refusal


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"pattern": ""}, "Enter what to find"),
        ({"pattern": "(", "regex": True}, "not a regular expression"),
        ({"pattern": "x*", "regex": True}, "also matches empty text"),
        ({"pattern": "Sorry", "replacement": r"\9", "regex": True}, "not valid"),
        ({"pattern": "a", "scope": "attic"}, "no 'attic' to look in"),
    ],
)
def test_what_cannot_be_found_is_said(look: Look, arguments: dict[str, object], words: str) -> None:
    assert words in look().refused("find", **arguments)


def test_nothing_chosen_is_nothing_replaced(look: Look) -> None:
    screen = look(AT)
    found = screen.ask("find", pattern="Sorry")
    assert "at least one" in screen.refused("replace", pattern="Sorry", only=[], seen=found["seen"])
