"""How much JavaScript and CSS a notebook stores for the canvas."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from benchmarks.harness import Benchmark, Row

STATIC = Path(__file__).parents[1] / "ddd_lab" / "canvas" / "static"
GOALS = {"raw": 620_000, "gzip": 195_000}


def sizes() -> dict[str, int]:
    """Bytes of the bundle, both files together: as they are, and each compressed."""
    parts = [(STATIC / name).read_bytes() for name in ("canvas.js", "canvas.css")]
    return {
        "raw": sum(map(len, parts)),
        "gzip": sum(len(gzip.compress(part, 9, mtime=0)) for part in parts),
    }


def run() -> Iterator[Row]:
    for kind, size in sizes().items():
        goal = GOALS[kind]
        yield Row(
            f"Canvas bundle, JavaScript and CSS, {kind}",
            f"{size / 1e3:.0f} KB",
            goal=f"≤ {goal / 1e3:.0f} KB",
            met=size <= goal,
        )


BENCHMARK = Benchmark("bundle", "What a notebook stores", run)
