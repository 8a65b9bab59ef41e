"""Moving, duplicating and deleting flows; adding and deleting domains."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError
from tests.files.projects import changed_lines
from tests.files.refactor.bakery import bakery, contents, findings, opened


def text(root: Path, path: str) -> str:
    return (root / path).read_text()


# --- moving ----------------------------------------------------------------------------------


def test_a_moved_flow_takes_its_entry_and_events_along(tmp_path: Path) -> None:
    project = opened(tmp_path)
    found = findings(project)
    flow = project.flows["orders/take-order"]
    flow.move_to("baking")
    assert flow.key == "baking/take-order"
    assert findings(project) == found
    baking, orders = project.domains["baking"], project.domains["orders"]
    assert baking.data.flow("take-order") is not None
    assert orders.data.flow("take-order") is None
    assert [wiring.flow for wiring in baking.publishes] == ["bake-bread", "take-order"]
    assert not orders.publishes
    assert "take-order" not in orders.data.layout_flows
    assert orders.data.groups[0].flows == ("cancel-order",)


def test_names_without_a_domain_get_one_when_their_flow_moves(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.workbench.move_flow("orders/take-order", "baking")
    moved = project.flows["baking/take-order"]
    assert moved.nodes["undo"].spec.flow == "orders/cancel-order"
    assert moved.nodes["bake"].spec.flow_ref == "baking/bake-bread"
    target = project.flows["baking/bake-bread"].nodes["over"].spec.target
    assert target == {"flow": "take-order", "domain": "baking"}


def test_names_of_a_moved_flow_get_its_new_domain(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.workbench.move_flow("orders/cancel-order", "baking")
    assert project.flows["orders/take-order"].nodes["undo"].spec.flow == "baking/cancel-order"
    assert not project.domains["orders"].consumes
    assert [(w.event, w.flow) for w in project.domains["baking"].consumes] == [
        ("order.placed", "heat-oven"),
        ("bread.baked", "cancel-order"),
    ]


def test_an_event_that_others_send_too_stays_with_them(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.workbench.duplicate_flow("orders/take-order", "Phone Order")
    found = findings(project)
    project.workbench.move_flow("orders/take-order", "baking")
    assert findings(project) == found
    assert [w.flow for w in project.domains["orders"].publishes] == ["phone-order"]


def test_a_flow_moves_to_a_domain_without_a_file(tmp_path: Path) -> None:
    bakery(tmp_path)
    system = tmp_path / "specs/system.yaml"
    system.write_text(system.read_text().replace("  zones:", "    - {name: van}\n  zones:"))
    project = Project(tmp_path, watch=False)
    project.workbench.move_flow("orders/cancel-order", "van")
    project.save()
    assert text(tmp_path, "specs/domains/van/domain.yaml").startswith("domain:\n  name: van\n")
    assert "van/cancel-order" in Project(tmp_path, watch=False).flows


def test_a_flow_does_not_move_over_another(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.new_flow("Take Order", "baking")
    with pytest.raises(EditError, match="already a flow 'take-order' in baking"):
        project.workbench.move_flow("orders/take-order", "baking")
    with pytest.raises(EditError, match=r"no domain 'van'\. Choose one of: orders"):
        project.workbench.move_flow("orders/take-order", "van")
    with pytest.raises(EditError, match="in the domain 'orders' already"):
        project.workbench.move_flow("orders/take-order", "orders")


# --- duplicating -----------------------------------------------------------------------------


def test_a_copy_keeps_the_text_and_has_an_endpoint_of_its_own(tmp_path: Path) -> None:
    project = opened(tmp_path)
    found = findings(project)
    copy = project.flows["orders/take-order"].duplicate_as("Phone Order")
    assert copy.key == "orders/phone-order"
    assert findings(project) == found
    project.save()
    old = text(tmp_path, "specs/domains/orders/flows/take-order.yaml")
    new = text(tmp_path, "specs/domains/orders/flows/phone-order.yaml")
    assert changed_lines(old, new) == [
        "-  id: take-order",
        "-  name: 'Take Order'",
        "+  id: phone-order",
        "+  name: 'Phone Order'",
        "-trigger: {type: http, method: POST, path: /orders, auth: required}",
        "+trigger: {type: http, method: POST, path: /orders/phone-order, auth: required}",
    ]


def test_copies_without_a_name_get_different_ones(tmp_path: Path) -> None:
    project = opened(tmp_path)
    keys = [project.workbench.duplicate_flow("orders/take-order") for _ in range(3)]
    assert keys == [
        "orders/take-order-copy",
        "orders/take-order-copy-2",
        "orders/take-order-copy-3",
    ]
    assert not findings(project)["http.duplicate-endpoint"]
    with pytest.raises(EditError, match="already a flow 'cancel-order'"):
        project.workbench.duplicate_flow("orders/take-order", "Cancel Order")


# --- deleting --------------------------------------------------------------------------------


def test_a_deleted_flow_leaves_no_entry_behind(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.flows["baking/heat-oven"].delete()
    project.save()
    for path, raw in contents(tmp_path).items():
        assert b"heat-oven" not in raw, path
    assert "baking/heat-oven" not in project.flows


def test_what_calls_a_deleted_flow_keeps_the_call_and_is_reported(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.workbench.delete_flow("orders/cancel-order")
    assert project.flows["orders/take-order"].nodes["undo"].spec.flow == "cancel-order"
    assert [p.where for p in project.problems if p.rule == "references.unknown-flow"] == [
        "orders/take-order#undo"
    ]


def test_consumers_of_a_deleted_flow_forget_only_where_the_event_came_from(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.workbench.delete_flow("orders/take-order")
    assert [(w.event, w.flow, w.source_flow) for w in project.domains["baking"].consumes] == [
        ("order.placed", "heat-oven", "")
    ]


def test_deleting_what_is_not_there_is_refused(tmp_path: Path) -> None:
    project = opened(tmp_path)
    with pytest.raises(EditError, match="no flow 'orders/nothing'"):
        project.workbench.delete_flow("orders/nothing")
    with pytest.raises(EditError, match="no domain 'nothing'"):
        project.workbench.delete_domain("nothing")


def test_a_domain_with_flows_goes_only_when_that_is_said(tmp_path: Path) -> None:
    project = opened(tmp_path)
    with pytest.raises(EditError, match=r"orders still has 2 flows .*with_flows=True"):
        project.workbench.delete_domain("orders")
    project.domains["orders"].delete(with_flows=True)
    project.save()
    assert list(project.domains) == ["baking"]
    assert not (tmp_path / "specs/domains/orders").exists()
    layout = text(tmp_path, "specs/system-layout.yaml")
    assert "orders" not in layout
    assert "baking" in layout
    system = text(tmp_path, "specs/system.yaml")
    assert "orders" not in system
    assert "# Two ovens, one van." in system


# --- domains ---------------------------------------------------------------------------------


def test_a_new_domain_is_listed_where_the_others_are_and_looks_like_them(tmp_path: Path) -> None:
    project = opened(tmp_path)
    before = contents(tmp_path)
    assert project.add_domain("Van Rounds", "Who drives where") == "van-rounds"
    assert list(project.domains) == ["orders", "baking", "van-rounds"]
    project.save()
    assert text(tmp_path, "specs/domains/van-rounds/domain.yaml").startswith(
        "domain:\n  name: van-rounds\n  description: Who drives where\n"
    )
    assert changed_lines(
        before["specs/system.yaml"].decode(), text(tmp_path, "specs/system.yaml")
    ) == ["+    - {name: van-rounds, description: Who drives where}"]
    project.undo()
    project.save()
    assert contents(tmp_path) == before


def test_the_first_domain_of_an_empty_project_begins_its_system_file(tmp_path: Path) -> None:
    project = Project(tmp_path, watch=False)
    project.add_domain("orders")
    project.new_flow("Take Order", "orders")
    project.save()
    again = Project(tmp_path, watch=False)
    assert list(again.flows) == ["orders/take-order"]
    assert not again.problems


@pytest.mark.parametrize("name", ["orders", "Orders", "ORDERS"])
def test_a_domain_is_not_added_twice(tmp_path: Path, name: str) -> None:
    with pytest.raises(EditError, match="already a domain 'orders'"):
        opened(tmp_path).add_domain(name)
