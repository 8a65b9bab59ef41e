"""Plain data that any browser can read, whatever stands in a file."""

from __future__ import annotations

import json
import math

from ddd_lab.capabilities import in_browser
from ddd_lab.spec.models.base import Data

DEEPEST = 60
"""How deep data from the browser may be nested; far beyond any spec, far below any limit."""


def to_json_safe(data: Data) -> Data:
    """Data without what JSON or UTF-8 cannot say: such a thing becomes a text like it."""
    match data:
        case dict():
            return {to_json_safe(key): to_json_safe(value) for key, value in data.items()}
        case list() | tuple():
            return [to_json_safe(value) for value in data]
        case str():
            return data.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case float() if not math.isfinite(data):
            return ".nan" if math.isnan(data) else ".inf" if data > 0 else "-.inf"
        case _:
            return data


def validate_json(data: Data, depth: int = 0) -> str:
    """Why data from a browser cannot go into a file; empty if it can."""
    if depth > DEEPEST:
        return f"it is nested more than {DEEPEST} levels deep"
    match data:
        case dict():
            if not all(isinstance(key, str) for key in data):
                return "a key is not a text"
            return next(
                (
                    why
                    for item in (*data, *data.values())
                    if (why := validate_json(item, depth + 1))
                ),
                "",
            )
        case list():
            return next((why for item in data if (why := validate_json(item, depth + 1))), "")
        case str():
            try:
                data.encode()
            except UnicodeEncodeError:
                return "a text holds half a character (a lone surrogate)"
        case float() if not math.isfinite(data):
            return f"{data} is not a number that a spec can hold"
        case None | bool() | int() | float():
            pass
        case _:
            return f"{type(data).__name__} is not plain data"
    return ""


def from_browser(content: object) -> object:
    """What a browser sent; where Python runs in the browser itself, its null is no None yet."""
    if not in_browser():
        return content
    return json.loads(json.dumps(content, default=lambda _: None))
