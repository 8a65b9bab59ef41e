"""Cards are added where they belong, named in their place, and let go of, as people expect."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.bare import BareCanvas, bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.viewport import resize
from tests.canvas.shop import write_shop

AT = "orders/place-order"
HERE = ("System Map", "orders", "Place order")
FLOW = f"project.flows[{AT!r}]"


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareCanvas]:
    root = write_shop(tmp_path_factory.mktemp("adding") / "shop")
    with bare_canvas(browser, root, AT) as canvas:
        yield canvas


@pytest.fixture(autouse=True)
def as_it_was(canvas: CanvasPage) -> Iterator[None]:
    canvas.go(AT, *HERE)
    canvas.root.locator(".react-flow__pane").click(position={"x": 300, "y": 20})
    yield
    canvas.lab.kernel_eval("while project.undo(): pass")


def search(canvas: CanvasPage) -> Locator:
    """The field of the search of types, which has the focus."""
    field = canvas.root.get_by_role("combobox", name="Type of the card")
    expect(field).to_be_focused()
    return field


def label(canvas: CanvasPage) -> Locator:
    """The label that is edited in its place; it has the caret."""
    field = canvas.root.get_by_role("textbox", name="Label of the card")
    expect(field).to_be_focused()
    return field


def between(canvas: CanvasPage, source: str, target: str) -> tuple[float, float]:
    """The middle of the straight line between two cards."""
    (x, y), (to, _) = canvas.middle(canvas.card(source)), canvas.middle(canvas.card(target))
    return (x + to) / 2, y


def targets(canvas: CanvasPage, node: str, expected: dict[str, list[str]]) -> None:
    """Wait until the lines of a node lead there."""
    canvas.expect_python(f"{FLOW}.nodes[{node!r}].connections", expected)


def undone(canvas: CanvasPage) -> None:
    """One step back is as it was."""
    canvas.lab.kernel_eval("project.undo()")
    expect(canvas.saving).to_have_text("Saved")


def test_a_card_is_added_after_another_from_its_button_and_named_at_once(
    canvas: CanvasPage,
) -> None:
    page = canvas.page
    canvas.lab.kernel_eval(f"{FLOW}.disconnect('basket', 'invalid')")
    canvas.card("basket").hover(position={"x": 60, "y": 8})
    plus = canvas.card("basket").get_by_role("button", name="Add a card after “invalid”")
    size = plus.bounding_box()
    assert size is not None
    assert round(min(size["width"], size["height"])) >= 24
    plus.click()
    search(canvas).fill("dst")
    expect(canvas.root.get_by_role("option", selected=True)).to_contain_text("Data store")
    assert canvas.axe() == []
    page.keyboard.press("Escape")
    expect(canvas.root.get_by_role("combobox", name="Type of the card")).to_have_count(0)
    canvas.expect_place(*HERE)
    canvas.card("basket").hover(position={"x": 60, "y": 8})
    plus.click()
    page.keyboard.type("termin")
    page.keyboard.press("Enter")
    label(canvas)
    page.keyboard.type("Basket is empty")
    assert canvas.axe() == []
    page.keyboard.press("Escape")
    expect(canvas.card("basket_is_empty")).to_be_focused()
    targets(canvas, "basket", {"valid": ["in_stock"], "invalid": ["basket_is_empty"]})
    x = f"{FLOW}.nodes['basket_is_empty'].position[0] - {FLOW}.nodes['basket'].position[0]"
    canvas.expect_python(x, 300)


def test_what_is_typed_before_the_caret_is_there_is_the_label(canvas: BareCanvas) -> None:
    page = canvas.page
    canvas.card("charge").focus()
    page.keyboard.press("a")
    search(canvas).fill("process")
    with canvas.lab.busy_kernel():
        page.keyboard.press("Enter")
        expect(canvas.root.get_by_role("combobox", name="Type of the card")).to_have_count(0)
        canvas.expect_python(f"'process' in {FLOW}.nodes", True)
        page.keyboard.type("Check itt")
        page.keyboard.press("Backspace")
    expect(label(canvas)).to_have_value("Check it")
    page.keyboard.type(" twice")
    page.keyboard.press("Enter")
    expect(canvas.card("check_it_twice")).to_be_focused()
    expect(canvas.root.get_by_role("dialog")).to_have_count(0)


def test_a_card_is_inserted_into_a_line_from_its_button_and_by_the_key_a(
    canvas: CanvasPage,
) -> None:
    page = canvas.page
    page.mouse.move(*between(canvas, "start", "basket"))
    canvas.root.get_by_role("button", name="Insert a card").click()
    search(canvas)
    expect(canvas.root.get_by_role("option", name="Terminal")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    label(canvas)
    page.keyboard.press("Enter")
    expect(canvas.card("process")).to_be_focused()
    targets(canvas, "process", {"next": ["basket"]})
    row = f"[{FLOW}.nodes[id].position[0] for id in ('process', 'basket', 'in_stock')]"
    canvas.expect_python(row, [340, 640, 940])
    undone(canvas)

    canvas.show_panel("Outline").get_by_role("button", name="to Basket").click()
    canvas.press("a")
    search(canvas).fill("decision")
    page.keyboard.press("Enter")
    label(canvas).fill("New here?")
    page.keyboard.press("Tab")
    canvas.expect_python(f"'new_here' in {FLOW}.nodes", True)
    canvas.lab.kernel_eval("project.undo()")
    undone(canvas)

    canvas.press("a")
    search(canvas).fill("cache")
    page.keyboard.press("Enter")
    label(canvas)
    page.keyboard.press("Escape")
    expect(canvas.card("cache")).to_be_in_viewport()
    targets(canvas, "cache", {})


def test_a_line_that_is_dropped_nowhere_asks_what_comes_there(canvas: CanvasPage) -> None:
    page = canvas.page
    canvas.lab.kernel_eval(f"{FLOW}.disconnect('charge', 'failure')")
    x, y = canvas.middle(canvas.port("charge", "failure"))
    canvas.pull((x, y), (x + 60, y + 250))
    search(canvas).fill("service")
    page.keyboard.press("Enter")
    label(canvas).fill("Call the customer")
    page.keyboard.press("Enter")
    targets(canvas, "charge", {"success": ["placed"], "failure": ["call_the_customer"]})

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 60, steps=3)
    page.mouse.move(*canvas.middle(canvas.card("refused")), steps=3)
    page.keyboard.press("Escape")
    expect(canvas.root.locator(".react-flow__connection")).to_have_count(0)
    page.mouse.up()
    canvas.expect_place(*HERE)
    targets(canvas, "charge", {"success": ["placed"], "failure": ["call_the_customer"]})


def test_a_card_that_is_dropped_on_a_line_is_inserted(canvas: CanvasPage) -> None:
    page = canvas.page
    pane = canvas.root.locator(".react-flow__pane").bounding_box()
    assert pane is not None
    x, y = between(canvas, "start", "basket")
    canvas.place("Process", x - pane["x"], y - pane["y"])
    label(canvas)
    page.keyboard.press("Escape")
    targets(canvas, "process", {"next": ["basket"]})
    undone(canvas)

    canvas.lab.kernel_eval(f"{FLOW}.add_node('process', position=(340, 420))")
    start = canvas.middle(canvas.card("process"))
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 5, start[1] - 20, steps=3)
    page.mouse.move(*between(canvas, "start", "basket"), steps=4)
    expect(canvas.root.locator(".ddd-link[data-over]")).to_have_count(1)
    page.mouse.up()
    targets(canvas, "process", {"next": ["basket"]})
    expect(canvas.root.locator(".ddd-link[data-over]")).to_have_count(0)
    canvas.expect_python("project.workbench.history.undo_label", "put process into a line")


def test_escape_and_backspace_let_go_and_delete_before_they_leave(canvas: CanvasPage) -> None:
    page = canvas.page
    canvas.card("start").click()
    page.keyboard.press("Backspace")
    expect(canvas.root.get_by_text("cannot be deleted here")).to_be_visible()
    canvas.expect_place(*HERE)
    page.keyboard.press("Escape")
    expect(canvas.panel.get_by_role("heading", level=3)).to_have_text("Flow")
    canvas.expect_place(*HERE)
    canvas.card("placed").click()
    page.keyboard.press("Backspace")
    expect(canvas.card("placed")).to_have_count(0)
    canvas.expect_place(*HERE)
    page.keyboard.press("Escape")
    canvas.expect_place("System Map", "orders")


def test_labels_and_notes_are_written_in_their_place_and_kept(canvas: CanvasPage) -> None:
    page = canvas.page
    canvas.card("refused").dblclick(position={"x": 60, "y": 20})
    label(canvas).fill("Sorry")
    page.keyboard.press("Escape")
    canvas.expect_python(f"{FLOW}.nodes['refused'].label", "Sorry")
    expect(canvas.card("refused")).to_be_focused()
    page.keyboard.press("F2")
    label(canvas).fill("Refused")
    canvas.root.locator(".react-flow__pane").click(position={"x": 300, "y": 20})
    canvas.expect_python(f"{FLOW}.nodes['refused'].label", "Refused")
    canvas.card("refused").dblclick(position={"x": 60, "y": 20})
    label(canvas)
    canvas.lab.kernel_eval(f"{FLOW}.nodes['refused'].label = 'Turned down'")
    expect(canvas.outline.get_by_role("button", name="Terminal Turned down")).to_be_attached()
    page.keyboard.press("Escape")
    expect(canvas.card("refused")).to_contain_text("Turned down")
    canvas.expect_python(f"{FLOW}.nodes['refused'].label", "Turned down")

    canvas.press("n")
    note = canvas.root.get_by_role("textbox", name="Text of the note")
    expect(note).to_be_focused()
    page.keyboard.type("Ask Mia")
    page.keyboard.press("Enter")
    page.keyboard.type("about vouchers")
    page.keyboard.press("Escape")
    expect(canvas.field("text")).to_have_value("Ask Mia\nabout vouchers")
    card = canvas.root.locator(".react-flow__node", has_text="Ask Mia")
    page.keyboard.press("Control+z")
    expect(card).to_have_count(0)
    canvas.lab.kernel_eval("project.redo()")
    card.focus()
    page.keyboard.press("Enter")
    expect(note).to_have_value("Ask Mia\nabout vouchers")
    page.keyboard.press("Escape")


def test_the_palette_stays_beside_the_cards_and_adds_after_the_selected_one(
    canvas: CanvasPage,
) -> None:
    page = canvas.page
    resize(page, 857, 950)
    palette = canvas.show_panel("Palette")
    canvas.press("f")
    canvas.lab.kernel_eval(f"{FLOW}.disconnect('charge', 'failure')")
    expect(canvas.root.locator("path.ddd-link")).to_have_count(6)
    canvas.card("charge").click(position={"x": 60, "y": 8})
    expect(palette).to_be_visible()
    canvas.palette_entry("Terminal").press("Enter")
    label(canvas).fill("Not paid")
    page.keyboard.press("Enter")
    targets(canvas, "charge", {"success": ["placed"], "failure": ["not_paid"]})
    expect(palette).to_be_visible()
    expect(canvas.card("not_paid")).to_be_in_viewport()
    resize(page, 1600, 950)


def test_the_menu_of_a_card_renames_changes_its_type_and_disconnects(canvas: CanvasPage) -> None:
    page = canvas.page
    menu = canvas.root.get_by_role("menuitem")
    canvas.card("in_stock").click(button="right")
    menu.get_by_text("Rename").click()
    label(canvas).fill("Enough?")
    page.keyboard.press("Enter")
    canvas.expect_python(f"{FLOW}.nodes['in_stock'].label", "Enough?")
    canvas.card("in_stock").click(button="right")
    menu.get_by_text("Change type").click()
    search(canvas).fill("process")
    page.keyboard.press("Enter")
    expect(canvas.root.get_by_text("It no longer has the setting condition")).to_be_visible()
    canvas.expect_python(f"{FLOW}.nodes['in_stock'].type", "process")
    canvas.card("charge").click(button="right")
    menu.get_by_text("Disconnect").click()
    targets(canvas, "charge", {})
    x, y = between(canvas, "start", "basket")
    page.mouse.click(x, y, button="right")
    expect(menu.get_by_text("Insert…")).to_be_visible()
    menu.get_by_text("Edit…").click()
    expect(canvas.field("output")).to_be_focused()


def test_what_is_not_joined_to_the_card_under_the_pointer_steps_back(canvas: CanvasPage) -> None:
    faded = "e => getComputedStyle(e).opacity !== '1'"
    edge = canvas.root.locator(".react-flow__edge")
    for line in edge.all():
        expect(line).to_have_css("opacity", "1")
    canvas.card("start").hover()
    expect(edge.nth(1)).to_have_css("opacity", "0.25")
    assert sum(line.evaluate(faded) for line in edge.all()) == edge.count() - 1
    assert canvas.axe() == []
    canvas.root.locator(".react-flow__pane").hover(position={"x": 300, "y": 20})
    expect(edge.nth(1)).to_have_css("opacity", "1")
