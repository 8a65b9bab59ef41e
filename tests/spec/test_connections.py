"""Connections, edited where they are."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.spec.edit.connections import (
    ConnectionSpec,
    Which,
    find_connection,
    reconnect,
    set_connection,
    unset_connection,
)
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.flow import Connection, FlowData
from tests.spec.flows import flow, node


def shop() -> FlowData:
    store = node("store", "data_store", success="done", failure="sorry")
    lines = (
        Connection(output="success", target="done", extra={"label": "saved", "x_team": [1]}),
        Connection(output="failure", target="sorry"),
    )
    return flow(
        store.model_copy(update={"connections": lines}),
        node("done", "terminal"),
        node("sorry", "terminal"),
        trigger={"type": "http"},
    )


SAVED = Which("store", "success", "done")


def test_a_key_is_set_and_the_others_stay() -> None:
    changed = set_connection(shop(), SAVED, ("behavior",), "retry")
    changed = set_connection(changed, SAVED, ("retry_config", "max_attempts"), 3)
    assert find_connection(changed, SAVED).extra == {
        "label": "saved",
        "x_team": [1],
        "behavior": "retry",
        "retry_config": {"max_attempts": 3},
    }


def test_a_key_is_removed() -> None:
    changed = unset_connection(shop(), SAVED, ("label",))
    assert find_connection(changed, SAVED).extra == {"x_team": [1]}
    with pytest.raises(EditError, match="condition"):
        unset_connection(changed, SAVED, ("condition",))


def test_a_connection_is_found_by_either_vocabulary() -> None:
    assert find_connection(shop(), Which("store", "error")).target == "sorry"
    assert find_connection(shop(), Which("store", target="sorry")).output == "failure"


def test_a_connection_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(EditError, match="success → done, failure → sorry"):
        find_connection(shop(), Which("store", "nowhere"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("label",), ["no", "text"]),
        (("async",), "perhaps"),
        (("data",), "name"),
        (("retry_config",), 3),
        (("retry_config", "max_attempts"), [3]),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(path: tuple[str, ...], value: Any) -> None:
    with pytest.raises(EditError, match=path[0]):
        set_connection(shop(), SAVED, path, value)


def test_what_was_wrong_before_does_not_stand_in_the_way_of_another_key() -> None:
    start = shop()
    wrong = start.by_id["store"].model_copy(
        update={
            "connections": (Connection(output="success", target="done", extra={"async": "no"}),)
        }
    )
    start = start.model_copy(update={"nodes": (wrong, *start.nodes[1:])})
    changed = set_connection(start, SAVED, ("label",), "new")
    assert find_connection(changed, SAVED).extra == {"async": "no", "label": "new"}


@pytest.mark.parametrize("key", ["target", "targetNodeId", "to", "source", "sourceHandle"])
def test_a_key_that_would_be_read_as_an_end_is_refused(key: str) -> None:
    with pytest.raises(EditError, match="end of the connection"):
        set_connection(shop(), SAVED, (key,), "elsewhere")


def test_a_connection_led_elsewhere_keeps_what_it_says_and_where_it_stands() -> None:
    changed = reconnect(shop(), SAVED, target="sorry")
    lines = changed.by_id["store"].connections
    assert lines is not None
    assert lines[0] == Connection(
        output="success", target="sorry", extra={"label": "saved", "x_team": [1]}
    )
    moved = reconnect(shop(), Which("store", "failure"), output="success")
    assert [edge.output for edge in moved.edges if not edge.implicit] == ["success", "success"]


def test_a_connection_is_not_led_where_none_can_be() -> None:
    with pytest.raises(EditError, match="starts the flow"):
        reconnect(shop(), SAVED, target="trigger")
    with pytest.raises(EditError, match="no node"):
        reconnect(shop(), SAVED, target="nobody")
    with pytest.raises(EditError, match="no output"):
        reconnect(shop(), SAVED, output="maybe")
    both = reconnect(shop(), SAVED, target="sorry")
    with pytest.raises(EditError, match="already leads"):
        reconnect(both, Which("store", "success"), output="failure")


def test_the_line_of_a_bare_trigger_can_be_edited_like_any_other() -> None:
    changed = set_connection(shop(), Which("trigger"), ("label",), "start")
    assert find_connection(changed, Which("trigger")).extra == {"label": "start"}


def test_the_form_of_a_connection_is_a_json_schema_with_the_keys_of_files() -> None:
    schema = ConnectionSpec.model_json_schema(by_alias=True)
    assert set(schema["properties"]) == set(ConnectionSpec.keys())
    assert "async" in schema["properties"]
    assert schema["properties"]["behavior"]["x-enum"] == [
        "continue",
        "stop",
        "retry",
        "circuit_break",
    ]
