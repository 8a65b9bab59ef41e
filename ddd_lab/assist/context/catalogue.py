"""The node types for a model, as they are declared: those in play in full, the others in a line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from ddd_lab.spec.catalogue import NodeType, catalogue, node_type
from ddd_lab.spec.models.flow import NodeData

_SETTINGS = 24
"""Settings of a type that are told."""


def catalogue_forms(types: Collection[str]) -> tuple[str, ...]:
    """The catalogue in three lengths.

    Args:
        types: words of the node types in play.

    Returns:
        With the types in play in full; each type in a line; only names and outputs.
    """
    known = {kind.type for word in types if (kind := node_type(word)) is not None}
    return _forms(tuple(sorted(known)))


@lru_cache(maxsize=64)
def _forms(types: tuple[str, ...]) -> tuple[str, ...]:
    kinds = catalogue().values()
    lines = [_line(kind) for kind in kinds]
    full = [_full(catalogue()[word]) for word in types]
    names = ", ".join(f"{kind.type} ({'/'.join(_outputs(kind)) or 'ends'})" for kind in kinds)
    head = "# Node types\n\nEach with its outputs: a connection leaves by one of them.\n\n"
    return (
        head + "\n".join([*lines, "", *full]) if full else head + "\n".join(lines),
        head + "\n".join(lines),
        f"# Node types and their outputs\n\n{names}",
    )


def _line(kind: NodeType) -> str:
    outputs = ", ".join(_outputs(kind)) or "none"
    needed = ", ".join(_needed(kind))
    return f"- {kind.type}: {kind.help} Outputs: {outputs}." + (
        f" Needs {needed}." if needed else ""
    )


def _outputs(kind: NodeType) -> list[str]:
    new = NodeData(id="new", type=kind.type, spec=dict(kind.new))
    return [port.name for port in kind.ports(new)]


def _needed(kind: NodeType) -> Iterator[str]:
    for key in kind.required:
        yield key if isinstance(key, str) else " or ".join(key)


def _full(kind: NodeType) -> str:
    schema = kind.spec.model_json_schema()
    properties: Mapping[str, Any] = schema.get("properties", {})
    first = [key for key in kind.shown_first if key in properties]
    keys = [*first, *(key for key in properties if key not in first)][:_SETTINGS]
    return "\n".join(
        (f"## {kind.type}: settings", *(_setting(key, properties[key]) for key in keys), "")
    )


def _setting(key: str, about: Mapping[str, Any]) -> str:
    words = about.get("x-enum") or about.get("enum") or ()
    kinds = [
        part.get("type", "map") for part in about.get("anyOf", ()) if part.get("type") != "null"
    ]
    shape = " or ".join(dict.fromkeys([about["type"]] if "type" in about else kinds)) or "any"
    one_of = f", one of {', '.join(map(str, words))}" if words else ""
    return f"- {key} ({shape}{one_of}): {about.get('description', '')}".rstrip(": ")
