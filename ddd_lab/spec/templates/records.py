"""Endpoints that create, read, change, delete and list the records of an entity."""

from __future__ import annotations

from collections.abc import Callable

from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.templates._base import (
    ENTITY,
    Template,
    TemplateFlows,
    TemplateInput,
    answer,
    check,
    flow,
    http,
    is_there,
    refusal,
    store,
    template,
)

_STORE_FAILED = "Something went wrong on our side; please try again later"
_ONE = {"query": {"id": "$.id"}}


def create(inputs: TemplateInput) -> FlowData:
    """POST: check what comes in, store it, answer with the new record."""
    entity = inputs.entity
    return flow(
        inputs.called(f"Create {entity.spoken}"),
        f"Checks and stores a new {entity.spoken}.",
        http("POST", f"/api/{entity.plural.kebab}"),
        check("check_request", f"Check the {entity.spoken}", inputs.fields, "store_record"),
        store(
            "store_record",
            f"Store the {entity.spoken}",
            "create",
            entity,
            "created",
            **_data(inputs),
        ),
        answer("created", "Created", 201, {"message": f"The {entity.spoken} was created"}),
        _refused("Please check what you entered"),
        refusal("store_failed", "Not stored", 500, _STORE_FAILED),
    )


def read(inputs: TemplateInput) -> FlowData:
    """GET one: answer with the record, or that there is none."""
    entity = inputs.entity
    return flow(
        inputs.called(f"Get {entity.spoken}"),
        f"Answers with one {entity.spoken}.",
        http("GET", f"/api/{entity.plural.kebab}/{{id}}"),
        *_found(inputs, "answer_record"),
        answer("answer_record", "Answer", 200, {entity.snake: "$.record"}),
        *_not_found(inputs),
    )


def update(inputs: TemplateInput) -> FlowData:
    """PUT: check what comes in, find the record, change it."""
    entity = inputs.entity
    settings = {**_ONE, **_data(inputs)}
    return flow(
        inputs.called(f"Update {entity.spoken}"),
        f"Checks and stores what changed of a {entity.spoken}.",
        http("PUT", f"/api/{entity.plural.kebab}/{{id}}"),
        check("check_request", f"Check the {entity.spoken}", inputs.fields, "find_record"),
        *_found(inputs, "change_record"),
        store(
            "change_record", f"Change the {entity.spoken}", "update", entity, "updated", **settings
        ),
        answer("updated", "Updated", 200, {"message": f"The {entity.spoken} was changed"}),
        _refused("Please check what you entered"),
        *_not_found(inputs),
    )


def delete(inputs: TemplateInput) -> FlowData:
    """DELETE: find the record and remove it."""
    entity = inputs.entity
    return flow(
        inputs.called(f"Delete {entity.spoken}"),
        f"Removes a {entity.spoken}.",
        http("DELETE", f"/api/{entity.plural.kebab}/{{id}}"),
        *_found(inputs, "remove_record"),
        store("remove_record", f"Remove the {entity.spoken}", "delete", entity, "deleted", **_ONE),
        answer("deleted", "Deleted", 200, {"message": f"The {entity.spoken} was removed"}),
        *_not_found(inputs),
    )


def listing(inputs: TemplateInput) -> FlowData:
    """GET many: one page of records."""
    entity, many = inputs.entity, inputs.entity.plural
    page = {
        "limit": {
            "type": "integer",
            "required": False,
            "min": 1,
            "max": 100,
            "error": "Between 1 and 100 at a time",
        },
        "cursor": {
            "type": "string",
            "required": False,
            "max_length": 200,
            "error": "This page is not there",
        },
    }
    pagination = {"style": "cursor", "default_limit": 20, "max_limit": 100}
    return flow(
        inputs.called(f"List {many.spoken}"),
        f"Answers with one page of {many.spoken}.",
        http("GET", f"/api/{many.kebab}"),
        check("check_page", "Check the page", page, "read_page"),
        store(
            "read_page", f"Read {many.spoken}", "read", entity, "answer_page", pagination=pagination
        ),
        answer("answer_page", "Answer", 200, {"items": "$.records"}),
        _refused("Please check the page that you asked for"),
        refusal("store_failed", "Not read", 500, _STORE_FAILED),
    )


def _data(inputs: TemplateInput) -> dict[str, dict[str, str]]:
    return {"data": {name: f"$.{name}" for name in inputs.fields}}


def _refused(message: str) -> NodeData:
    return refusal("refuse_request", "Not valid", 422, message)


def _found(inputs: TemplateInput, then: str) -> tuple[NodeData, ...]:
    label = f"Find the {inputs.entity.spoken}"
    return (store("find_record", label, "read", inputs.entity, "is_there", **_ONE), is_there(then))


def _not_found(inputs: TemplateInput) -> tuple[NodeData, ...]:
    return (
        refusal("not_found", "Not there", 404, f"There is no such {inputs.entity.spoken}"),
        refusal("store_failed", "Not stored", 500, _STORE_FAILED),
    )


def _one(make: Callable[[TemplateInput], FlowData]) -> Callable[[TemplateInput], TemplateFlows]:
    return lambda inputs: TemplateFlows((make(inputs),), (inputs.entity.pascal,))


@template("crud_api", "Create, read, update, delete, list", "endpoint", ENTITY, several=True)
def _all(inputs: TemplateInput) -> TemplateFlows:
    """Five endpoints for the records of an entity."""
    unnamed = TemplateInput("", inputs.domain, inputs.values, inputs.fields)
    parts = (create, read, update, delete, listing)
    return TemplateFlows(tuple(part(unnamed) for part in parts), (inputs.entity.pascal,))


_SINGLE: tuple[tuple[str, str, str, Callable[[TemplateInput], FlowData]], ...] = (
    ("create_record", "Create a record", "Checks a request and stores a new record.", create),
    ("read_record", "Get a record", "Answers with one record.", read),
    ("update_record", "Update a record", "Checks a request and changes a record.", update),
    ("delete_record", "Delete a record", "Removes a record.", delete),
    ("list_records", "List records", "Answers with one page of records.", listing),
)

TEMPLATES = (
    _all,
    *(
        Template(id, title, "endpoint", help, _one(make), (ENTITY,))
        for id, title, help, make in _SINGLE
    ),
)
