"""How flows and their code stand to each other, as the canvas shows it: badges and the banner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import add
from typing import Literal, NamedTuple

from ddd_lab.canvas.protocol.messages import Badge, SyncStatusView, Tag
from ddd_lab.implementation.drift import TestCounts, recorded_tests
from ddd_lab.implementation.staleness import State, SyncStatus
from ddd_lab.plurals import plural

SHOWN = 5
"""Changes that are listed at once; of the others only how many."""
_NAMED = 8
"""Flows that the badge of a domain names."""

MARKS: Mapping[State, str] = {
    "spec_ahead": "↓ stale",
    "code_ahead": "↑ code ahead",
    "diverged": "⇅ diverged",
}
TITLES: Mapping[State, str] = {
    "spec_ahead": "The spec has changed since its code was written",
    "code_ahead": "The code has changed since it was written from this spec",
    "diverged": "Both the spec and its code have changed since the code was written",
}


class Noted(NamedTuple):
    """How a flow stands, and how its tests went when they ran last."""

    status: SyncStatus
    tests: TestCounts | None


class SyncBadges:
    """How the flows of a project stood when they were last looked at.

    Flows without code of their own are not in it: nothing is said of them.
    """

    def __init__(self, statuses: Iterable[SyncStatus] = ()) -> None:
        self._flows = {
            status.key: Noted(status, recorded_tests(status.mapped))
            for status in statuses
            if status.mapped is not None
        }

    def with_(self, statuses: Iterable[SyncStatus], keys: Iterable[str]) -> SyncBadges:
        """The same with some flows as they stand now, as far as there are flows of these keys."""
        fresh = SyncBadges(statuses)
        flows = self._flows | fresh._flows
        fresh._flows = {key: flows[key] for key in keys if key in flows}
        return fresh

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SyncBadges) and self._flows == other._flows

    __hash__ = None  # type: ignore[assignment]

    def flow_badges(self, key: str) -> Iterator[Badge]:
        """The badges of a flow on its domain's map."""
        noted = self._flows.get(key)
        if noted is None:
            return
        status = noted.status
        if status.stale:
            reasons = "; ".join(_cut(status.words))
            yield Badge(
                text=f"{MARKS[status.state]} {len(status.words)}",
                title=f"{TITLES[status.state]}: {reasons}",
                tone="warn",
                offers="drift",
            )
        yield from _tests(noted.tests, "fix")

    def domain_badges(self, domain: str, names: Mapping[str, str]) -> Iterator[Badge]:
        """The badges of a domain on the system map."""
        within = [noted for key, noted in self._flows.items() if key.startswith(f"{domain}/")]
        stale = [noted.status.key for noted in within if noted.status.stale]
        if stale:
            named = ", ".join(_cut([names.get(key, key) for key in stale], _NAMED))
            yield Badge(
                text=f"{len(stale)} stale",
                title=f"{len(stale)} stale: {named}",
                tone="warn",
            )
        counts = [noted.tests for noted in within if noted.tests is not None]
        yield from _tests(reduce(add, counts) if counts else None)

    def tags(self, place: str) -> list[Tag]:
        """What filters ask for of a flow, or of the flows of a domain."""
        statuses = self._flows.items()
        own = (noted for key, noted in statuses if key == place or key.startswith(f"{place}/"))
        return ["stale"] if any(noted.status.stale for noted in own) else []

    def view(self, key: str) -> SyncStatusView | None:
        """What the sheet of a flow says of its code; None where there is nothing to say."""
        noted = self._flows.get(key)
        if noted is None:
            return None
        status, tests = noted
        words = status.words if status.stale else ()
        return SyncStatusView(
            state=status.state,
            stale=status.stale,
            title=TITLES.get(status.state, ""),
            words=list(words[:SHOWN]),
            more=max(0, len(words) - SHOWN),
            failed=(tests.failed or int(bool(tests.problem))) if tests else 0,
        )


def _tests(tests: TestCounts | None, offers: Literal["", "fix"] = "") -> Iterator[Badge]:
    if tests is None:
        return
    if tests.failed:
        yield Badge(
            text=f"✗ {tests.failed} of {tests.total}",
            title=f"{tests.failed} of {plural(tests.total, 'test')} failed",
            tone="bad",
            offers=offers,
        )
    elif tests.problem:
        yield Badge(
            text="✗ no result",
            title=f"The tests gave no result: {tests.problem.splitlines()[0]}",
            tone="bad",
            offers=offers,
        )
    elif tests.passed:
        skipped = f", {tests.skipped} skipped" if tests.skipped else ""
        yield Badge(
            text=f"✓ {tests.passed}",
            title=f"{plural(tests.passed, 'test')} passed{skipped}",
            tone="good",
        )
    else:
        yield Badge(text="– 0 tests", title=f"{plural(tests.skipped, 'test')} skipped, none passed")


def _cut(words: Iterable[str], most: int = SHOWN) -> list[str]:
    every = list(words)
    left = len(every) - most
    return [*every[:most], *([f"and {left} more"] if left > 0 else [])]
