"""Take pictures of the canvas on made-up boards: python -m scripts.look_at_canvas FOLDER.

Every board is shown light and dark, narrow and wide, so that they can be looked at side by side.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.alone import Alone, Theme, build, served
from tests.browser.chromium import FLAGS, find_chromium

WIDTHS = {"narrow": 640, "middle": 900, "wide": 1400}
BOARDS = (
    "",
    "lending",
    "lending/borrow-book",
    "lending/remind",
    "notices/answer",
    "lending/return-book",
)
THEMES: tuple[Theme, ...] = ("light", "dark")


def main(folder: Path) -> None:
    """Take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    build(folder)
    with served(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for name, width in WIDTHS.items():
            page = browser.new_page(viewport={"width": width + 24, "height": 664})
            alone = Alone(page, address)
            for theme in THEMES:
                for at in BOARDS:
                    alone.open(at, theme)
                    page.wait_for_selector(".react-flow__node, .ddd-empty")
                    page.wait_for_timeout(300)
                    board = at.replace("/", "-") or "system"
                    page.screenshot(path=folder / f"{board}-{name}-{theme}.png")
            for error in alone.errors:
                print(error)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
