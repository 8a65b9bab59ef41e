"""The edits that a model can suggest: each is one that a person can make, with the same code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.assist.proposals.edits import EDITS, answer_schema, described, edit_of
from ddd_lab.assist.proposals.model_data import DEEPEST, MOST_TEXT
from ddd_lab.lossless_yaml import parse
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.workbench import Workbench
from tests.corpus import real_projects

PLACE = "orders/place-order"
RETURNS = """\
flow: {name: Take back, type: traditional}
trigger: {type: http, method: POST, path: /returns}
nodes:
  - {id: check, type: process, spec: {operation: check}, connections: {next: done}}
  - {id: done, type: terminal, spec: {status: 200}}
"""
EXAMPLES: dict[str, dict[str, Any]] = {
    "add_node": {"flow": PLACE, "node": "tell", "type": "event", "settings": "event: order.told"},
    "change_node": {"flow": PLACE, "node": "in_stock", "label": "Enough?", "settings": "x: [1]"},
    "delete_node": {"flow": PLACE, "node": "refused"},
    "rename_node": {"flow": PLACE, "node": "basket", "to": "cart"},
    "add_note": {"flow": PLACE, "text": "Ask the shop keeper"},
    "connect": {"flow": PLACE, "source": "basket", "target": "placed", "output": "valid"},
    "disconnect": {"flow": PLACE, "source": "basket", "target": "refused"},
    "change_connection": {
        **{"flow": PLACE, "source": "basket", "target": "refused"},
        "settings": "label: not good",
    },
    "new_flow": {"domain": "orders", "name": "Cancel order", "description": "It is not wanted"},
    "change_flow": {"flow": PLACE, "description": "Somebody buys", "settings": "owner: priya"},
    "rename_flow": {"flow": PLACE, "name": "Buy"},
    "move_flow": {"flow": "orders/track-order", "domain": "support"},
    "delete_flow": {"flow": "orders/track-order"},
    "new_domain": {"name": "Returns", "description": "Back again"},
    "change_domain": {"domain": "orders", "description": "Buying"},
    "rename_domain": {"domain": "orders", "name": "Sales"},
    "delete_domain": {"domain": "support"},
    "wire_event": {"event": "order.lost", "source": "orders", "target": "support"},
    "unwire_event": {"event": "order.placed", "source": "orders", "target": "billing"},
    "set_schema": {"schema_name": "Order", "settings": "fields: {id: {type: uuid}}"},
    "set_error_code": {"code": "NO_STOCK", "http_status": 409, "message": "Nothing left"},
    "set_flow_yaml": {"flow": "orders/take-back", "yaml": RETURNS},
    "set_node_yaml": {"flow": PLACE, "node": "placed", "yaml": "type: terminal\nlabel: Bought"},
}


def test_every_edit_has_an_example() -> None:
    assert EXAMPLES.keys() == EDITS.keys()


@pytest.mark.parametrize("op", EXAMPLES)
def test_each_edit_changes_the_design_and_is_undone_to_the_byte(shop: Workbench, op: str) -> None:
    before = {path: path.read_bytes() for path in shop.root.rglob("*.yaml")}
    edit = edit_of({"op": op, **EXAMPLES[op]})
    with shop.step("try"):
        for single in edit.expanded(shop):
            assert single.title(shop)
            single.apply(shop)
    assert shop.save()
    assert shop.undo() == "try"
    shop.save()
    assert {path: path.read_bytes() for path in shop.root.rglob("*.yaml")} == before


def test_settings_are_merged_into_those_that_are_there(shop: Workbench) -> None:
    edit_of(
        {
            "op": "change_node",
            "flow": PLACE,
            "node": "basket",
            "settings": "fields:\n  count: {min: 2, error: null}\n  note: {type: string}",
        }
    ).apply(shop)
    fields = shop.flow_data(PLACE).by_id["basket"].spec["fields"]
    assert list(fields) == ["sku", "count", "note"]
    assert fields["count"] == {"type": "integer", "required": True, "min": 2}
    assert fields["sku"]["min_length"] == 3


def test_a_setting_behind_a_reference_changes_where_it_lives(shop: Workbench) -> None:
    key = "support/answer-customer"
    edit_of(
        {"op": "change_node", "flow": key, "node": "loop", "settings": "max_iterations: 3"}
    ).apply(shop)
    flow = shop.flow_data(key)
    assert flow.extra["agent_config"]["max_iterations"] == 3
    assert flow.by_id["loop"].spec["config"] == {"$ref": "#/agent_config"}


def test_a_whole_flow_as_text_becomes_the_single_edits_that_lead_there(shop: Workbench) -> None:
    text = shop.root.joinpath("specs/domains/orders/flows/place-order.yaml").read_text("utf-8")
    text = text.replace("Is it in stock?", "Enough?").replace("'false': refused", "'false': sorry")
    text = text.replace(
        "  - id: placed", "  - {id: sorry, type: terminal, spec: {status: 404}}\n\n  - id: placed"
    )
    edit = edit_of({"op": "set_flow_yaml", "flow": PLACE, "yaml": text})
    singles = list(edit.expanded(shop))
    assert [single.title(shop) for single in singles] == [
        "Change “Is it in stock?”: label",
        "Add “sorry” (terminal)",
        "Connect “Is it in stock?” (false) to “sorry”",
        "Disconnect “Is it in stock?” (false) from “Order refused”",
    ]
    for single in singles:
        single.apply(shop)
    assert list(edit.expanded(shop)) == []


def test_the_same_text_is_no_edit_at_all(shop: Workbench) -> None:
    for key in shop.design.flow_keys:
        text = shop.root.joinpath(shop.flow_path(key)).read_text("utf-8")
        edit = edit_of({"op": "set_flow_yaml", "flow": key, "yaml": text})
        assert list(edit.expanded(shop)) == []


def test_an_unknown_name_says_which_there_are(shop: Workbench) -> None:
    with pytest.raises(EditError, match="did you mean 'orders/place-order'"):
        edit_of({"op": "add_note", "flow": "orders/place-ordre", "text": "x"}).apply(shop)
    with pytest.raises(EditError, match="no node 'baskte'"):
        edit_of({"op": "delete_node", "flow": PLACE, "node": "baskte"}).apply(shop)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"op": "remove_all"}, "there is no edit 'remove_all'; use one of add_node"),
        ({"op": ["add_node"]}, "there is no edit"),
        ("add_node", "an edit is a map"),
        ({"op": "add_node", "flow": PLACE}, "add_node: node: Field required"),
        ({"op": "delete_node", "flow": PLACE, "node": "a", "id": "a"}, "it has flow, node"),
        ({"op": "delete_node", "flow": PLACE, "node": "a\u202eb"}, "has control characters"),
        ({"op": "delete_node", "flow": PLACE, "node": "n" * 400}, "more than 300 characters"),
        ({**EXAMPLES["add_node"], "op": "add_node", "settings": "- a"}, "must be a map of keys"),
        ({**EXAMPLES["add_node"], "op": "add_node", "settings": {"a\x1b": 1}}, "control"),
        (
            {**EXAMPLES["add_node"], "op": "add_node", "settings": "a: " + "[" * 400},
            "nested deeper",
        ),
        ({**EXAMPLES["add_node"], "op": "add_node", "settings": "a" * (MOST_TEXT + 1)}, "500,000"),
    ],
)
def test_what_is_no_edit_is_refused_in_words(data: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        edit_of(data)


def test_deep_and_huge_settings_are_refused() -> None:
    deep: dict[str, Any] = {}
    for _ in range(DEEPEST + 1):
        deep = {"a": deep}
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
        for before, name in zip("abcdef", "bcdefg", strict=True)
    )
    for settings, words in ((deep, "nested deeper"), (bomb, "aliases expand")):
        with pytest.raises(ValueError, match=words):
            edit_of({**EXAMPLES["add_node"], "op": "add_node", "settings": settings})


def test_the_edits_are_described_for_models_without_a_schema() -> None:
    words = described()
    assert "- add_node(flow, node, type, label?, settings?, parent?): Add a node" in words
    assert len(words.splitlines()) == len(EDITS)


def test_the_schema_is_flat_and_what_structured_outputs_take() -> None:
    schema = json.loads(json.dumps(answer_schema()))
    from anthropic.lib._parse._transform import transform_schema

    taken = transform_schema(schema)
    edits = schema["properties"]["edits"]["items"]["anyOf"]
    assert [one["properties"]["op"]["const"] for one in edits] == list(EDITS)
    for one, other in zip(edits, taken["properties"]["edits"]["items"]["anyOf"], strict=True):
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
        assert len(one["description"]) > 20
        for name, part in one["properties"].items():
            assert {"type"} < part.keys() <= {"type", "const", "enum", "description"}
            # The SDK leaves the type out where words say it.
            assert {**other["properties"][name], "type": part["type"]} == part
            assert name == "op" or part["description"]
    assert len(json.dumps(schema)) < 16_000


@pytest.mark.parametrize("project", real_projects(), ids=lambda path: path.name)
def test_any_flow_of_a_real_project_can_be_written_as_text(project: Path) -> None:
    workbench = Workbench(project, watch=False)
    keys = list(workbench.design.flows)
    for key, other in zip(keys, [*keys[1:], *keys[:1]], strict=True):
        own, foreign = (
            edit_of({"op": "set_flow_yaml", "flow": key, "yaml": text_of(workbench, one)})
            for one in (key, other)
        )
        assert list(own.expanded(workbench)) == []
        with workbench.trial():
            refused = []  # a target or an output that nobody could connect
            for single in foreign.expanded(workbench):
                try:
                    single.apply(workbench)
                except EditError:
                    refused.append(single)
            assert list(foreign.expanded(workbench)) == refused


def text_of(workbench: Workbench, key: str) -> Any:
    return parse((workbench.root / workbench.flow_path(key)).read_text("utf-8")).data
