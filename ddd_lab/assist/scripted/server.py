"""The server: it listens, picks replies from the script, and keeps what was asked."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from ddd_lab.assist.default_models import ACTIVE, TASK_ROUTING
from ddd_lab.assist.model_entry import ModelEntry, ProviderKind
from ddd_lab.assist.prices import FREE
from ddd_lab.assist.scripted.handler import ScriptHandler
from ddd_lab.assist.scripted.reply import RecordedRequest, ScriptedReply
from ddd_lab.assist.scripted.script import Script

MODELS: dict[ProviderKind, str] = {
    "anthropic": "scripted-claude",
    "openai_compatible": "scripted-gpt",
    "ollama": "scripted-llama",
}
"""The models that are served, one for each wire format."""


class ScriptedServer:
    """Answers requests for language models from a script, on a free port of 127.0.0.1.

    Args:
        replies: the script. Of the replies whose ``when`` fits and whose ``times`` are not used
            up, the first answers; where there is none, the server says so with status 400.
        models: ids of the models that are served; others are answered with status 404.
        loaded: whether the models of Ollama are in memory from the beginning.
        refuses: fields of a request that are answered with status 400, such as ``temperature``,
            ``stream_options`` or, for one value, ``response_format.type=json_schema``.

    >>> with ScriptedServer([ScriptedReply("Hello.")]) as server:
    ...     server.base_url.startswith("http://127.0.0.1:")
    True
    """

    def __init__(
        self,
        replies: Iterable[ScriptedReply] = (),
        *,
        models: Sequence[str] = tuple(MODELS.values()),
        loaded: bool = True,
        refuses: Sequence[str] = (),
    ) -> None:
        self._script = Script(replies, models, refuses, loaded=loaded)
        self._http: _Listener | None = None
        self._port = 0

    def start(self) -> Self:
        """Begin to listen, after a stop where it was; does nothing while it listens."""
        if self._http is None:
            handler = type("Handler", (ScriptHandler,), {"script": self._script})
            self._http = _Listener(("127.0.0.1", self._port), handler)
            self._port = self._http.server_address[1]
            self._script.stopped = False
            threading.Thread(
                target=self._http.serve_forever,
                kwargs={"poll_interval": 0.02},
                name="scripted-models",
                daemon=True,
            ).start()
        return self

    def stop(self) -> None:
        """Close every connection and the port; again does nothing."""
        self._script.stopped = True
        http, self._http = self._http, None
        if http is not None:
            http.close_connections()
            http.shutdown()
            http.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        """Where it listens, for Anthropic and Ollama; ``/v1`` is added for OpenAI.

        Raises:
            RuntimeError: it has not been started.
        """
        if self._http is None:
            msg = "The scripted server is not running. Call start() first."
            raise RuntimeError(msg)
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def entries(self) -> tuple[ModelEntry, ...]:
        """One model of the registry for each wire format, without price and key."""
        return tuple(
            ModelEntry(
                id=model,
                provider=provider,
                model_id=model,
                base_url=self.base_url + ("/v1" if provider == "openai_compatible" else ""),
                price=FREE,
            )
            for provider, model in MODELS.items()
            if model in self._script.models
        )

    def config(self) -> str:
        """The part of ``.ddd/config.yaml`` that asks this server and no other."""
        entries = self.entries()
        lines = ["llm:", f"  active_model: {entries[0].id}", "  models:"]
        for entry in entries:
            lines += [
                f"    {entry.id}:",
                f"      provider: {entry.provider}",
                f"      model_id: {entry.model_id}",
                f"      base_url: {entry.base_url}",
                "      price: {input: 0, output: 0}",
            ]
        lines += [f"  fallback_chain: [{entries[0].id}]", "  task_routing:"]
        lines += [f"    {task}: {ACTIVE}" for task in TASK_ROUTING]
        return "\n".join([*lines, ""])

    @property
    def requests(self) -> list[RecordedRequest]:
        """What was asked, in the order in which it came."""
        return self._script.requests

    def say(self, *replies: ScriptedReply) -> None:
        """Put replies before those of the script."""
        self._script.say(*replies)

    def replace(self, *replies: ScriptedReply) -> None:
        """Begin another script, and forget what was asked."""
        self._script.replace(*replies)

    def wait_for(self, what: Callable[[], bool], seconds: float = 60) -> bool:
        """Wait until something is true of the requests; returns whether it became so."""
        return self._script.wait_for(what, seconds)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], handler: type[ScriptHandler]) -> None:
        super().__init__(address, handler)
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Keep a connection while it is open."""
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that is over."""
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """Cut off whoever is still being answered."""
        with self._lock:
            connections = [*self._connections]
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error."""
