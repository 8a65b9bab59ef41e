"""Where the entries of a collection are: their first and last lines and their comments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeGuard

from ddd_lab.lossless_yaml._draft import Draft, Slot
from ddd_lab.lossless_yaml._errors import Unsupported
from ddd_lab.lossless_yaml._nodes import Mapping, Node, Scalar, Sequence
from ddd_lab.lossless_yaml._tree import skip_space

_BEFORE_KEY = re.compile(r"(?:\s++|#[^\r\n]*+|,)*+(?:(\?)(?=\s|\Z)(?:\s++|#[^\r\n]*+)*+)?\Z")
_BLANKS = re.compile(r"[ \t]*")
_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
COMMENT_BELOW = re.compile(r"(?:[ \t]*\r?\n)*([ ]*)#")
_COMMENT = re.compile(r"([ \t]*)#")
_ABOVE_DASH = re.compile(r"(?:[ \t]*#[^\r\n]*(?:\r\n|\n|\r))+[ ]*-(?=[ \t\r\n]|\Z)")


@dataclass(slots=True)
class Entry:
    """One entry of a collection."""

    key: Node | None
    value: Node
    start: int  # offset of the key (or its question mark), the dash, or in a flow list the item
    after: int  # offset after the colon or dash
    end: int  # offset after the entry's last character
    colon: bool = True  # whether there is a colon (or dash)


class Layout:
    """The entries of one collection, found when asked for."""

    def __init__(self, draft: Draft, node: Mapping | Sequence, key: str | None) -> None:
        self.draft = draft
        self.tree = draft.tree
        self.node = node
        self.key = key
        self.flow = bool(node.event.flow_style)
        self.is_root = node is draft.tree.root
        self.is_pair = is_pair(draft, node)
        self._entries: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self.node.items)

    def __getitem__(self, index: int) -> Entry:
        if index not in self._entries:
            if isinstance(self.node, Mapping):
                self._entries[index] = self._pair(index)
            else:
                self._entries[index] = self._item(index)
        return self._entries[index]

    def slot(self, index: int) -> Slot:
        """The place of an entry's value."""
        entry = self[index]
        key, kind = self.key, "item"
        if entry.key is not None:
            key, kind = self.tree.key_text(entry.key), "key"
        column = self.draft.column(entry.start)
        colon = ":" if self.flow else "\n" + " " * column + ":"
        return Slot(entry.after, column, key, kind, self.flow, "" if entry.colon else colon)

    def column(self) -> int:
        """Column of the entries in a block collection."""
        return self.draft.column(self[0].start)

    def is_compact(self) -> bool:
        """Whether a block collection begins behind its parent's dash, on the same line."""
        return not self.draft.begins_line(self[0].start)

    def head(self, index: int) -> int:
        """Offset of an entry's first line: that of the first comment attached to it.

        Attached are the comment lines directly above: to a key those not indented deeper, to a
        dash all. Above the first entry of the document is the file's own comment.
        """
        entry = self[index]
        draft = self.draft
        line = draft.line_start(entry.start)
        is_map = isinstance(self.node, Mapping)
        floor = self[index - 1].end if index else 0
        column = draft.column(entry.start)
        at_top = line
        while line > draft.top:
            above = draft.line_start(draft.break_before(line))
            match = _COMMENT.match(draft.text, above)
            if above < floor or match is None or (is_map and len(match[1]) > column):
                break
            line = above
            at_top = line if len(match[1]) > column else at_top
        if index == 0 and self.is_root and (is_map or not draft.text[draft.top : line].strip()):
            return at_top
        return line

    def tail(self, index: int) -> int:
        """Offset of the end of an entry's last line, without the line end.

        The comment behind the value belongs to the entry, and so do the comment lines below that
        are indented deeper than the entry, unless they are directly above a dash.
        """
        entry = self[index]
        draft = self.draft
        at = rest_of_line(draft, entry.end)
        column = draft.column(entry.start)
        is_run = False
        while match := COMMENT_BELOW.match(draft.text, draft.next_line(at)):
            is_run = is_run and match.start() == match.start(1)
            if len(match[1]) <= column:
                break
            if not is_run and _ABOVE_DASH.match(draft.text, match.start(1)):
                break
            at, is_run = draft.line_end(match.end()), True
        return at

    def comes_to_comment(self, after: int | None) -> bool:
        """Whether a comment indented deeper follows what is added behind an entry, or first."""
        at = self.head(0) if after is None else self.draft.next_line(self.tail(after))
        match = COMMENT_BELOW.match(self.draft.text, at)
        return match is not None and len(match[1]) > self.column()

    def ends_open(self, index: int) -> bool:
        """Whether an entry ends with a block scalar that takes in the blank lines below it."""
        node = self._last(index)
        if not self.ends_in_text(index):
            return False
        start = self.tree.content_start(node)
        return "+" in self.draft.text[start : start + 3]

    def ends_in_text(self, index: int) -> bool:
        """Whether an entry ends with a block scalar: one takes in a comment that is as deep."""
        node = self._last(index)
        return isinstance(node, Scalar) and node.style in ("|", ">")

    def head_below(self, index: int, above: int) -> str:
        """What is above an entry, once the text at the end of another is moved there.

        Comments as deep as that text would become part of it: they are as deep as the entry then.
        """
        head = self.draft.text[self.head(index) : self.draft.line_start(self[index].start)]
        least = self._text_indent(above)
        return re.sub(rf"(?m)^ {{{least},}}#", " " * self.column() + "#", head)

    def _text_indent(self, index: int) -> int:
        """How deep a line must be for the text at the end of an entry to take it in."""
        start = self.tree.content_start(self._last(index))
        header, *lines = self.draft.text[start : self.tail(index)].splitlines()
        if not re.search(r"\d", header.partition("#")[0]):
            for line in lines:
                if line.strip():
                    return len(line) - len(line.lstrip(" "))
        return self.column() + 1

    def _last(self, index: int) -> Node:
        """The value with which an entry ends."""
        node = self[index].value
        while isinstance(node, Mapping | Sequence) and node.items:
            item = node.items[-1]
            node = item[1] if isinstance(item, tuple) else item
        return node

    def _pair(self, index: int) -> Entry:
        assert isinstance(self.node, Mapping)
        key, value = self.node.items[index]
        text = self.draft.text
        start = self._key_start(index, key)
        key_end = self.tree.end(key)
        is_explicit = start < self.tree.start(key)
        after = skip_space(text, key_end, _BLANKS)
        if text[after : after + 1] != ":" and (is_explicit or self.flow):
            after = skip_space(text, key_end)
        if text[after : after + 1] == ":" and not self._is_next(index, after):
            end = max(after + 1, self.tree.end(value))
            if is_empty(value) and self.tree.start(value) == self.tree.content_start(value):
                # In braces, the space is what makes the colon one.
                end = after + 1 + (self.flow and text.startswith(" ", after + 1))
            return Entry(key, value, start, after + 1, end)
        if not self.flow and not is_explicit:
            raise Unsupported("a key without a colon")
        return Entry(key, value, start, key_end, key_end, colon=False)

    def _key_start(self, index: int, key: Node) -> int:
        """Offset of a key, or of the question mark before it."""
        assert isinstance(self.node, Mapping)
        start = self.tree.start(key)
        before = self.tree.content_start(self.node) + (self.flow and not self.is_pair)
        if index:
            former_key, former = self.node.items[index - 1]
            before = max(self.tree.end(former_key), self.tree.end(former))
        mark = _BEFORE_KEY.match(self.draft.text, before, start)
        if mark is None:
            raise Unsupported("something else is before a key")
        return mark.start(1) if mark[1] else start

    def _is_next(self, index: int, colon: int) -> bool:
        """Whether a colon belongs to the next entry, one without a key."""
        assert isinstance(self.node, Mapping)
        if index + 1 == len(self):
            return False
        return colon >= self.tree.start(self.node.items[index + 1][0])

    def _item(self, index: int) -> Entry:
        assert isinstance(self.node, Sequence)
        value = self.node.items[index]
        if self.flow:
            start = self.tree.start(value)
            return Entry(None, value, start, start, self.tree.end(value))
        before = self.tree.content_start(self.node)
        if index:
            before = self.tree.end(self.node.items[index - 1])
        start = skip_space(self.draft.text, before)
        if self.draft.text[start : start + 1] != "-":
            raise Unsupported("a list item without a dash")
        return Entry(None, value, start, start + 1, max(start + 1, self.tree.end(value)))


def is_empty(node: Node) -> TypeGuard[Scalar]:
    """Whether a null is written as nothing at all (but maybe an anchor or a tag)."""
    return isinstance(node, Scalar) and not node.value and node.style in (None, "")


def is_pair(draft: Draft, node: Node) -> bool:
    """Whether a node is a map of one pair without braces, in brackets: ``[a: 1]``."""
    if not isinstance(node, Mapping) or not node.event.flow_style:
        return False
    return draft.text[draft.tree.content_start(node)] != "{"


def is_block(node: Node) -> bool:
    """Whether a node is a collection in block style."""
    return isinstance(node, Mapping | Sequence) and not node.event.flow_style


def rest_of_line(draft: Draft, at: int) -> int:
    """Offset of the line end after a value; only a comment may be between."""
    match = _REST.match(draft.text, at)
    if match is None:
        raise Unsupported("something else follows on the line")
    return match.end()
