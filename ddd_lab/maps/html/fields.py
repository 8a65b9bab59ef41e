"""Settings of a node as people read them: titles in place of keys, units beside numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ddd_lab.maps.html.contents import Field
from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.models.base import Data

_Schema = Mapping[str, Any]
_DEEPEST = 12
"""Levels of a value that are told apart; whatever lies deeper stands in the YAML."""


def fields_of(type: str, spec: Mapping[str, Data]) -> tuple[Field, ...]:
    """The settings of a node of that type."""
    schema = _schema(type)
    return _field("", dict(spec), schema, schema.get("$defs", {}), 0).parts


@cache
def _schema(type: str) -> _Schema:
    kind = node_type(type)
    return kind.spec.model_json_schema() if kind else {}


def _field(title: str, value: Data, schema: _Schema, parts: _Schema, depth: int) -> Field:
    if depth > _DEEPEST:
        return Field(title=title, text="…")
    choices = list(_choices(schema, parts))
    if isinstance(value, dict):
        known = {key: one for choice in choices for key, one in _properties(choice).items()}
        # A key that the catalogue does not know is a name that somebody chose.
        inside = tuple(
            _field(known.get(key, {}).get("title", key), item, known.get(key, {}), parts, depth + 1)
            for key, item in value.items()
        )
        return Field(title=title, parts=inside, text="" if inside else "–")
    if isinstance(value, list):
        item_schema: _Schema = {"anyOf": [one["items"] for one in choices if "items" in one]}
        items = tuple(_field("", item, item_schema, parts, depth + 1) for item in value)
        if items and not any(item.parts for item in items):
            return Field(title=title, text=", ".join(item.text for item in items))
        return Field(title=title, parts=items, text="" if items else "–")
    return Field(title=title, text=_text(value, schema))


def _text(value: Data, schema: _Schema) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        ms = "x-ms-from" in schema and value >= schema["x-ms-from"]
        return f"{value} {'ms' if ms else schema.get('x-unit', '')}".strip()
    return str(value)


def _properties(schema: _Schema) -> Mapping[str, Any]:
    known: Mapping[str, Any] = schema.get("properties", {})
    return known


def _choices(schema: _Schema, parts: _Schema) -> Iterator[_Schema]:
    """A schema's alternatives, with what they refer to."""
    yield schema
    for one in schema.get("anyOf", ()):
        yield from _choices(one, parts)
    if "$ref" in schema:
        yield parts.get(str(schema["$ref"]).rpartition("/")[2], {})
