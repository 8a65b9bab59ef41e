"""Cache: looking up, keeping or dropping a value."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import Range, Settings, ordered
from ddd_lab.spec.catalogue._fields import Amount, setting, words
from ddd_lab.spec.catalogue._summary import joined
from ddd_lab.spec.lenient import first


class CacheSpec(SpecModel):
    """What is done with which key."""

    operation: str | None = words("Operation (default: check).", "check", "set", "invalidate")
    key: str | None = setting("The key; parts may be data paths.")
    store: str | None = words("Where values are kept.", "redis", "memory")
    ttl_ms: Amount | None = setting("How long a value is kept.", unit="ms", title="Kept for")
    ttl_jitter_ms: Amount | None = setting("By how much that varies.", unit="ms", title="Varied by")
    value: Any = setting("What is kept.")
    description: str | None = setting("What is cached, in a sentence.")


def _outputs(spec: Settings) -> tuple[Port, ...]:
    if first(spec, "operation") in ("set", "invalidate"):
        return (
            Port("next", aliases=("hit", "success", "done"), required=True),
            Port("miss", aliases=("failure", "error"), shown="used"),
        )
    return (
        Port("hit", aliases=("success", "found", "next"), required=True),
        Port("miss", aliases=("not_found", "failure", "error"), required=True),
    )


TYPES = (
    NodeType(
        type="cache",
        category="data",
        icon="▤",
        help="Looks up, stores or removes a value in a cache.",
        spec=CacheSpec,
        outputs=_outputs,
        summary=lambda spec: (
            joined(first(spec, "operation") or "check", first(spec, "key"), by=" ")
            if first(spec, "operation", "key")
            else ""
        ),
        new={"operation": "check", "key": "", "store": "redis", "ttl_ms": 3600000},
        required=("key", "store"),
        ranges=(
            Range("ttl_ms", 1, unit="milliseconds"),
            Range("ttl_jitter_ms", 0, unit="milliseconds"),
        ),
        clashes=(ordered("ttl_jitter_ms", "ttl_ms"),),
        traits=("decides",),
    ),
)
