"""A server that sends whatever bytes a test says, as no honest server would."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

LISTS = b'{"models": [{"name": "scripted-llama"}], "data": []}'


class Raw(NamedTuple):
    """An answer byte by byte; endless where its pieces are."""

    pieces: Iterable[bytes]
    type: str = "application/json"
    status: int = 200
    headers: Mapping[str, str] = {}


@contextmanager
def raw_server(answer: Callable[[Mapping[str, str]], Raw]) -> Iterator[str]:
    """Where it listens; a question is answered by what becomes of its headers."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

        def do_GET(self) -> None:
            self._send(Raw([LISTS]))

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            names = {name.lower(): value for name, value in self.headers.items()}
            self._send(answer(names))

        def _send(self, raw: Raw) -> None:
            self.send_response(raw.status)
            for name, value in {"content-type": raw.type, **raw.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):  # the client has had enough
                for piece in raw.pieces:
                    self.wfile.write(piece)

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{http.server_address[1]}"
    finally:
        http.shutdown()
        http.server_close()
