"""From a flow file's data, in any dialect, to the model. Total: what does not fit is reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeGuard

from ddd_lab.files.documents.dialect.connections import (
    LocatedConnection,
    as_word,
    read_connections,
    read_top_connections,
)
from ddd_lab.files.documents.dialect.shape import (
    HEADER_KEYS,
    STRUCTURE_KEYS,
    FlowShape,
    NodeShape,
    TriggerForm,
    spec_key_of,
)
from ddd_lab.spec.lenient import is_bare_template
from ddd_lab.spec.models import Misread
from ddd_lab.spec.models.base import Data, Path, Position
from ddd_lab.spec.models.flow import CROSS_CUTTING_KEYS, Connection, FlowData, NodeData, Vocabulary

_AGENT_BLOCKS = ("agent_config", "agent_group", "tools", "guardrails")
_BESIDE_SPEC = frozenset({"id", "type", "label", "position", "connections", "parentId"})
_BESIDE_SPEC_UNLABELLED = _BESIDE_SPEC | {"name"}
_FLAT_TRIGGER_KEYS = frozenset({"id", "label", "name", "position", "connections", "parentId"})


@dataclass(frozen=True, slots=True)
class FlowReading:
    """A flow as read: the model, what did not fit, and where everything is."""

    flow: FlowData
    issues: tuple[Misread, ...]
    shape: FlowShape


def read_flow(data: dict[str, Data], key: str) -> FlowReading:
    """Read a flow file's data."""
    return _Reader(data, key).read()


class _Reader:
    def __init__(self, data: dict[str, Data], key: str) -> None:
        self.data = data
        self.folder, _, self.stem = key.partition("/")
        self.issues: list[Misread] = []
        self.shapes: dict[str, NodeShape] = {}
        self.list_form = False
        self.map_form = False

    def read(self) -> FlowReading:
        header_path, header = self._header()
        entries = self._entries()
        trigger_form, trigger_path = self._find_trigger(entries)
        trigger = self._trigger(trigger_form, trigger_path)
        nodes = tuple(
            self._node(entry, ("nodes", index))
            for index, entry in entries
            if ("nodes", index) != trigger_path
        )
        top_key = "connections" if isinstance(self.data.get("connections"), list) else ""
        if top_key:
            trigger, nodes = self._join_top(trigger, nodes)
        used = {*HEADER_KEYS} if not header_path else {"flow"}
        used |= {"nodes", "metadata", top_key}
        if trigger_form in ("flat", "node", "scalar"):
            used.add("trigger")
        metadata = self.data.get("metadata")
        if not isinstance(metadata, dict):
            used.discard("metadata")
        flow = FlowData.model_construct(
            **header,
            vocabulary=self._vocabulary(trigger_form, trigger),
            trigger=trigger,
            nodes=nodes,
            metadata=metadata if isinstance(metadata, dict) else {},
            extra={k: v for k, v in self.data.items() if k not in used},
        )
        shape = FlowShape(
            header=header_path,
            trigger_form=trigger_form,
            nodes=self.shapes,
            top_connections=top_key,
        )
        return FlowReading(flow, tuple(self.issues), shape)

    def _note(self, path: Path, message: str) -> None:
        self.issues.append(Misread(path=path, message=message))

    def _header(self) -> tuple[Path, dict[str, Any]]:
        block = self.data.get("flow")
        path: Path = ("flow",) if isinstance(block, dict) else ()
        source: dict[str, Data] = block if isinstance(block, dict) else self.data
        if not path and block is not None:
            self._note(("flow",), "“flow” must be a map with id, name, type and domain.")
        header: dict[str, Any] = {}
        for key in HEADER_KEYS:
            value = source.get(key)
            word = as_word(value)
            if word is None and value is not None and not is_bare_template(value):
                self._note((*path, key), f"“{key}” of the flow must be text.")
            header[key] = word or ""
        header["id"] = header["id"] or self.stem
        header["domain"] = header["domain"] or self.folder
        if not header["type"]:
            agent = any(key in self.data for key in _AGENT_BLOCKS)
            header["type"] = "agent" if agent else "traditional"
        header["header"] = {k: v for k, v in source.items() if k not in HEADER_KEYS} if path else {}
        return path, header

    def _entries(self) -> list[tuple[int, dict[str, Data]]]:
        nodes = self.data.get("nodes")
        if nodes is not None and not isinstance(nodes, list):
            self._note(("nodes",), "“nodes” must be a list of nodes (- id: …).")
        entries = []
        for index, entry in enumerate(nodes if isinstance(nodes, list) else []):
            if isinstance(entry, dict):
                entries.append((index, entry))
            else:
                self._note(("nodes", index), f"a node must be a map, not {entry!r:.40}.")
        return entries

    def _find_trigger(
        self, entries: list[tuple[int, dict[str, Data]]]
    ) -> tuple[TriggerForm, Path | None]:
        block = self.data.get("trigger")
        listed = next((i for i, entry in entries if entry.get("type") == "trigger"), None)
        if isinstance(block, dict) and ("id" in block or listed is None):
            shaped = isinstance(block.get("spec"), dict) or block.get("type") == "trigger"
            return ("node" if shaped else "flat"), ("trigger",)
        if listed is not None:
            return "entry", ("nodes", listed)
        if block is not None and as_word(block) is not None:
            return "scalar", ("trigger",)
        if block is not None:
            self._note(("trigger",), "“trigger” must be a map.")
        return "none", None

    def _trigger(self, form: TriggerForm, path: Path | None) -> NodeData | None:
        if path is None:
            return None
        if form == "entry":
            nodes: list[Any] = self.data["nodes"]
            return self._node(nodes[int(path[1])], path)
        block = self.data["trigger"]
        if form == "scalar":
            node = NodeData(
                id=self._own_id(None, "trigger")[0],
                type="trigger",
                spec={"event": block},
                connections=None,
                declared_id="",
            )
            self.shapes[node.id] = NodeShape(path, spec_key="")
            return node
        return self._node(block, path, flat=form == "flat", trigger=True)

    def _node(
        self, entry: dict[str, Data], path: Path, *, flat: bool = False, trigger: bool = False
    ) -> NodeData:
        id, declared = self._own_id(entry.get("id"), "trigger" if trigger else "")
        kind = "trigger" if trigger else as_word(entry.get("type")) or ""
        if not kind and "<<" not in entry:  # a merge key is reported by itself
            self._note(path, f"node “{id}” has no type.")
        spec_key = "" if flat else spec_key_of(entry)
        spec, extra = _spec_and_extra(entry, spec_key, flat)
        if trigger and not flat and entry.get("type") not in (None, "trigger"):
            extra["type"] = entry["type"]
        label_key = "name" if "label" not in entry and "name" in entry else "label"
        label = as_word(written := entry.get(label_key))
        # A template without quotes is reported by itself, wherever it stands.
        if label is None and written is not None and not is_bare_template(written):
            message = f"“{label_key}” must be text. Put quotes around it."
            self.issues.append(Misread(path=(*path, label_key), message=message))
        lines = self._lines(entry, path, trigger=trigger)
        self.shapes[id] = NodeShape(
            path, spec_key, label_key, tuple(at for _, at in lines) if lines else ()
        )
        return NodeData.of_checked(
            id=id,
            type=kind,
            label=label,
            position=self._position(entry.get("position"), (*path, "position")),
            spec=spec,
            connections=None if lines is None else tuple(line for line, _ in lines),
            parent=as_word(entry.get("parentId")),
            declared_id=declared,
            extra=extra,
        )

    def _own_id(self, written: Data, fallback: str) -> tuple[str, str | None]:
        word = as_word(written)
        if word and word not in self.shapes:
            return word, None
        base = word or fallback or "node"
        number = 2 if word else 1
        candidate = base if fallback and not word else f"{base}~{number}"
        while candidate in self.shapes:
            number += 1
            candidate = f"{base}~{number}"
        return candidate, word or ""

    def _lines(
        self, entry: dict[str, Data], path: Path, *, trigger: bool
    ) -> list[LocatedConnection] | None:
        if "connections" not in entry and trigger:
            return None
        value = entry.get("connections")
        if isinstance(value, dict):
            self.map_form = True
        elif isinstance(value, list):
            self.list_form = True
        return list(read_connections(value, (*path, "connections"), self.issues))

    def _join_top(
        self, trigger: NodeData | None, nodes: tuple[NodeData, ...]
    ) -> tuple[NodeData | None, tuple[NodeData, ...]]:
        by_source: dict[str, list[LocatedConnection]] = {}
        for source, line in read_top_connections(
            self.data["connections"], ("connections",), self.issues
        ):
            if source in self.shapes:
                by_source.setdefault(source, []).append(line)
            else:
                reason = f"a connection starts at “{source}”, but there is no such node."
                self._note(line[1], reason)
        self.list_form = self.list_form or bool(by_source)

        def joined(node: NodeData) -> NodeData:
            lines = by_source.get(node.id)
            if not lines:
                return node
            shape = self.shapes[node.id]
            self.shapes[node.id] = NodeShape(
                shape.path,
                shape.spec_key,
                shape.label_key,
                (*shape.lines, *(at for _, at in lines)),
            )
            own: tuple[Connection, ...] = node.connections or ()
            return node.model_copy(update={"connections": (*own, *(line for line, _ in lines))})

        return (joined(trigger) if trigger else None), tuple(joined(node) for node in nodes)

    def _position(self, value: Data, at: Path) -> Position | None:
        if value is None:
            return None
        if isinstance(value, dict):
            x, y = value.get("x"), value.get("y")
            if is_coordinate(x) and is_coordinate(y):
                return Position(x, y)
        self._note(at, "a position must be {x: number, y: number}; layout places it.")
        return None

    def _vocabulary(self, form: TriggerForm, trigger: NodeData | None) -> Vocabulary:
        if self.list_form and not self.map_form:
            return "handles"
        if self.map_form or form in ("flat", "scalar", "none"):
            return "guide"
        guide_trigger = trigger is not None and "triggerType" in trigger.spec
        return "guide" if guide_trigger else "handles"


def is_coordinate(value: Data) -> TypeGuard[float]:
    """Whether a value can be a coordinate in pixels."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 1e9


def _spec_and_extra(
    entry: dict[str, Data], spec_key: str, flat: bool
) -> tuple[dict[str, Data], dict[str, Data]]:
    if flat:
        own = {k: v for k, v in entry.items() if k not in _FLAT_TRIGGER_KEYS | CROSS_CUTTING_KEYS}
        return own, {k: v for k, v in entry.items() if k in CROSS_CUTTING_KEYS}
    if not spec_key:
        loose = entry.keys() - STRUCTURE_KEYS - CROSS_CUTTING_KEYS
        spec = {k: v for k, v in entry.items() if k in loose}
        return spec, {k: v for k, v in entry.items() if k in CROSS_CUTTING_KEYS}
    spec_value = entry.get(spec_key)
    beside_spec = _BESIDE_SPEC if "label" in entry else _BESIDE_SPEC_UNLABELLED
    extra = {k: v for k, v in entry.items() if k not in beside_spec and k != spec_key}
    return (spec_value if isinstance(spec_value, dict) else {}), extra
