"""A set of changes to one text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from ddd_lab.lossless_yaml._habits import FileHabits
from ddd_lab.lossless_yaml._nodes import Alias, Data
from ddd_lab.lossless_yaml._tree import Tree

_BREAK = re.compile(r"\r\n|\n|\r")
_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n|\n|\r)")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where a value hangs."""

    after: int  # offset right after the key's colon or the dash; a value may be inserted here
    column: int  # column of the key or dash; -1 for the root
    key: str | None  # the nearest key, for habits
    kind: str  # ``key``, ``item`` or ``root``
    flow: bool = False  # whether it is inside ``[...]`` or ``{...}``
    # What to write where a key has no colon yet, as it may in braces and behind ``?``.
    colon: str = ""


class Edit(NamedTuple):
    """Replace the text between two offsets."""

    start: int
    end: int
    text: str


class Draft:
    """Collects edits of a tree's text and answers questions about its lines."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.text = tree.text
        self.top = int(self.text.startswith("\ufeff"))
        self.habits = FileHabits(tree.text)
        line_break = _BREAK.search(self.text)
        self.newline = line_break[0] if line_break else "\n"
        self.edits: list[Edit] = []
        self.deferred: list[tuple[Slot, Alias, Data]] = []

    def replace(self, start: int, end: int, text: str) -> None:
        r"""Note a change; ``text`` has ``\n`` line ends, which become the file's."""
        if self.newline != "\n":
            text = text.replace("\n", self.newline)
        if self.text[start:end] != text:
            self.edits.append(Edit(start, end, text))

    def insert(self, at: int, text: str) -> None:
        """Note an insertion."""
        self.replace(at, at, text)

    def apply(self) -> str:
        """Carry the edits out; one that overlaps an earlier one is left for the next round."""
        parts: list[str] = []
        done = 0
        for edit in sorted(self.edits, key=lambda edit: edit.start):
            if edit.start < done:
                continue
            parts += (self.text[done : edit.start], edit.text)
            done = edit.end
        return "".join((*parts, self.text[done:]))

    # --- lines -------------------------------------------------------------------------------

    def line_start(self, at: int) -> int:
        """Offset where the line of ``at`` begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at), self.top - 1) + 1

    def line_end(self, at: int) -> int:
        """Offset of the line end after ``at``, or the end of the text."""
        line_break = _BREAK.search(self.text, at)
        return line_break.start() if line_break else len(self.text)

    def next_line(self, at: int) -> int:
        """Offset where the line after that of ``at`` begins, or the end of the text."""
        line_break = _BREAK.search(self.text, at)
        return line_break.end() if line_break else len(self.text)

    def break_before(self, line: int) -> int:
        """Offset of the line end before the line that begins at ``line``."""
        return line - 2 if self.text[line - 2 : line] == "\r\n" else line - 1

    def column(self, at: int) -> int:
        """Column, from 0, of an offset."""
        return at - self.line_start(at)

    def begins_line(self, at: int) -> bool:
        """Whether only blanks are before ``at`` on its line."""
        return not self.text[self.line_start(at) : at].strip(" \t")

    def blanks_after(self, line_end: int) -> int:
        """How many blank lines follow the line that ends at ``line_end``."""
        at = self.next_line(line_end)
        count = 0
        while match := _BLANK_LINE.match(self.text, at):
            at = match.end()
            count += 1
        return count

    def blanks_before(self, line: int, floor: int) -> int:
        """How many blank lines are before the one beginning at ``line``, after ``floor``."""
        count = 0
        while line > self.top:
            above = self.line_start(self.break_before(line))
            if above <= floor or not _BLANK_LINE.fullmatch(self.text, above, line):
                break
            line = above
            count += 1
        return count
