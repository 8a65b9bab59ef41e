"""What is asked of a language model, whoever serves it: plain data without a vendor's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class ToolCall:
    """A model's wish to look something up.

    Attributes:
        id: the model's name for this call; its result carries it.
        name: the tool's.
        arguments: as the model gave them; not yet validated.
        carried: what its vendor wants back with the result, such as the thinking that led to it;
            only the adapter that made it reads it.
    """

    id: str
    name: str
    arguments: Mapping[str, Any]
    carried: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Message:
    """One turn of a conversation.

    Attributes:
        role: who speaks; ``tool`` answers a tool call.
        text: what is said; of a tool, its result.
        tool_calls: what the model wished to look up in this turn.
        tool_call_id: of the call that a tool's message answers.
    """

    role: Literal["user", "assistant", "tool"]
    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""


@dataclass(frozen=True)
class Tool:
    """Something that a model may look up; all tools only read."""

    name: str
    description: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """One call of a model.

    Attributes:
        model: the vendor's id of the model.
        system: what is the same in every turn, the most stable part first.
        messages: the conversation, the question last.
        tools: what the model may look up.
        schema: JSON Schema that the answer must follow; None for free text.
        max_tokens: the most tokens of the answer, its thinking included.
        temperature: 0 to 1; None leaves it to the model. Sent only where the model takes it.
        effort: low to max; None leaves it to the model. Sent only where the model takes it.
    """

    model: str
    system: tuple[str, ...]
    messages: tuple[Message, ...]
    tools: tuple[Tool, ...] = ()
    schema: Mapping[str, Any] | None = None
    max_tokens: int = 4096
    temperature: float | None = None
    effort: str | None = None
