"""Gestures that follow each other on the same thing: typing in a field, nudging a card."""

from __future__ import annotations

import math
import time
from collections.abc import Hashable

_PAUSE = 1.5
"""Seconds after which the same gesture is a new step."""


class UndoGrouping:
    """Gives gestures that belong together the same token, so that they are one undo step."""

    def __init__(self) -> None:
        self._gesture: Hashable = None
        self._at = 0.0
        self._number = 0

    def token(self, gesture: Hashable, *, lasting: bool = False) -> str:
        """The token of a gesture that is made now; a lasting one goes on after any pause."""
        now = math.inf if lasting else time.monotonic()
        if gesture != self._gesture or now - self._at > _PAUSE:
            self._number += 1
        self._gesture, self._at = gesture, now
        return f"{id(self)}:{self._number}"

    def end(self) -> None:
        """Let the next gesture stand alone."""
        self._gesture = None
