"""Input: what the flow expects, and whether what came is valid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddd_lab.plurals import quoted
from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import Clash, Range, Settings, ordered
from ddd_lab.spec.catalogue._fields import Amount, Flag, Part, setting, words
from ddd_lab.spec.catalogue._summary import count
from ddd_lab.spec.lenient import entries, items, mapping

FIELD_TYPES = (
    *("string", "text", "number", "integer", "decimal", "boolean", "array", "object", "json"),
    *("uuid", "date", "datetime", "enum", "file"),
)


class Validation(Part):
    """One rule for a field, and what is said when it is broken (guide)."""

    type: str | None = words(
        "What is checked.",
        *("min_length", "max_length", "pattern", "format", "enum", "min", "max", "integer"),
        *("min_items", "max_items", "unique", "custom"),
    )
    value: Any = setting("What it is checked against.")
    error: str | None = setting("What the caller is told.")


class InputField(Part):
    """One field of the input."""

    name: str | None = setting("Name of the field, where fields stand in a list.")
    type: str | None = words("Type of its value.", *FIELD_TYPES)
    required: Flag | None = setting("Whether it must be there.")
    description: str | None = setting("What it means.")
    format: str | None = words("Format of a text.", "email", "url", "uuid", "date", "date-time")
    default: Any = setting("Value when it is not there.")
    enum: list[Any] | None = setting("The values allowed.")
    min_length: Amount | None = setting("Shortest text.", unit="characters")
    max_length: Amount | None = setting("Longest text.", unit="characters")
    min: Amount | None = setting("Smallest number.")
    max: Amount | None = setting("Largest number.")
    pattern: str | None = setting("Regular expression that a text must match.")
    unique: Flag | None = setting("Whether no other record may have the value.")
    error: str | None = setting("What the caller is told when the field is invalid.")
    validations: list[Validation] | None = setting("Rules, each with its own error text.")


class InputSpec(SpecModel):
    """What the flow expects (fields as a map by name, or as a list)."""

    fields: dict[str, InputField | str] | list[InputField | str] | None = setting("Fields by name.")
    validation: str | dict[str, Any] | list[Any] | None = setting("What is checked, in words.")
    description: str | None = setting("What comes in, in a sentence.")


_FIELD_RANGES = (ordered("min", "max"), ordered("min_length", "max_length"))


def _field_clashes(spec: Settings) -> Iterator[Clash]:
    for name, field, path in entries(spec.get("fields")):
        for look in _FIELD_RANGES:
            for clash in look(mapping(field)):
                yield Clash(
                    ("fields", *path, *clash.path), f"In the field “{name}”, {clash.message}"
                )
        allowed = items(mapping(field).get("enum"))
        default = mapping(field).get("default")
        if allowed and isinstance(default, str | int | float) and default not in allowed:
            yield Clash(
                ("fields", *path, "default"),
                f"The default {default!r} of “{name}” is not one of its values "
                f"{quoted([str(value) for value in allowed])}. Choose one of them.",
            )


TYPES = (
    NodeType(
        type="input",
        category="flow",
        icon="▱",
        help="What the flow expects, checked field by field.",
        spec=InputSpec,
        outputs=(
            Port("valid", aliases=("success", "ok", "next"), required=True),
            Port("invalid", aliases=("failure", "error"), required=True),
        ),
        summary=lambda spec: count(spec.get("fields"), "field"),
        new={"fields": {}},
        required=("fields",),
        ranges=(
            Range("fields.*.min_length", 0, unit="characters"),
            Range("fields.*.max_length", 1, unit="characters"),
        ),
        distinct=("fields",),
        clashes=(_field_clashes,),
        traits=("adds_nothing", "decides"),
    ),
)
