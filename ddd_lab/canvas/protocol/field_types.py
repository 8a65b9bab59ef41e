"""Types of fields that messages are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, JsonValue, WithJsonSchema

SHOWN = 1000
"""Characters of a text on a board; the form has all of it."""


def shown(text: str) -> str:
    """A text as it is, or its beginning."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


Shown = Annotated[str, AfterValidator(shown)]


def TypeScript(type: str) -> WithJsonSchema:  # noqa: N802 - it marks a field, as pydantic's marks do
    """Say what a field is in TypeScript, where that is more than its own type says."""
    return WithJsonSchema({"typescript": type})


JsonObject = dict[str, Annotated[JsonValue, TypeScript("unknown")]]
"""Named values as they travel: some fields of a message, or a JSON Schema."""
