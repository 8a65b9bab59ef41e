"""Fields whose usual words are offered, while any other word stays legal to read."""

from __future__ import annotations

from typing import Any

from pydantic import Field


def words(description: str, *options: str) -> Any:
    """A text field that is None unless stated, with suggestions for a form.

    Args:
        description: one sentence of help.
        options: the words that mean something here. They stand in the JSON Schema under
            ``x-enum``: a form offers them, a check warns of others, reading accepts all.
    """
    return Field(None, description=description, json_schema_extra={"x-enum": list(options)})
