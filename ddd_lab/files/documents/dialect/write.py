"""From the difference between two models of a flow back to its file's data, in its own dialect."""

from __future__ import annotations

from typing import Any

from ddd_lab.files.documents.dialect.habits import Habits
from ddd_lab.files.documents.dialect.read import FlowReading
from ddd_lab.files.documents.dialect.same import leads_to_the_first
from ddd_lab.files.documents.dialect.shape import GONE, HEADER_KEYS, STRUCTURE_KEYS, NodeShape
from ddd_lab.files.documents.dialect.write_lines import own_lines, top_lines
from ddd_lab.spec.edit.data import get_in, set_in
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData, NodeData


def write_flow(data: dict[str, Data], reading: FlowReading, new: FlowData) -> dict[str, Data]:
    """The file's data after the flow became ``new``; everything that did not change is shared."""
    return _Writer(data, reading, new).write()


class _Writer:
    def __init__(self, data: dict[str, Data], reading: FlowReading, new: FlowData) -> None:
        self.data = data
        self.old = reading.flow
        self.shape = reading.shape
        self.new = new
        self.habits = Habits(data, reading)

    def write(self) -> dict[str, Data]:
        data = self._header(self.data)
        data = _merge(data, self.old.extra, self.new.extra)
        if self.new.metadata != self.old.metadata:
            data = _put(data, "metadata", self.new.metadata or GONE)
        data = self._trigger(data)
        if self.new.nodes != self.old.nodes or self._trigger_in_list_changed():
            data = _put(data, "nodes", self._nodes())
        if self.shape.top_connections:
            key = self.shape.top_connections
            lines = top_lines(
                self.data[key], self.shape, old=self.old, new=self.new, habits=self.habits
            )
            data = _put(data, key, lines)
        return data

    def _header(self, data: dict[str, Data]) -> dict[str, Data]:
        path = self.shape.header
        block = get_in(data, path)
        changed = block
        for key in HEADER_KEYS:
            value = getattr(self.new, key)
            if value != getattr(self.old, key):
                changed = _put(changed, key, value)
        changed = _merge(changed, self.old.header, self.new.header)
        written: dict[str, Data] = set_in(data, path, changed) if changed is not block else data
        return written

    def _trigger(self, data: dict[str, Data]) -> dict[str, Data]:
        old, new, form = self.old.trigger, self.new.trigger, self.shape.trigger_form
        if old == new or form == "entry":
            return data
        if new is None:
            return _put(data, "trigger", GONE)
        if old is None:
            return {"trigger": self.habits.new_entry(new), **data}
        if form == "scalar":
            block: dict[str, Data] = {"event": self.data["trigger"]}
        else:
            block = self.data["trigger"]
        return _put(data, "trigger", self._entry(block, old, new, flat=form in ("flat", "scalar")))

    def _trigger_in_list_changed(self) -> bool:
        return self.shape.trigger_form == "entry" and self.old.trigger != self.new.trigger

    def _nodes(self) -> list[Data]:
        """The list of nodes: known entries changed in place, foreign ones kept where they were."""
        written: list[Any] = self.data.get("nodes") or []
        pairs = _pair(self.old.nodes, self.new.nodes)
        index_of = {node.id: int(self.shape.nodes[node.id].path[1]) for node in self.old.nodes}
        indexes = {index: id for id, index in index_of.items()}
        foreign_after: dict[str, list[Data]] = {}
        leader = ""
        remaining = {old.id for old in pairs.values()}
        for index, entry in enumerate(written):
            if index in indexes:
                leader = indexes[index] if indexes[index] in remaining else leader
            else:
                foreign_after.setdefault(leader, []).append(self._foreign(index, entry))
        entries = list(foreign_after.get("", []))
        for node in self.new.nodes:
            old = pairs.get(node.id)
            if old is None:
                entries.append(self.habits.new_entry(node))
            else:
                entries.append(self._entry(written[index_of[old.id]], old, node))
                entries.extend(foreign_after.get(old.id, []))
        return entries

    def _foreign(self, index: int, entry: Data) -> Data:
        old, new = self.old.trigger, self.new.trigger
        in_list = self.shape.trigger_form == "entry" and old is not None
        if in_list and old is not None and self.shape.nodes[old.id].path == ("nodes", index):
            return self._entry(entry, old, new) if new is not None else entry
        return entry

    def _entry(
        self, entry: dict[str, Data], old: NodeData, new: NodeData, *, flat: bool = False
    ) -> dict[str, Data]:
        """One node's entry made to say ``new``."""
        if old == new:
            return entry
        shape = self.shape.nodes[old.id]
        changed = entry
        place = _put if flat else self.habits.place  # a trigger's own keys have no usual order
        if new.id != old.id or (new.declared_id is None and old.declared_id is not None):
            changed = place(changed, "id", new.id)
        if new.type != old.type and not flat:
            changed = place(changed, "type", new.type)
        if new.label != old.label:
            changed = place(changed, shape.label_key, GONE if new.label is None else new.label)
        if new.position != old.position:
            changed = place(changed, "position", _position(entry.get("position"), new))
        if new.parent != old.parent:
            changed = place(changed, "parentId", GONE if new.parent is None else new.parent)
        changed = self._spec(changed, shape, old, new, flat)
        changed = _merge(changed, old.extra, new.extra)
        if new.connections != old.connections:
            bare = flat and not entry.keys() & {"id", "position"}
            unsaid = bare and leads_to_the_first(new, self.new)
            value = (
                None
                if unsaid
                else own_lines(entry, self.data, shape, old=old, new=new, habits=self.habits)
            )
            changed = place(changed, "connections", GONE if value is None else value)
        return changed

    def _spec(
        self, entry: dict[str, Data], shape: NodeShape, old: NodeData, new: NodeData, flat: bool
    ) -> dict[str, Data]:
        if new.spec == old.spec:
            return entry
        if shape.spec_key:
            return self.habits.place(entry, shape.spec_key, new.spec)
        if flat or not new.spec.keys() & STRUCTURE_KEYS:
            return _merge(entry, old.spec, new.spec)
        loose = {key: value for key, value in entry.items() if key not in old.spec}
        return self.habits.place(loose, "spec", new.spec)


def _position(written: Data, node: NodeData) -> Data:
    if node.position is None:
        return GONE
    others = written if isinstance(written, dict) else {}
    return {**others, "x": node.position.x, "y": node.position.y}


def _pair(old: tuple[NodeData, ...], new: tuple[NodeData, ...]) -> dict[str, NodeData]:
    """Which old node each new one was, by id; a renamed node keeps its place."""
    old_ids = {node.id: node for node in old}
    new_ids = {node.id for node in new}
    pairs = {node.id: old_ids[node.id] for node in new if node.id in old_ids}
    if len(old) == len(new):
        for before, after in zip(old, new, strict=True):
            renamed = before.id not in new_ids and after.id not in old_ids
            if renamed and before.type == after.type:
                pairs[after.id] = before
    return pairs


def _put(data: dict[str, Data], key: str, value: Data) -> dict[str, Data]:
    if value is GONE:
        return {k: v for k, v in data.items() if k != key} if key in data else data
    return {**data, key: value}


def _merge(data: dict[str, Data], old: dict[str, Data], new: dict[str, Data]) -> dict[str, Data]:
    """``data`` with every key changed that differs between two versions of a part of it."""
    for key in old.keys() - new.keys():
        data = _put(data, key, GONE)
    for key, value in new.items():
        if key not in old or old[key] != value or type(old[key]) is not type(value):
            data = _put(data, key, value)
    return data
