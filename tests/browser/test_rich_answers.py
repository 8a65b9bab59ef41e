"""What cells answer fits into them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from ddd_lab.cli.lab import our_notebook
from ddd_lab.lab.notebook import NOTEBOOK
from tests.browser.lab import Lab
from tests.browser.server import jupyter_server
from tests.browser.timeouts import Timeouts, ms
from tests.browser.viewport import resize
from tests.canvas.shop import write_shop

PICTURE = """\
from IPython.display import SVG
import ddd_lab as ddd

project = ddd.open("shop", watch=False)
SVG(project.svg({at!r}))
"""


def test_a_picture_is_no_wider_than_its_cell(lab: Lab) -> None:
    write_shop(lab.root / "rich" / "shop")
    lab.open_notebook("rich/rich", [PICTURE.format(at="orders/place-order")])
    lab.run_all()
    output = lab.output(0)
    picture = output.locator("svg, img").first
    picture.wait_for()
    for width in (1500, 1000, 800):
        resize(lab.page, width, 900)
        drawn, room = picture.bounding_box(), output.bounding_box()
        assert drawn is not None
        assert room is not None
        assert drawn["width"] > 0.5 * min(room["width"], 1400)
        assert drawn["x"] + drawn["width"] <= room["x"] + room["width"] + 1


def test_ddd_lab_lab_opens_with_the_design_to_be_seen(browser: Browser, tmp_path: Path) -> None:
    root = write_shop(tmp_path / "server" / "root")
    assert our_notebook(root) is not None
    with jupyter_server(tmp_path / "server", f"--DDDLab.show={NOTEBOOK}") as server:
        context = browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{server.url}/lab/tree/{NOTEBOOK}?token={server.token}")
        canvas = page.get_by_role("region", name="DDD Lab canvas")
        expect(canvas.get_by_text("billing").first).to_be_visible(timeout=ms(Timeouts.LAB_LOADED))
        context.close()
