"""What cells answer fits into them."""

from __future__ import annotations

from tests.browser.lab import Lab
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
