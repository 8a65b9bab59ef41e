"""Takes pictures of the canvas on made-up boards: python dev/look.py OUTDIR (after dev/build.mjs).

Every picture is taken light and dark, narrow and wide, so that they can be looked at side by side.
"""

from __future__ import annotations

import functools
import http.server
import sys
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu"]
SIZES = {"narrow": 640, "middle": 900, "wide": 1400}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serves a folder on a free port; returns the server and its address."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/page.html"


def show(page: Page, address: str, at: str, theme: str) -> None:
    """Opens a board in a theme and waits until its cards are drawn."""
    page.goto(f"{address}?at={at}")
    page.evaluate(f"document.body.dataset.jpThemeLight = '{'true' if theme == 'light' else 'false'}'")
    page.wait_for_selector(".react-flow__node, .ddd-empty")
    page.wait_for_timeout(200)


def main(folder: Path) -> None:
    """Takes all pictures."""
    server, address = serve(folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for size, width in SIZES.items():
            page = browser.new_page(viewport={"width": width + 24, "height": 664})
            page.on("pageerror", lambda error: print("error:", error))
            page.on("console", lambda said: print("console:", said.text) if said.type == "error" else None)
            for theme in ("light", "dark"):
                for at in ("", "lending", "lending/borrow-book"):
                    show(page, address, at, theme)
                    name = f"{at.replace('/', '-') or 'system'}-{size}-{theme}.png"
                    if at.endswith("book"):
                        page.get_by_role("button", name="Fit").click()
                        page.wait_for_timeout(200)
                        page.locator("[data-card-id=store_loan]").first.click()
                        page.wait_for_timeout(300)
                    page.screenshot(path=folder / name)
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
