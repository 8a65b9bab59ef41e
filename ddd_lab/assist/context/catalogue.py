"""The node types for a model, as they are declared: those in play in full, the others in a line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ddd_lab.spec.catalogue import NodeType, catalogue, node_type
from ddd_lab.spec.models.flow import NodeData

_SETTINGS = 24
"""Settings of a type that are told."""


class CatalogueForms(NamedTuple):
    """The catalogue in several lengths, and what each but the first leaves out."""

    texts: tuple[str, ...]
    cuts: tuple[str, ...]


def catalogue_forms(types: Collection[str]) -> CatalogueForms:
    """The catalogue from whole to shortest.

    Args:
        types: words of the node types in play, which are told with their settings.
    """
    known = {kind.type for word in types if (kind := node_type(word)) is not None}
    return _forms(tuple(sorted(known)))


@lru_cache(maxsize=64)
def _forms(types: tuple[str, ...]) -> CatalogueForms:
    kinds = catalogue().values()
    head = "# Node types\n\nEach with its outputs: a connection leaves by one of them.\n\n"
    lines = head + "\n".join(map(_line, kinds))
    names = head + ", ".join(
        f"{kind.type} ({'/'.join(_outputs(kind)) or 'ends'})" for kind in kinds
    )
    if not types:
        return CatalogueForms((lines, names), ("only names and outputs",))
    full = "\n".join(_full(catalogue()[word], _SETTINGS) for word in types)
    first = "\n".join(_full(catalogue()[word], 0) for word in types)
    return CatalogueForms(
        (f"{lines}\n\n{full}", f"{names}\n\n{full}", f"{names}\n\n{first}", names),
        (
            "of the types not in play only names and outputs",
            "of the types in play only the usual settings",
            "only names and outputs",
        ),
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


def _full(kind: NodeType, most: int) -> str:
    """A type with its usual settings, and others up to so many."""
    schema = kind.spec.model_json_schema()
    properties: Mapping[str, Any] = schema.get("properties", {})
    first = [key for key in kind.shown_first if key in properties]
    others = [key for key in properties if key not in first]
    keys = [*first, *others[: max(most - len(first), 0)]]
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
