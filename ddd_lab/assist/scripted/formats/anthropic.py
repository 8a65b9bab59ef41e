"""``POST /v1/messages`` as Anthropic answers it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ddd_lab.assist.requests import ToolCall
from ddd_lab.assist.scripted.formats import Document, Piece, WireFormat
from ddd_lab.assist.scripted.reply import ScriptedReply, pieces, usage_of

_KINDS: Final = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}
_STOPS: Final = {
    "end": "end_turn",
    "length": "max_tokens",
    "refusal": "refusal",
    "filter": "refusal",
    "context": "model_context_window_exceeded",
}


def stream(reply: ScriptedReply, body: Mapping[str, Any]) -> Iterator[Piece]:
    """The events of a message."""
    usage = usage_of(reply, body)
    used: Document = {"input_tokens": 0, "output_tokens": 0}
    if reply.tells_usage:
        used = {
            "input_tokens": usage.input,
            "cache_read_input_tokens": usage.cache_read,
            "cache_creation_input_tokens": usage.cache_write,
            "output_tokens": 1,
        }
    yield _event(
        "message_start",
        message={
            "id": "msg_scripted",
            "type": "message",
            "role": "assistant",
            "model": body.get("model", ""),
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
            "usage": used,
        },
    )
    yield _event("ping")
    for index, (block, deltas) in enumerate(_blocks(reply)):
        yield _event("content_block_start", index=index, content_block=block)
        for delta in deltas:
            yield _event("content_block_delta", is_delta=True, index=index, delta=delta)
        yield _event("content_block_stop", index=index)
    yield _event(
        "message_delta",
        delta={
            "stop_reason": "tool_use" if reply.tool_calls else _STOPS[reply.stop],
            "stop_sequence": None,
        },
        usage={"output_tokens": usage.output if reply.tells_usage else 0},
    )
    yield _event("message_stop")


def _blocks(reply: ScriptedReply) -> Iterator[tuple[Document, Sequence[Document]]]:
    if reply.thinking:
        thoughts = [{"type": "thinking_delta", "thinking": each} for each in pieces(reply.thinking)]
        signature = {"type": "signature_delta", "signature": "c2NyaXB0ZWQ="}
        yield {"type": "thinking", "thinking": "", "signature": ""}, [*thoughts, signature]
    if reply.pieces():
        words = [{"type": "text_delta", "text": piece} for piece in reply.pieces()]
        yield {"type": "text", "text": ""}, words
    for call in reply.tool_calls:
        block = {"type": "tool_use", "id": call.id, "name": call.name, "input": {}}
        yield block, _arguments(call)


def _arguments(call: ToolCall) -> list[Document]:
    document = json.dumps(dict(call.arguments))
    half = len(document) // 2
    return [
        {"type": "input_json_delta", "partial_json": part}
        for part in ("", document[:half], document[half:])
    ]


def error(status: int, message: str, code: str) -> Document:
    """The document of an error."""
    kind = code or _KINDS.get(status, "api_error")
    return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_1"}


def broken(message: str, code: str) -> Piece:
    """An error in mid-stream."""
    return _event("error", error={"type": code or "overloaded_error", "message": message})


def models(names: Sequence[str]) -> Document:
    """The list of models."""
    return {
        "data": [
            {
                "type": "model",
                "id": name,
                "display_name": name,
                "created_at": "2026-01-01T00:00:00Z",
                "lifecycle": "active",
                "max_input_tokens": 200_000,
                "max_tokens": 64_000,
                "retires_at": None,
            }
            for name in names
        ],
        "has_more": False,
        "first_id": names[0] if names else None,
        "last_id": names[-1] if names else None,
    }


def _event(kind: str, *, is_delta: bool = False, **fields: Any) -> Piece:
    document = json.dumps({"type": kind, **fields})
    return Piece(f"event: {kind}\ndata: {document}\n\n".encode(), is_delta)


ANTHROPIC: Final = WireFormat("text/event-stream", stream, error, broken)
