"""Keeping Python's cycle collector out of gestures."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Hold the cycle collector for a moment.

    Drawing a large board makes thousands of objects that are gone a moment later. A collection in
    between takes them for lasting ones, and with a few such gestures looks through everything in
    memory: a tenth of a second that people feel. Without it they are gone before anybody looks.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
