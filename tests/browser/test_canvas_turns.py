"""A canvas, another canvas, a notebook cell and another program: one design, in turns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.canvas_page import CanvasPage
from tests.browser.conftest import OpenLab
from tests.browser.lab import THEMES
from tests.browser.viewport import resize
from tests.canvas.shop import PLACE_ORDER_FILE, write_shop

AT = "orders/place-order"
HERE = ("System Map", "orders", "Place order")
FLOW = f"project.flows[{AT!r}]"
ADD = "flow.add_node('process', id='wrap', label='Wrap it', position=(700, 440))"
CELLS = (
    f"flow = project.flows[{AT!r}]\n{ADD}",
    "print(tuple(flow.nodes['wrap'].position))",
    "flow.connect('wrap', 'placed')\nflow.nodes['wrap'].spec.description = 'in paper'",
    "print(flow.nodes['wrap'].label, flow.nodes['wrap'].connections)",
    "canvas",
    "project.canvas('orders/place-order', height=420)",
)


@pytest.fixture(scope="module")
def canvas(open_lab: OpenLab) -> Iterator[CanvasPage]:
    with open_lab() as lab:
        write_shop(lab.root / "turns" / "shop")
        page = CanvasPage.open(lab, "turns/turns", "shop", AT, *CELLS)
        resize(page.page, 1500, 1100)
        page.button("Fit").click()
        yield page
        assert lab.errors == []


def test_a_canvas_and_a_cell_edit_the_same_flow_in_turns(canvas: CanvasPage) -> None:
    lab = canvas.lab
    lab.run_cell(1)
    expect(canvas.card("wrap")).to_contain_text("Wrap it")

    canvas.drag("wrap", 40, 30)
    lab.wait_for_kernel(f"{FLOW}.nodes['wrap'].position != (700, 440)", "True")
    lab.run_cell(2)
    position = lab.kernel_eval(f"tuple({FLOW}.nodes['wrap'].position)")
    expect(lab.output(2)).to_contain_text(position)

    lab.run_cell(3)
    canvas.select("wrap")
    expect(canvas.field("description")).to_have_value("in paper")
    canvas.fill("label", "Wrap it well")
    canvas.connect("wrap", "next", "refused")
    lab.wait_for_kernel(f"len({FLOW}.nodes['wrap'].connections['next'])", "2")
    lab.run_cell(4)
    expect(lab.output(4)).to_contain_text("Wrap it well {'next': ['placed', 'refused']}")

    canvas.press("Control+z")
    lab.wait_for_kernel(f"{FLOW}.nodes['wrap'].connections", "{'next': ['placed']}")
    lab.kernel_eval("project.undo()")
    expect(canvas.card("wrap")).to_contain_text("Wrap it")


def test_views_of_one_canvas_and_of_two_agree(canvas: CanvasPage) -> None:
    lab = canvas.lab
    lab.run_cell(5)
    lab.run_cell(6)
    views = [
        CanvasPage(lab, lab.output(cell).get_by_role("region", name="DDD Lab canvas"))
        for cell in (5, 6)
    ]
    for view in views:
        view.root.wait_for()
        view.button("Fit").click()
        expect(view.card("placed")).to_be_visible()

    views[1].root.scroll_into_view_if_needed()
    views[1].select("placed")
    views[1].fill("label", "Sent off")

    for view in (canvas, *views):
        expect(view.card("placed")).to_contain_text("Sent off")
        expect(view.saving).to_have_text("Unsaved changes")
    views[0].root.scroll_into_view_if_needed()
    views[0].press("Backspace")
    views[0].expect_place("System Map", "orders")
    canvas.expect_place("System Map", "orders")
    views[1].expect_place(*HERE)
    canvas.go(AT, *HERE)


def test_what_another_program_writes_appears_without_a_cell_being_run(canvas: CanvasPage) -> None:
    canvas.root.scroll_into_view_if_needed()
    canvas.save()
    file = Path(canvas.lab.root, "turns", "shop", PLACE_ORDER_FILE)
    text = file.read_text("utf-8")
    file.write_text(text.replace("label: Basket", "label: What they want"), "utf-8")

    expect(canvas.card("basket")).to_contain_text("What they want")
    expect(canvas.saving).to_have_text("Saved")
    expect(canvas.lab.output(6).locator('[data-card-id="basket"]')).to_contain_text(
        "What they want"
    )


def test_keys_on_a_canvas_never_reach_the_cells_around_it(canvas: CanvasPage) -> None:
    cells = canvas.page.locator(".jp-NotebookPanel .jp-Cell")
    before = cells.count()
    canvas.go("billing", "System Map", "billing")
    canvas.card("flow:charge-card").focus()
    for key in ("a", "b", "d", "d", "r", "y", "x"):
        canvas.page.keyboard.press(key)
    canvas.go("", "System Map")
    for key in ("Escape", "Backspace", "d", "d"):
        canvas.press(key)
    expect(cells).to_have_count(before)
    expect(cells.first).to_have_class(re.compile("jp-CodeCell"))
    canvas.go(AT, *HERE)


def test_several_canvases_on_one_page_are_accessible(canvas: CanvasPage) -> None:
    canvases = canvas.page.get_by_role("region", name="DDD Lab canvas")
    expect(canvases).to_have_count(3)
    for root in canvases.all():
        root.scroll_into_view_if_needed()
        root.get_by_role("button", name="Problems").click()
        expect(root.get_by_role("region", name="Problem list")).to_be_visible()
    for root in canvases.all():
        root.scroll_into_view_if_needed()
        root.locator('[data-card-id="basket"]').click(position={"x": 60, "y": 8})
        expect(root.get_by_role("button", name="Add field…")).to_be_visible()
    # What JupyterLab's own notebook does wrong is not ours to mend.
    theirs = ("aria-input-field-name", "aria-required-children")
    for theme in THEMES:
        canvas.lab.set_theme(theme)
        assert canvas.lab.axe(".jp-NotebookPanel-notebook", disable=theirs) == []


def test_after_a_kernel_restart_the_canvas_says_so_and_a_new_run_works(canvas: CanvasPage) -> None:
    lab = canvas.lab
    canvas.root.scroll_into_view_if_needed()
    lab.restart_kernel()
    canvas.press("Backspace")
    banner = canvas.root.get_by_role("alert").filter(has_text="run the cell again")
    expect(banner).to_be_visible()
    expect(canvas.card("basket")).to_be_visible()
    lab.run_cell(0)
    fresh = CanvasPage(lab, lab.output(0).get_by_role("region", name="DDD Lab canvas"))
    fresh.expect_place(*HERE)
    fresh.press("Backspace")
    fresh.expect_place("System Map", "orders")
