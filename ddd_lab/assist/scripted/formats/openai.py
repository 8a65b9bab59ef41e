"""``POST /v1/chat/completions`` as OpenAI and those who speak like it answer it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ddd_lab.assist.scripted.formats import Document, Piece, WireFormat
from ddd_lab.assist.scripted.reply import ScriptedReply, pieces, usage_of

_KINDS: Final = {
    401: "invalid_api_key",
    404: "model_not_found",
    429: "rate_limit_exceeded",
}
_STOPS: Final = {
    "end": "stop",
    "length": "length",
    "refusal": "stop",
    "filter": "content_filter",
    "context": "length",
}


def stream(reply: ScriptedReply, body: Mapping[str, Any]) -> Iterator[Piece]:
    """The chunks of a completion."""
    model = str(body.get("model", ""))
    yield _chunk(model, {"role": "assistant", "content": ""})
    for delta in _deltas(reply):
        yield _chunk(model, delta, is_delta=True)
    yield _chunk(model, {}, "tool_calls" if reply.tool_calls else _STOPS[reply.stop])
    if reply.tells_usage and (body.get("stream_options") or {}).get("include_usage"):
        usage = usage_of(reply, body)
        prompt = usage.input + usage.cache_read + usage.cache_write
        used = {
            "prompt_tokens": prompt,
            "completion_tokens": usage.output,
            "total_tokens": prompt + usage.output,
            "prompt_tokens_details": {"cached_tokens": usage.cache_read},
        }
        yield _data({**_frame(model), "choices": [], "usage": used})
    yield Piece(b"data: [DONE]\n\n")


def _deltas(reply: ScriptedReply) -> Iterator[Document]:
    if reply.thinking and reply.thinking_in == "tags":
        yield from ({"content": each} for each in tagged(reply.thinking))
    elif reply.thinking:
        yield from ({str(reply.thinking_in): each} for each in pieces(reply.thinking))
    field = "refusal" if reply.stop == "refusal" else "content"
    yield from ({field: each} for each in reply.pieces())
    for index, call in enumerate(reply.tool_calls):
        document = json.dumps(dict(call.arguments))
        half = len(document) // 2
        named = {"name": call.name, "arguments": ""}
        yield _call({"index": index, "id": call.id, "type": "function", "function": named})
        for part in (document[:half], document[half:]):
            yield _call({"index": index, "function": {"arguments": part}})


def tagged(thinking: str) -> tuple[str, ...]:
    """Thinking between tags, whose own letters come in several pieces."""
    return ("<th", "ink>", *pieces(thinking), "</thi", "nk>\n\n")


def error(status: int, message: str, code: str) -> Document:
    """The document of an error."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    known = code or _KINDS.get(status)
    return {"error": {"message": message, "type": kind, "param": None, "code": known}}


def broken(message: str, code: str) -> Piece:
    """An error in mid-stream."""
    return _data(error(500, message, code))


def models(names: Sequence[str]) -> Document:
    """The list of models."""
    listed = [{"id": each, "object": "model", "created": 0, "owned_by": "script"} for each in names]
    return {"object": "list", "data": listed}


def _call(call: Document) -> Document:
    return {"tool_calls": [call]}


def _frame(model: str) -> Document:
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": model,
    }


def _chunk(
    model: str, delta: Document, finish: str | None = None, *, is_delta: bool = False
) -> Piece:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _data({**_frame(model), "choices": [choice]}, is_delta=is_delta)


def _data(document: Document, *, is_delta: bool = False) -> Piece:
    return Piece(f"data: {json.dumps(document)}\n\n".encode(), is_delta)


OPENAI: Final = WireFormat("text/event-stream", stream, error, broken)
