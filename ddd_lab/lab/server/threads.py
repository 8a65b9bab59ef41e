"""Work that takes time, away from the server's event loop and bounded for each project.

A folder may lie on a disk that does not answer. So each project's work is done in threads of its
own: one that hangs holds up no other, and asking again starts no more of them.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

_MOST = 16
"""Questions and deeds of one project that may wait for an answer at once."""


class NoAnswerError(RuntimeError):
    """A project gives no answer in time."""


def in_background(work: Callable[[], T]) -> Future[T]:
    """Do something in a thread of its own.

    The thread keeps no program from ending: a test command that hangs must not hold the server up.
    """
    done: Future[T] = Future()
    # From here on nobody who gives up waiting can cancel it for those who still wait.
    done.set_running_or_notify_cancel()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            done.set_exception(error)

    threading.Thread(target=run, name="ddd-lab", daemon=True).start()
    return done


class Lanes:
    """What is asked of each project and what is done with it, side by side.

    Used on the event loop only.

    Args:
        patience: seconds that a question may take.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._waiting: dict[str, dict[object, Future[Any]]] = {}

    async def ask(
        self, lane: str, question: str, work: Callable[[], T], patience: float | None = None
    ) -> T:
        """Answer a question; one that is asked already is waited for, not asked once more.

        Args:
            lane: whose work it is: the project's folder.
            patience: seconds that it may take, if not as long as every question.
        """
        waiting = self._in(lane)
        answer: Future[T] | None = waiting.get(question)
        if answer is None:
            answer = self._begun(lane, question, work)
        return await self._in_time(
            lane, answer, patience or self._patience, "Its work continues; try again later."
        )

    async def act(self, lane: str, work: Callable[[], T], patience: float | None = None) -> T:
        """Do something, as often as it is wanted.

        Args:
            lane: whose work it is: the project's folder.
            patience: seconds that it may take; None for as long as it takes.
        """
        future = self._begun(lane, object(), work)
        return await self._in_time(lane, future, patience, "It may still be done.")

    def _in(self, lane: str) -> dict[object, Future[Any]]:
        """What of a lane is still waited for."""
        going = {
            name: {key: future for key, future in waiting.items() if not future.done()}
            for name, waiting in self._waiting.items()
        }
        self._waiting = {name: waiting for name, waiting in going.items() if waiting}
        return self._waiting.setdefault(lane, {})

    def _begun(self, lane: str, key: object, work: Callable[[], T]) -> Future[T]:
        waiting = self._in(lane)
        if len(waiting) >= _MOST:
            raise NoAnswerError(
                f"{lane} does not answer: {len(waiting)} calls wait for it already. Its disk may "
                "be gone or slow"
            )
        future = waiting[key] = in_background(work)
        return future

    async def _in_time(
        self, lane: str, future: Future[T], patience: float | None, otherwise: str
    ) -> T:
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), patience)
        except TimeoutError as error:
            if future.done():
                raise  # the work itself says so
            raise NoAnswerError(
                f"{lane} has not answered for {patience:g} seconds: its disk may be slow or gone, "
                f"or another program holds it up. {otherwise}"
            ) from error
