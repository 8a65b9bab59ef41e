"""What the three levels show."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import PLACE_ORDER, PLACE_ORDER_FILE, TRACK_ORDER_FILE, big_flow, write_shop

Look = Callable[..., Screen]


@pytest.mark.covers("T01.1", "T01.2", "T01.3", "S01.1")
def test_the_system_map_shows_every_domain_with_its_flow_count(look: Look) -> None:
    screen = look()

    assert screen.board["level"] == "system"
    titles = {id: card["title"] for id, card in screen.cards.items()}
    assert titles == {"orders": "orders", "billing": "billing", "support": "support"}
    badges = {id: [badge["text"] for badge in card["badges"]] for id, card in screen.cards.items()}
    assert badges["orders"] == ["2 flows"]
    assert badges["support"] == ["1 flow", "1 agent"]


@pytest.mark.covers("T01.4", "S01.2")
def test_events_between_the_same_two_domains_share_one_arrow(look: Look) -> None:
    (arrow,) = [link for link in look().board["links"] if link["source"] == "orders"]

    assert arrow["target"] == "billing"
    assert arrow["events"] == ["order.placed", "order.cancelled"]
    assert arrow["fixed"]


@pytest.mark.covers("T02.1", "T02.2", "T02.3", "S01.4", "S05.6")
def test_a_domain_map_shows_flows_portals_and_events_between_them(look: Look) -> None:
    screen = look("orders")

    kinds = {id: card["kind"] for id, card in screen.cards.items()}
    assert kinds == {
        "flow:place-order": "flow",
        "flow:track-order": "flow",
        "portal:billing": "portal",
    }
    assert screen.cards["portal:billing"]["shape"] == "portal"
    ends = {
        (link["source"], link["target"]): link["events"]
        for link in screen.board["links"]
        if link["events"]
    }
    assert ends["flow:place-order", "portal:billing"] == ["order.placed", "order.cancelled"]
    assert ends["portal:billing", "flow:track-order"] == ["payment.failed"]


def test_a_call_of_another_flow_is_a_line_of_its_own(look: Look) -> None:
    links = look("orders").board["links"]
    calls = [link for link in links if link["label"].startswith("calls")]

    assert [(link["source"], link["target"]) for link in calls] == [
        ("flow:place-order", "portal:billing")
    ]


def test_an_agent_flow_is_marked(look: Look) -> None:
    card = look("support").cards["flow:answer-customer"]

    assert card["category"] == "agent-flow"
    assert card["type_title"] == "Agent flow"
    assert [badge["text"] for badge in card["badges"]] == ["▣⊛ agent"]


def test_a_sheet_shows_nodes_with_ports_and_lines(look: Look) -> None:
    screen = look("orders/place-order")

    assert list(screen.cards) == ["start", "basket", "in_stock", "charge", "placed", "refused"]
    assert screen.cards["basket"]["summary"] == "2 fields"
    ports = [(port["name"], port["label"]) for port in screen.cards["in_stock"]["outputs"]]
    assert ports == [("true", "yes"), ("false", "no")] or [name for name, _ in ports] == [
        "true",
        "false",
    ]
    assert ("in_stock", "false", "refused") in screen.lines()
    assert screen.cards["placed"]["shape"] == "terminal"
    assert screen.cards["start"]["fixed"]
    assert not screen.cards["start"]["has_input"]


def test_the_palette_offers_what_can_be_placed_and_only_on_sheets(look: Look) -> None:
    offered = [entry["type"] for entry in look("orders/place-order").board["palette"]]

    assert {"input", "process", "decision", "terminal", "data_store", "sub_flow"} <= {*offered}
    assert "trigger" not in offered
    assert look("orders").board["palette"] == []


def test_nodes_without_places_are_laid_out_apart(look: Look) -> None:
    cards = list(look("orders/track-order").cards.values())

    assert not any(card["placed"] for card in cards)
    corners = {(card["x"], card["y"]) for card in cards}
    assert len(corners) == len(cards)


@pytest.mark.covers("T13.1", "S05.2")
def test_flows_of_each_kind_open_as_what_their_file_says(look: Look) -> None:
    agent = look("support/answer-customer")

    assert look("orders/place-order").board["direction"] == "right"
    assert agent.board["direction"] == "down"
    assert agent.cards["loop"]["type"] == "agent_loop"
    assert agent.cards["loop"]["summary"]


def test_a_target_that_does_not_exist_has_a_stand_in(tmp_path: Path) -> None:
    text = PLACE_ORDER.replace("success: placed", "success: nowhere")
    project = Project(write_shop(tmp_path, **{PLACE_ORDER_FILE: text}), watch=False)
    screen = Screen(project, "orders/place-order")

    stand_in = screen.cards["nowhere"]
    assert stand_in["kind"] == "missing"
    assert stand_in["fixed"]
    line = screen.links[screen.link("charge", "success")]
    assert line["target"] == "nowhere"
    assert line["stroke"] == "dashed"
    assert screen.ask("inspect", id="nowhere")["readonly"]
    screen.ask("remove", cards=[], links=[line["id"]])
    assert "nowhere" not in screen.cards


def test_an_empty_project_says_what_to_do_next(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    screen = Screen(Project(tmp_path, watch=False))

    assert "Begin with a domain" in screen.board["empty"]


def test_a_broken_flow_says_where_it_is_broken_and_can_be_left_alone(tmp_path: Path) -> None:
    broken = "flow:\n  id: track-order\n  name: [unclosed\nnodes: 1\n"
    project = Project(write_shop(tmp_path, **{TRACK_ORDER_FILE: broken}), watch=False)
    screen = Screen(project, "orders/track-order")

    assert screen.state() == "readonly"
    assert f"{TRACK_ORDER_FILE}:3" in screen.board["status"]["message"]
    assert screen.board["cards"] == []
    assert screen.board["empty"]
    assert "fixed" in screen.refused("add", type="process", x=0, y=0)
    assert screen.ask("save")["written"] == []
    card = Screen(project, "orders").cards["flow:track-order"]
    assert [badge["text"] for badge in card["badges"]] == ["unreadable"]
    assert card["problems"]["errors"] >= 1
    assert card["opens"] == "orders/track-order"


def test_a_large_flow_moves_one_card_for_one_edit(tmp_path: Path) -> None:
    path = "specs/domains/orders/flows/big.yaml"
    project = Project(write_shop(tmp_path, **{path: big_flow(1000)}), watch=False)
    screen = Screen(project, "orders/big")
    screen.ask("move", moves=[{"id": "n5", "x": 40, "y": -500}])
    painted = dict(screen.canvas._session.board.cards)  # type: ignore[union-attr]  # it is open

    before = len(screen.sizes)
    screen.ask("move", moves=[{"id": "n5", "x": 44, "y": -495}])

    after = screen.canvas._session.board.cards  # type: ignore[union-attr]  # it is open
    assert [id for id in painted if after[id] is not painted[id]] == ["n5"]
    assert screen.sizes[before] < 1000
    assert screen.patches[-1]["cards"] == {"n5": {"x": 44.0, "y": -495.0}}
    assert len(screen.patches[-1]["links"]) < 10


def test_a_label_of_a_million_letters_is_cut_on_the_board_and_whole_in_the_form(
    shop: Project, look: Look
) -> None:
    endless = "endless " * 125_000
    flow = shop.flows["orders/place-order"]
    node = next(iter(flow.nodes.values()))
    node.label = endless

    screen = look("orders/place-order")

    assert screen.cards[node.id]["title"].endswith("…")
    assert len(json.dumps(screen.board)) < 100_000
    assert shop.flows["orders/place-order"].nodes[node.id].label == endless
