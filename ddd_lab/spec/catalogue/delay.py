"""Delay: the flow waits."""

from __future__ import annotations

from ddd_lab.spec.catalogue._base import NEXT, NodeType, SpecModel
from ddd_lab.spec.catalogue._facts import Need, Range, Settings, ordered, when_word
from ddd_lab.spec.catalogue._fields import Amount, setting, words
from ddd_lab.spec.lenient import first


class DelaySpec(SpecModel):
    """How long the flow waits, in milliseconds."""

    min_ms: Amount | None = setting(
        "Shortest wait; the wait if it is fixed.", unit="ms", title="Shortest wait"
    )
    max_ms: Amount | None = setting("Longest wait.", unit="ms", title="Longest wait")
    strategy: str | None = words("Whether the wait is random.", "random", "fixed")
    description: str | None = setting("What is waited for, in a sentence.")


def _summary(spec: Settings) -> str:
    least, most = first(spec, "min_ms"), first(spec, "max_ms")
    if least and most and least != most and first(spec, "strategy") != "fixed":
        return f"{least}–{most} ms"
    return f"{least or most} ms" if least or most else ""


TYPES = (
    NodeType(
        type="delay",
        category="logic",
        icon="◔",
        help="Waits before it continues.",
        spec=DelaySpec,
        outputs=(NEXT,),
        summary=_summary,
        new={"min_ms": 1000, "max_ms": 5000, "strategy": "random"},
        required=("min_ms",),
        ranges=(Range("min_ms", 0, unit="milliseconds"), Range("max_ms", 1, unit="milliseconds")),
        required_when=(
            Need(("max_ms",), when_word("strategy", "random"), "a random wait has an upper limit"),
        ),
        clashes=(ordered("min_ms", "max_ms"),),
        traits=("adds_nothing",),
    ),
)
