"""What every adapter offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.replies import ReplyEvent
from ddd_lab.assist.requests import Request


@dataclass(frozen=True)
class ServedModel:
    """A model that a server offers, with what it says of it.

    Attributes:
        id: the vendor's id.
        context: the most tokens that it takes; None where the server does not say.
        retires_on: the day on which it ends, as ISO; empty where the server does not say.
        abilities: such as tools, thinking, structured; empty where the server does not say.
    """

    id: str
    context: int | None = None
    retires_on: str = ""
    abilities: frozenset[str] = frozenset()


class Provider(Protocol):
    """A server of language models, seen through its adapter. Calls block; use a thread."""

    def stream(self, request: Request, cancellation: Cancellation) -> Iterator[ReplyEvent]:
        """Ask, and yield the reply as it comes; ``Finished`` is the last event.

        Raises:
            ProviderError: it did not come to its end.
        """
        ...

    def models(self) -> list[ServedModel]:
        """The models that the server offers; costs nothing.

        Raises:
            ProviderError: it cannot be asked.
        """
        ...

    def count_tokens(self, request: Request) -> int | None:
        """Tokens of a request by the server's own count; None where it has none."""
        ...
