"""The memory of an open project: five layers, each worked out again only where something moved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from ddd_lab.files.disk import locks, storage
from ddd_lab.memory.decisions import Decisions
from ddd_lab.memory.display import Shown, as_html, as_text
from ddd_lab.memory.files import FOLDER, path_of, read_text, write_text
from ddd_lab.memory.flow_map import Dependencies, FlowMapLayer, flow_map, flow_map_text, of_domain
from ddd_lab.memory.inputs import Inputs, Moved, moved
from ddd_lab.memory.parts import FlowPart, FlowParts
from ddd_lab.memory.places import renamed_places
from ddd_lab.memory.spec_index import SpecIndex, index_text, spec_index
from ddd_lab.memory.status import StatusLayer, status_layer, status_text
from ddd_lab.memory.summary import (
    RECORD_FILE,
    SUMMARY_FILE,
    Summary,
    derived_summary,
    is_derived,
    with_header,
    without_header,
)
from ddd_lab.memory.texts import LayerText
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.lenient import mapping, text
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.no_such import no_such
from ddd_lab.visible import visible
from ddd_lab.workbench import Workbench

T = TypeVar("T")
LayerName = Literal["summary", "spec-index", "decisions", "flow-map", "status"]
LAYERS: tuple[LayerName, ...] = get_args(LayerName)
_YAML: tuple[LayerName, ...] = ("spec-index", "flow-map", "status")


class _Made(NamedTuple):
    """A layer, and what it was made from."""

    inputs: tuple[object, ...]
    layer: Any


class Memory:
    """What a project remembers of itself.

    Derived layers are of the design as it is now, unsaved edits included. Their files in
    `.ddd/memory` are for other programs: they are written when nothing is unsaved.

    Attributes:
        workbench: the open project.
        decisions: why the design is as it is.

    Example:
        >>> project.memory.status["overview"]["total_flows"]
        20
    """

    def __init__(self, workbench: Workbench) -> None:
        self.workbench = workbench
        self.decisions = Decisions(workbench)
        self._flow_parts = FlowParts(workbench.design)
        self._inputs = Inputs(workbench.design)
        self._made: dict[str, _Made] = {}
        self._is_clean = False
        self._texts = {name: LayerText() for name in _YAML}

    # --- the layers --------------------------------------------------------------------------

    @property
    def summary(self) -> Summary:
        """What the project is, in a page: derived, or as a model wrote it.

        Example:
            >>> project.memory.summary.source
            'derived'
        """
        root = self.workbench.root
        written = read_text(root, SUMMARY_FILE)
        if written is None or is_derived(written):
            return Summary(self.derived_summary)
        record = self._record()
        if record.get("digest") != _digest(written):
            return Summary(without_header(written), "file")
        before = mapping(record.get("inputs"))
        return Summary(
            without_header(written),
            "model",
            model=text(record.get("model")),
            written_at=text(record.get("written_at")),
            moved=moved(before, self._inputs.all()),
        )

    @property
    def spec_index(self) -> SpecIndex:
        """Every flow, schema, event and error code in a few words, as plain data.

        Example:
            >>> project.memory.spec_index["domains"]["lending"]["flows"]["return-item"]["consumes"]
            []
        """
        design, parts = self.workbench.design, self.parts
        inputs = (parts, design.domains, design.schemas, design.errors)
        return self._layer("spec-index", inputs, lambda: spec_index(design, parts))

    @property
    def flow_map(self) -> FlowMapLayer:
        """Which flow depends on which, as plain data.

        Example:
            >>> sorted(project.memory.flow_map)
            ['flow_dependencies', 'graph']
        """
        design, parts = self.workbench.design, self.parts
        inputs = (parts, design.domains)
        return self._layer("flow-map", inputs, lambda: flow_map(design, parts))

    @property
    def status(self) -> StatusLayer:
        """Which flows and schemas are implemented, as plain data; what is on disk counts.

        Example:
            >>> project.memory.status["flows"]["lending/return-item"]["status"]
            'pending'
        """
        self.workbench.take_outside_changes()
        with self.workbench.lock:
            return status_layer(self.workbench.sync)

    @property
    def stale(self) -> tuple[Moved, ...]:
        """The specs that have moved since a model wrote the summary; the rest is never stale.

        Example:
            >>> project.memory.stale
            ()
        """
        return self.summary.moved

    def dependencies(self, at: str) -> Dependencies:
        """What a flow or a whole domain depends on, and who depends on it.

        Args:
            at: ``domain/flow``, or a domain, of which only what leads out of it is told.

        Returns:
            ``depends_on``, ``depended_on_by``, ``schemas``, ``events_in`` and ``events_out``.

        Raises:
            KeyError: there is no such flow or domain, or the flow's file cannot be read.

        Example:
            >>> project.memory.dependencies("lending/return-item")["events_out"]
            ['copy.available']
        """
        flows = self.flow_map["flow_dependencies"]
        if at in flows:
            return flows[at]
        if at in self.workbench.design.domains:
            return of_domain(flows, at)
        raise no_such("flow or domain", at, [*flows, *self.workbench.design.domains])

    @property
    def parts(self) -> Mapping[str, FlowPart]:
        """What the layers take from every flow; the same object until something moves."""
        self.workbench.take_outside_changes()
        with self.workbench.lock:
            return self._flow_parts.all()

    def _layer(self, name: str, inputs: tuple[object, ...], make: Callable[[], T]) -> T:
        with self.workbench.lock:
            known = self._made.get(name)
            if known is None or any(a is not b for a, b in zip(known.inputs, inputs, strict=True)):
                known = self._made[name] = _Made(inputs, make())
            layer: T = known.layer
            return layer

    @property
    def derived_summary(self) -> str:
        """The summary that follows from the specs alone, as Markdown.

        Example:
            >>> project.memory.derived_summary.splitlines()[0]
            '# fernhill'
        """
        design = self.workbench.design
        parts = self.parts
        files = (design.errors, design.system, design.project_file, design.architecture)
        inputs = (parts, design.domains, design.schemas, *files)
        name = self.workbench.name
        return self._layer("summary", inputs, lambda: derived_summary(design, name, parts))

    def layer_text(self, layer: LayerName) -> str:
        """A layer as its file in `.ddd/memory` says it, or would.

        Args:
            layer: ``summary``, ``spec-index``, ``decisions``, ``flow-map`` or ``status``.

        Returns:
            Markdown or YAML.

        Raises:
            KeyError: there is no such layer.

        Example:
            >>> project.memory.layer_text("status").splitlines()[1]
            'overview:'
        """
        texts: dict[str, Callable[[], str]] = {
            "summary": lambda: self.summary.text,
            "spec-index": lambda: index_text(self.spec_index, self._texts["spec-index"]),
            "decisions": lambda: self.decisions.text,
            "flow-map": lambda: flow_map_text(self.flow_map, self._texts["flow-map"]),
            "status": lambda: status_text(self.status, self._texts["status"]),
        }
        if layer not in texts:
            raise no_such("layer", layer, texts)
        return texts[layer]()

    # --- writing -----------------------------------------------------------------------------

    def follow(self, before: Mapping[str, FlowData], paths: Collection[str]) -> None:
        """Let decisions follow the flows, nodes and domains that got other names.

        Args:
            before: flows as they were.
            paths: of the files that changed.

        Raises:
            OSError: the decisions cannot be written.
        """
        if self.decisions:
            former = {**{key: part.flow for key, part in self._flow_parts.known.items()}, **before}
            self.decisions.follow(renamed_places(self.workbench, former, paths))

    def refresh(self) -> list[str]:
        """Look at all files again, and bring `.ddd/memory` up to date.

        Returns:
            The paths of the files that changed.

        Raises:
            OSError: a file cannot be written.

        Example:
            >>> changed = project.memory.refresh()
        """
        self.workbench.reload()
        return self.write()

    def write(self) -> list[str]:
        """Bring the derived files up to date; nothing is written while there are unsaved edits.

        Returns:
            The paths of the files that changed.

        Raises:
            OSError: a file cannot be written.
        """
        root = self.workbench.root
        if self.workbench.dirty or not self.workbench.design.paths:
            return []
        if not self._is_clean:
            self._is_clean = True
            locks.clear_leftovers(root, FOLDER)
        texts = {f"{name}.yaml": self.layer_text(name) for name in _YAML}
        present = read_text(root, SUMMARY_FILE)
        if present is None or is_derived(present):
            texts = {SUMMARY_FILE: with_header(Summary(self.derived_summary)), **texts}
        return [path_of(name) for name, text in texts.items() if write_text(root, name, text)]

    def set_summary(self, text: str, model: str) -> Summary:
        """Let a model's text be the summary; from then on it says what has moved since.

        Args:
            text: Markdown.
            model: that wrote it.

        Returns:
            The summary as it is now.

        Raises:
            EditError: the text is empty.
            OSError: it cannot be written.

        Example:
            >>> project.memory.set_summary("# Fernhill", "claude-opus").source
            'model'
            >>> project.memory.reset_summary().source
            'derived'
        """
        if not text.strip():
            raise EditError("a summary needs a text")
        written_at = datetime.now(UTC).isoformat(timespec="seconds")
        shown = f"{visible(text.strip(), lines=True)}\n"
        written = with_header(Summary(shown, "model", model=model, written_at=written_at))
        record = {
            "model": model,
            "written_at": written_at,
            "digest": _digest(written),
            "inputs": self._inputs.all(),
        }
        write_text(self.workbench.root, RECORD_FILE, json.dumps(record))
        write_text(self.workbench.root, SUMMARY_FILE, written)
        return self.summary

    def reset_summary(self) -> Summary:
        """Go back to the summary that is derived from the specs.

        Returns:
            The summary as it is now.

        Raises:
            OSError: the former one cannot be removed.

        Example:
            >>> project.memory.reset_summary().source
            'derived'
        """
        for name in (SUMMARY_FILE, RECORD_FILE):
            storage.remove(self.workbench.root, path_of(name))
        return self.summary

    def _record(self) -> dict[str, Any]:
        try:
            return mapping(json.loads(read_text(self.workbench.root, RECORD_FILE) or ""))
        except ValueError:
            return {}

    def __repr__(self) -> str:
        return as_text(self._shown())

    def _repr_html_(self) -> str:
        return as_html(self._shown())

    def _shown(self) -> Shown:
        name = self.workbench.name
        return Shown(name, self.summary, self.status, tuple(self.decisions))


def _digest(written: str) -> str:
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()
