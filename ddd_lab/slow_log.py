"""A line in the log for what took so long that a person waited for it."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator

SLOW_SECONDS = 1.0
"""Whatever takes longer is logged as a warning."""


@contextlib.contextmanager
def slow_logged(logger: logging.Logger, what: str) -> Iterator[None]:
    """Log a warning if what happens meanwhile takes longer than ``SLOW_SECONDS``.

    Args:
        logger: where the warning goes.
        what: the subject of the sentence, such as ``Canvas operation undo``.
    """
    start = time.perf_counter()
    try:
        yield
    finally:
        seconds = time.perf_counter() - start
        if seconds > SLOW_SECONDS:
            logger.warning("%s took %.1f s", what, seconds)
