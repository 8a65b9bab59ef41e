"""Three-way merge of flows: what changed here and on disk is kept, unless it clashes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from ddd_lab.files.documents.dialect import same_node
from ddd_lab.files.documents.merge_data import Clashes, Side, merge_value
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData


def merge_flows(
    base: FlowData | None, mine: FlowData, theirs: FlowData, keep: Side | None = None
) -> FlowData:
    """Merge two descendants of a flow (None: both were added), node by node and key by key.

    Where both changed the same thing, ``keep`` says what stays; else `MergeConflictError`.
    """
    if base is None:
        base = FlowData(id=theirs.id, domain=theirs.domain, type=theirs.type)
    clashes = Clashes(keep)
    fields: dict[str, Any] = {
        name: merge_value(
            getattr(base, name), getattr(mine, name), getattr(theirs, name), (name,), clashes
        )
        for name in ("id", "name", "type", "domain", "description", "header", "metadata", "extra")
    }
    fields["trigger"] = _merge_node(base.trigger, mine.trigger, theirs.trigger, clashes)
    fields["nodes"] = _merge_nodes(base, mine, theirs, clashes)
    clashes.end()
    return theirs.model_copy(update=fields)


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
    base: FlowData, mine: FlowData, theirs: FlowData, clashes: Clashes
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
    base: NodeData | None, mine: NodeData | None, theirs: NodeData | None, clashes: Clashes
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
        name: merge_value(
            getattr(base, name), getattr(mine, name), getattr(theirs, name), (*where, name), clashes
        )
        for name in ("type", "label", "position", "spec", "parent", "declared_id", "extra")
    }
    fields["connections"] = _merge_lines(
        base.connections, mine.connections, theirs.connections, f"{where[0]} connections", clashes
    )
    return theirs.model_copy(update=fields)


Lines = tuple[Connection, ...] | None


def _merge_lines(base: Lines, mine: Lines, theirs: Lines, where: str, clashes: Clashes) -> Lines:
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
    clashes: Clashes,
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
