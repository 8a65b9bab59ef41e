"""Fields whose usual words are offered, while any other word stays legal to read."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from pydantic.config import JsonDict


def words(description: str, *options: str, same_as: str = "", title: str | None = None) -> Any:
    """A text field that is None unless stated, with suggestions for a form.

    Args:
        options: the words that mean something here. They stand in the JSON Schema under
            ``x-enum``: a form offers them, a check warns of others, reading accepts all.
        same_as: the usual key for the same setting; a form shows this one only where a file has
            it. It stands in the JSON Schema under ``x-same-as``.
        title: what people read; derived from the key if left out.
    """
    extra: JsonDict = {"x-enum": list(options)}
    if same_as:
        extra["x-same-as"] = same_as
    return Field(None, title=title, description=description, json_schema_extra=extra)
