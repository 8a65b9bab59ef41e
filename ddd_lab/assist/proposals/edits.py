"""The closed list of edits that a model can suggest, and its JSON Schema."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter, ValidationError

from ddd_lab.assist.proposals import (
    connection_edits as connections,
)
from ddd_lab.assist.proposals import domain_edits as domains
from ddd_lab.assist.proposals import flow_edits as flows
from ddd_lab.assist.proposals import node_edits as nodes
from ddd_lab.assist.proposals import shared_edits as shared
from ddd_lab.assist.proposals import yaml_edits as texts
from ddd_lab.assist.proposals.edit import Edit
from ddd_lab.visible import visible

AnyEdit = Annotated[
    nodes.AddNode
    | nodes.ChangeNode
    | nodes.DeleteNode
    | nodes.RenameNode
    | nodes.AddNote
    | connections.Connect
    | connections.Disconnect
    | connections.ChangeConnection
    | flows.NewFlow
    | flows.ChangeFlow
    | flows.RenameFlow
    | flows.MoveFlow
    | flows.DeleteFlow
    | domains.NewDomain
    | domains.ChangeDomain
    | domains.RenameDomain
    | domains.DeleteDomain
    | domains.WireEvent
    | domains.UnwireEvent
    | shared.SetSchema
    | shared.SetErrorCode
    | texts.SetFlowYaml
    | texts.SetNodeYaml,
    Field(discriminator="op"),
]
"""One edit, told from the others by ``op``."""
EDITS: Mapping[str, type[Edit]] = {
    model.model_fields["op"].default: model for model in get_args(get_args(AnyEdit)[0])
}
"""Every edit by its ``op``."""
_ONE: TypeAdapter[Edit] = TypeAdapter(AnyEdit)


def edit_of(data: Any) -> Edit:
    """The edit that plain data says.

    Raises:
        ValueError: it is none; the message says what is wrong and what would be right.
    """
    if not isinstance(data, dict):
        raise ValueError(f"an edit is a map with op and its fields, not {visible(repr(data)[:60])}")
    op = data.get("op")
    if not isinstance(op, str) or op not in EDITS:
        raise ValueError(
            f"there is no edit {visible(repr(op)[:60])}; use one of {', '.join(EDITS)}"
        )
    try:
        return _ONE.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(step) for step in first["loc"][1:])
        reason = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            known = ", ".join(name for name in EDITS[op].model_fields if name != "op")
            reason = f"there is no such field; it has {known}"
        raise ValueError(f"{op}: {visible(f'{field}: ' if field else '')}{reason}") from None


@cache
def answer_schema() -> Mapping[str, Any]:
    """The JSON Schema of an answer: ``say``, and a list of ``edits``.

    It keeps to what the vendors' structured outputs take: no references, no unions but the one of
    the edits, and every field required, where an empty text stands for what is left out.
    """
    edits = {"type": "array", "items": {"anyOf": [_schema(op, edit) for op, edit in EDITS.items()]}}
    return _object(
        {
            "say": {
                "type": "string",
                "description": "Your answer to the person, in Markdown: what you suggest and why.",
            },
            "edits": {
                **edits,
                "description": "The changes that you suggest, in the order in which they are made. "
                "The person sees each and takes or leaves it. Empty where nothing is to change.",
            },
        }
    )


@cache
def described() -> str:
    """Every edit with its fields, for models that are given no schema; ``?`` may be left out."""
    lines = []
    for op, edit in EDITS.items():
        fields = (
            f"{name}{'' if field.is_required() else '?'}"
            for name, field in edit.model_fields.items()
            if name != "op"
        )
        lines.append(f"- {op}({', '.join(fields)}): {_words(edit)}")
    return "\n".join(lines)


def _schema(op: str, edit: type[Edit]) -> dict[str, Any]:
    schema = edit.model_json_schema()
    fields: dict[str, Any] = {"op": {"type": "string", "const": op}}
    for name, part in schema["properties"].items():
        if name != "op":
            fields[name] = {k: part[k] for k in ("type", "enum", "description") if k in part}
    return {**_object(fields), "description": _words(edit)}


def _words(edit: type[Edit]) -> str:
    return " ".join(inspect.cleandoc(edit.__doc__ or "").split())


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
