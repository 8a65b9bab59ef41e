"""The canvas on made-up boards in a page of its own: no kernel, no JupyterLab."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

from playwright.sync_api import Error, Locator, Page, ViewportSize

from tests.browser.accessibility import STRICTEST, axe_violations
from tests.browser.slow import LATE
from tests.browser.viewport import wait_for_board

ROOT = Path(__file__).parents[2]
FRONT = ROOT / "labextension/canvas"

Theme = Literal["light", "dark"]
VIEWPORT = ViewportSize(width=1424, height=700)


def build(folder: Path) -> None:
    """Build the page with its stand-in for a widget's model."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["node", "dev/build.mjs", str(folder)],
        cwd=FRONT,
        env={**os.environ, "PATH": path},
        check=True,
    )


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder's page while the context lasts."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/page.html"
    finally:
        server.shutdown()
        server.server_close()


class Alone:
    """The page as a person uses it, and what it would have sent to Python."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._address = address
        self.errors: list[str] = []

    def note_error(self, error: Error) -> None:
        """Keep what the page reports as an error."""
        self.errors.append(str(error))

    def open(self, at: str = "", theme: Theme = "light", **query: int | str) -> None:
        """Show a board of ``dev/boards``."""
        answers = {"delay": LATE // 2} if LATE else {}
        self.page.goto(f"{self._address}?{urlencode({'at': at, **answers, **query})}")
        light = "true" if theme == "light" else "false"
        self.page.evaluate(f"document.body.dataset.jpThemeLight = '{light}'")
        root = self.page.locator(".ddd-root").first
        root.wait_for() if "delay" in query else wait_for_board(root)

    def card(self, id: str) -> Locator:
        """A card by its id."""
        return self.page.locator(f".react-flow__node[data-card-id='{id}']")

    def sent(self, op: str) -> list[Any]:
        """The arguments of every command of one kind so far."""
        found: list[Any] = self.page.evaluate(
            "op => window.model.sent.filter(one => one.op === op).map(one => one.args)", op
        )
        return found

    def push(self, message: dict[str, Any]) -> None:
        """Send something as Python would."""
        self.page.evaluate("message => window.model.push(message)", message)

    def axe(self) -> list[str]:
        """What axe-core finds wrong in the widget, with its strictest rules."""
        return axe_violations(self.page.locator(".ddd-root"), STRICTEST)


@contextmanager
def alone_on(page: Page, address: str) -> Iterator[Alone]:
    """Show the canvas on made-up boards in a page, which another test may use afterwards."""
    shown = Alone(page, address)
    page.set_viewport_size(VIEWPORT)
    page.on("pageerror", shown.note_error)
    yield shown
    page.remove_listener("pageerror", shown.note_error)
    page.context.clear_permissions()
    assert shown.errors == []
