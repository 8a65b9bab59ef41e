"""What the errors of servers mean, whichever vendor's words they come in."""

from __future__ import annotations

import email.utils
import json
import re
import time
from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


@dataclass(frozen=True)
class Failure:
    """What a server or the network said.

    Attributes:
        status: of HTTP; 0 where there was no answer, 200 in mid-stream.
        message: the server's words.
        kind: their kind in the vendor's words.
        retry_after: seconds that the server asks to wait.
        unreachable: whether no connection came about.
        silent: whether the server said nothing for too long.
    """

    status: int = 0
    message: str = ""
    kind: str = ""
    retry_after: float | None = None
    unreachable: bool = False
    silent: bool = False

    @property
    def words(self) -> str:
        """All that tells what it is."""
        return f"{self.kind} {self.message}"


class UnreadableError(Exception):
    """What came is no reply of the wire format; the message says what it is."""


def failure_of(error: Exception) -> Failure:
    """What an exception of an SDK or of the HTTP client says."""
    import httpx2

    response = getattr(error, "response", None)
    body = getattr(error, "body", None)
    if isinstance(response, httpx2.Response):
        return failure_in(response.status_code, body or response.reason_phrase, response.headers)
    if body is not None:
        return failure_in(200, body)
    chain = [error, error.__cause__]
    if any(isinstance(each, httpx2.ConnectError | httpx2.ConnectTimeout) for each in chain):
        return Failure(unreachable=True)
    if any(isinstance(each, httpx2.TimeoutException) for each in chain):
        return Failure(silent=True)
    if any(isinstance(each, httpx2.TransportError) for each in chain):
        return Failure()
    what = str(error) if isinstance(error, UnreadableError) else f"{type(error).__name__}: {error}"
    return Failure(status=200, message=what, kind="unreadable")


def require_stream(content_type: str) -> None:
    """Refuse an answer that is a page or one document, as of a server that does not stream.

    Raises:
        UnreadableError: it is.
    """
    kind = content_type.partition(";")[0].strip()
    if kind in {"text/html", "application/json"}:
        raise UnreadableError(f"it is {kind}, not a stream")


def failure_in(status: int, body: object, headers: Mapping[str, str] | None = None) -> Failure:
    """What the document of an error says, whoever's it is."""
    retry_after = _retry_after(headers or {})
    if isinstance(body, list) and body:  # as Google's servers put it
        body = body[0]
    error = body.get("error", body) if isinstance(body, Mapping) else body
    if isinstance(error, Mapping):
        kinds = (error.get(name) for name in ("type", "code"))
        kind = " ".join(each for each in kinds if isinstance(each, str))
        message = error.get("message")
        words = message if isinstance(message, str) else json.dumps(error, default=str)
        return Failure(status, words, kind, retry_after)
    return Failure(status, str(error), "", retry_after)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, which a header says as such or as a date."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = headers.get(name, "")
        try:
            return max(0.0, float(value) * unit)
        except ValueError:
            date = email.utils.parsedate_tz(value) if value else None
        if date is not None:
            return max(0.0, email.utils.mktime_tz(date) - time.time())
    return None


class Meaning(Enum):
    """What a failure is, whoever's words it comes in."""

    NO_ANSWER = auto()
    WRONG_KEY = auto()
    BUDGET = auto()
    NO_ACCESS = auto()
    TOO_OFTEN = auto()
    TOO_LONG = auto()
    NO_TOOLS = auto()
    NO_MODEL = auto()
    NO_ADDRESS = auto()
    UNREADABLE = auto()
    MID_STREAM = auto()
    BUSY = auto()
    BAD_REQUEST = auto()


@dataclass(frozen=True)
class _Sign:
    """A status or words that tell a meaning.

    Attributes:
        statuses: with any of these.
        words: and these words; None for any.
    """

    meaning: Meaning
    statuses: Container[int]
    words: re.Pattern[str] | None = None

    def fits(self, failure: Failure) -> bool:
        """Whether a failure has it."""
        if failure.status not in self.statuses:
            return False
        return self.words is None or self.words.search(failure.words) is not None


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_REFUSALS: Final = range(200, 500)
_SIGNS: Final = (
    _Sign(Meaning.NO_ANSWER, {0}),
    _Sign(Meaning.NO_ADDRESS, range(300, 400)),
    _Sign(Meaning.WRONG_KEY, {401}),
    _Sign(
        Meaning.WRONG_KEY,
        {200, 400, 403},
        _words(
            r"authentication_error|invalid_api_key",
            r"api[ _-]key.{0,30}(invalid|not valid|expired)",
            r"(invalid|incorrect)( x-)?[ _-]?api[ _-]key",
        ),
    ),
    _Sign(Meaning.BUDGET, {402}),
    _Sign(
        Meaning.BUDGET,
        {200, 400, 403, 429},
        _words(
            r"usage limit|credit balance|current quota|billing_error|billing (hard )?limit",
            r"insufficient[_ ](quota|funds|balance|credit)|out of (credit|budget)",
            r"budget.{0,20}exceeded|spend(ing)? limit",
        ),
    ),
    _Sign(Meaning.NO_ACCESS, {403}),
    _Sign(Meaning.TOO_OFTEN, {429}),
    _Sign(Meaning.TOO_LONG, {413}),
    _Sign(
        Meaning.TOO_LONG,
        range(200, 600),
        _words(
            r"(prompt|input) is too long|context[_ ](length|window|size|limit)|maximum context",
            r"too many (input |prompt )?tokens|longer than the context|request_too_large",
            r"reduce the length",
        ),
    ),
    _Sign(
        Meaning.NO_TOOLS,
        _REFUSALS,
        _words(
            r"not support (tool|function)|enable-auto-tool-choice",
            r"(tool|function)s?( use| calling| calls)? (is|are) not supported",
        ),
    ),
    _Sign(
        Meaning.NO_MODEL,
        range(400, 500),
        _words(
            r"model_not_found|not_found_error|(unknown|invalid|no such) model|not a valid model",
            r"model.{0,120}(not found|not exist|unknown|not available)",
        ),
    ),
    _Sign(Meaning.NO_ADDRESS, {404, 405}),
    _Sign(Meaning.UNREADABLE, {200}, _words("^unreadable ")),
    _Sign(Meaning.MID_STREAM, {200}),
    _Sign(Meaning.BUSY, {408, 409, 425}),
    _Sign(Meaning.BUSY, range(500, 600)),
)
"""The first that fits counts."""


def meaning(failure: Failure) -> Meaning:
    """What a failure is."""
    return next((sign.meaning for sign in _SIGNS if sign.fits(failure)), Meaning.BAD_REQUEST)
