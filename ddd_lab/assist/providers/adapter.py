"""What all adapters have in common: attempts, corrections, and errors in words."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, TypeVar

from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.providers.corrections import corrected, learn, profile_of
from ddd_lab.assist.providers.explainer import Explainer
from ddd_lab.assist.providers.failures import Failure, failure_of
from ddd_lab.assist.providers.profiles import ModelProfile
from ddd_lab.assist.providers.provider import ServedModel
from ddd_lab.assist.providers.reader import ReplyReader
from ddd_lab.assist.providers.server import Server
from ddd_lab.assist.providers.streamed import streamed
from ddd_lab.assist.replies import Outcome, ProviderError, ReplyEvent
from ddd_lab.assist.requests import Request

Body = dict[str, Any]
T = TypeVar("T")


class Adapter(ABC):
    """A provider over one wire format; see ``Provider`` for what its calls mean.

    Args:
        server: whom it asks.
    """

    def __init__(self, server: Server) -> None:
        self.server = server

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.server.base_url}>"

    def stream(self, request: Request, cancellation: Cancellation) -> Iterator[ReplyEvent]:
        """Ask, and yield the reply as it comes."""
        profile = profile_of(self.server.entry)
        explainer = Explainer(self.server, request.model)
        if request.tools and not profile.tools:
            raise ProviderError(Outcome.UNSUPPORTED, explainer.no_tools())
        reader = ReplyReader(request, explainer, think_tags=profile.think_tags)
        try:
            yield from streamed(
                lambda: self._attempts(request, profile, reader, explainer), cancellation
            )
        except ProviderError as error:
            error.usage = reader.so_far()
            raise

    def models(self) -> list[ServedModel]:
        """The models that the server offers."""
        return self._once(self.fetch_models, self.server.entry.model_id)

    def count_tokens(self, request: Request) -> int | None:
        """Tokens of a request by the server's own count; None where it has none."""
        del request
        return None

    @abstractmethod
    def body(self, request: Request, profile: ModelProfile) -> Body:
        """The document of a request."""

    @abstractmethod
    def read(self, body: Body, reader: ReplyReader) -> AsyncIterator[ReplyEvent]:
        """Send a request and read its reply; errors of the SDK and the client pass."""

    @abstractmethod
    async def fetch_models(self) -> list[ServedModel]:
        """Ask for the models; errors of the SDK and the client pass."""

    async def _attempts(
        self, request: Request, profile: ModelProfile, reader: ReplyReader, explainer: Explainer
    ) -> AsyncGenerator[ReplyEvent, None]:
        """The reply, asked for again without a field for as long as the server refuses one."""
        refused: list[Body] = []
        while True:
            body = self.body(request, profile)
            try:
                async for event in self.read(body, reader):
                    yield event
            except ProviderError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever an SDK raises is told in words
                failure = failure_of(error)
            else:
                learn(self.server.entry, profile)
                return
            refused.append(body)
            other = corrected(profile, failure)
            if other is None or self.body(request, other) in refused:
                raise self._told(explainer, failure) from None
            profile = other

    def _told(self, explainer: Explainer, failure: Failure) -> ProviderError:
        """The error for a person; that there are no tools is remembered."""
        error = explainer.error(failure)
        if error.outcome is Outcome.UNSUPPORTED:
            entry = self.server.entry
            learn(entry, profile_of(entry).model_copy(update={"tools": False}))
        return error

    def _once(self, call: Callable[[], Awaitable[T]], model: str) -> T:
        """The result of a quick call."""

        async def only_item() -> AsyncGenerator[T, None]:
            try:
                yield await call()
            except Exception as error:  # noqa: BLE001 - whatever an SDK raises is told in words
                raise Explainer(self.server, model).error(failure_of(error)) from None

        (result,) = streamed(only_item, Cancellation())
        return result


def schema_as_text(request: Request) -> str:
    """How a model that takes no schema is asked for an answer that follows one."""
    schema = json.dumps(request.schema, ensure_ascii=False, sort_keys=True)
    return (
        "Answer with one JSON document and nothing else. It must follow this JSON Schema:\n"
        f"```json\n{schema}\n```"
    )
