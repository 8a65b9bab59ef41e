"""The complete parts of a JSON text that is still coming."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_CUT = r"\\(u[0-9a-fA-F]{0,3})?"
_HALF = re.compile(rf"({_CUT}|\\u[dD][89abAB][0-9a-fA-F]{{2}}({_CUT})?)\Z")
"""An escape at the end of a text that more may belong to."""
_MOST_SAID = 200_000
"""Characters of ``say`` that are shown while they come."""


class JsonItems:
    """Follows ``{"say": "…", "edits": [{…}, …]}`` or ``[{…}, …]`` character by character.

    Attributes:
        say: what ``say`` says so far.
    """

    def __init__(self) -> None:
        self.say = ""
        self._open: list[str] = []
        self._key = ""
        self._string: list[str] | None = None
        self._escaped = False
        self._last = ""
        self._item: list[str] | None = None

    def feed(self, piece: str) -> Iterator[str]:
        """Take the next piece; yields the text of every item of the list that it completes."""
        items: list[str] = []
        for letter in piece:
            if self._item is not None:
                self._item.append(letter)
            if self._string is not None:
                self._in_string(letter)
            elif letter == '"':
                self._string = []
            elif letter in "{[":
                self._open.append(letter)
                if letter == "{" and self._in_list():
                    self._item = [letter]
            elif letter in "}]":
                if self._item is not None and self._in_list():
                    items.append("".join(self._item))
                    self._item = None
                if self._open:
                    self._open.pop()
            elif letter in ":," and len(self._open) == 1:
                self._key = self._last if letter == ":" else ""
        if self._string is not None and self._says():
            self._show("".join(self._string))
        yield from items

    def _in_list(self) -> bool:
        """Whether what is open last is an item of the list of edits."""
        if self._open[:1] == ["["]:
            return len(self._open) == 2
        return len(self._open) == 3 and self._open[1] == "[" and self._key == "edits"

    def _says(self) -> bool:
        return len(self._open) == 1 and self._key == "say"

    def _in_string(self, letter: str) -> None:
        if self._string is None:
            return
        if self._escaped or letter != '"':
            self._escaped = letter == "\\" and not self._escaped
            self._string.append(letter)
            return
        raw, self._string = "".join(self._string), None
        if self._says():
            self._show(raw)
        self._last = "" if len(raw) > 100 else _decoded(raw)

    def _show(self, raw: str) -> None:
        self.say = _decoded(_HALF.sub("", raw[:_MOST_SAID]))


def _decoded(raw: str) -> str:
    try:
        return str(json.loads(f'"{raw}"', strict=False))
    except json.JSONDecodeError:
        return ""
