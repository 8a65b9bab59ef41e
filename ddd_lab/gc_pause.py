"""Python's collector of cyclic garbage, held back where much is made at once."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def gc_paused(*, lasting: bool = False) -> Iterator[None]:
    """No collection of cyclic garbage meanwhile.

    Reading, checks, search and drawing make many values at once and next to no cycles; collections
    triggered by their number would walk the whole design over and over: a tenth of a second and
    more that people feel.

    Args:
        lasting: what is made meanwhile lives on: it goes among the old objects without a look at
            each.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if lasting and gc.get_freeze_count() == 0:
            gc.freeze()
            gc.unfreeze()
        gc.enable()
