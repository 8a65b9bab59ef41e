"""W1 to W6: no file is overwritten, emptied or forgotten because of what somebody did elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen, text_of
from tests.canvas.shop import ORDERS, PLACE_ORDER_FILE, TRACK_ORDER_FILE, write_shop
from tests.weaknesses.conftest import Shop

DOMAIN_FILE = "specs/domains/orders/domain.yaml"
HISTORY_FILE = ".ddd/change-history.yaml"
MAPPING_FILE = ".ddd/mapping.yaml"
BRANCHES = """\
flow: {id: track-order, name: Track order, domain: orders}
trigger: {type: http, method: GET, path: /track}
nodes:
  - {id: both, type: parallel, spec: {branches: [look, ask]}, connections: {branch-0: end}}
  - {id: end, type: terminal, spec: {status: 200}}
"""


def save_somewhere_else(screen: Screen) -> None:
    """Change another flow, and save all."""
    screen.ask("go", at="billing/charge-card")
    screen.ask("set", id="paid", path=["label"], value="All paid")
    screen.ask("save")


def test_w01_a_flow_that_cannot_be_read_is_never_replaced_by_a_blank_one(shop: Shop) -> None:
    broken = "flow: {id: place-order\nnodes: [\n"
    screen = shop("orders/place-order", **{PLACE_ORDER_FILE: broken})

    assert screen.state() == "readonly"
    assert screen.board["cards"] == []
    assert "cannot be drawn until its file is fixed" in screen.board["empty"]
    assert PLACE_ORDER_FILE in screen.refused("add", type="process", x=0, y=0)
    save_somewhere_else(screen)
    assert text_of(screen.project, PLACE_ORDER_FILE) == broken


def test_w01_branches_that_are_plain_words_are_read_and_drawn(shop: Shop) -> None:
    screen = shop("orders/track-order", **{TRACK_ORDER_FILE: BRANCHES})

    ports = [port["name"] for port in screen.cards["both"]["outputs"]]
    assert ports[:2] == ["branch-0", "ask"]
    assert ("both", "branch-0", "end") in screen.lines()


def test_w02_a_domain_file_that_cannot_be_read_is_left_alone_by_a_drag(shop: Shop) -> None:
    broken = ORDERS.replace("domain:", "domain: [", 1)
    screen = shop("orders", **{DOMAIN_FILE: broken})

    screen.refused("move", moves=[{"id": "flow:place-order", "x": 5, "y": 5}])
    screen.ask("go", at="")
    screen.ask("move", moves=[{"id": "orders", "x": 5, "y": 5}])
    screen.ask("save")
    assert text_of(screen.project, DOMAIN_FILE) == broken


def test_w02_a_domain_without_a_list_of_flows_has_its_maps(shop: Shop) -> None:
    screen = shop("orders", **{DOMAIN_FILE: "domain:\n  name: orders\n"})

    assert {"flow:place-order", "flow:track-order"} <= screen.cards.keys()
    screen.ask("go", at="")
    assert "orders" in screen.cards


@pytest.mark.parametrize(
    "history", ["- {id: 1, flow: orders/place-order}\n- {id: 2}\n", "changes:\n- {id: 1}\n"]
)
def test_w03_a_history_of_changes_keeps_every_entry_in_either_form(
    shop: Shop, history: str
) -> None:
    screen = shop("orders", **{HISTORY_FILE: history})

    save_somewhere_else(screen)
    screen.ask("rename_flow", at="orders/track-order", name="Follow order")
    screen.ask("delete_flow", at="orders/follow-order")
    screen.ask("save")
    assert text_of(screen.project, HISTORY_FILE) == history


def test_w04_leaving_a_flow_keeps_what_is_unsaved_and_how_to_undo_it(shop: Shop) -> None:
    screen = shop("orders/place-order")
    screen.ask("set", id="placed", path=["label"], value="Sent off")

    screen.ask("go", at="billing/charge-card")
    assert screen.board["status"]["unsaved"] == [PLACE_ORDER_FILE]
    screen.ask("go", at="orders/place-order")
    assert screen.cards["placed"]["title"] == "Sent off"
    screen.ask("go", at="")
    assert screen.ask("undo")["label"] == "set label of Order placed"
    assert screen.state() == "saved"


def test_w05_a_name_that_is_taken_never_costs_a_file(shop: Shop) -> None:
    screen = shop("orders")
    before = {p: p.read_bytes() for p in screen.project.root.rglob("*.yaml")}

    assert "place-order" in screen.refused("new_flow", name="Place  ORDER", domain="orders")
    assert "billing" in screen.refused("new_domain", name="Billing")
    screen.refused("rename_flow", at="orders/place-order", name="Track order")
    first = screen.ask("duplicate_flow", at="orders/place-order")["at"]
    second = screen.ask("duplicate_flow", at="orders/place-order")["at"]
    assert len({"orders/place-order", first, second}) == 3
    screen.ask("new_flow", name="Charge card", domain="orders")
    screen.refused("move_flow", at="orders/charge-card", domain="billing")
    while screen.board["status"]["undo"]:
        screen.ask("undo")
    screen.ask("save")
    assert {p: p.read_bytes() for p in screen.project.root.rglob("*.yaml")} == before


def test_w05_services_and_pages_written_as_maps_stay_maps(shop: Shop) -> None:
    services = "services:\n  api: {type: server, port: 8080}\n"
    pages = "pages:\n  home: {route: /}\n"
    files = {"specs/infrastructure.yaml": services, "specs/ui/pages.yaml": pages}
    screen = shop("orders", **files)

    screen.ask("rename_domain", domain="billing", name="Money")
    screen.ask("save")
    assert {path: text_of(screen.project, path) for path in files} == files


def test_w06_pages_of_the_mapping_outlive_what_happens_to_flows(shop: Shop) -> None:
    mapping = """\
flows:
  orders/track-order: {spec: specs/domains/orders/flows/track-order.yaml, files: [src/a.py]}
pages:
  home: {files: [src/home.tsx]}   # by hand
"""
    screen = shop("orders", **{MAPPING_FILE: mapping})

    screen.ask("rename_flow", at="orders/track-order", name="Follow order")
    screen.ask("save")
    kept = text_of(screen.project, MAPPING_FILE)
    assert "pages:\n  home: {files: [src/home.tsx]}   # by hand\n" in kept
    assert "orders/follow-order" in kept


def test_w06_settings_of_a_flow_keep_the_ones_that_say_no(shop: Shop) -> None:
    text = "flow: {id: track-order, name: T, domain: orders, auth: {required: false}}\nnodes: []\n"
    screen = shop("orders/track-order", **{TRACK_ORDER_FILE: text})

    screen.ask("set", id="", path=["name"], value="Tracking")
    screen.ask("save")
    assert text_of(screen.project, TRACK_ORDER_FILE) == text.replace("name: T,", "name: Tracking,")


def test_w06_two_flows_of_one_id_have_edits_of_their_own(tmp_path: Path) -> None:
    twin = "flow: {id: place-order, name: Twin, domain: billing}\nnodes: []\n"
    path = "specs/domains/billing/flows/place-order.yaml"
    with Project(write_shop(tmp_path, **{path: twin}), watch=False) as project:
        project.flows["billing/place-order"].description = "The other one"
        assert project.dirty == {path}
        assert project.flows["orders/place-order"].description.startswith("A customer")
        project.undo()
        assert project.dirty == set()
