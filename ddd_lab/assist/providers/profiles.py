"""What a model and its server can and cannot do, as data.

A profile begins as what is known of the model's family, is changed by what the registry says, and
is corrected by what the server answers.
"""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from ddd_lab.spec.models.base import Frozen


class ModelProfile(Frozen):
    """What may be sent to a model, and how.

    Attributes:
        structured: how an answer is held to a schema; ``none`` puts it into the prompt.
        tools: whether it can call tools.
        stream_usage: whether it tells its tokens at the end of a stream when asked to.
        max_tokens_field: the name of the limit of the answer.
        sampling: whether it takes a temperature.
        effort: whether it takes a level of effort.
        system_role: who says the system text; ``user`` puts it before the first question.
        think_tags: whether it may think aloud between ``<think>`` and ``</think>`` in its text.
        cache: whether marks for the vendor's cache of prompts are taken.
        context: the most tokens that it takes; None where that is not known.
    """

    structured: Literal["json_schema", "json_object", "none"] = "json_schema"
    tools: bool = True
    stream_usage: bool = True
    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    sampling: bool = True
    effort: bool = False
    system_role: Literal["system", "developer", "user"] = "system"
    think_tags: bool = False
    cache: bool = False
    context: int | None = None


_CLAUDE: Final = {"cache": True}
_OLD_CLAUDE: Final = {**_CLAUDE, "sampling": True, "effort": False}
_REASONING: Final = {
    "max_tokens_field": "max_completion_tokens",
    "sampling": False,
    "effort": True,
    "system_role": "developer",
}

FAMILIES: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("anthropic", r"claude-(2|3|instant)", {**_OLD_CLAUDE, "structured": "none"}),
    ("anthropic", r"claude-(opus|sonnet)-4(-0|-2025|$)", {**_OLD_CLAUDE, "structured": "none"}),
    ("anthropic", r"claude-(opus-4-1|sonnet-4-5|haiku-4-5)", _OLD_CLAUDE),
    ("anthropic", r"claude-(opus-4-[56]|sonnet-4-6)", {**_OLD_CLAUDE, "effort": True}),
    ("anthropic", r"claude", {**_CLAUDE, "sampling": False, "effort": True}),
    ("openai", r"gpt-5(\.\d)?-chat", {"max_tokens_field": "max_completion_tokens"}),
    ("openai", r"o\d|gpt-([5-9]|\d\d)", _REASONING),
    ("openai", r"gpt-(3|4$|4-)", {"structured": "json_object"}),
    ("openai", r"", {"max_tokens_field": "max_completion_tokens"}),
    ("openai_compatible", r"(.*/)?(o\d|gpt-([5-9]|\d\d))", _REASONING),
    ("openai_compatible", r"(.*/)?gpt-oss", {"effort": True, "think_tags": True}),
    ("openai_compatible", r"deepseek", {"structured": "json_object", "think_tags": True}),
    ("openai_compatible", r"", {"think_tags": True}),
    ("ollama", r"gpt-oss", {"effort": True, "think_tags": True}),
    ("ollama", r"", {"think_tags": True}),
)
"""Of each provider, the beginning of a model's id and what differs from a plain profile; the first
that fits counts."""


def family_profile(provider: str, model: str) -> ModelProfile:
    """What is known of a model by its name."""
    for kind, pattern, differences in FAMILIES:
        if kind == provider and re.match(pattern, model, re.IGNORECASE):
            return ModelProfile(**differences)
    return ModelProfile()
