"""Lines of a sheet in the spec panel, and nodes as the YAML that they have in their file."""

from __future__ import annotations

from collections.abc import Callable

from ddd_lab.project import Project
from tests.canvas.screen import Screen, text_of
from tests.canvas.shop import PLACE_ORDER, PLACE_ORDER_FILE

Look = Callable[..., Screen]
AT = "orders/place-order"


def test_a_line_is_described_with_its_form_and_its_lines_in_the_file(look: Look) -> None:
    screen = look(AT)
    seen = screen.ask("inspect_link", id=screen.link("charge", "failure"))
    assert (seen["kind"], seen["type_title"], seen["readonly"]) == ("link", "Connection", "")
    assert {"label", "behavior", "data", "condition", "async", "retry_config"} <= set(
        seen["card_schema"]["properties"]
    )
    assert seen["data"] == {}
    assert "refused" in seen["yaml"]
    assert seen["line"] == 1 + PLACE_ORDER.split("\n").index(
        "    connections: {success: placed, failure: refused}"
    )


def test_what_a_line_says_is_set_and_removed_one_step_each(look: Look, shop: Project) -> None:
    screen = look(AT)
    link = screen.link("charge", "failure")
    screen.ask("set_link", id=link, path=["behavior"], value="retry")
    screen.ask("set_link", id=link, path=["retry_config", "max_attempts"], value=3)
    screen.ask("set_link", id=link, path=["data"], value=["first", "second"])
    screen.ask("move_link_item", id=link, path=["data", 1], to=0)
    assert screen.ask("inspect_link", id=link)["data"] == {
        "behavior": "retry",
        "retry_config": {"max_attempts": 3},
        "data": ["second", "first"],
    }
    screen.ask("unset_link", id=link, path=["data"])
    assert "retry_config" in screen.refused(
        "set_link", id=link, path=["retry_config", "max_attempts"], value=[]
    )
    screen.ask("save")
    saved = text_of(shop, PLACE_ORDER_FILE)
    assert "max_attempts: 3" in saved
    for _ in range(5):
        screen.ask("undo")
    screen.ask("save")
    assert text_of(shop, PLACE_ORDER_FILE) == PLACE_ORDER


def test_a_line_is_led_elsewhere_and_keeps_what_it_says(look: Look) -> None:
    screen = look(AT)
    first = screen.link("charge", "failure")
    screen.ask("set_link", id=first, path=["label"], value="no money")
    second = screen.ask("redirect", id=first, target="placed")["id"]
    assert ("charge", "failure", "placed") in screen.lines()
    assert ("charge", "failure", "refused") not in screen.lines()
    assert screen.ask("inspect_link", id=second)["data"] == {"label": "no money"}
    assert "no connection can lead to it" in screen.refused("redirect", id=second, target="start")
    assert screen.ask("redirect", id=second, target="placed")["id"] == second
    screen.ask("undo")
    assert ("charge", "failure", "refused") in screen.lines()


def test_a_line_that_is_gone_is_refused(look: Look) -> None:
    assert "no longer exist" in look(AT).refused("inspect_link", id="ghost")


def test_a_node_is_edited_as_yaml_with_its_comments(look: Look, shop: Project) -> None:
    screen = look(AT)
    text = screen.ask("node_yaml", id="refused")["text"]
    assert text.startswith("id: refused\n") or text.startswith("- id: refused\n")
    assert "# the tool does not know this key" in text

    edited = text.replace("status: 422", "status: 409   # a conflict")
    diff = screen.ask("check_node_yaml", id="refused", text=edited)["diff"]
    assert "-      status: 422" in diff
    assert "+      status: 409   # a conflict" in diff
    assert shop.flows[AT].data.by_id["refused"].spec["status"] == 422

    taken = screen.ask("set_node_yaml", id="refused", text=edited)
    assert taken == {"id": "refused", "text": screen.ask("node_yaml", id="refused")["text"]}
    screen.ask("save")
    assert text_of(shop, PLACE_ORDER_FILE) == PLACE_ORDER.replace(
        "status: 422", "status: 409   # a conflict"
    )


def test_what_cannot_be_taken_over_is_told_with_its_line(look: Look) -> None:
    screen = look(AT)
    text = screen.ask("node_yaml", id="refused")["text"]
    broken = text.replace("body: {", "body: [{")
    told = screen.ask("check_node_yaml", id="refused", text=broken)
    assert told["line"] >= 1
    assert told["problem"].startswith("line ")
    assert "line" in screen.refused("set_node_yaml", id="refused", text=broken).lower()


def test_a_renamed_node_is_followed(look: Look) -> None:
    screen = look(AT)
    text = screen.ask("node_yaml", id="refused")["text"].replace("id: refused", "id: turned_down")
    assert screen.ask("set_node_yaml", id="refused", text=text)["id"] == "turned_down"
    assert ("charge", "failure", "turned_down") in screen.lines()
