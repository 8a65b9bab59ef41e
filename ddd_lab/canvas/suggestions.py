"""What fields can be filled with: names that the project knows, to choose from while typing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ddd_lab.workbench import Workbench

_Offer = Callable[[Workbench, str], Iterable[str]]


def suggestions(host: Workbench, at: str, schema: Mapping[str, Any]) -> dict[str, list[str]]:
    """Values for every ``x-suggest`` of a form.

    Args:
        host: the project.
        at: key of the flow on the sheet.
        schema: JSON Schema of the form.
    """
    asked = json.dumps(schema)
    return {
        what: list(dict.fromkeys(filter(None, offer(host, at))))
        for what, offer in _OFFERS.items()
        if f'"x-suggest": "{what}"' in asked
    }


def _models(host: Workbench, _: str) -> Iterable[str]:
    return (model.name for model in host.models)


def _flows(host: Workbench, _: str) -> Iterable[str]:
    return host.design.flow_keys


def _domains(host: Workbench, _: str) -> Iterable[str]:
    return host.design.domains


def _events(host: Workbench, _: str) -> Iterable[str]:
    for domain in host.design.domains.values():
        yield from (wiring.event for wiring in (*domain.publishes, *domain.consumes))


def _schemas(host: Workbench, _: str) -> Iterable[str]:
    return (schema.name or stem for stem, schema in host.design.schemas.items())


def _nodes(host: Workbench, at: str) -> Iterable[str]:
    return (node.id for node in host.flow_data(at).nodes)


def _errors(host: Workbench, _: str) -> Iterable[str]:
    return host.design.errors.codes


_OFFERS: dict[str, _Offer] = {
    "model": _models,
    "flow": _flows,
    "domain": _domains,
    "event": _events,
    "schema": _schemas,
    "node": _nodes,
    "error": _errors,
}
