"""Thinking that a model puts between tags in front of its answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

_OPEN: Final = "<think>"
_CLOSE: Final = "</think>"


class ThinkTags:
    """Tells thinking from the answer, in pieces that may end inside a tag.

    Only a tag before the first word of the answer counts: an answer may speak of tags.
    """

    def __init__(self) -> None:
        self._state: Literal["before", "thinking", "after", "answer"] = "before"
        self._held = ""

    def split(self, piece: str) -> Iterator[tuple[bool, str]]:
        """The parts of a piece, each with whether it is thinking."""
        self._held += piece
        if self._state == "before":
            begun = self._held.lstrip()
            if begun.startswith(_OPEN):
                self._state, self._held = "thinking", begun.removeprefix(_OPEN)
            elif not _OPEN.startswith(begun):
                self._state = "answer"
        if self._state == "thinking":
            yield from self._thought()
        if self._state == "after":
            self._held = self._held.lstrip()
            if self._held:
                self._state = "answer"
        if self._state == "answer":
            yield False, self._held
            self._held = ""

    def rest(self) -> str:
        """What was held back when the reply ended; of the answer, never of thinking."""
        held, self._held = self._held, ""
        return held if self._state == "before" else ""

    def _thought(self) -> Iterator[tuple[bool, str]]:
        thought, close, answer = self._held.partition(_CLOSE)
        if close:
            self._state, self._held = "after", answer
            yield True, thought
            return
        safe = len(thought) - _started(thought)
        self._held = thought[safe:]
        yield True, thought[:safe]


def _started(text: str) -> int:
    """Letters at the end of a text that may begin the closing tag."""
    return next(
        (length for length in range(len(_CLOSE) - 1, 0, -1) if text.endswith(_CLOSE[:length])), 0
    )
