"""The memory of a large project after one change, and what a model is told of one of its flows."""

from __future__ import annotations

import gc
import itertools
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Row, at_most, told
from ddd_lab.assist.context.assemble import assemble
from ddd_lab.assist.context.request import ContextRequest
from ddd_lab.assist.context.sources import Sources
from ddd_lab.assist.tokens import TextKind, Tokens
from ddd_lab.project import Project

FLOWS, NODES, ROUNDS = 1000, 20, 9


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        project = Project(write_project(Path(folder, "project"), FLOWS, NODES), watch=False)
        first = cpu(project.memory.write, 1)
        key = list(project.flows)[FLOWS // 2]
        node = project.flows[key].nodes["step_1"]
        numbers = itertools.count()

        def change() -> None:
            # Of a schema, an event, an error code: what the layers are about.
            node.spec["error_code"] = f"CODE_{next(numbers)}"
            project.workbench.save()

        layers = cpu(change, ROUNDS)
        name = f"{FLOWS:,} flows × {NODES} nodes"
        yield Row(f"Summary, index, flow map and status of {name}, the first time", told(first))
        yield Row(
            "… after one change, the files written (processor time, the save itself included)",
            told(layers),
            **at_most(layers, 0.1),
        )
        request = ContextRequest(at=key, selection=("step_1",), question="What can go wrong here?")

        def context() -> object:
            node.spec["error_code"] = f"CODE_{next(numbers)}"
            return assemble(request, Sources.of(project.workbench), count)

        assembled = cpu(context, ROUNDS)
        yield Row(
            f"What a model is told of one flow of {FLOWS:,}, after an edit (processor time)",
            told(assembled),
            **at_most(assembled, 0.05),
        )


def count(text: str, kind: TextKind) -> Tokens:
    """About what a tokenizer counts."""
    del kind
    return Tokens(-(-len(text) * 10 // 36))


def cpu(run: Callable[[], object], rounds: int) -> float:
    """Seconds of processor time of one run, the median of several after a warm-up."""
    times = []
    for number in range(rounds + (rounds > 1)):
        gc.collect()
        start = time.process_time()
        run()
        if number or rounds == 1:
            times.append(time.process_time() - start)
    return statistics.median(times)


BENCHMARK = Benchmark("remembering", "Remembering a large project", run)
