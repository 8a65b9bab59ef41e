"""Three-way merge: what changed here and what changed on disk, both kept unless they clash."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, Literal, TypeVar

from ddd_lab.equality import same
from ddd_lab.files.documents.dialect import same_node
from ddd_lab.lossless_yaml import PatchError
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData

Side = Literal["mine", "theirs", "before"]
"""What stays where both sides changed the same thing: what is here, or what is on disk. ``before``:
what was there at first, and everywhere else what is on disk."""
T = TypeVar("T")
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


class _Clashes:
    """What both sides changed, and what is to stay there.

    Attributes:
        places: what they both changed, in words.
    """

    def __init__(self, keep: Side | None) -> None:
        self.places: list[str] = []
        self._keep: Side = keep or "mine"
        self._strict = keep is None

    def resolve(self, place: str, base: T, mine: T, theirs: T) -> T:
        """Note a place that both changed; returns what stays there."""
        self.places.append(place)
        if self._keep == "mine":
            return mine
        return theirs if self._keep == "theirs" else base

    def only_mine(self, mine: T, theirs: T) -> T:
        """What stays where only this side changed something."""
        return theirs if self._keep == "before" else mine

    def end(self) -> None:
        """Raise what was noted, unless it was said what stays."""
        if self.places and self._strict:
            raise MergeConflictError(self.places)


def merge_flows(
    base: FlowData | None, mine: FlowData, theirs: FlowData, keep: Side | None = None
) -> FlowData:
    """Merge two descendants of a flow (None: both were added), node by node and key by key.

    Where both changed the same thing, ``keep`` says what stays; else `MergeConflictError`.
    """
    if base is None:
        base = FlowData(id=theirs.id, domain=theirs.domain, type=theirs.type)
    clashes = _Clashes(keep)
    fields: dict[str, Any] = {
        name: _merge(
            getattr(base, name), getattr(mine, name), getattr(theirs, name), (name,), clashes
        )
        for name in ("id", "name", "type", "domain", "description", "header", "metadata", "extra")
    }
    fields["trigger"] = _merge_node(base.trigger, mine.trigger, theirs.trigger, clashes)
    fields["nodes"] = _merge_nodes(base, mine, theirs, clashes)
    clashes.end()
    return theirs.model_copy(update=fields)


def merge_data(base: Data, mine: Data, theirs: Data, keep: Side | None = None) -> Data:
    """Merge two descendants of plain data, key by key; lists by the identity of their items.

    Where both changed the same thing, ``keep`` says what stays; else `MergeConflictError`.
    """
    clashes = _Clashes(keep)
    merged = _merge({} if base is None else base, mine, theirs, (), clashes)
    clashes.end()
    return merged


def merge_lines(base: str, mine: str, theirs: str) -> str | None:
    """Merge two descendants of a text line by line; None where both changed the same lines."""
    old, disk = base.splitlines(keepends=True), theirs.splitlines(keepends=True)
    changes = sorted({*_changes(old, mine.splitlines(keepends=True)), *_changes(old, disk)})
    merged: list[str] = []
    at = 0
    for number, (begin, end, lines) in enumerate(changes):
        if number and begin <= changes[number - 1][1]:
            return None
        merged += [*old[at:begin], *lines]
        at = end
    return "".join([*merged, *old[at:]])


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for tag, begin, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag != "equal":
            yield begin, end, tuple(new[first:last])


def _merge_nodes(
    base: FlowData, mine: FlowData, theirs: FlowData, clashes: _Clashes
) -> tuple[NodeData, ...]:
    old = {node.id: node for node in base.nodes}
    ours = {node.id: node for node in mine.nodes}
    present = {node.id for node in theirs.nodes}
    merged = [
        *(_merge_node(old.get(n.id), ours.get(n.id), n, clashes) for n in theirs.nodes),
        *(_merge_node(old.get(n.id), n, None, clashes) for n in mine.nodes if n.id not in present),
    ]
    return tuple(node for node in merged if node is not None)


def _merge_node(
    base: NodeData | None, mine: NodeData | None, theirs: NodeData | None, clashes: _Clashes
) -> NodeData | None:
    if same_node(mine, base) or same_node(mine, theirs):
        return theirs
    if same_node(theirs, base):
        return clashes.only_mine(mine, theirs)
    if base is None or mine is None or theirs is None:
        some = mine or theirs or base
        word = "added on both sides" if base is None else "removed on one side"
        return clashes.resolve(f"node {some.id if some else '?'} ({word})", base, mine, theirs)
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


def _merge_lines(base: Lines, mine: Lines, theirs: Lines, where: str, clashes: _Clashes) -> Lines:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return clashes.only_mine(mine, theirs)
    if base is None or mine is None or theirs is None:
        return clashes.resolve(where, base, mine, theirs)
    removed = [line for line in base if line not in mine]
    if any(line not in theirs for line in removed):
        return _merge_outputs(base, mine, theirs, where, clashes)
    remaining = [line for line in theirs if line not in removed]
    added = [line for line in mine if line not in base and line not in remaining]
    return clashes.only_mine((*remaining, *added), theirs)


def _merge_outputs(
    base: tuple[Connection, ...],
    mine: tuple[Connection, ...],
    theirs: tuple[Connection, ...],
    where: str,
    clashes: _Clashes,
) -> tuple[Connection, ...]:
    """Merge lines output by output, where both sides changed the same line."""
    merged: list[Connection] = []
    for output in dict.fromkeys(line.output for line in (*theirs, *mine, *base)):
        old, ours, disk = (
            tuple(line for line in lines if line.output == output) for lines in (base, mine, theirs)
        )
        if ours in (old, disk):
            merged += disk
        elif disk == old:
            merged += clashes.only_mine(ours, disk)
        else:
            merged += clashes.resolve(f"{where} {output}", old, ours, disk)
    return tuple(merged)


def _merge(base: Data, mine: Data, theirs: Data, path: Path, clashes: _Clashes) -> Data:
    if same(mine, base) or same(mine, theirs):
        return theirs
    if same(theirs, base):
        return clashes.only_mine(mine, theirs)
    added = base is _MISSING
    if isinstance(mine, dict) and isinstance(theirs, dict) and (added or isinstance(base, dict)):
        return _merge_maps({} if added else base, mine, theirs, path, clashes)
    if isinstance(mine, list) and isinstance(theirs, list) and (added or isinstance(base, list)):
        merged = _merge_lists([] if added else base, mine, theirs, path, clashes)
        if merged is not None:
            return merged
    place = " ".join(str(step) for step in path) or "the whole file"
    return clashes.resolve(place, base, mine, theirs)


def _merge_maps(
    base: dict[str, Data],
    mine: dict[str, Data],
    theirs: dict[str, Data],
    path: Path,
    clashes: _Clashes,
) -> dict[str, Data]:
    merged: dict[str, Data] = {}
    for key in dict.fromkeys([*theirs, *mine]):
        value = _merge(
            base.get(key, _MISSING),
            mine.get(key, _MISSING),
            theirs.get(key, _MISSING),
            (*path, key),
            clashes,
        )
        if value is not _MISSING:
            merged[key] = value
    return merged


def _merge_lists(
    base: list[Data], mine: list[Data], theirs: list[Data], path: Path, clashes: _Clashes
) -> list[Data] | None:
    """Merge lists whose items have an identity; None where they have none."""
    keyed = [_by_identity(items) for items in (base, mine, theirs)]
    if any(items is None for items in keyed):
        return None
    old, ours, disk = (items or {} for items in keyed)
    merged = _merge_maps(old, ours, disk, path, clashes)
    return list(merged.values())


def _by_identity(items: list[Data]) -> dict[str, Data] | None:
    by_key: dict[str, Data] = {}
    for item in items:
        key = (
            next((item[k] for k in _IDENTITY if k in item), None)
            if isinstance(item, dict)
            else None
        )
        if not isinstance(key, str) or key in by_key:
            return None
        by_key[key] = item
    return by_key
