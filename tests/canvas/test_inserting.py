"""Cards put into lines, other types for cards, and ids that follow the first label."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen

Look = Callable[..., Screen]
AT = "orders/place-order"


@pytest.fixture
def screen(look: Look) -> Screen:
    return look(AT)


def places(screen: Screen) -> dict[str, tuple[float, float]]:
    """Where the cards lie on the screen."""
    return {id: (card["x"], card["y"]) for id, card in screen.cards.items()}


def test_a_card_in_a_line_is_one_step_and_only_what_is_in_its_way_moves(screen: Screen) -> None:
    before, lines = places(screen), screen.lines()
    line = screen.link("charge", "success")

    id = screen.ask("add", type="process", x=1090, y=60, link=line)["id"]

    assert {("charge", "success", id), (id, "next", "placed")} < screen.lines()
    assert ("charge", "success", "placed") not in screen.lines()
    now = places(screen)
    moved = {other: place for other, place in now.items() if before.get(other) != place}
    assert moved == {id: (1240, 60), "placed": (1540, 60)}
    screen.ask("undo")
    assert (places(screen), screen.lines()) == (before, lines)


def test_cards_push_each_other_along_the_flow(screen: Screen) -> None:
    screen.ask("move", moves=[{"id": "basket", "x": 300, "y": 160}])

    id = screen.ask("add", type="process", x=250, y=160, link=screen.link("start"))["id"]

    row = [places(screen)[card] for card in ("start", id, "basket", "in_stock")]
    assert row == sorted(row)
    gaps = [after[0] - before[0] for before, after in itertools.pairwise(row)]
    assert min(gaps) == 300


def test_what_follows_a_moved_card_in_another_row_follows_it(screen: Screen) -> None:
    screen.ask("add", type="process", x=600, y=160, link=screen.link("basket", "valid"))

    now = places(screen)
    assert {id: now[id] for id in ("in_stock", "charge", "placed", "refused")} == {
        "in_stock": (940, 160),
        "charge": (1240, 60),
        "placed": (1540, 60),
        "refused": (1540, 300),
    }


def test_a_card_that_lies_about_is_put_into_a_line(screen: Screen) -> None:
    id = screen.ask("add", type="service_call", x=0, y=900)["id"]

    screen.ask("insert", id=id, link=screen.link("in_stock", "true"), x=800, y=100)

    assert {("in_stock", "true", id), (id, "success", "charge")} < screen.lines()
    assert screen.board["status"]["undo"] == "put service_call into a line"


def test_what_ends_a_flow_is_in_no_line_and_the_palette_says_so(screen: Screen) -> None:
    line = screen.link("start")
    assert "ends the flow" in screen.refused("add", type="terminal", x=0, y=0, link=line)
    assert "at an end of this line" in screen.refused("insert", id="basket", link=line, x=0, y=0)
    ends = {entry["type"] for entry in screen.board["palette"] if entry["ends"]}
    assert "terminal" in ends
    assert "process" not in ends


def test_a_card_of_another_type_keeps_what_the_type_has_and_says_what_it_has_not(
    screen: Screen, shop: Project
) -> None:
    node = shop.flows[AT].nodes["in_stock"]
    label, place = node.label, places(screen)["in_stock"]

    dropped = screen.ask("retype", id="in_stock", type="process")["dropped"]

    card = screen.cards["in_stock"]
    assert (card["type"], card["title"], places(screen)["in_stock"]) == ("process", label, place)
    assert "the line from true to Charge the card" in dropped
    assert "the setting condition" in dropped
    assert any(target == "in_stock" for _, _, target in screen.lines())
    screen.ask("undo")
    assert screen.state() == "saved"
    assert "keeps its type" in screen.refused("retype", id="start", type="process")
    assert "no node type" in screen.refused("retype", id="charge", type="teapot")


def test_the_id_of_a_new_card_follows_its_first_label_and_no_later_one(
    screen: Screen, shop: Project
) -> None:
    id = screen.ask("add", type="data_store", x=0, y=0, connect_from="charge", output="failure")
    now = screen.ask("set", id=id["id"], path=["label"], value="Größe prüfen!")["id"]

    assert now == "grosse_prufen"
    assert ("charge", "failure", now) in screen.lines()
    assert screen.board["status"]["undo"] == "set label of data_store"
    assert screen.ask("set", id=now, path=["label"], value="Else")["id"] == now
    screen.ask("undo")
    if now in screen.cards:
        screen.ask("undo")
    assert "data_store" in screen.cards


def test_an_id_that_is_saved_or_named_stays(screen: Screen, shop: Project) -> None:
    id = screen.ask("add", type="process", x=0, y=0)["id"]
    screen.ask("set", id="placed", path=["spec", "body"], value="{{ process.result }}")
    assert screen.ask("set", id=id, path=["label"], value="Pack it")["id"] == id

    saved = screen.ask("add", type="decision", x=0, y=0)["id"]
    screen.ask("save")
    assert screen.ask("set", id=saved, path=["label"], value="Packed?")["id"] == saved
