"""What the spec panel is told, and the list of problems."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ddd_lab.project import Project
from ddd_lab.spec.catalogue import catalogue
from tests.canvas.screen import Screen
from tests.canvas.shop import PLACE_ORDER, PLACE_ORDER_FILE, write_shop

Look = Callable[..., Screen]
AT = "orders/place-order"


@pytest.mark.covers("T06.2", "T13.4")
def test_a_node_is_described_with_its_form_its_data_and_its_lines(look: Look) -> None:
    seen = look(AT).ask("inspect", id="basket")

    assert (seen["kind"], seen["type"], seen["type_title"]) == ("node", "input", "Input")
    assert "fields" in seen["card_schema"]["properties"]
    assert seen["required"] == ["fields"]
    assert seen["data"]["label"] == "Basket"
    assert seen["data"]["spec"]["fields"]["count"]["min"] == 1
    assert seen["path"] == PLACE_ORDER_FILE
    assert seen["line"] == PLACE_ORDER.split("\n").index("  - id: basket") + 1
    assert seen["yaml"].startswith("- id: basket\n  type: input\n")
    assert "invalid: refused" in seen["yaml"]
    assert not seen["readonly"]


def test_lines_are_shown_as_saving_would_write_them(look: Look) -> None:
    screen = look(AT)
    screen.ask("set", id="refused", path=["spec", "status"], value=409)
    lines = screen.ask("inspect", id="refused")["yaml"].split("\n")
    assert "    status: 409" in lines
    assert "    audience: shopper   # the tool does not know this key" in lines


def test_keys_that_nobody_knows_are_there(look: Look) -> None:
    assert look(AT).ask("inspect", id="refused")["data"]["spec"]["audience"] == "shopper"


def test_every_type_of_node_has_a_form(look: Look, shop: Project) -> None:
    screen = look(AT)
    offered = [entry["type"] for entry in screen.board["palette"]]
    assert set(offered) == set(catalogue()) - {"trigger", "tool"}
    for type in offered:
        id = screen.ask("add", type=type, x=0, y=0)["id"]
        seen = screen.ask("inspect", id=id)
        assert seen["card_schema"]["properties"], type
        assert set(seen["required"]) <= set(seen["card_schema"]["properties"]), type
        assert seen["help"], type
    screen.ask("save")
    assert set(offered) <= {node.type for node in shop.flows[AT].data.nodes}


def test_a_type_that_nobody_knows_keeps_its_keys(tmp_path: Path) -> None:
    text = PLACE_ORDER.replace("type: decision", "type: oracle")
    project = Project(write_shop(tmp_path, **{PLACE_ORDER_FILE: text}), watch=False)
    screen = Screen(project, AT)
    seen = screen.ask("inspect", id="in_stock")
    assert screen.cards["in_stock"]["category"] == "unknown"
    assert seen["data"]["spec"]["condition"]
    screen.ask("set", id="in_stock", path=["spec", "condition"], value="ask again")
    assert project.flows[AT].nodes["in_stock"].spec["condition"] == "ask again"


def test_cards_of_maps_say_what_they_stand_for(look: Look) -> None:
    domain = look().ask("inspect", id="billing")
    assert domain["data"] == {"name": "billing", "description": "Money in, money back"}
    assert domain["path"] == "specs/domains/billing/domain.yaml"
    assert set(domain["card_schema"]["properties"]) == {"name", "description"}
    assert not domain["readonly"]
    flow = look("orders").ask("inspect", id="flow:place-order")
    assert flow["data"]["name"] == "Place order"
    assert flow["path"] == PLACE_ORDER_FILE
    assert flow["yaml"].startswith("flow:\n  id: place-order")
    portal = look("orders").ask("inspect", id="portal:billing")
    assert portal["data"]["name"] == "billing"
    assert "specs/domains/billing/domain.yaml" in portal["readonly"]


def test_the_flow_itself_can_be_inspected(look: Look) -> None:
    seen = look(AT).ask("inspect", id="")
    assert seen["data"]["name"] == "Place order"
    assert set(seen["card_schema"]["properties"]) == {"name", "description"}


def test_a_card_that_is_gone_is_refused(look: Look) -> None:
    assert "no card 'ghost'" in look(AT).refused("inspect", id="ghost")


def test_problems_are_counted_on_cards_and_on_the_way_to_them(tmp_path: Path) -> None:
    text = PLACE_ORDER.replace("success: placed", "success: nowhere")
    project = Project(write_shop(tmp_path, **{PLACE_ORDER_FILE: text}), watch=False)
    sheet, domain, system = Screen(project, AT), Screen(project, "orders"), Screen(project)

    mine = sheet.cards["charge"]["problems"]
    assert sum(mine.values()) > 0
    assert sum(domain.cards["flow:place-order"]["problems"].values()) >= sum(mine.values())
    assert sum(system.cards["orders"]["problems"].values()) >= sum(mine.values())
    assert sum(sheet.board["problems"].values()) == len(project.problems)
    told = sheet.ask("inspect", id="charge")["problems"]
    assert len(told) == sum(mine.values())


def test_the_list_of_problems_leads_to_their_cards(tmp_path: Path) -> None:
    text = PLACE_ORDER.replace("success: placed", "success: nowhere")
    files = {PLACE_ORDER_FILE: text, "specs/schemas/broken.yaml": "a: [\n"}
    project = Project(write_shop(tmp_path, **files), watch=False)
    screen = Screen(project)
    screen.ask("problems")

    assert len(screen.problems) == len(project.problems)
    severities = [problem["severity"] for problem in screen.problems]
    order = ["error", "warning", "info"]
    assert severities == sorted(severities, key=order.index)
    (broken,) = [p for p in screen.problems if p["path"] == "specs/schemas/broken.yaml"]
    assert (broken["at"], broken["card"], broken["line"] > 0) == ("", "", True)
    (found,) = [p for p in screen.problems if "nowhere" in p["message"]]
    assert (found["at"], found["card"]) == (AT, "charge")
    assert (
        found["line"]
        == text.split("\n").index("    connections: {success: nowhere, failure: refused}") + 1
    )


def test_a_mended_problem_is_gone(look: Look) -> None:
    screen = look(AT)
    before = screen.board["problems"]
    id = screen.ask("add", type="process", x=0, y=0)["id"]
    screen.ask("problems")
    assert screen.board["problems"] != before
    screen.ask("remove", cards=[id])
    screen.ask("problems")
    assert screen.board["problems"] == before
