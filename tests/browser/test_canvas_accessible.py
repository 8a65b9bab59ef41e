"""In both themes, all parts of the canvas can be seen and read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.test_canvas_agents import AGENT, TEAM, TEAM_FILE, TEAM_TEXT
from tests.browser.test_canvas_connections import choose_line
from tests.browser.test_canvas_frames import FERNHILL, readable
from tests.browser.test_canvas_refactoring import dialog, plan
from tests.browser.viewport import resize
from tests.canvas.shop import write_shop
from tests.canvas.test_frames import PACK, PACK_FILE

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
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    files = {TEAM_FILE: TEAM_TEXT, PACK_FILE: PACK}
    root = write_shop(tmp_path_factory.mktemp("accessible") / "shop", **files)
    with bare_canvas(browser, root, AGENT) as canvas:
        yield canvas


def test_forms_edges_yaml_and_containers(canvas: CanvasPage) -> None:
    for at, titles, nodes in SHEETS:
        canvas.go(at, "System Map", *titles)
        for node in nodes:
            canvas.select(node)
            expect(canvas.panel.get_by_role("textbox", name="ID", exact=True)).to_have_value(node)
            canvas.panel.evaluate(UNFOLD)
            assert canvas.axe_in_themes(canvas.panel) == [], node
        assert canvas.axe_in_themes() == [], at

    canvas.go("orders/place-order", "System Map", "orders", "Place order")
    choose_line(canvas, "failure to Order refused").ask("behavior")
    assert canvas.axe_in_themes() == []
    canvas.select("refused")
    canvas.panel.get_by_role("tab", name="YAML").click()
    canvas.panel.get_by_role("textbox", name="YAML of refused").press("Control+End")
    canvas.page.keyboard.type("\nmore: 1")
    expect(canvas.panel.get_by_role("region", name="Difference")).to_be_visible()
    canvas.root.get_by_role("button", name="Problems").click()
    assert canvas.axe_in_themes() == []
    canvas.panel.get_by_role("button", name="Discard").click()
    canvas.panel.get_by_role("tab", name="Form").click()
    canvas.root.get_by_role("button", name="Problems").click()

    for width in (1150, 700):
        resize(canvas.page, width, 900)
        canvas.go("orders/pack", "System Map", "orders", "Pack orders")
        assert canvas.axe_in_themes() == []
        canvas.lab.screenshot(f"containers-{width}", "section.ddd-root")
    resize(canvas.page, 1600, 950)


def test_menus_and_dialogs_of_a_design(canvas: CanvasPage) -> None:
    canvas.go("", "System Map")
    canvas.card("orders").click(button="right", position={"x": 60, "y": 8})
    assert canvas.axe_in_themes() == []
    canvas.page.keyboard.press("Escape")
    for key, field in (("F2", "New name"), ("Delete", "Delete its 3 flows too"), ("c", "Event")):
        canvas.card("orders").focus()
        canvas.page.keyboard.press(key)
        expect(dialog(canvas).get_by_label(field).first).to_be_visible()
        if key != "Delete":
            dialog(canvas).get_by_label(field, exact=True).fill("novel")
        expect(plan(canvas)).to_contain_text("Nothing is written before you save")
        assert canvas.axe_in_themes() == [], key
        canvas.page.keyboard.press("Escape")
    canvas.go("orders", "System Map", "orders")
    canvas.button("New flow").click()
    dialog(canvas).get_by_role("radio", name="From a template").check()
    dialog(canvas).get_by_label("Template", exact=True).select_option("webhook_receiver")
    expect(dialog(canvas).get_by_role("img")).to_be_visible()
    assert canvas.axe_in_themes() == []
    canvas.page.keyboard.press("Escape")
    for key, field in (("Control+k", "Search the whole design"), ("Control+h", "Find")):
        canvas.press(key)
        dialog(canvas).get_by_label(field, exact=True).fill("order")
        expect(dialog(canvas)).to_contain_text("Place order")
        assert canvas.axe_in_themes() == [], key
        canvas.page.keyboard.press("Escape")


def test_teams_on_a_map_and_on_their_sheet(browser: Browser, tmp_path: Path) -> None:
    root = Path(shutil.copytree(FERNHILL, tmp_path / "fernhill"))
    with bare_canvas(browser, root, "helpdesk") as library:
        for at, titles in (("helpdesk", ()), ("helpdesk/ask-a-librarian", ("Ask a librarian",))):
            library.go(at, "System Map", "helpdesk", *titles)
            readable(library)
            assert library.axe_in_themes() == []
            library.lab.screenshot(at.replace("/", "-"), "section.ddd-root")
