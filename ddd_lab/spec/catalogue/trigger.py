"""Trigger: what starts the flow."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import NEXT, NodeType, SpecModel
from ddd_lab.spec.catalogue._facts import Range, Settings
from ddd_lab.spec.catalogue._fields import Amount, Flag, Names, Part, setting, words
from ddd_lab.spec.catalogue._summary import joined
from ddd_lab.spec.lenient import first
from ddd_lab.spec.models.trigger import trigger_spec_info

TRIGGER_KINDS = (
    *("http", "webhook", "cron", "event", "event_group", "manual", "sub_flow", "timer"),
    *("websocket", "sse", "pattern", "ui", "ipc", "lifecycle", "shortcut"),
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class JobConfig(Part):
    """How the queue runs what a cron or an event starts (later format)."""

    queue: str | None = setting("Name of the queue.")
    concurrency: Amount | None = setting("How many run at the same time.")
    timeout_ms: Amount | None = setting("Time limit.", unit="ms")
    retry: dict[str, Any] | None = setting("How a failed run is tried again.")
    dead_letter: Flag | str | None = setting("Whether, or where, failed runs are kept.")
    lock_ttl_ms: Amount | None = setting("How long a run holds its lock.", unit="ms", title="Lock")
    priority: Amount | None = setting("Order among waiting runs.")
    dedup_key: str | None = setting("Expression; runs with the same value count once.")


class RateLimit(Part):
    """How often one caller may start the flow (later format)."""

    window_ms: Amount | None = setting("Length of the window.", unit="ms")
    max_requests: Amount | None = setting("Calls allowed within the window.")
    key_by: str | None = words("What identifies a caller.", "ip", "user", "api_key")
    on_exceeded: str | None = words("What happens above the limit.", "reject", "queue", "delay")


class TriggerSecurity(Part):
    """How the entry is guarded (guide)."""

    rate_limit: str | None = setting("Calls allowed per time, such as 5/minute.")
    auth: Flag | str | None = setting("Whether the caller must have signed in.")
    audit: Flag | str | None = setting("Name of the audit event to write.")


class TriggerSpec(SpecModel):
    """What starts the flow (guide: type with method and path; later format: event)."""

    type: str | None = words("What starts the flow.", *TRIGGER_KINDS)
    triggerType: str | None = words(  # noqa: N815  # the file's key
        "The same as type, as older nodes write it.", *TRIGGER_KINDS, same_as="type"
    )
    method: str | None = words("HTTP method.", *METHODS)
    path: str | None = setting("URL path; parts in braces are parameters: /orders/{id}.")
    schedule: str | None = setting("Cron expression: minute, hour, day, month, weekday.")
    event: str | Names | None = setting(
        "Event, or a trigger such as HTTP POST /orders or cron 0 2 * * *.", suggest="event"
    )
    auth: Flag | str | dict[str, Any] | None = setting("Whether the caller must have signed in.")
    security: TriggerSecurity | None = setting("Rate limit, sign-in and audit of this entry.")
    source: str | None = setting("Who sends it.")
    description: str | None = setting("When this happens, in a sentence.")
    filter: dict[str, Any] | str | None = setting("Only what matches starts the flow.")
    debounce_ms: Amount | None = setting("How long it must be quiet.", unit="ms")
    payload: dict[str, Any] | list[Any] | None = setting("Data that comes with it.")
    job_config: JobConfig | None = setting("How the queue runs it.")
    pattern: dict[str, Any] | None = setting("Event, grouping, threshold and window of a pattern.")
    rate_limit: RateLimit | None = setting("How often one caller may start the flow.")
    signature: dict[str, Any] | None = setting("How a webhook proves who sent it.")
    connection_config: dict[str, Any] | None = setting("Settings of a lasting connection.")
    tier_limits: list[dict[str, Any]] | None = setting("Rate limits by role.")
    config: dict[str, Any] | None = setting("Further settings of the trigger.")


def _summary(spec: Settings) -> str:
    texts = [info.text for info in trigger_spec_info(spec)]
    return joined(*texts) or first(spec, "description")


TYPES = (
    NodeType(
        type="trigger",
        category="flow",
        icon="⬡",
        help="What starts the flow: a request, a webhook, a schedule or an event.",
        spec=TriggerSpec,
        outputs=(NEXT,),
        summary=_summary,
        new={"type": "http", "method": "POST", "path": "/api/endpoint"},
        required=(("type", "triggerType", "event", "method", "path", "schedule"),),
        has_input=False,
        usual=("schedule", "event"),
        aliases=("webhook",),
        ranges=(
            Range("rate_limit.window_ms", 1, unit="milliseconds"),
            Range("rate_limit.max_requests", 1, unit="requests"),
            Range("debounce_ms", 0, unit="milliseconds"),
            Range("job_config.concurrency", 1),
            Range("job_config.timeout_ms", 1, unit="milliseconds"),
            Range("job_config.retry.max_attempts", 0, 100, "attempts"),
        ),
        traits=("unplaced",),
    ),
)
