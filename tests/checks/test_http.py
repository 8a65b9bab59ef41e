"""Endpoints are complete, and no two flows share one."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from tests.checks.builders import design, end, findings, fine, flow, node, quiet, shows, trigger

HERE = "orders/place-order"


def _started(**spec: Any) -> FlowData:
    return flow(end(), start=trigger(**spec))


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ({"type": "http", "path": "/orders"}, "no method"),
        ({"type": "http", "method": "GET"}, "no path"),
        ({"event": "http_request"}, "no method and no path"),
        ({"type": "webhook"}, "no path"),
    ],
)
def test_an_endpoint_without_method_or_path_is_an_error(spec: dict[str, str], says: str) -> None:
    half = _started(**spec)
    path = ("spec", "method" if "method" in says else "path")
    shows("http.incomplete", half, at=f"{HERE}#trigger", path=path, says=says)


def test_complete_endpoints_and_other_triggers_are_fine() -> None:
    events = (
        "HTTP GET /x",
        "webhook /x",
        "sse /x",
        "cron 0 2 * * *",
        "event:OrderPlaced",
        "manual",
    )
    quiet("http.incomplete", fine(), *(_started(event=event) for event in events))
    quiet("http.unknown-trigger", fine(), *(_started(event=event) for event in events))


def test_graphql_has_one_endpoint_for_everything() -> None:
    quiet("http.incomplete", _started(type="graphql", query="orders"))


def test_a_trigger_that_says_nothing_is_a_warning() -> None:
    dumb = _started(description="Starts somehow.")
    says = "HTTP POST /orders"
    shows("http.unknown-trigger", dumb, at=f"{HERE}#trigger", path=("spec", "type"), says=says)


SAME = [
    {"type": "http", "method": "POST", "path": "/orders/{id}"},
    {"event": "HTTP POST /orders/:order_id"},
    {"event": ["cron 0 2 * * *", "HTTP post /orders/{x}/"]},
    {"triggerType": "http", "method": "post", "path": "/orders/<id>?full=1"},
    {"event": "webhook /orders/{id}"},
    {"source": "http", "method": "POST", "path": "orders/{id}"},
]


@pytest.mark.parametrize("spec", SAME, ids=str)
def test_two_flows_at_one_endpoint_are_an_error_in_every_form(spec: dict[str, str]) -> None:
    first = _started(type="http", method="POST", path="/orders/{id}")
    both = design({HERE: first, "billing/pay": _started(**spec)})
    hits = [hit for hit in findings(both) if hit.rule == "http.duplicate-endpoint"]
    assert [hit.place.where for hit in hits] == [f"{HERE}#trigger", "billing/pay#trigger"]
    assert "also starts “billing/pay”. Give each flow its own method" in hits[0].message
    assert f"also starts “{HERE}”" in hits[1].message


def test_one_flow_may_name_its_endpoint_twice() -> None:
    quiet("http.duplicate-endpoint", design(_started(event=["HTTP GET /x", "HTTP GET /x/"])))


def test_other_methods_paths_and_depths_are_other_endpoints() -> None:
    paths = ["/orders", "/orders/{id}", "/orders/{id}/lines", "/orders/new", "/{shop}/orders"]
    flows = {
        f"orders/flow-{number}": _started(type="http", method=method, path=path)
        for number, (method, path) in enumerate((m, p) for m in ("GET", "POST") for p in paths)
    }
    quiet("http.duplicate-endpoint", design(flows))


def test_a_design_that_says_who_may_call_what_says_it_of_every_endpoint() -> None:
    rule = "http.auth"

    def at(path: str, **more: object) -> FlowData:
        return fine(id=path).model_copy(
            update={"trigger": trigger("charge", type="http", method="GET", path=path, **more)}
        )

    open_, closed, silent = at("a", auth=False), at("b", auth="required"), at("c")
    asked = design({"o/a": open_, "o/b": closed, "o/c": silent})
    shows(rule, asked, at="o/c#trigger", path=("spec", "auth"), says="no auth setting")
    quiet(rule, design({"o/b": closed, "o/c": silent}))
    quiet(rule, design({"o/a": open_, "o/c": silent}, domains={"o": {"auth": "required"}}))
    inner = at("d", security={"auth": True})
    quiet(rule, design({"o/a": open_, "o/d": inner}))


@pytest.mark.parametrize(
    "spec",
    [
        {"type": "manual"},
        {"type": "sub_flow"},
        {"type": "timer", "interval": "30s"},
        {"type": "interval", "interval_ms": 500},
        {"type": "websocket", "path": "/live"},
        {"type": "ws", "path": "/live"},
        {"type": "sse", "path": "/live"},
        {"type": "ipc", "channel": "orders"},
        {"type": "ui", "action": "click"},
        {"type": "lifecycle", "name": "start"},
        {"type": "shortcut", "keys": "Ctrl+S"},
        {"type": "event_group", "name": "orders"},
        {"type": "pattern", "config": {"event": "order.placed"}},
        {"type": "pattern", "event": "order.placed", "pattern": {"threshold": 3}},
        {"triggerType": "timer", "interval": "30s"},
        {"config": {"protocol": "websocket", "path": "/live"}},
        {"type": "http", "config": {"protocol": "websocket", "path": "/live"}},
        {"type": "http", "config": {"method": "GET", "path": "/live"}},
        {"type": "http", "config": {"protocol": "graphql"}},
        {"type": "cron", "config": {"schedule": "0 2 * * *"}},
    ],
)
def test_every_kind_of_trigger_is_known(spec: dict[str, Data]) -> None:
    assert findings(flow(node("charge", to="end"), end(), start=trigger(**spec))) == []


@pytest.mark.parametrize(
    ("kind", "rule", "says"),
    [
        ("websocket", "http.incomplete", "This WebSocket trigger has no path"),
        ("sse", "http.incomplete", "This event stream trigger has no path"),
        ("timer", "schedules.unclear", "This timer has no interval"),
        ("pattern", "schedules.unnamed-event", "names no event"),
        ("event_group", "schedules.unnamed-event", "names no event group"),
        ("ipc", "schedules.unnamed-event", "names no channel"),
        ("shortcut", "schedules.unnamed-event", "names no keys"),
        ("htpp", "specs.word", "Did you mean “http”?"),
    ],
)
def test_a_trigger_lacks_only_what_its_kind_needs(kind: str, rule: str, says: str) -> None:
    found = findings(flow(node("charge", to="end"), end(), start=trigger(type=kind)))
    assert [says in one.message for one in found if one.rule == rule] == [True]
    assert {one.rule for one in found} <= {rule, "http.unknown-trigger"}
