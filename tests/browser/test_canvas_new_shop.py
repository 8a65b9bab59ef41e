"""A shop is designed from an empty folder, with few drags and without a red mark on the way."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Locator, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.test_canvas_refactoring import wire_by_dragging

# What hands do, as the page sees it: a press that is let go elsewhere is a drag.
COUNT = """() => {
    window.done = {click: 0, drag: 0, red: 0};
    let from = null;
    addEventListener("pointerdown", event => { from = [event.clientX, event.clientY]; }, true);
    addEventListener("pointerup", event => {
        const far = from && Math.hypot(event.clientX - from[0], event.clientY - from[1]) > 6;
        window.done[far ? "drag" : "click"] += 1;
    }, true);
    addEventListener("dragend", () => { window.done.drag += 1; }, true);
    new MutationObserver(() => {
        window.done.red += document.querySelectorAll("[data-severity=error]").length;
    }).observe(document.body, {attributes: true, childList: true, subtree: true});
}"""
MIDDLE = """line => {
    const {x, y} = line.getPointAtLength(line.getTotalLength() / 2)
        .matrixTransform(line.getScreenCTM());
    return [x, y];
}"""
ORDER = "project.flows['orders/place-order']"
CHARGE = "project.flows['payments/charge-card']"
# A third of the 23 that it took before cards were connected as they are added.
MOST_DRAGS = 8


def test_a_shop_is_designed_from_an_empty_folder(browser: Browser, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    with bare_canvas(browser, root, "") as canvas:
        canvas.page.evaluate(COUNT)
        for name in ("Orders", "Payments", "Shipping"):
            ask(canvas, "New domain", name)
            expect(canvas.card(name.lower())).to_be_visible()
        place_order(canvas)
        charge_card(canvas)
        canvas.root.get_by_role("navigation", name="Breadcrumb").get_by_role(
            "button", name="System Map"
        ).click()
        wire_event(canvas)

        done = canvas.page.evaluate("window.done")
        assert done["red"] == 0
        assert done["drag"] <= MOST_DRAGS
        assert done["click"] <= 66
        assert not list(root.rglob("*.yaml"))
        canvas.save()
        sizes = (
            "{key: (len(flow.nodes) + 1, len(flow.edges)) for key, flow in project.flows.items()}"
        )
        canvas.expect_python(sizes, {"orders/place-order": (8, 9), "payments/charge-card": (5, 5)})


def place_order(canvas: CanvasPage) -> None:
    new_flow(canvas, "orders", "Place order")
    add_after(canvas, "trigger", "Input", "Basket")
    expect(canvas.card("basket")).to_be_focused()
    canvas.panel.get_by_role("button", name="Add field…").click()
    canvas.page.keyboard.type("sku")
    canvas.page.keyboard.press("Enter")
    canvas.expect_python(f"'sku' in str({ORDER}.nodes['basket'].data)", True)
    add_after(canvas, "basket", "Terminal", "Refused")
    insert(canvas, "basket", "done", "Decision", "In stock?")
    add_after(canvas, "in_stock", "Terminal", "Sold out")
    insert(canvas, "in_stock", "done", "Service call", "Charge card")
    canvas.connect("charge_card", "failure", "refused")
    insert(canvas, "charge_card", "done", "Data store", "Store order")
    canvas.connect("store_order", "failure", "refused")


def charge_card(canvas: CanvasPage) -> None:
    canvas.root.get_by_role("navigation", name="Breadcrumb").get_by_role(
        "button", name="System Map"
    ).click()
    new_flow(canvas, "payments", "Charge card")
    add_after(canvas, "trigger", "Agent loop", "Look for fraud")
    expect(canvas.card("look_for_fraud")).to_be_focused()
    canvas.panel.get_by_role("button", name="Add item to Tools").click()
    expect(canvas.panel.locator("input:focus")).to_have_count(1)
    canvas.page.keyboard.type("find_orders")
    canvas.page.keyboard.press("Enter")
    canvas.expect_python(f"len({CHARGE}.nodes['look_for_fraud'].spec.tools)", 2)
    add_after(canvas, "look_for_fraud", "Terminal", "Refused")
    insert(canvas, "look_for_fraud", "done", "Service call", "Ask the bank")
    canvas.connect("ask_the_bank", "failure", "refused")


def wire_event(canvas: CanvasPage) -> None:
    canvas.expect_place("System Map")
    wire_by_dragging(canvas, "orders", "payments")
    dialog(canvas).get_by_label("Event", exact=True).fill("order.placed")
    canvas.page.keyboard.press("Enter")
    expect(dialog(canvas)).to_have_count(0)


def dialog(canvas: CanvasPage) -> Locator:
    return canvas.root.get_by_role("dialog")


def ask(canvas: CanvasPage, button: str, name: str) -> None:
    """Press a button that asks for a name, and give it."""
    canvas.button(button).first.click()
    dialog(canvas).get_by_label("Name", exact=True).fill(name)
    canvas.page.keyboard.press("Enter")
    expect(dialog(canvas)).to_have_count(0)


def new_flow(canvas: CanvasPage, domain: str, name: str) -> None:
    canvas.card(domain).dblclick()
    canvas.expect_place("System Map", domain)
    ask(canvas, "New flow", name)
    canvas.expect_place("System Map", domain, name)


def add_after(canvas: CanvasPage, card: str, type: str, label: str) -> None:
    """Add a card at the first free output of another, by the key A."""
    if canvas.card(card).get_attribute("aria-pressed") != "true":
        canvas.card(card).click(position={"x": 60, "y": 8})
    canvas.page.keyboard.press("a")
    choose(canvas, type, label)


def insert(canvas: CanvasPage, source: str, target: str, type: str, label: str) -> None:
    """Put a card into the line between two cards, by the line's button."""
    line = canvas.root.locator(f'.react-flow__edge[data-id*="{source}"][data-id*="{target}"]')
    canvas.page.mouse.move(*line.locator(".ddd-link-grip").evaluate(MIDDLE))
    # The line that was drawn last is selected, and has its button as well.
    id = line.get_attribute("data-id")
    canvas.root.locator(f'[data-link-id="{id}"]').and_(
        canvas.root.get_by_role("button", name="Insert a card")
    ).click()
    choose(canvas, type, label)


def choose(canvas: CanvasPage, type: str, label: str) -> None:
    """Choose a type in the search, and write the new card's label."""
    expect(canvas.root.get_by_role("combobox", name="Type of the card")).to_be_focused()
    canvas.page.keyboard.type(type)
    canvas.page.keyboard.press("Enter")
    expect(in_place(canvas)).to_be_focused()
    canvas.page.keyboard.type(label)
    canvas.page.keyboard.press("Enter")
    expect(in_place(canvas)).to_have_count(0)


def in_place(canvas: CanvasPage) -> Locator:
    """The label that is written on its card."""
    return canvas.root.get_by_role("textbox", name="Label of the card")
