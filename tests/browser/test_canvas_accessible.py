"""In both themes of JupyterLab, all parts of the canvas can be seen and read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.canvas_page import CanvasPage
from tests.browser.conftest import OpenLab
from tests.browser.lab import Theme
from tests.browser.test_canvas_agents import AGENT, TEAM, TEAM_FILE, TEAM_TEXT
from tests.browser.test_canvas_connections import choose_line
from tests.browser.test_canvas_frames import FERNHILL, readable
from tests.browser.test_canvas_refactoring import dialog, plan
from tests.browser.viewport import resize
from tests.canvas.shop import write_shop
from tests.canvas.test_frames import PACK, PACK_FILE

THEMES: tuple[Theme, ...] = ("JupyterLab Light", "JupyterLab Dark")
SHEETS = (
    ("orders/place-order", ("orders", "Place order"), ("basket", "refused", "charge", "start")),
    (AGENT, ("support", "Answer customer"), ("loop",)),
    (TEAM, ("support", "Team"), ("router", "lead", "ask", "gate", "crew")),
)
UNFOLD = """panel => {
    panel.querySelectorAll("details").forEach(fold => { fold.open = true; });
    panel.querySelectorAll(".ddd-unfold, .ddd-ask").forEach(button => button.click());
}"""


@pytest.fixture(scope="module")
def canvas(open_lab: OpenLab) -> Iterator[CanvasPage]:
    with open_lab() as lab:
        write_shop(lab.root / "accessible/shop", **{TEAM_FILE: TEAM_TEXT, PACK_FILE: PACK})
        yield CanvasPage.open(lab, "accessible/forms", "shop", AGENT)
        assert lab.errors == []


@pytest.mark.parametrize("theme", THEMES)
def test_forms_edges_yaml_and_containers(canvas: CanvasPage, theme: Theme) -> None:
    canvas.lab.set_theme(theme)
    resize(canvas.page, 1600, 950)
    for at, titles, nodes in SHEETS:
        canvas.go(at, "System", *titles)
        for node in nodes:
            canvas.select(node)
            expect(canvas.panel.get_by_role("textbox", name="ID", exact=True)).to_have_value(node)
            canvas.panel.evaluate(UNFOLD)
            assert canvas.axe() == [], node

    canvas.go("orders/place-order", "System", "orders", "Place order")
    choose_line(canvas, "failure to Order refused").ask("behavior")
    assert canvas.axe() == []
    canvas.select("refused")
    canvas.panel.get_by_role("tab", name="YAML").click()
    canvas.panel.get_by_role("textbox", name="YAML of refused").press("Control+End")
    canvas.page.keyboard.type("\nmore: 1")
    expect(canvas.panel.get_by_role("region", name="Difference")).to_be_visible()
    canvas.root.get_by_role("button", name="Problems").click()
    assert canvas.axe() == []
    canvas.panel.get_by_role("button", name="Discard").click()
    canvas.panel.get_by_role("tab", name="Form").click()
    canvas.root.get_by_role("button", name="Problems").click()

    for width in (1280, 830):
        resize(canvas.page, width, 900)
        canvas.go("orders/pack", "System", "orders", "Pack orders")
        assert canvas.axe() == []
        canvas.lab.screenshot(f"containers-{width}-{theme.split()[1].lower()}", "section.ddd-root")


@pytest.mark.parametrize("theme", THEMES)
def test_menus_and_dialogs_of_a_design(canvas: CanvasPage, theme: Theme) -> None:
    canvas.lab.set_theme(theme)
    resize(canvas.page, 1600, 950)
    canvas.go("", "System")
    canvas.card("orders").click(button="right", position={"x": 60, "y": 8})
    assert canvas.axe() == []
    canvas.page.keyboard.press("Escape")
    for key, field in (("F2", "New name"), ("Delete", "Delete its 3 flows too"), ("c", "Event")):
        canvas.card("orders").focus()
        canvas.page.keyboard.press(key)
        expect(dialog(canvas).get_by_label(field).first).to_be_visible()
        if key != "Delete":
            dialog(canvas).get_by_label(field, exact=True).fill("novel")
        expect(plan(canvas)).to_contain_text("Nothing is written before you save")
        assert canvas.axe() == [], key
        canvas.page.keyboard.press("Escape")
    canvas.go("orders", "System", "orders")
    canvas.button("New flow").click()
    dialog(canvas).get_by_role("radio", name="From a template").check()
    dialog(canvas).get_by_label("Template", exact=True).select_option("webhook_receiver")
    expect(dialog(canvas).get_by_role("img")).to_be_visible()
    assert canvas.axe() == []
    canvas.page.keyboard.press("Escape")
    for key, field in (("Control+k", "Search the whole design"), ("Control+h", "Find")):
        canvas.press(key)
        dialog(canvas).get_by_label(field, exact=True).fill("order")
        expect(dialog(canvas)).to_contain_text("Place order")
        assert canvas.axe() == [], key
        canvas.page.keyboard.press("Escape")


def test_several_canvases_on_one_page(open_lab: OpenLab) -> None:
    with open_lab() as lab:
        write_shop(lab.root / "several/shop")
        shown = ["project.canvas('orders/place-order')"] * 2
        CanvasPage.open(lab, "several/several", "shop", "", *shown)
        lab.run_all()
        canvases = lab.page.get_by_role("region", name="DDD Lab canvas")
        expect(canvases).to_have_count(3)
        for canvas in canvases.all():
            canvas.get_by_role("button", name="Problems").click()
            expect(canvas.get_by_role("region", name="Problem list")).to_be_visible()
        for canvas in canvases.all()[1:]:
            canvas.locator('[data-card-id="basket"]').click(position={"x": 60, "y": 8})
            expect(canvas.get_by_role("button", name="Add field…")).to_be_visible()
        # What JupyterLab's own notebook does wrong is not ours to mend.
        theirs = ("aria-input-field-name", "aria-required-children")
        for theme in THEMES:
            lab.set_theme(theme)
            assert lab.axe(".jp-NotebookPanel-notebook", disable=theirs) == []
        assert lab.errors == []


def test_teams_on_a_map_and_on_their_sheet(open_lab: OpenLab) -> None:
    with open_lab() as lab:
        shutil.copytree(FERNHILL, lab.root / "library/fernhill")
        library = CanvasPage.open(lab, "library/look", "fernhill", "helpdesk")
        for at, titles in (("helpdesk", ()), ("helpdesk/ask-a-librarian", ("Ask a librarian",))):
            library.go(at, "System", "helpdesk", *titles)
            readable(library)
            for theme in THEMES:
                lab.set_theme(theme)
                assert library.axe() == []
                name = f"{at.replace('/', '-')}-{theme.split()[1].lower()}"
                lab.screenshot(name, "section.ddd-root")
        assert lab.errors == []
