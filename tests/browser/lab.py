"""One JupyterLab page in a browser, as a test sees it."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.error import HTTPError

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, ViewportSize

from tests.browser.accessibility import axe_violations, small_targets
from tests.browser.kernel import Kernel
from tests.browser.notebooks import new_notebook
from tests.browser.server import JupyterServer
from tests.browser.timeouts import Timeouts, ms
from tests.browser.viewport import resize

Theme = Literal["JupyterLab Light", "JupyterLab Dark"]
THEMES: tuple[Theme, ...] = ("JupyterLab Light", "JupyterLab Dark")

PROJECT = Path(__file__).parents[2]
SCREENSHOTS = Path(__file__).parent / ".screenshots"
VIEWPORT = ViewportSize(width=1280, height=900)
REFUSED = "Failed to load resource"
"""How Chromium begins to tell of an answer that is no success; JupyterLab goes on after it."""
OPEN_PATH = """async (app, path) => {
    await app.commands.execute("filebrowser:open-path", {path, dontShowBrowser: true});
}"""
AS_NEW = """async app => {
    const {commands, shell} = app;
    for (const area of ["main", "down"]) {
        for (const widget of [...shell.widgets(area)]) {
            widget.dispose();
        }
    }
    await commands.execute("apputils:dismiss-notification");
    // JupyterLab looks whether they are there still.
    await commands.execute("docmanager:clear-recents");
    shell.collapseRight();
    shell.activateById("filebrowser");
    shell.expandLeft();
    shell.activateById("filebrowser");
}"""


class Lab:
    """A page with JupyterLab, its notebook and the notebook's kernel.

    Attributes:
        page: Playwright's page, for gestures and expectations.
        root: the folder that JupyterLab shows; put a test's files there.
        errors: what the page reported as errors so far.
    """

    def __init__(self, page: Page, server: JupyterServer) -> None:
        self.page = page
        self.root = server.root
        self.errors: list[str] = []
        self._server = server
        self._kernel: Kernel | None = None
        page.set_default_timeout(ms(Timeouts.EFFECT))
        page.on("pageerror", self._note_error)
        page.on("console", self._note)

    def open_notebook(self, name: str, cells: Sequence[str]) -> None:
        """Write a notebook, open it and wait until its kernel is ready.

        Args:
            name: its file name below the root, without `.ipynb`.
            cells: the source of each code cell.
        """
        path = self.root / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(new_notebook(cells)), "utf-8")
        self.open_path(f"{name}.ipynb")

    def open_path(self, path: str) -> None:
        """Open a notebook that is already below the root and wait until its kernel is ready."""
        self._open(path)
        self.page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(
            timeout=ms(Timeouts.LAB_LOADED)
        )
        self._in_lab("async app => { await app.shell.currentWidget.sessionContext.ready; }")
        self.kernel_eval("None")

    def show_lab(self) -> None:
        """Show JupyterLab with nothing open."""
        self._show("")
        self._in_lab("async app => { await app.restored; }")

    def open_design(self, root: Path, at: str = "") -> Locator:
        """Open a design in a tab beside nothing else, and wait until its canvas shows a board.

        Returns:
            The canvas.
        """
        self.show_lab()
        self.open_tab(root, at)
        canvas = self.page.locator(".ddd-lab-document .ddd-root")
        canvas.locator(".react-flow__node").first.wait_for(timeout=ms(Timeouts.LAB_LOADED))
        return canvas

    def open_tab(self, root: Path, at: str = "", **more: str) -> None:
        """Have a place of a design shown in a tab, and do not wait for its canvas."""
        self._in_lab(
            """async (app, place) => {
                await app.restored;
                await app.commands.execute("ddd-lab:open-design", place);
            }""",
            {"root": str(root), "at": at, **more},
        )

    def show_launcher(self) -> None:
        """Show the launcher, as JupyterLab does wherever nothing else is open."""
        self.show_lab()
        self.page.locator(".jp-Launcher").first.wait_for()

    def show_design_diff(self, root: Path, at: str = "", old: str = "HEAD") -> Locator:
        """Compare two versions of a design in a tab, and wait until it says what it has found.

        Returns:
            The tab's content.
        """
        self.show_lab()
        self._in_lab(
            """async (app, place) => {
                await app.commands.execute("ddd-lab:show-design-diff", place);
            }""",
            {"root": str(root), "at": at, "old": old},
        )
        tab = self.page.locator(".ddd-lab-diff:visible")
        tab.locator("svg, [role=alert]").first.wait_for(timeout=ms(Timeouts.LAB_LOADED))
        return tab

    def open_file(self, path: str) -> None:
        """Open a text file that is already below the root, and wait until it is shown."""
        self._open(path)
        self.page.locator(".jp-FileEditor .cm-line").first.wait_for(timeout=ms(Timeouts.LAB_LOADED))

    def run_cell(self, index: int) -> None:
        """Run one cell and wait until it has finished."""
        self._in_lab(
            """async (app, index) => {
                app.shell.currentWidget.content.activeCellIndex = index;
                await app.commands.execute("notebook:run-cell");
            }""",
            index,
        )

    def run_all(self) -> None:
        """Run all cells and wait until the last has finished."""
        self._in_lab('app => app.commands.execute("notebook:run-all-cells")')

    def start_all(self) -> None:
        """Run all cells and do not wait: one of them may want something to be done meanwhile."""
        self._in_lab('app => void app.commands.execute("notebook:run-all-cells")')

    def cell(self, index: int) -> Locator:
        """Return a cell of the open notebook."""
        return self.page.locator(".jp-NotebookPanel .jp-Cell").nth(index)

    def output(self, index: int) -> Locator:
        """Return a cell's output area."""
        return self.cell(index).locator(".jp-Cell-outputArea")

    def set_theme(self, theme: Theme) -> None:
        """Change JupyterLab's theme and wait until the page shows it."""
        self._in_lab(
            "(app, theme) => app.commands.execute('apputils:change-theme', {theme})", theme
        )
        self.page.locator(f'body[data-jp-theme-name="{theme}"]').wait_for(state="attached")

    def command(self, name: str, arguments: dict[str, Any] | None = None) -> Any:
        """Execute a JupyterLab command and return its result, unless that is a widget."""
        return self._in_lab(
            """async (app, [name, args]) => {
                const result = await app.commands.execute(name, args);
                return result?.node === undefined ? result : null;
            }""",
            [name, arguments or {}],
        )

    def start_command(self, name: str, arguments: dict[str, Any]) -> None:
        """Execute a JupyterLab command and do not wait: it asks something first."""
        self._in_lab(
            "(app, [name, args]) => void app.commands.execute(name, args)", [name, arguments]
        )

    def kernel_eval(self, code: str) -> str:
        """Execute code in the notebook's own kernel, beside the notebook.

        Args:
            code: Python; the value of a last expression counts as output, by its repr.

        Returns:
            What it printed and showed as text, without the final line end.

        Raises:
            AssertionError: the code raised; the message is its traceback.
            TimeoutError: the kernel did not answer.
        """
        if self._kernel is None:
            kernel = self._in_lab(
                """app => {
                    const {sessionContext, kernel} = app.shell.currentWidget;
                    return sessionContext ? sessionContext.session.kernel.id : kernel;
                }"""
            )
            self._kernel = Kernel(self._server.runtime / f"kernel-{kernel}.json")
        return self._kernel.eval(code)

    def wait_for_kernel(self, code: str, expected: str) -> None:
        """Wait until code gives the expected text, for effects that reach Python a moment later.

        Raises:
            AssertionError: it never did; the message names the last text.
        """
        deadline = time.monotonic() + Timeouts.EFFECT
        while (text := self.kernel_eval(code)) != expected:
            if time.monotonic() > deadline:
                raise AssertionError(f"`{code}` gave {text!r} in the kernel, not {expected!r}")
            time.sleep(0.05)

    def screenshot(self, name: str, selector: str | None = None) -> Path:
        """Take a picture for people to look at; no test compares it.

        Args:
            name: the file name without `.png`.
            selector: the part of the page to show; all of it by default.

        Returns:
            The picture's path.
        """
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        shown: Page | Locator = self.page.locator(selector).first if selector else self.page
        shown.screenshot(path=path)
        return path

    def axe(self, where: str | Locator, *, disable: Sequence[str] = ()) -> list[str]:
        """Check accessibility with axe-core, and that everything to click is at least 24 px.

        Args:
            where: the part of the page to check, as a selector or a locator.
            disable: ids of rules that do not apply, each with a reason where it is called.

        Returns:
            One line for each element that breaks a rule: the rule, the element, what is wrong.
            Sizes are those at zoom 1, so that a board may be zoomed out.
        """
        part = self.page.locator(where).first if isinstance(where, str) else where
        rules = {"target-size": {"enabled": True}, **{rule: {"enabled": False} for rule in disable}}
        return [*axe_violations(part, {"rules": rules}), *small_targets(part)]

    def restart_kernel(self) -> None:
        """Restart the open notebook's kernel and wait until it is ready; all it knew is gone."""
        self._close_kernel()
        self._in_lab("async app => app.shell.currentWidget.sessionContext.session.kernel.restart()")
        self.kernel_eval("None")

    def restart_design_kernel(self) -> None:
        """Restart the kernel of the design's tab that is in front, without its knowing."""
        self._close_kernel()
        kernel = self._in_lab("app => app.shell.currentWidget.kernel")
        self._server.api(f"kernels/{kernel}/restart", "POST")

    def use_design_kernel(self) -> None:
        """Have the kernel of the design's tab that is in front do something, as a notebook does."""
        self._in_lab(
            """async app => {
                const {kernels} = app.serviceManager;
                const kernel = kernels.connectTo({model: {id: app.shell.currentWidget.kernel}});
                await kernel.requestExecute({code: "None", silent: true}).done;
                kernel.dispose();
            }"""
        )

    def keep_design_kernel_busy(self, until: Path) -> None:
        """Have the kernel of the design's tab that is in front wait for a file, as a cell may."""
        self._in_lab(
            """(app, code) => {
                const {kernels} = app.serviceManager;
                const kernel = kernels.connectTo({model: {id: app.shell.currentWidget.kernel}});
                kernel.requestExecute({code}).done.finally(() => kernel.dispose());
            }""",
            f"import os, time\nwhile not os.path.exists({str(until)!r}): time.sleep(0.01)",
        )

    def wait_until_kept(self, text: str) -> None:
        """Wait until JupyterLab has kept a text of its layout, which it does a moment later."""
        self._in_lab(
            """async (app, text) => {
                const {workspaces} = app.serviceManager;
                while (!JSON.stringify((await workspaces.list()).values).includes(text)) {
                    await new Promise(done => setTimeout(done, 50));
                }
            }""",
            text,
        )

    def shut_down_kernels(self) -> None:
        """Shut down all kernels, as a person does in JupyterLab's list of what is running."""
        self._in_lab("app => app.serviceManager.sessions.shutdownAll()")

    def end_kernels(self) -> None:
        """Shut down all kernels, without the page's knowing."""
        for session in self._server.api("sessions"):
            # One that shared its kernel with another is gone with it.
            with contextlib.suppress(HTTPError):
                self._server.api(f"sessions/{session['id']}", "DELETE")

    def close(self) -> bool:
        """Close all that is open, and shut down the kernels and terminals.

        Returns:
            Whether the page is as if it had just been loaded: loading it is what takes longest.
        """
        self._close_kernel()
        as_new = self._tidy()
        self.page.remove_listener("pageerror", self._note_error)
        self.page.remove_listener("console", self._note)
        self.end_kernels()
        for terminal in self._server.api("terminals"):
            # One whose program ends in this moment is gone already.
            with contextlib.suppress(HTTPError):
                self._server.api(f"terminals/{terminal['name']}", "DELETE")
        return as_new

    def _open(self, path: str) -> None:
        """Open a file in JupyterLab, which shows nothing else then."""
        if self._show(path):
            self._in_lab(OPEN_PATH, path)

    def _show(self, path: str) -> bool:
        """Show a folder or file in JupyterLab and nothing else, unless it is open already."""
        self._close_kernel()
        was_open = self.page.url.startswith(self._server.url)
        if was_open:
            self._in_lab(AS_NEW)
        else:
            place = f"lab/tree/{path}" if path else "lab"
            self.page.goto(
                f"{self._server.url}/{place}?reset&token={self._server.token}",
                timeout=ms(Timeouts.LAB_LOADED),
            )
            self.page.wait_for_function("window.jupyterapp?.started !== undefined")
        return was_open

    def _tidy(self) -> bool:
        faults = [error for error in self.errors if not error.startswith(REFUSED)]
        try:
            self.page.unroute_all()
            self.set_theme("JupyterLab Light")  # the server keeps it for the pages to come
            if faults or self.page.locator(".jp-Dialog").count():
                return False
            self.page.context.clear_permissions()
            self._in_lab(AS_NEW)
            resize(self.page, **VIEWPORT)
        except Error:  # it shows something else, or nothing that answers
            return False
        return True

    def _in_lab(self, function: str, argument: Any = None) -> Any:
        return self.page.evaluate(
            f"async argument => await ({function})(window.jupyterapp, argument)", argument
        )

    def _close_kernel(self) -> None:
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None

    def _note_error(self, error: Error) -> None:
        self.errors.append(str(error))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)
