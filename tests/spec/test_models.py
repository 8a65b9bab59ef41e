"""The files of a design are read in every shape that occurs, and never refuse to be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.spec.models import (
    ArchitectureModel,
    ConfigModel,
    DomainModel,
    ErrorRegistry,
    Misread,
    ProjectFile,
    SchemaModel,
    SystemLayout,
    SystemModel,
)
from tests.spec.flows import read_yaml

Reader = Callable[[Any], tuple[Any, list[Misread]]]
READERS: dict[str, Reader] = {
    "system": SystemModel.read,
    "project": ProjectFile.read,
    "layout": SystemLayout.read,
    "domain": DomainModel.read,
    "schema": SchemaModel.read,
    "errors": ErrorRegistry.read,
    "architecture": ArchitectureModel.read,
    "config": ConfigModel.read,
}


def test_a_system_lists_its_domains_with_their_places() -> None:
    data = {"system": {"name": "shop", "version": 1.0, "domains": [{"name": "orders"}, "stock"]}}
    system, issues = SystemModel.read(data)
    assert not issues
    assert (system.name, system.version) == ("shop", "1.0")
    assert [domain.id for domain in system.domains] == ["orders", "stock"]
    assert system.domains[0].path == ("system", "domains", 0)


def test_a_bare_system_reads_like_a_wrapped_one_and_keeps_what_it_does_not_know() -> None:
    system, issues = SystemModel.read({"name": "shop", "zones": [{"id": "a"}]})
    assert not issues
    assert system.model_extra == {"zones": [{"id": "a"}]}


def test_a_domain_of_the_project_file_is_known_by_its_id_or_its_name_as_a_folder() -> None:
    data = {"domains": [{"name": "Order Desk"}, {"name": "Stock", "id": "warehouse"}]}
    project, _ = ProjectFile.read(data)
    assert [domain.id for domain in project.domains] == ["order-desk", "warehouse"]


def test_a_place_that_is_no_place_is_reported_and_the_others_stay() -> None:
    data = {"system_layout": {"domains": {"a": {"x": 1, "y": 2}, "b": {"x": "left"}}}}
    layout, issues = SystemLayout.read(data)
    assert layout.domains == {"a": (1.0, 2.0)}
    assert [issue.path for issue in issues] == [("system_layout", "domains", "b")]


def test_a_domain_tells_its_events_whatever_their_keys_are() -> None:
    data = {
        "publishes_events": [{"event": "paid", "from_flow": "pay", "schema": "Payment"}, "sent"],
        "consumes_events": [
            {"event": "a", "handled_by_flow": "on-a"},
            {"event": "b", "handled_by": "on-b", "from_domain": "stock"},
            {"event": "c", "from_flow": "stock/count", "handled_by_flow": ["on-c", "on-c-too"]},
        ],
    }
    domain, issues = DomainModel.read(data, id="orders")
    assert not issues
    assert [(wiring.event, wiring.flow) for wiring in domain.publishes] == [
        ("paid", "pay"),
        ("sent", ""),
    ]
    assert domain.publishes[0].schema_name == "Payment"
    assert [(wiring.event, wiring.flow, wiring.domain) for wiring in domain.consumes] == [
        ("a", "on-a", ""),
        ("b", "on-b", "stock"),
        ("c", "on-c", "stock"),
        ("c", "on-c-too", "stock"),
    ]
    assert domain.consumes[3].path == ("consumes_events", 2)
    assert domain.consumes[3].source_flow == "count"


def test_a_domain_knows_its_flows_groups_layout_and_own_errors() -> None:
    data = {
        "domain": {
            "name": "orders",
            "flows": [{"id": "pay", "name": "Pay", "type": "agent"}, "ship"],
            "groups": [{"id": "g", "name": "Group", "flow_ids": ["pay"]}],
            "layout": {"flows": {"pay": {"x": 1, "y": 2}}, "portals": {"stock": {"x": 3, "y": 4}}},
            "errors": {"NO_STOCK": {"http_status": 409, "message": "Nothing left"}},
        }
    }
    domain, issues = DomainModel.read(data)
    assert not issues
    assert domain.id == "orders"
    assert [(flow.id, flow.type) for flow in domain.flows] == [("pay", "agent"), ("ship", "")]
    assert domain.flow("ship") is domain.flows[1]
    assert domain.groups[0].flows == ("pay",)
    assert domain.layout_portals == {"stock": (3.0, 4.0)}
    assert domain.errors["NO_STOCK"].path == ("domain", "errors", "NO_STOCK")


def test_one_bad_entry_costs_only_itself() -> None:
    data = {"flows": [{"id": "pay", "tags": {"a": 1}}, 3.5, [], {"description": "who am I?"}]}
    domain, issues = DomainModel.read(data)
    assert [flow.id for flow in domain.flows] == ["pay", "3.5"]
    assert [issue.path for issue in issues] == [("flows", 0, "tags"), ("flows", 2), ("flows", 3)]
    assert issues[0].message == "“tags” must be a list, not a map."


@pytest.mark.parametrize("wrapped", [True, False])
def test_schema_fields_stand_in_a_map_or_in_a_list(wrapped: bool) -> None:
    as_map = {"email": {"type": "string", "max_length": 9, "enum": ["a"]}, "age": "integer"}
    as_list = [
        {"name": "email", "type": "string", "constraints": {"max_length": 9}, "values": ["a"]},
        {"name": "age", "type": "integer"},
    ]
    found = []
    for fields in (as_map, as_list):
        data = {"name": "User", "fields": fields}
        schema, issues = SchemaModel.read({"schema": data} if wrapped else data)
        assert not issues
        found.append([(f.name, f.type, f.max_length, f.enum) for f in schema.fields])
    assert found[0] == found[1] == [("email", "string", 9, ("a",)), ("age", "integer", None, ())]


def test_a_schema_tells_its_relationships_indexes_and_transitions() -> None:
    data = {
        "name": "Order",
        "inherits": "_base",
        "relationships": [{"name": "user", "type": "belongs_to", "model": "User"}],
        "indexes": [{"fields": ["a", "b"], "unique": True}],
        "transitions": {"field": "state", "states": [{"from": "open", "to": ["paid"]}]},
    }
    schema, issues = SchemaModel.read(data)
    assert not issues
    assert schema.relationships[0].target == "User"
    assert schema.indexes[0].fields == ("a", "b")
    assert schema.transitions is not None
    assert schema.transitions.states[0].targets == ("paid",)
    assert schema.transitions.states[0].path == ("transitions", "states", 0)


def test_base_and_event_schemas_say_what_they_are() -> None:
    assert SchemaModel.read({"base_model": {"name": "Base"}})[0].kind == "base"
    assert SchemaModel.read({"schema": {"kind": "event", "event": "a.b"}})[0].kind == "event"
    assert SchemaModel.read({"fields": {}}, stem="weekly-digest")[0].name == "WeeklyDigest"


_GONE = {"status": 410, "message": "Gone"}


@pytest.mark.parametrize(
    ("data", "category"),
    [
        ({"errors": {"GONE": {"http_status": 410, "message": "Gone"}}}, ""),
        ({"errors": {"client": {"GONE": {"http_status": 410, "message": "Gone"}}}}, "client"),
        ({"client": {"GONE": {"http_status": "410", "message_template": "Gone"}}}, "client"),
        ({"errors": [{"code": "GONE", "http_status": 410, "message": "Gone"}]}, ""),
        (
            {"categories": [{"name": "client", "codes": [{"code": "GONE", **_GONE}]}]},
            "client",
        ),
    ],
)
def test_error_codes_are_found_in_every_layout(data: Any, category: str) -> None:
    registry, issues = ErrorRegistry.read(data)
    assert not issues
    code = registry.codes["GONE"]
    assert (code.http_status, code.message, code.category) == (410, "Gone", category)


def test_a_code_that_stands_twice_is_reported_where_it_stands_again() -> None:
    data = {"errors": {"a": {"X": {"http_status": 400}}, "b": {"X": {"http_status": 500}}}}
    registry, issues = ErrorRegistry.read(data)
    assert registry.codes["X"].http_status == 400
    assert [issue.path for issue in issues] == [("errors", "b", "X")]


@pytest.mark.parametrize(
    "data",
    [
        {"required": [{"name": "PORT", "type": "integer", "default": 1}]},
        {"required": {"PORT": {"type": "integer", "default": 1}}},
        {"config": {"version": "1", "required": {"PORT": {"type": "integer", "default": 1}}}},
        {"variables": [{"name": "PORT", "type": "integer", "default": 1, "required": True}]},
    ],
)
def test_variables_are_found_in_every_shape(data: Any) -> None:
    config, issues = ConfigModel.read(data)
    assert not issues
    (port,) = config.variables
    assert (port.name, port.type, port.default, port.required) == ("PORT", "integer", 1, True)
    assert config.variable("PORT") is port


def test_an_architecture_has_every_section_and_says_what_does_not_fit() -> None:
    data = {
        "architecture": {
            "infrastructure": {"database": {"type": "postgresql", "pool": {"max_size": "many"}}},
            "testing": None,
            "made_up": 1,
        }
    }
    architecture, issues = ArchitectureModel.read(data)
    database = architecture.infrastructure.database
    assert (database.type, database.pool.max_size) == ("postgresql", None)
    assert architecture.cross_cutting.security.rate_limiting.default is None
    (issue,) = issues
    assert issue.path == ("architecture", "infrastructure", "database", "pool", "max_size")
    assert issue.message == "“max_size” must be a whole number, not “many”."


def test_free_text_of_the_later_format_is_no_mistake() -> None:
    data = {"project_structure": {"src/": "code"}, "infrastructure": "Docker", "testing": {}}
    architecture, issues = ArchitectureModel.read(data)
    assert architecture.free_form
    assert not issues
    assert architecture.raw["infrastructure"] == "Docker"


KEYS = """
system domain schema errors config architecture name id domains flows publishes_events event code
consumes_events layout fields type path required variables http_status transitions states indexes
groups infrastructure database pool api constraints x y
"""
keys = st.sampled_from(KEYS.split())
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(read=st.sampled_from(list(READERS.values())), data=anything)
def test_nothing_is_too_strange_to_read(read: Reader, data: Any) -> None:
    _, issues = read(data)
    for issue in issues:
        place = data
        for step in issue.path:
            place = place[step]


def test_every_file_of_real_projects_is_read_without_an_issue(corpus: Path) -> None:
    names = {
        "system.yaml": "system",
        "system-layout.yaml": "layout",
        "domain.yaml": "domain",
        "errors.yaml": "errors",
        "errors-template.yaml": "errors",
        "config.yaml": "config",
        "config-template.yaml": "config",
        "architecture.yaml": "architecture",
        "architecture-template.yaml": "architecture",
    }
    broken = corpus / "todo-app/specs/architecture.yaml"  # no YAML at all
    read = 0
    for path in sorted(corpus.rglob("*.yaml")):
        kind = "schema" if path.parent.name == "schemas" else names.get(path.name)
        if kind is not None and path != broken:
            assert READERS[kind](read_yaml(path))[1] == [], path
            read += 1
    for path in corpus.rglob("ddd-project.json"):
        assert ProjectFile.read(json.loads(path.read_text(encoding="utf-8")))[1] == [], path
    assert read > 40


def test_the_large_error_registry_is_found_whole(corpus: Path) -> None:
    data = read_yaml(corpus / "obligo/templates/errors-template.yaml")
    registry, _ = ErrorRegistry.read(data)
    assert len(registry.codes) == 56
    assert len({code.category for code in registry.codes.values()}) == 10
