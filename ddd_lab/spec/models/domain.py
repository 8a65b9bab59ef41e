"""A domain: its flows, the events it publishes and consumes, its place on the map."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field

from ddd_lab.spec.lenient import mapping, texts
from ddd_lab.spec.models._read import (
    Entry,
    FileModel,
    Map,
    Misread,
    NamedEntry,
    Text,
    Texts,
    entry,
    entry_list,
    located,
    named_entries,
    positions,
    read_entries,
    slug,
)
from ddd_lab.spec.models.base import Data, Path, Position
from ddd_lab.spec.models.errors import ErrorCode, ErrorRegistry


class DomainFlow(NamedEntry):
    """A flow as its domain lists it (the guide's domain types).

    Attributes:
        id: stem of the flow's file.
        type: traditional or agent; empty where the entry does not say.
        criticality: critical, high, normal or low, if stated.
    """

    SHORT = "id"
    MISSING = "A flow needs an id: add “id”."

    description: Text = ""
    type: Text = ""
    tags: Texts = ()
    group: Text = ""
    criticality: Text = ""
    throughput: Text = ""


class EventWiring(Entry):
    """One event that a domain publishes or consumes.

    Attributes:
        event: name of the event.
        flow: id of the flow in this domain that publishes or handles it; empty if unsaid.
        description: what it means.
        payload: field name to type or path.
        schema_name: schema of what it carries (the file's key is ``schema``).
        domain: for a consumed event, the domain it comes from, where the file says so.
        source_flow: for a consumed event, the flow it comes from, where the file says so.
    """

    event: Text = ""
    flow: Text = ""
    description: Text = ""
    payload: Map = Field(default_factory=dict)
    schema_name: Text = Field("", alias="schema")
    domain: Text = ""
    source_flow: Text = ""


class StoreEntry(Entry):
    """A piece of shared state in memory that the domain declares (later format)."""

    name: Text = ""
    shape: Any = None
    initial_state: Any = None
    selectors: Texts = ()
    access_pattern: Text = ""


class EventGroup(Entry):
    """Events under one name, for a trigger to wait for any of them (later format)."""

    name: Text = ""
    description: Text = ""
    events: Texts = ()


class FlowGroup(NamedEntry):
    """Flows that are drawn together on the domain map (later format)."""

    flows: Texts = ()


class DomainModel(FileModel):
    """What a ``domain.yaml`` says (the guide's domain config).

    Attributes:
        id: name of the folder; from the file's own ``id`` or ``name`` where nobody says better.
        role: entity, process, interface or orchestration, if stated.
        publishes, consumes: the events on either side, in the file's order.
        owns_schemas: names of the schemas that belong to this domain.
        layout_flows, layout_portals: places on the domain map, by flow and by other domain.
        errors: codes of this domain alone, by code.
    """

    id: Text = ""
    name: Text = ""
    description: Text = ""
    role: Text = ""
    flows: tuple[DomainFlow, ...] = ()
    publishes: tuple[EventWiring, ...] = ()
    consumes: tuple[EventWiring, ...] = ()
    owns_schemas: Texts = ()
    stores: tuple[StoreEntry, ...] = ()
    event_groups: tuple[EventGroup, ...] = ()
    groups: tuple[FlowGroup, ...] = ()
    depends_on: Any = None
    layout_flows: dict[str, Position] = Field(default_factory=dict)
    layout_portals: dict[str, Position] = Field(default_factory=dict)
    errors: dict[str, ErrorCode] = Field(default_factory=dict)

    @classmethod
    def read(cls, data: Data, *, id: str = "") -> tuple[Self, list[Misread]]:
        """Read the data of a file in the folder ``id``, with or without the root ``domain``."""
        read, inner, at, issues = cls.read_root(data, "domain", apart=_READ_APART)
        layout = mapping(inner.get("layout"))
        codes, misread = ErrorRegistry.read(inner.get("errors"), (*at, "errors"))
        issues += misread
        name = id or read.id or slug(read.name)
        parts = {
            "id": name,
            "name": read.name or name,
            "flows": named_entries(DomainFlow, inner, at, "flows", issues),
            "publishes": _wirings(inner, at, _PUBLISHES, "from_flow", issues),
            "consumes": _wirings(inner, at, _CONSUMES, "handled_by_flow", issues),
            "stores": entry_list(StoreEntry, inner, at, "stores", issues),
            "event_groups": entry_list(EventGroup, inner, at, "event_groups", issues),
            "groups": _groups(inner, at, issues),
            "layout_flows": positions(layout, (*at, "layout"), "flows", issues),
            "layout_portals": positions(layout, (*at, "layout"), "portals", issues),
            "errors": codes.codes,
        }
        return read.model_copy(update=parts), located(issues, data)

    def flow(self, id: str) -> DomainFlow | None:
        """The entry of a flow, or None where the domain does not list it."""
        return next((flow for flow in self.flows if flow.id == id), None)


_PUBLISHES = ("publishes_events", "publishes")
_CONSUMES = ("consumes_events", "consumes")
_READ_APART = {
    *_PUBLISHES,
    *_CONSUMES,
    "flows",
    "stores",
    "event_groups",
    "groups",
    "errors",
    "layout",
    "layout_flows",
    "layout_portals",
}


def _groups(data: Data, at: Path, issues: list[Misread]) -> tuple[FlowGroup, ...]:
    groups = []
    for item, path in read_entries(data, at, "groups", issues, short="id"):
        members = item.get("flows", item.get("flow_ids"))
        groups.append(entry(FlowGroup, item, path, issues, flows=members))
    return tuple(groups)


def _wirings(
    data: Data, at: Path, keys: tuple[str, ...], own_flow: str, issues: list[Misread]
) -> tuple[EventWiring, ...]:
    """The wirings on one side; one that names several flows counts once for each."""
    wirings: list[EventWiring] = []
    for key in keys:
        for item, path in read_entries(data, at, key, issues, short="event"):
            settings, flows = _wiring(item, own_flow)
            read = entry(EventWiring, settings, path, issues)
            if not read.event:
                issues.append(Misread(path=path, message="An event needs a name: add “event”."))
                continue
            wirings.extend(read.model_copy(update={"flow": flow}) for flow in flows or ("",))
    return tuple(wirings)


_FLOW_KEYS = {
    "from_flow": ("from_flow", "flow", "published_by", "publisher_flow"),
    "handled_by_flow": ("handled_by_flow", "handled_by", "handler", "flow"),
}


def _wiring(item: dict[str, Any], own_flow: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """An entry in the model's own words, and the flows of this domain that it names."""
    settings = {key: value for key, value in item.items() if key not in _FLOW_KEYS[own_flow]}
    settings.setdefault("event", item.get("name"))
    named = next((item[key] for key in _FLOW_KEYS[own_flow] if item.get(key)), None)
    flows = [flow for flow, _ in texts(named)]
    if own_flow == "handled_by_flow":
        origin = settings.pop("from_flow", None)
        source = origin if isinstance(origin, str) else ""
        domain, slash, flow = source.partition("/")
        settings["source_flow"] = flow if slash else source
        settings["domain"] = (
            item.get("from_domain") or item.get("domain") or (domain if slash else "")
        )
    return settings, tuple(flow.rpartition("/")[2] for flow in flows)
