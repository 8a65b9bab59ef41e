"""What DDD Lab takes of JupyterLab's start, in Chromium."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

import ddd_lab as ddd
from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Clock, Row, at_most, side_by_side, told
from tests.browser.chromium import ADVICE, FLAGS, find_chromium
from tests.browser.server import JupyterServer, jupyter_server
from tests.git.repository import run_git

ROUNDS = 40
TABS = 7
SAMPLE = Path(__file__).parents[1] / "notebooks" / "fernhill"
RESTORED = """async () => {
    while (!window.jupyterapp) await new Promise(done => setTimeout(done, 2));
    await window.jupyterapp.restored;
}"""
OPENED = """async root => {
    const began = performance.now();
    const tab = await window.jupyterapp.commands.execute("ddd-lab:open-design", {root});
    while (!tab.node.querySelector(".react-flow__node")) await new Promise(requestAnimationFrame);
    const took = performance.now() - began;
    tab.dispose();
    return took / 1000;
}"""

TREE = """async root => {
    const {commands} = window.jupyterapp;
    const begin = performance.now();
    void commands.execute("ddd-lab:toggle-tree", {root});
    while (!document.querySelector("[role=treeitem][aria-expanded]")) {
        await new Promise(done => requestAnimationFrame(done));
    }
    return (performance.now() - begin) / 1000;
}"""
FLOWS, SPECS = 1000, 5000


def run() -> Iterator[Row]:
    with (
        tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder,
        jupyter_server(Path(folder, "with")) as ours,
        jupyter_server(Path(folder, "without"), without="ddd-lab") as plain,
        chromium() as browser,
    ):
        with_us, without = side_by_side(start(browser, ours), start(browser, plain), rounds=ROUNDS)
        cold, warm = design_tab(browser, ours)
    more = median(ours - theirs for ours, theirs in zip(with_us.times, without.times, strict=True))
    yield Row(
        "JupyterLab's start, until all is restored",
        told(with_us.median),
        f"{told(without.median)} without DDD Lab",
        f"{more * 1000:+.0f} ms, middle of the pairs",
        **at_most(more, 0.05),
    )
    yield Row(
        "a design's tab, from the click to the System Map, with a kernel to start",
        told(cold.median),
        **at_most(cold.median, 1.5),
    )
    yield Row("the same with its kernel running", told(warm.median), **at_most(warm.median, 0.3))
    yield tree_row()
    yield status_row()


def tree_row() -> Row:
    """The tree of a large design that the server has not read yet."""
    with (
        tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder,
        jupyter_server(Path(folder, "server")) as server,
        chromium() as browser,
    ):
        root = write_project(server.root / "large", FLOWS, 20)
        page = browser.new_context().new_page()
        page.goto(f"{server.url}/lab?reset&token={server.token}", wait_until="commit")
        page.evaluate(RESTORED)
        seconds = page.evaluate(TREE, str(root))
    return Row(
        f"The tree of {FLOWS:,} flows, none of them read before",
        told(seconds),
        **at_most(seconds, 1),
    )


def status_row() -> Row:
    """What Git says of a large design."""
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        root = write_project(Path(folder, "large"), SPECS, 5)
        run_git(root, "init", "-q")
        run_git(root, "add", "-A")
        run_git(root, "commit", "-qm", "First commit")
        flow = min(root.glob("specs/domains/*/flows/*.yaml"))
        flow.write_text(flow.read_text().replace("label: ", "label: Now ", 1))
        with ddd.open(root, watch=False) as project:
            ours, git = side_by_side(
                project.git.status,
                lambda: run_git(root, "status", "--porcelain"),
                rounds=9,
            )
    return Row(
        f"project.git.status() of {SPECS:,} spec files, one changed",
        told(ours.median),
        f"{told(git.median)} git status",
        f"{ours.median / git.median:.1f}×",
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


def design_tab(browser: Browser, server: JupyterServer) -> tuple[Clock, Clock]:
    """Times of opening a design in a tab, without a kernel and with one."""
    root = server.root / "fernhill"
    shutil.copytree(SAMPLE, root)
    page = browser.new_context().new_page()
    page.goto(f"{server.url}/lab?reset&token={server.token}", wait_until="commit")
    page.evaluate(RESTORED)
    cold, warm = Clock(), Clock()
    for _ in range(TABS + 1):
        for session in server.api("sessions"):
            server.api(f"sessions/{session['id']}", "DELETE")
        for clock in (cold, warm):
            clock.times.append(page.evaluate(OPENED, str(root)))
    del cold.times[0], warm.times[0]  # the first one loads the canvas
    return cold, warm


BENCHMARK = Benchmark("lab", "At home in JupyterLab", run)
