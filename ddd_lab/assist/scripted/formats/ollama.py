"""``POST /api/chat`` as Ollama answers it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ddd_lab.assist.scripted.formats import Document, Piece, WireFormat
from ddd_lab.assist.scripted.formats.openai import tagged
from ddd_lab.assist.scripted.reply import ScriptedReply, pieces, usage_of

_CONTEXT: Final = 8192


def stream(reply: ScriptedReply, body: Mapping[str, Any]) -> Iterator[Piece]:
    """The lines of an answer."""
    model = str(body.get("model", ""))
    for message in _messages(reply):
        line = {"message": {"role": "assistant", "content": "", **message}, "done": False}
        yield _line(model, line, is_delta=True)
    last: Document = {
        "message": {"role": "assistant", "content": ""},
        "done": True,
        "done_reason": "length" if reply.stop == "length" else "stop",
        "total_duration": 1_000_000,
        "load_duration": 1_000,
    }
    if reply.tells_usage:
        usage = usage_of(reply, body)
        last |= {"prompt_eval_count": usage.input, "eval_count": usage.output}
    yield _line(model, last)


def _messages(reply: ScriptedReply) -> Iterator[Document]:
    if reply.thinking and reply.thinking_in == "tags":
        yield from ({"content": each} for each in tagged(reply.thinking))
    elif reply.thinking:
        yield from ({"thinking": each} for each in pieces(reply.thinking))
    yield from ({"content": each} for each in reply.pieces())
    for call in reply.tool_calls:
        function = {"name": call.name, "arguments": dict(call.arguments)}
        yield {"tool_calls": [{"id": call.id, "function": function}]}


def error(status: int, message: str, code: str) -> Document:
    """The document of an error."""
    del status, code  # Ollama has words only
    return {"error": message}


def broken(message: str, code: str) -> Piece:
    """An error in mid-stream."""
    return Piece(json.dumps(error(200, message, code)).encode() + b"\n")


def tags(names: Sequence[str]) -> Document:
    """The models on the disk."""
    listed = [
        {
            "name": name,
            "model": name,
            "size": 4_000_000_000,
            "details": {"family": "llama", "parameter_size": "8B"},
            "capabilities": ["completion", "tools"],
        }
        for name in names
    ]
    return {"models": listed}


def loaded(names: Sequence[str]) -> Document:
    """The models in memory."""
    listed = [{"name": name, "model": name, "context_length": _CONTEXT} for name in names]
    return {"models": listed}


def shown(name: str) -> Document:
    """What is known of one model."""
    return {
        "model_info": {"general.architecture": "llama", "llama.context_length": 131_072},
        "capabilities": ["completion", "tools"],
        "details": {"family": "llama"},
        "modelfile": f"FROM {name}",
    }


def _line(model: str, fields: Document, *, is_delta: bool = False) -> Piece:
    document = {"model": model, "created_at": "2026-01-01T00:00:00Z", **fields}
    return Piece(json.dumps(document).encode() + b"\n", is_delta)


OLLAMA: Final = WireFormat("application/x-ndjson", stream, error, broken)
