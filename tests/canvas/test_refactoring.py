"""What is done to the whole design from a canvas: flows, domains, events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.project import Project
from ddd_lab.spec.templates import templates
from tests.canvas.screen import Screen
from tests.canvas.shop import CHARGE_CARD_FILE, PLACE_ORDER_FILE, TRACK_ORDER_FILE, write_shop

Look = Callable[..., Screen]
AT = "orders/place-order"


def texts(project: Project) -> dict[str, str]:
    """What every file says now."""
    return {
        path: document.text()
        for path in sorted(project.workbench.documents)
        if (document := project.workbench.document(path)) is not None
        and document.version is not None
    }


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("new_domain", {"name": "Gift cards", "description": "Money as a present"}),
    ("rename_domain", {"domain": "orders", "name": "Sales"}),
    ("delete_domain", {"domain": "support", "with_flows": True}),
    ("new_flow", {"name": "Ship order", "domain": "orders"}),
    ("new_flow", {"name": "", "domain": "orders", "template": "crud_api"}),
    ("rename_flow", {"at": AT, "name": "Buy"}),
    ("duplicate_flow", {"at": AT, "name": "Buy again"}),
    ("move_flow", {"at": "billing/charge-card", "domain": "orders"}),
    ("delete_flow", {"at": "billing/charge-card"}),
    ("wire_event", {"source": "billing", "target": "support", "event": "card.charged"}),
    ("unwire_event", {"source": "billing", "target": "orders", "event": "payment.failed"}),
]


@pytest.mark.parametrize(("op", "arguments"), CHANGES, ids=[op for op, _ in CHANGES])
def test_each_change_is_planned_exactly_and_is_one_step(
    look: Look, shop: Project, op: str, arguments: dict[str, Any]
) -> None:
    screen = look()
    before = texts(shop)

    planned = screen.ask("plan", change=op, args=arguments)["files"]

    assert texts(shop) == before
    assert screen.board["status"]["undo"] == ""
    assert screen.state() == "saved"
    screen.ask(op, **arguments)
    after = texts(shop)
    said: dict[str, set[str]] = {}
    for file in planned:
        said.setdefault(file["change"], set()).add(file["path"])
    former = {file["former"] for file in planned if file["former"]}
    assert said.get("new", set()) | said.get("moved", set()) == after.keys() - before.keys()
    assert said.get("gone", set()) | former == before.keys() - after.keys()
    there = before.keys() & after.keys()
    assert said.get("changed", set()) == {path for path in there if before[path] != after[path]}
    assert all(file["diff"] or file["change"] == "moved" for file in planned)
    screen.ask("undo")
    assert texts(shop) == before
    assert screen.board["status"]["undo"] == ""
    screen.ask("redo")
    assert texts(shop).keys() == after.keys()


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("new_domain", {"name": "Orders"}, "already a domain 'orders'"),
    ("new_domain", {"name": "  "}, "id can be made from"),
    ("rename_domain", {"domain": "orders", "name": "billing"}, "already a domain 'billing'"),
    ("rename_domain", {"domain": "attic", "name": "x"}, "attic"),
    ("delete_domain", {"domain": "orders"}, "still has 2 flows"),
    ("rename_flow", {"at": AT, "name": "Track order"}, "already a flow 'track-order'"),
    ("rename_flow", {"at": AT, "name": ""}, "id can be made from"),
    ("rename_flow", {"at": "orders/nope", "name": "x"}, "nope"),
    ("duplicate_flow", {"at": AT, "name": "Track order"}, "already a flow"),
    ("move_flow", {"at": AT, "domain": "attic"}, "attic"),
    ("move_flow", {"at": AT, "domain": "orders"}, "in the domain 'orders' already"),
    ("delete_flow", {"at": "orders/nope"}, "nope"),
    ("new_flow", {"name": "Place order", "domain": "orders"}, "already a flow"),
    ("new_flow", {"name": "", "domain": "orders", "template": "teapot"}, "no template 'teapot'"),
    (
        "new_flow",
        {"name": "", "domain": "orders", "template": "crud_api", "parameters": {"name": "x"}},
        "no parameter 'name'",
    ),
    ("wire_event", {"source": "orders", "target": "orders", "event": "a.b"}, "to itself"),
    ("wire_event", {"source": "orders", "target": "billing", "event": "1 2"}, "name of an event"),
    (
        "unwire_event",
        {"source": "orders", "target": "support", "event": "a.b"},
        "nothing to remove",
    ),
]


@pytest.mark.parametrize(("op", "arguments", "words"), REFUSALS)
def test_a_refusal_says_why_and_changes_nothing(
    look: Look, shop: Project, op: str, arguments: dict[str, Any], words: str
) -> None:
    screen = look()
    before = texts(shop)
    for refusal in (
        screen.refused(op, **arguments),
        screen.refused("plan", change=op, args=arguments),
    ):
        assert words in refusal
        assert refusal.endswith((".", "?"))
    assert texts(shop) == before
    assert screen.state() == "saved"


def test_a_plan_is_only_for_what_changes_the_design(look: Look) -> None:
    screen = look()
    assert "has no preview" in screen.refused("plan", change="undo", args={})
    assert "name: " in screen.refused("plan", change="new_domain", args={})


def test_a_plan_says_which_lines_change(look: Look) -> None:
    files = look().ask(
        "plan", change="rename_flow", args={"at": "billing/charge-card", "name": "Pay"}
    )
    by_path = {file["path"]: file for file in files["files"]}
    moved = by_path["specs/domains/billing/flows/pay.yaml"]
    assert (moved["change"], moved["former"]) == ("moved", CHARGE_CARD_FILE)
    assert "+  id: pay" in moved["diff"].splitlines()
    assert "+      flow_ref: billing/pay" in by_path[PLACE_ORDER_FILE]["diff"].splitlines()


def test_a_broken_file_that_would_have_to_change_stops_it(tmp_path: Path) -> None:
    broken = {TRACK_ORDER_FILE: "flow: {id: track-order\n  flow_ref: billing/charge-card\n"}
    project = Project(write_shop(tmp_path, **broken), watch=False)
    screen = Screen(project, "billing")
    refusal = screen.refused("delete_flow", at="billing/charge-card")
    assert TRACK_ORDER_FILE in refusal
    assert "Fix it first" in refusal
    assert project.dirty == set()


def test_canvases_follow_what_is_renamed_and_moved_and_back_again(
    look: Look, shop: Project
) -> None:
    sheet, map_ = look(AT), look("orders")
    sheet.ask("rename_flow", at=AT, name="Buy")
    assert (sheet.board["at"], sheet.canvas.at) == ("orders/buy", "orders/buy")
    assert [crumb["title"] for crumb in sheet.board["breadcrumb"]] == [
        "System Map",
        "orders",
        "Buy",
    ]
    shop.workbench.rename_domain("orders", "Sales")
    assert (sheet.board["at"], map_.board["at"]) == ("sales/buy", "sales")
    sheet.ask("move_flow", at="sales/buy", domain="billing")
    assert sheet.board["at"] == "billing/buy"
    sheet.ask("undo")
    sheet.ask("undo")
    assert (sheet.board["at"], map_.board["at"]) == ("orders/buy", "orders")
    sheet.ask("undo")
    assert sheet.board["at"] == AT
    assert sheet.notices + map_.notices == []


def test_deleting_what_is_shown_leads_above_it(look: Look) -> None:
    sheet = look("support/answer-customer")
    sheet.ask("delete_flow", at="support/answer-customer")
    assert sheet.board["at"] == "support"
    sheet.ask("delete_domain", domain="support")
    assert sheet.board["at"] == ""
    assert "support" not in sheet.cards


def test_before_a_flow_is_deleted_it_is_said_who_calls_it(look: Look) -> None:
    found = look().ask("references", at="billing/charge-card")
    assert found["references"] == [
        {"at": AT, "title": "Place order", "card": "charge", "what": "spec.flow_ref"}
    ]
    orders = look().ask("references", at="orders")
    assert orders["flows"] == ["Place order", "Track order"]
    assert {one["at"] for one in orders["references"]} == {"support/answer-customer"}


def test_names_and_descriptions_are_edited_on_maps(look: Look, shop: Project) -> None:
    system = look()
    assert system.ask("set", id="billing", path=["name"], value="Money") == {"id": "money"}
    assert system.cards["money"]["title"] == "Money"
    assert system.ask("set", id="money", path=["description"], value="Coins") == {"id": "money"}
    assert shop.domains["money"].description == "Coins"
    assert shop.design.system.domains[1].description == "Coins"
    orders = look("orders")
    moved = orders.ask("set", id="flow:place-order", path=["name"], value="Buy")
    assert moved == {"id": "flow:buy"}
    orders.ask("set", id="flow:buy", path=["description"], value="Take it home")
    assert shop.flows["orders/buy"].data.description == "Take it home"
    entry = shop.design.domains["orders"].flow("buy")
    assert entry is not None
    assert (entry.name, entry.description) == ("Buy", "Take it home")
    assert system.board["status"]["undo"] == "describe Buy"


def test_what_maps_cannot_set_is_refused(look: Look) -> None:
    orders = look("orders")
    assert "no card" in orders.refused("set", id="flow:nope", path=["name"], value="x")
    assert "no card" in orders.refused("set", id="portal:billing", path=["name"], value="x")
    assert "only names" in orders.refused("set", id="flow:place-order", path=["id"], value="x")
    assert "a text" in orders.refused("set", id="flow:place-order", path=["name"], value=3)


@pytest.mark.parametrize("id", templates())
def test_a_flow_from_a_template_is_looked_at_and_then_made_without_findings(
    look: Look, shop: Project, id: str
) -> None:
    screen = look("support")
    before = texts(shop)

    looked = screen.ask("preview_template", template=id, domain="support", theme="dark")

    assert texts(shop) == before
    assert looked["svg"].startswith("<svg")
    made = screen.ask("new_flow", name="", domain="support", template=id)
    assert made["at"] == looked["flows"][0]["at"]
    assert {flow["at"] for flow in looked["flows"]} <= set(shop.flows)
    files = {shop.workbench.flow_path(flow["at"]) for flow in looked["flows"]}
    assert [problem for problem in shop.problems if problem.path in files] == []


def test_templates_are_listed_with_their_parameters(look: Look) -> None:
    listed = {one["id"]: one for one in look().ask("templates")["templates"]}
    assert list(listed) == list(templates())
    assert listed["crud_api"]["several"]
    assert [one["name"] for one in listed["crud_api"]["parameters"]] == ["entity"]


def test_a_template_takes_its_parameters(look: Look, shop: Project) -> None:
    made = look().ask(
        "new_flow", name="", domain="orders", template="crud_api", parameters={"entity": "Parcel"}
    )
    assert "parcel" in made["at"]
    assert "Parcel" in {schema.name for schema in shop.design.schemas.values()}


def test_an_event_is_wired_between_cards_of_both_maps(look: Look, shop: Project) -> None:
    system = look()
    system.ask(
        "wire_event", source="billing", target="support", event="card.charged", description="Paid"
    )
    line = system.links["billing → support"]
    assert line["events"] == ["card.charged"]
    assert shop.domains["support"].consumes[0].description == "Paid"
    system.ask("unwire_event", source="billing", target="support", event="card.charged")
    assert "billing → support" not in system.links
    orders = look("orders")
    orders.ask("wire_event", source=AT, target="orders/track-order", event="order.packed")
    assert orders.links["flow:place-order → flow:track-order"]["events"] == ["order.packed"]
    charge = "billing/charge-card"
    orders.ask("wire_event", source=AT, target=charge, event="order.packed", add_nodes=True)
    assert "order.packed" in texts(shop)[PLACE_ORDER_FILE]
    assert "order.packed" in texts(shop)[CHARGE_CARD_FILE]


def test_known_events_are_offered_with_both_their_sides(look: Look) -> None:
    events = {one["name"]: one for one in look().ask("events")["events"]}
    assert events["order.placed"] == {
        "name": "order.placed",
        "publishers": ["orders"],
        "consumers": ["billing"],
    }


def test_what_others_change_meanwhile_is_kept(look: Look, shop: Project) -> None:
    screen = look("orders")
    path = shop.root / CHARGE_CARD_FILE
    path.write_text(path.read_text("utf-8").replace("5000", "7000"), "utf-8")
    shop.workbench.noticed([CHARGE_CARD_FILE])
    screen.ask("move_flow", at="billing/charge-card", domain="orders")
    screen.ask("save")
    assert "timeout_ms: 7000" in (
        shop.root / "specs/domains/orders/flows/charge-card.yaml"
    ).read_text("utf-8")
