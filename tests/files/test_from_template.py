"""Flows that begin with a template: nothing is wrong with any of them, whatever the design."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.templates import templates
from tests.corpus import ROOT
from tests.files.refactor.bakery import contents, opened

EMPTY = {
    "specs/system.yaml": "system:\n  name: shop\n  domains:\n    - {name: orders}\n",
    "specs/domains/orders/domain.yaml": (
        "domain:\n  name: orders\n  flows: []\n  publishes_events: []\n  consumes_events: []\n"
    ),
}


def empty(root: Path) -> tuple[Project, str]:
    for path, text in EMPTY.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return Project(root, watch=False), "orders"


def sample(root: Path) -> tuple[Project, str]:
    shutil.copytree(ROOT / "notebooks/fernhill", root, dirs_exist_ok=True)
    return Project(root, watch=False), "lending"


def said(project: Project) -> set[tuple[str, str]]:
    return {(problem.rule, problem.message) for problem in project.problems}


@pytest.mark.parametrize("design", [empty, sample])
def test_no_template_makes_anything_that_a_check_complains_of(
    tmp_path: Path, design: Callable[[Path], tuple[Project, str]]
) -> None:
    project, domain = design(tmp_path)
    before = said(project)
    for template in templates():
        made = project.new_flows(template, domain)
        assert made, template
        assert said(project) == before, template
        project.undo()
        assert not project.dirty, f"{template} is more than one step"


def test_templates_are_still_free_of_findings_when_they_are_read_again(tmp_path: Path) -> None:
    project, domain = empty(tmp_path)
    for number, template in enumerate(templates().values()):
        name = "" if template.several else f"Flow {number}"
        values = {"entity": f"Thing{number}"} if template.parameters[0].name == "entity" else {}
        project.workbench.new_flows(template.id, domain, name, **values)
    project.save()
    again = Project(tmp_path, watch=False)
    assert not again.problems
    assert len(again.flows) == len(templates()) + 4 + 2


def test_crud_for_an_entity_makes_five_flows_and_its_schema_in_one_step(tmp_path: Path) -> None:
    project, _ = empty(tmp_path)
    before = contents(tmp_path)
    made = project.new_flows("CRUD_API<OrderLine>", "orders")
    assert [flow.key for flow in made] == [
        "orders/create-order-line",
        "orders/get-order-line",
        "orders/update-order-line",
        "orders/delete-order-line",
        "orders/list-order-lines",
    ]
    assert "order-line" in project.design.schemas
    project.save()
    assert (tmp_path / "specs/schemas/order-line.yaml").read_text().startswith("schema:\n")
    project.undo()
    project.save()
    assert contents(tmp_path) == before


def test_without_an_entity_it_is_about_what_the_domain_stores(tmp_path: Path) -> None:
    project, domain = empty(tmp_path)
    project.new_flow("Keep a parcel", domain, template="create_record", entity="Parcel")
    project.save()
    flow = project.new_flow("Every night", domain, template="scheduled_job")
    assert not [path for path in project.dirty if "schemas" in path]
    assert "Parcel" in {node.spec.get("model") for node in flow.data.nodes}


def test_an_entity_that_has_a_schema_is_used_as_it_is(tmp_path: Path) -> None:
    project, domain = sample(tmp_path)
    flow = project.new_flow("Note a loan", domain, template="create_record", entity="Loan")
    assert not [path for path in project.dirty if "schemas" in path]
    fields = flow.nodes["check_request"].spec.fields
    assert set(fields) == {
        "member_id",
        "copy_barcode",
        "due_on",
        "returned_at",
        "renewals",
        "last_reminded_at",
    }


def test_an_event_worker_waits_for_an_event_that_is_there(tmp_path: Path) -> None:
    project = opened(tmp_path)
    flow = project.new_flow("", "orders", template="EVENT_WORKER<order.placed>")
    assert flow.trigger is not None
    assert flow.trigger.spec.event == "order.placed"
    wiring = project.domains["orders"].consumes[-1]
    assert (wiring.event, wiring.flow) == ("order.placed", "handle-order-placed")


def test_an_event_that_nobody_publishes_is_declared_where_it_enters(tmp_path: Path) -> None:
    project, domain = empty(tmp_path)
    project.new_flow("", domain, template="event_worker", event="payment.received")
    assert [w.event for w in project.domains[domain].publishes] == ["payment.received"]


def test_two_flows_of_one_template_do_not_share_an_endpoint(tmp_path: Path) -> None:
    project, domain = empty(tmp_path)
    project.new_flow("First", domain, template="approval")
    second = project.new_flow("Second", domain, template="approval")
    assert second.trigger is not None
    assert second.trigger.spec.path == "/api/requests/approval-2"
    assert not project.problems


@pytest.mark.parametrize(
    ("template", "values", "reason"),
    [
        ("nothing", {}, "there is no template 'nothing'; there are crud_api"),
        ("approval", {"colour": "red"}, "no parameter 'colour'; it has request"),
        ("crud_api<A, B>", {}, "no parameter 'B'"),
        ("crud_api", {"entity": "…"}, "the template crud_api needs entity"),
    ],
)
def test_what_a_template_cannot_do_is_refused(
    tmp_path: Path, template: str, values: dict[str, str], reason: str
) -> None:
    project, domain = empty(tmp_path)
    with pytest.raises(EditError, match=reason):
        project.workbench.new_flows(template, domain, **values)
    assert not project.dirty


def test_a_name_that_is_taken_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    project, domain = empty(tmp_path)
    project.new_flow("Get Order", domain)
    dirty = project.dirty
    with pytest.raises(EditError, match="already a flow 'get-order'"):
        project.workbench.new_flows("crud_api", domain, entity="Order")
    assert project.dirty == dirty
