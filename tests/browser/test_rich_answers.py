"""What cells answer fits into them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.lab import Lab, Theme
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


SHOWN = (
    "import ddd_lab as ddd\nproject = ddd.open('shop', watch=False)\nproject",
    "project.domains['orders']",
    "project.flows['orders/place-order']",
    "next(iter(project.flows['orders/place-order'].nodes.values()))",
    "project.flows",
    "project.problems",
    "project.search('order')",
)
GROUNDS: dict[Theme, str] = {
    "JupyterLab Dark": "rgb(20, 23, 27)",
    "JupyterLab Light": "rgb(255, 255, 255)",
}


def test_a_cell_shows_what_its_last_line_names_in_the_colours_of_the_page(lab: Lab) -> None:
    write_shop(lab.root / "shown" / "shop")
    lab.open_notebook("shown/shown", SHOWN)
    lab.run_all()
    for theme, colour in GROUNDS.items():
        lab.set_theme(theme)
        for index in range(4):
            output = lab.output(index)
            expect(output.locator("svg > rect").first).to_have_css("fill", colour)
            frame = output.locator(".ddd-lab-map")  # scrolls what is wider
            drawn, room = frame.bounding_box(), output.bounding_box()
            assert drawn is not None
            assert room is not None
            assert drawn["x"] + drawn["width"] <= room["x"] + room["width"] + 1
        for index in range(4, len(SHOWN)):
            expect(lab.output(index).locator("table, p").first).to_be_visible()
        for index in (0, 3, 4):
            lab.output(index).scroll_into_view_if_needed()
            lab.screenshot(f"shown-{index}-{theme.rpartition(' ')[2].lower()}")
    assert lab.axe(lab.output(4)) == []
    assert lab.errors == []
