"""Layer 5: which flows and schemas are implemented, and what has changed since."""

from __future__ import annotations

from collections import Counter
from typing import Literal, TypedDict

from ddd_lab.implementation.staleness import State, Sync, SyncStatus
from ddd_lab.memory.texts import LayerText, headed, section
from ddd_lab.spec.lenient import items, mapping, text

ImplementationState = Literal["stale", "pending", "implemented"]
ORDER: tuple[ImplementationState, ...] = ("stale", "pending", "implemented")
"""Most urgent first."""
_STATES: dict[State, ImplementationState] = {
    "in_sync": "implemented",
    "layout_only": "implemented",
    "pending": "pending",
    "spec_ahead": "stale",
    "code_ahead": "stale",
    "diverged": "stale",
}


class Overview(TypedDict):
    """How many flows are in which state."""

    total_flows: int
    implemented: int
    pending: int
    stale: int


class FlowStatus(TypedDict):
    """How one flow and its code stand to each other."""

    status: ImplementationState
    code_files: list[str]
    last_generated: str
    spec_changed_since: bool
    changes_since: list[str]


class SchemaStatus(TypedDict):
    """How one schema stands; ``migration`` is the version of its last migration."""

    status: ImplementationState
    migration: str
    spec_changed_since: bool


class StatusLayer(TypedDict):
    """The whole layer."""

    overview: Overview
    flows: dict[str, FlowStatus]
    schemas: dict[str, SchemaStatus]


def status_layer(sync: Sync) -> StatusLayer:
    """The implementation status of a project; what is on disk counts, as for `sync`."""
    flows = {status.key: _flow(status) for status in sync.flows()}
    design = sync.workspace.design
    schemas = {status.key: _schema(status) for status in sync.schemas()}
    for stem, model in design.schemas.items():
        name = model.name or stem
        if name not in schemas and stem not in schemas:
            schemas[name] = _schema(SyncStatus(key=name, kind="schema"))
    counts = Counter(entry["status"] for entry in flows.values())
    return {
        "overview": {
            "total_flows": len(flows),
            "implemented": counts["implemented"],
            "pending": counts["pending"],
            "stale": counts["stale"],
        },
        "flows": flows,
        "schemas": schemas,
    }


def by_urgency(layer: StatusLayer) -> list[tuple[str, FlowStatus]]:
    """The flows, stale ones first, then pending, then implemented ones."""
    return sorted(layer["flows"].items(), key=lambda item: ORDER.index(item[1]["status"]))


def _flow(status: SyncStatus) -> FlowStatus:
    return {
        "status": _STATES[status.state],
        "code_files": list(status.mapped.files) if status.mapped else [],
        "last_generated": status.mapped.implemented_at if status.mapped else "",
        "spec_changed_since": status.state in ("spec_ahead", "diverged"),
        "changes_since": list(status.words),
    }


def _schema(status: SyncStatus) -> SchemaStatus:
    extra = status.mapped.extra if status.mapped else {}
    history = items(extra.get("migration_history") or extra.get("migrationHistory"))
    return {
        "status": _STATES[status.state],
        "migration": text(mapping(history[-1] if history else None).get("version")),
        "spec_changed_since": status.state in ("spec_ahead", "diverged"),
    }


def status_text(layer: StatusLayer, text: LayerText) -> str:
    """The text of the layer's file."""
    text.begin()
    overview = layer["overview"]
    flows = (
        text.part(
            (key, *(tuple(v) if isinstance(v, list) else v for v in entry.values())),
            {key: entry},
            1,
        )
        for key, entry in layer["flows"].items()
    )
    schemas = (
        text.part(("schema", name, *entry.values()), {name: entry}, 1)
        for name, entry in layer["schemas"].items()
    )
    return headed(
        (
            section("overview", [text.part(("overview", *overview.values()), overview, 1)]),
            section("flows", flows),
            section("schemas", schemas),
        )
    )
