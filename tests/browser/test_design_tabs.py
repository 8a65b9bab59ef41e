"""A design in a tab of JupyterLab: the canvas without a notebook, on a kernel of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Locator, expect

from ddd_lab.lab.notebook import CODE, NOTEBOOK
from tests.browser.canvas_page import CanvasPage
from tests.browser.lab import THEMES, Lab
from tests.browser.notebooks import new_notebook
from tests.browser.server import jupyter_server
from tests.browser.timeouts import Timeouts, ms
from tests.browser.viewport import resize
from tests.canvas.shop import write_shop

WIDTHS = (640, 833, 1053, 1500)
FLOW = "orders/place-order"
FILE = "specs/domains/orders/flows/place-order.yaml"
LABEL = f"project.flows[{FLOW!r}].nodes['basket'].label"


def titles(lab: Lab) -> Locator:
    """The titles of design tabs."""
    return lab.page.locator(".lm-TabBar-tab[data-type='ddd-lab-design']")


def relabel(canvas: CanvasPage, card: str, label: str) -> None:
    """Give a card another label, where it stands."""
    canvas.card(card).click()
    canvas.page.keyboard.press("F2")
    canvas.page.keyboard.press("ControlOrMeta+A")
    canvas.page.keyboard.type(label)
    canvas.page.keyboard.press("Enter")
    expect(canvas.card(card)).to_contain_text(label)


def pick(canvas: CanvasPage, action: str) -> None:
    """Choose something in the menu of the design."""
    canvas.button("Design").click()
    canvas.page.get_by_role("menuitem", name=action).click()


def test_tab_and_cells_are_views_of_one_project_that_outlives_page_and_kernel(lab: Lab) -> None:
    root = write_shop(lab.root / "tabs" / "shop")
    page = lab.page
    tab = CanvasPage(lab, lab.open_design(root))
    tab.hide_files()
    resize(page, 1500, 900)
    expect(titles(lab)).to_have_text("Corner Shop")
    expect(tab.root).to_be_focused()

    # The tab goes where others send it, and an edit there is one of the project.
    lab.open_tab(root, FLOW)
    tab.expect_place("System Map", "orders", "Place order")
    relabel(tab, "basket", "Made in the tab")
    expect(titles(lab)).to_contain_class("jp-mod-dirty")
    lab.screenshot("tab-flow")

    # A notebook on the same kernel has the same project at hand.
    pick(tab, "Open a notebook on this design")
    expect(lab.cell(0)).to_contain_text("project = ddd.open", timeout=ms(Timeouts.LAB_LOADED))
    lab.run_cell(0)
    lab.wait_for_kernel(LABEL, "'Made in the tab'")
    lab.kernel_eval(f"{LABEL} = 'Made in a cell'")
    expect(titles(lab)).to_have_count(1)
    lab.kernel_eval("from IPython.display import display; display(project.canvas())")
    titles(lab).click()
    expect(tab.card("basket")).to_contain_text("Made in a cell")
    expect(tab.root).to_be_focused()

    # Ctrl+S saves the design; what comes after that is there again when the page is loaded anew.
    page.keyboard.press("ControlOrMeta+S")
    expect(tab.saving).to_have_text("Saved")
    expect(titles(lab)).not_to_contain_class("jp-mod-dirty")
    relabel(tab, "basket", "Not saved")
    lab.wait_until_kept(FLOW)
    page.goto(page.url.partition("?")[0], timeout=ms(Timeouts.LAB_LOADED))
    expect(titles(lab)).to_contain_class("jp-mod-dirty")
    titles(lab).click()
    tab.expect_place("System Map", "orders", "Place order")
    expect(tab.card("basket")).to_contain_text("Not saved")
    expect(tab.root).to_be_focused()

    # Where the kernel is killed, another one goes on with what was there.
    # JupyterLab says it of the notebook, too.
    os.kill(int(lab.kernel_eval("import os; os.getpid()")), signal.SIGKILL)
    page.get_by_role("dialog").get_by_role("button", name="Ok").click(timeout=ms(Timeouts.KERNEL))
    expect(tab.root.get_by_text("The kernel was started anew.")).to_be_visible(
        timeout=ms(Timeouts.KERNEL)
    )
    expect(tab.card("basket")).to_contain_text("Not saved")
    expect(tab.root.get_by_text("Unsaved edits of 1 file")).to_be_visible()
    relabel(tab, "basket", "After that")
    lab.screenshot("tab-again")
    tab.press("ControlOrMeta+S")
    expect(tab.saving).to_have_text("Saved")
    assert "label: After that" in (root / FILE).read_text()


def test_what_is_in_the_way_is_said_until_it_is_gone(lab: Lab) -> None:
    root = write_shop(lab.root / "states" / "shop")
    page = lab.page
    # A kernel there would run what somebody else has put into the folder.
    (root / "yaml.py").write_text("")
    lab.show_lab()
    lab.open_tab(root)
    trouble = page.locator(".ddd-lab-document").get_by_role("alert")
    expect(trouble).to_contain_text("It would run yaml.py")
    assert lab.axe(".ddd-lab-document") == []
    (root / "yaml.py").unlink()
    unnamed = write_shop(lab.root / "states" / "\udcff")
    lab.open_tab(unnamed)
    expect(page.locator(".ddd-lab-document:visible").get_by_role("alert")).to_contain_text(
        "is not UTF-8"
    )
    titles(lab).last.locator(".lm-TabBar-tabCloseIcon").click()
    shutil.rmtree(unnamed)

    page.route("**/ddd-lab/folder?*", lambda route: route.fulfill(status=404))
    again = trouble.get_by_role("button", name="Try again")
    again.click()
    expect(trouble).to_contain_text("DDD Lab's Jupyter server extension is missing")
    page.unroute_all()

    again.click()
    tab = CanvasPage(lab, page.locator(".ddd-lab-document .ddd-root"))
    expect(tab.card("billing")).to_be_visible(timeout=ms(Timeouts.KERNEL))
    expect(tab.root).to_be_focused()

    # A restart from elsewhere, a notebook for example, is followed.
    lab.command("ddd-lab:save-design")
    lab.restart_design_kernel()
    anew = tab.root.get_by_text("The kernel was started anew.")
    lab.use_design_kernel()  # that it starts is not always heard
    expect(anew).to_be_visible(timeout=ms(Timeouts.KERNEL))
    tab.card("billing").dblclick()
    tab.expect_place("System Map", "billing")
    tab.hide_files()
    for theme in THEMES:
        lab.set_theme(theme)
        for width in WIDTHS:
            resize(page, width, 900)
            lab.screenshot(f"tab-{theme[11:].lower()}-{width}")
            box, room = tab.root.bounding_box(), page.locator(".ddd-lab-canvas").bounding_box()
            assert box == room, "it fills the tab"


def test_two_tabs_show_one_flow_and_closing_the_last_asks_what_becomes_of_edits(lab: Lab) -> None:
    root = write_shop(lab.root / "two" / "shop")
    page = lab.page
    first = CanvasPage(lab, lab.open_design(root, FLOW))
    resize(page, 1500, 900)
    pick(first, "New view of the design")
    expect(titles(lab)).to_have_count(2)
    both = page.locator(".ddd-lab-document .ddd-root")
    second = CanvasPage(lab, both.nth(1))
    second.expect_place("System Map", "orders", "Place order")
    relabel(second, "basket", "In both")
    expect(CanvasPage(lab, both.nth(0)).card("basket")).to_contain_text("In both")
    lab.screenshot("tab-two")

    # While the kernel is busy one may go elsewhere, also in other tabs.
    free = root.parent / "free"
    lab.keep_design_kernel_busy(free)
    lab.start_command("ddd-lab:open-design", {"root": str(root), "at": "billing"})
    lab.command("ddd-lab:clone-design", {"root": str(root)})
    expect(titles(lab)).to_have_count(3)
    expect(page.get_by_text("The kernel is busy, or still starting.")).to_be_visible()
    free.touch()
    second.expect_place("System Map", "billing")
    titles(lab).nth(2).locator(".lm-TabBar-tabCloseIcon").click()
    lab.open_tab(root, FLOW)

    # The first may go, as the second has the edits still.
    titles(lab).nth(0).locator(".lm-TabBar-tabCloseIcon").click()
    expect(titles(lab)).to_have_count(1)
    titles(lab).locator(".lm-TabBar-tabCloseIcon").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("unsaved edits in " + FILE)
    lab.screenshot("tab-closing")
    dialog.get_by_role("button", name="Cancel").click()
    expect(titles(lab)).to_have_count(1)

    # Whoever shuts the kernel down gets another one when they want it, which has them.
    lab.shut_down_kernels()
    stopped = page.locator(".ddd-lab-document").get_by_role("alert")
    expect(stopped).to_contain_text("The kernel has stopped.")
    assert lab.axe(".ddd-lab-document") == []
    with pytest.raises(Error, match="Start one in the design's tab first"):
        lab.command("ddd-lab:open-notebook")
    again = CanvasPage(lab, both)
    stopped.get_by_role("button", name="Start a kernel").click()
    expect(again.root.get_by_text("Unsaved edits of 1 file")).to_be_visible(
        timeout=ms(Timeouts.KERNEL)
    )
    titles(lab).locator(".lm-TabBar-tabCloseIcon").click()
    dialog.get_by_role("button", name="Keep Unsaved").click()
    expect(titles(lab)).to_have_count(0)
    assert "In both" not in (root / FILE).read_text()
    lab.open_tab(root, FLOW)
    expect(again.card("basket")).to_contain_text("In both")
    titles(lab).locator(".lm-TabBar-tabCloseIcon").click()
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(titles(lab)).to_have_count(0)
    assert "In both" in (root / FILE).read_text()


def test_ddd_lab_lab_opens_a_tab_and_a_notebook_of_before_whose_canvas_opens_another(
    browser: Browser, tmp_path: Path
) -> None:
    root = write_shop(tmp_path / "server" / "root")
    (root / NOTEBOOK).write_text(json.dumps(new_notebook(CODE)))
    options = (f"--DDDLab.design={root}", f"--DDDLab.show={NOTEBOOK}")
    with (
        jupyter_server(tmp_path / "server", *options) as server,
        browser.new_context(reduced_motion="reduce") as context,
    ):
        lab = Lab(context.new_page(), server)
        lab.page.goto(f"{server.url}/lab/tree/{NOTEBOOK}?token={server.token}")
        cell = CanvasPage(lab, lab.output(0).get_by_role("region", name="DDD Lab canvas"))
        expect(cell.card("billing")).to_be_visible(timeout=ms(Timeouts.LAB_LOADED))
        expect(titles(lab)).to_have_text("Corner Shop")

        # The tab has a kernel of its own: the canvas of the cell is another project.
        pick(cell, "Open in a tab")
        expect(titles(lab)).to_have_count(2)
        tab = CanvasPage(lab, lab.page.locator(".ddd-lab-document:visible .ddd-root"))
        lab.open_tab(root, FLOW)
        tab.expect_place("System Map", "orders", "Place order")
        relabel(tab, "basket", "Made in the tab")
        lab.page.get_by_role("tab", name=NOTEBOOK).click()
        expect(cell.saving).to_have_text("Unsaved changes")
        cell.press("ControlOrMeta+Z")
        expect(cell.saving).to_have_text("Saved")
        expect(titles(lab).nth(1)).not_to_contain_class("jp-mod-dirty")
        assert lab.errors == []
