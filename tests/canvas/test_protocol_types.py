"""The TypeScript types of both protocols are those of the pydantic models."""

from __future__ import annotations

import pytest

from ddd_lab.canvas.commands import OPERATIONS
from ddd_lab.canvas.commands._registry import Operation
from ddd_lab.canvas.protocol.arguments import Arguments
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.protocol.results import Done
from scripts.generate_protocol import PROTOCOLS, Protocol, generate, type_of


@pytest.fixture(params=PROTOCOLS, ids=lambda protocol: protocol.target.name)
def protocol(request: pytest.FixtureRequest) -> Protocol:
    chosen: Protocol = request.param
    return chosen


@pytest.fixture
def canvas() -> Protocol:
    return PROTOCOLS[0]


def text_of(protocol: Protocol) -> str:
    return "\n".join(generate(protocol).values())


def test_the_typescript_types_are_up_to_date(protocol: Protocol) -> None:
    texts = generate(protocol)
    found = {path: path.read_text("utf-8") for path in texts if path.exists()}

    assert found == texts, f"run `make schema` and commit {protocol.target.name}"


def test_every_message_has_a_type(protocol: Protocol) -> None:
    text = text_of(protocol)
    names = [message.__name__ for message in protocol.messages]

    assert [name for name in names if f"export type {name} = " not in text] == []


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_operation_declares_the_models_of_its_arguments_and_its_result(name: str) -> None:
    operation = OPERATIONS[name]

    assert issubclass(operation.arguments, Arguments)
    assert issubclass(operation.result, Message)


def test_an_operation_is_typed_by_its_arguments_and_its_result(canvas: Protocol) -> None:
    text = text_of(canvas)

    assert "  rename: { args: NewId; result: NamedCard };" in text
    assert "  undo: { args: Arguments; result: TakenStep };" in text


def test_an_endpoint_of_the_server_is_typed_by_its_arguments_and_its_result() -> None:
    text = text_of(PROTOCOLS[1])

    assert '  "run/start": { args: RunWanted; result: RunView };' in text
    assert "  drift: { args: FlowNamed; result: Drift };" in text


def test_what_the_browser_may_leave_out_is_optional(canvas: Protocol) -> None:
    text = text_of(canvas)

    assert "  connect_from?: string | null;" in text
    assert "export type CardId = { id: string };" in text


def test_two_models_of_one_name_are_refused(canvas: Protocol) -> None:
    class Card(Arguments):
        """Not the card of a board."""

    twin = Operation(Card, Done, lambda *_: None, "nothing")

    with pytest.raises(ValueError, match="two models of the protocol are called Card"):
        generate(canvas._replace(operations={"Operations": {"twin": twin}}))


def test_nullable_fields_and_lists_of_choices_keep_their_types() -> None:
    assert type_of({"anyOf": [{"type": "string"}, {"type": "null"}]}) == "string | null"
    assert type_of({"type": "array", "items": {"enum": ["a", "b"]}}) == '("a" | "b")[]'
    assert type_of({"type": "object", "additionalProperties": True}) == "Record<string, unknown>"


def test_a_schema_that_cannot_be_expressed_is_refused() -> None:
    with pytest.raises(ValueError, match="no TypeScript type known"):
        type_of({"type": "file"})


def test_words_that_both_sides_share_are_constants(canvas: Protocol) -> None:
    text = text_of(canvas)

    assert 'export const SEVERITIES = ["error", "warning", "info"] as const;' in text
    assert "export type FieldType = (typeof FIELD_TYPES)[number];" in text
    assert "  severity: Severity;" in text
