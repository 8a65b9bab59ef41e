"""Take the pictures of the documentation: the sample design in a real JupyterLab.

Run it as ``make pictures``. It needs what the browser tests need (see CONTRIBUTING.md).
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from tests.browser.chromium import ADVICE, FLAGS, find_chromium
from tests.browser.lab import Lab, Theme
from tests.browser.server import jupyter_server

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "notebooks/fernhill"
PICTURES = ROOT / "docs/pictures"
SIZE = ViewportSize(width=1500, height=1000)
SETTLED = 1200  # milliseconds until a sheet has been drawn and fitted
THEMES: tuple[Theme, ...] = ("JupyterLab Light", "JupyterLab Dark")
CELLS = [
    "import ddd_lab as ddd",
    'canvas = ddd.open("fernhill").canvas(height=720)\ncanvas',
]
PLACES = {
    "system-map": "",
    "domain-map": "reservations",
    "team-map": "helpdesk",
    "flow-sheet": "lending/borrow-item",
    "agent-sheet": "helpdesk/account-helper",
    "team-sheet": "helpdesk/ask-a-librarian",
}


def main() -> None:
    """Take one picture of every place in each theme (or only of the places named)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*", default=list(PLACES), help=", ".join(PLACES))
    parser.add_argument("--into", type=Path, default=PICTURES)
    wanted = parser.parse_args()
    wanted.into.mkdir(parents=True, exist_ok=True)
    program = find_chromium()
    if program is None:
        raise SystemExit(ADVICE)
    with (
        tempfile.TemporaryDirectory() as folder,
        jupyter_server(Path(folder) / "server") as server,
        sync_playwright() as playwright,
    ):
        shutil.copytree(SAMPLE, server.root / "fernhill")
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        lab = Lab(browser.new_page(viewport=SIZE), server)
        lab.open_notebook("pictures", CELLS)
        lab.run_all()
        canvas = lab.output(1)
        canvas.locator("[data-card-id]").first.wait_for()
        for theme in THEMES:
            lab.set_theme(theme)
            for name in wanted.places:
                lab.kernel_eval(f"setattr(canvas, 'at', {PLACES[name]!r})")
                lab.page.wait_for_timeout(SETTLED)
                suffix = theme.removeprefix("JupyterLab ").lower()
                canvas.screenshot(path=wanted.into / f"{name}-{suffix}.png")
        lab.close()
        browser.close()


if __name__ == "__main__":
    main()
