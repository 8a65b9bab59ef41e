"""How much JavaScript and CSS a notebook stores for the canvas."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from benchmarks.harness import Benchmark, Row

STATIC = Path(__file__).parents[1] / "ddd_lab" / "canvas" / "static"
GOALS = {"raw": 500_000, "gzip": 160_000}


def run() -> Iterator[Row]:
    parts = [(STATIC / name).read_bytes() for name in ("canvas.js", "canvas.css")]
    sizes = {
        "raw": sum(map(len, parts)),
        "gzip": sum(len(gzip.compress(part, 9, mtime=0)) for part in parts),
    }
    for kind, size in sizes.items():
        goal = GOALS[kind]
        yield Row(
            f"Canvas bundle, JavaScript and CSS, {kind}",
            f"{size / 1e3:.0f} KB",
            goal=f"≤ {goal / 1e3:.0f} KB",
            met=size <= goal,
        )


BENCHMARK = Benchmark("bundle", "What a notebook stores", run)
