"""How long the browser tests wait for something before they call it missing."""

from __future__ import annotations

from typing import Final

from tests.patience import PATIENCE


class Timeouts:
    """Upper limits in seconds; generous, since nothing waits longer than it has to."""

    SERVER_START: Final = PATIENCE
    SERVER_END: Final = 30.0
    ABANDONED: Final = 900
    REQUEST: Final = 60.0
    LAB_LOADED: Final = PATIENCE
    KERNEL: Final = PATIENCE
    # For a locator or an expectation: a gesture's effect in the page or in Python.
    EFFECT: Final = 60.0


def ms(seconds: float) -> float:
    """Return milliseconds, which is what Playwright counts in."""
    return seconds * 1000
