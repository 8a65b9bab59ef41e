"""A canvas in a real JupyterLab and a headless Chromium, with clocks inside the page."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.generate import write_project
from tests.browser.canvas_page import CanvasPage
from tests.browser.chromium import ADVICE, FLAGS, find_chromium
from tests.browser.lab import Lab
from tests.browser.server import jupyter_server

DOMAIN, FLOW = "orders", "accept-order"
KEY = f"{DOMAIN}/{FLOW}"
SIZES = (100, 300, 1000)

# Notes when the button was let go and when the kernel's patch came in, in the page's own time.
CLOCKS = """
window.clocks = { released: 0, arrived: 0, sheetArrived: 0 };
addEventListener("mouseup", () => {
  clocks.released = performance.now();
  clocks.arrived = 0;
}, true);
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => {
      const now = performance.now();
      const text = typeof data === "string" ? data : new TextDecoder().decode(data);
      if (!clocks.arrived && text.includes('"patch"')) clocks.arrived = now;
    });
  }
};
"""


@contextlib.contextmanager
def canvas_pages() -> Iterator[CanvasPage]:
    """A canvas on the System Map of a project per size, one after the other.

    Yields:
        A page whose notebook has opened the projects ``nodes_100`` and so on.
    """
    program = find_chromium()
    if program is None:
        raise SystemExit(ADVICE)
    with (
        tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder,
        jupyter_server(Path(folder, "server")) as server,
        sync_playwright() as playwright,
    ):
        for size in SIZES:
            write_project(server.root / f"nodes_{size}", 1, size)
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(CLOCKS)
        lab = Lab(page, server)
        try:
            yield CanvasPage(lab, lab.output(0).get_by_role("region", name="DDD Lab canvas"))
        finally:
            lab.close()
            browser.close()


def open_domain(canvas: CanvasPage, size: int) -> CanvasPage:
    """A fresh notebook with a canvas on the domain that holds the flow of that size."""
    return CanvasPage.open(canvas.lab, f"with_{size}", f"nodes_{size}", DOMAIN)


def painted(page: Page) -> float:
    """The page's time when what it has to draw now is on the screen."""
    found: float = page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => setTimeout("
        "() => done(performance.now()))))"
    )
    return found
