"""The wire formats that a scripted server speaks, one module each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ddd_lab.assist.scripted.reply import ScriptedReply

Document = dict[str, Any]


@dataclass(frozen=True)
class Piece:
    """Bytes to send; a client waits between those that carry a delta."""

    data: bytes
    delta: bool = False


@dataclass(frozen=True)
class WireFormat:
    """How one vendor's servers speak.

    Attributes:
        content_type: of a stream.
        stream: a reply to a request, as it is sent.
        error: the document of an error: status, message, code.
        broken: the piece that tells of an error in mid-stream: message, code.
    """

    content_type: Literal["text/event-stream", "application/x-ndjson"]
    stream: Callable[[ScriptedReply, Mapping[str, Any]], Iterator[Piece]]
    error: Callable[[int, str, str], Document]
    broken: Callable[[str, str], Piece]


def text_of(content: object) -> str:
    """The words of a message, whose content is a text or a list of blocks."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return text_of(content.get("text") or content.get("content") or "")
    if isinstance(content, Sequence):
        return "\n".join(filter(None, map(text_of, content)))
    return ""


def prompt_of(body: Mapping[str, Any]) -> str:
    """The last message that is no answer of the model."""
    messages = [each for each in body.get("messages", ()) if each.get("role") != "assistant"]
    return text_of(messages[-1].get("content")) if messages else ""
