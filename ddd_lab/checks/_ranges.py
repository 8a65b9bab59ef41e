"""Between which numbers a setting makes sense, type by type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ddd_lab.spec.models.base import Data, Path


class Limit(NamedTuple):
    """The sensible values of a number.

    Attributes:
        key: the setting as a path with dots; ``*`` stands for every entry of a list or map.
        least, most: the smallest and the largest sensible value.
        unit: what is counted, for the message.
    """

    key: str
    least: float
    most: float
    unit: str = ""


_EVER = float("inf")
_TRIES = Limit("retry.max_attempts", 1, 100, "attempts")
_BACKOFF = Limit("retry.backoff_ms", 0, 86_400_000, "milliseconds")
_WAIT = Limit("timeout_ms", 1, 86_400_000, "milliseconds")
# Anthropic's models take 0 to 1, others up to 2.
_HEAT = Limit("temperature", 0, 2)
_MEMORIES = (
    Limit("memory.*.max_tokens", 1, _EVER, "tokens"),
    Limit("memory.*.min_similarity", 0, 1),
    Limit("memory.*.similarity_threshold", 0, 1),
    Limit("memory.*.top_k", 1, _EVER, "entries"),
)
_ANSWERS = tuple(
    Limit(f"{key}.status", 100, 599)
    for key in ("on_true", "on_false", "onTrue", "onFalse", "on_failure")
)

LIMITS: Mapping[str, tuple[Limit, ...]] = {
    "agent_group": (
        Limit("coordination.max_active_agents", 1, _EVER, "agents"),
        Limit("coordination.concurrency.max_active_agents", 1, _EVER, "agents"),
        Limit("coordination.selection.sticky_timeout", 1, _EVER, "seconds"),
    ),
    "agent_loop": (Limit("max_iterations", 1, 50, "rounds"), _HEAT, *_MEMORIES),
    "batch": (Limit("concurrency", 1, _EVER),),
    "cache": (
        Limit("ttl_ms", 1, _EVER, "milliseconds"),
        Limit("ttl_jitter_ms", 0, _EVER, "milliseconds"),
    ),
    "collection": (Limit("count", 1, _EVER, "items"),),
    "crypto": (Limit("length", 1, _EVER),),
    "data_store": (
        Limit("pagination.default_limit", 1, _EVER, "entries"),
        Limit("pagination.max_limit", 1, _EVER, "entries"),
    ),
    "decision": _ANSWERS,
    "delay": (
        Limit("min_ms", 0, _EVER, "milliseconds"),
        Limit("max_ms", 1, _EVER, "milliseconds"),
    ),
    "event": (Limit("delay_ms", 0, _EVER, "milliseconds"),),
    "guardrail": (Limit("on_block.status", 100, 599),),
    "handoff": (
        Limit("context_transfer.max_context_tokens", 100, 10_000, "tokens"),
        # Seconds in the guide (5 to 600), milliseconds in some later files.
        Limit("on_failure.timeout", 5, 600_000, "seconds"),
    ),
    "human_gate": (Limit("timeout.duration", 1, _EVER, "seconds"),),
    "input": (
        Limit("fields.*.min_length", 0, _EVER, "characters"),
        Limit("fields.*.max_length", 1, _EVER, "characters"),
    ),
    "ipc_call": (_WAIT,),
    "llm_call": (_HEAT, Limit("max_tokens", 1, _EVER, "tokens"), _TRIES, _BACKOFF),
    "orchestrator": (
        Limit("supervision.intervene_on.*.max_retries", 0, 100),
        *(limit._replace(key=f"shared_{limit.key}") for limit in _MEMORIES),
    ),
    "parallel": (Limit("branches", 1, 64, "branches"), Limit("join_count", 1, 64), _WAIT),
    "router": (Limit("confidence_threshold", 0, 1),),
    "service_call": (_WAIT, _TRIES, _BACKOFF),
    "smart_router": (
        Limit("llm_routing.confidence_threshold", 0, 1),
        Limit("llm_routing.temperature", 0, 2),
        Limit("ab_testing.experiments.*.percentage", 0, 100, "percent"),
        Limit("policies.circuit_breaker.failure_threshold", 1, _EVER, "failures"),
        Limit("policies.circuit_breaker.recovery_time", 1, _EVER, "seconds"),
        Limit("policies.circuit_breaker.timeout_seconds", 1, _EVER, "seconds"),
        Limit("policies.circuit_breaker.half_open_requests", 1, _EVER, "requests"),
        Limit("policies.retry.max_attempts", 0, 100, "attempts"),
        Limit("policies.timeout.per_route", 1, _EVER, "seconds"),
        Limit("policies.timeout.total", 1, _EVER, "seconds"),
    ),
    "terminal": (Limit("status", 100, 599),),
    "text_split": (Limit("max_length", 1, _EVER, "characters"),),
    "trigger": (
        Limit("rate_limit.window_ms", 1, _EVER, "milliseconds"),
        Limit("rate_limit.max_requests", 1, _EVER, "requests"),
        Limit("debounce_ms", 0, _EVER, "milliseconds"),
        Limit("job_config.concurrency", 1, _EVER),
        Limit("job_config.timeout_ms", 1, _EVER, "milliseconds"),
        Limit("job_config.retry.max_attempts", 0, 100, "attempts"),
    ),
}


PATHS: Mapping[str, tuple[tuple[tuple[str, ...], Limit], ...]] = {
    kind: tuple((tuple(limit.key.split(".")), limit) for limit in limits)
    for kind, limits in LIMITS.items()
}
"""The limits of every type, each with its path as keys."""


def numbers(data: Data, keys: tuple[str, ...], at: Path = ()) -> Iterator[tuple[Path, float]]:
    """Every number at a path in which ``*`` stands for all entries of a list or map."""
    if not keys:
        if isinstance(data, int | float) and not isinstance(data, bool):
            yield at, data
        return
    key, rest = keys[0], keys[1:]
    if key == "*" and isinstance(data, list):
        for index, item in enumerate(data):
            yield from numbers(item, rest, (*at, index))
    elif key == "*" and isinstance(data, dict):
        for name, item in data.items():
            yield from numbers(item, rest, (*at, name))
    elif isinstance(data, dict) and key in data:
        yield from numbers(data[key], rest, (*at, key))
