"""What cards say on every map, whether it is drawn on the canvas, exported or printed."""

from __future__ import annotations

from ddd_lab.maps.data import DomainCard, GateCard

ICONS = {
    "domain": "▣",
    "flow": "▭",
    "agent": "◆",
    "orchestration": "⊛",
    "portal": "↗",
    "event": "⚡",
    "schema": "▥",
    "missing": "∅",
    "gate": "◐",
}
FLOW_TITLES = {
    "missing": "Missing flow",
    "orchestration": "Agent team",
    "agent": "Agent flow",
    "flow": "Flow",
}
LONELY_EVENT = {
    "unconsumed": "nobody consumes it",
    "unpublished": "nobody publishes it",
    "unassigned": "no flow assigned",
}
"""What an event without another end lacks."""


def lonely_events(domain: DomainCard) -> dict[str, list[str]]:
    """Events of a domain without another end, by what they lack."""
    by_side = {"unconsumed": domain["unconsumed"], "unpublished": domain["unpublished"]}
    return {kind: events for kind, events in by_side.items() if events}


def gate_texts(gate: GateCard) -> tuple[str, str]:
    """What a person may choose at a gate, and how long it waits."""
    return " / ".join(gate["options"]), "" if gate[
        "timeout"
    ] is None else f"waits {gate['timeout']} s"
