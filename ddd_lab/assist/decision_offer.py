"""Decisions that an answer names, so that a person can have them written down."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ddd_lab.visible import one_line

_LINE = re.compile(
    r"^[\s*_-]*(decision|rationale|affected)[*_]*:[*_]*\s*(.*?)[\s*_]*$", re.IGNORECASE
)
_TITLE = 100
_NOTHING = ("", "none", "-", "–", "…")


@dataclass(frozen=True)
class DecisionOffer:
    """A decision as an answer words it.

    Attributes:
        title: it in a line.
        decision: what was decided.
        rationale: why.
        affected: keys of what it is about.
    """

    title: str
    decision: str
    rationale: str
    affected: tuple[str, ...] = ()


def offered_decision(text: str) -> DecisionOffer | None:
    """The decision that an answer ends with; None where it names none with its reason."""
    parts: dict[str, str] = {}
    for line in reversed([line for line in text.splitlines() if line.strip()]):
        match = _LINE.match(line)
        if match is None or match[1].lower() in parts:
            break
        parts[match[1].lower()] = match[2].strip()
    decision, rationale = parts.get("decision", ""), parts.get("rationale", "")
    if decision.lower() in _NOTHING or rationale.lower() in _NOTHING:
        return None
    affected = (name.strip(" `.") for name in parts.get("affected", "").split(","))
    return DecisionOffer(
        one_line(decision, _TITLE),
        decision,
        rationale,
        tuple(name for name in affected if name.lower() not in _NOTHING),
    )
