"""The real canvas over a real project in a page of its own: no JupyterLab, no kernel.

What the browser sends goes to the widget in this process, and what the widget sends goes back, so
that a form of many fields is filled in several times as fast as through a kernel.
"""

from __future__ import annotations

import ast
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

import ddd_lab as ddd
from ddd_lab.canvas.widget import Canvas
from tests.browser.alone import ROOT, served
from tests.browser.canvas_page import ATTEMPT, CanvasPage
from tests.browser.lab import Lab
from tests.browser.timeouts import Timeouts
from tests.browser.viewport import settle

STATIC = ROOT / "ddd_lab/canvas/static"
PAGE = """\
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Canvas on its own</title>
    <link href="canvas.css" rel="stylesheet">
    <style>body { margin: 0; padding: 12px; font-family: system-ui, sans-serif; }</style>
  </head>
  <body data-jp-theme-light="true">
    <div id="cell"></div>
    <script type="module">
      import widget from "./canvas.js";
      const listeners = new Set();
      const tell = (messages) => {
        for (const text of messages) for (const hear of listeners) hear(JSON.parse(text));
      };
      const model = {
        get: (name) => (name === "height" ? HEIGHT : undefined),
        on: (_, listener) => listeners.add(listener),
        off: (_, listener) => listeners.delete(listener),
        send: (content) => void window.toPython(JSON.stringify(content)).then(tell),
      };
      setInterval(() => void window.fromPython().then(tell), 50);
      widget.render({ model, el: document.getElementById("cell") });
    </script>
  </body>
</html>
"""


class BareLab(Lab):
    """A page with nothing but the canvas; what a kernel would know is in this process.

    Args:
        page: that will show the canvas.
        project: that it shows.
        at: where it starts.

    Attributes:
        project: that it shows.
        root: the folder that the project lies in.
    """

    def __init__(self, page: Page, project: ddd.Project, at: str) -> None:
        self.page = page
        self.project = project
        self.root = project.root.parent
        self.errors: list[str] = []
        self._waiting: list[str] = []
        self._canvas = Canvas(project.workbench, at)
        self._names: dict[str, Any] = {"project": project, "canvas": self._canvas}
        self._canvas.send = self._keep  # what a comm would carry
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.expose_function("toPython", self._received)
        page.expose_function("fromPython", self._taken)

    def _keep(self, content: Any, buffers: Any = None) -> None:
        self._waiting.append(json.dumps(content, allow_nan=False))

    def _received(self, text: str) -> list[str]:
        self._canvas._handle_custom_msg(json.loads(text), [])
        return self._taken()

    def _taken(self) -> list[str]:
        taken, self._waiting = self._waiting, []
        return taken

    def kernel_eval(self, code: str) -> str:
        """Execute code beside the canvas; returns the repr of a last expression."""
        *statements, last = ast.parse(code).body
        if not isinstance(last, ast.Expr):
            statements.append(last)
        exec(compile(ast.Module(statements, []), "<cell>", "exec"), self._names)
        if not isinstance(last, ast.Expr):
            return ""
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), self._names)
        return "" if value is None else repr(value)

    def wait_for_kernel(self, code: str, expected: str) -> None:
        """Wait until an expression has a value, given by its repr."""
        wanted = "" if expected == "None" else expected
        deadline = time.monotonic() + Timeouts.EFFECT
        while (text := self.kernel_eval(code)) != wanted:
            if time.monotonic() > deadline:
                raise AssertionError(f"`{code}` gave {text!r}, not {expected!r}")
            self.page.wait_for_timeout(20)  # while it waits, what the page sends is answered


@contextmanager
def bare_lab(
    browser: Browser, folder: Path, root: Path, at: str, height: int = 820
) -> Iterator[BareLab]:
    """A page with a canvas over a project, while the context lasts.

    Args:
        browser: that shows it.
        folder: an empty one, for the page.
        root: the project's folder.
        at: where the canvas starts.
        height: of the canvas, in pixels.
    """
    for name in ("canvas.js", "canvas.css"):
        shutil.copyfile(STATIC / name, folder / name)
    (folder / "page.html").write_text(PAGE.replace("HEIGHT", str(height)), "utf-8")
    context = browser.new_context(viewport={"width": 1600, "height": 950}, reduced_motion="reduce")
    with served(folder) as address, ddd.open(root) as project:
        lab = BareLab(context.new_page(), project, at)
        try:
            lab.page.goto(address)
            yield lab
        finally:
            context.close()


@contextmanager
def bare_canvas(browser: Browser, root: Path, at: str) -> Iterator[CanvasPage]:
    """A canvas in a page of its own, while the context lasts; no error may be left.

    Args:
        browser: that shows it.
        root: the project's folder; the page is put beside it.
        at: where the canvas starts.
    """
    folder = root.parent / "page"
    folder.mkdir()
    with bare_lab(browser, folder, root, at) as lab:
        canvas = CanvasPage(lab, lab.page.get_by_role("region", name="DDD Lab canvas"))
        canvas.root.wait_for()
        settle(lab.page)
        lab.kernel_eval(ATTEMPT)
        yield canvas
        assert lab.errors == []
