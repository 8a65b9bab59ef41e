"""A place with the ghosts of a proposal as data and as SVG, for notebooks."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from ddd_lab.assist.proposals.ghosts import ghost_svg, ghosts
from ddd_lab.workbench import Workbench
from tests.assist.proposing import PLACE, change, line, node, proposal

EDITS = (
    node("tell", "event", label="Tell <the> shop", settings="event: order.told"),
    line("charge", "tell", "success"),
    change("in_stock", label="Enough left?"),
    {"op": "delete_node", "node": "refused"},
    {"op": "delete_flow", "flow": "orders/track-order"},
    {"op": "new_flow", "domain": "orders", "name": "Give back"},
    {"op": "wire_event", "event": "order.back", "source": "orders/give-back", "target": "billing"},
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("at", ["", "orders", PLACE, "orders/give-back"])
def test_every_level_is_a_sound_picture_with_its_ghosts(
    shop: Workbench, at: str, theme: str
) -> None:
    one = proposal(shop, *EDITS)
    picture = ET.fromstring(ghost_svg(one, at, theme=theme))
    about = picture.findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert "proposed change" in about
    signs = [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    kinds = {ghost.kind for ghost in ghosts(one, at).cards.values()}
    assert kinds
    for kind, sign in {"added": "+", "changed": "~", "removed": "\u2212"}.items():
        assert (sign in signs) >= (kind in kinds)
    assert not shop.dirty


def test_ghosts_name_the_items_that_make_them(shop: Workbench) -> None:
    one = proposal(shop, *EDITS)
    sheet = ghosts(one, PLACE)
    assert {id: (ghost.kind, ghost.items) for id, ghost in sheet.cards.items()} == {
        "tell": ("added", ("1",)),
        "in_stock": ("changed", ("3",)),
        "refused": ("removed", ("4",)),
    }
    assert sheet.edges["charge success → tell"].items == ("2",)
    assert sheet.edges["basket invalid → refused"].kind == "removed"
    assert sheet.edges["basket invalid → refused"].items == ("4",)
    domain = ghosts(one, "orders").cards
    assert domain["flow:place-order"].inside == 4
    assert (domain["flow:track-order"].kind, domain["flow:give-back"].kind) == ("removed", "added")


def test_only_what_is_chosen_is_shown(shop: Workbench) -> None:
    one = proposal(shop, *EDITS)
    assert list(ghosts(one, PLACE, {"2"}).cards) == ["tell"]
    assert ghosts(one, PLACE, ()).cards == {}


def test_a_node_with_another_id_is_the_same_card(shop: Workbench) -> None:
    one = proposal(shop, {"op": "rename_node", "node": "charge", "to": "pay"})
    drawn = ghosts(one, PLACE)
    assert {id: ghost.kind for id, ghost in drawn.cards.items()} == {"pay": "changed"}
    assert [(c.field, c.before, c.after) for c in drawn.cards["pay"].changes] == [
        ("id", "charge", "pay")
    ]
    assert drawn.edges == {}


def test_what_comes_lies_neither_on_what_stays_nor_on_what_goes(shop: Workbench) -> None:
    one = proposal(shop, *EDITS, {"op": "new_flow", "domain": "orders", "name": "Third"})
    for at in ("orders", PLACE):
        picture = ET.fromstring(ghost_svg(one, at))
        boxes = [
            tuple(float(frame.get(name, "")) for name in ("x", "y", "width", "height"))
            for frame in picture.iter("{http://www.w3.org/2000/svg}rect")
            if frame.get("rx") == "11"
        ]
        assert len(boxes) >= 3
        for index, (x, y, wide, high) in enumerate(boxes):
            for other in boxes[index + 1 :]:
                apart = other[0] >= x + wide or x >= other[0] + other[2]
                assert apart or other[1] >= y + high or y >= other[1] + other[3]
