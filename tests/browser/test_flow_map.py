"""The map of all flows in a cell and in a tab: filter, neighbours, colours, trace, keyboard."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.lab import THEMES, VIEWPORT, Lab
from tests.browser.viewport import resize
from tests.cli.program import SAMPLE

CELL = """\
import ddd_lab as ddd
project = ddd.open(".")
project.flow_map().widget()"""
DRAWN = """map => {
    const {cy} = map.querySelector("[role=group]").querySelector("canvas")
        .closest(".ddd-lab-flow-graph, .custom-widget")._cyreg;
    return {
        bright: cy.nodes(".flow").not(".dim").map(node => node.id()).sort(),
        edges: cy.edges().length,
    };
}"""
MIDDLE = """(map, id) => {
    const graph = map.querySelector("[role=group] canvas")
        .closest(".ddd-lab-flow-graph, .custom-widget");
    const at = graph._cyreg.cy.getElementById(id).renderedPosition();
    const corner = graph.getBoundingClientRect();
    return [corner.x + at.x, corner.y + at.y];
}"""
FOLLOWED = [
    "lending/return-item",
    "notices/ready-to-collect",
    "notices/send-notice",
    "reservations/allocate-copy",
    "vans/queue-transfer",
]


def fernhill_in(lab: Lab) -> Path:
    root = lab.root / "flow-map" / "fernhill"
    shutil.copytree(SAMPLE, root, dirs_exist_ok=True)
    return root


def says(shown: Locator, words: str) -> None:
    expect(shown.get_by_role("status")).to_contain_text(words)


def test_the_flows_are_explored_in_a_cell_and_in_a_tab(lab: Lab) -> None:
    root = fernhill_in(lab)
    lab.open_notebook("flow-map/fernhill/map", [CELL])
    lab.run_all()
    cell = lab.output(0).locator(".ddd-lab-flow-map")
    says(cell, "20 flows in 7 domains, 44 links.")
    filter_flows(cell)
    follow_a_flow(cell)
    colour_flows(cell)

    # A click opens the flow in a tab on this kernel; the keyboard moves and shows all again.
    lab.page.mouse.click(*cell.evaluate(MIDDLE, "vans/scan-crate"))
    name = lab.page.get_by_role("textbox", name="Name")
    expect(name).to_have_value("Scan a crate")
    lab.page.get_by_role("tab", name="map.ipynb").click()
    cell.get_by_role("group", name="Map of 20 flows").press("+")
    before = cell.evaluate(MIDDLE, "vans/scan-crate")
    lab.page.keyboard.press("ArrowRight")
    assert cell.evaluate(MIDDLE, "vans/scan-crate") != before
    lab.page.keyboard.press("f")
    for theme in THEMES:
        lab.set_theme(theme)
        assert lab.axe(cell) == []
        lab.screenshot(f"flow-map-cell-{theme[11:].lower()}")
    lab.set_theme("JupyterLab Light")
    open_from_the_tab(lab, root)
    assert lab.errors == []


def filter_flows(cell: Locator) -> None:
    """What fits is listed and stays bright."""
    flows = cell.get_by_role("complementary", name="Flows")
    words = cell.get_by_role("combobox", name="Filter", exact=True)
    words.fill("overdue")
    says(cell, "2 of 20 flows fit.")
    expect(flows.get_by_role("listitem").filter(has_text="Remind about overdue")).to_be_visible()
    assert cell.evaluate(DRAWN)["bright"] == ["lending/remind-overdue", "members/suspend-borrowing"]
    cell.get_by_role("combobox", name="Filter by").select_option("Event")
    words.fill("copy.needs_transport")
    says(cell, "2 of 20 flows fit.")
    assert cell.evaluate(DRAWN)["edges"] == 1
    words.fill("")
    says(cell, "20 flows in 7 domains")


def follow_a_flow(cell: Locator) -> None:
    """A flow from the list, its neighbours, where it leads."""
    flows = cell.get_by_role("complementary", name="Flows")
    flows.get_by_text("lending (3)").click()
    flows.get_by_role("button", name="Return an item").click()
    about = flows.get_by_role("region", name="Selected flow")
    expect(about.get_by_role("heading", name="Return an item")).to_be_visible()
    expect(about.get_by_text("event copy.available")).to_be_visible()
    about.get_by_role("combobox", name="Depth").select_option("2")
    says(cell, "Return an item has")
    about.get_by_role("button", name="Follow").click()
    says(cell, "Return an item leads to 4 flows.")
    assert cell.evaluate(DRAWN)["bright"] == FOLLOWED
    expect(about.get_by_role("listitem")).to_have_count(4)


def colour_flows(cell: Locator) -> None:
    """Other colours, and a kind of link less."""
    flows = cell.get_by_role("complementary", name="Flows")
    cell.get_by_role("combobox", name="Colour by").select_option("Problems")
    expect(flows.get_by_text("no problems")).to_be_visible()
    cell.get_by_role("button", name="Show all flows again").click()
    edges = cell.evaluate(DRAWN)["edges"]
    flows.get_by_role("checkbox", name="Shared schema").uncheck()
    assert cell.evaluate(DRAWN)["edges"] == edges - 22
    cell.get_by_role("button", name="Read the design again").click()
    expect(flows.get_by_role("checkbox", name="Shared schema")).to_be_checked()
    says(cell, "20 flows in 7 domains")


def open_from_the_tab(lab: Lab, root: Path) -> None:
    """The tab needs no kernel; what it opens is the design's tab, whose menu leads back here."""
    lab.command("ddd-lab:open-flow-map", {"root": str(root)})
    tab = lab.page.locator(".lm-Widget.ddd-lab-flow-map")
    says(tab, "20 flows in 7 domains, 44 links.")
    assert lab.axe(tab) == []
    lab.screenshot("flow-map-tab")
    # All flows stay in view in a smaller window, as nobody has moved the map.
    resize(lab.page, 640, 700)
    drawn = tab.get_by_role("group", name="Map of 20 flows").bounding_box()
    assert drawn is not None
    x, y = tab.evaluate(MIDDLE, "vans/scan-crate")
    assert drawn["x"] < x < drawn["x"] + drawn["width"]
    assert drawn["y"] < y < drawn["y"] + drawn["height"]
    resize(lab.page, **VIEWPORT)
    lab.page.mouse.click(*tab.evaluate(MIDDLE, "lending/return-item"))
    expect(lab.page.get_by_role("textbox", name="Name")).to_have_value("Return an item")
    lab.page.locator(".ddd-drawing").click(button="right", position={"x": 8, "y": 8})
    lab.page.get_by_role("menuitem", name="Follow on the Flow Map").click()
    says(tab, "Return an item leads to 4 flows.")
    assert tab.evaluate(DRAWN)["bright"] == FOLLOWED


def test_without_ipycytoscape_in_the_browser_a_picture_and_the_list_serve(lab: Lab) -> None:
    fernhill_in(lab)
    lab.page.goto("about:blank")
    lab.page.route("**/jupyter-cytoscape/**", lambda route: route.abort())
    lab.open_notebook("flow-map/fernhill/picture", [CELL])
    lab.run_all()
    cell = lab.output(0).locator(".ddd-lab-flow-map")

    expect(cell.get_by_text("Cytoscape cannot be shown here, so this is a picture")).to_be_visible()
    expect(cell.get_by_role("img", name="Picture of all flows")).to_be_visible()
    cell.get_by_role("combobox", name="Filter", exact=True).fill("overdue")
    cell.get_by_role("button", name="Remind about overdue").click()
    cell.get_by_role("button", name="Follow").click()
    says(cell, "Remind about overdue items leads to 2 flows")
