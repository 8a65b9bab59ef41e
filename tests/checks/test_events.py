"""Events are published, consumed and handled as the domains say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ddd_lab.spec.models.flow import FlowData
from tests.checks.builders import design, end, findings, fine, flow, node, quiet, shows, trigger
from tests.design_data import DesignData

ORDERS, STOCK = "specs/domains/orders/domain.yaml", "specs/domains/stock/domain.yaml"
PLACE, RESERVE = "orders/place-order", "stock/reserve"


def _emits(event: str = "order.placed", **spec: Any) -> FlowData:
    return flow(node("tell", "event", {"done": "end"}, event=event, **spec), end())


def _awaits(event: str = "order.placed") -> FlowData:
    return flow(end(), id="reserve", domain="stock", start=trigger(type="event", event=event))


def _two(
    publishes: dict[str, Any] | None = None,
    consumes: dict[str, Any] | None = None,
    emitter: FlowData | None = None,
    handler: FlowData | None = None,
    **stock: Any,
) -> DesignData:
    """Two domains: orders publishes, stock consumes; each with one flow."""
    orders = [publishes] if publishes else []
    taken = [consumes] if consumes else []
    return design(
        {PLACE: emitter or _emits(), RESERVE: handler or _awaits()},
        domains={
            "orders": {"name": "orders", "publishes_events": orders},
            "stock": {"name": "stock", "consumes_events": taken, **stock},
        },
    )


PUBLISHED = {"event": "order.placed", "from_flow": "place-order"}
CONSUMED = {"event": "order.placed", "handled_by_flow": "reserve"}
GOOD = _two(PUBLISHED, CONSUMED)


def test_an_event_that_nobody_publishes_is_a_warning() -> None:
    wrong = _two(PUBLISHED, {**CONSUMED, "event": "order.plaecd"})
    path = ("consumes_events", 0, "event")
    says = "Did you mean “order.placed”?"
    shows("events.no-publisher", wrong, at=STOCK, path=path, says=says)
    quiet("events.no-publisher", GOOD, _two(None, CONSUMED))


def test_an_event_that_nobody_consumes_is_worth_a_word() -> None:
    unheard = _two(PUBLISHED, handler=fine(id="reserve", domain="stock"))
    path = ("publishes_events", 0, "event")
    shows("events.no-consumer", unheard, at=ORDERS, path=path, says="Add it to a domain")
    quiet("events.no-consumer", GOOD, _two(PUBLISHED))


def test_wiring_that_names_a_missing_flow_is_an_error() -> None:
    wrong = _two({**PUBLISHED, "from_flow": "place-ordre"}, CONSUMED)
    path = ("publishes_events", 0, "from_flow")
    says = "Did you mean “place-order”?"
    shows("events.unknown-flow", wrong, at=ORDERS, path=path, says=says)
    handled = _two(PUBLISHED, {**CONSUMED, "handled_by_flow": "keep"})
    path = ("consumes_events", 0, "handled_by_flow")
    shows("events.unknown-flow", handled, at=STOCK, path=path, says="Name one of its flows")
    listed = _two(PUBLISHED, {**CONSUMED, "handled_by_flow": "keep"}, flows=[{"id": "keep"}])
    quiet("events.unknown-flow", GOOD, listed)


def test_the_source_of_a_consumed_event_must_send_it() -> None:
    path = ("consumes_events", 0, "from_flow")
    for source, says in (
        ("ordes/place-order", "Did you mean “orders”?"),
        ("orders/place", "no such flow"),
        ("stock/reserve", "“orders” does"),
    ):
        wrong = _two(PUBLISHED, {**CONSUMED, "from_flow": source})
        shows("events.unknown-source", wrong, at=STOCK, path=path, says=says)
    quiet("events.unknown-source", GOOD, _two(PUBLISHED, {**CONSUMED, "from_flow": PLACE}))


def test_an_emitted_event_that_the_domain_does_not_publish_is_a_warning() -> None:
    path = ("spec", "event")
    says = "publishes_events"
    shows("events.undeclared-emit", _two(), at=f"{PLACE}#tell", path=path, says=says)
    quiet("events.undeclared-emit", GOOD, _two(emitter=_emits(direction="consume")))
    quiet("events.undeclared-emit", design(_emits()))


def test_a_published_event_that_its_flow_does_not_emit_is_a_warning() -> None:
    path = ("publishes_events", 0, "from_flow")
    silent = _two(PUBLISHED, CONSUMED, emitter=fine())
    shows("events.not-emitted", silent, at=ORDERS, path=path, says="Add one to the flow")
    tool = {"id": "tell", "implementation": {"type": "event", "event": "order.placed"}}
    agent = flow(node("agent", "agent_loop", {"done": "end"}, tools=[tool]), end())
    said = fine(header={"emits": ["order.placed"]})
    for emitter in (agent, said):
        quiet("events.not-emitted", GOOD, _two(PUBLISHED, CONSUMED, emitter=emitter))


def test_a_trigger_that_the_domain_does_not_consume_is_a_warning() -> None:
    path = ("spec", "event")
    lone = _two(PUBLISHED)
    says = "consumes_events"
    shows("events.undeclared-trigger", lone, at=f"{RESERVE}#trigger", path=path, says=says)
    unsent = _two(handler=_awaits("stock.low"))
    says = "nobody publishes it"
    shows("events.undeclared-trigger", unsent, at=f"{RESERVE}#trigger", path=path, says=says)
    quiet("events.undeclared-trigger", GOOD)


def test_a_consumed_event_that_its_flow_does_not_wait_for_is_a_warning() -> None:
    deaf = _two(PUBLISHED, CONSUMED, handler=fine(id="reserve", domain="stock"))
    path = ("consumes_events", 0, "handled_by_flow")
    shows("events.not-handled", deaf, at=STOCK, path=path, says="Make it the flow's trigger")
    waiting = flow(node("wait", "event", "end", event="order.placed", direction="consume"), end())
    grouped = _awaits().model_copy(update={"trigger": trigger(event="event_group:sales")})
    group = [{"name": "sales", "events": ["order.placed"]}]
    quiet(
        "events.not-handled",
        GOOD,
        _two(PUBLISHED, CONSUMED, handler=waiting),
        _two(PUBLISHED, CONSUMED, handler=grouped, event_groups=group),
    )


def test_a_trigger_names_a_group_that_is_declared() -> None:
    handler = flow(end(), id="reserve", domain="stock", start=trigger(event="event_group:salse"))
    group = [{"name": "sales", "events": ["order.placed"]}]
    wrong = _two(PUBLISHED, handler=handler, event_groups=group)
    says = "Did you mean “sales”?"
    shows("events.unknown-group", wrong, at=f"{RESERVE}#trigger", path=("spec", "name"), says=says)
    right = flow(end(), id="reserve", domain="stock", start=trigger(event="event_group:sales"))
    quiet("events.unknown-group", _two(PUBLISHED, handler=right, event_groups=group))


def test_the_events_of_a_group_are_published_by_somebody() -> None:
    group = [{"name": "sales", "events": ["order.placed", "order.lost"]}]
    wrong = _two(PUBLISHED, CONSUMED, event_groups=group)
    path = ("event_groups", 0, "events", 1)
    shows("events.group-event", wrong, at=STOCK, path=path, says="remove it from the group")
    lost = {"emit_event": "order.lost"}
    quiet("events.group-event", _two(PUBLISHED, CONSUMED, event_groups=group, on_error=lost))


def test_a_group_is_declared_once() -> None:
    group = {"name": "sales", "events": ["order.placed"]}
    path = ("event_groups", 1, "name")
    twice = _two(PUBLISHED, CONSUMED, event_groups=[group, group])
    shows("events.duplicate-group", twice, at=STOCK, path=path, says="Rename one")
    quiet("events.duplicate-group", _two(PUBLISHED, CONSUMED, event_groups=[group]))


def test_mixed_styles_of_names_are_mentioned_once() -> None:
    styled = design(
        domains={
            "orders": {
                "publishes_events": [{"event": name} for name in ("a.b", "c.d", "OrderPlaced")]
            }
        }
    )
    path = ("publishes_events", 2, "event")
    shows("events.mixed-names", styled, at=ORDERS, path=path, says="Use one style")
    quiet("events.mixed-names", GOOD)


def test_a_payload_field_that_nobody_sends_is_a_warning() -> None:
    taken = {**CONSUMED, "payload": {"order_id": "uuid", "totl": "number"}}
    sent = {**PUBLISHED, "payload": {"order_id": "uuid", "total": "number"}}
    path = ("consumes_events", 0, "payload", "totl")
    says = "Did you mean “total”?"
    shows("events.payload", _two(sent, taken), at=STOCK, path=path, says=says)
    by_node = _emits(payload={"order_id": "$.id", "totl": "$.total"})
    whole = _emits(payload="$.order")
    quiet(
        "events.payload",
        _two(PUBLISHED, taken),
        _two(PUBLISHED, taken, emitter=by_node),
        _two(sent, taken, emitter=whole),
    )


def _listening(to: str, published: str = "orders.paid") -> DesignData:
    """Orders publishes an event, and mail waits for what a pattern says."""
    sends = flow(
        node("tell", "event", "end", direction="emit", event_name=published, payload={}), end()
    )
    waits = fine(id="send", domain="mail", start=trigger(type="event", event=to))
    return design(
        {PLACE: sends, "mail/send": waits},
        domains={
            "orders": {
                "flows": [{"id": "place-order"}],
                "publishes_events": [{"event": published, "from_flow": "place-order"}],
            },
            "mail": {
                "flows": [{"id": "send"}],
                "consumes_events": [
                    {"event": to, "from_domain": "orders", "handled_by_flow": "send"}
                ],
            },
        },
    )


@pytest.mark.parametrize(
    "pattern", ["orders.*", "orders.#", "#", "*.paid", "#.paid", "*.*", "orders.paid.#"]
)
def test_a_pattern_of_topics_is_the_events_that_it_matches(pattern: str) -> None:
    assert [one.message for one in findings(_listening(pattern))] == []
    assert [one.message for one in findings(_listening("orders.paid", pattern))] == []


@pytest.mark.parametrize("pattern", ["order.*", "*", "orders.*.*", "orders.paid.*", "#.late"])
def test_a_pattern_that_matches_nothing_is_the_finding(pattern: str) -> None:
    rules = {one.rule: one.message for one in findings(_listening(pattern))}
    assert set(rules) == {"events.no-publisher", "events.no-consumer"}
    assert f"“mail” consumes “{pattern}”, but no event matches it." in rules["events.no-publisher"]


def test_a_domain_may_consume_by_pattern_what_its_flows_wait_for_by_name() -> None:
    known = _listening("orders.*")
    waits = fine(id="send", domain="mail", start=trigger(type="event", event="orders.paid"))
    both = {**known.flows, "mail/send": waits}
    assert findings(replace(known, flows=both)) == []
