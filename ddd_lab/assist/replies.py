"""What comes back from a language model: typed events of one reply, and how it can fail."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from ddd_lab.assist.requests import ToolCall
from ddd_lab.visible import VisibleError


class Outcome(StrEnum):
    """How one attempt ended; it decides what follows.

    Attributes:
        OK: the model answered to the end.
        RETRYABLE: busy, unreachable or broken in the middle: again, then the next model.
        QUOTA: the vendor's own budget or rate is used up: the next model.
        AUTH: no key, or a wrong one: stop.
        NOT_FOUND: the vendor does not know the model: stop, and say which it knows.
        REFUSED: the model declined: stop.
        TRUNCATED: cut off at the limit: once more with a larger limit, then stop.
        TOO_LONG: the prompt does not fit: a model with a larger context.
        UNSUPPORTED: the server does not take what was asked: the next model.
        CANCELLED: a person stopped it.
        FAILED: anything else: stop.
    """

    OK = "ok"
    RETRYABLE = "retryable"
    QUOTA = "quota"
    AUTH = "auth"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    TOO_LONG = "too_long"
    UNSUPPORTED = "unsupported"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ProviderError(VisibleError, RuntimeError):
    """A reply that did not come to its end; the message is for a person: what, then what to do.

    Attributes:
        outcome: what kind of failure it is; never OK.
        retry_after: seconds that the server asks to wait; None if it says nothing.
        usage: what it took all the same, as of an answer that was cut off; None if not known.
    """

    def __init__(
        self,
        outcome: Outcome,
        message: str,
        retry_after: float | None = None,
        usage: Usage | None = None,
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.retry_after = retry_after
        self.usage = usage


@dataclass(frozen=True)
class Usage:
    """Tokens of a reply; the whole input is the sum of the first three.

    Attributes:
        input: tokens read anew.
        cache_read: tokens taken from the vendor's cache.
        cache_write: tokens written into it.
        output: tokens of the answer, its thinking included.
        how: whether the server said so, or we estimated it.
    """

    input: int = 0
    cache_read: int = 0
    cache_write: int = 0
    output: int = 0
    how: Literal["exact", "estimate"] = "exact"


@dataclass(frozen=True)
class LoadingModel:
    """The server is loading the model into memory; the first word may take long."""


@dataclass(frozen=True)
class TextDelta:
    """The next piece of the answer."""

    text: str


@dataclass(frozen=True)
class ThinkingDelta:
    """The next piece of what the model thinks aloud; shown, never kept in a spec."""

    text: str


@dataclass(frozen=True)
class ToolCalled:
    """The model wishes to look something up."""

    call: ToolCall


@dataclass(frozen=True)
class Finished:
    """The reply came to its end. It is always the last event; what fails raises instead.

    Attributes:
        model: the vendor's id of the model that really answered.
        usage: what it took.
        wants_tools: whether it ended in order to have its tool calls answered.
    """

    model: str
    usage: Usage
    wants_tools: bool = False


ReplyEvent = LoadingModel | TextDelta | ThinkingDelta | ToolCalled | Finished
