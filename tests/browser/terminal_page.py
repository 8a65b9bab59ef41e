"""A terminal in JupyterLab, as a person sees it and types into it."""

from __future__ import annotations

import time

from tests.browser.lab import Lab
from tests.browser.timeouts import Timeouts, ms

# JupyterLab draws its terminals on a canvas: what stands there is asked of the terminal itself.
_BUFFER = """
    const widget = [...window.jupyterapp.shell.widgets("main")].find(one => one.content?._term);
    const terminal = widget?.content._term;
    const buffer = terminal?.buffer.active;
"""
_TEXT = f"""inView => {{{_BUFFER}
    if (!buffer) return "";
    const first = inView ? buffer.viewportY : 0;
    const end = inView ? first + terminal.rows : buffer.length;
    const lines = [];
    for (let row = first; row < end; row += 1) {{
        lines.push(buffer.getLine(row)?.translateToString(true) ?? "");
    }}
    return lines.join(" ").replace(/\\s+/g, " ");
}}"""


class TerminalPage:
    """The terminal that stands open beside the notebook."""

    def __init__(self, lab: Lab) -> None:
        self._page = lab.page

    @property
    def text(self) -> str:
        """What stands in it, spaces and line breaks as one space each."""
        found: str = self._page.evaluate(_TEXT, False)
        return found

    @property
    def in_view(self) -> str:
        """What of it can be seen without scrolling."""
        found: str = self._page.evaluate(_TEXT, True)
        return found

    def expect(self, words: str, timeout: float = ms(Timeouts.EFFECT)) -> None:
        """Wait until some words stand in it.

        Args:
            words: as :attr:`text` would have them.
            timeout: in milliseconds.

        Raises:
            AssertionError: they never did.
        """
        deadline = time.monotonic() + timeout / 1000
        while words not in self.text:
            assert time.monotonic() < deadline, f"{words!r} never appeared:\n{self.text}"
            self._page.wait_for_timeout(100)

    def press(self, key: str) -> None:
        """Press a key in it."""
        self._page.locator(".jp-Terminal .xterm-helper-textarea").press(key)
