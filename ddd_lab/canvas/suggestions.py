"""What fields can be filled with: names that the project knows, to choose from while typing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from ddd_lab.canvas.protocol.field_types import JsonObject
from ddd_lab.workbench import Workbench

_Offer = Callable[[Workbench, str], Iterable[str]]


def suggestions(workbench: Workbench, at: str, schema: JsonObject) -> dict[str, list[str]]:
    """Values for every ``x-suggest`` of a form."""
    key = json.dumps(schema)
    return {
        what: list(dict.fromkeys(filter(None, offer(workbench, at))))
        for what, offer in _OFFERS.items()
        if f'"x-suggest": "{what}"' in key
    }


def _models(workbench: Workbench, _: str) -> Iterable[str]:
    return (model.name for model in workbench.models)


def _flows(workbench: Workbench, _: str) -> Iterable[str]:
    return workbench.design.flow_keys


def _domains(workbench: Workbench, _: str) -> Iterable[str]:
    return workbench.design.domains


def _events(workbench: Workbench, _: str) -> Iterable[str]:
    for domain in workbench.design.domains.values():
        yield from (wiring.event for wiring in (*domain.publishes, *domain.consumes))


def _schemas(workbench: Workbench, _: str) -> Iterable[str]:
    return (schema.name or stem for stem, schema in workbench.design.schemas.items())


def _nodes(workbench: Workbench, at: str) -> Iterable[str]:
    return (node.id for node in workbench.flow_data(at).nodes)


def _errors(workbench: Workbench, _: str) -> Iterable[str]:
    return workbench.design.errors.codes


_OFFERS: dict[str, _Offer] = {
    "model": _models,
    "flow": _flows,
    "domain": _domains,
    "event": _events,
    "schema": _schemas,
    "node": _nodes,
    "error": _errors,
}
