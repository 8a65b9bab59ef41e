"""Whether schemas hold together: names, parents, links, indexes and transitions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_summary import Reference, runtime
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._graph import cycles
from ddd_lab.checks._registry import Violation, design_rule, link_rule
from ddd_lab.checks._values import items, mapping, quoted
from ddd_lab.spec.edit.data import get_in
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.problem import Place


@link_rule("schemas.unknown-model", "warning", "A data model without a schema")
def unknown_model(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """A data store names a model that has no schema.

    Schemas are found by name or file name, in any case, singular or plural. Where the design has no
    schemas at all nothing is checked.
    """
    if design.schema_names:
        yield from _unknown(view, design, design.facts[view.key].models)


@link_rule("schemas.unknown-reference", "warning", "A reference to an unknown schema")
def unknown_reference(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """A $ref to /schemas/… names a schema without a file."""
    yield from _unknown(view, design, design.facts[view.key].schemas)


def _unknown(
    view: FlowView, design: DesignIndex, references: tuple[Reference, ...]
) -> Iterator[Violation]:
    seen: set[tuple[str, str]] = set()
    for reference in references:
        if runtime(reference.name) or design.has_schema(reference.name) or reference[:2] in seen:
            continue
        seen.add(reference[:2])
        yield Violation(
            design.reference_at(view.key, reference),
            f"There is no schema “{reference.name}”.{design.like_schema(reference.name)} Name one "
            "that exists, or add its file to specs/schemas.",
        )


@link_rule("schemas.unknown-field", "warning", "A field that the schema does not have")
def unknown_field(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """A step, or a tool of an agent, writes or looks for a field that its schema does not have.

    It is a warning where another field is meant, else a note: the schema may be behind. Inherited
    fields and foreign keys count. Where a parent is missing nothing is checked. Of what is looked
    for only what is nearly a field is reported, since related records may be meant.
    """
    for reference in design.facts[view.key].models:
        stem = design.schema(reference.name)
        fields = design.fields(stem) if stem else None
        at = reference.path[:-1]
        if not fields or not stem or not design.schemas[stem].fields or "include" in at:
            continue
        number = view.index.get(reference.node)
        root = {"spec": view.nodes[number].spec} if number is not None else view.flow.extra
        for path, name in _named_fields(get_in(root, at)):
            if name in fields or name in _IMPLICIT:
                continue
            near = design.hint(name, fields)
            if near or path[0] in _WRITTEN:
                model = design.schemas[stem].name
                yield Violation(
                    Place(flow=view.key, node=reference.node, path=(*at, *path)),
                    f"“{model}” has no field “{name}”.{near} Name one of its fields, or add this "
                    "one to the schema.",
                    None if near else "info",
                )


_IMPLICIT = frozenset(("id", "created_at", "updated_at", "deleted_at"))
"""Fields that a database keeps, whether a schema says so or not."""

_WRITTEN = ("data", "patch", "values")
_NAMING = frozenset((*_WRITTEN, "filter", "query", "where"))


def _named_fields(settings: Data) -> Iterator[tuple[Path, str]]:
    """The fields that a step names in a map, or in each map of a list, with their paths."""
    for key in [one for one in mapping(settings) if one in _NAMING]:
        for item, path in _maps(settings[key]):
            yield from (((key, *path, name), name) for name in item if _FIELD.fullmatch(name))


_FIELD = re.compile(r"[A-Za-z_]\w*")


def _maps(value: Data) -> Iterator[tuple[dict[str, Data], Path]]:
    """The map that a value is, or the maps in a list, each with its path below the value."""
    if isinstance(value, dict):
        yield value, ()
    for number, item in enumerate(items(value)):
        yield mapping(item), (number,)


@design_rule("schemas.duplicate-name", "error", "Two schemas with the same name")
def duplicate_name(design: DesignIndex) -> Iterator[Violation]:
    """Flows and other schemas refer to a schema by name, so they cannot tell the two apart."""
    seen: dict[str, str] = {}
    for stem, model in design.schemas.items():
        if model.name in seen:
            yield Violation(
                design.schema_at(stem, (*design.schema_root(stem), "name")),
                f"The schema “{model.name}” is also in “{seen[model.name]}.yaml”. Rename one.",
            )
        seen.setdefault(model.name, stem)


@design_rule("schemas.unknown-parent", "error", "A schema with an unknown parent")
def unknown_parent(design: DesignIndex) -> Iterator[Violation]:
    """The parent must be another schema, given by its name or file name."""
    for stem, model in design.schemas.items():
        if model.inherits and not design.has_schema(model.inherits):
            yield Violation(
                design.schema_at(stem, (*design.schema_root(stem), "inherits")),
                f"There is no schema “{model.inherits}” to inherit from."
                f"{design.like_schema(model.inherits)} Name one that exists.",
            )


@design_rule("schemas.circular-parents", "error", "Schemas that inherit in a circle")
def circular_parents(design: DesignIndex) -> Iterator[Violation]:
    """None of these schemas can be resolved, because each needs another."""
    stems = list(design.schemas)
    index = {stem: number for number, stem in enumerate(stems)}
    parents = [
        [index[parent]] if (parent := design.parent(stem)) in index else [] for stem in stems
    ]
    for knot in cycles(parents):
        stem = stems[knot[0]]
        names = [design.schemas[stems[one]].name for one in knot]
        what = (
            f"{quoted(names)} inherit from each other"
            if len(names) > 1
            else (f"{quoted(names)} inherits from itself")
        )
        yield Violation(
            design.schema_at(stem, (*design.schema_root(stem), "inherits")),
            f"{what}. Remove one of these links.",
        )


@design_rule("schemas.unknown-target", "warning", "A relationship to an unknown schema")
def unknown_target(design: DesignIndex) -> Iterator[Violation]:
    """A relationship must link two schemas of this design."""
    for stem, model in design.schemas.items():
        for link in model.relationships:
            if link.target and not design.has_schema(link.target):
                yield Violation(
                    design.schema_at(stem, (*link.path, "target")),
                    f"There is no schema “{link.target}”.{design.like_schema(link.target)} Name "
                    "one that exists, or add its file.",
                )


@design_rule("schemas.index-field", "warning", "An index on an unknown field")
def index_field(design: DesignIndex) -> Iterator[Violation]:
    """An index may name fields of the schema, inherited fields and foreign keys."""
    for stem, model in design.schemas.items():
        fields = design.fields(stem)
        if fields is None:
            continue
        for index in model.indexes:
            for number, field in enumerate(index.fields):
                name = field.split()[0].partition("(")[0] if field.split() else field
                if name not in fields:
                    yield Violation(
                        design.schema_at(stem, (*index.path, "fields", number)),
                        f"“{model.name}” has no field “{name}”.{design.hint(name, fields)} Index "
                        "one of its fields, or add this one.",
                    )


@design_rule("schemas.transition", "warning", "A transition between unknown states")
def transition(design: DesignIndex) -> Iterator[Violation]:
    """Transitions name a field of the schema and values that this field allows."""
    for stem, model in design.schemas.items():
        moves = model.transitions
        fields = design.fields(stem)
        if moves is None or fields is None:
            continue
        if moves.field and moves.field not in fields:
            yield Violation(
                design.schema_at(stem, (*moves.path, "field")),
                f"“{model.name}” has no field “{moves.field}”.{design.hint(moves.field, fields)} "
                "Name the field that these states belong to.",
            )
            continue
        field = model.field(moves.field)
        values = {str(value) for value in field.enum} if field else set()
        for state in moves.states if values else ():
            for number, name in enumerate((state.source, *state.targets)):
                if name and name not in values and name not in ("*", "any"):
                    at = ("from",) if number == 0 else ("to", number - 1)
                    yield Violation(
                        design.schema_at(stem, (*state.path, *at)),
                        f"“{moves.field}” has no value “{name}”.{design.hint(name, values)} Use "
                        f"{quoted(sorted(values))}, or add this value to the field.",
                    )


@design_rule("schemas.default", "warning", "A default that its field does not allow")
def default(design: DesignIndex) -> Iterator[Violation]:
    """A new record would start with an invalid value."""
    for stem, model in design.schemas.items():
        for field in model.fields:
            value = field.default
            where = design.schema_at(stem, (*field.path, "default"))
            if isinstance(value, str) and field.enum and value not in map(str, field.enum):
                allowed = quoted([str(one) for one in field.enum])
                yield Violation(
                    where,
                    f"The default “{value}” of “{field.name}” is not one of its values {allowed}. "
                    "Choose one of them.",
                )
            if not isinstance(value, int | float) or isinstance(value, bool):
                continue
            low = field.min if field.min is not None else value
            high = field.max if field.max is not None else value
            if not low <= value <= high:
                yield Violation(
                    where,
                    f"The default {value:g} of “{field.name}” is out of range. Choose a value "
                    f"between min and max.",
                )


@design_rule("schemas.unknown-owned", "warning", "An unknown schema in a domain's list")
def unknown_owned(design: DesignIndex) -> Iterator[Violation]:
    """The domain owns a schema that has no file."""
    if not design.schema_names:
        return
    for domain, model in design.domains.items():
        for number, name in enumerate(model.owns_schemas):
            if not design.has_schema(name):
                yield Violation(
                    design.domain_at(domain, "owns_schemas", number),
                    f"There is no schema “{name}”.{design.like_schema(name)} Name one that exists, "
                    "or add its file to specs/schemas.",
                )


@design_rule("schemas.unowned", "info", "A stored schema without an owner")
def unowned(design: DesignIndex) -> Iterator[Violation]:
    """Flows store the schema, but no domain owns it.

    Where no domain owns anything, nothing is checked.
    """
    owned = {
        design.schema(name) for model in design.domains.values() for name in model.owns_schemas
    }
    if not owned or not design.complete:
        return
    stored = {
        design.schema(reference.name) for fact in design.facts.values() for reference in fact.models
    }
    for stem, model in design.schemas.items():
        if stem in stored and stem not in owned:
            yield Violation(
                design.schema_at(stem, (*design.schema_root(stem), "name")),
                f"Flows store “{model.name}”, but no domain owns it. Add it to owns_schemas of "
                "the domain that is responsible.",
            )
