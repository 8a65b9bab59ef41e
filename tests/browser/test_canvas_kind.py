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
HERE = ("System Map", "orders", "Place order")
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
    expect(canvas.panel.get_by_label(re.compile("^model", re.IGNORECASE)).first).to_be_focused()
    assert canvas.axe() == []
    canvas.page.keyboard.type("Basket")
    canvas.page.keyboard.press("Tab")
    canvas.lab.kernel_eval(f"project.flows[{AT!r}].connect('in_stock', 'data_store', 'true')")
    canvas.select("basket")
    expect(card.locator("[data-severity=todo]")).to_have_count(0)


def test_a_problem_leads_into_a_list_and_to_a_key_that_is_not_there_yet(
    canvas: CanvasPage,
) -> None:
    canvas.go("billing", "System Map", "billing")
    drawer = canvas.root.get_by_role("region", name="Problem list")
    if not drawer.is_visible():
        canvas.root.get_by_role("button", name="Problems").click()
    expect(drawer).to_contain_text("Ask the bank")
    drawer.get_by_role("button", name="appears twice").click()
    canvas.expect_place(*HERE)
    expect(canvas.panel.get_by_role("button", name="Look again", expanded=True)).to_be_visible()
    expect(canvas.panel.locator("input:focus")).to_have_count(1)

    drawer.get_by_role("button", name="Nothing limits").click()
    label = re.compile("^Rounds at most")
    expect(canvas.panel.get_by_role("textbox", name=label)).to_be_focused()

    canvas.focus()
    canvas.card("bank").locator("[data-severity=error]").click()
    expect(canvas.card("bank")).to_be_focused()


def test_changes_are_told_file_by_file_with_their_counts(canvas: CanvasPage) -> None:
    canvas.lab.kernel_eval("project.new_flow('Return goods', 'orders')")
    canvas.lab.kernel_eval(f"project.flows[{AT!r}].nodes['placed'].label = 'Sent'")
    canvas.button("Changes").click()
    dialog = canvas.root.get_by_role("dialog")
    files = dialog.get_by_role("group")
    expect(files).to_have_count(3)
    new = files.filter(has_text="return-goods.yaml")
    expect(new.get_by_text("new", exact=True)).to_be_visible()
    changed = files.filter(has_text=PLACE_ORDER_FILE)
    expect(changed).to_contain_text("+1 −1")
    expect(dialog).not_to_contain_text("/dev/null")
    lines = changed.get_by_role("region", name=f"Lines of {PLACE_ORDER_FILE}")
    if not lines.is_visible():
        changed.get_by_text(PLACE_ORDER_FILE).click()
    expect(lines.get_by_role("code").filter(has_text="+    label: Sent")).to_be_visible()
    assert canvas.axe() == []
    canvas.lab.screenshot("changes")
    dialog.get_by_role("button", name="Close", exact=True).first.click()


def test_an_empty_design_offers_how_to_begin(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("new") / "design"
    root.mkdir()
    with bare_canvas(browser, root, "") as canvas:
        begin = canvas.root.get_by_role("region", name="Begin")
        dialog = canvas.root.get_by_role("dialog")
        assert canvas.axe() == []
        canvas.lab.screenshot("begin")
        begin.get_by_role("button", name="Open the sample").click()
        expect(canvas.card("lending")).to_be_visible()
        expect(begin).to_have_count(0)
        assert not list(root.rglob("*.yaml"))
        canvas.press("Control+z")

        begin.get_by_role("button", name="From a template").click()
        dialog.get_by_label("New domain").fill("Order desk")
        dialog.get_by_label("Template", exact=True).select_option("webhook_receiver")
        expect(dialog.get_by_role("img")).to_be_visible()
        dialog.get_by_role("button", name="Create").click()
        expect(canvas.root.get_by_role("button", name="Add node")).to_be_visible()
        canvas.expect_python("list(project.domains)", ["order-desk"])
        canvas.press("Control+z")
        canvas.expect_place("System Map")

        begin.get_by_role("button", name="New domain").click()
        dialog.get_by_label("Name").fill("Orders")
        dialog.get_by_role("button", name="Create").click()
        expect(canvas.card("orders")).to_be_visible()
        canvas.go("orders", "System Map", "orders")
        expect(begin.get_by_role("button", name="New flow")).to_be_visible()
        begin.get_by_role("button", name="From a template").click()
        expect(dialog.get_by_role("radio", name="From a template")).to_be_checked()


def test_search_tells_a_thing_once_and_knows_commands(canvas: CanvasPage) -> None:
    canvas.go("", "System Map")
    canvas.press("Control+k")
    words = canvas.root.get_by_role("combobox")
    options = canvas.root.get_by_role("option")
    words.fill("billing")
    expect(
        options.filter(has_text="charge-card").or_(options.filter(has_text="Ask"))
    ).not_to_have_count(0)
    named = [text for text in options.all_text_contents() if "billing" in text.lower()]
    assert len([text for text in named if "Domain" in text or text.endswith("billing")]) == 1
    words.fill("new domain")
    expect(options.first).to_contain_text("New domain…")
    canvas.page.keyboard.press("Enter")
    expect(canvas.root.get_by_role("dialog", name="New domain")).to_be_visible()
    canvas.page.keyboard.press("Escape")


def test_the_button_of_a_sheet_leads_to_the_types_of_nodes(canvas: CanvasPage) -> None:
    canvas.button("Add node").click()
    search = canvas.root.get_by_role("dialog", name="Add a card")
    expect(search.get_by_role("combobox")).to_be_focused()
    canvas.page.keyboard.press("Escape")
    expect(search).to_have_count(0)


def test_a_filter_fades_what_it_is_not_about_until_its_chip_is_pressed(
    canvas: CanvasPage,
) -> None:
    canvas.go("", "System Map")
    canvas.button("Filter").click()
    menu = canvas.root.get_by_role("menu", name="Filter")
    menu.get_by_role("menuitem", name="Only the event payment.failed").click()
    expect(canvas.card("support").locator("[data-faded]")).to_have_count(1)
    expect(canvas.card("orders").locator("[data-faded]")).to_have_count(0)
    assert canvas.axe() == []
    canvas.lab.screenshot("filtered")
    canvas.root.get_by_role("button", name="show everything").click()
    expect(canvas.root.locator("[data-faded]")).to_have_count(0)

    canvas.button("Filter").click()
    menu.get_by_role("menuitem", name="Only agents").click()
    expect(canvas.card("orders").locator("[data-faded]")).to_have_count(1)
    expect(canvas.card("support").locator("[data-faded]")).to_have_count(0)
    canvas.go("support", "System Map", "support")
    expect(canvas.root.locator("[data-faded]")).to_have_count(0)


def test_the_legend_tells_all_signs_and_cut_labels_are_told_whole(canvas: CanvasPage) -> None:
    title = canvas.card("in_stock").locator("[title]").first
    expect(title).to_have_attribute("title", re.compile("^Is it in stock"))
    expect(canvas.root.get_by_role("link", name="React Flow")).to_have_attribute("tabindex", "-1")
    canvas.press("?")
    legend = canvas.root.get_by_role("dialog").get_by_role("region", name="Legend")
    for words in ("Domain", "Agent team", "Hands over", "Tests that failed", "To do", "Decision"):
        expect(legend.get_by_text(words, exact=True)).to_be_visible()
    assert canvas.axe() == []
    legend.scroll_into_view_if_needed()
    canvas.lab.screenshot("legend")
    canvas.page.keyboard.press("Escape")
