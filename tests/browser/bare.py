"""The real canvas over a real project in a page of its own: no JupyterLab, no kernel.

What the browser sends goes to the widget in this process, and what the widget sends goes back, so
that a form of many fields is filled in several times as fast as through a kernel.
"""

from __future__ import annotations

import ast
import functools
import json
import shutil
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

import ddd_lab as ddd
from ddd_lab.canvas.widget import Canvas
from tests.browser.alone import ROOT, served
from tests.browser.canvas_page import ATTEMPT, CanvasPage
from tests.browser.lab import Lab, Theme
from tests.browser.slow import slow_down
from tests.browser.timeouts import Timeouts, ms
from tests.browser.viewport import wait_for_board

STATIC = ROOT / "ddd_lab/canvas/static"
THEMES = Path(sys.prefix, "share/jupyter/lab/themes/@jupyterlab")
PAGE = """\
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Canvas on its own</title>
    <link href="data:," rel="icon">
    <link href="canvas.css" rel="stylesheet">
    <style id="theme"></style>
    <style>
      body {
        background: var(--jp-layout-color0);
        font-family: system-ui, sans-serif;
        margin: 0;
        padding: 12px;
      }
    </style>
  </head>
  <body>
    <script type="module">
      import widget from "./canvas.js";
      const listeners = new Set();
      const late = window.late ?? ((run) => void run());
      let held = null;
      window.hear = (messages) => {
        if (held) held.push(...messages);
        else if (messages.length > 0) late(() => {
          for (const text of messages) for (const hear of [...listeners]) hear(JSON.parse(text));
        });
      };
      window.hold = () => void (held = []);
      window.release = () => {
        const messages = held;
        held = null;
        window.hear(messages);
      };
      const told = (messages) => window.hear(messages);
      let cell = null;
      let end;
      window.show = async (height) => {
        await end?.();
        listeners.clear();
        cell?.remove();
        cell = document.body.appendChild(document.createElement("div"));
        const model = {
          get: (name) => (name === "height" ? (height ?? undefined) : undefined),
          on: (_, listener) => listeners.add(listener),
          off: (_, listener) => listeners.delete(listener),
          send: (content) => late(() => window.toPython(JSON.stringify(content)).then(told)),
        };
        end = await widget.render({ model, el: cell });
      };
      // What Python does because a test said so is told at once.
      const ask = () => void window.fromPython().then(told);
      setInterval(ask, 250);
    </script>
  </body>
</html>
"""
DRESS = """([css, name]) => {
    document.getElementById("theme").textContent = css;
    document.body.dataset.jpThemeName = name;
    document.body.dataset.jpThemeLight = String(name === "JupyterLab Light");
}"""


class BareLab(Lab):
    """A page with nothing but the canvas; what a kernel would know is in this process.

    Args:
        page: that will show the canvas.
        project: that it shows.

    Attributes:
        project: that it shows.
        root: the folder that the project lies in.
    """

    def __init__(self, page: Page, project: ddd.Project) -> None:
        self.page = page
        self.project = project
        self.root = project.root.parent
        self.errors: list[str] = []
        self._waiting: deque[str] = deque()
        self._canvas: Canvas
        self._names: dict[str, Any] = {"ddd": ddd, "project": project}
        page.set_default_timeout(ms(Timeouts.EFFECT))
        page.on("pageerror", self._note_error)
        page.on("console", self._note)
        page.expose_function("toPython", self._received)
        page.expose_function("fromPython", self._taken)

    def show(self, code: str) -> None:
        """Show the canvas that an expression gives, in place of the one before."""
        canvas = eval(code, self._names)
        self._canvas = self._names["canvas"] = canvas
        self._waiting.clear()
        canvas.send = self._keep  # what a comm would carry
        self.page.evaluate("height => window.show(height)", canvas.height)

    @contextmanager
    def busy_kernel(self) -> Iterator[None]:
        """Hold back what Python says while the context lasts, as where the kernel is busy."""
        self.page.evaluate("window.hold()")
        try:
            yield
        finally:
            self.page.evaluate("window.release()")

    def set_theme(self, theme: Theme) -> None:
        """Give the page the colours of a theme of JupyterLab."""
        self.page.evaluate(DRESS, [_theme_css(theme), theme])

    def _keep(self, content: Any, buffers: Any = None) -> None:
        self._waiting.append(json.dumps(content, allow_nan=False))

    def _received(self, text: str) -> list[str]:
        self._canvas._handle_custom_msg(json.loads(text), [])
        return self._taken()

    def _taken(self) -> list[str]:
        return [self._waiting.popleft() for _ in range(len(self._waiting))]

    def kernel_eval(self, code: str) -> str:
        """Execute code beside the canvas; returns the repr of a last expression."""
        *statements, last = ast.parse(code).body
        if not isinstance(last, ast.Expr):
            statements.append(last)
        exec(compile(ast.Module(statements, []), "<cell>", "exec"), self._names)
        value = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), self._names)
        if self._waiting:
            self.page.evaluate("messages => window.hear(messages)", self._taken())
        return "" if value is None else repr(value)

    def wait_for_kernel(self, code: str, expected: str) -> None:
        """Wait until an expression has a value, given by its repr."""
        wanted = "" if expected == "None" else expected
        deadline = time.monotonic() + Timeouts.EFFECT
        while (text := self.kernel_eval(code)) != wanted:
            if time.monotonic() > deadline:
                raise AssertionError(f"`{code}` gave {text!r}, not {expected!r}")
            self.page.wait_for_timeout(20)  # while it waits, what the page sends is answered


@functools.cache
def _theme_css(theme: Theme) -> str:
    name = "theme-light-extension" if theme == "JupyterLab Light" else "theme-dark-extension"
    return Path(THEMES, name, "index.css").read_text("utf-8")


@contextmanager
def bare_lab(
    browser: Browser, folder: Path, root: Path, at: str, height: int | None = 820
) -> Iterator[BareLab]:
    """A page with a canvas over a project, while the context lasts.

    Args:
        browser: that shows it.
        folder: an empty one, for the page.
        root: the project's folder.
        at: where the canvas starts.
        height: of the canvas, in pixels; without it, the canvas chooses.
    """
    for name in ("canvas.js", "canvas.css"):
        shutil.copyfile(STATIC / name, folder / name)
    (folder / "page.html").write_text(PAGE, "utf-8")
    context = browser.new_context(viewport={"width": 1600, "height": 950}, reduced_motion="reduce")
    with served(folder) as address, ddd.open(root) as project:
        lab = BareLab(context.new_page(), project)
        slow_down(lab.page)
        try:
            lab.page.goto(address)
            lab.set_theme("JupyterLab Light")
            lab.show(f"project.canvas({at!r}, height={height})")
            yield lab
        finally:
            context.close()


class BareCanvas(CanvasPage):
    """The canvas in a page of its own."""

    lab: BareLab

    def show(self, code: str) -> None:
        """Show the canvas that an expression gives, as a cell does that runs again."""
        self.lab.show(code)
        wait_for_board(self.root)


@contextmanager
def bare_canvas(
    browser: Browser, root: Path, at: str, height: int | None = 820
) -> Iterator[BareCanvas]:
    """A canvas in a page of its own, while the context lasts; no error may be left.

    Args:
        browser: that shows it.
        root: the project's folder; the page is put beside it.
        at: where the canvas starts.
        height: of the canvas, in pixels; without it, the canvas chooses.
    """
    folder = root.parent / "page"
    folder.mkdir(exist_ok=True)
    with bare_lab(browser, folder, root, at, height) as lab:
        canvas = BareCanvas(lab, lab.page.get_by_role("region", name="DDD Lab canvas"))
        wait_for_board(canvas.root)
        lab.kernel_eval(ATTEMPT)
        yield canvas
        assert lab.errors == [], lab.errors
