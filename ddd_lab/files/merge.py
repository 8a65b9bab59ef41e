"""Three-way merge: what changed here and what changed on disk, both kept unless they clash."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.base import Data, Path
from ddd_lab.spec.flow import Connection, FlowData, NodeData

from .yaml import PatchError

_MISSING: Any = object()
_IDENTITY = ("id", "name", "event")


class MergeConflictError(PatchError):
    """Both sides changed the same thing differently.

    Attributes:
        places: what they both changed, in words.
    """

    def __init__(self, places: list[str]) -> None:
        super().__init__("changed here and on disk: " + "; ".join(places))
        self.places = places


def merge_flows(base: FlowData, mine: FlowData, theirs: FlowData) -> FlowData:
    """Merge two descendants of a flow, node by node and key by key.

    Raises:
        MergeConflictError: both changed the same key of the same node, or one changed a node that
            the other removed.
    """
    clashes: list[str] = []
    fields: dict[str, Any] = {
        name: _merge(
            getattr(base, name), getattr(mine, name), getattr(theirs, name), (name,), clashes
        )
        for name in ("id", "name", "type", "domain", "description", "header", "metadata", "extra")
    }
    fields["trigger"] = _merge_node(base.trigger, mine.trigger, theirs.trigger, clashes)
    fields["nodes"] = _merge_nodes(base, mine, theirs, clashes)
    if clashes:
        raise MergeConflictError(clashes)
    return theirs.model_copy(update=fields)


def merge_data(base: Data, mine: Data, theirs: Data) -> Data:
    """Merge two descendants of plain data, key by key; lists by the identity of their items.

    Raises:
        MergeConflictError: both changed the same thing differently.
    """
    clashes: list[str] = []
    merged = _merge(base, mine, theirs, (), clashes)
    if clashes:
        raise MergeConflictError(clashes)
    return merged


def _merge_nodes(
    base: FlowData, mine: FlowData, theirs: FlowData, clashes: list[str]
) -> tuple[NodeData, ...]:
    old = {node.id: node for node in base.nodes}
    ours = {node.id: node for node in mine.nodes}
    made = []
    for node in theirs.nodes:
        merged = _merge_node(old.get(node.id), ours.get(node.id), node, clashes)
        if merged is not None:
            made.append(merged)
    present = {node.id for node in theirs.nodes}
    for node in mine.nodes:
        if node.id not in present:
            merged = _merge_node(old.get(node.id), node, None, clashes)
            if merged is not None:
                made.append(merged)
    return tuple(made)


def _merge_node(
    base: NodeData | None, mine: NodeData | None, theirs: NodeData | None, clashes: list[str]
) -> NodeData | None:
    if mine == base:
        return theirs
    if theirs in (base, mine):
        return mine
    if base is None or mine is None or theirs is None:
        some = mine or theirs or base
        word = "added on both sides" if base is None else "removed on one side"
        clashes.append(f"node {some.id if some else '?'} ({word})")
        return mine
    where = (f"node {base.id}",)
    fields: dict[str, Any] = {
        name: _merge(
            getattr(base, name), getattr(mine, name), getattr(theirs, name), (*where, name), clashes
        )
        for name in ("type", "label", "position", "spec", "parent", "declared_id", "extra")
    }
    fields["connections"] = _merge_lines(
        base.connections, mine.connections, theirs.connections, f"{where[0]} connections", clashes
    )
    return theirs.model_copy(update=fields)


Lines = tuple[Connection, ...] | None


def _merge_lines(base: Lines, mine: Lines, theirs: Lines, where: str, clashes: list[str]) -> Lines:
    if mine == base:
        return theirs
    if theirs in (base, mine):
        return mine
    if base is None or mine is None or theirs is None:
        clashes.append(where)
        return mine
    removed = [line for line in base if line not in mine]
    added = [line for line in mine if line not in base]
    if any(line not in theirs for line in removed):
        clashes.append(where)
    kept = [line for line in theirs if line not in removed]
    return (*kept, *(line for line in added if line not in kept))


def _merge(base: Data, mine: Data, theirs: Data, path: Path, clashes: list[str]) -> Data:
    if _same(mine, base):
        return theirs
    if _same(theirs, base) or _same(mine, theirs):
        return mine
    if isinstance(mine, dict) and isinstance(theirs, dict) and isinstance(base, dict):
        return _merge_maps(base, mine, theirs, path, clashes)
    if isinstance(mine, list) and isinstance(theirs, list) and isinstance(base, list):
        merged = _merge_lists(base, mine, theirs, path, clashes)
        if merged is not None:
            return merged
    clashes.append(" ".join(str(step) for step in path) or "the whole file")
    return mine


def _merge_maps(
    base: dict[str, Data],
    mine: dict[str, Data],
    theirs: dict[str, Data],
    path: Path,
    clashes: list[str],
) -> dict[str, Data]:
    made: dict[str, Data] = {}
    for key in dict.fromkeys([*theirs, *mine]):
        value = _merge(
            base.get(key, _MISSING),
            mine.get(key, _MISSING),
            theirs.get(key, _MISSING),
            (*path, key),
            clashes,
        )
        if value is not _MISSING:
            made[key] = value
    return made


def _merge_lists(
    base: list[Data], mine: list[Data], theirs: list[Data], path: Path, clashes: list[str]
) -> list[Data] | None:
    """Merge lists whose items have an identity; None where they have none."""
    keyed = [_by_identity(items) for items in (base, mine, theirs)]
    if any(items is None for items in keyed):
        return None
    old, ours, disk = (items or {} for items in keyed)
    merged = _merge_maps(old, ours, disk, path, clashes)
    return list(merged.values())


def _by_identity(items: list[Data]) -> dict[str, Data] | None:
    found: dict[str, Data] = {}
    for item in items:
        key = (
            next((item[k] for k in _IDENTITY if k in item), None)
            if isinstance(item, dict)
            else None
        )
        if not isinstance(key, str) or key in found:
            return None
        found[key] = item
    return found


def _same(one: Data, other: Data) -> bool:
    """Equal with the same types: True is not 1 in a file."""
    if one is other:
        return True
    if one is _MISSING or other is _MISSING or type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
