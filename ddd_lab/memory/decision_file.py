"""The text of `decisions.md`: entries are read, added, changed and removed, all else stays.

People write in this file as they like. An entry is a heading of level 3 that begins with a date, or
below which a label of ours stands. Its id and author stand in a comment, which readers do not see.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ddd_lab.visible import one_line, visible

LABELS: Final = ("decision", "rationale", "affected")
_TITLE = "## Design Decisions"
_ENTRY = re.compile(r"###[ \t]+(?:(\d{4}-\d{2}-\d{2})[ \t]*[:–—-]?[ \t]*)?(.*?)[ \t]*")
_HEADING = re.compile(r"#{1,3}(?:[ \t]|$)")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_LABEL = re.compile(
    r"\*\*(Decision|Rationale|Affected)[ \t]*(?::\*\*|\*\*[ \t]*:?)[ \t]*", re.IGNORECASE
)
_MARK = re.compile(r"[ \t]*<!--[ \t]*ddd-lab:[ \t]*(\{.*\})[ \t]*-->[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ACTS = (
    r"[ \t]*(?:#{1,3}(?:[ \t]|$)|`{3}|~{3}|\*\*(?i:decision|rationale|affected)"
    r"|([-*_])[ \t]*(?:\1[ \t]*){2,}$)"
)
"""What begins something of its own at the beginning of a line."""
_ACTING = re.compile(rf"^(?=\\*{_ACTS})")
_ESCAPED = re.compile(rf"(?m)(?<=\n)\\(?=\\*{_ACTS})")
_COMMENT, _NO_COMMENT = "<!--", r"<\!--"
_ITEM = re.compile(r"[ \t]*(?:[-*][ \t]+)?(\*\*|[`'\"]|)(.*?)\1[ \t\r]*")


@dataclass(frozen=True)
class Decision:
    """A decision about the design.

    Attributes:
        id: by which it is edited and removed.
        date: in ISO 8601; empty where the file says none.
        title: in a line.
        decision: what was decided, where that says more than the title.
        rationale: why.
        affected: what it is about: ``domain``, ``domain/flow``, ``domain/flow#node``, a schema, an
            event, a file, or any words.
        author: who wrote it down: ``user`` or ``llm``.
        gone: those of `affected` that were there and are no longer.
    """

    id: str
    date: str
    title: str
    decision: str = ""
    rationale: str = ""
    affected: tuple[str, ...] = ()
    author: str = "user"
    gone: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.date}: {self.title}" if self.date else self.title]
        lines += [text for text in (self.decision, self.rationale) if text]
        if self.affected:
            lines.append(f"Affected: {', '.join(self.affected)}")
        if self.gone:
            lines.append(f"No longer there: {', '.join(self.gone)}")
        return visible("\n".join(lines), lines=True)


@dataclass(frozen=True)
class Entry:
    """A decision with where it stands in the text.

    Attributes:
        start, end: of all of it.
        heading: end of its first line, without the line end.
        mark: where its comment stands; empty where it has none.
        labels: where each label begins, and where its text begins and ends.
        subjects: those of its places that were known when it was written.
    """

    decision: Decision
    start: int
    end: int
    heading: int
    mark: tuple[int, int] | None = None
    labels: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()


def entries(text: str) -> list[Entry]:
    """The entries of a text, in its order."""
    found: list[Entry] = []
    taken: set[str] = set()
    for start, end in _blocks(text):
        entry = _entry(text, start, end)
        if entry is None:
            continue
        id, number = entry.decision.id, 2
        while id in taken:
            id, number = f"{entry.decision.id}-{number}", number + 1
        taken.add(id)
        found.append(replace(entry, decision=replace(entry.decision, id=id)))
    return found


def with_added(text: str, decision: Decision, subjects: Iterable[str]) -> str:
    """The text with one more entry, behind the last one."""
    end = _line_end(text)
    values = ((label, _value(label, decision)) for label in LABELS)
    labelled = (f"{end}{_labelled(label, value, end)}" for label, value in values if value)
    written = end.join((_heading(decision), _mark(decision, subjects), *labelled))
    present = entries(text)
    at = present[-1].end if present else len(text)
    before, after = text[:at], text[at:]
    if closing := _left_open(before):
        before = f"{before.rstrip(end)}{end}{closing}"
    if not present and not re.search(r"(?mi)^##[ \t]+design decisions[ \t]*\r?$", text):
        before = _apart(before, end) + _TITLE
    return _apart(before, end) + written + end + (end + after.lstrip("\r\n") if after else "")


def with_removed(text: str, entry: Entry) -> str:
    """The text without an entry."""
    before, after = text[: entry.start], text[entry.end :]
    return before + after if after else before.rstrip("\r\n") + _line_end(text)


def with_changed(text: str, entry: Entry, decision: Decision, subjects: Iterable[str]) -> str:
    """The text with an entry that says something else; what stays the same is not touched."""
    end, old = _line_end(text), entry.decision
    changes: list[tuple[int, int, str]] = []
    if (decision.date, decision.title) != (old.date, old.title):
        changes.append((entry.start, entry.heading, _heading(decision)))
    mark = _mark(decision, subjects)
    if entry.mark is None:
        changes.append((entry.heading, entry.heading, end + mark))
    elif text[slice(*entry.mark)] != mark:
        changes.append((*entry.mark, mark))
    last = max((spot[2] for spot in entry.labels.values()), default=0)
    last = max(last, entry.mark[1] if entry.mark else entry.heading)
    for label in LABELS:
        value = _value(label, decision)
        if value == _value(label, old):
            continue
        if (spot := entry.labels.get(label)) is not None:
            start, begin, stop = spot
            changes.append((begin, stop, _safe(value, end)) if value else (start, stop, ""))
        elif value:
            changes.append((last, last, f"{end}{end}{_labelled(label, value, end)}"))
    return _with(text, changes)


def with_places(text: str, new: Mapping[str, str]) -> str:
    """The text with other names of places, wherever an entry names one."""
    changes: list[tuple[int, int, str]] = []
    for entry in entries(text):
        if (spot := entry.labels.get("affected")) is not None:
            for start, stop in _items(text, *spot[1:]):
                if (name := moved_place(text[start:stop], new)) is not None:
                    changes.append((start, stop, name))
        if entry.mark is not None:
            subjects = [moved_place(name, new) or name for name in entry.subjects]
            if (mark := _mark(entry.decision, subjects)) != text[slice(*entry.mark)]:
                changes.append((*entry.mark, mark))
    return _with(text, changes)


def moved_place(place: str, new: Mapping[str, str]) -> str | None:
    """The new name of a place; None where it keeps its name."""
    if place in new:
        return new[place]
    flow, hash, node = place.partition("#")
    return f"{new[flow]}#{node}" if hash and flow in new else None


# --- reading -------------------------------------------------------------------------------------


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where each section of a heading of level 3 begins and ends."""
    start: int | None = None
    for at, line in _outside_code(text):
        if _HEADING.match(line) or (start is not None and _RULE.fullmatch(line)):
            if start is not None:
                yield start, at
            start = at if line.startswith("###") else None
    if start is not None:
        yield start, len(text)


def _outside_code(text: str) -> Generator[tuple[int, str], None, str]:
    """The lines that are in no fence and no comment of several lines, and where each begins.

    Returns what would end a fence or comment that nobody has ended.
    """
    at, fence, in_comment = 0, "", False
    for whole in text.split("\n"):
        line = whole.removesuffix("\r")
        if at == 0:
            line = line.removeprefix("\ufeff")
        match = _FENCE.match(line)
        if in_comment:
            in_comment = "-->" not in line
        elif fence:
            if match and match[1].startswith(fence) and line.strip() == match[1]:
                fence = ""
        elif match:
            fence = match[1]
        else:
            in_comment = "<!--" in line and "-->" not in line.partition("<!--")[2]
            yield at + len(whole.removesuffix("\r")) - len(line), line
        at += len(whole) + 1
    return "-->" if in_comment else fence


def _left_open(text: str) -> str:
    """What ends a fence or comment that is open at the end of a text."""
    lines = _outside_code(text)
    while True:
        try:
            next(lines)
        except StopIteration as end:
            return str(end.value)


def _entry(text: str, start: int, end: int) -> Entry | None:
    spots: dict[str, tuple[int, int, int]] = {}
    mark: tuple[int, int] | None = None
    facts: dict[str, Any] = {}
    heading = re.compile(r"[^\r\n]*").match(text, start)
    title = _ENTRY.fullmatch(heading[0]) if heading else None
    if heading is None or title is None:
        return None
    open_label = ""
    for offset, line in _outside_code(text[start:end]):
        at = start + offset
        if match := _MARK.fullmatch(line):
            if mark is None and (read := _facts(match[1])):
                mark, facts = (at, at + len(line)), read
            open_label = _close(spots, open_label, at)
        elif match := _LABEL.match(line):
            open_label = _close(spots, open_label, at)
            label = match[1].lower()
            if label not in spots:
                spots[label] = (at, at + match.end(), end)
                open_label = label
    _close(spots, open_label, end)
    if not (title[1] or mark or spots):
        return None
    labels = {
        label: (begin, value, _trimmed(text, value, stop))
        for label, (begin, value, stop) in spots.items()
    }
    if "affected" in labels:
        begin, value, stop = labels["affected"]
        labels["affected"] = (begin, value, _trimmed(text, value, _list_end(text, value, stop)))
    return Entry(
        decision=_decision(text, title, facts, labels),
        start=start,
        end=end,
        heading=heading.end(),
        mark=mark,
        labels=labels,
        subjects=_words(facts.get("subjects")),
    )


def _close(spots: dict[str, tuple[int, int, int]], label: str, at: int) -> str:
    if label:
        start, value, _ = spots[label]
        spots[label] = (start, value, at)
    return ""


def _decision(
    text: str,
    title: re.Match[str],
    facts: Mapping[str, Any],
    labels: Mapping[str, tuple[int, int, int]],
) -> Decision:
    def said(label: str) -> str:
        spot = labels.get(label)
        value = text[spot[1] : spot[2]].replace("\r\n", "\n") if spot else ""
        return _ESCAPED.sub("", value).replace(_NO_COMMENT, _COMMENT)

    digest = hashlib.sha256(title[0].encode("utf-8", "surrogatepass")).hexdigest()
    spot = labels.get("affected")
    places = (text[slice(*item)] for item in _items(text, *spot[1:])) if spot else ()
    return Decision(
        id=str(facts.get("id") or f"w{digest[:8]}"),
        date=title[1] or "",
        title=title[2].replace(_NO_COMMENT, _COMMENT),
        decision=said("decision"),
        rationale=said("rationale"),
        affected=tuple(dict.fromkeys(places)),
        author="llm" if facts.get("author") == "llm" else "user",
    )


def _facts(text: str) -> dict[str, Any]:
    try:
        facts = json.loads(text)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _words(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _list_end(text: str, start: int, end: int) -> int:
    """Where the list of what is affected ends: its own line, and bullets right below it."""
    at = start
    for number, line in enumerate(text[start:end].splitlines(keepends=True)):
        if number and not re.match(r"[ \t]*[-*][ \t]", line):
            break
        at += len(line)
    return at


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each name stands in a list that commas and line ends divide."""
    for piece in re.finditer(r"[^,\n]+", text[start:end]):
        item = _ITEM.fullmatch(piece[0])
        if item is not None and item[2]:
            at = start + piece.start()
            yield at + item.start(2), at + item.end(2)


# --- writing -------------------------------------------------------------------------------------


def _value(label: str, decision: Decision) -> str:
    if label == "affected":
        return ", ".join(decision.affected)
    return decision.decision if label == "decision" else decision.rationale


def _heading(decision: Decision) -> str:
    title = one_line(decision.title, 0).replace(_COMMENT, _NO_COMMENT)
    return f"### {decision.date}: {title}" if decision.date else f"### {title}"


def _mark(decision: Decision, subjects: Iterable[str]) -> str:
    facts = {"id": decision.id, "author": decision.author, "subjects": list(subjects)}
    return f"<!-- ddd-lab: {json.dumps(facts).replace('>', chr(92) + 'u003e')} -->"


def _labelled(label: str, value: str, end: str) -> str:
    return f"**{label.capitalize()}:** {_safe(value, end)}"


def _safe(value: str, end: str) -> str:
    """A text that begins no heading, fence, comment or label of its own in the file."""
    shown = visible(value.strip(), lines=True).replace(_COMMENT, _NO_COMMENT)
    first, *rest = (line.rstrip() for line in shown.split("\n"))
    return end.join((first, *(_ACTING.sub(r"\\", line) for line in rest)))


def _apart(text: str, end: str) -> str:
    """A text that ends with an empty line, unless it is empty."""
    bare = text.rstrip("\r\n")
    return f"{bare}{end}{end}" if bare else ""


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _with(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """A text with other words at some places, of which none lies in another."""
    pieces: list[str] = []
    at = 0
    for start, end, words in sorted(changes, key=lambda change: change[:2]):
        pieces += [text[at:start], words]
        at = end
    return "".join([*pieces, text[at:]])
