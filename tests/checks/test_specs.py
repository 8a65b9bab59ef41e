"""Settings are there, of the right kind, and speak the words of their type."""

from __future__ import annotations

from typing import Any

import pytest

from ddd_lab.spec.models.flow import FlowData
from tests.checks.builders import end, findings, fine, flow, node, quiet, shows

HERE = "orders/place-order"


def test_an_unknown_type_is_a_warning_and_nothing_else() -> None:
    odd = flow(node("odd", "proces", {"sideways": "end"}), end())
    says = "Did you mean “process”?"
    shows("specs.unknown-type", odd, at=f"{HERE}#odd", path=("type",), says=says)
    quiet("wiring.unknown-output", odd)
    quiet("specs.unknown-type", fine())


def test_a_required_setting_that_is_blank_is_a_warning() -> None:
    lines = {"success": "end", "failure": "end"}
    bare = flow(node("save", "data_store", lines, operation="create", model="  "), end())
    at, path = f"{HERE}#save", ("spec", "model")
    shows(
        "specs.required",
        bare,
        at=at,
        path=path,
        says="Data store “save” has no schema yet. Fill it in.",
    )
    for given in ({"model": "Order"}, {"entity": "Order"}, {"store": "cart"}):
        quiet("specs.required", flow(node("s", "data_store", lines, operation="read", **given)))


def test_a_setting_may_stand_in_a_part_of_the_file() -> None:
    agent = node(
        "agent",
        "agent_loop",
        {"done": "end"},
        config={"$ref": "#/agent_config"},
        tools=[{"id": "answer", "is_terminal": True}],
    )
    quiet("specs.required", flow(agent, end(), extra={"agent_config": {"model": "m"}}))


def test_a_value_of_the_wrong_kind_is_a_warning() -> None:
    lines = {"body": "end", "done": "end"}
    odd = flow(node("each", "loop", lines, collection={"a": 1}, iterator="x"), end())
    at, path = f"{HERE}#each", ("spec", "collection")
    shows("specs.type", odd, at=at, path=path, says="is a map")
    quiet("specs.type", flow(node("each", "loop", lines, collection="$.items", iterator="x")))


def test_an_expression_may_stand_for_any_value() -> None:
    tries = node("agent", "agent_loop", max_iterations="$.tries", tools={"$ref": "#/tools"})
    quiet("specs.type", flow(tries, end()))


def test_the_wrong_kind_deep_inside_is_reported_where_it_is() -> None:
    option = {"id": "approve", "requires_input": {"yes": True}}
    gate = flow(node("gate", "human_gate", {"approve": "end"}, approval_options=[option]), end())
    path = ("spec", "approval_options", 0, "requires_input")
    shows("specs.type", gate, at=f"{HERE}#gate", path=path, says="true or false")


def test_a_word_that_a_setting_does_not_know_is_a_warning() -> None:
    lines = {"success": "end", "failure": "end"}
    odd = flow(node("save", "data_store", lines, operation="craete", model="Order"), end())
    at, path = f"{HERE}#save", ("spec", "operation")
    shows("specs.word", odd, at=at, path=path, says="Did you mean “create”?")
    asked = node("save", "data_store", lines, operation="$.operation", model="Order")
    quiet("specs.word", flow(asked, end()), fine())


def test_words_inside_lists_are_looked_at_too() -> None:
    fields = [{"name": "email", "type": "strnig"}]
    lines = {"valid": "end", "invalid": "end"}
    odd = flow(node("ask", "input", lines, fields=fields), end())
    path = ("spec", "fields", 0, "type")
    shows("specs.word", odd, at=f"{HERE}#ask", path=path, says="Did you mean “string”?")
    listed = [{"name": "tags", "type": "string[]"}]
    quiet("specs.word", flow(node("ask", "input", lines, fields=listed), end()))


def test_a_setting_that_is_nearly_a_known_one_is_a_warning() -> None:
    rule = "specs.misspelt-key"
    lines = {"success": "end", "failure": "end"}

    def call(**spec: Any) -> FlowData:
        return flow(node("call", "service_call", lines, method="GET", url="/", **spec), end())

    at = "orders/place-order#call"
    for key in ("timout_ms", "timeoutt_ms", "tiemout_ms", "timeaut_ms"):
        shows(rule, call(**{key: 5}), at=at, path=("spec", key), says="Did you mean “timeout_ms”")
    quiet(rule, call(timout_ms=5, timeout_ms=5), call(owner="team-a", hdr={}))


def test_a_field_without_words_among_those_with_words_is_advice() -> None:
    rule = "specs.error-text"
    lines = {"valid": "end", "invalid": "end"}

    def takes(**fields: Any) -> FlowData:
        return flow(node("in", "input", lines, fields=fields), end())

    told = {"type": "string", "required": True, "error": "Tell us your name."}
    silent = {"type": "string", "min_length": 2}
    path = ("spec", "fields", "b", "error")
    at = "orders/place-order#in"
    shows(rule, takes(a=told, b=silent), at=at, path=path, says="Add an error text")
    rules = {"type": "string", "validations": [{"type": "min_length", "error": "Too short."}]}
    quiet(rule, takes(a=silent, b=silent), takes(a=told, b={"type": "string"}, c=rules))


def test_a_flow_that_says_it_is_complete_is() -> None:
    rule = "specs.claimed-complete"
    done = {"completeness": 100}
    path = ("metadata", "completeness")
    here = "orders/place-order"
    lost = flow(node("a", to="later"), metadata=done)
    shows(rule, lost, at=here, path=path, says="the nodes “later” are missing")
    bare = flow(node("wait", "delay", "end"), end(), metadata=done)
    shows(rule, bare, at=here, path=path, says="settings of “wait” are missing")
    quiet(rule, fine(metadata=done), flow(node("a", to="later"), metadata={"completeness": 60}))


def test_methods_of_http_and_of_services_are_no_strange_words() -> None:
    rule = "specs.word"
    lines = {"success": "end", "failure": "end"}

    def call(**spec: Any) -> FlowData:
        return flow(node("call", "service_call", lines, **spec), end())

    quiet(
        rule,
        call(method="post", url="/x"),
        call(method="HEAD", url="/x"),
        call(method="create_charge", service="bank"),
    )
    odd = call(method="FETCH", url="/x")
    says = "not a valid value of method"
    shows(rule, odd, at="orders/place-order#call", path=("spec", "method"), says=says)


@pytest.mark.parametrize(
    ("kind", "spec", "says"),
    [
        ("data_store", {"operation": "read"}, "Data store “Save order” has no schema yet. "),
        ("sub_flow", {}, "Sub-flow “Save order” has no flow yet. "),
        ("llm_call", {"model": "m"}, "LLM call “Save order” has no prompt template yet. "),
        ("orchestrator", {}, "“Save order” has no agents yet. "),
    ],
)
def test_a_message_names_the_label_and_asks_for_one_thing_in_words(
    kind: str, spec: dict[str, Any], says: str
) -> None:
    step = node("s-vMnK2bRw", kind, "end", **spec).model_copy(update={"label": "Save order"})
    messages = [one.message for one in findings(flow(step, end())) if one.rule == "specs.required"]
    assert any(says in message for message in messages), messages
    assert not any("nor" in message or "vMnK2bRw" in message for message in messages)


def test_a_message_names_the_id_too_where_two_labels_are_the_same() -> None:
    steps = [
        node(id, "data_store", "end", operation="read").model_copy(update={"label": "Save"})
        for id in ("a", "b")
    ]
    found = [one.message for one in findings(flow(*steps, end())) if one.rule == "specs.required"]
    assert [message.partition(" has")[0] for message in found] == [
        "Data store “Save (a)”",
        "Data store “Save (b)”",
    ]
