"""Gathers what the page shows: every place with its picture, schemas, events, problems, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ddd_lab.files.documents.locations import line_range
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.lossless_yaml import PatchError
from ddd_lab.maps.card_texts import FLOW_TITLES
from ddd_lab.maps.data import NodeCard, flow_class
from ddd_lab.maps.domain import domain_map
from ddd_lab.maps.event_links import Wiring
from ddd_lab.maps.html.contents import (
    Card,
    Contents,
    EventEntry,
    Link,
    Place,
    ProblemEntry,
    SchemaEntry,
    SchemaField,
)
from ddd_lab.maps.html.fields import fields_of
from ddd_lab.maps.links import opened_flows, schemas_used
from ddd_lab.maps.sheet import sheet
from ddd_lab.maps.svg.draw import drawn
from ddd_lab.maps.svg.drawing import Drawing
from ddd_lab.maps.svg.pictures import domain_picture, sheet_picture, system_picture
from ddd_lab.maps.svg.theme import PAGE
from ddd_lab.maps.system import system_map
from ddd_lab.problems import ORDER, place_of
from ddd_lab.spec.models.design import Design, flow_keys_of
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.models.schema import SchemaField as ModelField
from ddd_lab.spec.paths import SYSTEM_FILE, domain_file, schema_file
from ddd_lab.spec.problem import Place as Where
from ddd_lab.spec.problem import Problem
from ddd_lab.spec.references.ref_edits import resolved_settings

_MOST_TEXT = 100_000
"""Characters of a file that the page shows."""


def collected(workspace: Workspace, name: str, problems: Iterable[Problem], at: str) -> Contents:
    """The whole design for a page that opens at a place."""
    design = workspace.design
    places = tuple(_places(workspace, name))
    schemas = tuple(_schemas(workspace))
    paths = dict.fromkeys([place.path for place in places] + [one.path for one in schemas])
    return Contents(
        name=name,
        start=at,
        places=places,
        schemas=schemas,
        events=tuple(_events(design)),
        problems=tuple(_problems(problems, design)),
        files={path: text for path in paths if (text := _text(workspace, path))},
    )


def _places(workspace: Workspace, name: str) -> Iterator[Place]:
    design = workspace.design
    yield _system(workspace, name)
    for domain in design.domains:
        yield _domain(workspace, domain)
        for key in flow_keys_of(design, domain):
            yield _flow(workspace, key)


def _system(workspace: Workspace, name: str) -> Place:
    domains = workspace.design.domains
    system = system_map(workspace.design)
    place = Place(
        at="",
        title=name,
        about=system["description"],
        kind="System",
        path=workspace.file_of(SYSTEM_FILE),
    )
    kinds = dict.fromkeys(domains, "Domain")
    return _drawn(place, system_picture(system), kinds, {id: id for id in domains})


def _domain(workspace: Workspace, id: str) -> Place:
    domain = domain_map(workspace.design, id, everything=True)
    place = Place(
        at=id,
        title=domain["name"],
        about=domain["description"],
        kind="Domain",
        path=workspace.file_of(domain_file(id)),
    )
    kinds = {flow["key"]: FLOW_TITLES[flow_class(flow)] for flow in domain["flows"]}
    kinds |= {portal["key"]: "Domain" for portal in domain["portals"]}
    kinds |= {event["key"]: "Event" for event in domain["events"]}
    kinds |= {gate["key"]: "Human gate" for gate in domain["gates"]}
    opens = {flow["key"]: f"{id}/{flow['id']}" for flow in domain["flows"] if flow["exists"]}
    opens |= {one["key"]: one["target_domain"] for one in domain["portals"] if one["exists"]}
    opens |= {gate["key"]: f"{id}/{gate['flow']}" for gate in domain["gates"]}
    return _drawn(place, domain_picture(domain), kinds, opens)


def _flow(workspace: Workspace, key: str) -> Place:
    design, path = workspace.design, workspace.flow_path(key)
    flow = design.flows.get(key)
    if flow is None:
        about = f"{path} cannot be read, so there is no picture of it."
        return Place(at=key, title=key.partition("/")[2], about=about, kind="Flow", path=path)
    plain = sheet(flow, key)
    team = plain["flow"]["orchestration"]
    place = Place(
        at=key,
        title=plain["flow"]["name"],
        about=flow.description,
        kind=FLOW_TITLES["orchestration" if team else "agent" if flow.is_agent else "flow"],
        path=path,
    )
    kinds = {node["id"]: node["type_title"] for node in plain["nodes"]}
    opens = opened_flows(key, flow, design.flow_keys)
    place = _drawn(place, sheet_picture(plain), kinds, opens)
    nodes = {node["id"]: node for node in plain["nodes"]}
    cards = (
        _node(workspace, flow, card, nodes[card.id], key) if card.id in nodes else card
        for card in place.cards
    )
    return place.model_copy(update={"cards": tuple(cards)})


def _node(workspace: Workspace, flow: FlowData, card: Card, node: NodeCard, key: str) -> Card:
    """A node's card with its spec."""
    document = workspace.document(workspace.flow_path(key))
    first, last = line_range(document, Where(flow=key, node=node["id"]))
    spec = {**resolved_settings(flow, node["id"]), **flow.by_id[node["id"]].extra}
    return card.model_copy(
        update={
            "summary": node["summary"],
            "fields": fields_of(node["type"], spec),
            "first": first,
            "last": last,
        }
    )


def _drawn(
    place: Place, picture: Drawing, kinds: Mapping[str, str], opens: Mapping[str, str]
) -> Place:
    """A place with its picture; what each card is and opens, by the card's id."""
    cards = (
        Card(
            id=card.id,
            kind=kinds.get(card.id, "Missing"),
            title=card.title,
            summary=" · ".join(line for line in card.lines if line),
            note=card.foot,
            opens=opens.get(card.id, ""),
        )
        for card in picture.cards
    )
    links = (
        Link(source=edge.source, target=edge.target, text=edge.hint or edge.label)
        for edge in picture.edges
    )
    svg = drawn(picture, PAGE) if picture.cards else ""
    return place.model_copy(update={"svg": svg, "cards": tuple(cards), "links": tuple(links)})


def _schemas(workspace: Workspace) -> Iterator[SchemaEntry]:
    design = workspace.design
    users: dict[str, list[str]] = {}
    for key, flow in design.flows.items():
        for name in schemas_used(flow):
            users.setdefault(name.lower(), []).append(key)
    for stem, schema in design.schemas.items():
        yield SchemaEntry(
            id=stem,
            name=schema.name,
            kind={"base": "Base schema", "event": "Event schema"}.get(schema.kind, "Schema"),
            about=schema.description,
            path=workspace.file_of(schema_file(stem)),
            fields=tuple(_schema_field(field) for field in schema.fields),
            users=tuple(users.get(schema.name.lower(), users.get(stem.lower(), ()))),
        )


def _schema_field(field: ModelField) -> SchemaField:
    facts = {
        "primary key": field.primary_key,
        "required": field.required is True,
        "optional": field.required is False,
        "unique": field.unique,
        "encrypted": field.encrypted,
    }
    words = [word for word, holds in facts.items() if holds]
    words += [f"one of {', '.join(map(str, field.enum))}"] if field.enum else []
    words += [f"refers to {name}"] if (name := field.foreign_key or field.ref) else []
    return SchemaField(
        name=field.name, type=field.type, facts=" · ".join(words), description=field.description
    )


def _events(design: Design) -> Iterator[EventEntry]:
    """Every event that the domains state, by name."""
    wiring = Wiring(design)
    publishers: dict[str, dict[str, None]] = {}
    consumers: dict[str, dict[str, None]] = {}
    for wire in wiring.wires:
        publishers.setdefault(wire.event, {})[_at(wire.source_domain, wire.source_flow)] = None
        consumers.setdefault(wire.event, {})[_at(wire.target_domain, wire.target_flow)] = None
    for end in wiring.unconsumed:
        publishers.setdefault(end.event, {})[_at(end.domain, end.flow)] = None
    for end in wiring.unpublished:
        consumers.setdefault(end.event, {})[_at(end.domain, end.flow)] = None
    words: dict[str, str] = {}
    carried = {schema.event: schema.name for schema in design.schemas.values() if schema.event}
    for domain in design.domains.values():
        for entry in (*domain.publishes, *domain.consumes):
            words.setdefault(entry.event, entry.description)
            if entry.schema_name:
                carried.setdefault(entry.event, entry.schema_name)
    for name in sorted(publishers.keys() | consumers.keys()):
        yield EventEntry(
            name=name,
            about=words.get(name, ""),
            carries=carried.get(name, ""),
            publishers=tuple(publishers.get(name, ())),
            consumers=tuple(consumers.get(name, ())),
        )


def _at(domain: str, flow: str) -> str:
    return f"{domain}/{flow}" if flow else domain


def _problems(problems: Iterable[Problem], design: Design) -> Iterator[ProblemEntry]:
    flows = frozenset(design.flow_keys)
    for problem in sorted(problems, key=lambda one: ORDER[one.severity]):
        at, card = place_of(problem, flows)
        yield ProblemEntry(
            severity=problem.severity,
            message=problem.message,
            rule=problem.rule,
            path=problem.path,
            line=problem.line,
            at=at,
            card=card,
        )


def _text(workspace: Workspace, path: str) -> str:
    document = workspace.document(path)
    if document is None or document.version is None:
        return ""
    try:
        text = document.text()
    except PatchError as error:
        return f"# This file cannot be written as it stands: {error}"
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}\n…"
