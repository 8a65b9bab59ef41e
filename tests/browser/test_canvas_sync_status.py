"""How a design and its code stand, as people meet it on the canvas."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from ddd_lab.implementation.mapping_writer import record_tests
from ddd_lab.project import Project
from tests.browser.bare import BareCanvas, bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.timeouts import Timeouts, ms
from tests.canvas.shop import write_shop
from tests.recorded import record_implementation

PLACE, TRACK, CHARGE = "orders/place-order", "orders/track-order", "billing/charge-card"
CODE = {key: f"src/{key.replace('-', '_')}.py" for key in (PLACE, TRACK, CHARGE)}
SPEC = "specs/domains/orders/flows/place-order.yaml"

LISTEN = """() => {
    window.heard = [];
    window.caring = true;
    for (const name of ["ddd-lab:implement", "ddd-lab:drift", "ddd-lab:panel"]) {
        window.addEventListener(name, event => {
            window.heard.push([name, event.detail]);
            if (window.caring) event.preventDefault();
            event.stopImmediatePropagation();
        }, true);
    }
}"""
"""Hears what the canvas tells the page, instead of JupyterLab's own panel."""


def implemented(root: Path) -> Path:
    """The shop with code for three flows; the code of one has moved, the tests of another fail."""
    write_shop(root, **{path: f"# {key}\n" for key, path in CODE.items()})
    with Project(root, watch=False) as project:
        for key, path in CODE.items():
            record_implementation(project.workbench.sync, key, (path,))
        failed = [{"name": "test_unknown", "status": "failed", "error_message": "500 != 404"}]
        record_tests(
            project.workbench.sync, TRACK, {"total": 3, "passed": 2, "failed": 1, "tests": failed}
        )
        record_tests(
            project.workbench.sync, PLACE, {"total": 4, "passed": 4, "failed": 0, "tests": []}
        )
    root.joinpath(CODE[CHARGE]).write_text("changed = True\n", "utf-8")
    return root


@pytest.mark.covers("T28.1", "T28.2", "T28.3", "T28.6", "T29.5", "S08.14", "S08.15")
def test_a_drift_is_seen_understood_accepted_and_stays_away_until_something_moves(
    browser: Browser, tmp_path: Path
) -> None:
    root = implemented(tmp_path / "shop")
    with bare_canvas(browser, root, "") as canvas:
        canvas.page.evaluate(LISTEN)

        badges_say_where_to_look(canvas)
        banner = edit_and_save(canvas)
        accept_it(canvas, banner)
        move_the_code(canvas, banner, root)
        implement_from_everywhere(canvas, banner)
        look_without_a_panel(canvas)


def badges_say_where_to_look(canvas: CanvasPage) -> None:
    expect(badge(canvas, "billing", "1 stale: Charge card")).to_contain_text("1 stale")
    expect(badge(canvas, "orders", "1 of 7 tests failed")).to_be_visible()
    assert canvas.axe() == []
    canvas.go("orders", "System Map", "orders")
    expect(badge(canvas, "flow:place-order", "4 tests passed")).to_be_visible()
    expect(offer(canvas, "flow:track-order", "1 of 3 tests failed")).to_contain_text("✗ 1 of 3")
    assert canvas.axe() == []


def edit_and_save(canvas: CanvasPage) -> Locator:
    canvas.go(PLACE, "System Map", "orders", "Place order")
    banner = canvas.root.get_by_role("region", name="Stale code")
    canvas.select("placed")
    canvas.fill("status", "202")
    canvas.expect_python(f"project.flows[{PLACE!r}].nodes['placed'].spec.status", 202)
    expect(banner).to_have_count(0)
    canvas.save()
    expect(banner).to_contain_text("The spec has changed since its code was written.")
    expect(banner.get_by_role("listitem")).to_have_text(["node “Order placed”: status 201 → 202"])
    assert canvas.axe_in_themes() == []
    canvas.lab.screenshot("sync-status", "section.ddd-root")
    return banner


def accept_it(canvas: BareCanvas, banner: Locator) -> None:
    banner.get_by_role("button", name="View diff").click()
    heard(canvas, "ddd-lab:drift", flow=PLACE)
    canvas.lab.kernel_eval(f"project.accept_drift({PLACE!r}, 'The shop answers first')")
    expect(banner).to_have_count(0)
    canvas.show("project.canvas()")
    canvas.go(PLACE, "System Map", "orders", "Place order")
    canvas.expect_python(f"project.workbench.sync.flow({PLACE!r}).state", "in_sync")
    expect(banner).to_have_count(0)


def move_the_code(canvas: CanvasPage, banner: Locator, root: Path) -> None:
    root.joinpath(CODE[PLACE]).write_text("somebody = 'was here'\n", "utf-8")
    expect(banner).to_contain_text(f"{CODE[PLACE]} changed", timeout=ms(Timeouts.EFFECT))
    canvas.press("Backspace")
    stale = offer(canvas, "flow:place-order", re.compile("^The code has changed"))
    expect(stale).to_contain_text("↑ code ahead 1")
    stale.click()
    heard(canvas, "ddd-lab:drift", flow=PLACE)


def implement_from_everywhere(canvas: CanvasPage, banner: Locator) -> None:
    canvas.card("flow:track-order").click(button="right", position={"x": 60, "y": 8})
    canvas.root.get_by_role("menuitem", name="Implement…").click()
    heard(canvas, "ddd-lab:implement", flows=[TRACK], kind="implement")
    offer(canvas, "flow:track-order", "1 of 3 tests failed").click()
    heard(canvas, "ddd-lab:implement", flows=[TRACK], kind="fix")
    canvas.go(PLACE, "System Map", "orders", "Place order")
    canvas.button("Implement").click()
    heard(canvas, "ddd-lab:implement", flows=[PLACE], kind="implement")
    banner.get_by_role("button", name="Update code").click()
    heard(canvas, "ddd-lab:implement", flows=[PLACE], kind="implement")
    canvas.press("ControlOrMeta+i")
    heard(canvas, "ddd-lab:panel")


def look_without_a_panel(canvas: CanvasPage) -> None:
    """Nobody takes the wish: the canvas shows what changed, the prompt and the command."""
    canvas.page.evaluate("window.caring = false")
    canvas.button("Implement").click()
    own = canvas.root.get_by_role("dialog", name=f"Implement {PLACE}")
    expect(own.get_by_label("Prompt")).to_have_value(re.compile(f"{CODE[PLACE]} changed"))
    changes = own.get_by_role("region", name=f"What has changed in {PLACE}")
    expect(changes).to_contain_text(f"{CODE[PLACE]} changed")
    root = str(canvas.lab.root / "shop")
    expect(own.get_by_text(f"ddd-lab implement --project {root} {PLACE}")).to_be_visible()
    assert canvas.axe_in_themes() == []
    canvas.lab.screenshot("implement", "section.ddd-root")


def heard(canvas: CanvasPage, name: str, **detail: Any) -> None:
    """Wait until the page has heard this, of this project, and nothing else."""
    canvas.page.wait_for_function("window.heard.length > 0")
    said = canvas.page.evaluate("window.heard.splice(0)")
    assert said == [[name, {"root": str(canvas.lab.root / "shop"), **detail}]]


def badge(canvas: CanvasPage, card: str, words: str) -> Locator:
    """A badge of a card, by what it says in full."""
    return canvas.card(card).locator(f".ddd-badge[title={words!r}]")


def offer(canvas: CanvasPage, card: str, words: Any) -> Locator:
    """A badge of a card that leads somewhere."""
    return canvas.card(card).get_by_role("button", name=words)
