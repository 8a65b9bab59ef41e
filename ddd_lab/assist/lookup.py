"""What a model may look up in a design when a question goes beyond what was sent: it only reads."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from pydantic import Field, ValidationError

from ddd_lab.assist.requests import Tool, ToolCall
from ddd_lab.files.disk.paths import schema_of
from ddd_lab.implementation.quoting import fenced, named, quoted
from ddd_lab.lossless_yaml import dump
from ddd_lab.memory.keeper import memory_of
from ddd_lab.spec.models.base import Frozen

if TYPE_CHECKING:
    from ddd_lab.spec.models.base import Data
    from ddd_lab.workbench import Workbench

MOST_STEPS = 8
"""Look-ups for one question."""
_LONGEST = 6000
"""Characters of one result."""
_MATCHES = 20


class Find(Frozen):
    """Find domains, flows, nodes, events, schemas and error codes by words."""

    words: str = Field(description="Words that name or describe it.")


class Read(Frozen):
    """Read one flow, domain, schema or other file of the specs."""

    name: str = Field(description="domain/flow, a domain's id, a schema's name, or a path.")


class Neighbours(Frozen):
    """List what a flow or a domain depends on and what depends on it."""

    name: str = Field(description="domain/flow, or a domain's id.")


class ListProblems(Frozen):
    """List what the checks find wrong, in the whole design or at one place."""

    at: str = Field("", description="domain/flow or a domain's id; empty for everything.")


@functools.cache
def tools() -> tuple[Tool, ...]:
    """The tools as they are offered to a model."""
    return tuple(
        Tool(name, model.__doc__ or "", _schema(model)) for name, (model, _) in _TOOLS.items()
    )


def look_up(workbench: Workbench, call: ToolCall) -> str:
    """Carry a call out; what is wrong with it is said in the result, for the model to mend."""
    if call.name not in _TOOLS:
        return f"There is no tool {named(call.name)}. There are {', '.join(_TOOLS)}."
    model, run = _TOOLS[call.name]
    try:
        arguments = model.model_validate(dict(call.arguments))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    with workbench.lock:
        workbench.take_outside_changes()
        try:
            text = run(workbench, arguments)
        except KeyError as error:
            return str(error.args[0])
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}\n(cut; ask for a part of it)"


def _find(workbench: Workbench, arguments: Find) -> str:
    matches = workbench.search(arguments.words, _MATCHES)
    lines = [f"- {match.kind} {named(match.where)}: {quoted(match.text)}" for match in matches]
    return "\n".join(lines) or "Nothing matches. Try fewer or other words."


def _read(workbench: Workbench, arguments: Read) -> str:
    path = _path(workbench, arguments.name)
    document = workbench.document(path)
    if document is None:
        raise KeyError(f"There is no file {named(path)}. Use find to look for it.")
    return "\n".join([f"{named(path)}:", *fenced(_text_of(document), "yaml")])


def _path(workbench: Workbench, name: str) -> str:
    design = workbench.design
    if name in design.flow_keys:
        return workbench.flow_path(name)
    if name in design.domains:
        return f"specs/domains/{name}/domain.yaml"
    stems = {stem for stem, schema in design.schemas.items() if name in {stem, schema.name}}
    schemas = (path for path in sorted(design.paths) if schema_of(path) in stems)
    return next(schemas, name)


def _text_of(document: Any) -> str:
    if document.version is None:
        return f"(cannot be read: {document.broken})"
    return str(document.text())


def _neighbours(workbench: Workbench, arguments: Neighbours) -> str:
    return dump(cast("Data", memory_of(workbench).dependencies(arguments.name)))


def _problems(workbench: Workbench, arguments: ListProblems) -> str:
    at = arguments.at
    chosen = [
        problem
        for problem in workbench.problems
        if not at or problem.where == at or problem.where.startswith((f"{at}/", f"{at}#"))
    ]
    lines = [
        f"- {problem.severity} {named(problem.where)}: {quoted(problem.message, 0)}"
        for problem in chosen
    ]
    return "\n".join(lines) or "The checks find nothing wrong."


def _schema(model: type[Frozen]) -> Mapping[str, Any]:
    schema = model.model_json_schema()
    return {
        "type": "object",
        "properties": {
            key: {"type": "string", "description": value.get("description", "")}
            for key, value in schema["properties"].items()
        },
        "required": schema.get("required", []),
        "additionalProperties": False,
    }


_TOOLS: dict[str, tuple[type[Frozen], Callable[[Workbench, Any], str]]] = {
    "find": (Find, _find),
    "read": (Read, _read),
    "neighbours": (Neighbours, _neighbours),
    "problems": (ListProblems, _problems),
}
