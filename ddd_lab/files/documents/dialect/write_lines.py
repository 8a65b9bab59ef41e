"""Changed connections of a node, written where and how the file writes its connections."""

from __future__ import annotations

from typing import Any

from ddd_lab.files.documents.dialect.connections import changed_item, new_item, write_map
from ddd_lab.files.documents.dialect.habits import Habits
from ddd_lab.files.documents.dialect.shape import SOURCE_KEYS, FlowShape, NodeShape
from ddd_lab.spec.edit.data import get_in
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData


def own_lines(
    entry: dict[str, Data],
    data: dict[str, Data],
    shape: NodeShape,
    *,
    old: NodeData,
    new: NodeData,
    habits: Habits,
) -> Data | None:
    """The ``connections`` of one node's entry; None where there should be no such key."""
    if new.connections is None:
        return None
    written = entry.get("connections")
    at_root = [i for i, path in enumerate(shape.lines) if _at_root(path)]
    matches = match_lines(old.connections or (), new.connections)
    lines: list[tuple[Connection, Connection | None, Path | None]] = []
    for line, index in zip(new.connections, matches, strict=True):
        if index is None:
            if not _goes_to_root(written, habits):
                lines.append((line, None, None))
        elif index not in at_root:
            lines.append((line, (old.connections or ())[index], shape.lines[index]))
    if not lines:
        had_none = not old.connections or len(at_root) == len(old.connections or ())
        if written is not None and had_none:
            return written
        if new.type == "trigger" and not new.connections:
            return [] if habits.uses_lists else {}
        return habits.no_lines(entry)
    as_list = isinstance(written, list) if written is not None else habits.uses_lists
    if as_list:
        like = [*(written or []), *habits.sample_lines()]
        return [
            new_item(line, like)
            if before is None or path is None
            else _changed(get_in(data, path), before, line)
            for line, before, path in lines
        ]
    return write_map(
        [
            (
                line,
                None
                if before is None or path is None
                else _changed_value(get_in(data, path), before, line),
            )
            for line, before, path in lines
        ]
    )


def top_lines(
    written: list[Data], shape: FlowShape, *, old: FlowData, new: FlowData, habits: Habits
) -> list[Data]:
    """The list of connections at the file's root after the flow became ``new``."""
    origin = _origins(old, new)
    replaced: dict[int, Data] = {}
    gone: set[int] = set()
    added: list[Data] = []
    for node in old.all_nodes():
        gone.update(int(path[1]) for path in shape.nodes[node.id].lines if _at_root(path))
    for node in new.all_nodes():
        before = old.by_id.get(origin.get(node.id, node.id))
        paths = shape.nodes[before.id].lines if before else ()
        lines, old_lines = node.connections or (), (before and before.connections) or ()
        for line, index in zip(lines, match_lines(old_lines, lines), strict=True):
            if index is not None and _at_root(paths[index]):
                place = int(paths[index][1])
                gone.discard(place)
                item = _changed(written[place], old_lines[index], line)
                replaced[place] = _renamed_source(item, before.id if before else "", node.id)
            elif index is None and habits.uses_top_connections and all(map(_at_root, paths)):
                added.append(new_item(line, written, node.id))
    remaining = [replaced.get(i, item) for i, item in enumerate(written) if i not in gone]
    return remaining + added


def match_lines(old: tuple[Connection, ...], new: tuple[Connection, ...]) -> list[int | None]:
    """For every new connection the index of the old one that it was, or None if it is new."""
    free = dict(enumerate(old))
    matches: list[int | None] = [None] * len(new)
    likenesses: list[Any] = [
        lambda line: (line.output, line.target, line.extra),
        lambda line: (line.output, line.target),
        lambda line: (line.output, line.extra),
        lambda line: (line.target, line.extra),
    ]
    for likeness in likenesses:
        for index, line in enumerate(new):
            if matches[index] is None:
                same = (i for i, other in free.items() if likeness(other) == likeness(line))
                match = next(same, None)
                if match is not None:
                    matches[index] = match
                    del free[match]
    return matches


def _goes_to_root(written: Data, habits: Habits) -> bool:
    return habits.uses_top_connections and not written


def _changed(item: Data, old: Connection, new: Connection) -> Data:
    return item if old == new else changed_item(item, old, new)


def _changed_value(value: Data, old: Connection, new: Connection) -> Data:
    """The value of an output in a map; the output itself is the key, so it is not part of it."""
    same_key = new.model_copy(update={"output": old.output})
    if old == same_key:
        return value
    if not isinstance(value, dict):
        return {"target": new.target, **new.extra} if new.extra else new.target
    return changed_item(value, old, same_key)


def _at_root(path: Path) -> bool:
    return path[:1] == ("connections",)


def _renamed_source(item: Data, old: str, new: str) -> Data:
    if old == new or not isinstance(item, dict):
        return item
    return {k: new if k in SOURCE_KEYS and v == old else v for k, v in item.items()}


def _origins(old: FlowData, new: FlowData) -> dict[str, str]:
    """The former id of every node that was renamed, by its new one."""
    if len(old.nodes) != len(new.nodes):
        return {}
    return {
        after.id: before.id
        for before, after in zip(old.all_nodes(), new.all_nodes(), strict=False)
        if before.id not in new.by_id and after.id not in old.by_id
    }
