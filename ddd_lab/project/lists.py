"""Lists that a shell or a cell shows as tables: problems, and what a search found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ddd_lab.spec.problem import Problem
from ddd_lab.tables import Tabular
from ddd_lab.visible import one_line

if TYPE_CHECKING:
    from ddd_lab.files.edit.replace import Match
    from ddd_lab.files.edit.search import SearchMatch


class Problems(Tabular, list[Problem]):
    """Problems; a shell or a cell shows them as a table."""

    _head = ("", "where", "line", "what is wrong", "rule")
    _empty = "No problems."

    def _rows(self) -> Iterable[Sequence[str]]:
        return (
            (one.severity, one.where or one.path, str(one.line or ""), one.message, one.rule)
            for one in self
        )


class SearchMatches(Tabular, list["SearchMatch"]):
    """What a search found, the best first; a shell or a cell shows it as a table."""

    _head = ("what", "where", "line", "text")
    _empty = "Nothing was found."

    def _rows(self) -> Iterable[Sequence[str]]:
        return ((one.kind, one.where, str(one.line or ""), one_line(one.text)) for one in self)


class Matches(Tabular, list["Match"]):
    """Texts that a pattern was found in; a shell or a cell shows them as a table."""

    _head = ("where", "line", "setting", "text")
    _empty = "Nothing was found."

    def _rows(self) -> Iterable[Sequence[str]]:
        return ((one.where, str(one.line or ""), one.what, one_line(one.text)) for one in self)
