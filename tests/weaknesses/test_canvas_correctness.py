"""W7 to W11: every line has its ends, nothing opens as a heap, and every type can be placed."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from ddd_lab.maps import mermaid, svg
from ddd_lab.spec.catalogue import catalogue
from tests.canvas.screen import Screen, text_of
from tests.canvas.shop import PLACE_ORDER, PLACE_ORDER_FILE, TRACK_ORDER_FILE
from tests.weaknesses.conftest import Reopened, Shop

TYPES = [type for type in catalogue() if type not in ("trigger", "tool")]
ROUTER = """\
flow: {id: track-order, name: Track order, type: agent, domain: orders}
trigger: {type: http, method: GET, path: /track}
nodes:
  - id: pick
    type: smart_router
    spec:
      rules:
        - {id: rule-money, condition: $.a, route: money, priority: 1}
        - {id: rule-parcel, condition: $.b, route: parcel, priority: 2}
      fallback_chain: [end]
    connections: {rule-money: end, parcel: end}
  - {id: end, type: terminal, spec: {status: 200}}
"""
LABELLED = """\
flow: {id: track-order, name: Track order, domain: orders}
trigger: {type: http, method: GET, path: /track}
nodes:
  - id: ask
    type: decision
    spec: {condition: $.a > 3, trueLabel: Many, falseLabel: Few}
    connections: {"true": end, "false": end}
  - {id: end, type: terminal, spec: {status: 200}}
"""
NESTED = """\
flow: {id: track-order, name: Track order, domain: orders}
trigger: {type: http, method: GET, path: /track}
nodes:
  - id: each
    type: loop
    position: {x: 400, y: 100}
    spec: {collection: $.parcels, iterator: parcel}
    connections: {body: weigh, done: end}
  - {id: weigh, type: process, parentId: each, position: {x: 40, y: 60}, spec: {description: W}}
  - {id: loose, type: process, position: {x: 60, y: 500}, spec: {description: L}}
  - {id: end, type: terminal, position: {x: 1200, y: 100}, spec: {status: 200}}
"""


def test_w07_a_router_draws_a_port_for_every_edge_whether_it_names_rule_or_route(
    shop: Shop,
) -> None:
    screen = shop("orders/track-order", **{TRACK_ORDER_FILE: ROUTER})

    ports = {port["name"] for port in screen.cards["pick"]["outputs"]}
    leaving = {output for source, output, _ in screen.lines() if source == "pick"}
    assert leaving == {"rule-money", "parcel"}
    assert leaving <= ports
    assert "route:parcel" not in ports
    assert len(ports) == len(screen.cards["pick"]["outputs"])


def test_w07_a_decision_shows_its_own_words(shop: Shop) -> None:
    screen = shop("orders/track-order", **{TRACK_ORDER_FILE: LABELLED})

    labels = [(port["name"], port["label"]) for port in screen.cards["ask"]["outputs"]]
    assert labels == [("true", "Many"), ("false", "Few")]


def overlapping(screen: Screen) -> list[tuple[str, str]]:
    def apart(one: dict[str, Any], other: dict[str, Any]) -> bool:
        return bool(
            one["x"] + one["width"] <= other["x"]
            or other["x"] + other["width"] <= one["x"]
            or one["y"] + one["height"] <= other["y"]
            or other["y"] + other["height"] <= one["y"]
        )

    return [
        (one["id"], other["id"])
        for one, other in combinations(screen.board["cards"], 2)
        if not apart(one, other)
    ]


def test_w08_a_sheet_without_positions_opens_laid_out(shop: Shop) -> None:
    lines = [line for line in PLACE_ORDER.splitlines() if "position:" not in line]
    screen = shop("orders/place-order", **{PLACE_ORDER_FILE: "\n".join(lines) + "\n"})

    assert len(screen.cards) == 6
    assert not any(card["placed"] for card in screen.cards.values())
    assert overlapping(screen) == []
    for source, _, target in screen.lines():
        # To the right, or in a row below.
        one, other = screen.cards[source], screen.cards[target]
        assert one["x"] < other["x"] or one["y"] + one["height"] <= other["y"]


@pytest.mark.parametrize("at", ["orders/place-order", "support/answer-customer"])
def test_w09_every_type_can_be_placed_on_either_kind_of_sheet(
    shop: Shop, reopened: Reopened, at: str
) -> None:
    screen = shop(at)
    offered = {entry["type"] for entry in screen.board["palette"]}
    placed: dict[str, str] = {}
    for number, type in enumerate(TYPES):
        assert type in offered
        id = screen.ask("add", type=type, x=40, y=900 + 200 * number)["id"]
        assert (screen.cards[id]["x"], screen.cards[id]["y"]) == (40, 900 + 200 * number)
        placed[id] = type

    screen.ask("save")
    cards = reopened(screen, at).cards
    assert {id: cards[id]["type"] for id in placed} == placed


def test_w10_what_lies_in_a_container_is_drawn_inside_it_and_stays_there(shop: Shop) -> None:
    screen = shop("orders/track-order", **{TRACK_ORDER_FILE: NESTED})
    frame = next(frame for frame in screen.board["frames"] if frame["kind"] == "container")
    assert frame["cards"] == ["weigh"]

    screen.ask("nest", cards=["loose"], into="each")
    screen.ask("tidy")
    frame = next(frame for frame in screen.board["frames"] if frame["kind"] == "container")
    assert set(frame["cards"]) == {"weigh", "loose"}
    for id in frame["cards"]:
        card = screen.cards[id]
        assert frame["x"] <= card["x"]
        assert card["x"] + card["width"] <= frame["x"] + frame["width"]
        assert frame["y"] <= card["y"]
        assert card["y"] + card["height"] <= frame["y"] + frame["height"]
    screen.ask("nest", cards=["loose"], into="")
    screen.ask("save")
    assert text_of(screen.project, TRACK_ORDER_FILE).count("parentId: each") == 1


def test_w11_mermaid_keeps_ids_apart_and_texts_whole(shop: Shop) -> None:
    text = """\
flow: {id: track-order, name: Track order, domain: orders}
trigger: {type: http, method: GET, path: /track}
nodes:
  - {id: a-b, type: process, label: One, connections: {next: {target: a_b, label: 'so "it" is'}}}
  - {id: a_b, type: process, label: Other, connections: {next: end}}
  - {id: end, type: terminal, spec: {status: 200}}
"""
    screen = shop("orders/track-order", **{TRACK_ORDER_FILE: text})

    drawn = mermaid(screen.project.design, "orders/track-order").splitlines()
    labelled = [line for line in drawn if line.endswith(('"One"]', '"Other"]'))]
    ids = {line.partition("[")[0].strip() for line in labelled}
    assert len(ids) == 2
    assert any("so #34;it#34; is" in line for line in drawn)
    assert not any(line.strip().startswith("end") for line in drawn)
    assert svg(screen.project.design, "orders/track-order").startswith("<svg")
