"""Layer 2: every flow, schema, event and error code in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypedDict

from ddd_lab.maps.event_links import AwaitedNames
from ddd_lab.memory.parts import FlowPart
from ddd_lab.memory.texts import LayerText, Same, headed, section
from ddd_lab.spec.models.design import Design


class IndexedDomain(TypedDict):
    """A domain: what it is, and its flows by id."""

    description: str
    flows: dict[str, Mapping[str, Any]]


class IndexedSchema(TypedDict):
    """A schema: the names of its fields."""

    fields: list[str]


class IndexedEvent(TypedDict):
    """An event: the domains that publish and consume it.

    ``publisher`` is the first that does, or empty.
    """

    name: str
    publisher: str
    consumers: list[str]


class SpecIndex(TypedDict):
    """The whole layer."""

    domains: dict[str, IndexedDomain]
    schemas: dict[str, IndexedSchema]
    events: list[IndexedEvent]
    shared_error_codes: list[str]


def spec_index(design: Design, parts: Mapping[str, FlowPart]) -> SpecIndex:
    """The spec index of a design."""
    domains: dict[str, IndexedDomain] = {
        id: {"description": model.description, "flows": {}} for id, model in design.domains.items()
    }
    for key, part in parts.items():
        domain, _, flow = key.partition("/")
        domains.setdefault(domain, {"description": "", "flows": {}})["flows"][flow] = part.entry
    return {
        "domains": domains,
        "schemas": {
            model.name or stem: {"fields": [field.name for field in model.fields]}
            for stem, model in design.schemas.items()
        },
        "events": _events(design, parts),
        "shared_error_codes": list(design.errors.codes),
    }


def _events(design: Design, parts: Mapping[str, FlowPart]) -> list[IndexedEvent]:
    publishers: dict[str, dict[str, None]] = {}
    consumers: dict[str, dict[str, None]] = {}
    for id, model in design.domains.items():
        _note(publishers, (wiring.event for wiring in model.publishes), id)
        _note(consumers, (wiring.event for wiring in model.consumes), id)
    for key, part in parts.items():
        domain = key.partition("/")[0]
        _note(publishers, part.entry["publishes"], domain)
        _note(consumers, part.entry["consumes"], domain)
    named = AwaitedNames(consumers)
    events: list[IndexedEvent] = []
    met: set[str] = set()
    for name, domains in publishers.items():
        words = named(name)
        met.update(words)
        awaiting = dict.fromkeys(domain for word in words for domain in consumers[word])
        publisher = next(iter(domains))
        events.append({"name": name, "publisher": publisher, "consumers": list(awaiting)})
    alone = (name for name in consumers if name not in met)
    events += [{"name": name, "publisher": "", "consumers": [*consumers[name]]} for name in alone]
    return events


def _note(table: dict[str, dict[str, None]], events: Iterable[str], domain: str) -> None:
    for event in events:
        table.setdefault(event, {})[domain] = None


def index_text(index: SpecIndex, text: LayerText) -> str:
    """The text of the layer's file."""
    text.begin()
    schemas = (
        text.part(("schema", name, *entry["fields"]), {name: entry}, 1)
        for name, entry in index["schemas"].items()
    )
    events = (
        text.part((event["name"], event["publisher"], *event["consumers"]), [event], 1)
        for event in index["events"]
    )
    codes = index["shared_error_codes"]
    return headed(
        (
            section("domains", _domains(index, text)),
            section("schemas", schemas),
            section("events", events, empty="[]"),
            section(
                "shared_error_codes",
                [text.part(("codes", *codes), codes, 1)] if codes else (),
                empty="[]",
            ),
        )
    )


def _domains(index: SpecIndex, text: LayerText) -> Iterator[str]:
    for id, domain in index["domains"].items():
        about = domain["description"]
        yield section(id, [text.part(("about", about), {"description": about}, 2)], 1)
        # An entry is made once for each version of its flow.
        flows = (
            text.part(("flow", flow, id, Same(entry)), {flow: entry}, 3)
            for flow, entry in domain["flows"].items()
        )
        yield section("flows", flows, 2)
