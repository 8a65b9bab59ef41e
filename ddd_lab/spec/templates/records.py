"""Endpoints that create, read, change, delete and list the records of an entity."""

from __future__ import annotations

from collections.abc import Callable

from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.templates._base import (
    ENTITY,
    Given,
    Made,
    Template,
    answer,
    entity_of,
    flow,
    form,
    http,
    refusal,
    step,
)

_STORE_FAILED = "Something went wrong on our side; please try again later"


def create(given: Given) -> FlowData:
    """POST: check what comes in, store it, answer with the new record."""
    entity = entity_of(given)
    return flow(
        given.called(f"Create {entity.spoken}"),
        f"Checks and stores a new {entity.spoken}.",
        http("POST", f"/api/{entity.plural.kebab}"),
        step(
            "check_request",
            "input",
            f"Check the {entity.spoken}",
            form(given.fields),
            {"valid": "store_record", "invalid": "refuse_request"},
        ),
        step(
            "store_record",
            "data_store",
            f"Store the {entity.spoken}",
            {
                "operation": "create",
                "model": entity.pascal,
                "data": {name: f"$.{name}" for name in given.fields},
            },
            {"success": "created", "failure": "store_failed"},
        ),
        answer("created", "Created", 201, {"message": f"The {entity.spoken} was created"}),
        refusal("refuse_request", "Not valid", 422, "Please check what you entered"),
        refusal("store_failed", "Not stored", 500, _STORE_FAILED),
    )


def read(given: Given) -> FlowData:
    """GET one: answer with the record, or that there is none."""
    entity = entity_of(given)
    return flow(
        given.called(f"Get {entity.spoken}"),
        f"Answers with one {entity.spoken}.",
        http("GET", f"/api/{entity.plural.kebab}/{{id}}"),
        *_found(given, "answer_record"),
        answer("answer_record", "Answer", 200, {entity.snake: "$.record"}),
        *_not_found(given),
    )


def update(given: Given) -> FlowData:
    """PUT: check what comes in, find the record, change it."""
    entity = entity_of(given)
    return flow(
        given.called(f"Update {entity.spoken}"),
        f"Checks and stores what changed of a {entity.spoken}.",
        http("PUT", f"/api/{entity.plural.kebab}/{{id}}"),
        step(
            "check_request",
            "input",
            f"Check the {entity.spoken}",
            form(given.fields),
            {"valid": "find_record", "invalid": "refuse_request"},
        ),
        *_found(given, "change_record"),
        step(
            "change_record",
            "data_store",
            f"Change the {entity.spoken}",
            {
                "operation": "update",
                "model": entity.pascal,
                "query": {"id": "$.id"},
                "data": {name: f"$.{name}" for name in given.fields},
            },
            {"success": "updated", "failure": "store_failed"},
        ),
        answer("updated", "Updated", 200, {"message": f"The {entity.spoken} was changed"}),
        refusal("refuse_request", "Not valid", 422, "Please check what you entered"),
        *_not_found(given),
    )


def delete(given: Given) -> FlowData:
    """DELETE: find the record and remove it."""
    entity = entity_of(given)
    return flow(
        given.called(f"Delete {entity.spoken}"),
        f"Removes a {entity.spoken}.",
        http("DELETE", f"/api/{entity.plural.kebab}/{{id}}"),
        *_found(given, "remove_record"),
        step(
            "remove_record",
            "data_store",
            f"Remove the {entity.spoken}",
            {"operation": "delete", "model": entity.pascal, "query": {"id": "$.id"}},
            {"success": "deleted", "failure": "store_failed"},
        ),
        answer("deleted", "Deleted", 200, {"message": f"The {entity.spoken} was removed"}),
        *_not_found(given),
    )


def listing(given: Given) -> FlowData:
    """GET many: one page of records."""
    entity = entity_of(given)
    return flow(
        given.called(f"List {entity.plural.spoken}"),
        f"Answers with one page of {entity.plural.spoken}.",
        http("GET", f"/api/{entity.plural.kebab}"),
        step(
            "check_page",
            "input",
            "Check the page",
            form(
                {
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
            ),
            {"valid": "read_page", "invalid": "refuse_request"},
        ),
        step(
            "read_page",
            "data_store",
            f"Read {entity.plural.spoken}",
            {
                "operation": "read",
                "model": entity.pascal,
                "pagination": {"style": "cursor", "default_limit": 20, "max_limit": 100},
            },
            {"success": "answer_page", "failure": "store_failed"},
        ),
        answer("answer_page", "Answer", 200, {"items": "$.records"}),
        refusal("refuse_request", "Not valid", 422, "Please check the page that you asked for"),
        refusal("store_failed", "Not read", 500, _STORE_FAILED),
    )


def _found(given: Given, then: str) -> tuple[NodeData, ...]:
    entity = entity_of(given)
    return (
        step(
            "find_record",
            "data_store",
            f"Find the {entity.spoken}",
            {"operation": "read", "model": entity.pascal, "query": {"id": "$.id"}},
            {"success": "is_there", "failure": "store_failed"},
        ),
        step(
            "is_there",
            "decision",
            "Is it there?",
            {"condition": "$.record != null"},
            {"true": then, "false": "not_found"},
        ),
    )


def _not_found(given: Given) -> tuple[NodeData, ...]:
    entity = entity_of(given)
    return (
        refusal("not_found", "Not there", 404, f"There is no such {entity.spoken}"),
        refusal("store_failed", "Not stored", 500, _STORE_FAILED),
    )


def _one(make: Callable[[Given], FlowData]) -> Callable[[Given], Made]:
    return lambda given: Made((make(given),), (entity_of(given).pascal,))


def _all(given: Given) -> Made:
    unnamed = Given("", given.domain, given.values, given.fields)
    parts = (create, read, update, delete, listing)
    return Made(tuple(part(unnamed) for part in parts), (entity_of(given).pascal,))


TEMPLATES = (
    Template(
        "crud_api",
        "Create, read, update, delete, list",
        "endpoint",
        "Five endpoints for the records of an entity.",
        _all,
        (ENTITY,),
        several=True,
    ),
    Template(
        "create_record",
        "Create a record",
        "endpoint",
        "Checks a request and stores a new record.",
        _one(create),
        (ENTITY,),
    ),
    Template(
        "read_record",
        "Get a record",
        "endpoint",
        "Answers with one record.",
        _one(read),
        (ENTITY,),
    ),
    Template(
        "update_record",
        "Update a record",
        "endpoint",
        "Checks a request and changes a record.",
        _one(update),
        (ENTITY,),
    ),
    Template(
        "delete_record", "Delete a record", "endpoint", "Removes a record.", _one(delete), (ENTITY,)
    ),
    Template(
        "list_records",
        "List records",
        "endpoint",
        "Answers with one page of records.",
        _one(listing),
        (ENTITY,),
    ),
)
