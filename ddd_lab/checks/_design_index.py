"""The whole design as the rules see it: who exists, who publishes, who calls whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, TypeVar

from ddd_lab.checks._flow_summary import Facts, Reference, facts, runtime
from ddd_lab.checks._values import Hints, entries, named, text
from ddd_lab.spec.models import DomainFlow, DomainModel, EventWiring, SchemaModel
from ddd_lab.spec.models.base import Path
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.paths import composed, domain_file, schema_file
from ddd_lab.spec.problem import Place
from ddd_lab.spec.topics import is_pattern, same_event

T = TypeVar("T")


class Wired(NamedTuple):
    """An event as a domain's file wires it."""

    domain: str
    entry: EventWiring


class DesignIndex:
    """A design with what its rules ask of it, each worked out once per run.

    Attributes:
        design: the design itself.
        flows: every flow that can be read, by key.
        facts: what each of them says about the rest.
        domains: every domain, by id.
        known_flows: keys of all flow files, those that cannot be read among them.
        hint: gives the known name that is most like one, as a question.
    """

    def __init__(self, design: Design) -> None:
        self.design = design
        self.flows: dict[str, FlowData] = dict(design.flows)
        self.facts: dict[str, Facts] = {key: facts(flow) for key, flow in self.flows.items()}
        self.domains: Mapping[str, DomainModel] = design.domains
        self.known_flows = frozenset(design.flow_keys)
        self.hint = Hints(200)
        self._fields: dict[str, frozenset[str] | None] = {}

    def domain_at(self, domain: str, *path: str | int) -> Place:
        """A place in a domain's file; the path starts below the root key, where it has one."""
        root: Path = ()
        model = self.domains.get(domain)
        if model is not None:
            listed = (*model.flows, *model.publishes, *model.consumes)
            root = ("domain",) if any(item.path[:1] == ("domain",) for item in listed) else ()
        return Place(file=domain_file(domain), path=(*root, *path))

    def wiring_at(self, wired: Wired, *path: str) -> Place:
        """The place of a wiring in its domain's file."""
        return Place(file=domain_file(wired.domain), path=(*wired.entry.path, *path))

    def schema_at(self, stem: str, path: Path = ()) -> Place:
        """A place in a schema's file."""
        return Place(file=schema_file(stem), path=path)

    def has_file(self, domain: str) -> bool:
        """Whether a domain has a file of its own that can be read."""
        path = domain_file(domain)
        return path in self.design.paths and path not in self.unreadable

    @cached_property
    def schemas(self) -> Mapping[str, SchemaModel]:
        """Every schema that can be read, by file stem; a design looks for changes at each use."""
        return self.design.schemas

    @cached_property
    def unreadable(self) -> frozenset[str]:
        """Files of domains and schemas that are there but broken."""
        return self.design.unreadable

    @cached_property
    def complete(self) -> bool:
        """Whether all flows and domains can be read: only then it is known what nobody does."""
        domains = any(domain_file(domain) in self.unreadable for domain in self.domains)
        return not domains and self.known_flows == self.flows.keys()

    def reference_at(self, key: str, reference: Reference) -> Place:
        """The place of something that a flow references."""
        return Place(flow=key, node=reference.node, path=reference.path)

    def target(self, key: str, call: Reference) -> str | None:
        """The key that a reference to a flow means, whether such a flow exists or not.

        A name without a domain means the flow's own domain. None where only running tells.
        """
        if runtime(call.name) or runtime(call.domain):
            return None
        if "/" in call.name:
            return composed(call.name.strip("/"))
        return composed(f"{call.domain or key.partition('/')[0]}/{call.name}")

    def trigger_at(self, key: str, setting: str) -> Place:
        """The place of a setting of a flow's trigger."""
        trigger = self.facts[key].trigger
        return Place(flow=key, node=trigger, path=("spec" if trigger else "trigger", setting))

    def flows_of(self, domain: str) -> frozenset[str]:
        """Ids of the flows of a domain: those that its file lists and those that have a file."""
        return self._flows_of.get(domain, frozenset())

    @cached_property
    def _flows_of(self) -> dict[str, frozenset[str]]:
        flows_of: dict[str, set[str]] = {
            domain: {flow.id for flow in model.flows} for domain, model in self.domains.items()
        }
        for key in self.known_flows:
            domain, _, flow = key.partition("/")
            flows_of.setdefault(domain, set()).add(flow)
        return {domain: frozenset(flows) for domain, flows in flows_of.items()}

    @cached_property
    def listed(self) -> dict[str, DomainFlow]:
        """What the domains list, by the key that the flow's file has or would have."""
        flows: dict[str, DomainFlow] = {}
        for domain, model in self.domains.items():
            for entry in model.flows:
                flows.setdefault(f"{domain}/{entry.id}", entry)
        return flows

    @cached_property
    def with_folder(self) -> frozenset[str]:
        """Domains that have files of their own."""
        parts = (path.split("/") for path in self.design.paths)
        folders = {part[2] for part in parts if part[:2] == ["specs", "domains"] and len(part) > 3}
        return frozenset(folders | {key.partition("/")[0] for key in self.known_flows})

    @cached_property
    def integrations(self) -> frozenset[str]:
        """Names of the integrations that the system declares."""
        declared = (self.design.system.model_extra or {}).get("integrations")
        return frozenset(name for name, _, _ in entries(declared) if name)

    @cached_property
    def stores(self) -> frozenset[str]:
        """Names of the stores in memory that domains declare."""
        return frozenset(store.name for model in self.domains.values() for store in model.stores)

    @cached_property
    def schema_names(self) -> dict[str, str]:
        """File stem of every schema by its name and stem, written the way they are compared."""
        names: dict[str, str] = {}
        for stem, model in self.schemas.items():
            for name in (model.name, stem):
                names.setdefault(_folded(name), stem)
        return names

    def schema(self, name: str) -> str | None:
        """File stem of the schema that a name means; small or capital, one or many."""
        name = _folded(name.rpartition("/")[2].removesuffix(".yaml"))
        return next(
            (self.schema_names[one] for one in _forms(name) if one in self.schema_names), None
        )

    def has_schema(self, name: str) -> bool:
        """Whether there is a schema of a name; one whose file is broken counts as there."""
        stem = _folded(name.rpartition("/")[2].removesuffix(".yaml"))
        broken = {_folded(path.rpartition("/")[2].partition(".")[0]) for path in self.unreadable}
        return self.schema(name) is not None or not broken.isdisjoint(_forms(stem))

    def like_schema(self, name: str) -> str:
        """A hint at the schema whose name is most like one, or nothing."""
        return self.hint(name, [model.name for model in self.schemas.values()])

    def schema_root(self, stem: str) -> Path:
        """Root key of a schema's file, where it has one."""
        model = self.schemas[stem]
        listed = (*model.fields, *model.relationships, *model.indexes)
        first = listed[0].path[:1] if listed else ()
        return first if first in (("schema",), ("base_model",), ("event_schema",)) else ()

    def parent(self, stem: str) -> str | None:
        """File stem of the schema that a schema inherits from, if it is there."""
        inherits = self.schemas[stem].inherits
        return self.schema(inherits) if inherits else None

    @cached_property
    def base_fields(self) -> frozenset[str]:
        """Fields that every schema has (the guide's base model)."""
        models = self.schemas.items()
        bases = [model for stem, model in models if model.kind == "base" or stem == "_base"]
        return frozenset(field.name for model in bases for field in model.fields)

    def fields(self, stem: str) -> frozenset[str] | None:
        """Names of all fields of a schema; None if a parent is missing or parents are a ring."""
        if stem not in self._fields:
            self._fields[stem] = self._read_fields(stem)
        return self._fields[stem]

    def _read_fields(self, stem: str) -> frozenset[str] | None:
        fields: set[str] = set()
        seen: set[str] = set()
        name: str | None = stem
        while name is not None:
            if name in seen:
                return None
            seen.add(name)
            model = self.schemas[name]
            fields.update(field.name for field in model.fields)
            fields.update(link.foreign_key for link in model.relationships)
            parent = self.parent(name)
            if model.inherits and parent is None:
                return None
            name = parent
        return self.base_fields | fields

    @cached_property
    def called(self) -> frozenset[str]:
        """Flows that another flow hands over to."""
        return frozenset(
            target
            for key, fact in self.facts.items()
            for call in fact.calls
            if (target := self.target(key, call)) and target != key
        )

    @cached_property
    def published(self) -> dict[str, list[Wired]]:
        """Every event that a domain's file publishes, with all who do."""
        return _by_event(self.domains, "publishes")

    @cached_property
    def consumed(self) -> dict[str, list[Wired]]:
        """Every event that a domain's file consumes, with all who do."""
        return _by_event(self.domains, "consumes")

    @cached_property
    def emitted(self) -> dict[str, list[str]]:
        """Every event that a flow emits, with the keys of all that do."""
        sent_by: dict[str, list[str]] = {}
        for key, fact in self.facts.items():
            for name in dict.fromkeys(
                (*(event.name for event in fact.emits), *sorted(fact.said_emits))
            ):
                sent_by.setdefault(name, []).append(key)
        for domain, model in self.domains.items():
            on_error = (model.model_extra or {}).get("on_error")
            if error_event := text(named(on_error, "emit_event")):
                sent_by.setdefault(error_event, []).append(f"{domain}/")
        return sent_by

    @cached_property
    def _patterns(self) -> frozenset[str]:
        """Names that stand for several events."""
        tables: tuple[Mapping[str, object], ...]
        tables = (self.published, self.consumed, self.emitted, self.awaited)
        return frozenset(name for table in tables for name in table if is_pattern(name))

    def of_event(self, table: Mapping[str, list[T]], event: str) -> list[T]:
        """What a table has of an event, under its name, or where a pattern of topics matches."""
        others: Iterable[str] = table if is_pattern(event) else self._patterns
        matching = list(table.get(event, ()))
        for other in others:
            if other != event and other in table and same_event(event, other):
                matching += table[other]
        return matching

    def is_sent(self, event: str) -> bool:
        """Whether some domain publishes an event or some flow emits it."""
        return bool(self.of_event(self.published, event)) or bool(
            self.of_event(self.emitted, event)
        )

    def is_awaited(self, event: str) -> bool:
        """Whether some domain consumes an event, or some flow waits for it or its group."""
        named = self.of_event(self.consumed, event), self.of_event(self.awaited, event)
        return any(named) or any(same_event(event, other) for other in self.grouped)

    @cached_property
    def payloads(self) -> dict[str, list[frozenset[str] | None]]:
        """Fields that event nodes send with each event; None for one that cannot be told."""
        payloads: dict[str, list[frozenset[str] | None]] = {}
        for fact in self.facts.values():
            for event, fields in fact.payloads:
                payloads.setdefault(event, []).append(fields)
        return payloads

    @cached_property
    def groups(self) -> dict[str, frozenset[str]]:
        """Events of every event group, by the group's name, whichever domain declares it."""
        members: dict[str, frozenset[str]] = {}
        for model in self.domains.values():
            for group in model.event_groups:
                members[group.name] = members.get(group.name, frozenset()) | frozenset(group.events)
        return members

    @cached_property
    def grouped(self) -> frozenset[str]:
        """Events of the groups that some flow waits for or some domain declares."""
        return frozenset(event for events in self.groups.values() for event in events)

    def awaited_by(self, fact: Facts) -> set[str]:
        """Every event that starts or continues a flow."""
        events = {event.name for event in fact.awaits} | set(fact.said_awaits)
        for trigger in fact.triggers:
            events.update(trigger.events)
            if trigger.kind == "event_group":
                events |= self.groups.get(trigger.name, frozenset())
        return events

    @cached_property
    def awaited(self) -> dict[str, list[str]]:
        """Every event that a flow waits for, with the keys of all that do."""
        awaited: dict[str, list[str]] = {}
        for key, fact in self.facts.items():
            for name in sorted(self.awaited_by(fact)):
                awaited.setdefault(name, []).append(key)
        return awaited

    def like_flow(self, target: str) -> str:
        """A hint at the flow whose key is most like one, or nothing."""
        same = [
            key for key in self.known_flows if key.partition("/")[2] == target.rpartition("/")[2]
        ]
        if len(same) == 1:
            return f" Did you mean “{same[0]}”?"
        return self.hint(target, self.known_flows)

    def like_domain(self, name: str) -> str:
        """A hint at the domain whose id is most like a name, or nothing."""
        return self.hint(name, self.domains)


def _by_event(domains: Mapping[str, DomainModel], side: str) -> dict[str, list[Wired]]:
    by_event: dict[str, list[Wired]] = {}
    for domain, wiring in _wirings(domains, side):
        by_event.setdefault(wiring.event, []).append(Wired(domain, wiring))
    return by_event


def _wirings(domains: Mapping[str, DomainModel], side: str) -> Iterator[tuple[str, EventWiring]]:
    for domain, model in domains.items():
        for wiring in model.publishes if side == "publishes" else model.consumes:
            yield domain, wiring


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _forms(name: str) -> Iterator[str]:
    """A name as it is, as one of many, and as many of one."""
    yield name
    for many, one in (("ies", "y"), ("es", ""), ("s", "")):
        if name.endswith(many):
            yield name.removesuffix(many) + one
        if one == "" or name.endswith(one):
            yield name.removesuffix(one) + many
