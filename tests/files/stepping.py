"""Programs that are stepped: one at a time goes on, from one call of the system to the next.

A schedule says who goes on, so what happens between two programs happens again in each run of it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.files.disk import locks
from tests.patience import PATIENCE

Program = Callable[[], None]


class Schedule:
    """Runs programs by turns that a seed decides.

    Attributes:
        steps: what was done, in order: the number of the program and the call before which it
            waited.
    """

    def __init__(self, seed: int) -> None:
        self.steps: list[tuple[int, str]] = []
        self._chance = random.Random(seed)
        self._numbers: dict[int, int] = {}
        self._turns: list[threading.Semaphore] = []
        self._arrived = threading.Semaphore(0)
        self._done: set[int] = set()
        self._failures: list[BaseException] = []

    def run(self, *programs: Program) -> None:
        """Run the programs to their ends.

        Raises:
            BaseException: what one of them raised.
        """
        self._turns = [threading.Semaphore(0) for _ in programs]
        threads = [
            threading.Thread(target=self._live, args=(number, program), daemon=True)
            for number, program in enumerate(programs)
        ]
        for thread in threads:
            thread.start()
            assert self._arrived.acquire(timeout=PATIENCE)
        while len(self._done) < len(programs):
            left = [number for number in range(len(programs)) if number not in self._done]
            self._turns[self._chance.choice(left)].release()
            assert self._arrived.acquire(timeout=PATIENCE), f"stuck after {self.steps[-5:]}"
        if self._failures:
            raise self._failures[0]

    def step(self, call: str) -> None:
        """Wait for one's turn before a call of the system; nothing in any other thread."""
        number = self._numbers.get(threading.get_ident())
        if number is None:
            return
        self.steps.append((number, call))
        self._arrived.release()
        self._turns[number].acquire()

    def _live(self, number: int, program: Program) -> None:
        self._numbers[threading.get_ident()] = number
        try:
            self.step("start")
            program()
        except BaseException as error:  # noqa: BLE001 - raised again in the thread of the test
            self._failures.append(error)
        finally:
            del self._numbers[threading.get_ident()]
            self._done.add(number)
            self._arrived.release()


@contextlib.contextmanager
def stepped(schedule: Schedule) -> Iterator[None]:
    """Let every call of the storage that others could come between be a step."""
    lock = locks.locked

    @contextlib.contextmanager
    def locked(root: Path, name: str, **_: Any) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            while True:
                schedule.step("lock")
                try:
                    stack.enter_context(lock(root, name, timeout=0))
                    break
                except OSError as error:
                    if error.errno != errno.EBUSY:
                        raise
            yield
            schedule.step("unlock")

    def before(call: str, really: Callable[..., Any], quiet: bool = False) -> Callable[..., Any]:
        def stepping(*arguments: Any, **named: Any) -> Any:
            schedule.step(call)
            return None if quiet else really(*arguments, **named)

        return stepping

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locks, "locked", locked)
        for call in ("open", "fdopen"):
            patch.setattr(os, call, before(call, getattr(os, call)))
        # Nothing here is about power cuts.
        patch.setattr(os, "fsync", before("fsync", os.fsync, quiet=True))
        for call in ("replace", "unlink", "rmdir", "mkdir"):
            patch.setattr(Path, call, before(call, getattr(Path, call)))
        yield
