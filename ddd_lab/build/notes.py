"""The notes that Claude Code is asked to end with: where the code is not what the spec says."""

from __future__ import annotations

import re

from ddd_lab.spec.base import Frozen

HEADING = "Implementation Notes"
NOTHING = "No deviations."

_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_HEAD = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_BOLD = re.compile(r"^\s*(?:[-*+]|\d+[.)])?\s*\*\*(.+?)\*\*\s*[:—–-]*\s*(.*)$")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(.*)$")
_NONE = re.compile(
    r"^(?:none|no(?:ne)?|n/a|nothing|no deviations?|no changes?|-)[.!]?$", re.IGNORECASE
)
_SECTIONS = {
    "deviation": "deviations",
    "addition": "additions",
    "ambigu": "ambiguities",
    "schema": "schema_changes",
}


class Notes(Frozen):
    """What was said after an implementation.

    Attributes:
        found: whether there was a section of notes at all.
        deviations: done otherwise than the spec says.
        additions: done without the spec saying so.
        ambiguities: what the spec left open, and how it was decided.
        schema_changes: new fields, other types, what has to be migrated.
        text: the section as it was written.
    """

    found: bool = False
    deviations: tuple[str, ...] = ()
    additions: tuple[str, ...] = ()
    ambiguities: tuple[str, ...] = ()
    schema_changes: tuple[str, ...] = ()
    text: str = ""

    @property
    def to_reconcile(self) -> tuple[str, ...]:
        """Where code and spec say different things, by these notes."""
        return (*self.deviations, *self.additions, *self.schema_changes)

    @property
    def drifted(self) -> bool:
        """Whether code and spec say different things, by these notes."""
        return bool(self.to_reconcile)


def read_notes(message: str) -> Notes:
    """The notes in a message of Claude Code; the last section of them counts.

    Args:
        message: Markdown; escape codes of a terminal in it do not matter.
    """
    lines = _ESCAPES.sub("", message).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start, depth = _start(lines)
    if start is None:
        return Notes()
    body = _body(lines[start + 1 :], depth)
    parts: dict[str, list[str]] = {name: [] for name in _SECTIONS.values()}
    _sort(body, parts)
    return Notes(
        found=True,
        text="\n".join(body).strip(),
        **{name: tuple(items) for name, items in parts.items()},
    )


def _start(lines: list[str]) -> tuple[int | None, int]:
    for number in range(len(lines) - 1, -1, -1):
        head = _HEAD.match(lines[number])
        if head and head[1].strip("* ").casefold() == HEADING.casefold():
            return number, _depth(lines[number])
    return None, 0


def _depth(line: str) -> int:
    return len(line.lstrip()) - len(line.lstrip().lstrip("#"))


def _body(lines: list[str], depth: int) -> list[str]:
    """The lines up to the next heading that is none of a section inside."""
    found = []
    fenced = False
    for line in lines:
        fenced ^= line.lstrip().startswith("```")
        if not fenced and _HEAD.match(line) and _depth(line) <= depth and not _section(line):
            break
        found.append(line)
    return found


def _section(line: str) -> str:
    """Which section a heading or a bold word begins; empty for other lines."""
    match = _HEAD.match(line) or _BOLD.match(line)
    word = match[1].casefold() if match else ""
    return next((name for begin, name in _SECTIONS.items() if word.startswith(begin)), "")


def _sort(body: list[str], parts: dict[str, list[str]]) -> None:
    """Put every item into its section; lines that go on belong to the item above."""
    into: list[str] | None = None
    for line in body:
        name = _section(line)
        if name:
            into = parts[name]
            bold = _BOLD.match(line)
            _add(into, bold[2] if bold else "")
        elif into is not None and line.strip():
            item = _ITEM.match(line)
            if item:
                _add(into, item[1])
            elif into and line.startswith((" ", "\t")):
                into[-1] = f"{into[-1]} {line.strip()}"
            else:
                _add(into, line.strip())


def _add(into: list[str], text: str) -> None:
    text = text.strip().lstrip("—–:- ").strip()
    if text and not _NONE.match(text):
        into.append(text)
