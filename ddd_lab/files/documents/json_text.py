"""JSON text to data, with the place of every value: what is not JSON is said with its cure."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ddd_lab.lossless_yaml import Duplicate, Tree, YamlError, foreign_line
from ddd_lab.spec.models.base import Data

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])")
_WORD = re.compile(r"(?:true|false|null)(?!\w)")
_DEEPEST = 200


@dataclass(slots=True)
class Value:
    """A value in the text."""

    start: int  # offsets in the text
    end: int
    data: Data  # what it says
    parts: list[Part] = field(default_factory=list)  # its entries, for a map or a list


@dataclass(slots=True)
class Part:
    """An entry of a map or a list."""

    lead: int  # offset where the blank before it begins, behind the bracket or comma
    start: int  # offset of its key, or of its value in a list
    key: str | int  # its key; a number in a list
    value: Value  # its value


class JsonTree(Tree):
    """A JSON text with its data and places; see :func:`parse_json_text`."""

    def __init__(self, text: str, value: Value) -> None:
        super().__init__(
            text, value.data, None, 0, has_duplicates=False, has_anchors=False, alias_data={}
        )
        self.value = value

    def locate(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        """Line and column (from 1) of the value at a path, or of its nearest ancestor there is."""
        value = self.value
        for step in path:
            part = _part(value, step)
            if part is None:
                break
            value = part.value
        return _place(self.text, value.start)

    def lines(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        """First and last line (from 1) of the entry at a path."""
        start, value = self.value.start, self.value
        for step in path:
            part = _part(value, step)
            if part is None:
                raise KeyError(path)
            start, value = part.start, part.value
        return _place(self.text, start)[0], _place(self.text, value.end - 1)[0]

    @property
    def duplicates(self) -> list[Duplicate]:
        """Each second and further use of a key in one map, in the order of the text."""
        return list(self._duplicates_in(self.value, ()))

    def _duplicates_in(self, value: Value, path: tuple[str | int, ...]) -> Iterator[Duplicate]:
        seen: set[str | int] = set()
        for part in value.parts:
            if part.key in seen:
                yield Duplicate((*path, part.key), *_place(self.text, part.start))
            seen.add(part.key)
            yield from self._duplicates_in(part.value, (*path, part.key))


def parse_json_text(text: str) -> JsonTree:
    """Read a JSON text."""
    try:
        return JsonTree(text, _Reader(text).whole())
    except YamlError as error:
        raise foreign_line(text) or error from None


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text

    def whole(self) -> Value:
        at = self._skip(1 if self.text.startswith("\ufeff") else 0)
        if at == len(self.text):
            raise YamlError("the file is empty; JSON needs at least {}")
        value = self._value(at, 0)
        end = self._skip(value.end)
        if end < len(self.text):
            raise self._error(end, "nothing may follow the last bracket")
        return value

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _value(self, at: int, depth: int) -> Value:
        if depth > _DEEPEST:
            raise self._error(at, f"more than {_DEEPEST} brackets inside each other")
        letter = self.text[at : at + 1]
        if letter in ("{", "["):
            return self._inner(at, depth, "}" if letter == "{" else "]")
        if letter == '"':
            match = _STRING.match(self.text, at)
            if match is None:
                raise self._error(
                    at,
                    "this text is not closed, or has a line end, a tab or an unknown \\ in it: "
                    'write \\n, \\t or \\\\ there, and close it with "',
                )
            return Value(at, match.end(), self._string(at, match[0]))
        match = _NUMBER.match(self.text, at) or _WORD.match(self.text, at)
        if match is None:
            raise self._error(at, self._unexpected(at, "a value"))
        try:
            number = json.loads(match[0])
        except ValueError:
            raise self._error(at, "this number is too long") from None
        if number in (math.inf, -math.inf):
            raise self._error(
                at, "this number is too large to be kept: write a smaller one, or a text in quotes"
            )
        return Value(at, match.end(), number)

    def _string(self, at: int, source: str) -> str:
        value: str = json.loads(source)
        try:
            value.encode()
        except UnicodeEncodeError:
            raise self._error(
                at, "half of a character (\\ud800 to \\udfff) is without the other half"
            ) from None
        return value

    def _inner(self, at: int, depth: int, close: str) -> Value:
        """A map or a list, from its opening bracket on."""
        parts: list[Part] = []
        lead = at + 1
        start = self._skip(lead)
        while self.text[start : start + 1] != close or parts:
            if self.text[start : start + 1] == close:
                raise self._error(start, "there is a comma before the closing bracket: remove it")
            part = self._part(lead, start, depth, len(parts), in_map=close == "}")
            parts.append(part)
            end = self._skip(part.value.end)
            if self.text[end : end + 1] == close:
                start = end
                break
            if self.text[end : end + 1] != ",":
                raise self._error(end, self._unexpected(end, f"a comma or {close}"))
            lead = end + 1
            start = self._skip(lead)
        data: Any = [part.value.data for part in parts]
        if close == "}":
            data = {part.key: part.value.data for part in parts}
        return Value(at, start + 1, data, parts)

    def _part(self, lead: int, start: int, depth: int, number: int, *, in_map: bool) -> Part:
        if not in_map:
            return Part(lead, start, number, self._value(start, depth + 1))
        match = _STRING.match(self.text, start)
        if match is None:
            raise self._error(start, self._unexpected(start, "a key in double quotes"))
        colon = self._skip(match.end())
        if self.text[colon : colon + 1] != ":":
            raise self._error(colon, self._unexpected(colon, "a colon"))
        value = self._value(self._skip(colon + 1), depth + 1)
        return Part(lead, start, self._string(start, match[0]), value)

    def _unexpected(self, at: int, wanted: str) -> str:
        rest = self.text[at : at + 9]
        if not rest:
            return "the text ends too early: close what is open with } or ]"
        if rest[0] == "#" or rest[:2] in ("//", "/*"):
            return "JSON has no comments: remove this one"
        if rest[0] == "'":
            return "JSON writes texts in double quotes: put \" for '"
        if rest[0] in ",}]":
            return f"{wanted} is missing before {rest[0]}"
        word = re.match(r"[-+\w.]+", rest)
        return f"{wanted} is expected here, not {word[0] if word else rest[0]!r}"

    def _error(self, at: int, reason: str) -> YamlError:
        return YamlError(f"this is not JSON: {reason}", *_place(self.text, at))


def _part(value: Value, step: str | int) -> Part | None:
    return next((part for part in reversed(value.parts) if part.key == step), None)


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
