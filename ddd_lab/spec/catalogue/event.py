"""Event: telling others what happened, or waiting for it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ddd_lab.spec.catalogue._base import RARE_FAILURE, NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import Need, Range, Settings
from ddd_lab.spec.catalogue._fields import Amount, Flag, setting, words
from ddd_lab.spec.catalogue._summary import joined
from ddd_lab.spec.lenient import first


class EventSpec(SpecModel):
    """Which event (guide: event; later format: event_name with a direction)."""

    event: str | None = setting("Such as contract.ingested.", suggest="event")
    event_name: str | None = setting(
        "Name of the event (later format).", suggest="event", same_as="event"
    )
    direction: str | None = words("Whether the event is sent or awaited.", "emit", "consume")
    payload: dict[str, Any] | list[Any] | str | None = setting("Payload: names with data paths.")
    payload_source: str | None = setting("Data path of all that it carries.")
    description: str | None = setting("What it means, in a sentence.")
    async_: Flag | None = Field(
        None, title="Does not wait", alias="async", description="Whether the flow does not wait."
    )
    target_queue: str | None = setting("Queue that it goes to.")
    priority: Amount | None = setting("Order in the queue.")
    delay_ms: Amount | None = setting("How long to wait before it is sent.", unit="ms")
    dedup_key: str | None = setting("Expression; events with the same value count once.")
    correlation_id: str | None = setting("Expression that ties related events together.")
    schema_ref: str | None = setting("Schema of what it carries.", suggest="schema")
    queue_operation: str | None = words(
        "Operation on a queue.", "read_metrics", "get_jobs", "remove_repeatable"
    )


def _summary(spec: Settings) -> str:
    name = first(spec, "event_name", "event", "event_type")
    direction = first(spec, "direction")
    return joined(direction if direction != "emit" else "", name, by=" ") or first(
        spec, "queue_operation", "description"
    )


TYPES = (
    NodeType(
        type="event",
        category="integration",
        icon="▷",
        help="Publishes an event, or waits for one.",
        spec=EventSpec,
        outputs=(
            Port("done", handle="next", aliases=("success", "emitted", "event:emitted", "ok")),
            RARE_FAILURE,
        ),
        summary=_summary,
        new={"event": "", "payload": {}},
        required=(("event", "event_name", "event_type", "queue_operation"),),
        ranges=(Range("delay_ms", 0, unit="milliseconds"),),
        required_when=(
            Need(
                ("target_queue", "queue"),
                lambda spec, _: bool(spec.get("queue_operation")),
                "the operation works on a queue",
            ),
        ),
        refers_to=("event",),
    ),
)
