"""What the canvas does for people who begin, look for something or have something to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.canvas.shop import PLACE_ORDER, PLACE_ORDER_FILE, write_shop

AT = "orders/place-order"
HERE = ("System", "orders", "Place order")
BANK = """
  - id: bank
    type: agent_loop
    label: Ask the bank
    position: {x: 640, y: 460}
    spec:
      model: some-model
      tools:
        - {id: look, name: Look, description: Looks}
        - {id: look, name: Look again, description: Looks, parameters: {}}
    connections: {}
metadata:"""
UNFINISHED = PLACE_ORDER.replace("metadata:", BANK.lstrip("\n"))


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    root = write_shop(tmp_path_factory.mktemp("kind") / "shop", **{PLACE_ORDER_FILE: UNFINISHED})
    with bare_canvas(browser, root, AT) as canvas:
        yield canvas


@pytest.fixture(autouse=True)
def as_it_was(canvas: CanvasPage) -> Iterator[None]:
    canvas.go(AT, *HERE)
    yield
    canvas.lab.kernel_eval("while project.undo(): pass")


def test_a_new_card_is_to_do_until_it_is_filled_in_and_a_problem_leads_to_its_field(
    canvas: CanvasPage,
) -> None:
    canvas.place("Data store", 500, 400)
    card = canvas.card("data_store")
    expect(card.locator("[data-severity=todo]")).to_be_visible()
    expect(card.locator("[data-severity=error]")).to_have_count(0)

    canvas.root.get_by_role("button", name="Problems").click()
    todo = canvas.root.get_by_role("list", name="To do")
    expect(todo.get_by_role("button")).to_contain_text(["To do", "To do"])
    todo.get_by_role("button", name="To do: Data store").first.click()
    expect(canvas.panel.get_by_label(re.compile("^model", re.I)).first).to_be_focused()
    assert canvas.axe() == []
    canvas.page.keyboard.type("Basket")
    canvas.page.keyboard.press("Tab")
    canvas.lab.kernel_eval(f"project.flows[{AT!r}].connect('in_stock', 'data_store', 'true')")
    canvas.select("basket")
    expect(card.locator("[data-severity=todo]")).to_have_count(0)


def test_a_problem_leads_into_a_list_and_to_a_key_that_is_not_there_yet(
    canvas: CanvasPage,
) -> None:
    canvas.go("billing", "System", "billing")
    drawer = canvas.root.get_by_role("region", name="Problem list")
    expect(drawer).to_contain_text("Ask the bank")
    drawer.get_by_role("button", name="appears twice").click()
    canvas.expect_place(*HERE)
    expect(canvas.panel.get_by_role("button", name="Look again", expanded=True)).to_be_visible()
    expect(canvas.panel.locator("input:focus")).to_have_count(1)

    drawer.get_by_role("button", name="Nothing limits").click()
    label = re.compile("max.iterations", re.I)
    expect(canvas.panel.get_by_role("textbox", name=label)).to_be_focused()

    canvas.focus()
    canvas.card("bank").locator("[data-severity=error]").click()
    expect(canvas.card("bank")).to_be_focused()
