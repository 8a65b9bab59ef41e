"""A parsed text: plain data, and where in the text each value is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ddd_lab.lossless_yaml._nodes import Alias, Data, Mapping, Node, PathTuple, Scalar, Sequence

_LINE_END = re.compile(r"\r\n|\n|\r")
_PROPERTY = re.compile(r"[&!]\S*")
_FIRST_WORDS = re.compile(r"(?:\A|[\r\n])( *+)[ \t]*+\S")
_SPACE = re.compile(r"(?:\s+|#[^\r\n]*)*")


class Duplicate(NamedTuple):
    """A key that appears again in the same map; ``line`` and ``column`` (from 1) are its own."""

    path: PathTuple
    line: int
    column: int


class MergeKey(NamedTuple):
    """A merge key of YAML 1.1 (``<<: *base``), which YAML 1.2 does not know.

    Attributes:
        path: of the key.
        line, column: its place, from 1.
        bases: names of the anchors that it means to take in.
    """

    path: PathTuple
    line: int
    column: int
    bases: tuple[str, ...]


class Tree:
    """A document with its text; positions are found when asked for.

    Attributes:
        text: The text as given, byte order mark and line ends included.
        data: Plain data that shares no collection between two places; map keys are strings (a key
            that is not one has its source text), of duplicate keys the last one counts.
    """

    def __init__(
        self,
        text: str,
        data: Data,
        root: Node | None,
        shift: int,
        *,
        has_duplicates: bool,
        has_anchors: bool,
        alias_data: dict[int, Data],
    ) -> None:
        self.text = text
        self.data = data
        self.root = root
        self.has_anchors = has_anchors
        self._alias_data = alias_data
        self._shift = shift
        self._has_duplicates = has_duplicates

    # --- for readers: places by path ---------------------------------------------------------

    def locate(self, path: PathTuple) -> tuple[int, int]:
        """Line and column (from 1) of the value at ``path``, or of its nearest existing ancestor.

        What lies inside an alias has the alias's place.
        """
        node = self.root
        for step in path:
            child = None if node is None else self._child(node, step)
            if child is None:
                break
            node = child[1]
        return (1, 1) if node is None else self.place(self.content_start(node))

    def locate_key(self, path: PathTuple) -> tuple[int, int]:
        """Line and column of the key (in a list: the dash) of the entry at ``path``."""
        entry = self._entry(path)
        return self.locate(path) if entry is None else self.place(entry[0])

    def span(self, path: PathTuple) -> tuple[int, int]:
        """Offsets where the value at ``path`` begins and ends.

        Anchor and tag are included, trailing blank lines and comments are not.

        Raises:
            KeyError: There is no such value.
        """
        node = self.find(path)
        if node is None:
            raise KeyError(path)
        return self.start(node), self.end(node)

    def lines(self, path: PathTuple) -> tuple[int, int]:
        """First and last line (from 1) of the entry at ``path``, its key or dash included.

        Raises:
            KeyError: There is no such value.
        """
        entry = self._entry(path)
        if entry is not None:
            return self.place(entry[0])[0], self.place(max(entry))[0]
        start, end = self.span(path)
        return self.place(start)[0], self.place(end)[0]

    @cached_property
    def duplicates(self) -> list[Duplicate]:
        """Each second and further use of a key in one map, in the order of the text."""
        if not self._has_duplicates or self.root is None:
            return []
        return list(self._duplicates(self.root, ()))

    @cached_property
    def merge_keys(self) -> list[MergeKey]:
        """Each merge key, in the order of the text; what it would take in is not in ``data``."""
        if "<<" not in self.text:
            return []
        return [
            MergeKey((*path, "<<"), *self.place(self.start(key)), tuple(_names(value)))
            for path, node in self.walk()
            if isinstance(node, Mapping)
            for key, value in node.items
            if isinstance(key, Scalar) and key.value == "<<" and key.style in (None, "")
            if isinstance(value, Alias | Mapping | Sequence)
        ]

    # --- for editors: nodes and offsets ------------------------------------------------------

    def find(self, path: PathTuple) -> Node | None:
        """The node at ``path``; None where the path leads nowhere or into an alias."""
        node = self.root
        for step in path:
            child = None if node is None else self._child(node, step)
            if child is None:
                return None
            node = child[1]
        return node

    def start(self, node: Node) -> int:
        """Offset of the node's first character, its anchor or tag included."""
        event = node if isinstance(node, Scalar | Alias) else node.event
        return event.start_mark.index + self._shift

    def properties(self, node: Node) -> list[tuple[int, int]]:
        """Where the node's anchor and tag begin and end, in the order of the text."""
        if isinstance(node, Alias):
            return []
        event = node if isinstance(node, Scalar) else node.event
        at = self.start(node)
        spans = []
        for _ in range((event.anchor is not None) + (event.tag is not None)):
            if match := _PROPERTY.match(self.text, skip_space(self.text, at)):
                at = match.end()
                spans.append(match.span())
        return spans

    def content_start(self, node: Node) -> int:
        """Offset of the node's first character after its anchor and tag."""
        spans = self.properties(node)
        if not spans:
            return self.start(node)
        stop = node.end_mark.index + self._shift if isinstance(node, Scalar) else self.end(node)
        content = skip_space(self.text, spans[-1][1])
        return content if content < stop else spans[-1][1]

    def end(self, node: Node) -> int:
        """Offset after the node's last character; trailing blank lines and comments don't count."""
        while isinstance(node, Mapping | Sequence):
            if node.event.flow_style or not node.items:
                return node.end_mark.index + self._shift
            last = node.items[-1]
            if isinstance(last, tuple) and self._lacks_colon(*last):
                # The parser puts the missing value where the next thing begins.
                return self.end(last[0])
            node = last[1] if isinstance(last, tuple) else last
        end = node.end_mark.index + self._shift
        if isinstance(node, Scalar) and node.style in ("|", ">"):
            return self._block_end(node, end)
        return end

    def meaning(self, alias: Alias) -> Data:
        """What an alias stands for."""
        return self._alias_data[alias.start_mark.index]

    def key_text(self, key: Node) -> str:
        """The key as a string, as in ``data``."""
        if isinstance(key, Scalar):
            return key.value
        if isinstance(key, Alias):
            meaning = self.meaning(key)
            return meaning if isinstance(meaning, str) else str(meaning)
        return self.text[self.start(key) : key.end_mark.index + self._shift]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset."""
        line = bisect_right(self.line_starts, offset)
        column = offset - self.line_starts[line - 1] + 1
        return line, column - self._shift if line == 1 else column

    def walk(self) -> Iterator[tuple[PathTuple, Node]]:
        """All value nodes with their paths, parents first; alias nodes are not entered."""
        if self.root is not None:
            yield from self._walk(self.root, ())

    def nodes(self) -> Iterator[Node]:
        """All nodes of keys and values, in no certain order."""
        for _, node in self.walk():
            yield node
            if isinstance(node, Mapping):
                yield from (key for key, _ in node.items)

    # --- inside ------------------------------------------------------------------------------

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset where each line begins."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def _lacks_colon(self, key: Node, value: Node) -> bool:
        """Whether an entry is nothing but ``? key``."""
        if not isinstance(value, Scalar) or value.value or value.style or value.anchor:
            return False
        return not self.text.startswith(":", skip_space(self.text, self.end(key)))

    def _child(self, node: Node, step: str | int) -> tuple[Node | None, Node] | None:
        if isinstance(node, Mapping):
            wanted = str(step)
            for key, value in reversed(node.items):
                if self.key_text(key) == wanted:
                    return key, value
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            return None, node.items[step]
        return None

    def _entry(self, path: PathTuple) -> tuple[int, int, int] | None:
        """Offsets of an entry's start, of its key's or dash's end, and of its value's end."""
        parent = self.find(path[:-1]) if path else None
        child = None if parent is None else self._child(parent, path[-1])
        if child is None:
            return None
        key, value = child
        end = self.end(value)
        if key is not None:
            return self.start(key), self.end(key), end
        start = self.start(value)
        if isinstance(parent, Sequence) and not parent.event.flow_style:
            start = self.dash(parent, int(path[-1]))
        return start, start + 1, end

    def dash(self, parent: Sequence, index: int) -> int:
        """Offset of the dash of an item."""
        after = self.end(parent.items[index - 1]) if index else self.content_start(parent)
        return skip_space(self.text, after)

    def _block_end(self, node: Scalar, end: int) -> int:
        """A block scalar's end: its last line, blank lines only where they count.

        They do with ``+``, and where they are longer than the text is indented.
        """
        start = self.content_start(node)
        header = self.text[start : _line_stop(self.text, start)]
        body = self.text[start:end]
        if "+" in header.partition("#")[0]:
            return end - (2 if body.endswith("\r\n") else 1 if body[-1:] in ("\n", "\r") else 0)
        ends_blank = node.value.rstrip("\n")[-1:].isspace()
        longest = _indent(node.value, body) if ends_blank else len(body)
        while (stripped := body.rstrip(" \t")) and stripped[-1] in "\r\n":
            if len(body) - len(stripped) > longest:
                break
            body = stripped[:-2] if stripped.endswith("\r\n") else stripped[:-1]
        return start + len(body)

    def _duplicates(self, node: Node, path: PathTuple) -> Iterator[Duplicate]:
        if isinstance(node, Mapping):
            seen: set[str] = set()
            for key, value in node.items:
                name = self.key_text(key)
                if name in seen:
                    yield Duplicate((*path, name), *self.place(self.start(key)))
                seen.add(name)
                yield from self._duplicates(value, (*path, name))
        elif isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                yield from self._duplicates(item, (*path, index))

    def _walk(self, node: Node, path: PathTuple) -> Iterator[tuple[PathTuple, Node]]:
        yield path, node
        if isinstance(node, Mapping):
            for key, value in node.items:
                yield from self._walk(value, (*path, self.key_text(key)))
        elif isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                yield from self._walk(item, (*path, index))


def _names(value: Node) -> Iterator[str]:
    if isinstance(value, Alias):
        yield value.anchor
    elif isinstance(value, Sequence):
        yield from (item.anchor for item in value.items if isinstance(item, Alias))


def _indent(value: str, block: str) -> int:
    """How deep a block scalar's text is indented: its first words tell."""
    shown = _FIRST_WORDS.search(value)
    written = _FIRST_WORDS.search(block, _line_stop(block, 0))
    return len(written[1]) - len(shown[1]) if written and shown else 0


def skip_space(text: str, at: int, space: re.Pattern[str] = _SPACE) -> int:
    """Offset of the next character that is neither a blank, a line end nor in a comment."""
    match = space.match(text, at)
    return match.end() if match else at


def _line_stop(text: str, at: int) -> int:
    match = _LINE_END.search(text, at)
    return len(text) if match is None else match.start()
