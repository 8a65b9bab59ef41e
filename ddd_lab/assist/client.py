"""Asks models: one after another as planned, within the budget, and never unasked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from ddd_lab.assist import leaves
from ddd_lab.assist.budget import Budget, Expected
from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.client_events import (
    Answered,
    AttemptFailed,
    AttemptStarted,
    ClientEvent,
    NeedsLeave,
    TextVoid,
)
from ddd_lab.assist.counting import ModelCounter
from ddd_lab.assist.health import Health, HealthBook
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.plan import Attempt, context_of, plan
from ddd_lab.assist.providers.provider import Provider
from ddd_lab.assist.registry import Registry, sends_key_elsewhere
from ddd_lab.assist.replies import (
    Finished,
    Outcome,
    ProviderError,
    TextDelta,
    ThinkingDelta,
    Usage,
)
from ddd_lab.assist.requests import Request
from ddd_lab.assist.tokens import Tokens
from ddd_lab.assist.usage import Record, UsageBook

PAUSES: Final = (1.0, 4.0)
"""Seconds before the first and the second try again, where the server asks for nothing else."""
_LONGEST_PAUSE: Final = 60.0
"""Seconds beyond which nobody is kept waiting: the next model is asked."""

MakeRequest = Callable[[ModelEntry], Request]
Step = Literal["again", "larger", "next", "stop"]


class ModelClient:
    """Asks the models of a project. Threads may share it.

    Args:
        root: the project's folder.
        registry: its models; left out, what its settings say at each question.
        connect: makes the provider of a model.
        usage: where answers are counted.
        pauses: seconds before each further try; as many as there are.

    Attributes:
        active: id of the model that a person talks to from now on; empty for that of the settings.

    Example:
        >>> for event in client.stream("chat", make_request, Cancellation()):  # doctest: +SKIP
        ...     print(event)
    """

    def __init__(
        self,
        root: Path,
        registry: Registry | None = None,
        *,
        connect: Callable[[ModelEntry], Provider] | None = None,
        usage: UsageBook | None = None,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self.root = root
        self.usage = usage or UsageBook(root)
        self.connect = connect or _connect
        self.pauses = pauses
        self.active = ""
        self._registry = registry
        self._health = HealthBook(self.connect)

    @property
    def registry(self) -> Registry:
        """The models of the project."""
        registry = self._registry or Registry.of(self.root)
        return registry.with_active(self.active) if self.active else registry

    @property
    def budget(self) -> Budget:
        """How the period stands."""
        return self.usage.budget(self.registry.costs)

    def counter(self, entry: ModelEntry) -> ModelCounter:
        """A counter of tokens for a model."""
        return self.usage.counter(entry)

    def remember(self, allowed: Iterable[str]) -> None:
        """Remember what a person allowed for this project; only their act calls this.

        Args:
            allowed: the leaves that `NeedsLeave` named. Going beyond the budget is never kept.

        Raises:
            OSError: it cannot be kept.
        """
        leaves.remember(self.root, allowed)

    def health(self, *, look: bool = False) -> dict[str, Health]:
        """How each model stands, by id.

        Args:
            look: ask the servers for their lists, each at most once a minute. That costs nothing,
                takes seconds where a server is slow, and never asks one that a person would have
                to allow first.
        """
        models = self.registry.models
        if look:
            allowed = leaves.remembered(self.root)
            self._health.look_up(e for e in models.values() if _may_be_asked(e, allowed))
        return {id: self._health.known(entry) for id, entry in models.items()}

    def plan(self, task: str, input: int | Request, override: str = "") -> list[Attempt]:
        """The models that would be asked for a task, with tokens and price; nothing is sent.

        Args:
            task: such as ``chat`` or ``review_flow``.
            input: what would be sent, or its tokens.
            override: id of the model that a person picked.
        """
        registry = self.registry

        def expected(entry: ModelEntry) -> Expected:
            if isinstance(input, int):
                return Expected.of(entry, Tokens(input))
            return Expected.of(entry, self.counter(entry).request(input))

        return plan(
            task,
            registry,
            expected,
            override=override,
            budget=self.usage.budget(registry.costs),
            health=self._health.known,
        )

    def stream(
        self,
        task: str,
        make_request: MakeRequest,
        cancellation: Cancellation,
        *,
        override: str = "",
        allow: Collection[str] = (),
    ) -> Iterator[ClientEvent]:
        """Ask for an answer, and yield what happens; `Answered` or `NeedsLeave` is the last event.

        Args:
            task: such as ``chat`` or ``review_flow``.
            make_request: what is to be sent to a model.
            cancellation: stops it, also while it waits.
            override: id of the model that a person picked for this answer.
            allow: what they allowed for this answer, as `NeedsLeave` named it.

        Raises:
            ProviderError: nobody answered to the end; says what to do.
        """
        first = plan(task, self.registry, _nothing, override=override)
        if not first:
            raise ProviderError(Outcome.NOT_FOUND, "There is no model. Add one to llm.models")
        attempts = self.plan(task, make_request(first[0].entry), override)
        allowed = leaves.remembered(self.root) | frozenset(allow)
        yield from _Stream(self, task, make_request, cancellation, allowed).through(attempts)


class _Stream:
    """One answer on its way through the attempts."""

    def __init__(
        self,
        client: ModelClient,
        task: str,
        make_request: MakeRequest,
        cancellation: Cancellation,
        allowed: frozenset[str],
    ) -> None:
        self._client = client
        self._costs = client.registry.costs
        self._task = task
        self._make_request = make_request
        self._cancellation = cancellation
        self._allowed = allowed
        self._shown = False
        self._held: list[tuple[Attempt, dict[str, str]]] = []

    def through(self, attempts: list[Attempt]) -> Iterator[ClientEvent]:
        # Where all are passed over, the first may have come back, or says best what is missing.
        waiting = [attempt for attempt in attempts if not attempt.skip] or attempts
        failure: ProviderError | None = None
        while waiting:
            attempt, *waiting = waiting
            lacking = self._lacking(attempt)
            if lacking:
                self._held.append((attempt, lacking))
                continue
            failed = yield from self._tries(attempt, waiting)
            if failed is None:
                return
            failure = failed
            if failure.outcome is Outcome.TOO_LONG:
                waiting = [other for other in waiting if _may_take_more(other, attempt)]
        if self._held:
            yield self._question()
        elif failure is not None:
            raise failure

    def _tries(
        self, attempt: Attempt, waiting: list[Attempt]
    ) -> Generator[ClientEvent, None, ProviderError | None]:
        """Ask one model, again where that may help; returns why it did not answer, if so."""
        entry = attempt.entry
        request = self._make_request(entry)
        tokens = self._client.counter(entry).request(request)
        expected = Expected.of(entry, tokens)
        retries, enlarged = 0, False
        while True:
            self._stop_if_cancelled()
            over = self._claim(entry, expected)
            if over:
                self._held.append((attempt, {leaves.LIMIT: over}))
                return ProviderError(Outcome.QUOTA, over)
            try:
                if self._shown:
                    self._shown = False
                    yield TextVoid()
                yield AttemptStarted(entry.id, attempt.why, tokens, expected.price)
                yield from self._reply(attempt, request)
            except ProviderError as error:
                failure = error
            else:
                return None
            finally:
                self._client.usage.release(expected)
            step = next_step(failure, len(self._client.pauses) - retries, enlarged=enlarged)
            if step == "again":
                pause = max(self._client.pauses[retries], failure.retry_after or 0)
                yield _failed(entry, failure, entry.id, pause)
                self._cancellation.wait(pause)
                retries += 1
            elif step == "larger":
                yield _failed(entry, failure, entry.id)
                request, enlarged = replace(request, max_tokens=2 * request.max_tokens), True
            else:
                following = self._following(waiting) if step == "next" else ""
                yield _failed(entry, failure, following)
                if step == "stop":
                    raise failure
                return failure

    def _reply(self, attempt: Attempt, request: Request) -> Iterator[ClientEvent]:
        entry, texts = attempt.entry, list[str]()
        finished: Finished | None = None
        try:
            for event in self._client.connect(entry).stream(request, self._cancellation):
                if isinstance(event, TextDelta | ThinkingDelta):
                    texts.append(event.text)
                    self._shown = True
                elif isinstance(event, Finished):
                    finished = event
                yield event
            if finished is None:
                raise ProviderError(Outcome.RETRYABLE, f"{entry.name} stopped in mid-answer")
        except BaseException as error:
            if finished is None:
                self._count_part(entry, request, "".join(texts), error)
            raise
        record = Record(
            entry, self._task, finished.usage, ModelCounter(entry).request(request).count
        )
        note = self._client.usage.add(record, self._costs)
        yield Answered(entry.id, finished.model, attempt.why, finished.usage, record.cost, note)

    def _count_part(
        self, entry: ModelEntry, request: Request, text: str, error: BaseException
    ) -> None:
        """Count an answer that did not come to its end: the vendor does, too."""
        usage = error.usage if isinstance(error, ProviderError) else None
        if usage is None and text:
            count = self._client.counter(entry)
            usage = Usage(
                input=count.request(request).count,
                output=count(text, "prose").count,
                how="estimate",
            )
        if usage is not None:
            self._client.usage.add(Record(entry, self._task, usage), self._costs)

    def _lacking(self, attempt: Attempt) -> dict[str, str]:
        """What a person has to allow first, with the reason."""
        return {leave: reason for leave, reason in attempt.needs if leave not in self._allowed}

    def _claim(self, entry: ModelEntry, expected: Expected) -> str:
        beyond = leaves.LIMIT in self._allowed
        reason = self._client.usage.claim(self._costs, entry, expected, beyond=beyond)
        return f"{entry.name}: {reason}" if reason else ""

    def _following(self, waiting: list[Attempt]) -> str:
        return next((other.model for other in waiting if not self._lacking(other)), "")

    def _question(self) -> NeedsLeave:
        attempt, lacking = self._held[0]
        reason = ". ".join(lacking.values())
        return NeedsLeave(attempt.model, tuple(lacking), f"{reason}.", attempt.why)

    def _stop_if_cancelled(self) -> None:
        if self._cancellation.cancelled:
            raise ProviderError(Outcome.CANCELLED, "The answer was stopped.")


def next_step(error: ProviderError, retries_left: int, *, enlarged: bool) -> Step:
    """What follows on a failure: the same model again, with a larger limit, the next, or nothing.

    Args:
        error: what happened.
        retries_left: how often the same model may still be asked again.
        enlarged: whether the limit of the answer has been raised already.
    """
    match error.outcome:
        case Outcome.RETRYABLE:
            patient = (error.retry_after or 0) <= _LONGEST_PAUSE
            return "again" if retries_left > 0 and patient else "next"
        case Outcome.QUOTA | Outcome.TOO_LONG | Outcome.UNSUPPORTED:
            return "next"
        case Outcome.TRUNCATED:
            return "stop" if enlarged else "larger"
        case _:
            return "stop"


def _failed(
    entry: ModelEntry, error: ProviderError, following: str, wait: float = 0.0
) -> AttemptFailed:
    return AttemptFailed(entry.id, error.outcome, str(error), following, wait)


def _may_take_more(other: Attempt, attempt: Attempt) -> bool:
    """Whether a model may take a text that was too long for another."""
    more, taken = context_of(other.entry), context_of(attempt.entry)
    return more is None or taken is None or more > taken


def _may_be_asked(entry: ModelEntry, allowed: frozenset[str]) -> bool:
    return not sends_key_elsewhere(entry) or leaves.server_leave(entry) in allowed


def _connect(entry: ModelEntry) -> Provider:
    from ddd_lab.assist.providers.connect import connect

    return connect(entry)


def _nothing(entry: ModelEntry) -> Expected:
    return Expected.of(entry, Tokens(0))
