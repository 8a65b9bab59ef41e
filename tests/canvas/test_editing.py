"""Every edit that the canvas offers, in the flow and on the screen."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

import ddd_lab
from ddd_lab.project import Project
from ddd_lab.spec.models.base import Position
from tests.canvas.screen import Screen, text_of
from tests.canvas.shop import PLACE_ORDER, PLACE_ORDER_FILE, write_shop

Look = Callable[..., Screen]
AT = "orders/place-order"


@pytest.fixture
def screen(look: Look) -> Screen:
    return look(AT)


@pytest.mark.covers("T05.2", "S02.2")
def test_a_node_is_placed_where_it_was_dropped(screen: Screen, shop: Project) -> None:
    id = screen.ask("add", type="process", x=640.4, y=420)["id"]

    node = shop.flows[AT].nodes[id]
    assert node.type == "process"
    assert node.position == Position(640.4, 420)
    assert (screen.cards[id]["x"], screen.cards[id]["y"]) == (640.4, 420)
    assert screen.board["status"]["undo"] == "add process"


def test_a_node_can_be_placed_and_connected_in_one_step(screen: Screen, shop: Project) -> None:
    id = screen.ask("add", type="event", x=0, y=0, connect_from="in_stock", output="true")["id"]

    assert ("in_stock", "true", id) in screen.lines()
    shop.undo()
    assert id not in screen.cards
    assert ("in_stock", "true", id) not in screen.lines()


def test_an_unknown_type_and_a_second_trigger_are_refused(screen: Screen) -> None:
    assert "no node type 'teapot'" in screen.refused("add", type="teapot", x=0, y=0)
    assert "has a trigger already" in screen.refused("add", type="trigger", x=0, y=0)


@pytest.mark.covers("T07.2", "T07.3", "S02.4")
def test_a_line_is_drawn_and_stands_in_the_flow(screen: Screen, shop: Project) -> None:
    id = screen.ask("add", type="process", x=0, y=0)["id"]
    screen.ask("connect", source=id, output="next", target="placed")

    assert (id, "next", "placed") in screen.lines()
    assert shop.flows[AT].nodes[id].connections == {"next": ["placed"]}


def test_a_line_that_makes_no_sense_is_refused(screen: Screen) -> None:
    assert "no outputs" in screen.refused("connect", source="placed", target="refused")
    assert "no connection can lead to it" in screen.refused(
        "connect", source="basket", output="valid", target="start"
    )
    assert "no output 'maybe'" in screen.refused(
        "connect", source="in_stock", output="maybe", target="placed"
    )
    assert "already leads" in screen.refused(
        "connect", source="in_stock", output="true", target="charge"
    )
    assert "no node 'ghost'" in screen.refused("connect", source="ghost", target="placed")


def test_several_cards_and_lines_are_deleted_in_one_step(screen: Screen, shop: Project) -> None:
    before = shop.flows[AT].data
    screen.ask("remove", cards=["charge", "placed"], links=[screen.link("in_stock", "false")])

    assert set(screen.cards) == {"start", "basket", "in_stock", "refused"}
    assert not [line for line in screen.lines() if line[0] == "in_stock"]
    assert screen.board["status"]["undo"] == "delete 3 things"
    screen.ask("undo")
    assert shop.flows[AT].data == before
    assert set(screen.cards) == {"start", "basket", "in_stock", "charge", "placed", "refused"}


def test_the_trigger_cannot_be_deleted(screen: Screen) -> None:
    assert "trigger cannot be deleted" in screen.refused("remove", cards=["start", "placed"])
    assert "placed" in screen.cards


def test_a_line_is_deleted(screen: Screen, shop: Project) -> None:
    screen.ask("disconnect", links=[screen.link("basket", "invalid")])

    assert shop.flows[AT].nodes["basket"].connections == {"valid": ["in_stock"]}
    assert "no longer exist" in screen.refused("disconnect", links=["no such line"])


@pytest.mark.covers("T06.3", "S02.3")
def test_a_setting_is_set_and_removed(screen: Screen, shop: Project) -> None:
    spec = shop.flows[AT].nodes["refused"].spec
    screen.ask("set", id="refused", path=["spec", "status"], value=409)
    screen.ask("set", id="refused", path=["spec", "body", "message"], value="Sold out")
    screen.ask("set", id="refused", path=["label"], value="Sold out")
    screen.ask("unset", id="refused", path=["spec", "audience"])

    assert spec.to_dict() == {"status": 409, "body": {"message": "Sold out"}}
    assert screen.cards["refused"]["title"] == "Sold out"
    assert "409" in screen.cards["refused"]["summary"]


def test_values_keep_their_types(screen: Screen, shop: Project) -> None:
    values = ["8080", 8080, 1.5, True, None, [1, "1", {"a": []}], {"yes": "no"}, "", "ünï\n☃"]
    for value in values:
        screen.ask("set", id="refused", path=["spec", "mine"], value=value)
        found = shop.flows[AT].data.by_id["refused"].spec["mine"]
        assert found == value
        assert type(found) is type(value)


def test_items_of_lists_are_added_changed_and_removed(screen: Screen, shop: Project) -> None:
    def set_item(*path: object, value: object) -> None:
        screen.ask("set", id="refused", path=["spec", "reasons", *path], value=value)

    set_item(value=[])
    for index, word in enumerate(["late", "lost", "sold"]):
        set_item(index, value=word)
    set_item(1, value="broken")
    screen.ask("unset", id="refused", path=["spec", "reasons", 0])

    assert shop.flows[AT].nodes["refused"].spec["reasons"] == ["broken", "sold"]
    assert "no item 7" in screen.refused(
        "set", id="refused", path=["spec", "reasons", 7], value="x"
    )


def test_a_number_may_name_a_key_of_a_map(screen: Screen, shop: Project) -> None:
    screen.ask("set", id="refused", path=["spec", "by_code"], value={"404": "a"})
    screen.ask("set", id="refused", path=["spec", "by_code", 404], value="b")

    assert shop.flows[AT].nodes["refused"].spec["by_code"].to_dict() == {"404": "b"}


def test_a_value_of_the_wrong_type_is_refused_in_words(screen: Screen, shop: Project) -> None:
    said = screen.refused("set", id="charge", path=["spec", "input_mapping"], value=[1])

    assert "input_mapping" in said
    assert shop.dirty == set()


def test_typing_in_one_field_is_one_step(screen: Screen, shop: Project) -> None:
    for text in itertools.accumulate("Buy"):
        screen.ask("set", id="placed", path=["label"], value=text)
        screen.ask("inspect", id="placed")  # as the spec panel does after every change
    screen.ask("set", id="refused", path=["label"], value="No")

    screen.ask("undo")
    assert shop.flows[AT].nodes["placed"].label == "Buy"
    screen.ask("undo")
    assert shop.flows[AT].nodes["placed"].label == "Order placed"
    assert shop.dirty == set()


def test_nudging_a_card_is_one_step_whatever_the_panels_ask_meanwhile(
    screen: Screen, shop: Project
) -> None:
    for x in (1250, 1260, 1270):
        screen.ask("move", moves=[{"id": "placed", "x": x, "y": 60}])
        screen.ask("inspect", id="placed")
        screen.ask("problems")

    screen.ask("undo")
    assert shop.flows[AT].nodes["placed"].position == Position(1240, 60)
    assert shop.dirty == set()


def test_saving_ends_a_step(screen: Screen, shop: Project) -> None:
    for x in (1250, 1260):
        screen.ask("move", moves=[{"id": "placed", "x": x, "y": 60}])
        screen.ask("save")

    screen.ask("undo")
    assert shop.flows[AT].nodes["placed"].position == Position(1250, 60)


RENAMED = """\
  - id: codes
    type: process
    spec:
      by_code:
        late: {min: 1.0, account: 9007199254740993}   # kept
        "404": gone
        email:    # where to write
          type: string
        ok: fine
"""


def test_a_renamed_key_leaves_its_neighbours_as_they_stand(tmp_path: Path) -> None:
    text = PLACE_ORDER.replace("nodes:\n", f"nodes:\n{RENAMED}", 1)
    with Project(write_shop(tmp_path / "shop", **{PLACE_ORDER_FILE: text}), watch=False) as shop:
        screen = Screen(shop, AT)
        screen.ask("rename_key", id="codes", path=["spec", "by_code", "email"], to="mail")
        screen.ask("rename_key", id="codes", path=["spec", "by_code", 404], to="missing", value=1)
        screen.ask("save")
        saved = text_of(shop, PLACE_ORDER_FILE)
        assert saved == text.replace("email:", "mail:").replace('"404": gone', "missing: 1")

        assert "has a key 'ok' already" in screen.refused(
            "rename_key", id="codes", path=["spec", "by_code", "mail"], to="ok"
        )
        assert "no key" in screen.refused(
            "rename_key", id="codes", path=["spec", "by_code", "ghost"], to="x"
        )
        screen.ask("undo")
        screen.ask("undo")
        screen.ask("save")
        assert text_of(shop, PLACE_ORDER_FILE) == text


def test_a_key_is_renamed_to_one_that_its_old_value_would_not_suit(
    screen: Screen, shop: Project
) -> None:
    path = ["spec", "fields", "sku", "min_length"]
    assert "valid string" in screen.refused("rename_key", id="basket", path=path, to="pattern")
    screen.ask("rename_key", id="basket", path=path, to="pattern", value="^[A-Z]+$")

    sku = shop.flows[AT].data.by_id["basket"].spec["fields"]["sku"]
    assert list(sku) == ["type", "required", "pattern", "error"]
    assert sku["pattern"] == "^[A-Z]+$"


def test_a_key_kept_at_the_top_of_the_file_is_renamed_there(look: Look, shop: Project) -> None:
    screen = look("support/answer-customer")
    screen.ask("set", id="", path=["agent_config", "limits"], value={"a": 1, "b": 2})
    screen.ask("rename_key", id="", path=["agent_config", "limits", "a"], to="first")
    screen.ask("rename_key", id="loop", path=["spec", "limits", "b"], to="second")

    limits = shop.flows["support/answer-customer"].data.extra["agent_config"]["limits"]
    assert list(limits.items()) == [("first", 1), ("second", 2)]


def test_renaming_follows_everywhere(screen: Screen, shop: Project) -> None:
    assert screen.ask("rename", id="refused", to="sold_out") == {"id": "sold_out"}

    assert "refused" not in screen.cards
    assert ("basket", "invalid", "sold_out") in screen.lines()
    assert "already a node 'placed'" in screen.refused("rename", id="sold_out", to="placed")
    assert "cannot be an id" in screen.refused("rename", id="sold_out", to="no way")


def test_the_flow_itself_can_be_renamed_for_people(screen: Screen, shop: Project) -> None:
    screen.ask("set", id="", path=["name"], value="Buy")

    assert shop.flows[AT].name == "Buy"
    assert screen.board["title"] == "Buy"
    assert screen.board["breadcrumb"][-1]["title"] == "Buy"


def test_settings_of_an_agent_are_edited_at_the_flow(look: Look, shop: Project) -> None:
    screen = look("support/answer-customer")
    seen = screen.ask("inspect", id="")["data"]
    assert seen["agent_config"]["max_iterations"] == 8
    screen.ask("set", id="", path=["agent_config", "max_iterations"], value=3)
    screen.ask("unset", id="", path=["agent_config", "system_prompt"])

    extra = shop.flows["support/answer-customer"].data.extra
    assert extra["agent_config"] == {"model": "claude-sonnet-4-5-20250929", "max_iterations": 3}
    assert "there is no" in screen.refused("unset", id="", path=["agent_config", "nope"])
    assert "cannot be set here" in screen.refused("set", id="", path=["nodes"], value=[])


def test_the_first_move_on_an_unplaced_sheet_writes_the_places_that_were_shown(
    look: Look, shop: Project
) -> None:
    screen = look("orders/track-order")
    shown = {id: Position(card["x"], card["y"]) for id, card in screen.cards.items()}
    screen.ask("move", moves=[{"id": "found", "x": 900, "y": -40}])

    placed = {node.id: node.position for node in shop.flows["orders/track-order"].data.all_nodes()}
    assert placed == {**shown, "found": Position(900, -40)}
    assert all(card["placed"] for card in screen.cards.values())


def test_several_cards_move_in_one_step(screen: Screen, shop: Project) -> None:
    moves = [{"id": id, "x": 10 * n, "y": 5} for n, id in enumerate(["placed", "refused"])]
    screen.ask("move", moves=moves)

    assert shop.flows[AT].nodes["refused"].position == Position(10, 5)
    assert screen.board["status"]["undo"] == "move 2 cards"
    screen.ask("undo")
    assert shop.dirty == set()


@pytest.mark.covers("T04.3", "S02.1")
def test_a_new_flow_has_a_trigger_and_a_terminal_and_is_listed(look: Look, shop: Project) -> None:
    screen = look("orders")
    at = screen.ask("new_flow", name="Return goods", domain="orders", type="traditional")["at"]

    assert at == "orders/return-goods"
    assert screen.cards["flow:return-goods"]["title"] == "Return goods"
    screen.ask("go", at=at)
    assert [card["type"] for card in screen.board["cards"]] == ["trigger", "terminal"]
    assert screen.lines() == {(*next(iter(screen.lines()))[:2], "done")}
    assert len(shop.dirty) == 2
    screen.ask("undo")
    assert shop.dirty == set()


def test_a_new_flow_that_cannot_be_is_refused(look: Look) -> None:
    screen = look("orders")
    for wrong, said in (
        ({"name": "Place order", "domain": "orders"}, "already a flow"),
        ({"name": "???", "domain": "orders"}, "id can be made from"),
        ({"name": "X", "domain": "nope"}, "no domain 'nope'"),
        ({"name": "X", "domain": "orders", "type": "magic"}, "type"),
    ):
        assert said in screen.refused("new_flow", **wrong)


def test_maps_are_not_edited_like_sheets(look: Look) -> None:
    for at in ("", "orders"):
        screen = look(at)
        assert "open a flow" in screen.refused("add", type="process", x=0, y=0).lower()
        assert "line follows from the specs" in screen.refused(
            "disconnect", links=[screen.board["links"][0]["id"]]
        )


def test_the_notebook_and_the_canvas_edit_the_same_flow(screen: Screen, shop: Project) -> None:
    flow = shop.flows[AT]
    flow.add_node("process", id="wrap", label="Wrap it", position=(700, 500))
    assert screen.cards["wrap"]["title"] == "Wrap it"
    screen.ask("move", moves=[{"id": "wrap", "x": 1, "y": 2}])
    assert flow.nodes["wrap"].position == Position(1, 2)
    flow.connect("wrap", "placed")
    assert ("wrap", "next", "placed") in screen.lines()
    screen.ask("set", id="wrap", path=["spec", "description"], value="in paper")
    assert flow.nodes["wrap"].spec.description == "in paper"
    assert screen.state() == "unsaved"
    assert screen.board["status"]["unsaved"] == [PLACE_ORDER_FILE]


def test_a_refusal_is_said_in_words_of_ours(look: Look) -> None:
    screen = look("orders/place-order")
    said = screen.refused("set", id="placed", path=["spec", "x"], value=float("inf"))
    assert "Value error" not in said
    said = screen.refused("set", id="charge", path=["spec", "flow_ref"], value=["a"])
    assert "Value error" not in said


def test_the_problem_list_comes_after_a_check_once_it_was_asked_for(screen: Screen) -> None:
    before = screen.ask("problems")["problems"]
    screen.ask("disconnect", links=[screen.link("in_stock", "true")])
    assert not screen.patches[-1]["problem_list"]

    screen.ask("inspect", id="in_stock")  # without an event loop, checks wait for the next command
    assert len(screen.patches[-1]["problem_list"]) > len(before)


def test_a_change_that_no_card_shows_is_told_to_who_shows_a_form(
    screen: Screen, shop: Project
) -> None:
    shop.flows["orders/place-order"].nodes["basket"].spec.fields = {"it": {"type": "uuid"}}
    rev = screen.board["rev"]
    shop.flows["orders/place-order"].nodes["basket"].spec.fields = {"it": {"type": "date"}}

    assert screen.board["rev"] > rev


def test_a_canvas_of_another_version_changes_nothing(look: Look) -> None:
    screen = look("orders/place-order")
    assert screen.hello(version="0.0.1") == ddd_lab.__version__

    said = screen.refused("set", id="placed", path=["label"], value="Done")
    assert said == (
        f"The canvas in this page is of DDD Lab 0.0.1, the kernel runs {ddd_lab.__version__}; "
        "nothing was changed. Restart the kernel."
    )
    screen.refused("save")
    assert screen.project.flows["orders/place-order"].nodes["placed"].label != "Done"

    screen.hello()
    screen.ask("set", id="placed", path=["label"], value="Done")
