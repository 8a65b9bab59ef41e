"""What starts a flow is understood in every form that files use."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.models.trigger import TriggerInfo, parse_event, trigger_info
from tests.spec.flows import flow, real_flows


def only(spec: dict[str, Any], beside: Any = None) -> TriggerInfo:
    whole = flow(trigger=spec)
    (info,) = trigger_info(whole.model_copy(update={"extra": {"trigger": beside}}))
    return info


@pytest.mark.parametrize(
    "spec",
    [
        {"type": "http", "method": "post", "path": "/orders"},
        {"triggerType": "http", "method": "POST", "path": "/orders"},
        {"event": "HTTP POST /orders"},
        {"event": "POST /orders"},
        {"event": "http_request", "method": "POST", "path": "/orders"},
        {"event": "order wanted", "source": "http", "method": "POST", "path": "/orders"},
        {"type": "api_endpoint", "method": "POST", "endpoint": "/orders"},
    ],
)
def test_an_http_trigger_is_the_same_in_every_form(spec: dict[str, Any]) -> None:
    info = only(spec)
    assert (info.kind, info.method, info.path) == ("http", "POST", "/orders")
    assert info.text == "POST /orders"


@pytest.mark.parametrize(
    ("words", "kind", "attribute", "value"),
    [
        ("webhook /hooks/stripe", "webhook", "path", "/hooks/stripe"),
        ("cron */15 * * * *", "cron", "schedule", "*/15 * * * *"),
        ("event:OrderPaid", "event", "events", ("OrderPaid",)),
        ("order.paid", "event", "events", ("order.paid",)),
        ("event_group:alerts", "event_group", "name", "alerts"),
        ("pattern:ManyOrders", "pattern", "name", "ManyOrders"),
        ("sse /updates", "sse", "path", "/updates"),
        ("ws /live", "ws", "path", "/live"),
        ("shortcut Cmd+Shift+R", "shortcut", "name", "Cmd+Shift+R"),
        ("timer 30000", "timer", "schedule", "30000"),
        ("ui:Submitted", "ui", "name", "Submitted"),
        ("ipc:file-changed", "ipc", "name", "file-changed"),
        ("lifecycle:startup", "lifecycle", "name", "startup"),
    ],
)
def test_every_rule_of_the_event_grammar_is_read(
    words: str, kind: str, attribute: str, value: object
) -> None:
    info = parse_event(words)
    assert info.kind == kind
    assert getattr(info, attribute) == value
    assert info.text


def test_a_manual_trigger_and_an_empty_one_are_told_apart() -> None:
    assert only({"event": "manual"}).kind == "manual"
    assert only({"type": "manual"}).kind == "manual"
    assert only({}).kind == "unknown"


def test_events_in_a_list_are_taken_together_and_other_entries_stand_alone() -> None:
    infos = trigger_info(flow(trigger={"event": ["event:A", "B", "cron 0 2 * * *"]}))
    assert [(info.kind, info.events) for info in infos] == [("event", ("A", "B")), ("cron", ())]


def test_a_schedule_alone_is_a_cron_trigger() -> None:
    assert only({"schedule": "0 2 * * *"}).text == "cron 0 2 * * *"
    assert only({"type": "cron", "schedule": "0 2 * * *"}).schedule == "0 2 * * *"


def test_an_event_trigger_of_the_guide_names_its_event() -> None:
    assert only({"type": "event", "event": "contract.ingested"}).events == ("contract.ingested",)


def test_a_pattern_names_the_event_that_it_counts() -> None:
    info = only({"event": "pattern:Many", "config": {"event": "ContentIngested"}})
    assert info.events == ("ContentIngested",)


def test_a_block_beside_the_trigger_node_fills_what_the_node_leaves_open() -> None:
    block = {"type": "http", "method": "GET", "path": "/stock", "auth": {"required": True}}
    assert only({}, beside=block).text == "GET /stock"
    assert only({"type": "http"}, beside=block).path == "/stock"
    assert only({"event": "HTTP POST /other"}, beside=block).path == "/other"


def test_a_label_in_the_grammar_serves_where_the_settings_say_nothing() -> None:
    start = NodeData(id="t", type="trigger", label="POST /content/import")
    (info,) = trigger_info(FlowData(id="f", trigger=start))
    assert info.path == "/content/import"


def test_a_flow_without_trigger_starts_nowhere() -> None:
    assert trigger_info(flow()) == ()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "event",
                    "method",
                    "path",
                    "source",
                    "schedule",
                    "config",
                    "pattern",
                    "name",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(spec=st.dictionaries(st.sampled_from(["type", "event", "source", "path"]), anything))
def test_no_trigger_is_too_strange_to_read(spec: dict[str, Any]) -> None:
    assert all(isinstance(info.text, str) for info in trigger_info(flow(trigger=spec)))


@given(block=anything)
def test_no_block_beside_a_trigger_is_too_strange(block: Any) -> None:
    start = NodeData(id="t", type="trigger")
    assert trigger_info(FlowData(id="f", trigger=start, extra={"trigger": block}))


def test_every_trigger_of_real_projects_is_understood(corpus: object) -> None:
    kinds = {}
    for path, real in real_flows():
        infos = trigger_info(real)
        assert infos, path
        assert all(info.kind != "unknown" for info in infos), path
        kinds.update({info.kind: path for info in infos})
    assert {"http", "cron", "event", "webhook", "ws", "sse", "timer", "manual"} <= set(kinds)
