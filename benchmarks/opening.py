"""Opening a large project, against merely parsing its files with the fastest usual parser."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import ruamel.yaml
import yaml

from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Clock, Row, at_most, side_by_side, timed, told
from ddd_lab.project import Project

FLOWS, NODES = 1000, 20


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        root = write_project(Path(folder, "project"), FLOWS, NODES)
        files = sorted(root.rglob("*.yaml"))
        size = sum(file.stat().st_size for file in files) / 1e6
        name = f"{FLOWS:,} flows × {NODES} nodes ({size:.1f} MB)"

        def ours() -> object:
            return everything(root)

        def theirs() -> object:
            return [yaml.load(file.read_bytes(), yaml.CSafeLoader) for file in files]

        def theirs_at_ease() -> object:
            # We hold the garbage collector while parsing; this is what that alone would give.
            gc.disable()
            try:
                return theirs()
            finally:
                gc.enable()

        mine, parser, at_ease = side_by_side(ours, theirs, theirs_at_ease, rounds=3)
        yield _against(
            f"Open {name}, every flow read", mine, parser, "PyYAML CSafeLoader, parse only"
        )
        yield _against("… the parser with the garbage collector off", mine, at_ease, "the same")

        tenth = files[::10]
        slow = timed(lambda: [_ruamel(file) for file in tenth], rounds=1, warm_up=0)
        yield Row(
            what="… a tenth of its files in ruamel.yaml's round-trip loader",
            ours=told(mine.median / 10),
            against=f"{told(slow.median)} ruamel.yaml",
            ratio=f"{slow.median / (mine.median / 10):.0f}× faster",
        )

        def the_map() -> object:
            project = Project(root, watch=False)
            return project, project.system_map()

        clock = timed(the_map)
        yield Row(
            f"Open {name}, System Map ready", told(clock.median), **at_most(clock.median, 1.0)
        )


def everything(root: Path) -> Project:
    """A project with every flow read into its model."""
    project = Project(root, watch=False)
    count = sum(len(flow.nodes) for flow in project.design.flows.values())
    assert count == FLOWS * NODES, f"{count} nodes instead of {FLOWS * NODES}"
    return project


def _against(what: str, mine: Clock, other: Clock, name: str) -> Row:
    ratio = mine.median / other.median
    return Row(
        what=what,
        ours=told(mine.median),
        against=f"{told(other.median)} {name}",
        ratio=f"{ratio:.2f}×",
        goal="≤ 2.5×",
        met=ratio <= 2.5,
    )


def _ruamel(file: Path) -> object:
    reader = ruamel.yaml.YAML()
    reader.preserve_quotes = True
    return reader.load(file.read_text("utf-8"))


BENCHMARK = Benchmark("opening", "Opening a large project", run)
