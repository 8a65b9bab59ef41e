"""The TypeScript types of both protocols are those of the pydantic models."""

from __future__ import annotations

import pytest

from scripts.generate_protocol import PROTOCOLS, Protocol, generate, type_of


@pytest.fixture(params=PROTOCOLS, ids=lambda protocol: protocol.target.name)
def protocol(request: pytest.FixtureRequest) -> Protocol:
    chosen: Protocol = request.param
    return chosen


def test_the_typescript_types_are_up_to_date(protocol: Protocol) -> None:
    found = protocol.target.read_text("utf-8")

    assert found == generate(protocol), f"run `make schema` and commit {protocol.target.name}"


def test_every_message_has_an_interface(protocol: Protocol) -> None:
    text = generate(protocol)
    names = [message.__name__ for message in protocol.messages]

    assert [name for name in names if f"export interface {name} {{" not in text] == []


def test_nullable_fields_and_lists_of_choices_keep_their_types() -> None:
    assert type_of({"anyOf": [{"type": "string"}, {"type": "null"}]}) == "string | null"
    assert type_of({"type": "array", "items": {"enum": ["a", "b"]}}) == '("a" | "b")[]'
    assert type_of({"type": "object", "additionalProperties": True}) == "Record<string, unknown>"


def test_a_schema_that_cannot_be_expressed_is_refused() -> None:
    with pytest.raises(ValueError, match="no TypeScript type known"):
        type_of({"type": "file"})
