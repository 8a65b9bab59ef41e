"""Adding, removing and moving the entries of flow collections."""

from __future__ import annotations

import re

from ddd_lab.files.yaml._draft import Draft
from ddd_lab.files.yaml._errors import Unsupported
from ddd_lab.files.yaml._layout import Layout

_COMMA = re.compile(r"\s*,")
_OWN_LINE = re.compile(r"[ \t]*,?[ \t]*(?:#[^\r\n]*)?(?=[\r\n])")


def delete(draft: Draft, layout: Layout, first: int, last: int) -> None:
    """Remove the neighbouring entries ``first`` to ``last``, but not all that there are."""
    if _has_comments(draft, layout):
        for index in range(first, last + 1):
            start = draft.line_start(layout[index].start)
            rest = _OWN_LINE.match(draft.text, layout[index].end)
            if not draft.begins_line(layout[index].start) or rest is None:
                raise Unsupported("comments inside a flow collection")
            draft.replace(draft.break_before(start), rest.end(), "")
    elif first:
        draft.replace(layout[first - 1].end, layout[last].end, "")
    else:
        draft.replace(layout[0].start, layout[last + 1].start, "")


def insert(draft: Draft, layout: Layout, after: int | None, texts: list[str]) -> None:
    """Add entries behind the entry ``after``, or before the first; separated like the others."""
    separator = _separator(draft, layout, after or 0)
    if after is None:
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
    """Put the entries in another order; separators and comments stay where they are."""
    places = [(layout[i].start, layout[i].end) for i in range(len(layout))]
    for (start, end), index in zip(places, order, strict=True):
        source = draft.text[slice(*places[index])]
        draft.replace(start, end, source.replace(draft.newline, "\n"))


def _separator(draft: Draft, layout: Layout, at: int) -> str:
    """What stands between the entries round ``at``."""
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
