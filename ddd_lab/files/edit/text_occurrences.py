"""Every text of a design with its place: what search looks through, and replace changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ddd_lab.files.disk.paths import domain_of, schema_of
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.paths import ERRORS_FILE, usual

Kind = Literal["domain", "flow", "node", "event", "error", "schema", "note", "key", "value"]
"""What a text belongs to; ``key`` and ``value`` are settings of anything."""
Role = Literal["id", "name", "about", "key", "value"]
"""``id`` and ``name`` name the thing, ``about`` describes it; the others are settings."""


class TextOccurrence(NamedTuple):
    """One text."""

    text: str  # as in the file (numbers as written by a person)
    kind: Kind  # what it belongs to
    role: Role  # what it is to that
    node: str  # id of the node it belongs to; empty for anything else
    path: Path  # inside the node's model, or the flow's, or the file's data
    value: Data  # the value there; for a key, the key


_ABOUT = frozenset({"description", "summary", "title"})
_DEEPEST = 60


def flow_texts(flow: FlowData) -> Iterator[TextOccurrence]:
    """Every text of a flow."""
    yield TextOccurrence(flow.id, "flow", "id", "", ("id",), flow.id)
    if flow.name:
        yield TextOccurrence(flow.name, "flow", "name", "", ("name",), flow.name)
    if flow.description:
        yield TextOccurrence(
            flow.description, "flow", "about", "", ("description",), flow.description
        )
    yield from _values(flow.header, ("flow",), "")
    for node in flow.all_nodes():
        yield from _node_texts(node)
    for key, value in flow.extra.items():
        kind: Kind = "note" if key == "notes" else "value"
        yield from _values(value, (key,), "", kind)


def _node_texts(node: NodeData) -> Iterator[TextOccurrence]:
    declared = node.id if node.declared_id is None else node.declared_id
    if declared:
        yield TextOccurrence(declared, "node", "id", node.id, ("id",), declared)
    if node.label:
        yield TextOccurrence(node.label, "node", "name", node.id, ("label",), node.label)
    yield TextOccurrence(node.type, "node", "value", node.id, ("type",), node.type)
    yield from _values(node.spec, ("spec",), node.id)
    for key, value in node.extra.items():
        yield from _values(value, (key,), node.id)
    for index, line in enumerate(node.connections or ()):
        yield from _values(line.extra, ("connections", index), node.id)


def file_texts(path: str, data: Data) -> Iterator[TextOccurrence]:
    """Every text of any other file of the design."""
    domain, schema = domain_of(path), schema_of(path)
    if domain:
        yield TextOccurrence(domain, "domain", "id", "", (), domain)
    elif schema:
        yield TextOccurrence(schema, "schema", "id", "", (), schema)
    root = data.get("errors") if usual(path) == ERRORS_FILE and isinstance(data, dict) else None
    for code in root if isinstance(root, dict) else ():
        yield TextOccurrence(code, "error", "id", "", ("errors", code), code)
    for text in _values(data, (), ""):
        yield _in_file_kind(text, bool(domain), bool(schema), path)


def _in_file_kind(text: TextOccurrence, domain: bool, schema: bool, path: str) -> TextOccurrence:
    """A text with the kind and role that it has in this kind of file."""
    steps = text.path[1:] if text.path[:1] in (("domain",), ("schema",)) else text.path
    last = steps[-1] if steps else ""
    if domain and steps == ("name",):
        return text._replace(kind="domain", role="name")
    if domain and steps == ("description",):
        return text._replace(kind="domain", role="about")
    if domain and len(steps) == 3 and last == "event":
        return text._replace(kind="event", role="id")
    if schema and steps == ("name",):
        return text._replace(kind="schema", role="name")
    if usual(path) == ERRORS_FILE and (last == "code" or _code(text)):
        return text._replace(kind="error", role="id")
    return text


def _code(text: TextOccurrence) -> bool:
    """Whether a key is an error code, one level below its category."""
    return text.role == "key" and text.text.isupper() and len(text.text) > 2


def _values(
    data: Data, path: Path, node: str, kind: Kind = "value", depth: int = 0
) -> Iterator[TextOccurrence]:
    """Every scalar that is not nothing, and the keys that people choose, inside plain data."""
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            at = (*path, key)
            if len(at) > 2:
                yield TextOccurrence(key, "key" if kind == "value" else kind, "key", node, at, key)
            yield from _values(value, at, node, kind, depth + 1)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _values(value, (*path, index), node, kind, depth + 1)
    elif isinstance(data, str):
        if data:
            role: Role = "about" if path and path[-1] in _ABOUT else "value"
            yield TextOccurrence(data, kind, role, node, path, data)
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield TextOccurrence(_number(data), kind, "value", node, path, data)


def _number(value: float) -> str:
    try:
        return str(value)
    except ValueError:  # Python refuses to write integers of thousands of digits.
        return ""
