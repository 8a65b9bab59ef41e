"""The pieces that may be sent, each in several lengths: of a place, a selection, a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from ddd_lab.assist.context.at_names import NamedBlocks
from ddd_lab.assist.context.blocks import Candidate, Layer
from ddd_lab.assist.context.catalogue import catalogue_forms
from ddd_lab.assist.context.request import ContextRequest
from ddd_lab.assist.context.sources import Sources
from ddd_lab.files.disk.paths import schema_of
from ddd_lab.implementation.quoting import fenced, named
from ddd_lab.lossless_yaml import dump
from ddd_lab.maps.event_links import Wiring
from ddd_lab.plurals import plural
from ddd_lab.spec.catalogue import summary as node_summary
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.paths import flow_file

if TYPE_CHECKING:
    from ddd_lab.spec.models.base import Data

_POSITION = re.compile(
    r"(?m)^[ \t]*position:[ \t]*(?:\{[^\n{}]*\}[ \t]*\n|\n(?:[ \t]+[xy]:[^\n]*\n)+)"
)
_BULLET = re.compile(r"(?m)^(- \*\*[^*\n]+\*\*).*$")
_BEGINNING = 600
_FLOW_CUTS = ("only its nodes, a line each", "only the ids of its nodes")
_NODE_CUTS = ("only a line each", "only the ids")
_MOST = 200
"""Entries of a list that are told at all."""


def general_candidates(sources: Sources, request: ContextRequest) -> Iterator[Candidate]:
    """What is the same for every design: the rules, and the node types."""
    yield Candidate(
        "rules", "rules", 1, (request.rules,), "what the model has to keep to", (), "prose"
    )
    flow = sources.design.flows.get(request.at) if "/" in request.at else None
    types = {node.type for node in flow.all_nodes()} if flow is not None else ()
    forms = catalogue_forms(types)
    reason = "the types in play in full" if types else "every node type in a line"
    yield Candidate("catalogue", "catalogue", 2, forms.texts, reason, forms.cuts, "prose")


def project_candidates(sources: Sources) -> Iterator[Candidate]:
    """What is the same at every place of the design."""
    summary = sources.summary.strip()
    sections = summary.split("\n## ")
    forms = (
        summary,
        _BULLET.sub(r"\1", summary),
        "\n## ".join(part for part in sections if not part.startswith("Domains")),
        sections[0][:_BEGINNING],
    )
    yield Candidate(
        "summary",
        "summary",
        1,
        tuple(_data("Project summary", form) for form in forms),
        "what the project is",
        ("only the names of its flows", "without its list of flows", "only its beginning"),
        "prose",
    )
    yield _system(sources)


def place_candidates(
    sources: Sources, request: ContextRequest, mentioned: NamedBlocks
) -> Iterator[Candidate]:
    """What belongs to the place, the selection and the question, in the order of sending."""
    at = request.at
    domain, slash, _ = at.partition("/")
    if domain in sources.design.domains:
        yield _domain(sources, domain, 2, "it is the current domain")
        if (related := _related(sources, domain)) is not None:
            yield related
    flow = sources.design.flows.get(at) if slash else None
    if flow is not None:
        yield _flow(sources, at, 3, "it is the current flow")
        yield from _connected(sources, at)
    yield from _selected(sources, request, flow)
    for id in mentioned.blocks:
        yield from named_candidates(sources, id, 2, "the question names it")
    if flow is not None:
        yield from _status(sources, at)
        yield from _used_schemas(sources, at)
        yield from _used_codes(sources, at)
    for decision in sources.decisions(at, request.question):
        text = _data(f"Decision {decision.date}".strip(), str(decision))
        title = _data("Decision", decision.title)
        yield Candidate(
            f"decision:{decision.id}",
            "decisions",
            4,
            (text, title),
            "a decision that matters here",
            ("only its title",),
            "prose",
        )
    yield from _lists(sources)
    if flow is None and not slash:
        yield _index(sources, 5, "the question is not about one flow")


def named_candidates(sources: Sources, id: str, priority: int, reason: str) -> Iterator[Candidate]:
    """The piece that an id names, whether it belongs to the place or not."""
    kind, _, name = id.partition(":")
    design = sources.design
    if id == "spec-index":
        yield _index(sources, priority, reason)
    elif kind == "flow" and name in design.flows:
        yield _flow(sources, name, priority, reason)
    elif kind == "domain" and name in design.domains:
        yield _domain(sources, name, priority, reason)
    elif kind == "schema" and name in design.schemas:
        yield _schema(sources, name, priority, reason)
    elif kind == "event" and name in sources.events:
        text = _yaml(f"Event {named(name)}", sources.events[name])
        yield Candidate(id, "mention", priority, (text,), reason)
    elif kind == "node":
        key, _, node = name.partition("#")
        if sources.has_node(key, node):
            flow = design.flows[key]
            yield _nodes(flow, key, (node,), id=id, priority=priority, reason=reason)


# --- the stable part -----------------------------------------------------------------------------


def _system(sources: Sources) -> Candidate:
    system = sources.design.system
    domains = list(sources.design.domains.items())[:_MOST]
    stack = {str(key): value for key, value in system.tech_stack.items()}
    about = {"name": sources.name, "description": system.description, "tech_stack": stack}
    whole = {**about, "domains": {id: model.description for id, model in domains}}
    short = {"name": sources.name, "domains": [id for id, _ in domains]}
    least = f"{named(sources.name)} with {plural(len(sources.design.domains), 'domain')}."
    return Candidate(
        "system",
        "system",
        1,
        (_yaml("System", whole), _yaml("System", short), f"## System\n\n{least}"),
        "the system and its domains",
        ("without descriptions", "only its name"),
    )


# --- domains -------------------------------------------------------------------------------------


def _domain(sources: Sources, id: str, priority: int, reason: str) -> Candidate:
    model = sources.design.domains[id]
    keys = [key for key in sources.design.flow_keys if key.partition("/")[0] == id]
    flows = {key.partition("/")[2]: _line(sources, key) for key in keys[:_MOST]}
    publishes = [wiring.event for wiring in model.publishes]
    consumes = [wiring.event for wiring in model.consumes]
    about = {"name": id, "description": model.description}
    events = {"publishes_events": publishes, "consumes_events": consumes}
    title = f"Domain {named(id)}"
    return Candidate(
        f"domain:{id}",
        "domain",
        priority,
        (
            _yaml(title, {**about, "flows": flows, **events}),
            _yaml(title, {**about, "flows": list(flows), **events}),
            _yaml(title, {"name": id, "flows": len(keys)}),
        ),
        reason,
        ("only the names of its flows", "only its name"),
    )


def _related(sources: Sources, domain: str) -> Candidate | None:
    """The domains that events lead to or come from."""
    events: dict[str, dict[str, None]] = {}
    for wire in Wiring(sources.design).wires:
        ends = (wire.source_domain, wire.target_domain)
        if domain in ends and ends[0] != ends[1]:
            way = "to" if ends[0] == domain else "from"
            other = ends[1] if ends[0] == domain else ends[0]
            events.setdefault(other, {})[f"{wire.event} ({way} it)"] = None
    if not events:
        return None
    whole = {id: list(names) for id, names in [*events.items()][:_MOST]}
    title = f"Domains that share events with {named(domain)}"
    return Candidate(
        f"related:{domain}",
        "domain",
        2,
        (_yaml(title, whole), _yaml(title, list(whole))),
        "events lead there",
        ("only their names",),
    )


# --- flows ---------------------------------------------------------------------------------------


def _flow(sources: Sources, key: str, priority: int, reason: str) -> Candidate:
    flow = sources.design.flows[key]
    text = _POSITION.sub("", sources.text_of(flow_file(key)))
    title = f"Flow {named(key)} ({named(flow.type)})"
    ids = ", ".join(node.id for node in flow.all_nodes())
    return Candidate(
        f"flow:{key}",
        "flow",
        priority,
        (_data(title, text, "yaml"), _data(title, _node_list(flow)), _data(title, ids)),
        reason,
        _FLOW_CUTS,
        "flow",
    )


def _node_list(flow: FlowData) -> str:
    lines: dict[str, list[str]] = {}
    for edge in flow.edges:
        lines.setdefault(edge.source, []).append(f"{edge.output} → {edge.target}")
    return "\n".join(
        f"{_node(node, flow)} [{', '.join(lines.get(node.id, ())) or 'ends'}]"
        for node in flow.all_nodes()
    )


def _node(node: NodeData, flow: FlowData) -> str:
    essential = node_summary(node, flow)
    label = f" “{node.label}”" if node.label else ""
    return f"{node.id} ({node.type}){label}" + (f": {essential}" if essential else "")


def _line(sources: Sources, key: str) -> str:
    """A flow in a line."""
    flow, entry = sources.design.flows.get(key), sources.entry(key)
    if flow is None or entry is None:
        return "its file cannot be read"
    trigger = " ".join(value for word, value in entry["trigger"].items() if word != "type")
    return f"{trigger or entry['trigger']['type']}: {flow.description or flow.name or flow.id}"[
        :200
    ]


def _connected(sources: Sources, key: str) -> Iterator[Candidate]:
    """What the flow depends on and what depends on it, condensed."""
    needs = sources.dependencies(key)
    if needs is None:
        return
    sides = (("upstream", needs["depends_on"]), ("downstream", needs["depended_on_by"]))
    events = {"events_in": needs["events_in"], "events_out": needs["events_out"]}
    whole = {
        side: {other: _line(sources, other) for other in keys[:_MOST]}
        for side, keys in sides
        if keys
    }
    if not whole:
        return
    title = f"Flows connected with {named(key)}"
    ids = {side: list(others) for side, others in whole.items()}
    yield Candidate(
        f"connected:{key}",
        "flow",
        3,
        (_yaml(title, {**whole, **events}), _yaml(title, ids)),
        "they depend on the flow, or it on them",
        ("only their ids",),
    )


def _selected(
    sources: Sources, request: ContextRequest, flow: FlowData | None
) -> Iterator[Candidate]:
    at = request.at
    if flow is not None:
        nodes = tuple(id for id in request.selection if id in flow.by_id)
        if nodes:
            yield _nodes(flow, at, nodes, id="selection", priority=3, reason="it is selected")
        return
    kind = "flow" if at else "domain"
    for id in request.selection:
        name = f"{at}/{id}" if at and "/" not in id else id
        yield from named_candidates(sources, f"{kind}:{name}", 3, "it is selected")


def _nodes(
    flow: FlowData, key: str, ids: Sequence[str], *, id: str, priority: int, reason: str
) -> Candidate:
    nodes = [flow.by_id[node] for node in ids]
    title = f"Selected nodes of {named(key)}" if id == "selection" else f"Node {named(id[5:])}"
    whole = [
        {"id": node.id, "type": node.type, "label": node.label or "", "spec": node.spec}
        for node in nodes
    ]
    lines = "\n".join(_node(node, flow) for node in nodes)
    layer: Layer = "selection" if id == "selection" else "mention"
    forms = (_yaml(title, whole), _data(title, lines), _data(title, ", ".join(ids)))
    return Candidate(id, layer, priority, forms, reason, _NODE_CUTS, "flow")


def _status(sources: Sources, key: str) -> Iterator[Candidate]:
    status = sources.status(key)
    if status is None:
        return
    changes = list(status.words)
    files = list(status.mapped.files) if status.mapped else []
    title = f"Implementation status of {named(key)}"
    whole = {"status": status.state, "changes_since": changes[:_MOST], "code_files": files[:_MOST]}
    yield Candidate(
        f"status:{key}",
        "status",
        4,
        (_yaml(title, whole), f"## {title}\n\n{status.state.replace('_', ' ')}"),
        "how the flow and its code stand to each other",
        ("only the state",),
    )


# --- schemas, codes, index -----------------------------------------------------------------------


def _used_schemas(sources: Sources, key: str) -> Iterator[Candidate]:
    entry = sources.entry(key)
    for name in entry["schemas_used"] if entry else ():
        if stem := sources.schema_stem(name):
            yield _schema(sources, stem, 4, "the flow uses it")


def _schema(sources: Sources, stem: str, priority: int, reason: str) -> Candidate:
    model = sources.design.schemas[stem]
    path = next((path for path in sorted(sources.design.paths) if schema_of(path) == stem), "")
    title = f"Schema {named(model.name or stem)}"
    fields = {field.name: field.type for field in model.fields}
    forms = (
        _data(title, sources.text_of(path), "yaml"),
        _yaml(title, fields),
        _yaml(title, list(fields)),
    )
    cuts = ("only fields and types", "only the names of its fields")
    return Candidate(f"schema:{stem}", "schemas", priority, forms, reason, cuts)


def _used_codes(sources: Sources, key: str) -> Iterator[Candidate]:
    entry, registry = sources.entry(key), sources.design.errors.codes
    codes: list[str] = entry["error_codes"] if entry else []
    if not codes:
        return
    whole = {
        code: {"http_status": registry[code].http_status, "message": registry[code].message}
        if code in registry
        else "not in the registry"
        for code in codes
    }
    title = f"Error codes that {named(key)} uses"
    yield Candidate(
        f"errors:{key}",
        "errors",
        4,
        (_yaml(title, whole), _yaml(title, codes)),
        "the flow uses them",
        ("only their names",),
    )


def _lists(sources: Sources) -> Iterator[Candidate]:
    """Names of all error codes and schemas, so that none is invented."""
    codes = list(sources.design.errors.codes)[:_MOST]
    schemas = [model.name or stem for stem, model in sources.design.schemas.items()][:_MOST]
    if codes:
        text = _data("All error codes", ", ".join(codes))
        yield Candidate("errors", "errors", 5, (text,), "the codes that there are")
    if schemas:
        text = _data("All schemas", ", ".join(schemas))
        yield Candidate("schemas", "schemas", 5, (text,), "the schemas that there are")


def _index(sources: Sources, priority: int, reason: str) -> Candidate:
    domains = sources.index["domains"]
    lines: Mapping[str, Callable[[str], str]] = {
        "whole": lambda key: f"{key}: {_line(sources, key)}",
        "ids": lambda key: key,
    }
    keys = [f"{id}/{flow}" for id, domain in domains.items() for flow in domain["flows"]]
    forms = tuple(_data("Every flow", "\n".join(map(form, keys))) for form in lines.values())
    return Candidate("spec-index", "index", priority, forms, reason, ("only the flows' ids",))


# --- texts ---------------------------------------------------------------------------------------


def _yaml(title: str, data: object) -> str:
    return _data(title, dump(cast("Data", data)), "yaml")


def _data(title: str, text: str, language: str = "") -> str:
    """A text of the design below a heading of ours: as data, between fences it cannot close."""
    return "\n".join((f"## {title}", "", *fenced(text.strip("\n"), language, 0)))
