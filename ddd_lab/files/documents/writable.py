"""The last look at a change before it becomes one: whether its files can hold what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ddd_lab.spec.edit.data import show_path
from ddd_lab.spec.models.base import Data, EditError, Path
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.plain_data import plain_data

_FLOW_FIELDS = ("id", "name", "type", "domain", "description", "header", "metadata", "extra")
_NODE_FIELDS = ("id", "type", "label", "parent", "spec", "extra")


class _Part(NamedTuple):
    """A part of what a file is to say, and the same part of what it says."""

    owner: str
    at: Path
    value: Data
    before: Data


def refuse_unwritable(path: str, new: Data, old: Data) -> None:
    """Refuse values that the file could not be saved with; only what changed is checked."""
    finite = path.endswith(".json")
    parts = _of_flow(new, old) if isinstance(new, FlowData) else [_Part(path, (), new, old)]
    for part in parts:
        _look(part, finite)


def _of_flow(new: FlowData, old: Data) -> Iterator[_Part]:
    before = old if isinstance(old, FlowData) else FlowData(id="")
    for name in _FLOW_FIELDS:
        at = (name,) if name not in ("header", "extra") else ()
        yield _Part(f"flow {new.id!r}", at, getattr(new, name), getattr(before, name))
    for node in new.all_nodes():
        former = before.by_id.get(node.id)
        if former is not node:
            yield from _of_node(node, former)


def _of_node(new: NodeData, old: NodeData | None) -> Iterator[_Part]:
    for name in _NODE_FIELDS:
        at = (name,) if name not in ("spec", "extra") else ()
        yield _Part(repr(new.id), at, getattr(new, name), getattr(old, name, None))
    former = (old.connections if old else None) or ()
    for number, line in enumerate(new.connections or ()):
        before = former[number] if number < len(former) else None
        if before is not line:
            owner = f"the connection from {new.id!r} to {line.target!r}"
            yield _Part(owner, (), {"output": line.output, "target": line.target}, None)
            yield _Part(owner, (), line.extra, before.extra if before else None)


def _look(part: _Part, finite: bool) -> None:
    value, before = part.value, part.before
    if value is before:
        return
    if isinstance(value, dict) and isinstance(before, dict):
        for key, item in value.items():
            if key not in before or item is not before[key]:
                _require_plain({key: None}, part, finite)
                _look(_Part(part.owner, (*part.at, key), item, before.get(key)), finite)
    else:
        _require_plain(value, part, finite)


def _require_plain(value: Data, part: _Part, finite: bool) -> None:
    plain = plain_data(value, part.owner, part.at, finite=finite)
    if not _is_like(value, plain):
        place = f"{show_path(part.at)} of {part.owner}" if part.at else part.owner
        raise EditError(f"{place}: {value!r:.60} is not plain data; write {plain!r:.60}")


def _is_like(value: Data, plain: Data) -> bool:
    """Whether a value is plain data already: of the very types that reading a file gives."""
    if type(value) is not type(plain):
        return False
    if isinstance(plain, dict):
        return all(key in value and _is_like(value[key], item) for key, item in plain.items())
    if isinstance(plain, list):
        return all(_is_like(one, other) for one, other in zip(value, plain, strict=True))
    return True
