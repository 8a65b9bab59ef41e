"""What a design file can hold, and what to write instead of anything else."""

from __future__ import annotations

import dataclasses
import math
import numbers
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import PurePath
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from ddd_lab.spec.edit.data import show_path
from ddd_lab.spec.models.base import Data, EditError, Path

DEEPEST = 190
"""Levels of maps and lists in one value; a file with more than 200 in all is not read."""
_MOST_DIGITS = 4000
"""Python refuses to read a whole number of more digits from text."""


def plain_data(value: Any, owner: str, at: Path = (), *, finite: bool = False) -> Data:
    """A copy of a value that any design file can hold: nothing of it is shared with the caller.

    Tuples and other sequences become lists, maps of any kind dicts, and numbers of other libraries
    the usual ones. Whole numbers as keys become the text that files have there.

    Args:
        owner: whose value it is, for the message.
        at: where it goes there.
        finite: refuse ``nan`` and infinity, which YAML has and JSON has not.
    """
    return _plain(value, _Place(owner, at, finite), ())


def word(value: Any, what: str) -> str:
    """A text that somebody gives as a name or id; anything else is refused with what to write."""
    if not isinstance(value, str):
        instead = f'"{value}"' if isinstance(value, int | float | date | time) else "text"
        raise EditError(f"{what} must be text, not {value!r:.60}; write {instead}")
    return _text(value, _Place(what, (), False), ())


@dataclasses.dataclass(frozen=True, slots=True)
class _Place:
    owner: str
    at: Path
    finite: bool

    def refuse(self, path: Path, reason: str) -> EditError:
        full = (*self.at, *path)
        place = f"{show_path(full)} of {self.owner}" if full else self.owner
        return EditError(f"{place}: {reason}")


def _plain(value: Any, place: _Place, path: Path) -> Data:
    if isinstance(value, str):
        return _text(value, place, path)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float | int):
        return _number(value, place, path)
    if len(path) > DEEPEST:
        raise place.refuse(path[:3], f"it is nested deeper than {DEEPEST} levels; flatten it")
    if isinstance(value, Mapping):
        return _map(value, place, path)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(item, place, (*path, index)) for index, item in enumerate(value)]
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real) and not isinstance(value, numbers.Rational):
        return _number(float(value), place, path)
    raise place.refuse(path, f"{_kind(value)} cannot be saved in a file; write {_instead(value)}")


def _text(value: str, place: _Place, path: Path) -> str:
    text = value if type(value) is str else str.__str__(value)
    if not text.isascii():
        half = next((char for char in text if "\ud800" <= char <= "\udfff"), "")
        if half:
            raise place.refuse(
                path, f"U+{ord(half):04X} is half of a surrogate pair and no character; remove it"
            )
    return text


def _number(value: float, place: _Place, path: Path) -> Data:
    if isinstance(value, int):
        number = value if hasattr(value, "written") or type(value) is int else int(value)
        if number.bit_length() > _MOST_DIGITS * math.log2(10):
            raise place.refuse(
                path, f"a whole number of more than {_MOST_DIGITS} digits is not read; write text"
            )
        return number
    if place.finite and not math.isfinite(value):
        raise place.refuse(path, f"{value} is not a number in JSON; write a number, or null")
    return value if hasattr(value, "written") else float(value)


def _map(value: Mapping[Any, Any], place: _Place, path: Path) -> dict[str, Data]:
    copy: dict[str, Data] = {}
    for key, item in value.items():
        if isinstance(key, int) and not isinstance(key, bool):
            name = str(int(key))
        elif isinstance(key, str):
            name = _text(key, place, path)
        else:
            reason = f"a key must be text, not {key!r:.60}; write {_key_instead(key)}"
            raise place.refuse(path, reason)
        if name in copy:
            raise place.refuse(path, f"the key {name!r} appears twice; give one another name")
        copy[name] = _plain(item, place, (*path, name))
    return copy


def _kind(value: Any) -> str:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name} ({shown})"


def _instead(value: Any) -> str:
    """What to write in place of a value, as one would type it."""
    for kinds, words in _INSTEAD:
        if isinstance(value, kinds):
            return words(value)
    if hasattr(value, "tolist"):
        return "a list, with .tolist()"
    if dataclasses.is_dataclass(value):
        return "a map, with dataclasses.asdict(value)"
    if isinstance(value, Iterable):
        return "a list, with list(value)"
    return "text, numbers, true or false, None, lists and maps of these"


_INSTEAD: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    ((date, time), lambda value: f'its text, "{value.isoformat()}"'),
    (timedelta, lambda value: f"a number of seconds, {value.total_seconds():g}, or text"),
    (Enum, lambda _: "its value, with .value"),
    ((UUID, PurePath, Decimal, Fraction, complex), lambda value: f'text, "{value}"'),
    ((bytes, bytearray, memoryview), lambda _: "text, such as value.decode()"),
    (BaseModel, lambda _: "a map, with .model_dump(mode='json')"),
    (AbstractSet, lambda _: "a list, such as sorted(value)"),
)
"""Kinds of values that people try, and what to write for them."""


def _key_instead(key: Any) -> str:
    if key is None or isinstance(key, bool):
        return f'"{str(key).lower()}"' if key is not None else '"null"'
    if isinstance(key, date | time):
        return f'"{key.isoformat()}"'
    return f'"{key}"' if isinstance(key, float) else "text"
