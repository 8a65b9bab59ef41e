"""Data that a model wrote: read with limits, refused in words, never executed."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from ddd_lab.lossless_yaml import YamlError, parse
from ddd_lab.spec.models.base import Data
from ddd_lab.visible import visible

MOST_TEXT = 500_000
"""Characters of one block of data."""
MOST_VALUES = 50_000
"""Values in one block of data, what aliases stand for included."""
DEEPEST = 60
"""Levels of maps and lists."""
LONGEST_NAME = 300
"""Characters of an id, a label or a name."""


def read_yaml(text: str) -> Data:
    """The data of a YAML text; JSON is YAML too.

    Raises:
        ValueError: it is too large, too deep, or no YAML; the message says where.
    """
    _refuse_long(text)
    try:
        data = parse(text).data
    except YamlError as error:
        raise ValueError(f"line {error.line}: {error.message}") from None
    return within_limits(data)


def read_json(text: str) -> Data:
    """The data of a JSON text.

    Raises:
        ValueError: it is too large, too deep, or no JSON; the message says where.
    """
    _refuse_long(text)
    try:
        data = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: this is not JSON ({error.msg})") from None
    except RecursionError:
        raise ValueError(f"it is nested deeper than {DEEPEST} levels") from None
    return within_limits(data)


def within_limits(data: Data) -> Data:
    """The data, if a design can hold it.

    Raises:
        ValueError: it is too large or too deep, or a key has characters that act on a screen.
    """
    level: list[Data] = [data]
    count = 0
    for _ in range(DEEPEST):
        below: list[Data] = []
        for value in level:
            if isinstance(value, dict):
                for key in value:
                    plain_name(key)
                below += value.values()
            elif isinstance(value, list):
                below += value
        count += len(below)
        if count > MOST_VALUES:
            raise ValueError(f"it has more than {MOST_VALUES:,} values")
        if not below:
            return data
        level = below
    raise ValueError(f"it is nested deeper than {DEEPEST} levels")


def plain_name(name: Any) -> str:
    """A name without characters that act on a screen or hide.

    Raises:
        ValueError: it has some, is too long, or is no text.
    """
    if not isinstance(name, str):
        raise ValueError(f"{name!r:.40} must be text")
    if visible(name) != name:
        raise ValueError(f"the name “{visible(name[:60])}” has control characters")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"the name “{name[:40]}…” has more than {LONGEST_NAME} characters")
    return name.strip()


def _as_map(value: Any) -> Any:
    """A map, written out or as the YAML text of one."""
    if isinstance(value, str):
        value = read_yaml(value) if value.strip() else {}
        if not isinstance(value, dict):
            raise ValueError("it must be a map of keys in YAML (key: value)")
    return within_limits(value)


def _as_text(value: Any) -> Any:
    return "" if value is None else value


def _refuse_long(text: str) -> None:
    if len(text) > MOST_TEXT:
        raise ValueError(f"it has {len(text):,} characters, more than the {MOST_TEXT:,} allowed")


def _no_number(name: str) -> Data:
    raise ValueError(f"{name} is no number in JSON")


def _once(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key “{visible(twice[:60])}” appears twice")
    return data


Name = Annotated[str, BeforeValidator(_as_text), AfterValidator(plain_name)]
"""An id, a label or a name; empty where the model gives none."""
Prose = Annotated[str, BeforeValidator(_as_text), AfterValidator(lambda text: text[:MOST_TEXT])]
"""Any text."""
Settings = Annotated[dict[str, Any], BeforeValidator(_as_map), WithJsonSchema({"type": "string"})]
"""A map of settings, which a model writes as YAML text: no schema of ours could list its keys."""
