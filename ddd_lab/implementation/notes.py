"""The notes that Claude Code is asked to end with: where the code is not what the spec says."""

from __future__ import annotations

import re

from ddd_lab.spec.models.base import Frozen

HEADING = "Implementation Notes"
NOTHING = "No deviations."

_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_DEEPEST = 6
_HEAD = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_MARK = r"(?:[-*+]|\d+[.)])"
_BOLD = re.compile(rf"^\s*{_MARK}?\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*(.*)$")
_ITEM = re.compile(rf"^\s*{_MARK}\s+(.*)$")
_KIND = r"(deviation|addition|ambiguit|schema)"
_TITLE = re.compile(rf"^(?:\d+[.)]\s*)?{_KIND}(?:s|y|ies)?\b(.*)$", re.IGNORECASE)
"""What a heading or a bold word says that begins a section."""
_PLAIN = re.compile(
    rf"^\s*{_MARK}?\s*{_KIND}(?:s|y|ies)?(?: resolved| changes?)?(?:\s*[:—–]\s*(.*)|\s*)$",
    re.IGNORECASE,
)
_SECTIONS = {
    "deviation": "deviations",
    "addition": "additions",
    "ambiguit": "ambiguities",
    "schema": "schema_changes",
}
_THINGS = r"(?:deviations?|additions?|ambiguit(?:y|ies)|(?:schema\s)?changes?|migrations?)"
_NONE = re.compile(
    rf"""^(?:there\s(?:are|were|is|was)\s)?
    (?:none|no|nothing|n/a|not\sapplicable|-|—
    |no\s(?:known\s|further\s|other\s)?{_THINGS}(?:(?:,|,?\s(?:or|and))\s(?:no\s)?{_THINGS})*
     (?:\s(?:from|to|of|in|beyond)\s(?:(?:the|this|its)\s)?
      (?:specs?|specifications?|design|flows?|schemas?))?)
    (?:\s(?:were|was|are|is))?(?:\s(?:needed|necessary|required|made|found|to\sreport))?
    (?:$|[.!;:,—–](?P<more>.*)$|\s[-—–]\s(?P<said>.*)$)""",
    re.IGNORECASE | re.VERBOSE,
)
_SAME = re.compile(
    r"\b(?:follows?|match(?:es)?|as specified|as (?:the )?(?:spec|design|flow)|exactly|conforms?"
    r"|implements? the|in line with)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:but|however|except|though|although|apart|instead|only|not|rather|other than|besides)\b",
    re.IGNORECASE,
)


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
        head, bold = _HEAD.match(lines[number]), _BOLD.match(lines[number])
        title = head[2] if head else bold[1] if bold else ""
        if title.strip("*_: ").casefold() == HEADING.casefold():
            return number, len(head[1]) if head else 2
    return None, 0


def _body(lines: list[str], depth: int) -> list[str]:
    """The lines up to the next heading that is none of a section inside."""
    body = []
    fenced = False
    for line in lines:
        fenced ^= _fence(line)
        head = None if fenced else _HEAD.match(line)
        if head and len(head[1]) <= depth and _section(line) is None:
            break
        body.append(line)
    return body


def _fence(line: str) -> bool:
    return line.lstrip().startswith("```")


def _section(line: str) -> tuple[str, str] | None:
    """Which section a line begins, and what it says of it already; None for other lines."""
    head, bold, plain = _HEAD.match(line), _BOLD.match(line), _PLAIN.match(line)
    if plain:
        return _SECTIONS[plain[1].lower()], plain[2] or ""
    title = _TITLE.match(head[2].strip("*_ ") if head else bold[1] if bold else "")
    if title is None:
        return None
    heading = title[2].partition(":")[2].strip("*_ ") if head else bold[2] if bold else ""
    return _SECTIONS[title[1].lower()], heading


def _sort(body: list[str], parts: dict[str, list[str]]) -> None:
    """Put every item into its section; lines that go on belong to the item above.

    Items before any section are deviations; what stands below other headings is no note.
    """
    into: list[str] | None = parts["deviations"]
    depth, outside, fenced = 0, True, False
    for line in body:
        fenced ^= _fence(line)
        if fenced or _fence(line) or not line.strip():
            continue
        head, item, begun = _HEAD.match(line), _ITEM.match(line), _section(line)
        if begun:
            into, outside = parts[begun[0]], False
            depth = len(head[1]) if head else _DEEPEST
            _add(into, begun[1])
        elif head and (outside or len(head[1]) <= depth):
            into = None
        elif into is None:
            continue
        elif head or item:
            _add(into, head[2] if head else item[1] if item else "")
        elif into and line.startswith((" ", "\t")):
            into[-1] = f"{into[-1]} {line.strip()}"
        elif not outside:
            _add(into, line)


def _add(into: list[str], text: str) -> None:
    text = text.strip().lstrip("—–:- ").strip()
    if text and not _says_none(text):
        into.append(text)


def _says_none(text: str) -> bool:
    """Whether an item says that there is nothing to say."""
    match = _NONE.match(text.strip("*_() "))
    if match is None:
        return False
    more = (match["more"] or match["said"] or "").strip()
    return not more or (_SAME.search(more) is not None and _OTHER.search(more) is None)
