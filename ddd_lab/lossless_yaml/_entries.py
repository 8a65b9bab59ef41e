"""A text cut into the entries of its block maps and lists, by whole lines.

What is merged or moved as lines keeps its comments and its style. Only block collections are cut
whose entries each begin on a line of their own; all else is one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from ddd_lab.lossless_yaml._nodes import Data, Mapping, Node, Scalar, Sequence
from ddd_lab.lossless_yaml._parse import parse
from ddd_lab.lossless_yaml._tree import Tree

_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\r\n]*", re.MULTILINE)


class Entries:
    """The entries of one block map or list.

    Attributes:
        is_map: whether it is a map; else it is a list.
        column: of its keys or dashes.
        head: lines before the first entry: the line of the key that it belongs to.
        dashed: whether the first entry stands on the line of the dash that it belongs to.
        entries: in order.
        tail: comments and blank lines after the last entry.
        data: all of it.
    """

    def __init__(
        self, data: Data, *, is_map: bool, column: int, head: list[str], dashed: bool
    ) -> None:
        self.data = data
        self.is_map = is_map
        self.column = column
        self.head = head
        self.dashed = dashed
        self.entries: list[Entry] = []
        self.tail: list[str] = []


class Entry:
    """One entry, in whole lines.

    Attributes:
        key: of a map's entry; the index of a list's item.
        data: its value.
        node: its value.
        begin, column: the number of its first line, and where its key or dash stands in it.
        lead: the comments and blank lines above that belong to it.
        lines: from the line of its key or dash to its last one. Where it shares the first line with
            the dash of the list that its map lies in, that dash is a blank here.
    """

    def __init__(
        self, cut: _Cut, key: str | int, data: Data, node: Node, place: tuple[int, int]
    ) -> None:
        self.key = key
        self.data = data
        self.node = node
        self.begin, self.column = place
        self.lead: list[str] = []
        self.lines: list[str] = []
        self._cut = cut

    @cached_property
    def text(self) -> str:
        """Its lines at the left edge, to be compared."""
        return "".join(moved(self.lines, -self.column))

    @cached_property
    def inside(self) -> Entries | None:
        """Its value, where that can be cut."""
        end = self.begin + len(self.lines)
        return self._cut.entries(self.node, self.data, self.begin, end, self)

    @cached_property
    def comments(self) -> list[str]:
        """The comments in its lines."""
        return self._cut.comments(self.node, self.begin, self.begin + len(self.lines))


def entries(text: str) -> Entries | None:
    """A whole text, cut; None where its root is no block map or list.

    Raises:
        YamlError: The text cannot be read.
    """
    tree = parse(text)
    if tree.root is None:
        return None
    cut = _Cut(tree)
    return cut.entries(tree.root, tree.data, 0, len(cut.lines), None)


def moved(lines: list[str], by: int) -> list[str]:
    """Lines with so many blanks more, or fewer, at their left; blank ones stay."""
    if not by:
        return lines
    if by > 0:
        return [" " * by + line if line.strip() else line for line in lines]
    return [line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines]


class _Cut:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        starts = [*tree.line_starts, len(tree.text)]
        self.starts = starts
        pairs = pairwise(starts)
        self.lines = [tree.text[begin:end] for begin, end in pairs if end > begin]

    def entries(
        self, node: Node, data: Data, begin: int, end: int, owner: Entry | None
    ) -> Entries | None:
        """The entries of a node whose value lies in some lines."""
        if not isinstance(node, Mapping | Sequence) or node.event.flow_style or not node.items:
            return None
        listed = list(self._entries(node, data))
        found = [entry for entry in listed if entry is not None]
        if not len(found) == len(listed) == len(node.items):
            return None
        lines = [self.lines[entry.begin] for entry in found]
        first = found[0]
        dashed = owner is not None and first.begin == owner.begin
        if owner is not None and dashed:
            if isinstance(owner.key, str):
                return None
            lines[0] = owner.lines[0][: owner.column] + " " + owner.lines[0][owner.column + 1 :]
        if any(line[: e.column].strip(" ") for e, line in zip(found, lines, strict=True)):
            return None
        gap = self._gap_before(first, begin if dashed else begin + (owner is not None))
        cut = Entries(
            data,
            is_map=isinstance(node, Mapping),
            column=first.column,
            head=[] if dashed else self.lines[begin:gap],
            dashed=dashed,
        )
        limits = [*(entry.begin for entry in found[1:]), end]
        for entry, line, limit in zip(found, lines, limits, strict=True):
            stop = self._stop(entry, limit)
            entry.lead = self.lines[gap : entry.begin]
            entry.lines = [line, *self.lines[entry.begin + 1 : stop]]
            gap = stop
        cut.tail = self.lines[gap:end]
        cut.entries = found
        return cut

    def comments(self, node: Node, begin: int, end: int) -> list[str]:
        """The comments in some lines that hold a node, as they stand."""
        start, stop = self.starts[begin], self.starts[end]
        text, at, gaps = self.tree.text, start, []
        for scalar in self._scalars(node):
            low, high = self.tree.content_start(scalar), self.tree.end(scalar)
            if scalar.style in ("|", ">"):
                # Its header may have a comment.
                low = self.starts[self._line(low) + 1]
            if low >= at and high > low:
                gaps.append(text[at:low] + "x")
                at = high
        gaps.append(text[at:stop])
        return [match[0].rstrip() for match in _COMMENT.finditer("".join(gaps))]

    def _scalars(self, node: Node) -> Iterator[Scalar]:
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Mapping):
            for key, value in node.items:
                yield from self._scalars(key)
                yield from self._scalars(value)
        elif isinstance(node, Sequence):
            for item in node.items:
                yield from self._scalars(item)

    def _entries(self, node: Mapping | Sequence, data: Data) -> Iterator[Entry | None]:
        if isinstance(node, Mapping):
            assert isinstance(data, dict)
            for key, value in node.items:
                name = self.tree.key_text(key)
                if not isinstance(key, Scalar) or name not in data:
                    yield None
                else:
                    yield self._entry(name, data[name], value, self.tree.start(key))
            if len(data) != len(node.items):
                yield None
        else:
            assert isinstance(data, list)
            for index, item in enumerate(node.items):
                yield self._entry(index, data[index], item, self.tree.dash(node, index))

    def _entry(self, key: str | int, data: Data, value: Node, offset: int) -> Entry:
        line = self._line(offset)
        return Entry(self, key, data, value, (line, offset - self.starts[line]))

    def _line(self, offset: int) -> int:
        return self.tree.place(offset)[0] - 1

    def _stop(self, entry: Entry, limit: int) -> int:
        """The line after an entry's last one: comments that are deeper than its key are its own."""
        node = entry.node
        stop = entry.begin + 1
        if not (isinstance(node, Scalar) and not node.value and not node.style):
            stop = max(stop, self._line(max(self.tree.end(node) - 1, 0)) + 1)
        last = stop
        for number in range(stop, limit):
            line = self.lines[number]
            bare = line.strip()
            if bare and len(line) - len(line.lstrip(" ")) <= entry.column:
                break
            if bare:
                last = number + 1
        return last

    def _gap_before(self, first: Entry, begin: int) -> int:
        """The line where the comments above the first entry begin; the head ends there."""
        head = begin
        for number in range(begin, first.begin):
            bare = self.lines[number].strip()
            if bare and not bare.startswith("#"):
                head = number + 1
        return head
