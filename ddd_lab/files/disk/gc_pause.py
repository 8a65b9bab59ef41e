"""Python's collector of cyclic garbage, held back where much is made at once."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def gc_paused() -> Iterator[None]:
    """No collection of cyclic garbage meanwhile.

    Checks, search and drawing make many small values at once and next to no cycles; collections
    triggered by their number would walk the whole design over and over: a tenth of a second and
    more that people feel.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
