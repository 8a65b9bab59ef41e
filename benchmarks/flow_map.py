"""The map of all flows, from asking for it until it is drawn, in JupyterLab in Chromium."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.harness import Benchmark, Row, at_most, told
from benchmarks.lab import RESTORED, chromium
from benchmarks.linked import write_linked
from ddd_lab.gc_pause import gc_paused
from ddd_lab.project import Project
from tests.browser.server import jupyter_server

SIZES = ((1_000, 3.0), (10_000, 15.0))
OPENED = """async root => {
    const {commands} = window.jupyterapp;
    await commands.execute("ddd-lab:open-flow-map", {root});
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return document.querySelector(".lm-Widget.ddd-lab-flow-map canvas") !== null;
}"""


def run() -> Iterator[Row]:
    for flows, goal in SIZES:
        seconds = in_a_tab(flows)
        yield Row(
            f"Flow map of {flows:,} flows in a tab, all files read",
            told(seconds),
            **at_most(seconds, goal),
        )
        yield Row("… as plain data in Python: read, linked, laid out", told(in_python(flows)))


def in_a_tab(flows: int) -> float:
    """Seconds from the command until the map is drawn."""
    with (
        tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder,
        jupyter_server(Path(folder, "server")) as server,
        chromium() as browser,
    ):
        root = write_linked(server.root / "linked", flows)
        page = browser.new_context().new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{server.url}/lab?reset&token={server.token}")
        page.evaluate(RESTORED)
        start = time.perf_counter()
        assert page.evaluate(OPENED, str(root))
        return time.perf_counter() - start


def in_python(flows: int) -> float:
    """Seconds from the project's folder to the laid out map."""
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        root = write_linked(Path(folder, "linked"), flows)
        start = time.perf_counter()
        with gc_paused():
            Project(root, watch=False).flow_map()
        return time.perf_counter() - start


BENCHMARK = Benchmark("flow_map", "The map of all flows", run)
