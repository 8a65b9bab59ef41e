"""What changed between two versions is told in people's words."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.spec.diff.flow import diff_data, diff_flows, flow_is_layout_only
from ddd_lab.spec.models.base import Position
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from tests.spec.flows import flow, node, real_flows


def told(old: FlowData, new: FlowData) -> list[str]:
    return [change.text for change in diff_flows(old, new)]


def spec_told(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return told(flow(node("a", "process", old)), flow(node("a", "process", new)))


def test_equal_flows_differ_in_nothing() -> None:
    one = flow(node("a", "process", {"x": [1, {"y": 2}]}, next="b"))
    assert told(one, one.model_copy(deep=True)) == []


def test_nodes_come_and_go_by_their_type() -> None:
    assert told(flow(node("a", "process", {"x": 1})), flow(node("b", "event"))) == [
        "node a removed (process)",
        "node b added (event)",
    ]


def test_settings_are_told_by_their_path() -> None:
    assert spec_told({"timeout": 30}, {"timeout": 60}) == ["node a: timeout 30 → 60"]
    assert spec_told({}, {"retry": {"max": 3}}) == ["node a: retry added"]
    assert spec_told({"retry": 3}, {}) == ["node a: retry removed (was 3)"]
    assert spec_told({"on": True}, {"on": 1}) == ["node a: on true → 1"]
    old = {"fields": {"email": {"type": "string", "max_length": 10}}}
    new = {"fields": {"email": {"max_length": 20, "type": "string"}}}
    assert spec_told(old, new) == ["node a: fields.email.max_length 10 → 20"]


def test_list_entries_are_known_by_their_names_wherever_they_stand() -> None:
    old = {"fields": [{"name": "email", "max_length": 10}, {"name": "age"}]}
    new = {"fields": [{"name": "phone"}, {"name": "email", "max_length": 20}]}
    assert spec_told(old, new) == [
        "node a: fields.age removed",
        "node a: fields.phone added",
        "node a: fields.email.max_length 10 → 20",
    ]


def test_lists_of_words_are_compared_by_what_is_in_them() -> None:
    assert spec_told({"tags": ["a", "b"]}, {"tags": ["b", "c"]}) == [
        "node a: tags: “a” removed",
        "node a: tags: “c” added",
    ]
    assert spec_told({"tags": ["a", "b"]}, {"tags": ["b", "a"]}) == [
        "node a: tags in another order"
    ]


def test_long_texts_are_shown_where_they_begin_to_differ() -> None:
    (text,) = spec_told({"prompt": "word " * 40 + "old"}, {"prompt": "word " * 40 + "new"})
    assert text == "node a: prompt “…word word word old” → “…word word word new”"


def test_labels_types_and_further_keys_of_a_node_count() -> None:
    old = NodeData(id="a", type="process", label="A", extra={"log": {"level": "info"}})
    new = NodeData(id="a", type="event", label="B", extra={"log": {"level": "warn"}})
    assert told(flow(old), flow(new)) == [
        "node “B”: type “process” → “event”",
        "node “B”: label “A” → “B”",
        "node “B”: log.level “info” → “warn”",
    ]


def test_edges_lead_elsewhere_leave_elsewhere_come_and_go() -> None:
    def version(**lines: str) -> FlowData:
        return flow(
            node("check", "input", None, **lines),
            *(node(id, "terminal", {"n": id}) for id in "xyz"),
        )

    assert told(version(invalid="x"), version(invalid="y")) == [
        "edge check/invalid now leads to y (was x)"
    ]
    assert told(version(success="x"), version(valid="x")) == [
        "edge check/success → x now leaves from valid"
    ]
    assert told(version(valid="x"), version(valid="x", invalid="y")) == [
        "edge check/invalid → y added"
    ]
    assert told(version(valid="x", invalid="y"), version(valid="x")) == [
        "edge check/invalid → y removed"
    ]


def test_what_a_connection_carries_is_compared_too() -> None:
    def version(extra: dict[str, Any]) -> FlowData:
        line = Connection(output="next", target="b", extra=extra)
        return flow(NodeData(id="a", type="process", connections=(line,)), node("b", "terminal"))

    assert told(version({}), version({"behavior": "retry"})) == [
        "edge a/next → b: behavior added: “retry”"
    ]


def test_a_node_with_another_id_is_recognised_and_its_edges_with_it() -> None:
    old = flow(node("pay", "process", {"action": "x"}, next="end"), node("end", "terminal"))
    new = flow(node("charge", "process", {"action": "x"}, next="end"), node("end", "terminal"))
    assert told(old, new) == ["node pay renamed to charge"]
    old = flow(node("a", "input", None, valid="end"), node("end", "terminal"))
    new = flow(node("a", "input", None, valid="fin"), node("fin", "terminal"))
    assert told(old, new) == ["node end renamed to fin"]


def test_twins_are_told_apart_by_their_connections() -> None:
    def version(first: str, second: str) -> FlowData:
        return flow(
            node("a", "input", None, valid=first, invalid=second),
            node(second, "terminal"),
            node(first, "terminal"),
        )

    assert told(version("ok", "bad"), version("fine", "wrong")) == [
        "node bad renamed to wrong",
        "node ok renamed to fine",
    ]


def test_an_empty_node_is_not_taken_for_another_empty_node() -> None:
    assert told(flow(node("a", "process")), flow(node("b", "process"))) == [
        "node a removed (process)",
        "node b added (process)",
    ]


def test_the_trigger_the_header_and_other_blocks_are_named() -> None:
    old = flow(trigger={"type": "http", "method": "GET", "path": "/a"}, tools=[{"id": "t"}])
    new = flow(
        trigger={"type": "http", "method": "POST", "path": "/a"}, tools=[{"id": "t", "x": 1}]
    )
    new = new.model_copy(update={"name": "New", "metadata": {"completeness": 40}})
    assert told(old, new) == [
        "flow: name “” → “New”",
        "trigger: method “GET” → “POST”",
        "tools.t.x added: 1",
        "metadata: completeness added: 40",
    ]
    assert told(flow(), flow(trigger={"event": "HTTP GET /a"})) == ["trigger added (GET /a)"]


def test_a_trigger_with_another_id_still_leads_where_it_led() -> None:
    old = flow(node("a", "process", {"x": 1}), trigger={"type": "http"})
    start = NodeData(
        id="start",
        type="trigger",
        spec={"type": "http"},
        connections=(Connection(target="a"),),
    )
    assert told(old, old.model_copy(update={"trigger": start})) == [
        "trigger: id “trigger” → “start”"
    ]


def test_moving_a_box_changes_only_the_layout() -> None:
    a = node("a", "process", {"x": 1})
    old = flow(a.model_copy(update={"position": Position(1, 2)}))
    new = flow(a.model_copy(update={"position": Position(3.5, 4)}))
    (change,) = diff_flows(old, new)
    assert (change.kind, change.node) == ("layout", "a")
    assert change.text == "node a moved from (1, 2) to (3.5, 4)"
    assert flow_is_layout_only(old, new)
    assert flow_is_layout_only(old, new.model_copy(update={"metadata": {"modified": "today"}}))
    assert not flow_is_layout_only(old, new.model_copy(update={"name": "other"}))


def test_another_order_in_the_file_is_layout() -> None:
    a, b = node("a", "process", {"x": 1}, next="b"), node("b", "terminal")
    assert flow_is_layout_only(flow(a, b), flow(b, a))
    assert told(flow(a, b), flow(b, a)) == ["nodes stand in another order in the file"]


def test_a_bare_trigger_follows_the_first_node() -> None:
    a, b = node("a", "process", {"x": 1}), node("b", "process", {"x": 2})
    old, new = flow(a, b, trigger={"type": "http"}), flow(b, a, trigger={"type": "http"})
    assert told(old, new)[0] == "edge trigger/next now leads to b (was a)"
    assert not flow_is_layout_only(old, new)


@pytest.mark.parametrize(
    ("old", "new", "text", "kind"),
    [
        (
            {"domain": {"flows": [{"id": "pay", "name": "Pay"}]}},
            {"domain": {"flows": [{"id": "pay", "name": "Charge"}]}},
            "flows.pay.name “Pay” → “Charge”",
            "data",
        ),
        (
            {"domain": {"layout": {"flows": {"pay": {"x": 1}}}}},
            {"domain": {"layout": {"flows": {"pay": {"x": 2}}}}},
            "layout.flows.pay.x 1 → 2",
            "layout",
        ),
        ({"domains": {"a": {"x": 1}}}, {"domains": {"a": {"x": 2}}}, "domains.a.x 1 → 2", "layout"),
        (
            {"errors": {"GONE": {"http_status": 404}}},
            {"errors": {"GONE": {"http_status": 410}}},
            "GONE.http_status 404 → 410",
            "data",
        ),
        (None, {"schema": {"name": "User"}}, "added", "data"),
        ({"schema": {"name": "User"}}, None, "removed", "data"),
    ],
)
def test_other_files_are_compared_in_the_same_words(
    old: Any, new: Any, text: str, kind: str
) -> None:
    (change,) = diff_data(old, new)
    assert (change.text, change.kind) == (text, kind)


def test_a_change_points_to_where_it_is_in_the_new_version() -> None:
    old = {"fields": [{"name": "a"}, {"name": "b", "x": 1}]}
    new = {"fields": [{"name": "b", "x": 2}]}
    removed, changed = diff_data(old, new)
    assert removed.path == ("fields",)
    assert changed.path == ("fields", 0, "x")


@pytest.mark.parametrize(
    ("old", "new", "texts"),
    [
        (
            [{"when": "a"}, {"then": "b"}],
            [{"if": "z"}, {"when": "a"}, {"then": "b"}],
            ["rules[1] added"],
        ),
        (
            [{"if": "z"}, {"when": "a"}, {"then": "b"}],
            [{"when": "a"}, {"then": "b"}],
            ["rules[1] removed"],
        ),
        ([[1, 2], [3, 4]], [[0, 0], [1, 2], [3, 4]], ["rules[1] added"]),
        ([{"a": 1}, {"b": 2}], [{"b": 2}, {"a": 1}], ["rules in another order"]),
        (
            [{"a": 1}, {"b": {"x": 1, "y": 1}}],
            [{"a": 1}, {"c": 3}, {"b": {"x": 1, "y": 2}}],
            ["rules[2] added", "rules[3].b.y 1 → 2"],
        ),
        (
            [{"say": "hello"}, {"say": "bye"}, {"end": 1}],
            [{"say": "good bye"}, {"end": 1}],
            ["rules[1] removed", "rules[1].say “bye” → “good bye”"],
        ),
    ],
)
def test_an_entry_of_a_list_without_names_comes_or_goes_alone(
    old: Any, new: Any, texts: list[str]
) -> None:
    assert [change.text for change in diff_data({"rules": old}, {"rules": new})] == texts


@pytest.mark.parametrize("root", ["domain", "system", "schema", "errors", "architecture", "config"])
def test_a_file_may_lose_or_get_its_root_key(root: str) -> None:
    data = {"name": "orders", "flows": [{"id": "place", "name": "Place"}]}
    edited = {"name": "orders", "flows": [{"id": "place", "name": "Order"}]}
    assert diff_data({root: data}, data) == diff_data(data, {root: data}) == []
    text = "flows.place.name “Place” → “Order”"
    (bare,) = diff_data({root: data}, edited)
    (wrapped,) = diff_data(data, {root: edited})
    assert (bare.text, bare.path) == (text, ("flows", 0, "name"))
    assert (wrapped.text, wrapped.path) == (text, (root, "flows", 0, "name"))


def test_a_position_stays_one_without_the_root_key() -> None:
    at = {"domains": {"a": {"x": 1}}, "zoom": 1}
    (change,) = diff_data({"system_layout": at}, {**at, "zoom": 2})
    assert (change.kind, change.text) == ("layout", "zoom 1 → 2")


HTTP = {"type": "http", "method": "POST", "path": "/orders"}


@pytest.mark.parametrize(
    "spec",
    [
        HTTP,
        {"triggerType": "http", "method": "POST", "path": "/orders"},
        {"event": "HTTP POST /orders"},
    ],
)
def test_a_trigger_in_another_form_is_the_same_trigger(spec: dict[str, Any]) -> None:
    block = NodeData(id="trigger", type="trigger", declared_id="", spec=HTTP, connections=None)
    lines = (Connection(target="a"),)
    entry = NodeData(id="trigger-1", type="trigger", spec=spec, connections=lines)
    step = node("a", "process", {"x": 1})
    old, new = (flow(step).model_copy(update={"trigger": start}) for start in (block, entry))
    assert told(old, new) == told(new, old) == []
    moved = entry.model_copy(update={"spec": {**HTTP, "path": "/buy", "auth": True}})
    assert told(old, new.model_copy(update={"trigger": moved})) == [
        "trigger: path “/orders” → “/buy”",
        "trigger: auth added: true",
    ]


def test_a_node_is_called_by_its_label_and_by_its_id_where_two_are_the_same() -> None:
    def version(limit: int, target: str, *more: NodeData) -> FlowData:
        line = (Connection(target=target),)
        check = NodeData(
            id="input-vMnK2bRw",
            type="input",
            label="Validate input",
            spec={"n": limit},
            connections=line,
        )
        ends = (NodeData(id=id, type="terminal", label="Done", spec={"n": id}) for id in ("x", "y"))
        return flow(check, *ends, *more)

    assert told(
        version(1, "x"), version(2, "y", NodeData(id="p", type="process", label="Pay"))
    ) == [
        "node “Validate input”: n 1 → 2",
        "node “Pay” added (process)",
        "edge “Validate input”/next now leads to “Done (y)” (was “Done (x)”)",
    ]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "a", "b"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(old=anything, new=anything)
def test_values_differ_exactly_when_they_are_not_the_same(old: Any, new: Any) -> None:
    assert diff_data(old, old) == []
    changes = diff_data({"a": old}, {"a": new})
    assert bool(changes) == bool(diff_data({"a": new}, {"a": old}))
    assert all(change.text for change in changes)


def test_real_flows_differ_from_each_other_but_not_from_themselves(corpus: object) -> None:
    flows = [real for _, real in real_flows()]
    for one, other in pairwise(flows):
        assert diff_flows(one, one.model_copy(deep=True)) == []
        changes = diff_flows(one, other)
        assert changes
        assert changes == diff_flows(one, other)
