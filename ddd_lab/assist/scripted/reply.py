"""What a script says, and what was asked."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ddd_lab.assist.replies import Usage
from ddd_lab.assist.requests import ToolCall

_WORD = re.compile(r"\s*\S+\s*|\s+")


@dataclass(frozen=True)
class ScriptedReply:
    """One answer of a script.

    Attributes:
        text: the answer; one text comes word by word, several come as the pieces that they are.
        when: a text that the last message of the request must contain, whatever its case; empty
            answers anything.
        times: how often it answers before the next reply of the script has its turn; 0 for ever.
        thinking: what is thought aloud before.
        thinking_in: where servers that speak like OpenAI or Ollama put it: a field of that name,
            or between ``<think>`` tags in the text.
        tool_calls: what the model wishes to look up.
        stop: why the answer ends; with tool calls it always ends for these.
        usage: tokens; estimated from the texts if not given.
        tells_usage: whether the server says what was used.
        status: of HTTP; from 400 on, ``message`` is all that comes.
        message: the words of an error.
        code: its kind in the vendor's words, such as ``insufficient_quota``; by status if empty.
        headers: further headers, such as ``retry-after``.
        first_after: seconds before the first byte.
        pause: seconds between two pieces.
        breaks: how the stream ends too early: with an error in it (``message``), with the
            connection closed, or with it reset.
        breaks_after: pieces that come before.
    """

    text: str | tuple[str, ...] = ""
    when: str = ""
    times: int = 0
    thinking: str = ""
    thinking_in: Literal["reasoning", "reasoning_content", "tags"] = "reasoning"
    tool_calls: tuple[ToolCall, ...] = ()
    stop: Literal["end", "length", "refusal", "filter", "context"] = "end"
    usage: Usage | None = None
    tells_usage: bool = True
    status: int = 200
    message: str = ""
    code: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    first_after: float = 0
    pause: float = 0
    breaks: Literal["", "error", "cut", "reset"] = ""
    breaks_after: int = 1

    def pieces(self) -> tuple[str, ...]:
        """The text as it comes."""
        return pieces(self.text) if isinstance(self.text, str) else self.text


@dataclass
class RecordedRequest:
    """What a client asked.

    Attributes:
        method: GET or POST.
        path: without the query.
        headers: with names in small letters; a key is replaced.
        body: the document; empty for GET.
        prompt: the last message that is no answer of the model.
        pieces_sent: of the answer, so far.
        closed: set when the client has closed the connection before the answer was complete.
        ended: set when nothing more will be sent.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    prompt: str = ""
    pieces_sent: int = 0
    closed: threading.Event = field(default_factory=threading.Event, repr=False)
    ended: threading.Event = field(default_factory=threading.Event, repr=False)


def pieces(text: str) -> tuple[str, ...]:
    """A text word by word, each with the white space after it."""
    return tuple(_WORD.findall(text))


def usage_of(reply: ScriptedReply, body: Mapping[str, Any]) -> Usage:
    """Tokens of a reply, as the script says or by four letters each."""
    if reply.usage is not None:
        return reply.usage
    answer = "".join(reply.pieces()) + reply.thinking
    return Usage(input=count(str(body)), output=count(answer) + 20 * len(reply.tool_calls))


def count(text: str) -> int:
    """Tokens of a text, by four letters each."""
    return len(text) // 4 + 1
