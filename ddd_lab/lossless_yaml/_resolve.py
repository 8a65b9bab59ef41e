"""Plain scalars to values, after the YAML 1.2 core schema."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

Value: TypeAlias = bool | int | float | str | None

SHORT: Final = 40
"""Characters up to which a value may be a word that is in many files: it is kept once."""

MAY_RESOLVE: Final = frozenset(["", *"0123456789+-.~nNtTfF"])
"""First characters of the plain scalars that may be something else than a string."""


class _Written:
    """A number that is written differently from how Python writes it: ``007``, ``0x1F``, ``1e3``.

    Attributes:
        written: as in the text, which is what people see and name it by.
    """

    written: str

    def __str__(self) -> str:
        return self.written

    __repr__ = __str__


class WrittenInt(_Written, int):
    """A whole number that is written differently."""


class WrittenFloat(_Written, float):
    """A number with a point or an exponent that is written differently."""


def _whole(value: int, text: str) -> int:
    number = WrittenInt(value)
    number.written = text
    return number


def _broken(text: str) -> float:
    value = float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    if repr(value) == text:
        return value
    number = WrittenFloat(value)
    number.written = text
    return number


_CONSTANTS: Final[dict[str, Value]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_SPECIAL: Final = frozenset(
    (".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF")
) | {".nan", ".NaN", ".NAN"}
_USUAL_INT: Final = re.compile(r"0|-?[1-9][0-9]*").fullmatch
_INT: Final = re.compile(r"[-+]?[0-9]+").fullmatch
_BASED: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+").fullmatch
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?").fullmatch
_MAX_DIGITS: Final = 4000
"""Python refuses to read longer integers from text (a guard against stalling)."""


def resolve(text: str) -> Value:
    """Give the value of a plain scalar without a tag.

    ``on``, ``yes``, ``12:30``, ``2025-02-13`` and ``1_000`` are strings and ``010`` is ten, as YAML
    1.2 (section 10.3.2) says; YAML 1.1 readers see other things there. A number that Python would
    write otherwise knows how it is written.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _USUAL_INT(text):
        return int(text) if len(text) <= _MAX_DIGITS else text
    if _INT(text):
        return _whole(int(text), text) if len(text) <= _MAX_DIGITS else text
    if _FLOAT(text):
        return _broken(text)
    if _BASED(text):
        return _whole(int(text, 0), text)
    return _broken(text) if text in _SPECIAL else text


STANDARD_TAGS: Final = "tag:yaml.org,2002:"


def resolve_tagged(text: str, tag: str | None) -> Value:
    """Give the value of a scalar with an explicit tag.

    A standard tag whose text does not fit, and every other tag, leave the text as it is.
    """
    if tag is None or not tag.startswith(STANDARD_TAGS):
        return text
    value = resolve(text)
    match tag.removeprefix(STANDARD_TAGS):
        case "int" if isinstance(value, int) and not isinstance(value, bool):
            return value
        case "float" if isinstance(value, int | float) and not isinstance(value, bool):
            return value if isinstance(value, float) else float(value)
        case "bool" if isinstance(value, bool):
            return value
        case "null":
            return None
        case _:
            return text
