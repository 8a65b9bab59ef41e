"""Read cron expressions: five fields, optional seconds and year, and nicknames.

The fields are those of crontab(5): numbers, names, ``*``, ranges ``a-b``, steps ``/n``, lists with
commas; beyond that ``?`` for the days, and the ``L``, ``W`` and ``#`` of schedulers after Quartz.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NICKNAMES = (
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
    "@reboot",
)
_EVERY = re.compile(r"@every\s+(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+", re.IGNORECASE)
_YEARS = re.compile(r"\*|\d{4}([-,/]\d+)*")
_ZONE = re.compile(r"^(CRON_)?TZ=\S+\s+")
_LOOKS = re.compile(r"[\d*?][\d*,/?LW#A-Z-]*", re.IGNORECASE)
_CALENDAR = re.compile(r"\?|L(-\d+)?|\d*L|LW|\d+W|\w+#[1-5]", re.IGNORECASE)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class CronError(ValueError):
    """An expression that no scheduler could take; the message says which field and why."""


class _Field(NamedTuple):
    name: str
    least: int
    most: int
    words: tuple[str, ...] = ()
    is_day: bool = False


_SECOND = _Field("second", 0, 59)
_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31, is_day=True),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of the week", 0, 7, _DAYS, is_day=True),
)


def looks_like_cron(text: str) -> bool:
    """Whether somebody meant a cron expression, right or wrong, and not words or an interval.

    >>> looks_like_cron("0 25 * * *"), looks_like_cron("every day"), looks_like_cron("30 minutes")
    (True, False, False)
    """
    parts = _ZONE.sub("", text.strip()).split()
    if text.strip().startswith("@"):
        return True
    return len(parts) >= 4 and sum(bool(_LOOKS.fullmatch(part)) for part in parts) >= 3


def read_cron(text: str) -> None:
    """Read an expression to the end.

    Raises:
        CronError: it is not one, or means a day that no month has.
    """
    words = _ZONE.sub("", text.strip())
    if words.startswith("@"):
        if words.lower() not in NICKNAMES and not _EVERY.fullmatch(words):
            raise CronError(f"“{words}” is not one of {', '.join(NICKNAMES)}")
        return
    parts = words.split()
    if len(parts) == 7 and _YEARS.fullmatch(parts[-1]):
        parts.pop()
    if len(parts) not in (5, 6):
        raise CronError(
            f"it has {len(parts)} fields instead of 5 (minute, hour, day, month, weekday) or 6 or "
            f"7 (with a second before and a year after them)"
        )
    fields = _FIELDS if len(parts) == 5 else (_SECOND, *_FIELDS)
    values = [_values(part, field) for part, field in zip(parts, fields, strict=True)]
    days, months = values[-3], values[-2]
    # A day of the week beside it is another chance: cron starts on either.
    alone = parts[-1] in ("*", "?") and days and months
    if alone and all(day > _LONGEST[month - 1] for day in days for month in months):
        raise CronError("none of its months has this day")


def _values(part: str, field: _Field) -> set[int]:
    """What a field allows; nothing at all for what only a calendar can tell (L, W, #)."""
    values: set[int] = set()
    for item in part.split(","):
        if not item:
            raise CronError(f"the {field.name} “{part}” has an extra comma")
        if field.is_day and _CALENDAR.fullmatch(item):
            continue
        span, slash, step = item.partition("/")
        if slash and (not step.isdecimal() or int(step) == 0):
            raise CronError(f"the step “{step}” of the {field.name} is not a number of at least 1")
        if slash and int(step) > field.most:
            raise CronError(
                f"the step {step} of the {field.name} is larger than the maximum, {field.most}"
            )
        first, last = _span(span, field, bool(slash))
        values.update(range(first, last + 1, int(step) if slash else 1))
    return values


def _span(span: str, field: _Field, stepped: bool) -> tuple[int, int]:
    if span == "*":
        return field.least, field.most
    low, dash, high = span.partition("-")
    first = _value(low, field)
    if not dash:
        return first, field.most if stepped else first
    last = _value(high, field)
    if field.words == _DAYS and last == 0:
        last = 7
    if first > last:
        raise CronError(f"the range “{span}” of the {field.name} ends before it starts")
    return first, last


def _value(word: str, field: _Field) -> int:
    if word.upper() in field.words:
        return field.words.index(word.upper()) + (1 if field.words == _MONTHS else 0)
    if not word.isdecimal():
        example = f" or a name like {field.words[0]}" if field.words else ""
        raise CronError(f"“{word}” of the {field.name} is not a number{example}")
    value = int(word[:9])
    if not field.least <= value <= field.most:
        raise CronError(f"the {field.name} {word} is not between {field.least} and {field.most}")
    return value
