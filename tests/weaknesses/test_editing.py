"""W13 to W16: undo takes back everything, names change everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests.canvas.screen import text_of
from tests.canvas.shop import PLACE_ORDER_FILE, TRACK_ORDER_FILE
from tests.weaknesses.conftest import Reopened, Shop

AT = "orders/place-order"


EDITS: list[tuple[str, str, dict[str, Any]]] = [
    (AT, "set_link", {"id": "basket valid → in_stock", "path": ["label"], "value": "fine"}),
    (AT, "set", {"id": "basket", "path": ["observability"], "value": {"metrics": True}}),
    (AT, "set", {"id": "", "path": ["auth"], "value": {"required": True}}),
    ("", "move", {"moves": [{"id": "orders", "x": 3, "y": 4}]}),
    ("", "new_domain", {"name": "Returns"}),
    ("", "set", {"id": "orders", "path": ["description"], "value": "Other words"}),
    ("orders", "move", {"moves": [{"id": "flow:place-order", "x": 3, "y": 4}]}),
    ("orders", "delete_flow", {"at": "orders/track-order"}),
    ("", "wire_event", {"source": "orders", "target": "billing", "event": "order.lost"}),
]


@pytest.mark.parametrize(("at", "op", "args"), EDITS, ids=lambda value: str(value)[:30])
def test_w13_every_kind_of_edit_is_one_step_that_undo_takes_back(
    shop: Shop, at: str, op: str, args: dict[str, Any]
) -> None:
    screen = shop(at)

    screen.ask(op, **args)
    assert screen.state() == "unsaved"
    screen.ask("undo")
    assert screen.state() == "saved"
    assert screen.board["status"]["undo"] == ""


def test_w13_deleting_a_card_with_its_lines_is_one_step(shop: Shop) -> None:
    screen = shop(AT)
    lines = screen.lines()

    screen.ask("remove", cards=["in_stock"], links=[])
    assert len(screen.lines()) < len(lines)
    screen.ask("undo")
    assert screen.lines() == lines
    assert screen.board["status"]["undo"] == ""


def test_w13_edits_of_two_cards_never_become_one_step(shop: Shop) -> None:
    screen = shop(AT)

    screen.ask("set", id="placed", path=["label"], value="A")
    screen.ask("set", id="refused", path=["label"], value="A")
    screen.ask("undo")
    assert screen.cards["placed"]["title"] == "A"
    assert screen.cards["refused"]["title"] == "Order refused"


@pytest.mark.parametrize("value", [7, 7.5, True, None, ["a", 1], {"deep": {"er": False}}, "7"])
def test_w14_a_key_of_ones_own_keeps_the_kind_of_its_value(
    shop: Shop, reopened: Reopened, value: Any
) -> None:
    screen = shop(AT)

    screen.ask("set", id="refused", path=["spec", "mine"], value=value)
    screen.ask("save")
    found = reopened(screen, AT).ask("inspect", id="refused")["data"]["spec"]["mine"]
    assert found == value
    assert type(found) is type(value)


def test_w15_a_renamed_domain_leaves_no_old_name_behind(shop: Shop) -> None:
    screen = shop("")

    screen.ask("rename_domain", domain="billing", name="Money")
    screen.ask("save")
    root = screen.project.root
    left = [p.name for p in root.rglob("*.yaml") if "billing" in p.read_text("utf-8")]
    assert left == []
    assert not (root / "specs/domains/billing").exists()
    assert "flow_ref: money/charge-card" in text_of(screen.project, PLACE_ORDER_FILE)


def test_w15_a_renamed_flow_is_renamed_where_it_is_called_wired_and_placed(shop: Shop) -> None:
    screen = shop("")

    screen.ask("rename_flow", at="orders/track-order", name="Follow order")
    screen.ask("save")
    root = screen.project.root
    assert not (root / TRACK_ORDER_FILE).exists()
    left = [p.name for p in root.rglob("*.yaml") if "track-order" in p.read_text("utf-8")]
    assert left == []


def test_w15_what_named_a_deleted_flow_says_so(shop: Shop) -> None:
    screen = shop("")
    before = set(map(str, screen.project.problems))

    screen.ask("delete_flow", at="billing/charge-card")
    said = [p for p in screen.project.problems if str(p) not in before]
    assert any(p.rule == "references.unknown-flow" and p.where == f"{AT}#charge" for p in said)
    wiring = text_of(screen.project, "specs/domains/billing/domain.yaml")
    screen.ask("save")
    after = text_of(screen.project, "specs/domains/billing/domain.yaml")
    assert "charge-card" in wiring
    assert "id: charge-card" not in after


def test_w16_a_flow_card_shows_what_the_design_knows_of_it(shop: Shop) -> None:
    text = """\
flow: {id: track-order, name: Track order, type: agent, domain: orders}
trigger: {type: cron, schedule: "0 6 * * *"}
nodes: [{id: lost, type: process, connections: {next: nowhere}}]
"""
    screen = shop("orders", **{TRACK_ORDER_FILE: text})
    screen.ask("problems")
    screen.ask("go", at="")
    screen.ask("go", at="orders")

    card = screen.cards["flow:track-order"]
    said = " ".join(badge["text"] for badge in card["badges"]) + card["summary"]
    assert "agent" in said
    assert "0 6 * * *" in said or "06:00" in said
    assert card["problems"]["warnings"] >= 1
