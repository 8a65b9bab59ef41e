"""A terminal in JupyterLab, as a person sees it and types into it."""

from __future__ import annotations

import time

from tests.browser.lab import Lab
from tests.browser.timeouts import Timeouts, ms

# JupyterLab draws its terminals on a canvas: what stands there is asked of the terminal itself.
_BUFFER = """
    const widget = [...window.jupyterapp.shell.widgets("main")].find(one => one.content?._term);
    const buffer = widget?.content._term.buffer.active;
"""
_TEXT = f"""() => {{{_BUFFER}
    if (!buffer) return "";
    const lines = [];
    for (let row = 0; row < buffer.length; row += 1) {{
        lines.push(buffer.getLine(row)?.translateToString(true) ?? "");
    }}
    return lines.join(" ").replace(/\\s+/g, " ");
}}"""
_AT_END = f"() => {{{_BUFFER} return buffer?.viewportY === buffer?.baseY; }}"


class TerminalPage:
    """The terminal that stands open beside the notebook."""

    def __init__(self, lab: Lab) -> None:
        self._page = lab.page

    @property
    def text(self) -> str:
        """What stands in it, spaces and line breaks as one space each."""
        found: str = self._page.evaluate(_TEXT)
        return found

    @property
    def at_end(self) -> bool:
        """Whether the newest line is in view: what comes scrolls by itself."""
        found: bool = self._page.evaluate(_AT_END)
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
