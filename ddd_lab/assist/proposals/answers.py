"""A model's answer, read as it comes: what it says to the person, and the edits that it suggests.

It is JSON by our schema (``{"say": …, "edits": […]}``), or prose with blocks of YAML or JSON
between fences: edits, a flow, a node, or a list of nodes. What cannot be read is refused in words,
which can be shown to a person and given back to the model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ddd_lab.assist.proposals.edit import Edit
from ddd_lab.assist.proposals.edits import edit_of
from ddd_lab.assist.proposals.json_items import JsonItems
from ddd_lab.assist.proposals.model_data import MOST_TEXT, read_json, read_yaml
from ddd_lab.files.edit.ids import id_of
from ddd_lab.spec.lenient import mapping, text
from ddd_lab.spec.models.base import Data

MOST_ANSWER = MOST_TEXT
"""Characters of an answer that are read."""
MOST_EDITS = 400
"""Edits of one answer: nobody looks through more."""

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*([\w-]*)[^\n]*")
_LANGUAGES = frozenset({"", "yaml", "yml", "json"})


@dataclass(frozen=True)
class ModelAnswer:
    """An answer that has been read.

    Attributes:
        say: what it says to the person, in Markdown.
        edits: what it suggests, in its order.
        refused: why parts of it could not be read as edits, each in a sentence.
        broken: why nothing of it can be proposed, since it ends in the middle or is no JSON.
    """

    say: str
    edits: tuple[Edit, ...] = ()
    refused: tuple[str, ...] = ()
    broken: str = ""


def read_answer(answer: str, at: str = "") -> ModelAnswer:
    """Read a whole answer.

    Args:
        at: the place that it is about; a flow or node without a name is meant to be there.
    """
    reader = AnswerReader(at)
    reader.feed(answer)
    return reader.end()


class AnswerReader:
    """Reads an answer piece by piece; every edit is there as soon as its part is complete.

    Args:
        at: the place that it is about.

    Attributes:
        edits: those read so far, in order.
        refused: why parts could not be read.
    """

    def __init__(self, at: str = "") -> None:
        self.edits: list[Edit] = []
        self.refused: list[str] = []
        self._at = at
        self._text = ""
        self._said = ""
        self._json: JsonItems | None = None
        self._line = ""
        self._block: _Block | None = None
        self._count = 0
        self._taken = 0

    @property
    def say(self) -> str:
        """What the model says so far, without the blocks that are edits."""
        if self._json is not None:
            return self._json.say
        shown = self._line if self._block is None and not _maybe_fence(self._line) else ""
        return (self._said + shown).strip()

    def feed(self, piece: str) -> list[Edit]:
        """Take the next piece; returns the edits that it completes."""
        room = MOST_ANSWER - len(self._text)
        if len(piece) > room:
            piece = piece[:room]
        begun = bool(self._text.strip())
        self._text += piece
        known = len(self.edits)
        if not begun and self._text.lstrip()[:1] == "{":
            self._json = JsonItems()
            piece = self._text
        if self._json is not None:
            for item in self._json.feed(piece):
                self._taken += 1
                self._take(item)
        else:
            self._read_lines(piece)
        return self.edits[known:]

    def end(self) -> ModelAnswer:
        """Read what is left; nothing may be fed after it."""
        broken = ""
        if len(self._text) >= MOST_ANSWER:
            broken = f"the answer has more than {MOST_ANSWER:,} characters"
        elif self._json is not None:
            broken = self._end_of_json()
        else:
            self._read_lines("\n" if self._line else "")
            if self._block is not None:
                broken = "the answer ends inside a block of code"
        edits = () if broken else tuple(self.edits)
        return ModelAnswer(self.say, edits, tuple(self.refused), broken)

    # --- JSON by our schema ----------------------------------------------------------------

    def _end_of_json(self) -> str:
        try:
            data = read_json(self._text)
        except ValueError as error:
            return f"the answer is no whole JSON: {error}"
        self._take_rest(edits_in(data, self._at) or [], self._taken)
        for name, kind, words in (("edits", list, "a list"), ("say", str, "text")):
            if not isinstance(data.get(name, kind()), kind):
                self.refused.append(f"“{name}” must be {words}")
        return ""

    # --- prose with blocks -----------------------------------------------------------------

    def _read_lines(self, piece: str) -> None:
        *lines, self._line = (self._line + piece).split("\n")
        for line in lines:
            self._read_line(f"{line}\n")
        if self._block is not None:
            self._take_all(self._block.before(self._line))

    def _read_line(self, line: str) -> None:
        fence = _FENCE.fullmatch(line.rstrip())
        if self._block is None:
            if fence and fence[2].lower() in _LANGUAGES:
                self._block = _Block(line, fence[1])
            else:
                self._said += line
        elif fence and fence[1].startswith(self._block.fence) and not fence[2]:
            block, self._block = self._block, None
            self._end_of_block(block, line)
        else:
            self._take_all(self._block.before(line))
            self._take_all(self._block.add(line))

    def _take_all(self, items: Iterable[Data]) -> None:
        for item in items:
            self._take(item)

    def _end_of_block(self, block: _Block, line: str) -> None:
        """Take a block for what all of it says; one that says no edits belongs to the text."""
        try:
            data = block.data()
        except ValueError as error:
            if block.means_data:
                self.refused.append(f"a block of the answer cannot be read: {error}")
                return
            data = None
        found = edits_in(data, self._at)
        if found is None:
            self._said += f"{block.head}{block.text}{line}"
            return
        self._take_rest(found, block.taken)

    def _take_rest(self, found: list[Any], taken: int) -> None:
        """Take the edits that were not complete before the end, and refuse what is none."""
        for edit in found:
            if taken and isinstance(edit, dict):
                taken -= 1
            else:
                self._take(edit)

    def _take(self, data: Data) -> None:
        self._count += 1
        if self._count > MOST_EDITS:
            if self._count == MOST_EDITS + 1:
                self.refused.append(f"only the first {MOST_EDITS} edits are read")
            return
        try:
            if isinstance(data, str):
                data = read_json(data)
            self.edits.append(edit_of(data))
        except ValueError as error:
            self.refused.append(f"edit {self._count}: {error}")


class _Block:
    """The lines between two fences, and the edits that are complete in them."""

    def __init__(self, head: str, fence: str) -> None:
        self.head = head
        self.fence = fence
        self.lines: list[str] = []
        self.taken = 0
        self._json: JsonItems | None = None
        self._begun = -1
        self._indent = ""
        self._alone = True

    @property
    def text(self) -> str:
        """All lines."""
        return "".join(self.lines)

    @property
    def means_data(self) -> bool:
        """Whether its fence says that it is data."""
        return not self.head.strip().endswith(self.fence)

    def data(self) -> Data:
        """What the block says."""
        return read_json(self.text) if self._json is not None else read_yaml(self.text)

    def add(self, line: str) -> Iterator[Data]:
        """Take the next line; yields the edits that it completes, where they are JSON."""
        if not self.text.strip() and line.lstrip()[:1] in ("{", "["):
            self._json = JsonItems()
        self.lines.append(line)
        for item in self._json.feed(line) if self._json is not None else ():
            self.taken += 1
            yield item

    def before(self, line: str) -> Iterator[Data]:
        """The item of a YAML list with an ``op`` that has ended where a next line begins."""
        start = re.match(r"([ ]*)- ", line)
        here = len(self.lines)
        if start is None or self._json is not None or here == self._begun or not self._alone:
            return
        if self._begun >= 0 and start[1] != self._indent:
            return
        begun, self._begun, self._indent = self._begun, here, start[1]
        if begun < 0:
            return
        try:
            data = read_yaml("".join(self.lines[begun:]))
        except ValueError:  # it means something only with the rest, or nothing at all
            data = None
        self._alone = isinstance(data, list) and len(data) == 1 and "op" in mapping(data[0])
        if self._alone:
            self.taken += 1
            yield data[0]


def edits_in(data: Data, at: str) -> list[dict[str, Any]] | None:
    """The edits that data says, each still to be checked; None where it says none.

    Args:
        at: the flow that nodes belong to, and a flow that does not say its own key.
    """
    if isinstance(data, dict):
        if isinstance(data.get("edits"), list):
            return list(data["edits"])
        if "op" in data:
            return [data]
        if isinstance(data.get("nodes"), list):
            return [{"op": "set_flow_yaml", "flow": _key(data, at), "yaml": data}]
        data = [data]
    if not isinstance(data, list) or not data or not all(isinstance(one, dict) for one in data):
        return None
    if all("op" in one for one in data):
        return data
    if "/" in at and all(text(one.get("id")) and text(one.get("type")) for one in data):
        return [{"op": "set_node_yaml", "flow": at, "node": one["id"], "yaml": one} for one in data]
    return None


def _key(data: dict[str, Any], at: str) -> str:
    """The key of a flow as its text says it, or of the place."""
    header = mapping(data.get("flow")) or data
    domain, _, flow = at.partition("/")
    id = text(header.get("id")) or id_of(text(header.get("name")))
    return f"{text(header.get('domain')) or domain}/{id or flow}"


def _maybe_fence(line: str) -> bool:
    """Whether an unfinished line may become a fence."""
    return line.lstrip()[:1] in ("`", "~") or not line.strip()


def as_json(say: str, edits: list[dict[str, Any]]) -> str:
    """An answer as our schema has it."""
    return json.dumps({"say": say, "edits": edits}, ensure_ascii=False)
