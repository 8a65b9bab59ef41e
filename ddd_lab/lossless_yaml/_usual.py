"""The data of a text that is written the usual way, read line by line.

Most specs use a small part of YAML: block maps and lists, one value on a line, short ``{...}`` and
``[...]``, block scalars. Reading just that, without noting where each value is, takes a third
of the time that the YAML parser needs. Everything else (anchors, tags, escapes, values over several
lines, a key twice, tabs, mistakes) is left to the parser: nothing is guessed at here.
"""

from __future__ import annotations

import re
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ddd_lab.gc_pause import gc_paused
from ddd_lab.lossless_yaml._resolve import MAY_RESOLVE, SHORT, resolve

if TYPE_CHECKING:
    from ddd_lab.lossless_yaml._nodes import Data

_LONGEST: Final = 2_000_000
_LONGEST_FLOW: Final = 200
_DEEPEST: Final = 40
_REMEMBERED: Final = 20_000
"""Lines that are remembered: ``required: true`` and the like are in every file."""

_QUOTED = r""" (?: "[^"\\]*" | '[^']*' ) """
_KEY = r""" (?: [\w$/] (?:[\w$/.\ -]{0,98}[\w$/.-])? | "[^"\\]{0,98}" | '[^']{0,98}' ) """
_ATOM = rf""" (?: (?:[\w$/.]|-[\w.]) (?:[\w$/.()=<>+*@\ -]*[\w$/.()=<>+*@-])? | {_QUOTED} ) """
_PAIR = rf" {_KEY}:\ +{_ATOM} "
_COMMENT = r" (?:\ +\#.*)? "


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.VERBOSE)


_LINE: Final = _pattern(rf"(\ *) (-\ +)? (?:({_KEY}):(?:\ +|$))? (.*)").fullmatch
_QUOTED_ALONE: Final = _pattern(rf"({_QUOTED}) {_COMMENT}").fullmatch
_BLOCK: Final = _pattern(rf"([|>]-?) {_COMMENT}").fullmatch
_MAP: Final = _pattern(rf"(\{{\ *(?:{_PAIR}(?:\ *,\ *{_PAIR})*)?\ *\}}) {_COMMENT}").fullmatch
_LIST: Final = _pattern(rf"(\[\ *(?:{_ATOM}(?:\ *,\ *{_ATOM})*)?\ *\]) {_COMMENT}").fullmatch
_PAIRS: Final = _pattern(rf"({_KEY}):\ +({_ATOM})").findall
_ATOMS: Final = _pattern(_ATOM).findall
_FOLDS: Final = re.compile(r"\n(\n*)")
_NEVER_FIRST: Final = frozenset("?:,[]{}#&*!|>'\"%@`")


class _UnusualError(Exception):
    """The text has something that is left to the parser."""


class _Line(NamedTuple):
    """What one line says."""

    column: int  # of the first character; -1 where the line says nothing
    inner: int  # column of what follows the dash of a list's item; 0 where there is no dash
    key: str | None  # the key, if there is one
    kind: int  # what the value is
    value: Any  # the value; of a block scalar, its sign


_SINGLE, _COLLECTION, _BELOW, _BLOCK_BELOW = range(4)
_NOTHING = _Line(-1, 0, None, _SINGLE, None)


class _Lines(dict[str, "_Line | None"]):
    """Lines by their text, each looked into once; None for what is left to the parser."""

    def __missing__(self, text: str) -> _Line | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        line = self[text] = _line(text)
        return line


_lines = _Lines()


def usual_data(text: str) -> dict[str, Data] | None:
    """The data of a text that is written the usual way; None for every other text.

    It is the same that ``parse`` gives. Such a text has no key twice in a map, and no merge key.
    """
    if len(text) > _LONGEST or text[-1:] != "\n":
        return None
    if not text.replace("\n", "").isprintable():
        return None
    try:
        with gc_paused(lasting=True):
            return _read(text.split("\n")) or None
    except _UnusualError:
        return None


def _read(texts: list[str]) -> dict[str, Data]:
    root: dict[str, Any] = {}
    parent: Any = root  # the map or list that the line belongs to, and its column
    at = 0
    outer: list[tuple[Any, int]] = []
    open_key: str | None = None  # whose value has not come yet
    resume = 0
    lines = _lines
    for number, text in enumerate(texts):
        if number < resume:
            continue
        line = lines[text]
        if line is None:
            raise _UnusualError
        column, inner, key, kind, value = line
        if column < 0:
            continue
        if column != at or inner or parent.__class__ is list:
            parent, at = _place(line, parent, at, open_key, outer)
        if kind == _COLLECTION:
            value = value.copy()
        elif kind == _BLOCK_BELOW:
            value, resume = _block(texts, number + 1, at, value)
        if key is None:
            parent.append(value)
            open_key = None
            continue
        if key in parent:
            raise _UnusualError
        parent[key] = value
        open_key = key if kind == _BELOW else None
    return root


def _place(
    line: _Line, parent: Any, at: int, open_key: str | None, outer: list[tuple[Any, int]]
) -> tuple[Any, int]:
    """The map or list that a line belongs to, and its column; it may begin there."""
    column, inner = line.column, line.inner
    if column < at:
        while column < at:
            parent, at = outer.pop()
    elif open_key is not None:
        outer.append((parent, at))
        parent[open_key] = parent = [] if inner else {}
        at = column
    if parent.__class__ is list and not inner:  # the list stood at the column of its key
        parent, at = outer.pop()
    if column != at or (parent.__class__ is list) != bool(inner) or len(outer) > _DEEPEST:
        raise _UnusualError
    if inner and line.key is not None:
        outer.append((parent, at))
        item: dict[str, Any] = {}
        parent.append(item)
        return item, inner
    return parent, at


def _block(texts: list[str], start: int, at: int, sign: str) -> tuple[str, int]:
    """A block scalar below a line, and the number of the line after it."""
    body: list[str] = []
    indent = 0
    for text in islice(texts, start, None):
        words = text.lstrip(" ")
        column = len(text) - len(words)
        if words:
            if column <= at or column < indent:
                break
            indent = indent or column
        elif column > indent:
            raise _UnusualError
        body.append(text[indent:])
    after = start + len(body)
    while body and not body[-1]:
        body.pop()
    if not body or not body[0] or (sign[0] == ">" and any(line[:1] == " " for line in body)):
        raise _UnusualError
    value = "\n".join(body)
    if sign[0] == ">":
        value = _FOLDS.sub(lambda match: match[1] or " ", value)
    return value if sign[1:] else f"{value}\n", after


def _line(text: str) -> _Line | None:
    match = _LINE(text)
    if match is None:
        return None
    indent, dash, key, rest = match.groups()
    column = len(indent)
    inner = column + len(dash) if dash else 0
    if not rest or rest[0] == "#":
        if key is None:
            return None if dash else _NOTHING
        return _Line(column, inner, _word(key), _BELOW, None)
    if key is None and not dash:
        return None
    value = _value(rest)
    return value and _Line(column, inner, key and _word(key), value[0], value[1])


def _value(words: str) -> tuple[int, Any] | None:
    """The kind of a value that begins on a line, and the value; None if it is left alone."""
    first = words[0]
    if first in _NEVER_FIRST:
        if first in "|>":
            block = _BLOCK(words)
            return block and (_BLOCK_BELOW, block[1])
        if first in "\"'":
            quoted = _QUOTED_ALONE(words)
            return quoted and (_SINGLE, _atom(quoted[1]))
        if first in "{[" and len(words) <= _LONGEST_FLOW:
            collection = _collection(words)
            return None if collection is None else (_COLLECTION, collection)
        return None
    if words[:2] in ("-", "- "):
        return None
    words = words.partition(" #")[0].rstrip(" ")
    return None if ": " in words or words[-1] == ":" else (_SINGLE, _atom(words))


def _collection(words: str) -> dict[str, Data] | list[Data] | None:
    """A map or list on one line that holds nothing but single values."""
    if match := _LIST(words):
        return [_atom(atom) for atom in _ATOMS(match[1])]
    match = _MAP(words)
    if not match:
        return None
    pairs = _PAIRS(match[1])
    entries = {_word(key): _atom(atom) for key, atom in pairs}
    return entries if len(entries) == len(pairs) else None


def _atom(words: str) -> Data:
    if words[0] in "\"'" or words[0] not in MAY_RESOLVE:
        return _word(words)
    value = resolve(words)
    return sys.intern(value) if value.__class__ is str else value


def _word(words: str) -> str:
    """A key or a text without its quotes; one text for all places that say the same."""
    if words[0] in "\"'":
        words = words[1:-1]
    return sys.intern(words) if len(words) < SHORT else words
