"""What DDD Lab takes of JupyterLab's start, in Chromium."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.harness import Benchmark, Row, at_most, side_by_side, told
from tests.browser.chromium import ADVICE, FLAGS, find_chromium
from tests.browser.server import JupyterServer, jupyter_server

ROUNDS = 15
RESTORED = """async () => {
    while (!window.jupyterapp) await new Promise(done => setTimeout(done, 2));
    await window.jupyterapp.restored;
}"""


def run() -> Iterator[Row]:
    with (
        tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder,
        jupyter_server(Path(folder, "with")) as ours,
        jupyter_server(Path(folder, "without"), without="ddd-lab") as plain,
        chromium() as browser,
    ):
        with_us, without = side_by_side(start(browser, ours), start(browser, plain), rounds=ROUNDS)
    more = with_us.median - without.median
    yield Row(
        "JupyterLab's start, until all is restored",
        told(with_us.median),
        f"{told(without.median)} without DDD Lab",
        f"+{told(max(0, more))}",
        **at_most(more, 0.05),
    )


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser."""
    program = find_chromium()
    if program is None:
        raise SystemExit(ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


def start(browser: Browser, server: JupyterServer) -> Callable[[], object]:
    """A run of loading JupyterLab's page; what the browser has kept is there, as on any day."""
    page = browser.new_context().new_page()

    def run() -> object:
        page.goto(f"{server.url}/lab?reset&token={server.token}", wait_until="commit")
        return page.evaluate(RESTORED)

    return run


BENCHMARK = Benchmark("lab", "At home in JupyterLab", run)
