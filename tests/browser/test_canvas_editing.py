"""Editing a flow with mouse and keyboard; Python and the file agree with the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import BareCanvas, bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.canvas.shop import PLACE_ORDER, PLACE_ORDER_FILE, write_shop

AT = "orders/place-order"
HERE = ("System Map", "orders", "Place order")
FLOW = f"project.flows[{AT!r}]"


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareCanvas]:
    root = write_shop(tmp_path_factory.mktemp("editing") / "shop")
    with bare_canvas(browser, root, AT) as canvas:
        yield canvas


@pytest.fixture(autouse=True)
def as_it_was(canvas: CanvasPage) -> Iterator[None]:
    """Show the whole flow; afterwards take every edit back."""
    canvas.go(AT, *HERE)
    yield
    if canvas.root.get_by_role("dialog").count():
        canvas.page.keyboard.press("Escape")
    canvas.lab.kernel_eval("while project.undo(): pass")
    canvas.lab.kernel_eval("assert not project.dirty, project.dirty")


@pytest.mark.covers("T05.1", "T05.2", "T05.3")
def test_a_node_is_dragged_from_the_palette_to_where_it_belongs(canvas: CanvasPage) -> None:
    canvas.place("Process", 420, 500)

    canvas.expect_python(f"{FLOW}.nodes['process'].type", "process")
    dropped = canvas.root.locator(".react-flow__pane").bounding_box()
    assert dropped is not None
    x, y = canvas.middle(canvas.card("process"))
    assert abs(x - dropped["x"] - 420) < 3
    assert abs(y - dropped["y"] - 500) < 3
    panel = canvas.select("process")
    expect(panel).to_contain_text("Process")
    expect(canvas.saving).to_have_text("Unsaved changes")


def test_a_node_is_placed_by_two_clicks_too(canvas: CanvasPage) -> None:
    canvas.show_panel("Palette")
    canvas.palette_entry("Decision").click()
    canvas.root.locator(".react-flow__pane").click(position={"x": 300, "y": 450})

    canvas.expect_python(f"{FLOW}.nodes['decision'].type", "decision")
    expect(canvas.card("decision")).to_be_visible()


@pytest.mark.covers("T07.1", "T07.2", "T07.3", "S02.4")
def test_a_line_is_dragged_from_a_named_output_to_a_card(canvas: CanvasPage) -> None:
    canvas.place("Process", 600, 480)
    canvas.expect_python(f"{FLOW}.nodes['process'].type", "process")
    canvas.connect("process", "next", "refused")

    canvas.expect_python(f"{FLOW}.nodes['process'].connections", {"next": ["refused"]})
    expect(canvas.root.locator("path.ddd-link")).to_have_count(8)


def test_a_line_is_drawn_with_the_keyboard(canvas: CanvasPage) -> None:
    canvas.card("in_stock").focus()
    canvas.select("in_stock")
    canvas.card("in_stock").focus()
    canvas.page.keyboard.press("c")
    dialog = canvas.root.get_by_role("dialog")
    dialog.get_by_label("Output").select_option("true")
    dialog.get_by_label("Target", exact=True).select_option("placed")
    dialog.get_by_role("button", name="Connect", exact=True).click()

    # An Escape that comes when the dialog has just closed would go up a level.
    expect(dialog).to_have_count(0)
    canvas.expect_python(f"{FLOW}.nodes['in_stock'].connections['true']", ["charge", "placed"])


def test_a_line_that_makes_no_sense_is_refused_in_words(canvas: CanvasPage) -> None:
    canvas.connect("in_stock", "true", "charge")

    expect(canvas.root.get_by_role("alert")).to_contain_text("already leads to 'charge'")
    canvas.root.get_by_role("alert").get_by_role("button", name="Dismiss").click()


def test_a_dragged_card_is_there_in_the_next_cell(canvas: CanvasPage) -> None:
    before = canvas.lab.kernel_eval(f"tuple({FLOW}.nodes['refused'].position)")
    canvas.drag("refused", 0, 60)
    canvas.lab.wait_for_kernel(f"tuple({FLOW}.nodes['refused'].position) != {before}", "True")
    x, y = eval(canvas.lab.kernel_eval(f"tuple({FLOW}.nodes['refused'].position)"))
    assert (x, y > 300) == (1240, True)


def test_arrow_keys_move_what_is_selected(canvas: CanvasPage) -> None:
    canvas.select("placed")
    canvas.card("placed").focus()
    canvas.page.keyboard.press("ArrowDown")
    canvas.page.keyboard.press("Shift+ArrowRight")

    canvas.expect_python(f"tuple({FLOW}.nodes['placed'].position)", (1290, 70))


def test_what_is_selected_is_deleted_but_never_the_trigger(canvas: CanvasPage) -> None:
    canvas.select("charge")
    canvas.card("charge").focus()
    canvas.page.keyboard.press("Delete")
    canvas.expect_python(f"'charge' in {FLOW}.nodes", False)
    expect(canvas.card("charge")).to_have_count(0)
    canvas.expect_python(f"{FLOW}.nodes['in_stock'].connections", {"false": ["refused"]})

    canvas.select("start")
    canvas.card("start").focus()
    canvas.page.keyboard.press("Delete")
    expect(canvas.root.locator(".ddd-note")).to_contain_text("cannot be deleted")
    canvas.expect_python(f"{FLOW}.trigger.id", "start")
    canvas.root.locator(".ddd-note").get_by_role("button", name="Dismiss").click()


def test_a_line_is_deleted(canvas: CanvasPage) -> None:
    canvas.show_panel("Outline")
    canvas.outline.get_by_role("button", name="invalid to Order refused").click()
    canvas.press("Delete")
    canvas.expect_python(f"{FLOW}.nodes['basket'].connections", {"valid": ["in_stock"]})


def test_what_people_choose_while_something_is_deleted_stays_chosen(canvas: BareCanvas) -> None:
    canvas.select("charge")
    canvas.card("charge").focus()
    with canvas.lab.busy_kernel():
        canvas.page.keyboard.press("Delete")
        canvas.expect_python(f"'charge' in {FLOW}.nodes", False)
        canvas.select("placed")
    expect(canvas.card("charge")).to_have_count(0)
    expect(canvas.field("label")).to_have_value("Order placed")
    expect(canvas.card("placed")).to_be_focused()


def test_a_card_that_is_clicked_while_its_line_is_drawn_is_what_is_shown(
    canvas: BareCanvas,
) -> None:
    canvas.select("placed")
    with canvas.lab.busy_kernel():
        canvas.connect("in_stock", "false", "placed")
        canvas.expect_python(f"len({FLOW}.nodes['in_stock'].connections['false'])", 2)
        canvas.select("placed")
    canvas.show_panel("Outline")
    canvas.expect_lines("false to Order placed")
    expect(canvas.field("label")).to_have_value("Order placed")


def test_what_people_write_while_a_card_is_added_goes_on(canvas: BareCanvas) -> None:
    canvas.select("basket")
    label = canvas.field("label")
    expect(label).to_have_value("Basket")
    canvas.card("basket").focus()
    canvas.page.keyboard.press("a")
    canvas.page.keyboard.type("Process")
    with canvas.lab.busy_kernel():
        canvas.page.keyboard.press("Enter")
        canvas.expect_python(f"'process' in {FLOW}.nodes", True)
        label.select_text()
        canvas.page.keyboard.type("What ")
    expect(canvas.card("process")).to_be_visible()
    canvas.page.keyboard.type("they want")
    expect(label).to_have_value("What they want")
    canvas.page.keyboard.press("Enter")
    canvas.expect_python(f"{FLOW}.nodes['basket'].label", "What they want")


def test_undo_and_redo_work_by_button_and_key(canvas: CanvasPage) -> None:
    canvas.select("placed")
    canvas.fill("label", "Sent off")
    canvas.expect_python(f"{FLOW}.nodes['placed'].label", "Sent off")
    canvas.button("Undo").click()
    expect(canvas.card("placed")).to_contain_text("Order placed")
    expect(canvas.saving).to_have_text("Saved")
    canvas.press("Control+Shift+z")
    expect(canvas.card("placed")).to_contain_text("Sent off")
    canvas.press("Control+z")
    expect(canvas.card("placed")).to_contain_text("Order placed")
    canvas.button("Redo").click()
    expect(canvas.card("placed")).to_contain_text("Sent off")


@pytest.mark.covers("T06.1", "T06.2", "T06.3", "S02.3")
def test_the_spec_panel_edits_what_the_file_says(canvas: CanvasPage) -> None:
    canvas.select("refused")
    expect(canvas.field("status")).to_have_value("422")
    expect(canvas.field("audience")).to_have_value("shopper")

    canvas.fill("status", "409")
    canvas.expect_python(f"{FLOW}.nodes['refused'].spec['status']", 409)
    canvas.fill("label", "Sold out")
    expect(canvas.card("refused")).to_contain_text("Sold out")
    expect(canvas.card("refused")).to_contain_text("409")
    canvas.fill("audience", "everybody")
    canvas.expect_python(f"{FLOW}.nodes['refused'].spec['audience']", "everybody")
    canvas.fill("id", "sold_out")
    canvas.expect_python(f"{FLOW}.nodes['basket'].connections['invalid']", ["sold_out"])


def test_the_panel_follows_the_notebook(canvas: CanvasPage) -> None:
    canvas.select("refused")
    canvas.lab.kernel_eval(f"{FLOW}.nodes['refused'].spec.status = 410")
    expect(canvas.field("status")).to_have_value("410")


def test_a_refused_value_stays_in_its_field_with_the_reason(canvas: CanvasPage) -> None:
    canvas.select("refused")
    canvas.fill("id", "placed")
    expect(canvas.panel.get_by_role("alert")).to_contain_text("already a node 'placed'")
    expect(canvas.field("id")).to_have_value("placed")
    canvas.expect_python(f"'refused' in {FLOW}.nodes", True)


@pytest.mark.covers("T04.1", "T04.2", "T04.3", "S02.1")
@pytest.mark.parametrize("kind", ["Traditional", "Agent"])
def test_a_new_flow_has_a_trigger_and_a_terminal(canvas: CanvasPage, kind: str) -> None:
    canvas.go("orders", "System Map", "orders")
    canvas.button("New flow").click()
    dialog = canvas.root.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Return goods")
    dialog.get_by_label("Domain").select_option("billing")
    dialog.get_by_role("radio", name=kind).check()
    dialog.get_by_role("button", name="Create").click()

    canvas.expect_place("System Map", "billing", "Return goods")
    types = canvas.lab.kernel_eval(
        "[n.type for n in project.flows['billing/return-goods'].data.all_nodes()]"
    )
    assert types.startswith("['trigger'")
    assert types.endswith("'terminal']")
    assert canvas.lab.kernel_eval("project.flows['billing/return-goods'].type") == repr(
        kind.lower()
    )
    expect(canvas.root.locator('[data-category="flow"]').first).to_be_visible()
    canvas.lab.kernel_eval("project.undo()")
    canvas.expect_place("System Map", "billing")
    expect(canvas.root.locator(".ddd-note")).to_contain_text("no longer exist")
    canvas.root.locator(".ddd-note").get_by_role("button", name="Dismiss").first.click()


def test_a_new_flow_with_a_taken_name_is_refused_beside_the_field(canvas: CanvasPage) -> None:
    canvas.go("orders", "System Map", "orders")
    canvas.button("New flow").click()
    dialog = canvas.root.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Place order")
    dialog.get_by_label("Domain").select_option("orders")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog.get_by_role("alert")).to_contain_text("already a flow")
    dialog.get_by_role("button", name="Cancel").click()


def test_what_saving_would_change_can_be_seen_first(canvas: CanvasPage) -> None:
    canvas.select("placed")
    canvas.fill("label", "Sent off")
    canvas.button("Changes").click()
    dialog = canvas.root.get_by_role("dialog")
    difference = dialog.get_by_role("region", name="Difference")
    expect(difference).to_contain_text("-    label: Order placed")
    expect(difference).to_contain_text("+    label: Sent off")
    dialog.get_by_role("button", name="Close", exact=True).first.click()


@pytest.mark.covers("T12.1", "T12.4", "T13.4", "S05.1", "S05.5")
def test_saving_changes_the_edited_lines_of_the_file_and_no_others(canvas: CanvasPage) -> None:
    file = Path(canvas.lab.root, "shop", PLACE_ORDER_FILE)
    canvas.select("placed")
    # The panel may still show what the test before has written and taken back.
    expect(canvas.field("label")).to_have_value("Order placed")
    canvas.fill("label", "Sent off")
    canvas.press("Control+s")
    expect(canvas.saving).to_have_text("Saved")

    text = file.read_text("utf-8")
    assert text == PLACE_ORDER.replace("label: Order placed", "label: Sent off")
    canvas.lab.kernel_eval(f"again = ddd.open(project.root, watch=False).flows[{AT!r}]")
    assert canvas.lab.kernel_eval(f"again.data == {FLOW}.data") == "True"
    canvas.button("Undo").click()
    canvas.save()
    assert file.read_text("utf-8") == PLACE_ORDER


def test_problems_lead_to_their_cards(canvas: CanvasPage) -> None:
    canvas.lab.kernel_eval(f"{FLOW}.disconnect('charge', 'success')")
    expect(canvas.root.get_by_role("button", name="Problems")).to_contain_text("error")
    expect(canvas.card("charge")).to_contain_text("1")
    canvas.root.get_by_role("button", name="Problems").click()
    drawer = canvas.root.get_by_role("region", name="Problem list")
    row = drawer.get_by_role("button").filter(has_text="success")
    row.first.click()
    expect(canvas.panel).to_contain_text("Sub-flow")
    expect(canvas.panel).to_contain_text("success")
    drawer.get_by_role("button", name="Close the problem list").click()
