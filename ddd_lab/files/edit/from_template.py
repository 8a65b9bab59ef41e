"""New flows from a starter template, with the schema and the events that they need, as one step."""

from __future__ import annotations

from collections.abc import Mapping

from ddd_lab.files.disk.paths import safe_name, schema_of
from ddd_lab.files.disk.storage import UnsafePathError
from ddd_lab.files.documents.domain_data import (
    CONSUMES,
    PUBLISHES,
    add_wiring,
    event_of,
    own_schema,
    wirings,
)
from ddd_lab.files.edit.ids import refuse_unknown_domain
from ddd_lab.files.edit.new_flow import add_flow, new_flow_id, new_metadata
from ddd_lab.files.edit.refactor.add_domain import domain_data
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.catalogue import refers_to
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.lenient import named
from ddd_lab.spec.models import SchemaModel
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.design import flow_keys_of
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.models.trigger import trigger_info
from ddd_lab.spec.paths import domain_file, schema_file
from ddd_lab.spec.templates import FIELD_WORDS, Template, TemplateInput, Words, chosen

_KEPT_BY_THE_STORE = {"id", "created_at", "updated_at", "deleted_at"}


def new_flows(
    workspace: Workspace, template: str, domain: str, name: str, values: Mapping[str, str]
) -> list[str]:
    """Add the flows of a template to a domain; returns their keys.

    A schema that the flows store is added where the design has none of that name, an event that
    starts one is declared where nobody publishes it.
    """
    refuse_unknown_domain(workspace, domain)
    kind, arguments = chosen(template, values)
    parameters = _given(workspace, kind, domain, name, arguments)
    parts = kind.make(parameters)
    flows: list[FlowData] = []
    for flow in parts.flows:
        id = new_flow_id(workspace, flow.name, domain)
        if any(other.id == id for other in flows):
            raise EditError(f"two flows of the template would have the id {id!r}. Choose names")
        flows.append(_placed(workspace, flow, id, domain))
    with workspace.step(f"new {kind.title.lower()} in {domain}"):
        for entity in parts.entities:
            _add_schema(workspace, entity, domain, parameters.fields)
        for event, number in parts.consumes.items():
            _consume(workspace, event, domain, flows[number].id)
        for flow in flows:
            add_flow(workspace, flow)
    return [f"{domain}/{flow.id}" for flow in flows]


def _given(
    workspace: Workspace, template: Template, domain: str, name: str, arguments: dict[str, str]
) -> TemplateInput:
    values: dict[str, str] = {}
    for parameter in template.parameters:
        value = arguments.get(parameter.name, "").strip() or parameter.default
        if parameter.name == "entity":
            value = value or (name if template.several else "") or _stored_by(workspace, domain)
            value = Words(value).pascal
        elif parameter.name == "event":
            value = value or _suggested_event(workspace, domain)
        if not Words(value).parts:
            raise EditError(f"the template {template.id} needs {parameter.name}, not {value!r}")
        values[parameter.name] = value
    # A name for several flows is their subject; each flow has its own name.
    own = "" if template.several and "entity" in values else name
    fields = _fields(workspace, values.get("entity", ""))
    return TemplateInput(own, domain, values, fields or {"name": "string"})


def _stored_by(workspace: Workspace, domain: str) -> str:
    """What a domain stores: a schema that it or its flows name, else one called after it."""
    design = workspace.design
    names = [*design.domains[domain].owns_schemas]
    for key in flow_keys_of(design, domain):
        flow = design.flows.get(key)
        stores = [node for node in flow.nodes if refers_to(node, "model")] if flow else []
        names += [str(node.spec["model"]) for node in stores if node.spec.get("model")]
    schemas = (name for name in names if _schema(workspace, name) is not None)
    return next(schemas, "") or _singular(domain)


def _singular(domain: str) -> str:
    words = Words(domain).parts
    if words and words[-1].endswith("ies"):
        words[-1] = words[-1][:-3] + "y"
    elif words and words[-1].endswith("s") and not words[-1].endswith("ss"):
        words[-1] = words[-1][:-1]
    return " ".join(words)


def _schema(workspace: Workspace, entity: str) -> SchemaModel | None:
    folded = "".join(Words(entity).parts)
    for stem, schema in workspace.design.schemas.items():
        if folded in ("".join(Words(schema.name).parts), "".join(Words(stem).parts)):
            return schema
    return None


def _fields(workspace: Workspace, entity: str) -> dict[str, str]:
    """Name and type of the first fields of an entity that people fill in."""
    schema = _schema(workspace, entity) if entity else None
    fields = {
        field.name: field.type if field.type in FIELD_WORDS else "string"
        for field in (schema.fields if schema else ())
        if field.name not in _KEPT_BY_THE_STORE
    }
    return dict(list(fields.items())[:8])


def _suggested_event(workspace: Workspace, domain: str) -> str:
    """An event that somebody else publishes, or a name for a new one in the design's style."""
    events = [
        (id, wiring.event)
        for id, model in workspace.design.domains.items()
        for wiring in model.publishes
    ]
    consumed = {wiring.event for wiring in workspace.design.domains[domain].consumes}
    foreign = next((event for id, event in events if id != domain and event not in consumed), "")
    if foreign:
        return foreign
    words = Words(_singular(domain) + " requested")
    capitals = bool(events) and "." not in events[0][1]
    return words.pascal if capitals else ".".join(words.snake.rsplit("_", 1))


def _placed(workspace: Workspace, flow: FlowData, id: str, domain: str) -> FlowData:
    trigger = flow.trigger
    if trigger is not None and isinstance(path := trigger.spec.get("path"), str):
        spec = {**trigger.spec, "path": _free_path(workspace, trigger.spec, path)}
        trigger = trigger.model_copy(update={"spec": spec})
    own = {"id": id, "domain": domain, "trigger": trigger, "metadata": new_metadata()}
    return flow.model_copy(update=own)


def _free_path(workspace: Workspace, spec: Mapping[str, Data], path: str) -> str:
    """A path at which no other flow answers to the same method."""
    method = str(spec.get("method") or "")
    taken = {
        _bare(info.path)
        for flow in workspace.design.flows.values()
        for info in trigger_info(flow)
        if info.path and (not method or not info.method or info.method.upper() == method)
    }
    number = 1
    candidate = path
    while _bare(candidate) in taken:
        number += 1
        first, slash, rest = path.partition("/{")
        candidate = f"{first}-{number}{slash}{rest}"
    return candidate


def _bare(path: str) -> str:
    """A path with its parameters by place: ``/a/{x}`` and ``/a/:id`` are the same."""
    parts = path.strip("/").split("/")
    return "/".join("{}" if part[:1] in "{:<[" and part else part for part in parts)


def _add_schema(workspace: Workspace, entity: str, domain: str, fields: Mapping[str, str]) -> None:
    if _schema(workspace, entity) is not None:
        return
    path = new_schema_file(workspace, entity)
    wrapped, listed = schema_shape(workspace)
    label = f"add the schema {entity}"
    workspace.change({path: _schema_data(entity, fields, wrapped, listed)}, label)
    if not any(model.owns_schemas for model in workspace.design.domains.values()):
        # Where no domain says what it owns, one alone would make all others look forgotten.
        return
    own = domain_file(domain)
    workspace.edit_data(
        own, lambda data: own_schema(data or domain_data(workspace, domain), entity), label
    )


def new_schema_file(workspace: Workspace, name: str) -> str:
    """The path for a new schema; EditError if it is taken or unusable."""
    try:
        path = schema_file(safe_name(Words(name).kebab, "schema"))
    except UnsafePathError as error:
        raise EditError(str(error)) from None
    if workspace.exists(path):
        raise EditError(f"{path} exists and has another schema. Choose another entity")
    return path


def schema_shape(workspace: Workspace) -> tuple[bool, bool]:
    """Whether the design's schemas stand under a root key, and whether their fields are a list."""
    others = [workspace.model(path) for path in sorted(workspace.documents) if schema_of(path)]
    wrapped = any(isinstance(named(data, "schema"), dict) for data in others)
    return wrapped, any(isinstance(named(data, "fields"), list) for data in others)


def _schema_data(
    entity: str, fields: Mapping[str, str], wrapped: bool, listed: bool
) -> dict[str, Data]:
    """The data of a new schema, in the shape that the other schemas have (or the guide's)."""
    rows: Data = {name: {"type": type, "max_length": 200} for name, type in fields.items()}
    description = f"A {Words(entity).spoken}"
    if listed:
        rows = [{"name": name, "type": type, "required": True} for name, type in fields.items()]
        if not wrapped:
            return {"name": entity, "description": description, "fields": rows}
    inner = {"name": entity, "version": "1.0.0", "description": description, "fields": rows}
    return {"schema": inner}


def _consume(workspace: Workspace, event: str, domain: str, flow: str) -> None:
    """Let a domain consume an event by a flow; publish it where nobody does."""
    design = workspace.design
    published = any(
        wiring.event == event for model in design.domains.values() for wiring in model.publishes
    )
    path = domain_file(domain)

    def wired(data: Data) -> Data:
        data = data or domain_data(workspace, domain)
        if not published:
            entry = {"event": event, "description": "Comes from outside the system"}
            data = add_wiring(data, PUBLISHES, entry, path)
        for entry in wirings(data, CONSUMES):
            if event_of(entry) == event and entry.get("handled_by_flow") == flow:
                return data
        entry = {"event": event, "handled_by_flow": flow, "description": f"Starts {flow}"}
        return add_wiring(data, CONSUMES, entry, path)

    workspace.edit_data(path, wired, f"consume {event}")
