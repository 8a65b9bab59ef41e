"""What every benchmark shares: timing side by side, and one line per finding."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypedDict, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One finding.

    Attributes:
        what: what was measured, in words.
        ours: DDD Lab's figure.
        against: what it is held against, with its figure; empty where there is nothing.
        ratio: how the two compare; empty where there is nothing.
        goal: the figure to be met; empty where none was set.
        met: whether it was; None where none was set.
    """

    what: str
    ours: str
    against: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Benchmark:
    """A named group of findings; rows come as they are measured."""

    name: str
    title: str
    run: Callable[[], Iterator[Row]]


@dataclass
class Clock:
    """Times of several rounds of one thing, in seconds."""

    times: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    def time(self, run: Callable[[], T]) -> T:
        """Time one run and return what it made."""
        gc.collect()
        start = time.perf_counter()
        made = run()
        self.times.append(time.perf_counter() - start)
        return made

    def percentile(self, percent: float) -> float:
        """The smallest time that this share of the rounds did not exceed."""
        ordered = sorted(self.times)
        return ordered[max(0, -(-len(ordered) * int(percent) // 100) - 1)]


Run = Callable[[], object]


def side_by_side(*runs: Run, rounds: int = 5, warm_up: int = 1) -> list[Clock]:
    """Time several things in turns, so that a busy moment of the machine meets all of them.

    Before each run the garbage of the others is collected, outside the time; the collector itself
    stays on, as it is in real use.
    """
    clocks = [Clock() for _ in runs]
    for number in range(warm_up + rounds):
        for run, clock in zip(runs, clocks, strict=True):
            (clock if number >= warm_up else Clock()).time(run)
    return clocks


def timed(run: Run, *, rounds: int = 5, warm_up: int = 1) -> Clock:
    """Time one thing."""
    return side_by_side(run, rounds=rounds, warm_up=warm_up)[0]


def told(seconds: float) -> str:
    """A time as people read it."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    if seconds >= 0.01:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds * 1000:.1f} ms"


class Goal(TypedDict):
    """The goal columns of a row."""

    goal: str
    met: bool | None


def at_most(value: float, limit: float) -> Goal:
    """The goal columns for a time that should be short."""
    return {"goal": f"≤ {told(limit)}", "met": value <= limit}


def table(rows: Sequence[Row]) -> str:
    """Rows as a Markdown table, aligned for reading as plain text too."""
    head = ("what", "DDD Lab", "against", "ratio", "goal", "")
    verdict = {True: "met", False: "**missed**", None: ""}
    cells = [head, *((r.what, r.ours, r.against, r.ratio, r.goal, verdict[r.met]) for r in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    rule = "|" + "|".join("-" * (wide + 2) for wide in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
