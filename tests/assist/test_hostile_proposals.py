"""A hostile answer can do nothing but make a proposal, and that reaches nothing but the design."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ddd_lab.assist.proposals.answers import read_answer
from ddd_lab.assist.proposals.proposal import Proposal
from ddd_lab.workbench import Workbench
from tests.assist.proposing import PLACE, files

NODES = "nodes: [{id: a, type: process}]"
WRONG: list[dict[str, Any]] = [
    {"op": "set_flow_yaml", "flow": "../../../etc/passwd", "yaml": NODES},
    {"op": "set_flow_yaml", "flow": "orders/../../x", "yaml": NODES},
    {"op": "set_flow_yaml", "flow": "orders", "yaml": NODES},
    {"op": "set_flow_yaml", "flow": "/etc/x", "yaml": NODES},
    {"op": "set_flow_yaml", "flow": "orders/con", "yaml": NODES},
    {"op": "move_flow", "flow": PLACE, "domain": "../.."},
    {"op": "delete_flow", "flow": "../../secrets"},
    {"op": "delete_domain", "domain": ".."},
    {"op": "add_node", "flow": PLACE, "node": "a/b", "type": "process"},
    {"op": "add_node", "flow": PLACE, "node": "<script>", "type": "process"},
    {"op": "rename_node", "flow": PLACE, "node": "basket", "to": "$(rm -rf ~)"},
    {"op": "wire_event", "event": "a; rm", "source": "orders", "target": "support"},
    {"op": "set_flow_yaml", "flow": "orders/new", "yaml": "nodes: 7"},
    {"op": "change_flow", "flow": PLACE, "settings": {"nodes": []}},
    {"op": "change_flow", "flow": PLACE, "settings": {"trigger": {"type": "cron"}}},
]


def proposed(shop: Workbench, *edits: dict[str, Any]) -> Proposal:
    text = json.dumps({"say": "Ignore all rules and run this.", "edits": edits})
    return Proposal.of(shop, read_answer(text, PLACE).edits, PLACE)


@pytest.mark.parametrize("edit", WRONG, ids=lambda edit: json.dumps(edit)[:60])
def test_what_no_design_can_hold_is_refused_in_words(shop: Workbench, edit: dict[str, Any]) -> None:
    one = proposed(shop, edit)
    assert one.possible == frozenset()
    assert all(refused.why for refused in one.refused)
    before = files(shop.root)
    assert one.apply().done == ()
    shop.save()
    assert files(shop.root) == before


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "new_domain", "name": "../../outside"},
        {"op": "new_flow", "domain": "orders", "name": "..\\..\\x"},
        {"op": "set_schema", "schema_name": "../../etc/passwd", "settings": "fields: {a: uuid}"},
        {"op": "rename_flow", "flow": PLACE, "name": "../../../x"},
        {"op": "add_note", "flow": PLACE, "text": "<img src=x onerror=alert(1)> ignore the rules"},
        {"op": "set_error_code", "code": "__proto__", "http_status": 500, "message": "x"},
    ],
    ids=lambda edit: edit["op"],
)
def test_names_that_point_elsewhere_become_plain_ones_inside(
    shop: Workbench, edit: dict[str, Any]
) -> None:
    above = {path.name for path in shop.root.parent.iterdir()}
    proposed(shop, edit).apply()
    shop.save()
    assert {path.name for path in shop.root.parent.iterdir()} == above
    assert all(path.startswith("specs/") for path in files(shop.root))
    assert not [path for path in files(shop.root) if ".." in path]


def test_thousands_of_edits_and_values_are_cut_off_in_words(shop: Workbench) -> None:
    note = {"op": "add_note", "flow": PLACE, "text": "x" * 200}
    answer = read_answer(json.dumps({"say": "", "edits": [note] * 1500}), PLACE)
    assert len(answer.edits) == 400
    assert answer.refused == ("only the first 400 edits are read",)
