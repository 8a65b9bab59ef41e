"""A proposal: worked out on a copy, taken item by item, and it gives way to people's own edits."""

from __future__ import annotations

import contextlib
import threading
from functools import partial
from typing import Any

import pytest

from ddd_lab.maps import sheet
from ddd_lab.maps.data import Place
from ddd_lab.spec.edit.nodes import set_value
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.workbench import Workbench
from tests.assist.proposing import PLACE, change, files, line, node, proposal, titles

TELL = (node("tell", "event", settings="event: order.told"), line("charge", "tell", "success"))


def test_a_proposal_changes_nothing_until_it_is_applied(shop: Workbench) -> None:
    before = shop.flow_data(PLACE)
    told: list[object] = []
    shop.observe(told.append)
    one = proposal(shop, *TELL, change("charge", label="Take the money"))
    with one.tried() as after:
        assert "tell" in after.flow_data(PLACE).by_id
        assert "tell" not in shop.flow_data(PLACE).by_id
    assert shop.flow_data(PLACE) is before
    assert not shop.dirty
    assert told == []
    assert not len(shop.history)


def test_an_edge_needs_its_nodes_and_leaves_with_them(shop: Workbench) -> None:
    one = proposal(shop, *TELL, change("charge", label="Take the money"), line("tell", "placed"))
    assert titles(one.items) == [
        "Add “tell” (event)",
        "Connect “Charge the card” (success) to “tell”",
        "Change “Charge the card”: label",
        "Connect “tell” to “Order placed”",
    ]
    assert [item.needs for item in one.items] == [set(), {"1"}, set(), {"1"}]
    assert one.tick({"2"}) == {"1", "2"}
    assert one.untick({"1", "2", "3", "4"}, {"1"}) == {"3"}
    assert one.untick({"1", "2", "3", "4"}, {"2"}) == {"1", "3", "4"}


def test_what_is_renamed_is_followed(shop: Workbench) -> None:
    one = proposal(
        shop,
        {"op": "rename_node", "node": "charge", "to": "pay"},
        change("pay", label="Pay"),
        {"op": "rename_flow", "flow": PLACE, "name": "Buy"},
        {**node("tell"), "flow": "orders/buy"},
        {**line("pay", "tell", "success"), "flow": "orders/buy"},
    )
    assert not one.refused
    assert [sorted(item.needs) for item in one.items] == [[], ["1"], [], ["3"], ["1", "3", "4"]]
    assert one.apply().words == "5 of 5: 1 flow renamed, 1 domain changed"
    assert shop.flow_data("orders/buy").by_id["pay"].label == "Pay"


def test_an_output_that_only_a_change_offers_needs_the_change(shop: Workbench) -> None:
    routes = "routes: [{id: fast, description: quick}, {id: slow, description: not}]"
    one = proposal(
        shop, node("way", "router"), change("way", settings=routes), line("way", "placed", "fast")
    )
    assert [sorted(item.needs) for item in one.items] == [[], ["1"], ["1", "2"]]


def test_a_setting_is_shown_before_and_after(shop: Workbench) -> None:
    one = proposal(shop, change("placed", label="Bought", settings="status: 200\nbody: null"))
    shown = [(one.field, one.before, one.after) for one in one.items[0].changes]
    assert shown == [
        ("label", "Order placed", "Bought"),
        ("status", "201", "200"),
        ("body", '{"message": "Thank you"}', ""),
    ]


def test_only_new_problems_count_and_each_item_has_its_own(shop: Workbench) -> None:
    assert shop.problems
    one = proposal(shop, change("placed", label="Bought"))
    assert one.problems == ()
    lost = node("lost", settings="operation: look")
    other = proposal(shop, change("placed", label="Bought"), lost)
    assert [problem.rule for problem in other.items[1].problems] == ["graph.unreachable"]
    assert other.items[0].problems == ()


def test_part_of_a_proposal_is_one_step_that_undoes_to_the_byte(shop: Workbench) -> None:
    before = files(shop.root)
    one = proposal(
        shop,
        *TELL,
        line("tell", "placed"),
        change("charge", label="Take the money"),
        {"op": "delete_node", "node": "refused"},
        {"op": "new_flow", "domain": "orders", "name": "Give back"},
        {"op": "wire_event", "event": "order.told", "source": "orders", "target": "support"},
    )
    applied = one.apply(one.possible - {"4", "6"})
    assert applied.words == (
        "5 of 7: 2 domains changed, 1 node added, 1 node deleted, 2 connections added, "
        "3 connections removed"
    )
    assert shop.history.undo_label == "apply the assistant's proposal"
    shop.save()
    shop.undo()
    shop.save()
    assert files(shop.root) == before
    assert shop.undo() == ""


def test_what_cannot_be_is_refused_and_the_rest_goes_on(shop: Workbench) -> None:
    one = proposal(
        shop,
        node("basket"),
        line("basket", "nowhere"),
        change("placed", label="Order placed"),
        node("x", "teleport"),
        line("x", "placed"),
        change("charge", label="Pay"),
    )
    assert [refused.why for refused in one.refused] == [
        "there is already a node 'basket' in flow 'place-order'; choose another id",
        "it needs “Add “basket” (process)”, which cannot be done",
        "it is so already",
        one.items[3].refused,
        "it needs “Add “x” (teleport)”, which cannot be done",
    ]
    assert "there is no node type 'teleport'" in one.items[3].refused
    applied = one.apply()
    assert applied.words == "1 of 6: 1 node changed"
    assert len(applied.refused) == 5


def test_a_persons_own_edit_wins(shop: Workbench) -> None:
    one = proposal(
        shop,
        change("charge", label="Pay"),
        change("placed", label="Bought"),
        {"op": "delete_node", "node": "refused"},
        line("charge", "basket", "success"),
        *TELL,
    )
    assert not one.refused
    shop.edit_flow(PLACE, lambda flow: _label(flow, "charge", "My word"), "mine")
    shop.edit_flow(PLACE, lambda flow: _label(flow, "refused", "Mine too"), "mine")
    now = one.rebase()
    assert [(refused.item.id, refused.why) for refused in now.refused] == [
        ("1", "label was changed meanwhile, and that change stays"),
        ("3", "what it says was changed meanwhile, and that change stays"),
    ]
    applied = one.apply()
    assert [item.id for item in applied.done] == ["2", "4", "5", "6"]
    flow = shop.flow_data(PLACE)
    assert flow.by_id["charge"].label == "My word"
    assert flow.by_id["placed"].label == "Bought"
    shop.undo()
    assert shop.flow_data(PLACE).by_id["charge"].label == "My word"


def test_what_is_gone_meanwhile_is_listed_and_what_was_done_is_no_change(shop: Workbench) -> None:
    one = proposal(shop, change("charge", label="Pay"), change("placed", label="Bought"), *TELL)
    shop.edit_flow(PLACE, lambda flow: _label(flow, "placed", "Bought"), "mine")
    shop.delete_flow("billing/charge-card")
    assert [refused.why for refused in one.rebase().refused] == ["it is so already"]
    shop.delete_flow(PLACE)
    assert one.apply().words == "0 of 4: nothing was changed"
    assert len(one.rebase().refused) == 4


def test_an_edit_undone_meanwhile_lets_the_item_fit_again(shop: Workbench) -> None:
    one = proposal(shop, change("charge", label="Pay"))
    shop.edit_flow(PLACE, lambda flow: _label(flow, "charge", "My word"), "mine")
    assert one.rebase().refused
    shop.undo()
    assert not one.rebase().refused
    assert not one.rebase().rebase().refused


def test_new_cards_lie_on_no_other(shop: Workbench) -> None:
    def overlaps(key: str) -> list[tuple[str, str]]:
        cards = sheet(shop.flow_data(key), key)["nodes"]
        boxes = [(c["id"], c["position"], c["width"], c["height"]) for c in cards]
        return [
            (a[0], b[0])
            for index, a in enumerate(boxes)
            for b in boxes[index + 1 :]
            if a[1]["x"] < b[1]["x"] + b[2]
            and b[1]["x"] < a[1]["x"] + a[2]
            and a[1]["y"] < b[1]["y"] + b[3]
            and b[1]["y"] < a[1]["y"] + a[3]
        ]

    for key in (PLACE, "orders/track-order", "support/answer-customer"):
        flow = shop.flow_data(key)
        before = _places(shop, key)
        start = flow.nodes[0].id
        last = flow.nodes[-1].id
        one = proposal(
            shop,
            *(node(f"new{number}") for number in range(6)),
            *(line(f"new{number}", f"new{number + 1}") for number in range(5)),
            {"op": "delete_node", "node": last},
            at=key,
        )
        with one.tried() as after:
            seen = _places(after, key)
        assert {id: seen[id] for id in before if id != last} == {
            id: at for id, at in before.items() if id != last
        }
        one.apply(one.possible - {"12"})
        assert overlaps(key) == []
        now = _places(shop, key)
        assert {id: now[id] for id in before} == before
        assert {id: now[id] for id in seen} == seen
        assert start in now


def test_flows_and_domains_are_proposed_in_the_same_way(shop: Workbench) -> None:
    wire = {"op": "wire_event", "event": "order.back"}
    one = proposal(
        shop,
        {"op": "new_domain", "name": "Returns", "description": "Back again"},
        {"op": "new_flow", "domain": "returns", "name": "Take back"},
        {**node("check"), "flow": "returns/take-back"},
        {"op": "disconnect", "source": "trigger", "flow": "returns/take-back"},
        {**line("trigger", "check"), "flow": "returns/take-back"},
        {**wire, "source": "returns/take-back", "target": "orders"},
        at="",
    )
    assert not one.refused
    assert one.tick({"5"}) == {"1", "2", "3", "4", "5"}
    applied = one.apply()
    assert applied.words == "6 of 6: 1 flow added, 1 domain added, 1 domain changed"
    flow = shop.flow_data("returns/take-back")
    assert [edge.target for edge in flow.edges if edge.source == "trigger"] == ["check"]
    assert all(node.position is None for node in flow.all_nodes())


def test_a_growing_answer_grows_the_proposal_without_checking_it(shop: Workbench) -> None:
    first = proposal(shop, TELL[0], complete=False)
    assert first.problems == ()
    whole = proposal(shop, *TELL, id=first.id)
    assert whole.id == first.id
    assert whole.items[0].edit == first.items[0].edit


def test_proposals_are_worked_out_on_any_thread_while_people_edit(shop: Workbench) -> None:
    wrong: list[object] = []
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            one = proposal(shop, *TELL, change("charge", label="Pay"))
            if one.refused:
                wrong.append(one.refused)

    thread = threading.Thread(target=work)
    thread.start()
    for number in range(60):
        shop.edit_flow(PLACE, partial(_label, id="placed", label=f"n{number}"), "mine")
        if "tell" in shop.flow_data(PLACE).by_id:
            wrong.append(number)
    stop.set()
    thread.join()
    assert wrong == []
    assert shop.flow_data(PLACE).by_id["placed"].label == "n59"


def _label(flow: FlowData, id: str, label: str) -> FlowData:
    return set_value(flow, id, ("label",), label)


def _places(workbench: Workbench, key: str) -> dict[str, Place]:
    cards = sheet(workbench.flow_data(key), key)["nodes"]
    return {card["id"]: card["position"] for card in cards}


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "new_domain", "name": "../../outside"},
        {"op": "new_domain", "name": "/etc/outside"},
        {"op": "new_flow", "domain": "../..", "name": "outside"},
        {"op": "new_flow", "domain": "orders", "name": "../../../outside"},
        {"op": "rename_domain", "domain": "billing", "name": "../../outside"},
        {"op": "move_flow", "flow": PLACE, "domain": "../../outside"},
        {"op": "set_schema", "schema": "../../outside", "yaml": "fields: {id: {type: string}}"},
        {"op": "set_flow_yaml", "flow": "../../x/outside", "yaml": "nodes: []"},
        {
            "op": "set_flow_yaml",
            "flow": "orders/new-one",
            "yaml": "flow: {id: ../../outside, domain: ../..}\nnodes: []",
        },
    ],
    ids=str,
)
def test_no_name_leads_out_of_the_specs(shop: Workbench, edit: dict[str, Any]) -> None:
    folder = shop.root.parent
    with contextlib.suppress(ValueError):  # refused while it is read
        proposal(shop, edit).apply()
        shop.save()
    specs = shop.root / "specs"
    written = [path for path in folder.rglob("*outside*") if not path.is_relative_to(specs)]
    assert written == []
    assert all(len(path.relative_to(specs).parts) <= 4 for path in specs.rglob("*.yaml"))
