"""The site that ``make lite`` builds, used in Chromium without a network (``make lite-test``).

It takes minutes: Python is loaded into the page, and the packages into Python.
"""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Route, expect, sync_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.timeouts import ms

SITE = Path(__file__).parents[1] / "build/lite/site"
PYTHON = ms(150.0)
"""Until Python and the packages are there."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The site's address."""
    handler = functools.partial(_Quiet, directory=str(SITE))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def page_of(address: str) -> Iterator[Page]:
    """A page that reaches the site and nothing else."""
    elsewhere: list[str] = []

    def gate(route: Route) -> None:
        if route.request.url.startswith((address, "blob:", "data:")):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        context.route("**/*", gate)
        yield context.new_page()
        browser.close()
    assert elsewhere == []


def test_a_flow_is_edited_and_saved_in_the_browser_without_a_network() -> None:
    with served() as address, page_of(address) as page:
        page.goto(f"{address}/lab/index.html?path=start.ipynb")
        expect(page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible(timeout=PYTHON)
        expect(page.get_by_text("Python (Pyodide) | Idle")).to_be_visible(timeout=PYTHON)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()

        canvas = page.locator(".ddd-root")
        flow = canvas.locator(".react-flow__node", has_text="Borrow an item")
        expect(flow).to_be_visible(timeout=PYTHON)
        flow.dblclick()
        card = canvas.locator(".react-flow__node[data-card-id=check_scan]")
        expect(card).to_be_visible(timeout=PYTHON)
        implement = canvas.get_by_role("button", name="Implement")
        expect(implement).to_have_attribute("aria-disabled", "true")
        expect(implement).to_have_attribute(
            "title", "Claude Code cannot run in a browser: install DDD Lab on your computer for it"
        )

        card.click()
        label = canvas.get_by_role("textbox", name="Label").first
        expect(label).to_have_value("Check both scans", timeout=PYTHON)
        label.fill("Check in the browser")
        label.press("Enter")
        expect(card).to_contain_text("Check in the browser", timeout=PYTHON)
        canvas.get_by_role("button", name="Save").click()
        expect(canvas.get_by_text("Saved", exact=True)).to_be_visible(timeout=PYTHON)

        file = page.locator(".jp-CodeCell").last
        file.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        expect(file.locator(".jp-OutputArea-output")).to_contain_text(
            "label: Check in the browser", timeout=PYTHON
        )
