"""The kinds of value that settings have, with as much looseness as real files need."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt
from pydantic.config import JsonDict, JsonValue

from ddd_lab.spec.enum_field import words as words  # noqa: PLC0414 - one import for every field
from ddd_lab.spec.field_titles import title_of
from ddd_lab.spec.models.base import Open

_EXPRESSION = re.compile(r"[$({\[]|\w\.\w")
_KEY = re.compile(r"\{(\w+)")
_WITH_UNIT = re.compile(r"^[-+]?\d+(\.\d+)?\s*[a-zA-Z%]{0,8}$")


def _amount(value: float | str) -> int | float | str:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("should be a finite number")
    if isinstance(value, str) and not (_WITH_UNIT.match(value) or _EXPRESSION.search(value)):
        raise ValueError("should be a number, or an expression such as $.delay")
    return value


Amount = Annotated[StrictInt | StrictFloat | str, AfterValidator(_amount)]
"""A number, a number with its unit (``30s``), or an expression that gives one (``$.delay``)."""

Flag = StrictBool
"""True or false, and not a word that sounds like it."""

Status = StrictInt | str
"""An HTTP status: a number, or text where a file says more (``201 Created``)."""

Text = StrictInt | StrictFloat | str
"""One line of text, or a number that stands for it."""

Names = list[str]
"""Several names."""


Suggest = Literal["model", "flow", "domain", "event", "schema", "node", "error"]
"""What a form offers for a field: names that the project knows."""
_REGISTRY = "Offered are those of llm.models in .ddd/config.yaml and those in use; any other goes."


def setting(
    description: str,
    *,
    suggest: Suggest | None = None,
    example: str = "",
    unit: str = "",
    ms_from: int = 0,
    same_as: str = "",
    title: str | None = None,
) -> Any:
    """A field that is None unless stated.

    Args:
        description: one sentence of help for the form.
        suggest: what to offer; any other text stays legal. It stands in the JSON Schema under
            ``x-suggest``.
        example: what a form shows while there is nothing: the usual value, or how one looks. It
            stands in the JSON Schema under ``x-example``.
        unit: what a number counts, to stand beside the field (``x-unit``).
        ms_from: from which number on files mean milliseconds instead (``x-ms-from``).
        same_as: the usual key for the same setting; a form shows this one only where a file has
            it (``x-same-as``).
        title: what people read; derived from the key if left out.
    """
    extra: dict[str, str | int] = {
        "x-suggest": suggest or "",
        "x-example": example,
        "x-unit": unit,
        "x-ms-from": ms_from,
        "x-same-as": same_as,
    }
    settings: JsonDict = {key: value for key, value in extra.items() if value}
    if suggest == "model":
        description = f"{description} {_REGISTRY}"
    return Field(None, title=title, description=description, json_schema_extra=settings or None)


def grouped(**groups: tuple[str, ...]) -> ConfigDict:
    """Configuration of a settings model whose form has captions.

    Args:
        groups: caption (blanks as underscores) to keys, most important first. Keys that stand in
            none come last, without one. They stand in the JSON Schema under ``x-groups``.
    """
    # A list of pairs, since the keys of a JSON Schema are sorted.
    captions: list[JsonValue] = [
        [name.replace("_", " "), list(keys)] for name, keys in groups.items()
    ]
    return ConfigDict(json_schema_extra={"x-groups": captions})


def summed(title: str, rest: str = "", *usual: str) -> ConfigDict:
    """Configuration of a part of the settings whose items a form tells apart in one line.

    Args:
        title: template such as ``{id}``; keys that are not there leave nothing.
        rest: template of what is said beside it, more quietly; ``{is_terminal?ends the loop}``
            says the words where the key is true. Both stand in the JSON Schema under
            ``x-summary``.
        usual: further keys that the form of an item shows at once, beside those of the templates
            (``x-usual``).
    """
    keys: dict[str, JsonValue] = dict.fromkeys((*_KEY.findall(title + rest), *usual))
    return ConfigDict(json_schema_extra={"x-summary": [title, rest], "x-usual": list(keys)})


class Part(Open):
    """Base of a map inside a node's settings; keys that it does not know are kept."""

    model_config = ConfigDict(
        defer_build=True, field_title_generator=lambda name, _: title_of(name)
    )


class Ref(Part):
    """A reference to a part of the same file: ``{$ref: "#/tools"}``."""

    ref: str = Field(alias="$ref", description="Pointer to the part, such as #/tools.")


class Retry(Part):
    """What to do when a call fails for the moment."""

    max_attempts: Amount | None = setting(
        "How many times to try in all.", example="3", unit="tries"
    )
    backoff_ms: Amount | None = setting("How long to wait before the next try.", unit="ms")
    delay_ms: Amount | None = setting(
        "How long to wait before the next try (router policies).", unit="ms", same_as="backoff_ms"
    )
    strategy: str | None = words("How the delay grows.", "fixed", "linear", "exponential")
    jitter: Flag | None = setting("Whether delays vary at random.")
    fallback_model: str | None = setting("Model to use when all tries fail.", suggest="model")
