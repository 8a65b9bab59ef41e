"""The server: it listens, picks replies from the script, and keeps what was asked."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Self

from ddd_lab.assist.model_entry import ModelEntry, ProviderKind
from ddd_lab.assist.prices import FREE
from ddd_lab.assist.scripted.handler import ScriptHandler
from ddd_lab.assist.scripted.reply import RecordedRequest, ScriptedReply

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
        self.models = tuple(models)
        self.refuses = tuple(refuses)
        self.requests: list[RecordedRequest] = []
        self._replies = [*replies]
        self._used: dict[int, int] = {}
        self._loaded = set(models) if loaded else set[str]()
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._connections: set[socket.socket] = set()
        self._http: ThreadingHTTPServer | None = None
        self.stopped = False

    def start(self) -> Self:
        """Begin to listen; again does nothing."""
        if self._http is None:
            handler = type("Handler", (ScriptHandler,), {"script": self})
            self._http = _Listener(("127.0.0.1", 0), handler)
            threading.Thread(
                target=self._http.serve_forever,
                kwargs={"poll_interval": 0.02},
                name="scripted-models",
                daemon=True,
            ).start()
        return self

    def stop(self) -> None:
        """Close every connection and the port; again does nothing."""
        self.stopped = True
        http, self._http = self._http, None
        with self._lock:
            connections, self._connections = self._connections, set()
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        if http is not None:
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
            if model in self.models
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
        return "\n".join([*lines, f"  fallback_chain: [{entries[0].id}]", ""])

    def say(self, *replies: ScriptedReply) -> None:
        """Put replies before those of the script."""
        with self._lock:
            self._replies[:0] = replies
            self._used = {index + len(replies): used for index, used in self._used.items()}

    def wait_for(self, what: Callable[[], bool], seconds: float = 10) -> bool:
        """Wait until something is true of the requests; returns whether it became so."""
        with self._changed:
            return self._changed.wait_for(what, seconds)

    def keep(self, request: RecordedRequest) -> None:
        """Record a request."""
        with self._changed:
            self.requests.append(request)
            self._changed.notify_all()

    def reply_to(self, request: RecordedRequest) -> ScriptedReply | None:
        """Pick what answers a request; None where the script has nothing."""
        prompt = request.prompt.casefold()
        with self._lock:
            for index, reply in enumerate(self._replies):
                used = self._used.get(index, 0)
                if reply.when.casefold() in prompt and (not reply.times or used < reply.times):
                    self._used[index] = used + 1
                    return reply
        return None

    def noted(self) -> None:
        """Tell those who wait that something has changed."""
        with self._changed:
            self._changed.notify_all()

    def load(self, model: str) -> None:
        """Take a model into memory."""
        with self._lock:
            self._loaded.add(model)

    @property
    def loaded_models(self) -> tuple[str, ...]:
        """Those in memory."""
        with self._lock:
            return tuple(sorted(self._loaded))

    def opened(self, connection: socket.socket) -> None:
        """Keep a connection, to close it in the end."""
        with self._lock:
            self._connections.add(connection)

    def closed(self, connection: socket.socket) -> None:
        """Forget a connection."""
        with self._lock:
            self._connections.discard(connection)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error."""
