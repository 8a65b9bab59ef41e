"""Renaming a domain with many flows, wherever it is named, and saving that."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.generate import FLOWS_PER_DOMAIN, flow_text, write_project
from benchmarks.harness import Benchmark, Clock, Row, told
from ddd_lab.project import Project

FLOWS, NODES = 100, 20
DOMAIN = "orders"


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        root = write_project(Path(folder, "project"), FLOWS, NODES)
        fill(root)
        renamed, saved = Clock(), Clock()
        with Project(root, watch=False) as project:
            assert len(project.domains[DOMAIN].flows) == FLOWS
            domain = DOMAIN
            for name in ("Sales", "Trades", "Deals"):
                domain = renamed.time(partial(project.workbench.rename_domain, domain, name))
                saved.time(project.save)
        name = f"Rename a domain of {FLOWS} flows × {NODES} nodes"
        yield Row(name, told(renamed.median))
        yield Row("… and save its files at their new places", told(saved.median))


def fill(root: Path) -> None:
    """Give the first domain as many flows again as it has, about another subject."""
    flows = root / "specs/domains" / DOMAIN / "flows"
    for path in sorted(flows.glob("*.yaml"))[: FLOWS - FLOWS_PER_DOMAIN]:
        deed = path.stem.partition("-")[0]
        text = flow_text(DOMAIN, deed, "quantity", NODES)
        (flows / f"{deed}-quantity.yaml").write_text(text, "utf-8")


BENCHMARK = Benchmark("renaming", "Renaming in a large project", run)
