"""How a file is written: what new text in it should look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from ddd_lab.lossless_yaml._dump import Canonical
from ddd_lab.lossless_yaml._nodes import Data
from ddd_lab.lossless_yaml._scalars import misread

_NESTED_MAP = re.compile(
    r"""(?mx)
    ^(?P<outer>[ ]*) (?![ ]) (?:-[ ]+)* [^\s\#:'"{\[-][^\s\#:]*: [ \t]*(?:\#[^\r\n]*)? \r?\n
    (?:[ \t]*(?:\#[^\r\n]*)?\r?\n)*
    (?= (?P<inner>[ ]*) (?P<dash>-[ ])? [^\s\#])
    """
)
_COMPACT = re.compile(r"[ ]*((?:-[ ]+)*)")
_FLOW_MAP = re.compile(r"\{([ ]?)[^\s{}]")
_SAMPLES = 60
_LONGEST_FLOW = 100


class FileHabits:
    """The habits of one file, read from its text when asked for; see `_render.Habits`."""

    longest = 1_000_000

    def __init__(
        self, text: str, default_quote: str = "", default_flow: bool | None = None
    ) -> None:
        self._text = text
        self._default_quote = default_quote
        self._default_flow = default_flow
        self._quotes: dict[str, str | None] = {}
        self._flows: dict[tuple[str, str], bool | None] = {}

    @cached_property
    def step(self) -> int:
        """Columns by which a map under a key is indented."""
        return self._indents[0]

    @cached_property
    def dash(self) -> int:
        """Columns by which the dashes under a key are indented."""
        return self._indents[1]

    @cached_property
    def pad(self) -> str:
        """A space when most flow maps have one inside their braces."""
        counts = Counter(m[1] for m in islice(_FLOW_MAP.finditer(self._text), _SAMPLES))
        return counts.most_common(1)[0][0] if counts else ""

    def quote(self, key: str | None) -> str:
        """Quote character of most strings under ``key``, else what was asked for as default."""
        if key is None:
            return self._default_quote
        if key not in self._quotes:
            self._quotes[key] = self._find_quote(key)
        usual = self._quotes[key]
        return self._default_quote if usual is None else usual

    def prefers_flow(self, key: str | None, value: Data) -> bool:
        """Whether most collections of this kind under ``key`` are on one line."""
        if not _fits_line(value):
            return False
        if key is not None:
            kind = "{" if isinstance(value, dict) else "["
            if (key, kind) not in self._flows:
                self._flows[key, kind] = self._find_flow(key, kind)
            preference = self._flows[key, kind]
            if preference is not None:
                return preference
        if isinstance(value, dict) and self._default_flow is not None:
            return self._default_flow
        return Canonical().prefers_flow(key, value)

    def with_defaults(self, quote: str, flow: bool | None) -> FileHabits:
        """The same habits with another style for keys that the file doesn't know."""
        if quote == self._default_quote and flow == self._default_flow:
            return self
        other = FileHabits(self._text, quote, flow)
        other._quotes, other._flows = self._quotes, self._flows
        return other

    @cached_property
    def _indents(self) -> tuple[int, int]:
        maps: Counter[int] = Counter()
        lists: Counter[int] = Counter()
        for match in islice(_NESTED_MAP.finditer(self._text), _SAMPLES):
            compact = _COMPACT.match(match[0])
            key_column = compact.end() if compact else len(match["outer"])
            depth = len(match["inner"]) - key_column
            if match["dash"] and depth >= 0:
                lists[depth] += 1
            elif not match["dash"] and 0 < depth <= 8:
                maps[depth] += 1
        step = maps.most_common(1)[0][0] if maps else 2
        return step, lists.most_common(1)[0][0] if lists else 2

    def _find_quote(self, key: str) -> str | None:
        counts: Counter[str] = Counter()
        for at in self._uses(key):
            match = _STRING.match(self._text, at)
            if match and match[1]:
                counts[match[1]] += 1
            elif match and not misread(match[2].strip()):
                counts[""] += 1
        return counts.most_common(1)[0][0] if counts else None

    def _find_flow(self, key: str, kind: str) -> bool | None:
        pattern = _COLLECTION[kind]
        uses = (pattern.match(self._text, at) for at in self._uses(key))
        counts = Counter(bool(match[1]) for match in uses if match)
        return counts[True] >= counts[False] if counts else None

    def _uses(self, key: str) -> Iterator[int]:
        """Offsets behind ``key:`` in the text, some of them."""
        at = -1
        for _ in range(_SAMPLES):
            at = self._text.find(f"{key}:", at + 1)
            if at < 0:
                return
            if at == 0 or self._text[at - 1] in " \t\r\n{,":
                yield at + len(key) + 1


_STRING = re.compile(r"[ \t]+(?:(['\"])|([^\s'\"\[{|>&*!#][^\r\n,}#]*))")
_COLLECTION = {
    "{": re.compile(r"[ \t]*(?:(\{)[ \t]*[^\s}]|(?:#[^\r\n]*)?\r?\n[ ]*(?!-[ ])[^\s#])"),
    "[": re.compile(r"[ \t]*(?:(\[)[ \t]*[^\s\]]|(?:#[^\r\n]*)?\r?\n[ ]*-[ ])"),
}


def _fits_line(value: Data) -> bool:
    """Whether a collection is small enough for one line: few words, at most two levels."""
    return _length(value, 2) <= _LONGEST_FLOW


def _length(value: Data, levels: int) -> int:
    if isinstance(value, dict | list):
        if not levels:
            return _LONGEST_FLOW + 1
        inner = value.values() if isinstance(value, dict) else value
        keys = sum(len(key) + 2 for key in value) if isinstance(value, dict) else 0
        return 2 + keys + sum(_length(item, levels - 1) + 2 for item in inner)
    if isinstance(value, str):
        return _LONGEST_FLOW + 1 if "\n" in value else len(value)
    return len(str(value))
