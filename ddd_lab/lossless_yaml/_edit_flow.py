"""Adding, removing and moving the entries of flow collections."""

from __future__ import annotations

import re

from ddd_lab.lossless_yaml._draft import Draft
from ddd_lab.lossless_yaml._errors import Unsupported
from ddd_lab.lossless_yaml._layout import Layout
from ddd_lab.lossless_yaml._tree import skip_space

_COMMA = re.compile(r"\s*,")
_OWN_LINE = re.compile(r"[ \t]*,?[ \t]*(?:#[^\r\n]*)?(?=[\r\n])")
_TO_COMMENT = re.compile(r"(?:[ \t]*,)?")
_COMMA_BELOW = re.compile(r"(?:\s|#[^\r\n]*)*(,[ \t]*)")
_COMMENT = re.compile(r"[ \t]*#")
_SAME_LINE = re.compile(r"[ \t]*,?[ \t]*")


def delete(draft: Draft, layout: Layout, first: int, last: int) -> None:
    """Remove the neighbouring entries ``first`` to ``last``, but not all that there are."""
    if _has_comments(draft, layout):
        for index in range(first, last + 1):
            _delete_one(draft, layout, index)
    elif first:
        draft.replace(layout[first - 1].end, layout[last].end, "")
    else:
        draft.replace(layout[0].start, layout[last + 1].start, "")


def _delete_one(draft: Draft, layout: Layout, index: int) -> None:
    """Remove an entry among comments: its own go with it, those of its neighbours stay."""
    entry = layout[index]
    rest = _OWN_LINE.match(draft.text, entry.end)
    if rest and draft.begins_line(entry.start):
        draft.replace(draft.break_before(_head(draft, layout, index)), rest.end(), "")
        below = _COMMA_BELOW.match(draft.text, rest.end())
        if index == 0 and below and "," not in rest[0].partition("#")[0]:
            draft.replace(*below.span(1), "")
    elif index + 1 < len(layout) and _share_a_line(draft, entry.end, layout[index + 1].start):
        draft.replace(entry.start, layout[index + 1].start, "")
    elif index and _share_a_line(draft, layout[index - 1].end, entry.start):
        draft.replace(layout[index - 1].end, entry.end, "")
    elif index == 0 and rest:
        draft.replace(entry.start, rest.end(), "")
    elif index:
        start = _head(draft, layout, index) if draft.begins_line(entry.start) else entry.start
        draft.replace(start, entry.end, "")
    else:
        raise Unsupported("comments inside a flow collection")


def insert(draft: Draft, layout: Layout, after: int | None, texts: list[str]) -> None:
    """Add entries behind the entry ``after``, or before the first; separated like the others."""
    separator = _separator(draft, layout, after or 0)
    if after is None:
        head = _head(draft, layout, 0)
        if head < draft.line_start(layout[0].start):
            indent = " " * draft.column(layout[0].start)
            draft.insert(head, "".join(f"{indent}{text},\n" for text in texts))
            return
        draft.insert(layout[0].start, "".join(text + separator for text in texts))
        return
    end = layout[after].end
    rest = _OWN_LINE.match(draft.text, end)
    if rest is None or "#" not in rest[0]:
        draft.insert(end, "".join(separator + text for text in texts))
        return
    # A comment follows on the line: it stays with its entry.
    indent = "\n" + " " * draft.column(layout[after].start)
    comma = _COMMA.match(draft.text, end)
    if comma is None:
        draft.insert(end, ",")
    joined = "".join(indent + text + "," for text in texts)
    draft.insert(rest.end(), joined if comma else joined[:-1])


def reorder(draft: Draft, layout: Layout, order: list[int]) -> None:
    """Put the entries in another order; separators stay where they are.

    Comments go along where each entry has lines of its own.
    """
    count = len(layout)
    places = [(layout[i].start, layout[i].end) for i in range(count)]
    rests = [_OWN_LINE.match(draft.text, end) for _, end in places]
    if all(rests) and all(draft.begins_line(start) for start, _ in places):
        heads = [_head(draft, layout, i) for i in range(count)]
        places = [(head, end) for head, (_, end) in zip(heads, places, strict=True)]
        behind = [
            (skip_space(draft.text, end, _TO_COMMENT), rest.end() if rest else end)
            for (_, end), rest in zip(places, rests, strict=True)
        ]
        _rearrange(draft, behind, order)
    _rearrange(draft, places, order)


def _rearrange(draft: Draft, places: list[tuple[int, int]], order: list[int]) -> None:
    for (start, end), index in zip(places, order, strict=True):
        source = draft.text[slice(*places[index])]
        draft.replace(start, end, source.replace(draft.newline, "\n"))


def _head(draft: Draft, layout: Layout, index: int) -> int:
    """Offset of an entry's first line: that of the first comment directly above it."""
    line = draft.line_start(layout[index].start)
    floor = layout[index - 1].end if index else draft.tree.content_start(layout.node)
    if not draft.begins_line(layout[index].start):
        return line
    while (above := draft.line_start(draft.break_before(line))) > floor:
        if _COMMENT.match(draft.text, above) is None:
            break
        line = above
    return line


def _share_a_line(draft: Draft, end: int, start: int) -> bool:
    return _SAME_LINE.fullmatch(draft.text, end, start) is not None


def _separator(draft: Draft, layout: Layout, at: int) -> str:
    """What is between the entries round ``at``."""
    first = at if at + 1 < len(layout) else at - 1
    if first < 0:
        return ", "
    between = draft.text[layout[first].end : layout[first + 1].start]
    if "#" in between:
        return ",\n" + " " * draft.column(layout[first + 1].start)
    return between.replace(draft.newline, "\n")


def _has_comments(draft: Draft, layout: Layout) -> bool:
    node = layout.node
    start = draft.tree.content_start(node)
    stop = draft.tree.end(node)
    at = start
    for index in range(len(layout)):
        if "#" in draft.text[at : layout[index].start]:
            return True
        at = layout[index].end
    return "#" in draft.text[at:stop]
