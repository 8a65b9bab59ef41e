"""Noticing what happens to runs and to the queue, for whoever waits for it."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from ddd_lab.files.disk import storage
from ddd_lab.implementation.file_names import FOLDER

PAUSE: Final = 1.0
"""Seconds after which whoever waits looks again: a program that is killed leaves no word."""
_STEP = 50
"""Milliseconds without a change after which those before it are told as one."""
_BURST = 200
"""Milliseconds after which changes are told though more follow."""


def run_changes(root: Path, id: Callable[[], str], *, pause: float = PAUSE) -> Iterator[None]:
    """Go on at once, then whenever something happened to the queue or to a run.

    Where the system watches nothing for us, or has nothing to tell, it goes on after a pause.

    Args:
        id: gives the id of the run that matters now; none if empty.
        pause: seconds after which it goes on in any case.
    """
    from watchfiles import watch

    while True:
        yield
        folders = _folders(root, id())
        try:
            for _ in watch(
                *folders,
                watch_filter=None,
                step=_STEP,
                debounce=_BURST,
                rust_timeout=max(1, round(pause * 1000)),
                yield_on_timeout=True,
                raise_interrupt=True,
                recursive=False,
            ):
                yield
                if _folders(root, id()) != folders:
                    break
        except (OSError, RuntimeError):  # no folder yet, or no more watches
            time.sleep(pause)


def wait_until(root: Path, id: str, done: Callable[[], bool], timeout: float | None = None) -> bool:
    """Wait until something is so of a run; returns whether it is.

    Args:
        done: looks whether it is so.
        timeout: seconds after which to stop waiting; none if left out.
    """
    deadline = math.inf if timeout is None else time.monotonic() + timeout
    changes = run_changes(root, lambda: id, pause=min(PAUSE, timeout or PAUSE))
    while not done():
        if time.monotonic() > deadline:
            return False
        next(changes)
    return True


def _folders(root: Path, id: str) -> list[str]:
    """Where it happens."""
    paths = [FOLDER, *([f"{FOLDER}/{id}"] if id else [])]
    return [
        os.fspath(storage.locate(root, path)) for path in paths if storage.is_folder(root, path)
    ]
