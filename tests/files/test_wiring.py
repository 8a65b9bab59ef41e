"""Wiring events from the map: both sides are written, in the shapes that they have."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.maps.data import SystemMap
from ddd_lab.spec.edit.nodes import EditError
from tests.files.refactor.bakery import contents, findings, opened


def wires(root_map: SystemMap) -> list[object]:
    arrows = root_map["event_arrows"]
    return [
        (arrow["source_domain"], arrow["target_domain"], event)
        for arrow in arrows
        for event in arrow["events"]
    ]


def test_an_event_between_domains_is_written_on_both_sides(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.wire_event("oven.cold", "baking", "orders", description="Somebody must know")
    assert ("baking", "orders", "oven.cold") in wires(project.system_map())
    project.save()
    orders = (tmp_path / "specs/domains/orders/domain.yaml").read_text()
    baking = (tmp_path / "specs/domains/baking/domain.yaml").read_text()
    assert "    - event: oven.cold\n      from_domain: baking\n" in orders
    assert "  - {event: oven.cold, description: Somebody must know}\n" in baking


def test_an_event_between_flows_names_them(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.wire_event("bread.burnt", "baking/bake-bread", "orders/cancel-order")
    sent = project.domains["baking"].publishes[-1]
    got = project.domains["orders"].consumes[-1]
    assert (sent.event, sent.flow) == ("bread.burnt", "bake-bread")
    assert (got.event, got.flow) == ("bread.burnt", "cancel-order")


def test_with_nodes_the_flows_emit_and_wait_so_that_nothing_is_reported(tmp_path: Path) -> None:
    project = opened(tmp_path)
    found = findings(project)
    project.wire_event("bread.burnt", "baking/bake-bread", "orders/cancel-order", add_nodes=True)
    assert findings(project) == found
    flow = project.flows["baking/bake-bread"]
    assert flow.nodes["emit_bread_burnt"].spec.event == "bread.burnt"
    assert ("emit_bread_burnt", "done") in {(e.source, e.target) for e in flow.edges}
    trigger = project.flows["orders/cancel-order"].trigger
    assert trigger is not None
    assert trigger.spec.event == ["bread.baked", "bread.burnt"]
    assert project.workbench.history.undo_label.startswith("wire bread.burnt")
    project.undo()
    assert not project.dirty


def test_wiring_what_is_wired_changes_nothing(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.wire_event("order.placed", "orders/take-order", "baking/heat-oven", add_nodes=True)
    project.wire_event("order.placed", "orders", "baking")
    assert not project.dirty


def test_a_flow_fills_an_entry_that_names_none(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.wire_event("van.left", "orders", "baking")
    project.wire_event("van.left", "orders/take-order", "baking/heat-oven")
    assert [w.flow for w in project.domains["orders"].publishes if w.event == "van.left"] == [
        "take-order"
    ]
    assert [w.flow for w in project.domains["baking"].consumes if w.event == "van.left"] == [
        "heat-oven"
    ]


def test_unwiring_takes_both_sides_back(tmp_path: Path) -> None:
    project = opened(tmp_path)
    before = contents(tmp_path)
    project.wire_event("van.left", "orders/take-order", "baking/heat-oven")
    project.unwire_event("van.left", "orders", "baking")
    project.save()
    assert contents(tmp_path) == before


def test_an_event_stays_published_while_somebody_else_consumes_it(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.add_domain("van")
    project.wire_event("bread.baked", "baking/bake-bread", "van")
    project.unwire_event("bread.baked", "baking", "orders")
    assert [w.event for w in project.domains["baking"].publishes] == ["bread.baked"]
    project.unwire_event("bread.baked", "baking", "van")
    assert not project.domains["baking"].publishes


@pytest.mark.parametrize(
    ("event", "source", "target", "reason"),
    [
        ("", "orders", "baking", "cannot be the name of an event"),
        ("two words", "orders", "baking", "cannot be the name of an event"),
        ("a.b", "orders", "nowhere", "no domain 'nowhere'"),
        ("a.b", "orders/nothing", "baking", "no flow 'nothing' in orders"),
        ("a.b", "orders", "orders", "to itself"),
    ],
)
def test_impossible_wires_are_refused(
    tmp_path: Path, event: str, source: str, target: str, reason: str
) -> None:
    project = opened(tmp_path)
    with pytest.raises(EditError, match=reason):
        project.wire_event(event, source, target)
    assert not project.dirty


def test_a_flow_that_requests_start_is_not_made_to_wait_unasked(tmp_path: Path) -> None:
    project = opened(tmp_path)
    with pytest.raises(EditError, match="is started by http, not by events"):
        project.wire_event("a.b", "baking/bake-bread", "orders/take-order", add_nodes=True)
    assert not project.dirty


def test_unwiring_what_is_not_wired_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EditError, match="does not go from orders to baking"):
        opened(tmp_path).unwire_event("van.left", "orders", "baking")
