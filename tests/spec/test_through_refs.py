"""Settings that live at the top of an agent's file, edited through the nodes that refer to them."""

from __future__ import annotations

import pytest

from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.references.ref_edits import (
    home_of,
    kept_elsewhere,
    move_through,
    resolved_settings,
    set_through,
    unset_through,
)
from tests.spec.flows import flow, node


def support() -> FlowData:
    return flow(
        node(
            "agent",
            "agent_loop",
            {
                "config": {"$ref": "#/agent_config"},
                "tools": [{"$ref": "#/tools/look"}, {"id": "own", "name": "own"}],
                "temperature": 0.5,
            },
        ),
        node("guard", "guardrail", {"checks": {"$ref": "#/guardrails/input"}}),
        node("lost", "agent_loop", {"tools": {"$ref": "#/nowhere"}}),
        agent_config={"model": "small", "max_iterations": 5, "temperature": 0.1},
        tools=[{"id": "search", "name": "Search"}, {"id": "look", "name": "Look"}],
        guardrails={"input": [{"type": "pii_detection"}]},
    )


def test_settings_are_shown_as_they_take_effect() -> None:
    shown = resolved_settings(support(), "agent")
    assert shown["model"] == "small"
    assert shown["temperature"] == 0.5
    assert shown["tools"][0] == {"id": "look", "name": "Look"}


def test_a_value_is_set_where_it_lives() -> None:
    start = support()
    changed = set_through(start, "agent", ("spec", "model"), "large")
    assert changed.extra["agent_config"]["model"] == "large"
    assert changed.nodes == start.nodes
    changed = set_through(start, "agent", ("spec", "tools", 0, "name"), "Look it up")
    assert changed.extra["tools"][1] == {"id": "look", "name": "Look it up"}
    changed = set_through(start, "guard", ("spec", "checks", 0, "action"), "mask")
    assert changed.extra["guardrails"]["input"][0]["action"] == "mask"


def test_what_the_node_says_itself_is_set_in_the_node() -> None:
    changed = set_through(support(), "agent", ("spec", "temperature"), 0.9)
    assert changed.by_id["agent"].spec["temperature"] == 0.9
    assert changed.extra == support().extra
    changed = set_through(support(), "agent", ("spec", "tools", 1, "name"), "Mine")
    assert changed.by_id["agent"].spec["tools"][1]["name"] == "Mine"


def test_a_reference_itself_can_be_set_and_removed() -> None:
    changed = set_through(support(), "guard", ("spec", "checks"), {"$ref": "#/guardrails/output"})
    assert changed.by_id["guard"].spec == {"checks": {"$ref": "#/guardrails/output"}}
    bare = unset_through(support(), "guard", ("spec", "checks"))
    assert bare.by_id["guard"].spec == {}
    assert bare.extra == support().extra


def test_a_whole_block_is_replaced_through_its_reference() -> None:
    changed = set_through(support(), "guard", ("spec", "checks"), [])
    assert changed.extra["guardrails"] == {"input": []}


def test_a_key_of_a_block_is_removed_where_it_lives() -> None:
    changed = unset_through(support(), "agent", ("spec", "max_iterations"))
    assert changed.extra["agent_config"] == {"model": "small", "temperature": 0.1}


def test_a_value_of_the_wrong_type_is_refused_through_a_reference_too() -> None:
    with pytest.raises(EditError, match="model"):
        set_through(support(), "agent", ("spec", "model"), ["no", "text"])


def test_what_holds_a_reference_that_leads_nowhere_is_set_and_removed_in_the_node() -> None:
    tools = ("spec", "tools")
    changed = set_through(support(), "lost", tools, [{"id": "x"}])
    assert changed.by_id["lost"].spec == {"tools": [{"id": "x"}]}
    assert changed.extra == support().extra
    assert unset_through(support(), "lost", tools).by_id["lost"].spec == {}
    odd = flow(node("a", "transform", {"schema": {"$ref": "#/nope", "note": 1}}))
    changed = unset_through(odd, "a", ("spec", "schema", "$ref"))
    assert changed.by_id["a"].spec == {"schema": {"note": 1}}
    changed = set_through(support(), "lost", (*tools, "note"), "x")
    assert changed.by_id["lost"].spec["tools"] == {"$ref": "#/nowhere", "note": "x"}
    with pytest.raises(EditError, match="cannot be set inside"):
        set_through(support(), "lost", (*tools, 0), {"id": "x"})


def test_what_holds_a_reference_in_a_circle_is_set_and_removed_in_the_node() -> None:
    circle = flow(
        node("a", "agent_loop", {"tools": {"$ref": "#/tools"}}),
        tools={"$ref": "#/more"},
        more={"$ref": "#/tools"},
    )
    changed = set_through(circle, "a", ("spec", "tools"), [{"id": "x"}])
    assert changed.by_id["a"].spec["tools"] == [{"id": "x"}]
    assert unset_through(circle, "a", ("spec", "tools")).by_id["a"].spec == {}


def test_a_block_that_refers_to_nowhere_is_changed_where_it_stands() -> None:
    start = flow(
        node("a", "agent_loop", {"config": {"$ref": "#/agent_config"}}),
        agent_config={"model": {"$ref": "#/models/small"}},
    )
    changed = set_through(start, "a", ("spec", "model"), "large")
    assert changed.extra["agent_config"] == {"model": "large"}
    assert unset_through(start, "a", ("spec", "model")).extra["agent_config"] == {}


SCHEMA = {
    "type": "object",
    "properties": {"total": {"$ref": "#/$defs/Money"}, "tax": {"$ref": "#/properties/total"}},
    "$defs": {"Money": {"type": "number"}},
}


@pytest.mark.parametrize(
    "path",
    [
        ("schema",),
        ("schema", "properties"),
        ("schema", "properties", "total"),
        ("schema", "properties", "tax", "$ref"),
        ("schema", "$defs", "Money"),
        ("schema", "$defs", "Money", "type"),
    ],
)
def test_the_parts_of_a_json_schema_are_its_own(path: tuple[str, ...]) -> None:
    blocks = {"properties": {"total": 1}, "$defs": {"Money": 2}}
    start = flow(node("a", "transform", {"schema": SCHEMA}), **blocks)
    assert kept_elsewhere(start, "a") == {}
    changed = set_through(start, "a", ("spec", *path), {"new": 1})
    assert changed.extra == start.extra
    assert changed.by_id["a"].spec != start.by_id["a"].spec
    changed = unset_through(start, "a", ("spec", *path))
    assert changed.extra == start.extra
    assert changed.by_id["a"].spec != start.by_id["a"].spec


def test_references_that_ask_for_billions_of_values_are_shown_as_they_stand() -> None:
    many = [{"$ref": "#/tools"}] * 2000
    greedy = flow(node("a", "agent_loop", {"tools": {"$ref": "#/tools"}}), tools=many)
    assert len(resolved_settings(greedy, "a")["tools"]) == 2000


def test_the_home_of_a_value_can_be_asked() -> None:
    assert home_of(support(), "agent", ("spec", "model")) == ("agent_config", "model")
    assert home_of(support(), "agent", ("spec", "temperature")) is None


def test_what_a_node_shows_of_other_blocks_is_told() -> None:
    assert kept_elsewhere(support(), "agent") == {
        ("model",): "#/agent_config",
        ("max_iterations",): "#/agent_config",
        ("tools", 0): "#/tools/look",
    }
    assert kept_elsewhere(support(), "guard") == {("checks",): "#/guardrails/input"}
    assert kept_elsewhere(support(), "lost") == {}


def test_items_are_moved_where_their_list_lives() -> None:
    own = move_through(support(), "agent", ("spec", "tools", 0), 1)
    assert own.by_id["agent"].spec["tools"] == [
        {"id": "own", "name": "own"},
        {"$ref": "#/tools/look"},
    ]
    assert own.extra == support().extra

    start = set_through(support(), "guard", ("spec", "checks", 1), {"type": "tone"})
    moved = move_through(start, "guard", ("spec", "checks", 1), 0)
    assert [check["type"] for check in moved.extra["guardrails"]["input"]] == [
        "tone",
        "pii_detection",
    ]
    assert moved.nodes == start.nodes
    with pytest.raises(EditError, match="no such place"):
        move_through(start, "guard", ("spec", "checks", 2), 0)
