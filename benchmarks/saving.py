"""Saving a change of one field in a large flow, against a round trip through ruamel.yaml."""

from __future__ import annotations

import io
import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import ruamel.yaml

from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Row, side_by_side, told
from ddd_lab.project import Project

NODES = 402
KEY, NODE = "orders/accept-order", "step_9"
GOAL = 20


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        root, other_root = (write_project(Path(folder, n), 1, NODES) for n in ("one", "two"))
        file = root / "specs/domains/orders/flows/accept-order.yaml"
        copy = Path(folder, "copy.yaml")
        copy.write_bytes(file.read_bytes())
        name = f"a {file.stat().st_size / 1e3:.0f} KB flow"
        project = Project(root, watch=False)
        numbers = itertools.count(1)

        def edit_and_save(opened: Project) -> object:
            opened.flows[KEY].nodes[NODE].spec.description = f"Above the limit: {next(numbers)}"
            written = opened.save()
            assert len(written) == 1
            return written

        def ours() -> object:
            return edit_and_save(project)

        def from_disk() -> object:
            return edit_and_save(Project(other_root, watch=False))

        def theirs() -> object:
            tool = ruamel.yaml.YAML()
            tool.preserve_quotes = True
            tool.width = 4096
            data = tool.load(copy.read_text("utf-8"))
            data["nodes"][9]["spec"]["description"] = f"Above the limit: {next(numbers)}"
            out = io.StringIO()
            tool.dump(data, out)
            copy.write_text(out.getvalue(), "utf-8")
            return out

        mine, cold, other = side_by_side(ours, from_disk, theirs, rounds=5)
        against = f"{told(other.median)} ruamel.yaml, load, edit, dump"
        for what, clock in (
            (f"Edit one field of {name} and save it", mine),
            (f"Open {name}, edit one field, save it", cold),
        ):
            ratio = other.median / clock.median
            yield Row(
                what=what,
                ours=told(clock.median),
                against=against,
                ratio=f"{ratio:.0f}× faster",
                goal=f"≥ {GOAL}×" if clock is mine else "",
                met=ratio >= GOAL if clock is mine else None,
            )
            against = "the same"


BENCHMARK = Benchmark("saving", "Saving a change", run)
