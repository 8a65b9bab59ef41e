"""The size of the window, as a person changes it, and the moment when all has found its place."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page, expect

# JupyterLab fits its widgets in some later frame, and the canvas its board after them. Whether a
# click then still meets what was there before is a matter of luck.
SETTLED: Final = """async () => {
  const sizes = () =>
    [...document.querySelectorAll(".ddd-root, .react-flow__viewport, .jp-OutputArea-output")]
      .map(element => Object.values(element.getBoundingClientRect().toJSON()))
      .join();
  let before = "";
  for (let same = 0; same < 10; ) {
    await new Promise(requestAnimationFrame);
    const now = sizes();
    same = now === before ? same + 1 : 0;
    before = now;
  }
}"""


def wait_for_board(root: Locator) -> None:
    """Wait until a canvas shows what it was made for, or why it cannot, at its place.

    Args:
        root: the canvas, which is there before its board has come.
    """
    root.wait_for()
    expect(root.locator(".ddd-loading")).to_have_count(0)
    settle(root.page)


def resize(page: Page, width: int, height: int) -> None:
    """Change the size of the window, and wait until what it shows has taken its new size.

    Args:
        page: what the window shows.
        width, height: of the page, in pixels.
    """
    page.set_viewport_size({"width": width, "height": height})
    settle(page)


def settle(page: Page) -> None:
    """Wait until ten frames in a row show everything at the same place."""
    page.evaluate(SETTLED)
