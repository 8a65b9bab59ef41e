"""Work that takes time, away from the server's event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """Do something in a thread of its own, and wait for it.

    The thread keeps no program from ending: a test command that hangs must not hold the server up.
    """
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            done.set_exception(error)

    threading.Thread(target=run, name="ddd-lab", daemon=True).start()
    return await asyncio.wrap_future(done)
