"""Importing the package in a fresh interpreter, against what it stands on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.harness import Benchmark, Row, at_most, side_by_side, told

SAMPLE = Path(__file__).parents[1] / "notebooks" / "fernhill"


def run() -> Iterator[Row]:
    opened = f"import ddd_lab; ddd_lab.open({str(SAMPLE)!r}, watch=False).system_map()"
    nothing, pydantic, ours, first = side_by_side(
        fresh("pass"), fresh("import pydantic"), fresh("import ddd_lab"), fresh(opened), rounds=9
    )
    yield Row(
        "python -c 'import ddd_lab'",
        told(ours.median),
        f"{told(nothing.median)} python -c pass",
        f"+{told(ours.median - nothing.median)}",
        **at_most(ours.median, 0.3),
    )
    yield Row(
        "… and open the sample design, System Map ready",
        told(first.median),
        f"{told(pydantic.median)} import pydantic",
        f"{first.median / pydantic.median:.1f}×",
    )


def fresh(code: str) -> Callable[[], object]:
    """A run of some code in an interpreter of its own."""

    def run() -> object:
        return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)

    return run


BENCHMARK = Benchmark("importing", "Starting up", run)
