"""What a step reads has been put there by a step before it, where that can be told."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.spec.models.flow import FlowData, NodeData
from tests.checks.builders import ask, end, flow, node, quiet, shows, trigger

RULE = "data.unknown-field"
FIELDS = {"email": {"type": "string"}, "total": {"type": "number"}}


def _reads(path: str, *between: NodeData, start: NodeData | None = None, **spec: Any) -> FlowData:
    first = between[0].id if between else "end"
    taken = node("in", "input", {"valid": first, "invalid": "bad"}, fields=FIELDS)
    last = end(body={"for": path}, **spec)
    return flow(taken, *between, last, end("bad", 422), start=start or trigger())


def test_a_field_that_nothing_provides_is_a_warning() -> None:
    path = ("spec", "body", "for")
    wrong = _reads("$.e_mail")
    shows(RULE, wrong, at="orders/place-order#end", path=path, says="provides “e_mail”")
    shows(RULE, wrong, at="orders/place-order#end", path=path, says="Did you mean “email”?")
    asked = _reads("$.sum", ask("big", "end", "end"))
    shows(RULE, asked, at="orders/place-order#end", path=path, says="“email” and “total”")


def test_what_may_have_been_provided_is_left_alone() -> None:
    quiet(
        RULE,
        _reads("$.email"),
        _reads("$.user.id"),
        _reads("$.order", node("load", "data_store", {"success": "end", "failure": "bad"})),
        _reads("$.order", node("work", to="end")),
        _reads("$.order_id", start=trigger("in", type="http", method="PUT", path="/o/{order_id}")),
        _reads("no path at all"),
        flow(end(body="$.anything")),
    )


def test_what_a_step_gets_back_is_no_field_of_the_flow() -> None:
    called = node("call", "sub_flow", "end", flow_ref="a/b", output_mapping={"member": "$.member"})
    quiet(RULE, _reads("$.email", called))


def test_an_input_of_which_the_fields_are_not_known_says_nothing() -> None:
    lines = {"valid": "end", "invalid": "end"}
    free = node("in", "input", lines, fields={"$ref": "/schemas/Order"})
    quiet(RULE, flow(free, end(body="$.anything")))


BODY = {"url": "$.item.url", "nth": "$.index"}


@pytest.mark.parametrize(
    "step",
    [
        node("s", "batch", "end", input="$.total", operation_template={"config": BODY}),
        node("s", "batch", "end", input="$.total", configs=[BODY]),
        node("s", "batch", "end", input="$.total", iterator="row_", configs=["$.row_.x"]),
        node("s", "loop", "end", collection="$.total", iterator="order", until="$.order.ok"),
        node("s", "parallel", "end", branches=[{"id": "a", "config": BODY}]),
        node("s", "data_store", "end", operation="create_many", model="M", data=BODY),
        node(
            "s",
            "agent_loop",
            "end",
            tools=[{"id": "t", "parameters": {"q": "string"}, "implementation": {"for": "$.q"}}],
        ),
    ],
)
def test_what_a_step_provides_itself_needs_nothing_before_it(step: NodeData) -> None:
    taken = node("in", "input", {"valid": "s", "invalid": "end"}, fields=FIELDS)
    quiet(RULE, flow(taken, step, end()))


def test_only_a_step_for_many_provides_its_item() -> None:
    path = ("spec", "body", "for")
    shows(RULE, _reads("$.item.url"), at="orders/place-order#end", path=path, says="“item”")
    many = node("s", "batch", "end", input="$.total", configs=["$.itme.x"])
    taken = node("in", "input", {"valid": "s", "invalid": "end"}, fields=FIELDS)
    wrong = flow(taken, many, end())
    shows(RULE, wrong, at="orders/place-order#s", path=("spec", "configs", 0), says="“itme”")
