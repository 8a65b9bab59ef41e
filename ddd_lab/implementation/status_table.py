"""SyncStatuses of flows and their code as a table: text in a terminal, HTML in a notebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from ddd_lab.implementation.staleness import State, SyncStatus
from ddd_lab.tables import html_table
from ddd_lab.visible import one_line, visible

TITLES: dict[State, str] = {
    "in_sync": "in sync",
    "layout_only": "layout only",
    "spec_ahead": "spec ahead",
    "code_ahead": "code ahead",
    "diverged": "diverged",
    "pending": "pending",
}
SHOWN = 5
"""Lines of what changed that a table shows of one flow."""


class StaleTable(Sequence[SyncStatus]):
    """SyncStatuses in a row; a notebook shows them as a table."""

    def __init__(self, statuses: Iterable[SyncStatus]) -> None:
        self._statuses = tuple(statuses)

    @overload
    def __getitem__(self, index: int) -> SyncStatus: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[SyncStatus]: ...

    def __getitem__(self, index: int | slice) -> SyncStatus | Sequence[SyncStatus]:
        return self._statuses[index]

    def __len__(self) -> int:
        return len(self._statuses)

    def __str__(self) -> str:
        return "\n".join(self._lines()) or "Nothing is stale."

    __repr__ = __str__

    def _lines(self) -> Iterator[str]:
        for status in self._statuses:
            yield f"{visible(status.key)}: {TITLES[status.state]}"
            yield from (f"  {one_line(line)}" for line in _cut(status.words))

    def _repr_html_(self) -> str:
        if not self._statuses:
            return "<p>Nothing is stale.</p>"
        return html_table(
            ("flow", "state", "what moved"),
            ((one.key, TITLES[one.state], _cut(one.words)) for one in self._statuses),
        )


def counted(statuses: Iterable[SyncStatus]) -> str:
    """How many are in which state: ``12 in sync, 1 spec ahead, 3 pending``."""
    counts = Counter(status.state for status in statuses)
    return ", ".join(f"{counts[state]} {title}" for state, title in TITLES.items() if counts[state])


def _cut(words: Sequence[str]) -> list[str]:
    left = len(words) - SHOWN
    return [*words[:SHOWN], *([f"and {left} more"] if left > 0 else [])]
