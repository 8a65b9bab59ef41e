"""What a model and its server can and cannot do, as data."""

from __future__ import annotations

from typing import Literal

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
