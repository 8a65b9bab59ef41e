"""Commands that reach Python when the canvas shows another board than the person saw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen

Look = Callable[..., Screen]
PLACE, TRACK = "orders/place-order", "orders/track-order"


@pytest.fixture
def screen(look: Look) -> Screen:
    return look(PLACE)


def late(screen: Screen, at: str | None, op: str, **arguments: Any) -> dict[str, Any]:
    """Send a command that was meant for a board; returns the reply."""
    screen.post({"id": 99, "op": op, "args": arguments, "at": at})
    return screen.replies[-1]


@pytest.mark.parametrize(
    ("op", "arguments"),
    [
        ("remove", {"cards": ["found"]}),
        ("set", {"id": "", "path": ["name"], "value": "Buy"}),
        ("unset", {"id": "found", "path": ["spec", "status"]}),
        ("move", {"moves": [{"id": "found", "x": 0, "y": 0}]}),
        ("rename", {"id": "found", "to": "seen"}),
        ("add", {"type": "process", "x": 0, "y": 0}),
        ("paste", {"text": "nodes:\n- {id: new, type: terminal}\n"}),
        ("tidy", {}),
        ("set_node_yaml", {"id": "found", "text": "id: found\ntype: process\n"}),
    ],
)
def test_an_edit_of_a_board_that_was_left_changes_nothing(
    screen: Screen, shop: Project, op: str, arguments: dict[str, Any]
) -> None:
    screen.ask("go", at=TRACK)
    reply = late(screen, PLACE, op, **arguments)

    said = "The canvas now shows orders/track-order; nothing was changed."
    assert reply["error"]["message"] == said
    assert shop.dirty == set()


def test_the_same_edit_is_carried_out_where_it_was_meant(screen: Screen, shop: Project) -> None:
    screen.ask("go", at=TRACK)
    assert late(screen, TRACK, "remove", cards=["found"])["ok"]
    assert "found" not in shop.flows[TRACK].nodes
    assert "refused" in shop.flows[PLACE].nodes


def test_what_concerns_the_whole_project_is_done_wherever_the_canvas_is(
    screen: Screen, shop: Project
) -> None:
    screen.ask("set", id="", path=["name"], value="Buy")
    screen.ask("go", at=TRACK)
    assert late(screen, PLACE, "undo")["ok"]
    assert late(screen, PLACE, "inspect", id="found")["ok"]
    assert shop.dirty == set()


def test_an_edit_follows_a_flow_that_was_renamed_meanwhile(screen: Screen, shop: Project) -> None:
    screen.ask("rename_flow", at=PLACE, name="Buy")
    assert screen.board["at"] == "orders/buy"
    assert late(screen, PLACE, "set", id="placed", path=["label"], value="Done")["ok"]
    assert shop.flows["orders/buy"].nodes["placed"].label == "Done"


def test_an_edit_of_a_flow_that_is_gone_does_not_hit_its_domain(
    screen: Screen, shop: Project
) -> None:
    screen.ask("delete_flow", at=TRACK)
    screen.ask("go", at="orders")
    before = shop.domains["orders"].description
    reply = late(screen, TRACK, "set", id="", path=["description"], value="Where is it?")
    assert "canvas now shows orders" in reply["error"]["message"]
    assert shop.domains["orders"].description == before
