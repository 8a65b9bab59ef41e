"""A schema: a model that is stored, the base that all share, or what an event carries."""

from __future__ import annotations

import re
from typing import Any, Literal, Self

from pydantic import AliasChoices, Field

from ddd_lab.spec.models._read import (
    Entry,
    FileModel,
    Map,
    Misread,
    Text,
    Texts,
    entry,
    entry_list,
    located,
    read_entries,
)
from ddd_lab.spec.models.base import Data, Path

SchemaKind = Literal["schema", "base", "event"]


class SchemaField(Entry):
    """One field of a schema.

    Attributes:
        type: as written (``string``, ``uuid``, ``datetime``, ...).
        required: None where the file does not say; ``nullable`` is kept beside it.
        enum: the values allowed (``enum`` or ``values`` in the file).
        ref: a named enum or another type that this one refers to.
        unique, max_length, min, max and so on: also where they stand under ``constraints``.
    """

    name: Text = ""
    type: Text = Field("", validation_alias=AliasChoices("type", "value"))
    description: Text = ""
    required: bool | None = None
    nullable: bool | None = None
    default: Any = None
    primary_key: bool = False
    unique: bool = False
    index: bool = False
    encrypted: bool = False
    format: Text = ""
    enum: tuple[Any, ...] = ()
    ref: Text = ""
    min_length: int | None = None
    max_length: int | None = None
    min: float | None = None
    max: float | None = None
    pattern: Text = ""
    precision: int | None = None
    scale: int | None = None
    foreign_key: Text = ""
    constraints: Map = Field(default_factory=dict)


class Relationship(Entry):
    """A link from this schema to another.

    Attributes:
        type: has_many, has_one, belongs_to or many_to_many.
        target: name of the other schema (``model`` in some files).
    """

    name: Text = ""
    type: Text = ""
    target: Text = Field("", validation_alias=AliasChoices("target", "model"))
    foreign_key: Text = ""
    join_table: Text = Field("", validation_alias=AliasChoices("join_table", "through"))


class SchemaIndex(Entry):
    """An index over fields."""

    fields: Texts = ()
    unique: bool = False
    type: Text = ""
    description: Text = ""


class TransitionState(Entry):
    """One state and those that may follow it."""

    source: Text = Field("", alias="from")
    targets: Texts = Field((), alias="to")


class Transitions(Entry):
    """The life of a field that moves from state to state."""

    field: Text = ""
    states: tuple[TransitionState, ...] = ()
    on_invalid: Text = ""


class SchemaModel(FileModel):
    """What a file in ``specs/schemas`` says.

    Attributes:
        name: as other files refer to it (PascalCase).
        kind: ``base`` for the shared base, ``event`` for what an event carries.
        fields: its own; what it inherits stands in the base.
        inherits: name or file stem of the base, if stated.
        transitions: None where the file has none.
        event: name of the event, for an event schema.
        used_by: ids of flows, where the file lists them.
    """

    name: Text = ""
    kind: SchemaKind = "schema"
    version: Text = ""
    description: Text = ""
    inherits: Text = ""
    event: Text = ""
    owned_by: Text = ""
    fields: tuple[SchemaField, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    indexes: tuple[SchemaIndex, ...] = ()
    transitions: Transitions | None = None
    used_by: Texts = ()
    seed: Any = None

    @classmethod
    def read(cls, data: Data, *, stem: str = "") -> tuple[Self, list[Misread]]:
        """Read the file's data: under ``schema``, ``base_model`` or ``event_schema``, or bare.

        The file's name without its ending, ``stem``, names a schema that has no name.
        """
        roots = ("schema", "base_model", "event_schema")
        read, inner, at, issues = cls.read_root(data, *roots, apart=_READ_APART)
        kind: SchemaKind = "base" if at == ("base_model",) else "schema"
        if inner.get("kind") == "event" or at == ("event_schema",) or read.event:
            kind = "event"
        parts = {
            "name": read.name or "".join(part.capitalize() for part in re.split(r"[-_.\s]+", stem)),
            "kind": kind,
            "fields": _fields(inner, at, issues),
            "relationships": entry_list(Relationship, inner, at, "relationships", issues),
            "indexes": _indexes(inner, at, issues),
            "transitions": _transitions(inner, at, issues),
        }
        return read.model_copy(update=parts), located(issues, data)

    def field(self, name: str) -> SchemaField | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)


_READ_APART = {"kind", "fields", "relationships", "indexes", "transitions"}
_LIFTED = ("unique", "min_length", "max_length", "min", "max", "pattern", "precision", "scale")


def _fields(data: Data, at: Path, issues: list[Misread]) -> tuple[SchemaField, ...]:
    fields = []
    for item, path in read_entries(data, at, "fields", issues):
        settings = dict(item)
        constraints = item.get("constraints")
        if isinstance(constraints, dict):
            for key in (*_LIFTED, "enum", "values"):
                if key in constraints:
                    settings.setdefault(key, constraints[key])
        settings["enum"] = settings.get("enum", settings.get("values"))
        if not isinstance(settings["enum"], list):
            del settings["enum"]
        fields.append(entry(SchemaField, settings, path, issues))
    return tuple(fields)


def _indexes(data: Data, at: Path, issues: list[Misread]) -> tuple[SchemaIndex, ...]:
    indexes = []
    for item, path in read_entries(data, at, "indexes", issues, short="fields"):
        settings = item
        if "fields" not in item and "columns" in item:
            settings = {**item, "fields": item["columns"]}
        indexes.append(entry(SchemaIndex, settings, path, issues))
    return tuple(indexes)


def _transitions(data: Data, at: Path, issues: list[Misread]) -> Transitions | None:
    value = data.get("transitions")
    if not isinstance(value, dict):
        return None
    place = (*at, "transitions")
    own = {key: item for key, item in value.items() if key != "states"}
    states = entry_list(TransitionState, value, place, "states", issues)
    read = entry(Transitions, own, place, issues)
    return read.model_copy(update={"states": states})
