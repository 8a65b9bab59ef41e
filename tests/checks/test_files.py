"""What the rules say of files that are broken or lie in the wrong place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.checks import check
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.problem import UnlocatedProblem
from tests.checks.builders import design, fine, quiet, shows

FLOW = """\
flow: {id: place, name: Place, domain: orders}
trigger: {type: http, method: POST, path: /orders}
nodes:
  - id: load
    type: data_store
    spec: {operation: read, model: UserRole}
    connections: {success: end, failure: end}
  - {id: end, type: terminal, spec: {status: 200}}
"""
ORDERS = "specs/domains/orders/domain.yaml"
PLACE = "specs/domains/orders/flows/place.yaml"
LISTED = "name: orders\nflows: [{id: place}]\n"
BROKEN = "name: [\n"


def _found(root: Path, files: Mapping[str, str]) -> list[UnlocatedProblem]:
    for path, text in {ORDERS: LISTED, PLACE: FLOW, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return check(Workspace(root).design)


RULE = {"specs/schemas/rule.yaml": "name: Rule\nfields: [{name: id, type: string}]\n"}


@pytest.mark.parametrize("stem", ["user_role", "user-role", "UserRole", "user_roles"])
def test_a_schema_whose_file_is_broken_counts_as_there(tmp_path: Path, stem: str) -> None:
    assert _found(tmp_path, {**RULE, f"specs/schemas/{stem}.yaml": BROKEN}) == []


def test_a_schema_that_is_not_there_is_found_beside_a_broken_one(tmp_path: Path) -> None:
    (found,) = _found(tmp_path, {**RULE, "specs/schemas/role.yaml": BROKEN})
    assert found.rule == "schemas.unknown-model"


CONSUMES = f"{LISTED}consumes_events: [{{event: paid, handled_by_flow: place}}]\n"
PUBLISHES = f"{LISTED}publishes_events: [{{event: placed}}]\n"
CALLED = FLOW.replace("trigger: {type: http, method: POST, path: /orders}\n", "")


@pytest.mark.parametrize(
    "broken", ["specs/domains/pay/domain.yaml", "specs/domains/pay/flows/a.yaml"]
)
@pytest.mark.parametrize(
    ("files", "rule"),
    [
        ({ORDERS: CONSUMES}, "events.no-publisher"),
        ({ORDERS: PUBLISHES}, "events.no-consumer"),
        ({PLACE: CALLED}, "graph.no-trigger"),
    ],
)
def test_what_nobody_does_a_broken_file_may_do(
    tmp_path: Path, files: dict[str, str], rule: str, broken: str
) -> None:
    assert rule in {one.rule for one in _found(tmp_path, files)}
    assert rule not in {one.rule for one in _found(tmp_path, {**files, broken: BROKEN})}


def test_a_domain_whose_file_is_broken_is_not_said_to_lack_its_flows(tmp_path: Path) -> None:
    assert _found(tmp_path, {ORDERS: BROKEN}) == []


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("specs/domains/orders/flows/sub/pay.yaml", "pay", "specs/domains/orders/flows/pay.yaml"),
        ("specs/domains/orders/pay.yaml", "pay", "specs/domains/orders/flows/pay.yaml"),
        ("specs/domains/orders/flow/pay.yml", "pay", "specs/domains/orders/flows/pay.yaml"),
        ("specs/flows/pay.yaml", "pay", "specs/domains/orders/flows/pay.yaml"),
        ("specs/pay.yaml", "pay", "specs/domains/orders/flows/pay.yaml"),
    ],
)
def test_a_flow_in_the_wrong_place_is_told_where_it_belongs(
    tmp_path: Path, path: str, text: str, says: str
) -> None:
    (found,) = _found(tmp_path, {path: FLOW.replace("place", text)})
    assert (found.rule, found.place.where) == ("domains.stray-file", path.replace(".yml", ".yaml"))
    assert (
        f"This flow is not read, because its file is in the wrong place. Move it to {says}."
        in found.message
    )


def test_domains_and_schemas_may_be_in_the_wrong_place_too() -> None:
    for path, data, says in (
        ("specs/orders/domain.yaml", {"name": "orders", "flows": []}, "domains/orders/domain"),
        ("specs/domains/orders/schemas/a.yaml", {"name": "A", "fields": []}, "schemas/a.yaml"),
        ("specs/shared/a.yaml", {"schema": {"name": "A", "fields": []}}, "schemas/a.yaml"),
    ):
        stray = design(fine(), plain={path: data})
        shows("domains.stray-file", stray, at=path, path=(), says=f"Move it to specs/{says}")
    other = {"specs/shared/types.yaml": {"enums": {}}, "specs/ui/list.yaml": {"sections": []}}
    quiet("domains.stray-file", design(fine(), plain=other))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: load", "id: load\n    label: {{name}}"),
        ("id: load", "id: load\n    label: {{ user.name }}"),
        ("model: UserRole", "model: {{model}}"),
        ("model: UserRole", "model: Order, data: {a: {{a}}, b: 1}"),
        ("model: UserRole", "model: Order, data: [{{a}}]"),
        ("name: Place", "name: {{name}}"),
    ],
)
def test_a_template_without_quotes_is_said_with_its_cure(
    tmp_path: Path, old: str, new: str
) -> None:
    _found(tmp_path, {PLACE: FLOW.replace(old, new)})
    problems = ddd.open(tmp_path, watch=False).problems
    assert [(one.rule, one.path) for one in problems] == [("file.bare-template", PLACE)]
    assert "Put quotes around the whole value." in problems[0].message


def test_a_template_in_quotes_and_a_map_in_a_map_are_fine(tmp_path: Path) -> None:
    fine = FLOW.replace("id: load", 'id: load\n    label: "{{name}}"')
    _found(tmp_path, {PLACE: fine.replace("model: UserRole", "model: A, data: {a: {b: 1}}")})
    assert ddd.open(tmp_path, watch=False).problems == []


def test_a_label_that_is_no_text_is_said(tmp_path: Path) -> None:
    _found(tmp_path, {PLACE: FLOW.replace("id: load", "id: load\n    label: [Load]")})
    (problem,) = ddd.open(tmp_path, watch=False).problems
    assert problem.message == "“label” must be text. Put quotes around it."
