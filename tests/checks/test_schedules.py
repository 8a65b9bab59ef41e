"""Schedules can be read, mean a time that comes, and say so to a scheduler."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.checks._cron import CronError, looks_like_cron, read_cron
from ddd_lab.spec.models.flow import FlowData
from tests.checks.builders import design, end, fine, flow, node, quiet, shows, trigger

HERE = "orders/place-order#trigger"


def _at(schedule: str) -> FlowData:
    return flow(node("a", to="end"), end(), start=trigger(type="cron", schedule=schedule))


GOOD = [
    "* * * * *",
    "0 2 * * *",
    "*/15 * * * *",
    "0,30 8-18/2 * * MON-FRI",
    "0 0 1 JAN,jul *",
    "0 0 29 2 *",
    "5/10 * * * *",
    "0 0 * * 7",
    "0 0 * * FRI-SUN",
    "30 0 0 1 1 *",
    "0 0 12 ? * 2#1",
    "0 0 L * *",
    "0 0 15W * ?",
    "0 0 31 2 MON",
    "TZ=Europe/Berlin 0 6 * * *",
    "0 0 0 1 1 * 2030",
    "@daily",
    "@every 1h30m",
]
BAD = [
    ("60 * * * *", "the minute 60 is not between 0 and 59"),
    ("0 24 * * *", "the hour 24 is not between 0 and 23"),
    ("0 0 0 * *", "the day of the month 0 is not between 1 and 31"),
    ("0 0 * 13 *", "the month 13 is not between 1 and 12"),
    ("0 0 * * 8", "the day of the week 8 is not between 0 and 7"),
    ("0 0 * * FOO", "“FOO” of the day of the week is not a number or a name like SUN"),
    ("0 0 31 2 *", "none of its months has this day"),
    ("0 0 31 4,6,9,11 ?", "none of its months has this day"),
    ("*/0 * * * *", "the step “0” of the minute is not a number of at least 1"),
    ("*/90 * * * *", "larger than the maximum, 59"),
    ("5-1 * * * *", "the range “5-1” of the minute ends before it starts"),
    ("1, * * * *", "has an extra comma"),
    ("* * * *", "it has 4 fields"),
    ("0 0 0 1 1 * 2030 1", "it has 8 fields"),
    ("@dayly", "is not one of @yearly"),
]


@pytest.mark.parametrize("schedule", GOOD)
def test_an_expression_that_schedulers_take_is_read(schedule: str) -> None:
    read_cron(schedule)
    assert looks_like_cron(schedule)
    quiet("schedules.invalid", _at(schedule))
    quiet("schedules.unclear", _at(schedule))


@pytest.mark.parametrize(("schedule", "why"), BAD)
def test_an_expression_that_no_scheduler_takes_is_an_error(schedule: str, why: str) -> None:
    with pytest.raises(CronError):
        read_cron(schedule)
    rule = "schedules.invalid"
    shows(rule, _at(schedule), at=HERE, path=("spec", "schedule"), says=why)
    quiet("schedules.unclear", _at(schedule))


@given(st.text(st.sampled_from("0159*/,-?LW# @SUNjan"), max_size=20))
def test_any_text_is_read_or_refused_with_a_reason(some: str) -> None:
    assert refusal(some) != ""


def refusal(schedule: str) -> str | None:
    """Why an expression is refused; None where it is read."""
    try:
        read_cron(schedule)
    except CronError as refused:
        return str(refused)
    return None


FIELDS = ((0, 59), (0, 23), (1, 28), (1, 12), (0, 6))


@given(st.tuples(*(st.sets(st.integers(*span), min_size=1) for span in FIELDS)))
def test_lists_of_values_within_the_fields_are_read(values: tuple[set[int], ...]) -> None:
    read_cron(" ".join(",".join(map(str, sorted(one))) for one in values))


def test_the_words_of_the_later_format_are_read_too() -> None:
    words = flow(node("a", to="end"), end(), start=trigger(event="cron 0 99 * * *"))
    shows("schedules.invalid", words, at=HERE, path=("spec", "event"), says="the hour 99")
    far = _at("cron(0 99 * * ? *)")
    shows("schedules.invalid", far, at=HERE, path=("spec", "schedule"), says="the hour 99")
    quiet("schedules.invalid", _at("cron(0 12 * * ? *)"))
    quiet("schedules.invalid", _at("${BACKUP_CRON}"), _at("$.settings.schedule"), fine())


def test_a_schedule_in_words_or_none_at_all_is_a_warning() -> None:
    rule = "schedules.unclear"
    words = _at("at night, when nobody looks")
    shows(rule, words, at=HERE, path=("spec", "schedule"), says="is not a cron expression")
    none = flow(node("a", to="end"), end(), start=trigger(type="cron"))
    shows(rule, none, at=HERE, path=("spec", "schedule"), says="has no schedule")
    quiet(
        rule,
        _at("every 5 minutes"),
        _at("30s"),
        _at("rate(5 minutes)"),
        _at("cron(0 1 * * ? *)"),
        fine(),
    )


def test_a_trigger_that_waits_for_no_event_is_a_warning() -> None:
    rule = "schedules.unnamed-event"
    none = flow(node("a", to="end"), end(), start=trigger(type="event"))
    shows(rule, none, at=HERE, path=("spec", "event"), says="names no event")
    named = flow(node("a", to="end"), end(), start=trigger(type="event", event="order.placed"))
    quiet(rule, named, fine())


def test_a_schedule_of_the_system_can_be_read() -> None:
    rule = "schedules.system"
    wrong = design(fine(), system={"schedules": [{"frequency": "0 2 * * 9", "flows": []}]})
    path = ("schedules", 0, "frequency")
    shows(rule, wrong, at="specs/system.yaml", path=path, says="the day of the week 9")
    fits = [{"frequency": "0 2 * * 1"}, {"frequency": "daily"}]
    quiet(rule, design(fine(), system={"schedules": fits}))
