"""Adding, removing and moving the entries of block collections."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ddd_lab.lossless_yaml._draft import Draft
from ddd_lab.lossless_yaml._layout import Layout
from ddd_lab.lossless_yaml._nodes import Sequence

_TO_TEXT = re.compile(r"\s*")


def delete(draft: Draft, layout: Layout, first: int, last: int) -> None:
    """Remove the neighbouring entries ``first`` to ``last``, but not all that there are.

    Their comments go too. Of the blank lines above and below, the longer run stays between the
    neighbours that meet.
    """
    tail = layout.tail(last)
    has_next = last + 1 < len(layout)
    if first == 0:
        start = layout[0].start if layout.is_compact() else layout.head(0)
        stop = draft.next_line(tail)
        text_begins = _TO_TEXT.match(draft.text, stop)
        stop = text_begins.end() if text_begins else stop
        draft.replace(start, stop if layout.is_compact() else draft.line_start(stop), "")
        return
    head = layout.head(first)
    floor = layout.tail(first - 1)
    blanks = draft.blanks_before(head, floor)
    if has_next:
        blanks = min(blanks, draft.blanks_after(tail))
    start = draft.break_before(head)
    for _ in range(blanks):
        start = draft.break_before(draft.line_start(start))
    draft.replace(max(start, floor), tail, "")
    if has_next and layout.ends_in_text(first - 1):
        above = layout.head(last + 1), draft.line_start(layout[last + 1].start)
        if draft.text[slice(*above)] != (new := layout.head_below(last + 1, first - 1)):
            draft.replace(*above, new.replace(draft.newline, "\n"))


def insert(draft: Draft, layout: Layout, after: int | None, texts: Iterable[str]) -> None:
    """Add entries behind the entry ``after``, or before the first one; spaced like the others."""
    indent = " " * layout.column()
    if after is None:
        gap = "\n" * (1 + (draft.blanks_after(layout.tail(0)) if len(layout) > 1 else 0))
        if layout.is_compact():
            draft.insert(layout[0].start, "".join(text + gap + indent for text in texts))
        else:
            draft.insert(layout.head(0), "".join(indent + text + gap for text in texts))
        return
    tail = layout.tail(after)
    blanks = 0
    if layout.ends_open(after):
        pass
    elif after + 1 < len(layout):
        blanks = draft.blanks_after(tail)
    elif after:
        blanks = draft.blanks_after(layout.tail(after - 1))
    if isinstance(layout.node, Sequence) and tail > draft.line_end(layout[after].end):
        # Directly above the new dash, the comment at the end of its neighbour would become its own.
        blanks = max(blanks, 1)
    gap = "\n" * (1 + blanks)
    draft.insert(tail, "".join(gap + indent + text for text in texts))


def reorder(draft: Draft, layout: Layout, order: list[int]) -> None:
    """Put the entries, with their comments, in another order; the gaps between them stay."""
    indent = " " * layout.column()
    compact = layout.is_compact()
    places = [(layout.head(i), layout.tail(i)) for i in range(len(layout))]
    if compact:
        places[0] = (layout[0].start, places[0][1])
    for place, index in enumerate(order):
        text = draft.text[slice(*places[index])]
        if place and not compact and layout.ends_in_text(order[place - 1]):
            line = draft.line_start(layout[index].start)
            text = layout.head_below(index, order[place - 1]) + draft.text[line : places[index][1]]
        text = text.replace(draft.newline, "\n")
        if compact and place == 0:
            text = text.lstrip(" ")
        elif compact and index == 0:
            text = indent + text
        draft.replace(*places[place], text)
