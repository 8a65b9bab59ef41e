"""Error codes that flows answer with are in the registry."""

from __future__ import annotations

import pytest

from ddd_lab.spec.models.flow import NodeData
from tests.checks.builders import design, end, findings, flow, node, quiet, shows

RULE = "errors.unknown-code"
REGISTRY = {"errors": {"VALIDATION_ERROR": {"http_status": 422}, "NOT_FOUND": {"http_status": 404}}}
LINES = {"true": "end", "false": "end"}

ANSWERS = [
    (end("stop", body={"code": "NOT_FUOND"}), ("spec", "body", "code")),
    (end("stop", body={"error": "NOT_FUOND"}), ("spec", "body", "error")),
    (end("stop", error="NOT_FUOND"), ("spec", "error")),
    (end("stop", error_code="NOT_FUOND"), ("spec", "error_code")),
    (
        node("stop", "decision", LINES, on_failure={"body": {"code": "NOT_FUOND"}}),
        ("spec", "on_failure", "body", "code"),
    ),
    (
        node("stop", "decision", LINES, on_true={"error_code": "NOT_FUOND"}),
        ("spec", "on_true", "error_code"),
    ),
    (
        node("stop", "service_call", {"success": "end"}, error_mapping={"404": "NOT_FUOND"}),
        ("spec", "error_mapping", "404"),
    ),
]


@pytest.mark.parametrize(("step", "path"), ANSWERS, ids=str)
def test_a_code_that_is_not_in_the_registry_is_a_warning(
    step: NodeData, path: tuple[str, ...]
) -> None:
    wrong = design(flow(step, end()), errors=REGISTRY)
    says = "Did you mean “NOT_FOUND”?"
    shows(RULE, wrong, at="orders/place-order#stop", path=path, says=says)


def test_codes_of_the_registry_and_free_text_are_fine() -> None:
    for body in (
        {"error": "NOT_FOUND"},
        {"error": "Nothing was found."},
        {"error": "$.error", "code": "$.code"},
        {"error": "Oh", "code": 404},
    ):
        quiet(RULE, design(flow(end(body=body)), errors=REGISTRY))


def test_without_a_registry_nothing_is_checked() -> None:
    quiet(RULE, design(flow(end(body={"code": "NOT_FUOND"}))))


def test_a_domain_may_have_codes_of_its_own() -> None:
    own = {"orders": {"errors": {"SOLD_OUT": {"http_status": 409}}}}
    quiet(RULE, design(flow(end(body={"code": "SOLD_OUT"})), errors=REGISTRY, domains=own))


def test_an_answer_has_the_status_of_its_error() -> None:
    rule = "errors.other-status"
    registry = {"errors": {"NO_STOCK": {"http_status": 409, "message": "Sold out."}}}
    other = design(flow(end("end", 400, body={"code": "NO_STOCK"})), errors=registry)
    place = "orders/place-order#end"
    shows(rule, other, at=place, path=("spec", "status"), says="the registry says 409")
    same = design(flow(end("end", 409, body={"code": "NO_STOCK"})), errors=registry)
    quiet(rule, same, design(flow(end("end", 400, body={"code": "NO_STOCK"}))))


def test_an_error_has_a_status_that_http_has() -> None:
    rule = "errors.status"
    odd = design(errors={"errors": {"NO_STOCK": {"http_status": 4090, "message": "x"}}})
    path = ("errors", "NO_STOCK", "http_status")
    shows(rule, odd, at="specs/shared/errors.yaml", path=path, says="from 100 to 599")
    quiet(rule, design(errors={"errors": {"NO_STOCK": {"http_status": 409}}}))


def test_a_code_that_is_said_twice_in_one_answer_is_one_finding() -> None:
    body = {"error": "LATE_ORDER", "code": "LATE_ORDER"}
    answer = flow(node("charge", to="end"), end(status=400, error_code="LATE_ORDER", body=body))
    known = design(answer, errors={"LATE_ORDER": {"http_status": 409}})
    assert [one.rule for one in findings(known)] == ["errors.other-status"]
    unknown = design(answer, errors={"OTHER": {"http_status": 409}})
    assert [one.rule for one in findings(unknown)] == ["errors.unknown-code"]
