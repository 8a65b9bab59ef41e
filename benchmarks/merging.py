"""Git's merge of a large flow that two people changed, with the driver and by lines."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Row, at_most, told

NODES: Final = 402
ROUNDS: Final = 9
FLOW: Final = "specs/domains/orders/flows/accept-order.yaml"
GOAL: Final = 0.3


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as name:
        folder = Path(name)
        text = (write_project(folder / "project", 1, NODES) / FLOW).read_text("utf-8")
        versions = {"base": text, "theirs": changed(text, "theirs"), "ours": changed(text, "ours")}
        for version, said in versions.items():
            (folder / version).write_text(said, "utf-8")

        def merged(*command: str) -> float:
            (folder / "ours").write_text(versions["ours"], "utf-8")
            return work(folder, *command)

        module = (sys.executable, "-P", "-m", "ddd_lab.git.drivers.merge")
        driver = (*module, "base", "ours", "theirs", "7", FLOW)
        by_lines = ("git", "merge-file", "-q", "ours", "base", "theirs")
        times = sorted(merged(*driver) for _ in range(ROUNDS))
        lines = sorted(merged(*by_lines) for _ in range(ROUNDS))
        size = f"{len(text.encode()) / 1e3:.0f} KB"
        yield Row(
            f"Merge a flow of {size} ({NODES} nodes, {len(text.splitlines()):,} lines) that both "
            "sides changed: work of the driver, with the start of Python",
            told(times[ROUNDS // 2]),
            f"{told(lines[ROUNDS // 2])} git merge-file, by lines",
            **at_most(times[ROUNDS // 2], GOAL),
        )


def changed(text: str, side: str) -> str:
    """What a person made of it: many nodes have another label, some of them on both sides."""
    lines = text.splitlines(keepends=True)
    labels = [number for number, line in enumerate(lines) if line.lstrip().startswith("label:")]
    for number in labels[:: 10 if side == "ours" else 15]:
        lines[number] = lines[number].rstrip("\n") + f" for {side}\n"
    return "".join(lines)


def work(folder: Path, *command: str) -> float:
    """Seconds of the processor that a program takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


BENCHMARK = Benchmark("merging", "Merging", run)
