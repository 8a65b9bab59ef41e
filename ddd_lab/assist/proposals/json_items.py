"""The complete parts of a JSON text that is still coming."""

from __future__ import annotations

import json
from collections.abc import Iterator

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
        self._due = 0
        self._half = False
        self._whole = 0
        self._shown = 0
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
                self._begin_string()
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
            self._show(self._string[: self._whole])
        yield from items

    def _in_list(self) -> bool:
        """Whether what is open last is an item of the list of edits."""
        if self._open[:1] == ["["]:
            return len(self._open) == 2
        return len(self._open) == 3 and self._open[1] == "[" and self._key == "edits"

    def _says(self) -> bool:
        return len(self._open) == 1 and self._key == "say"

    def _begin_string(self) -> None:
        self._string = []
        self._escaped, self._half = False, False
        self._due = self._whole = self._shown = 0
        if self._says():
            self.say = ""

    def _in_string(self, letter: str) -> None:
        if self._string is None:
            return
        if self._escaped or letter != '"':
            self._string.append(letter)
            self._follow_escape(letter, self._string)
            return
        if self._says():
            self._show(self._string)
        raw, self._string = self._string, None
        self._last = "" if len(raw) > 100 else _decoded("".join(raw))

    def _follow_escape(self, letter: str, string: list[str]) -> None:
        """Note up to where nothing is cut off: neither an escape nor a pair of them."""
        if self._escaped:
            self._escaped = False
            self._due = 4 if letter == "u" else 0
            self._half = self._half and letter == "u"
        elif self._due:
            self._due -= 1
            if not self._due:
                self._half = "d800" <= "".join(string[-4:]).lower() < "dc00"
        elif letter == "\\":
            self._escaped = True
        else:
            self._half = False
        if not (self._escaped or self._due or self._half):
            self._whole = len(string)

    def _show(self, raw: list[str]) -> None:
        new = raw[self._shown : _MOST_SAID]
        self._shown += len(new)
        self.say += _decoded("".join(new))


def _decoded(raw: str) -> str:
    try:
        return str(json.loads(f'"{raw}"', strict=False))
    except json.JSONDecodeError:
        return ""
