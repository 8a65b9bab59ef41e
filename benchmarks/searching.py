"""Finding words in a large project: the first time, which reads it, and as people type."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.checking import edit
from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Clock, Row, at_most, told
from benchmarks.opening import FLOWS, NODES, everything

WORDS = ("o", "ord", "order", "accept order", "ledger part 7", "nothing like this", "400 step")


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        project = everything(write_project(Path(folder, "project"), FLOWS, NODES))
        first, typed, edited = Clock(), Clock(), Clock()
        first.time(partial(project.search, "order"))
        for number in range(3):
            for words in WORDS:
                typed.time(partial(project.search, words))
            edit(project, number)
            edited.time(partial(project.search, "order"))
        name = f"{FLOWS:,} flows × {NODES} nodes"
        yield Row(f"Search {name}, the first time", told(first.median))
        yield Row(
            "… every time after (p50, p95)",
            f"{told(typed.median)}, {told(typed.percentile(95))}",
            **at_most(typed.percentile(95), 0.1),
        )
        yield Row("… right after an edit", told(edited.median), **at_most(edited.median, 0.1))


BENCHMARK = Benchmark("searching", "Searching a large project", run)
