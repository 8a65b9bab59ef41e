"""Runs the benchmarks.

Usage: python -m benchmarks [NAME ...]

Without names all of them run, and what is printed is also written to benchmarks/RESULTS.md.
"""

from __future__ import annotations

import datetime
import importlib
import os
import platform
import sys
from pathlib import Path

from benchmarks.harness import Benchmark, Row, table

NAMES = (
    *("importing", "opening", "saving", "checking", "searching", "renaming", "typing", "status"),
    *("remembering", "growing", "bundle", "drawing", "dropping", "proposing", "answering"),
    *("lab", "flow_map", "exporting", "diffing", "merging"),
)
RESULTS = Path(__file__).parent / "RESULTS.md"

_ABOUT = """\
Each line was measured in this one run, ours and the other's in turns; times are medians after a
warm-up (p50 and p95 where it says so). Python's garbage collector runs as it does in real use,
after a collection before each round. Fewer is better except where it says otherwise."""


def main(arguments: list[str]) -> int:
    """Run the benchmarks; the status says whether every goal was met (0) or not (1)."""
    unknown = [name for name in arguments if name not in NAMES]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    lines: list[str] = []
    missed: list[Row] = []

    def out(text: str) -> None:
        print(text, flush=True)
        lines.append(text)

    out(f"# Benchmarks\n\n{_machine()}\n\n{_ABOUT}")
    for name in arguments or NAMES:
        benchmark: Benchmark = importlib.import_module(f"benchmarks.{name}").BENCHMARK
        rows = list(benchmark.run())
        missed += [row for row in rows if row.met is False]
        out(f"\n## {benchmark.title}\n\n{table(rows)}")
    if busy := _busy():
        out(f"\n{busy}")
    out(f"\n{'Every goal was met.' if not missed else f'Missed goals: {len(missed)}.'}")
    if not arguments:
        RESULTS.write_text("\n".join(lines) + "\n", "utf-8")
    return 1 if missed else 0


def _machine() -> str:
    today = datetime.datetime.now(datetime.UTC).date()
    busy = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{today}: {os.cpu_count()} cores ({platform.machine()}, {platform.system()}), "
        f"Python {platform.python_version()}{busy}."
    )


def _busy() -> str:
    """A warning where other programs had a good part of the machine."""
    if not hasattr(os, "getloadavg"):
        return ""
    load, cores = os.getloadavg()[1], os.cpu_count() or 1
    if load <= cores:
        return ""
    return (
        f"The machine was busy (load {load:.1f} on {cores} cores over the last five minutes): what "
        "people would wait for took longer than it does on a machine of their own. Ratios hold."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
