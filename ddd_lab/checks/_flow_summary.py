"""What one flow says about the rest of the design, read once per version of the flow."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._identity_cache import Memo
from ddd_lab.checks._routes import open_routes
from ddd_lab.checks._values import entries, items, mapping, named, text, walk_texts
from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.models.trigger import TriggerInfo, trigger_info
from ddd_lab.spec.references import called_flow, calls

CODE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_CONSUMING = frozenset(("consume", "listen", "subscribe", "receive", "wait"))


class Reference(NamedTuple):
    """A name of something outside the flow.

    Attributes:
        name: as written.
        node: id of the node whose settings reference it; empty for the flow itself.
        path: where, relative to the node, or in the file's data where there is no node.
        how: what it is mentioned as (``sub_flow``, ``agent``, ``member``, ``handoff``, ...).
        domain: for a flow, the domain that is named beside it.
    """

    name: str
    node: str
    path: Path
    how: str = ""
    domain: str = ""


_EVENTFUL = frozenset({"event", "tools"})
"""What the settings of a node refer to that may send events or wait for them."""
_SHAPES = frozenset({"schema", "schema_ref", "input_schema", "output_schema"})
"""Settings that may name a schema, or say in other words what data looks like."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a flow says about the rest.

    Attributes:
        triggers: what starts it.
        trigger: id of the trigger node, if any.
        starts: whether it has a trigger at all, wherever it stands.
        emits, awaits: events of event nodes and of agents' tools, by direction.
        said_emits, said_awaits: names listed in the flow's header.
        payloads: fields of an emitted event's payload; None where they cannot be told.
        calls: flows that it hands over to.
        models: models that it stores or reads.
        schemas: ``$ref`` references to schemas.
        pointers: ``$ref`` references inside the file (``#/tools``).
        shapes: what the data of events and transforms looks like: names that may be a schema's.
        codes: error codes that it answers with.
        stores: stores in memory that it reads or writes.
        routes: routes and fallbacks that nothing in the flow itself explains.
        domains: domains that it hands over to as a whole.
        integrations: integrations that its calls use.
        auth: everything that it says about who may call it.
        inputs, outputs: names in the flow's own contract; None where it has none.
    """

    triggers: tuple[TriggerInfo, ...] = ()
    trigger: str = ""
    starts: bool = False
    emits: tuple[Reference, ...] = ()
    awaits: tuple[Reference, ...] = ()
    said_emits: frozenset[str] = frozenset()
    said_awaits: frozenset[str] = frozenset()
    payloads: tuple[tuple[str, frozenset[str] | None], ...] = ()
    calls: tuple[Reference, ...] = ()
    models: tuple[Reference, ...] = ()
    schemas: tuple[Reference, ...] = ()
    pointers: tuple[Reference, ...] = ()
    shapes: tuple[Reference, ...] = ()
    codes: tuple[Reference, ...] = ()
    stores: tuple[Reference, ...] = ()
    routes: tuple[Reference, ...] = ()
    domains: tuple[Reference, ...] = ()
    integrations: tuple[Reference, ...] = ()
    auth: tuple[Data, ...] = ()
    inputs: tuple[tuple[str, bool], ...] | None = None
    outputs: tuple[str, ...] | None = None


def _collect(flow: FlowData) -> Facts:
    collected = _Collected()
    for node in flow.all_nodes():
        collected.take(_of_node(node))
    collected.read_tools(flow.extra.get("tools"), "", ("tools",))
    for at, key, value in walk_texts(flow.extra):
        if key == "$ref" and value.startswith("#/"):
            collected.pointers.append(Reference(value, "", (*at, key)))
    contract = mapping(flow.header.get("contract"))
    inputs, outputs = contract.get("inputs"), contract.get("outputs")
    return Facts(
        triggers=trigger_info(flow),
        trigger=flow.trigger.id if flow.trigger else "",
        starts=collected.starts or flow.trigger is not None or bool(flow.extra.get("trigger")),
        emits=tuple(collected.emits),
        awaits=tuple(collected.awaits),
        said_emits=_said(flow.header.get("emits")),
        said_awaits=_said(flow.header.get("listens_to")),
        payloads=tuple(collected.payloads),
        calls=tuple(
            Reference(call.name, call.node, call.path, call.how, call.domain)
            for call in calls(flow)
            if call.how != "source"
        ),
        models=tuple(collected.models),
        schemas=tuple(collected.schemas),
        pointers=tuple(collected.pointers),
        shapes=tuple(collected.shapes),
        codes=tuple(collected.codes),
        stores=tuple(collected.stores),
        routes=tuple(_routes(flow)),
        domains=tuple(collected.domains),
        integrations=tuple(collected.integrations),
        auth=_auth(flow),
        inputs=_inputs(inputs) if contract else None,
        outputs=tuple(name for name, _, _ in entries(outputs)) if contract else None,
    )


def event_facts(flow: FlowData) -> Facts:
    """The facts of a flow as far as they concern events, for much less than all of them."""
    collected = _Collected()
    for node in flow.all_nodes():
        kind = node_type(node.type)
        if kind is not None and not _EVENTFUL.isdisjoint(kind.refers_to):
            collected.take(_of_node(node))
    collected.read_tools(flow.extra.get("tools"), "", ("tools",))
    return Facts(
        triggers=trigger_info(flow),
        emits=tuple(collected.emits),
        awaits=tuple(collected.awaits),
        said_emits=_said(flow.header.get("emits")),
        said_awaits=_said(flow.header.get("listens_to")),
    )


class _Collected:
    """What is being collected from a flow."""

    def __init__(self) -> None:
        self.starts = False
        self.emits: list[Reference] = []
        self.awaits: list[Reference] = []
        self.payloads: list[tuple[str, frozenset[str] | None]] = []
        self.models: list[Reference] = []
        self.schemas: list[Reference] = []
        self.pointers: list[Reference] = []
        self.shapes: list[Reference] = []
        self.codes: list[Reference] = []
        self.stores: list[Reference] = []
        self.domains: list[Reference] = []
        self.integrations: list[Reference] = []

    def take(self, statement: _Statement) -> None:
        """Take what a node says."""
        self.starts = self.starts or statement.starts
        for name, values in statement.lists:
            getattr(self, name).extend(values)

    def read_node(self, node: NodeData) -> None:
        """Take what one node says."""
        kind = node_type(node.type)
        outside = kind.refers_to if kind else ()
        spec = mapping(node.spec)
        self.starts = self.starts or (kind is not None and not kind.has_input)
        if "event" in outside:
            self.read_event(node.id, spec, ("spec",))
        if "model" in outside:
            self.models += _models(node.id, spec, ("spec",))
        if "store" in outside and (store := text(spec.get("store"))):
            self.stores.append(Reference(store, node.id, ("spec", "store")))
        if "domain" in outside:
            target = mapping(spec.get("target"))
            if (domain := text(target.get("domain"))) and not called_flow(target)[0]:
                self.domains.append(Reference(domain, node.id, ("spec", "target", "domain")))
        if "integration" in outside and (name := text(spec.get("integration"))):
            self.integrations.append(Reference(name, node.id, ("spec", "integration")))
        if "tools" in outside:
            self.read_tools(spec.get("tools"), node.id, ("spec", "tools"))
        self.read_references(node.id, outside, spec)

    def read_event(self, node: str, spec: dict[str, Data], at: Path) -> None:
        """Take the event that some settings emit or wait for."""
        direction, reference = _event(node, spec, at)
        if reference:
            (self.awaits if direction == "consume" else self.emits).append(reference)
            self.payloads.append((reference.name, _payload(spec)))

    def read_tools(self, tools: Data, node: str, at: Path) -> None:
        """Take what the tools of an agent do when the agent uses them."""
        for _, tool, path in entries(tools):
            inner = named(tool, "spec", "implementation")
            place = (*at, *path, *(("spec",) if inner else ()), "implementation")
            implementation = mapping(inner or named(tool, "implementation"))
            kind = node_type(text(implementation.get("type")))
            outside = kind.refers_to if kind else ()
            if "event" in outside:
                self.read_event(node, implementation, place)
            if "model" in outside:
                self.models += _models(node, implementation, place)

    def read_references(self, node: str, outside: Collection[str], spec: dict[str, Data]) -> None:
        """Take error codes and names of schemas, wherever they stand in a node's settings."""
        for at, key, value in walk_texts(spec):
            if key == "$ref" or value.startswith("$ref:"):
                pointer = value.removeprefix("$ref:").strip()
                if pointer.startswith("/schemas/"):
                    name = pointer.removeprefix("/schemas/")
                    self.schemas.append(Reference(name, node, ("spec", *at, key)))
                elif key == "$ref" and value.startswith("#/"):
                    self.pointers.append(Reference(value, node, ("spec", *at, key)))
            elif key in _SHAPES and "model" not in outside:
                self.shapes.append(Reference(value.strip(), node, ("spec", *at, key)))
            elif _holds_code(at, key, outside) and CODE.fullmatch(value.strip()) and len(value) > 2:
                self.codes.append(Reference(value.strip(), node, ("spec", *at, key), str(key)))


class _Statement(NamedTuple):
    """What one node says, without the lists that stay empty: most nodes say little of others."""

    starts: bool = False
    lists: tuple[tuple[str, tuple[Any, ...]], ...] = ()


_NOTHING = _Statement()
_LISTS = tuple(name for name, value in vars(_Collected()).items() if isinstance(value, list))


def _read(node: NodeData) -> _Statement:
    collected = _Collected()
    collected.read_node(node)
    lists = tuple((name, tuple(values)) for name in _LISTS if (values := getattr(collected, name)))
    return _Statement(collected.starts, lists) if collected.starts or lists else _NOTHING


_of_node = Memo(_read)
facts = Memo(_collect)
"""The facts of a flow."""


def _routes(flow: FlowData) -> Iterator[Reference]:
    view = FlowView("", flow)
    if not any(target.names == "route" for _, kind in view.known for target in kind.targets):
        return
    for link in open_routes(view):
        yield Reference(link.target, view.nodes[link.source].id, link.path, "route")


def _auth(flow: FlowData) -> tuple[Data, ...]:
    spec = mapping(flow.trigger.spec) if flow.trigger else {}
    beside = mapping(flow.extra.get("trigger"))
    values = (
        *(place.get("auth") for place in (spec, beside, flow.header)),
        *(mapping(place.get("security")).get("auth") for place in (spec, beside)),
    )
    answers = (required(value) for value in values)
    return tuple(value for value in answers if value is not None)


def required(auth: Data) -> Data:
    """What an ``auth`` setting says about whether callers must have signed in; None: nothing."""
    return mapping(auth).get("required", auth)


def _said(value: Data) -> frozenset[str]:
    return frozenset(text(item) for item in items(value) if text(item))


def _inputs(value: Data) -> tuple[tuple[str, bool], ...]:
    return tuple(
        (name, mapping(item).get("required") is True and "default" not in mapping(item))
        for name, item, _ in entries(value)
        if name
    )


def _event(node: str, spec: dict[str, Data], at: Path) -> tuple[str, Reference | None]:
    if spec.get("queue_operation"):
        return "", None
    way = text(spec.get("direction")) or text(spec.get("action")) or text(spec.get("operation"))
    direction = "consume" if way.lower() in _CONSUMING else "emit"
    for key in ("event_name", "event_type", "event"):
        if name := text(spec.get(key)):
            return direction, None if runtime(name) else Reference(name, node, (*at, key))
    return direction, None


def runtime(name: str) -> bool:
    """Whether a name is only known when the flow runs (a data path or a template)."""
    return name.startswith("$") or "{" in name


def _payload(spec: dict[str, Data]) -> frozenset[str] | None:
    payload = spec.get("payload")
    if isinstance(payload, dict):
        return frozenset(payload)
    return frozenset() if payload is None and not spec.get("payload_source") else None


def _models(node: str, spec: dict[str, Data], at: Path) -> Iterator[Reference]:
    if text(spec.get("store_type")).lower() in ("filesystem", "memory"):
        return
    for key in ("model", "entity", "schema"):
        if name := text(spec.get(key)):
            yield Reference(name, node, (*at, key))
            break
    for number, item in enumerate(items(spec.get("include"))):
        if name := text(mapping(item).get("model")):
            yield Reference(name, node, (*at, "include", number, "model"))


def _holds_code(at: Path, key: str | int, outside: Collection[str]) -> bool:
    """Whether an error code may stand under a key of a node's settings, or of a part of them."""
    if key == "error_code" or at[-1:] == ("error_mapping",):
        return True
    if key not in ("code", "error"):
        return False
    return "body" in at or ("error" in outside and not at)
