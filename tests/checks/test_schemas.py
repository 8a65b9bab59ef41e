"""Schemas hold together, and what flows store has one."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.spec.models.flow import FlowData
from tests.checks.builders import design, end, findings, flow, node, quiet, shows
from tests.design_data import DesignData

AT = "specs/schemas/order.yaml"
HERE = "orders/place-order"


def _schemas(order: dict[str, Any], **others: dict[str, Any]) -> DesignData:
    return design(schemas={"order": {"name": "Order", **order}, **others})


def _stores(model: str, **spec: Any) -> FlowData:
    lines = {"success": "end", "failure": "end"}
    return flow(node("save", "data_store", lines, operation="create", model=model, **spec), end())


ORDER = {"order-line": {"name": "OrderLine"}, "category": {"name": "Category"}}


def test_a_model_without_a_schema_is_a_warning() -> None:
    wrong = design(_stores("OrderLien"), schemas=ORDER)
    at, path = "orders/place-order#save", ("spec", "model")
    shows("schemas.unknown-model", wrong, at=at, path=path, says="Did you mean “OrderLine”?")


@pytest.mark.parametrize(
    "model", ["OrderLine", "order-line", "orderline", "order_lines", "Categories", "$.model"]
)
def test_a_model_is_found_by_name_or_file_one_or_many(model: str) -> None:
    quiet("schemas.unknown-model", design(_stores(model), schemas=ORDER))


def test_without_schemas_and_outside_the_database_no_model_is_missed() -> None:
    quiet("schemas.unknown-model", design(_stores("Order")))
    quiet("schemas.unknown-model", design(_stores("x", store_type="memory"), schemas=ORDER))


def test_a_reference_to_a_missing_schema_is_a_warning() -> None:
    rule, at = "schemas.unknown-reference", "orders/place-order#ask"
    lines = {"valid": "end", "invalid": "end"}
    as_map = flow(node("ask", "input", lines, fields={"o": {"$ref": "/schemas/Ordr"}}), end())
    path: tuple[str | int, ...] = ("spec", "fields", "o", "$ref")
    shows(rule, design(as_map), at=at, path=path, says="specs/schemas")
    as_text = flow(node("ask", "input", lines, fields={"o": "$ref:/schemas/Order"}), end())
    shows(rule, design(as_text), at=at, path=("spec", "fields", "o"), says="specs/schemas")
    quiet(rule, design(as_text, schemas={"order": {"name": "Order"}}))


def test_two_schemas_of_one_name_are_an_error() -> None:
    twice = _schemas({}, purchase={"schema": {"name": "Order", "fields": {"id": {}}}})
    at, path = "specs/schemas/purchase.yaml", ("schema", "name")
    shows("schemas.duplicate-name", twice, at=at, path=path, says="Rename one")
    quiet("schemas.duplicate-name", design(schemas=ORDER))


def test_a_schema_inherits_from_one_that_is_there() -> None:
    orphan = _schemas({"inherits": "Bass"}, base={"name": "Base"})
    says = "Did you mean “Base”?"
    shows("schemas.unknown-parent", orphan, at=AT, path=("inherits",), says=says)
    for parent in ("_base", "Base"):
        quiet("schemas.unknown-parent", _schemas({"inherits": parent}, _base={"name": "Base"}))


def test_schemas_that_inherit_from_each_other_are_an_error() -> None:
    ring = _schemas({"inherits": "Sale"}, sale={"name": "Sale", "inherits": "Order"})
    says = "Remove one of these links"
    shows("schemas.circular-parents", ring, at=AT, path=("inherits",), says=says)
    own = _schemas({"inherits": "Order"})
    shows("schemas.circular-parents", own, at=AT, path=("inherits",), says="itself")
    quiet("schemas.circular-parents", _schemas({"inherits": "Sale"}, sale={"name": "Sale"}))


def test_a_relationship_leads_to_a_schema_that_is_there() -> None:
    links = [{"name": "lines", "type": "has_many", "target": "GraphEdge"}]
    path = ("relationships", 0, "target")
    lost = _schemas({"relationships": links})
    shows("schemas.unknown-target", lost, at=AT, path=path, says="add its file")
    quiet("schemas.unknown-target", _schemas({"relationships": links}, line={"name": "GraphEdge"}))


def test_an_index_is_over_fields_that_are_there() -> None:
    fields = [{"name": "total", "type": "decimal"}]
    wrong = _schemas({"fields": fields, "indexes": [{"fields": ["total", "totl"]}]})
    path = ("indexes", 0, "fields", 1)
    shows("schemas.index-field", wrong, at=AT, path=path, says="Did you mean “total”?")
    parent = {"name": "Sale", "fields": [{"name": "sold_at"}]}
    base = {"base_model": {"name": "Base", "fields": {"created_at": {"type": "datetime"}}}}
    links = [{"name": "buyer", "target": "Sale", "foreign_key": "buyer_id"}]
    order = {
        "inherits": "Sale",
        "fields": fields,
        "relationships": links,
        "indexes": [{"fields": ["total DESC", "sold_at", "created_at", "buyer_id"]}],
    }
    quiet("schemas.index-field", _schemas(order, sale=parent, _base=base))


def test_transitions_speak_of_a_field_and_of_its_values() -> None:
    rule = "schemas.transition"
    fields = [{"name": "status", "type": "enum", "values": ["new", "paid"]}]
    states = [{"from": "new", "to": ["paid", "sent"]}]
    strange = _schemas({"fields": fields, "transitions": {"field": "status", "states": states}})
    path: tuple[str | int, ...] = ("transitions", "states", 0, "to", 1)
    shows(rule, strange, at=AT, path=path, says="“new” and “paid”")
    other = _schemas({"fields": fields, "transitions": {"field": "state", "states": states}})
    shows(rule, other, at=AT, path=("transitions", "field"), says="“state”")
    good = {"field": "status", "states": [{"from": "new", "to": ["paid"]}, {"from": "*", "to": []}]}
    quiet(rule, _schemas({"fields": fields, "transitions": good}))


def test_a_domain_owns_schemas_that_are_there() -> None:
    wrong = design(schemas=ORDER, domains={"orders": {"owns_schemas": ["Category", "Categry"]}})
    at, path = "specs/domains/orders/domain.yaml", ("owns_schemas", 1)
    shows("schemas.unknown-owned", wrong, at=at, path=path, says="Did you mean “Category”?")
    quiet("schemas.unknown-owned", design(domains={"orders": {"owns_schemas": ["Order"]}}))


def test_a_stored_schema_that_no_domain_owns_is_worth_a_word() -> None:
    owned = {"orders": {"owns_schemas": ["Category"]}}
    lone = design(_stores("OrderLine"), schemas=ORDER, domains=owned)
    at, path = "specs/schemas/order-line.yaml", ("name",)
    shows("schemas.unowned", lone, at=at, path=path, says="Add it to owns_schemas")
    both = {"orders": {"owns_schemas": ["Category", "OrderLine"]}}
    quiet("schemas.unowned", design(_stores("OrderLine"), schemas=ORDER, domains=both))
    quiet("schemas.unowned", design(_stores("OrderLine"), schemas=ORDER))


def test_a_default_is_among_the_values_of_its_field() -> None:
    rule = "schemas.default"
    field = {"type": "enum", "enum": ["open", "paid"], "default": "closed"}
    file = "specs/schemas/order.yaml"
    odd = design(schemas={"order": {"name": "Order", "fields": {"state": field}}})
    path = ("fields", "state", "default")
    shows(rule, odd, at=file, path=path, says="one of its values “open” and “paid”")
    few = {"type": "number", "min": 1, "default": 0}
    low = design(schemas={"order": {"name": "Order", "fields": {"state": few}}})
    shows(rule, low, at=file, path=path, says="between min and max")
    fits = {"state": {**field, "default": "open"}, "n": {**few, "default": 1}, "b": {}}
    quiet(rule, design(schemas={"order": {"name": "Order", "fields": fits}}))


SOLD: dict[str, Any] = {
    "name": "Order",
    "fields": [{"name": "id"}, {"name": "total"}, {"name": "state"}],
}


@pytest.mark.parametrize(
    ("spec", "path", "says", "severity"),
    [
        ({"data": {"totall": 1}}, ("data", "totall"), "Did you mean “total”?", "warning"),
        ({"data": [{"total": 1}, {"stat": 1}]}, ("data", 1, "stat"), "“state”?", "warning"),
        ({"patch": {"totl": 1}}, ("patch", "totl"), "Did you mean “total”?", "warning"),
        ({"filter": {"totla": 1}}, ("filter", "totla"), "Did you mean “total”?", "warning"),
        ({"data": {"color": 1}}, ("data", "color"), "“Order” has no field “color”.", "info"),
    ],
)
def test_a_field_that_the_schema_does_not_have_is_reported(
    spec: dict[str, Any], path: tuple[str | int, ...], says: str, severity: str
) -> None:
    step = node("s", "data_store", "end", operation="create", model="order", **spec)
    known = design(flow(step, end()), schemas={"order": SOLD})
    shows("schemas.unknown-field", known, at=f"{HERE}#s", path=("spec", *path), says=says)
    assert [one.severity for one in findings(known) if one.rule.endswith("field")] == [severity]


def test_fields_that_a_schema_has_inherits_or_that_may_be_related_are_fine() -> None:
    base = {"name": "Base", "fields": [{"name": "owner"}]}
    link = {"relationships": [{"name": "items", "target": "Order", "foreign_key": "parent_id"}]}
    whole = {**SOLD, **link, "inherits": "Base"}
    specs: list[dict[str, Any]] = [
        {"data": {"total": 1, "owner": 2, "parent_id": 3, "created_at": 4, "$inc": 5}},
        {"data": "$.order", "filter": {"customer": 1, "$or": []}},
        {"data": {"$ref": "#/order"}},
    ]
    for spec in specs:
        step = node("s", "data_store", "end", operation="create", model="Order", **spec)
        known = design(flow(step, end()), schemas={"order": whole, "base": base})
        quiet("schemas.unknown-field", known)
    step = node("s", "data_store", "end", operation="create", model="Order", data={"x": 1})
    lost = design(flow(step, end()), schemas={"order": {**SOLD, "inherits": "Gone"}})
    quiet("schemas.unknown-field", lost)


def test_the_tools_of_an_agent_write_fields_too() -> None:
    tool = {
        "id": "t",
        "implementation": {"type": "data_store", "model": "Order", "data": {"totall": 1}},
    }
    known = design(
        flow(node("s", "agent_loop", "end", tools=[tool]), end()), schemas={"order": SOLD}
    )
    path = ("spec", "tools", 0, "implementation", "data", "totall")
    shows("schemas.unknown-field", known, at=f"{HERE}#s", path=path, says="“total”?")
