"""The script of a server: what it answers, and what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence

from ddd_lab.assist.scripted.reply import RecordedRequest, ScriptedReply


class Script:
    """Picks replies and keeps requests, for all connections of a server.

    Args:
        replies: in their order.
        models: ids of the models that are served.
        loaded: whether they are in memory from the beginning.
        refuses: fields that are answered with status 400.
    """

    def __init__(
        self,
        replies: Iterable[ScriptedReply],
        models: Sequence[str],
        refuses: Sequence[str],
        *,
        loaded: bool,
    ) -> None:
        self.models = tuple(models)
        self.refuses = tuple(refuses)
        self.requests: list[RecordedRequest] = []
        self.stopped = False
        self._replies = [*replies]
        self._used: dict[int, int] = {}
        self._loaded = set(models) if loaded else set[str]()
        self._changed = threading.Condition()

    def say(self, *replies: ScriptedReply) -> None:
        """Put replies before the others."""
        with self._changed:
            self._replies[:0] = replies
            self._used = {index + len(replies): used for index, used in self._used.items()}

    def replace(self, *replies: ScriptedReply) -> None:
        """Begin anew with other replies, and forget what was asked."""
        with self._changed:
            self._replies = [*replies]
            self._used.clear()
            self.requests.clear()

    def wait_for(self, what: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is true of the requests; returns whether it became so."""
        with self._changed:
            return self._changed.wait_for(what, seconds)

    def changed(self) -> None:
        """Tell those who wait that something has changed."""
        with self._changed:
            self._changed.notify_all()

    def keep(self, request: RecordedRequest) -> None:
        """Record a request."""
        with self._changed:
            self.requests.append(request)
            self._changed.notify_all()

    def reply_to(self, request: RecordedRequest) -> ScriptedReply | None:
        """Pick what answers a request; None where the script has nothing."""
        prompt = request.prompt.casefold()
        with self._changed:
            for index, reply in enumerate(self._replies):
                used = self._used.get(index, 0)
                if reply.when.casefold() in prompt and (not reply.times or used < reply.times):
                    self._used[index] = used + 1
                    return reply
        return None

    def load(self, model: str) -> None:
        """Take a model into memory."""
        with self._changed:
            self._loaded.add(model)

    @property
    def loaded(self) -> tuple[str, ...]:
        """The models in memory."""
        with self._changed:
            return tuple(sorted(self._loaded))
