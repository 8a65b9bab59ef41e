"""The TypeScript types of the protocol are those of the pydantic models."""

from __future__ import annotations

import pytest

from scripts.generate_protocol import TARGET, generate, messages, type_of


def test_the_typescript_types_are_up_to_date() -> None:
    assert TARGET.read_text("utf-8") == generate(), "run `make schema` and commit protocol.ts"


def test_every_message_has_an_interface() -> None:
    text = generate()
    missing = [m.__name__ for m in messages() if f"export interface {m.__name__} {{" not in text]
    assert missing == []


def test_nullable_fields_and_lists_of_choices_keep_their_types() -> None:
    assert type_of({"anyOf": [{"type": "string"}, {"type": "null"}]}) == "string | null"
    assert type_of({"type": "array", "items": {"enum": ["a", "b"]}}) == '("a" | "b")[]'
    assert type_of({"type": "object", "additionalProperties": True}) == "Record<string, unknown>"


def test_a_schema_that_cannot_be_expressed_is_refused() -> None:
    with pytest.raises(ValueError, match="no TypeScript type known"):
        type_of({"type": "file"})
