"""Whether schedules are valid and event triggers name an event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddd_lab.checks._cron import CronError, looks_like_cron, read_cron
from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_summary import runtime
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, design_rule, flow_rule
from ddd_lab.checks._values import entries, mapping, named, text
from ddd_lab.spec.models.base import Path
from ddd_lab.spec.paths import SYSTEM_FILE
from ddd_lab.spec.problem import Place

_INTERVAL = re.compile(r"(every\s+)?\d+(\.\d+)?\s*[a-z]*|rate\(.*\)", re.IGNORECASE)
_WRAPPED = re.compile(r"cron\((.*)\)")


@flow_rule("schedules.invalid", "error", "An invalid schedule")
def invalid(view: FlowView) -> Iterator[Violation]:
    """The cron expression is invalid or never matches (for example: minute 60, 31 February)."""
    for schedule in _schedules(view):
        if looks_like_cron(schedule) and (why := _wrong(schedule)):
            yield Violation(
                view.at_path(view.triggers[0], _where(view, schedule)),
                f"“{schedule}” is not a valid schedule: {why}. Write it like “0 2 * * *” (every "
                f"day at 2:00).",
            )


@flow_rule("schedules.unclear", "warning", "A missing or unclear schedule")
def unclear(view: FlowView) -> Iterator[Violation]:
    """A cron trigger needs a cron expression. A description in words is not enough.

    A timer needs an interval. Intervals (30s, every 5 minutes), data paths and variables are fine.
    """
    if not view.triggers:
        return
    for info in view.started_by:
        if info.kind == "timer" and not info.schedule:
            yield Violation(
                view.at(view.triggers[0], "spec", "interval"),
                "This timer has no interval. Add one, for example 30s.",
            )
        if info.kind != "cron":
            continue
        place = view.at_path(view.triggers[0], _where(view, info.schedule))
        if not info.schedule:
            yield Violation(place, "This trigger has no schedule. Add one (“0 2 * * *”).")
        elif not _known(info.schedule):
            yield Violation(
                place,
                f"“{info.schedule}” is not a cron expression. Write one, for example “0 2 * * *” "
                f"(every day at 2:00).",
            )


@flow_rule("schedules.unnamed-event", "warning", "An event trigger without an event")
def unnamed_event(view: FlowView) -> Iterator[Violation]:
    """The trigger does not name the event, event group, channel or keys that start the flow."""
    for info in view.started_by if view.triggers else ():
        key, what, example = _NAMED.get(info.kind, ("", "", ""))
        if key and not info.events and not info.name:
            yield Violation(
                view.at(view.triggers[0], "spec", key),
                f"This trigger names no {what}. Add one, for example “{example}”.",
            )


_NAMED = {
    "event": ("event", "event", "order.placed"),
    "pattern": ("event", "event", "order.placed"),
    "event_group": ("name", "event group", "order_events"),
    "ipc": ("channel", "channel", "orders"),
    "shortcut": ("keys", "keys", "Ctrl+S"),
}
"""What each kind of trigger must name: the setting, what it is called, and an example."""


@design_rule("schedules.system", "warning", "An invalid schedule of the system")
def of_system(design: DesignIndex) -> Iterator[Violation]:
    """The cron expressions in the system's list of schedules must be valid, too."""
    system = design.design.system
    listed = (system.model_extra or {}).get("schedules")
    root: Path = ("system",) if system.domains and system.domains[0].path[:1] == ("system",) else ()
    for _, schedule, path in entries(listed):
        for key in ("frequency", "schedule", "cron"):
            words = text(named(schedule, key))
            if looks_like_cron(words) and (why := _wrong(words)):
                yield Violation(
                    Place(file=SYSTEM_FILE, path=(*root, "schedules", *path, key)),
                    f"“{words}” is not a valid schedule: {why}. Write it like “0 2 * * *”.",
                )


def _schedules(view: FlowView) -> Iterator[str]:
    for info in view.started_by if view.triggers else ():
        if info.kind == "cron" and not runtime(info.schedule):
            yield info.schedule


def _wrong(schedule: str) -> str:
    """Why a schedule cannot be read, or nothing."""
    if wrapped := _WRAPPED.fullmatch(schedule):
        # As Amazon's scheduler writes it: five fields and a year.
        schedule = " ".join(wrapped[1].split()[:5])
    try:
        read_cron(schedule)
    except CronError as error:
        return str(error)
    return ""


def _known(schedule: str) -> bool:
    return bool(
        runtime(schedule)
        or "$" in schedule
        or looks_like_cron(schedule)
        or _WRAPPED.fullmatch(schedule)
        or _INTERVAL.fullmatch(schedule)
    )


def _where(view: FlowView, schedule: str) -> Path:
    """The setting of the trigger that says the schedule, relative to the node."""
    spec = mapping(view.nodes[view.triggers[0]].spec)
    for key in ("schedule", "cron", "event", "expression"):
        if schedule and schedule in str(spec.get(key)):
            return ("spec", key)
    return ("spec", "schedule")
