"""A provider of models on this machine that says what a test wrote down for it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar


@dataclass(frozen=True)
class Say:
    """A message without tools: it ends the turn."""

    text: str


@dataclass(frozen=True)
class Use:
    """A call of one of Claude Code's tools."""

    tool: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Fail:
    """A trouble of the provider: a status, half a stream (0), or silence (-1)."""

    status: int


Step = Say | Use | Fail


@dataclass
class Provider:
    """What the provider says, step by step, and what it was asked.

    Attributes:
        steps: of the conversation; the last one is repeated for whoever asks on.
        asked: the body of every request for a message of the conversation.
        url: where it is.
    """

    steps: Sequence[Step]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def next_step(self, body: dict[str, Any]) -> Step:
        """What to say to a request; requests without tools are small talk of the program."""
        if not body.get("tools"):
            return Say("A task")
        with self._lock:
            step = self.steps[min(len(self.asked), len(self.steps) - 1)]
            self.asked.append(body)
        return step

    @property
    def heard(self) -> str:
        """Everything that users said in the last request, as one text."""
        found: list[str] = []
        for message in self.asked[-1]["messages"] if self.asked else ():
            content = message["content"]
            parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
            found += [part["text"] for part in parts if part.get("type") == "text"]
        return "\n".join(found)


@contextmanager
def provider(*steps: Step) -> Iterator[Provider]:
    """A provider that runs while the context lasts."""
    script = Provider(steps)

    class Handler(_Handler):
        script_of_the_test = script

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    script.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield script
    finally:
        script.released.set()
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script_of_the_test: ClassVar[Provider]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        """Answer whoever only knocks."""
        self._answer(200, {})

    def do_GET(self) -> None:
        """There is nothing to get."""
        self._answer(404, {})

    def do_POST(self) -> None:
        """Answer a request for a message."""
        length = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(length) or b"{}")
        if "count_tokens" in self.path:
            self._answer(200, {"input_tokens": 1})
        elif self.path.startswith("/v1/messages"):
            self._message(body, self.script_of_the_test.next_step(body))
        else:
            self._answer(404, {})

    def _message(self, body: dict[str, Any], step: Step) -> None:
        if isinstance(step, Fail) and step.status > 0:
            error = {"type": "api_error", "message": "as the test wants it"}
            self._answer(step.status, {"type": "error", "error": error})
        elif isinstance(step, Fail) and step.status < 0:
            self.script_of_the_test.released.wait(60)
            self.close_connection = True
        elif body.get("stream"):
            self._stream(body, step)
        elif isinstance(step, Fail):
            self._half()
        else:
            content = [{"type": "text", "text": getattr(step, "text", "")}]
            self._answer(200, {**_head(body), "content": content, "stop_reason": "end_turn"})

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        raw = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(raw)

    def _half(self) -> None:
        """Half an answer to whoever wants it in one piece."""
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "1000")
        self.end_headers()
        self.wfile.write(b'{"type": "mess')
        self.close_connection = True

    def _stream(self, body: dict[str, Any], step: Step) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        self._event("message_start", message={**_head(body), "content": []})
        if isinstance(step, Fail):
            self._event("content_block_start", index=0, content_block={"type": "text", "text": ""})
            return
        if isinstance(step, Use):
            block = {"type": "tool_use", "id": f"toolu_{time.time_ns()}", "name": step.tool}
            arguments = json.dumps(step.arguments)
            delta = {"type": "input_json_delta", "partial_json": arguments}
            self._block({**block, "input": {}}, delta)
        else:
            self._block({"type": "text", "text": ""}, {"type": "text_delta", "text": step.text})
        reason = "tool_use" if isinstance(step, Use) else "end_turn"
        end = {"stop_reason": reason, "stop_sequence": None}
        self._event("message_delta", delta=end, usage={"output_tokens": 5})
        self._event("message_stop")

    def _block(self, start: dict[str, Any], delta: dict[str, Any]) -> None:
        self._event("content_block_start", index=0, content_block=start)
        self._event("content_block_delta", index=0, delta=delta)
        self._event("content_block_stop", index=0)

    def _event(self, kind: str, **content: Any) -> None:
        text = json.dumps({"type": kind, **content})
        self.wfile.write(f"event: {kind}\ndata: {text}\n\n".encode())
        self.wfile.flush()


def _head(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"msg_{time.time_ns()}",
        "type": "message",
        "role": "assistant",
        "model": body.get("model", ""),
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }
