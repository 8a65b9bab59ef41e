"""One connection of the scripted server."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import struct
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from ddd_lab.assist.scripted.formats import (
    Document,
    WireFormat,
    anthropic,
    ollama,
    openai,
    prompt_of,
)
from ddd_lab.assist.scripted.formats.anthropic import ANTHROPIC
from ddd_lab.assist.scripted.formats.ollama import OLLAMA
from ddd_lab.assist.scripted.formats.openai import OPENAI
from ddd_lab.assist.scripted.reply import RecordedRequest, ScriptedReply, count
from ddd_lab.assist.scripted.script import Script

_KEY_HEADERS: Final = {"authorization", "x-api-key", "api-key", "proxy-authorization", "cookie"}
_LARGEST: Final = 64_000_000
_FORMATS: Final = {
    "/v1/messages": ANTHROPIC,
    "/v1/chat/completions": OPENAI,
    "/api/chat": OLLAMA,
}


class ScriptHandler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    script: ClassVar[Script]

    def finish(self) -> None:
        """End a connection, which the client may have closed."""
        with contextlib.suppress(OSError):
            super().finish()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Lists of models."""
        request = self._request({})
        named = self.script.models
        from_anthropic = "anthropic-version" in request.headers
        lists: dict[str, Callable[[], Document]] = {
            "/v1/models": lambda: (anthropic if from_anthropic else openai).models(named),
            "/api/tags": lambda: ollama.tags(named),
            "/api/ps": lambda: ollama.loaded(self.script.loaded),
        }
        self.script.keep(request)
        if request.path in lists:
            self._document(200, lists[request.path]())
        else:
            self._document(404, {"error": f"There is no {request.path}."})

    def do_POST(self) -> None:
        """Conversations, counts of tokens, and what is known of a model."""
        length = int(self.headers.get("content-length") or 0)
        if not 0 < length <= _LARGEST:
            self._document(400, {"error": "A request needs a body."})
            return
        try:
            body = json.loads(self.rfile.read(length))
        except ValueError:
            self._document(400, {"error": "The body is not JSON."})
            return
        request = self._request(body)
        self.script.keep(request)
        if request.path == "/v1/messages/count_tokens":
            self._document(200, {"input_tokens": count(str(body))})
        elif request.path == "/api/show":
            self._document(200, ollama.shown(str(body.get("model", ""))))
        elif request.path in _FORMATS:
            self._converse(request, _FORMATS[request.path])
        else:
            self._document(404, {"error": f"There is no {request.path}."})

    def _request(self, body: dict[str, Any]) -> RecordedRequest:
        headers = {
            name.lower(): "(removed)" if name.lower() in _KEY_HEADERS else value
            for name, value in self.headers.items()
        }
        path = urlsplit(self.path).path
        return RecordedRequest(self.command, path, headers, body, prompt_of(body))

    def _converse(self, request: RecordedRequest, form: WireFormat) -> None:
        reply = self._refusal(request) or self.script.reply_to(request)
        if reply is None:
            words = "The script has no reply to this message."
            reply = ScriptedReply(status=400, message=words)
        if self._gone(request, reply.first_after):
            pass
        elif reply.status >= 400:
            self._fail(request, form, reply)
        else:
            self.script.load(str(request.body.get("model", "")))
            self._stream(request, form, reply)
        request.ended.set()
        self.script.changed()

    def _refusal(self, request: RecordedRequest) -> ScriptedReply | None:
        """What is said to a model or a field that is not known."""
        model = str(request.body.get("model", ""))
        if model not in self.script.models:
            return ScriptedReply(status=404, message=f"model: {model} not found")
        for field in self.script.refuses:
            path, _, value = field.partition("=")
            if _holds(request.body, path.split("."), value):
                words = f"Unsupported parameter: '{path}' is not supported with this model."
                return ScriptedReply(status=400, message=words)
        return None

    def _stream(self, request: RecordedRequest, form: WireFormat, reply: ScriptedReply) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": form.content_type, **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        with contextlib.suppress(OSError):
            for piece in form.stream(reply, request.body):
                if piece.delta and request.pieces_sent and self._gone(request, reply.pause):
                    return
                if piece.delta and reply.breaks and request.pieces_sent == reply.breaks_after:
                    self._break(form, reply)
                    return
                self._chunk(piece.data)
                request.pieces_sent += piece.delta
                self.script.changed()
            self._chunk(b"")
            return
        self._left(request)

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _break(self, form: WireFormat, reply: ScriptedReply) -> None:
        if reply.breaks == "error":
            self._chunk(form.broken(reply.message or "Overloaded", reply.code).data)
            self._chunk(b"")
            return
        self.close_connection = True
        if reply.breaks == "reset":
            now = struct.pack("ii", 1, 0)  # closing with a linger of no time resets
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, now)
            socket.close(self.connection.detach())
        else:
            self.connection.shutdown(socket.SHUT_RDWR)

    def _fail(self, request: RecordedRequest, form: WireFormat, reply: ScriptedReply) -> None:
        document = form.error(reply.status, reply.message or f"Status {reply.status}", reply.code)
        with contextlib.suppress(OSError):
            self._document(reply.status, document, reply.headers)
            return
        self._left(request)

    def _document(
        self, status: int, document: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        data = json.dumps(document).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _gone(self, request: RecordedRequest, seconds: float) -> bool:
        """Wait as the script says; whether the client or the server has gone meanwhile."""
        if not _closed_within(self.connection, seconds):
            return False
        self._left(request)
        return True

    def _left(self, request: RecordedRequest) -> None:
        self.close_connection = True
        if not self.script.stopped:
            request.closed.set()


def _holds(value: object, path: list[str], expected: str) -> bool:
    """Whether a document has a field, with a value where one is expected."""
    for name in path:
        if not isinstance(value, Mapping) or name not in value:
            return False
        value = value[name]
    return not expected or str(value) == expected


def _closed_within(connection: socket.socket, seconds: float) -> bool:
    """Wait, but not longer than until the client has closed the connection; whether it has."""
    until = time.monotonic() + seconds
    readable, _, _ = select.select([connection], [], [], seconds)
    if not readable:
        return False
    try:
        if not connection.recv(1, socket.MSG_PEEK):
            return True
    except OSError:
        return True
    # The next request is there already; it waits for the end of this answer.
    time.sleep(max(0, until - time.monotonic()))
    return False
