"""Take the pictures of the documentation: the sample design in a real JupyterLab.

Run it as ``make pictures``. It needs what the browser tests need (see CONTRIBUTING.md).
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

import ddd_lab as ddd
from ddd_lab.implementation.mapping_writer import implementation_entry, write_entries
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
    'project = ddd.open("fernhill")\ncanvas = project.canvas(height=720)\ncanvas',
]
PLACES = {
    "system-map": "",
    "domain-map": "reservations",
    "team-map": "helpdesk",
    "flow-sheet": "lending/borrow-item",
    "agent-sheet": "helpdesk/account-helper",
    "team-sheet": "helpdesk/ask-a-librarian",
}

BUILT = "design-to-code"
ALL = [*PLACES, BUILT]
WIDE = ViewportSize(width=1700, height=1000)
CODE = {
    "members/join-library": "src/domains/members/join_library.py",
    "members/check-standing": "src/domains/members/check_standing.py",
    "lending/borrow-item": "src/domains/lending/borrow_item.py",
}
STALE = "members/join-library"
DRIFT = """
flow = project.flows["members/join-library"]
flow.nodes["check_application"].spec.fields["full_name"]["max_length"] = 80
project.save()
"""


def main() -> None:
    """Take one picture of every place in each theme (or only of the places named)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*", default=ALL, help=", ".join(ALL))
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
            for name in PLACES.keys() & set(wanted.places):
                lab.kernel_eval(f"setattr(canvas, 'at', {PLACES[name]!r})")
                lab.page.wait_for_timeout(SETTLED)
                suffix = theme.removeprefix("JupyterLab ").lower()
                canvas.screenshot(path=wanted.into / f"{name}-{suffix}.png")
        if BUILT in wanted.places:
            _take_built(lab, wanted.into)
        lab.close()
        browser.close()


def _take_built(lab: Lab, into: Path) -> None:
    """A flow whose spec has moved on since its code was written, and the panel beside it."""
    root = lab.root / "fernhill"
    with ddd.open(root, watch=False) as project:
        for key, path in CODE.items():
            code = root / path
            code.parent.mkdir(parents=True, exist_ok=True)
            code.write_text('"""As the flow draws it."""\n')
            write_entries(
                project.workbench.sync, [implementation_entry(project.workbench.sync, key, (path,))]
            )
    lab.page.set_viewport_size(WIDE)
    lab.kernel_eval("project.refresh()")
    lab.kernel_eval(DRIFT)
    lab.kernel_eval(f"canvas.at = {STALE!r}")
    lab.command("filebrowser:hide-main")
    lab.command("ddd-lab:toggle-implementation", {"root": str(root)})
    lab.page.get_by_role("region", name="Stale code").wait_for()
    for theme in THEMES:
        lab.set_theme(theme)
        lab.page.wait_for_timeout(SETTLED)
        suffix = theme.removeprefix("JupyterLab ").lower()
        lab.page.screenshot(path=into / f"{BUILT}-{suffix}.png")


if __name__ == "__main__":
    main()
