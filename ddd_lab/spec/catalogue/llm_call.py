"""LLM call: one question to a language model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddd_lab.spec.catalogue._base import FAILURE, SUCCESS, NodeType, SpecModel
from ddd_lab.spec.catalogue._card import CardContent, amount, excerpt, one_line
from ddd_lab.spec.catalogue._facts import (
    BACKOFF,
    TEMPERATURE,
    TRIES,
    Clash,
    Range,
    Settings,
    same_fallback,
)
from ddd_lab.spec.catalogue._fields import Amount, Names, Part, Retry, setting, summed
from ddd_lab.spec.catalogue._summary import joined
from ddd_lab.spec.lenient import first, named, text

MODEL = "claude-sonnet-4-5-20250929"
"""The model that a new node names (the guide's sample)."""


class ModelFallback(Part):
    """Another model for when this one fails."""

    model_config = summed("{model}", "{on_error}")

    model: str | None = setting("The model to use instead.", suggest="model")
    on_error: Names | str | None = setting("Which failures it is used for.")


class LlmCallSpec(SpecModel):
    """Which model is asked, what, and what shape the answer has."""

    model: str | None = setting("Id of the model.", suggest="model")
    system_prompt: str | None = setting("Role of the model, and its rules.")
    prompt_template: str | None = setting(
        "The question; {{$.path}} stands for data.", title="Prompt"
    )
    prompt: str | None = setting(
        "The question, as the later format writes it.", same_as="prompt_template"
    )
    temperature: Amount | None = setting(
        "From 0 (most predictable) to 1 (most varied).", example="0.7"
    )
    max_tokens: Amount | None = setting("Longest answer.", example="4096", unit="tokens")
    structured_output: dict[str, Any] | str | None = setting("JSON Schema of the answer.")
    context_sources: dict[str, Any] | list[Any] | None = setting("Data that goes into the prompt.")
    retry: Retry | None = setting("What to do when the call fails for the moment.")
    model_fallback: list[ModelFallback | str] | None = setting("Models to try when it fails.")
    prompt_files: Names | None = setting("Files whose text goes into the prompt.")
    description: str | None = setting("What the model is asked for, in a sentence.")


def _prompt_clashes(spec: Settings) -> Iterator[Clash]:
    one, other = text(spec.get("prompt_template")), text(spec.get("prompt"))
    if one and other and one != other:
        yield Clash(("prompt",), "prompt_template and prompt differ. Keep one of them.")
    streams = spec.get("streaming") is True or named(spec.get("streaming"), "enabled") is True
    if streams and spec.get("structured_output"):
        yield Clash(
            ("streaming",),
            "A structured answer is complete only at its end, so streaming it has no use. Switch "
            "one of the two off.",
        )


def _content(spec: Settings, _raw: Settings) -> dict[str, Any]:
    """Which model is asked what."""
    shape = spec.get("structured_output")
    return {
        "model": one_line(spec.get("model")),
        "system_prompt": excerpt(spec.get("system_prompt")),
        "prompt": excerpt(spec.get("prompt_template") or spec.get("prompt")),
        "temperature": amount(spec.get("temperature")),
        "max_tokens": amount(spec.get("max_tokens")),
        "structured": bool(shape),
    }


TYPES = (
    NodeType(
        type="llm_call",
        title="LLM call",
        category="agent",
        icon="◆",
        help="Asks a language model once.",
        spec=LlmCallSpec,
        outputs=(SUCCESS, FAILURE),
        summary=lambda spec: joined(
            first(spec, "model"), first(spec, "prompt_template", "prompt", "description")
        ),
        usual=("system_prompt",),
        new={"model": MODEL, "prompt_template": "", "temperature": 0.7, "max_tokens": 4096},
        required=("model", ("prompt_template", "prompt", "system_prompt")),
        ranges=(TEMPERATURE, Range("max_tokens", 1, unit="tokens"), TRIES, BACKOFF),
        clashes=(_prompt_clashes, same_fallback),
        traits=("agent", "carries", "repeats"),
        block=CardContent(content=_content),
    ),
)
