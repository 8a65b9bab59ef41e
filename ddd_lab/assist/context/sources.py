"""What a context is put together from: the design and the memory as they are now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ddd_lab.implementation.staleness import SyncStatus
from ddd_lab.memory.decision_file import Decision
from ddd_lab.memory.flow_map import Dependencies, FlowMapLayer
from ddd_lab.memory.keeper import memory_of
from ddd_lab.memory.spec_index import IndexedEvent, SpecIndex
from ddd_lab.spec.models.design import Design
from ddd_lab.workbench import Workbench


@dataclass(frozen=True)
class Sources:
    """The design and its memory, to be read and not to be changed.

    Attributes:
        design: as it is now, unsaved edits included.
        name: of the system.
        summary: of the project.
        index, flow_map: layers of the memory.
        events: by name.
        status: how a flow and its code stand to each other.
        decisions: those that matter at a place and for a question.
        text_of: what the file of a flow or schema says.
    """

    design: Design
    name: str
    summary: str
    index: SpecIndex
    flow_map: FlowMapLayer
    events: Mapping[str, IndexedEvent]
    status: Callable[[str], SyncStatus | None]
    decisions: Callable[[str, str], Iterable[Decision]]
    text_of: Callable[[str], str]

    @classmethod
    def of(cls, workbench: Workbench) -> Sources:
        """Those of an open project."""
        memory = memory_of(workbench)
        index = memory.spec_index

        def status(key: str) -> SyncStatus | None:
            return workbench.sync.flow(key) if key in workbench.design.flow_keys else None

        def text_of(path: str) -> str:
            document = workbench.document(path)
            return document.text() if document is not None and document.version is not None else ""

        return cls(
            design=workbench.design,
            name=workbench.name,
            summary=memory.summary.text,
            index=index,
            flow_map=memory.flow_map,
            events={event["name"]: event for event in index["events"]},
            status=status,
            decisions=memory.decisions.relevant,
            text_of=text_of,
        )

    def entry(self, key: str) -> Mapping[str, Any] | None:
        """A flow in the spec index; None where it is not there or cannot be read."""
        domain, _, flow = key.partition("/")
        home = self.index["domains"].get(domain)
        return home["flows"].get(flow) if home is not None else None

    def dependencies(self, key: str) -> Dependencies | None:
        """What a flow depends on."""
        return self.flow_map["flow_dependencies"].get(key)

    def has_node(self, key: str, node: str) -> bool:
        """Whether a flow has a node."""
        flow = self.design.flows.get(key)
        return flow is not None and node in flow.by_id

    def schema_stem(self, name: str) -> str:
        """The file stem of a schema by its name or stem; empty if there is none."""
        schemas = self.design.schemas
        named = (stem for stem, model in schemas.items() if model.name == name)
        return next(named, name if name in schemas else "")
