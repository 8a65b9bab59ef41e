"""What a shell or a cell shows of many things of a kind: an aligned text, an HTML table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import ClassVar

from ddd_lab.visible import one_line

Cell = str | Sequence[str]
"""A text, or several lines."""
SHOWN = 100
"""Rows of a table that are shown."""
_SHORT = 16
"""Letters of a cell that stay on one line."""


class Tabular:
    """Base of collections that show themselves as a table."""

    __slots__ = ()
    _head: ClassVar[tuple[str, ...]] = ()
    _empty: ClassVar[str] = "Nothing."

    def _rows(self) -> Iterable[Sequence[str]]:
        raise NotImplementedError

    def _shown(self) -> tuple[list[Sequence[str]], int]:
        """The rows that are shown, and how many are not."""
        rows = iter(self._rows())
        return list(islice(rows, SHOWN)), sum(1 for _ in rows)

    def __str__(self) -> str:
        rows, more = self._shown()
        lines = list(aligned(rows)) or [self._empty]
        return "\n".join([*lines, *([f"and {more} more"] if more else [])])

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        from html import escape  # a table of entities, which the shell never shows

        rows, more = self._shown()
        rest = f"<p>and {more} more</p>" if more else ""
        return (html_table(self._head, rows) or f"<p>{escape(self._empty)}</p>") + rest


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines with their columns below each other."""
    shown = [[one_line(cell, 0) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    return [
        "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]


def html_table(head: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    """A table for a cell; nothing where there are no rows."""
    from html import escape

    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    if not body:
        return ""
    titles = "".join(f"<th style='text-align:left'>{escape(title)}</th>" for title in head)
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: Cell) -> str:
    from html import escape

    lines = [cell] if isinstance(cell, str) else cell
    short = ";white-space:nowrap" if all(len(line) <= _SHORT for line in lines) else ""
    shown = "<br>".join(escape(one_line(line, 0)) for line in lines)
    return f"<td style='text-align:left{short}'>{shown}</td>"
