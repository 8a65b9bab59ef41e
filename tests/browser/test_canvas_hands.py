"""Several cards at once, open sheets and exported pictures, with mouse and keyboard."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import BareCanvas, bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.canvas.shop import PLACE_ORDER, PLACE_ORDER_FILE, write_shop

AT = "orders/place-order"
HERE = ("System Map", "orders", "Place order")
OTHER = "orders/track-order"
THERE = ("System Map", "orders", "Track order")
FLOW = f"project.flows[{AT!r}]"
AGAIN = f"project.canvas({AT!r}, height=820)"


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareCanvas]:
    root = write_shop(tmp_path_factory.mktemp("hands") / "shop")
    with bare_canvas(browser, root, AT) as canvas:
        yield canvas


@pytest.fixture(autouse=True)
def as_it_was(canvas: CanvasPage) -> Iterator[None]:
    """Show the whole flow; afterwards take every edit back."""
    canvas.page.mouse.move(2, 2)
    canvas.go(AT, *HERE)
    canvas.root.scroll_into_view_if_needed()
    yield
    canvas.lab.kernel_eval("while project.undo(): pass")
    canvas.lab.kernel_eval("assert not project.dirty, project.dirty")


def choose(canvas: CanvasPage, *cards: str) -> None:
    """Click cards with Shift, so that they are selected together."""
    canvas.focus()
    for index, id in enumerate(cards):
        canvas.card(id).click(position={"x": 60, "y": 8}, modifiers=["Shift"] if index else None)


def said(canvas: CanvasPage, text: str) -> None:
    """Wait until a screen reader was told something."""
    expect(canvas.root.locator("[aria-live=polite].ddd-sr").first).to_contain_text(text)


def place(canvas: CanvasPage, id: str) -> tuple[float, float]:
    """Where a node lies, as Python has it."""
    x, y = eval(canvas.lab.kernel_eval(f"tuple({FLOW}.nodes[{id!r}].position)"))
    return x, y


def view(canvas: CanvasPage) -> str:
    """How the board is moved and scaled on the screen."""
    style = canvas.root.locator(".react-flow__viewport").get_attribute("style")
    assert style
    return style


def test_cards_are_copied_to_another_flow_and_to_another_project(canvas: BareCanvas) -> None:
    page, lab = canvas.page, canvas.lab
    choose(canvas, "charge", "placed", "refused")
    expect(canvas.panel).to_contain_text("3 cards selected")
    expect(canvas.panel).to_contain_text("2 × Terminal")
    page.keyboard.press("Control+c")
    expect(canvas.root.get_by_role("status").get_by_text("Copied 3 cards.")).to_be_visible()

    canvas.go(OTHER, *THERE)
    board = canvas.root.locator(".react-flow__pane").bounding_box()
    assert board is not None
    page.mouse.move(board["x"] + 200, board["y"] + board["height"] - 150)
    canvas.press("Control+v")
    flow = f"project.flows[{OTHER!r}]"
    canvas.expect_python(
        f"{flow}.nodes['charge'].connections", {"success": ["placed"], "failure": ["refused"]}
    )
    expect(canvas.panel).to_contain_text("3 cards selected")
    pasted = canvas.card("charge").bounding_box()
    assert pasted is not None
    assert abs(pasted["x"] - board["x"] - 200) < 5
    assert lab.kernel_eval("project.workbench.history.undo_label") == "'paste 3 nodes'"

    other = write_shop(lab.root / "other" / "shop")
    lab.kernel_eval(f"other = ddd.open({str(other)!r}, watch=False)")
    canvas.show("other.canvas('billing/charge-card', height=520)")
    canvas.press("Control+v")
    canvas.expect_python(
        "other.flows['billing/charge-card'].nodes['charge'].connections['success']", ["placed"]
    )
    expect(canvas.card("charge")).to_be_in_viewport()
    canvas.expect_python("'charge' in project.flows['billing/charge-card'].nodes", False)
    lab.kernel_eval("other.close()")
    canvas.show(AGAIN)


def test_cut_paste_and_duplicate_are_a_step_each_and_leave_fields_alone(
    canvas: CanvasPage,
) -> None:
    page = canvas.page
    choose(canvas, "charge", "placed")
    page.keyboard.press("Control+x")
    expect(canvas.card("charge")).to_have_count(0)
    canvas.press("Control+v")
    canvas.expect_python(f"{FLOW}.nodes['charge'].connections", {"success": ["placed"]})
    expect(canvas.panel).to_contain_text("2 cards selected")
    page.keyboard.press("Control+d")
    canvas.expect_python(f"{FLOW}.nodes['charge_2'].connections", {"success": ["placed_2"]})
    for label in ("duplicate 2 cards", "paste 2 nodes", "cut 2 nodes"):
        canvas.expect_python("project.workbench.history.undo_label", label)
        canvas.press("Control+z")
    canvas.expect_python("project.dirty", set())

    canvas.select("placed")
    field = canvas.field("label")
    field.select_text()
    page.keyboard.press("Control+c")
    field.press("End")
    page.keyboard.press("Control+v")
    expect(field).to_have_value("Order placedOrder placed")
    field.fill("Order placed")
    canvas.press("Control+v")
    expect(canvas.root.get_by_role("alert").last).to_contain_text("nodes")
    canvas.root.get_by_role("alert").last.get_by_role("button", name="Dismiss").click()


def test_a_rubber_band_selects_and_what_it_holds_is_aligned_and_tidied(
    canvas: CanvasPage,
) -> None:
    page = canvas.page
    placed, refused = (canvas.card(id).bounding_box() for id in ("placed", "refused"))
    assert placed is not None
    assert refused is not None
    page.mouse.move(placed["x"] - 12, placed["y"] - 12)
    page.keyboard.down("Shift")
    page.mouse.down()
    page.mouse.move(placed["x"] + 40, refused["y"] + 10, steps=4)
    page.mouse.move(placed["x"] + 60, refused["y"] + 30, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(canvas.panel).to_contain_text("2 cards selected")
    choose_too = canvas.card("charge")
    choose_too.click(position={"x": 60, "y": 8}, modifiers=["Control"])
    expect(canvas.panel).to_contain_text("3 cards selected")
    choose_too.click(position={"x": 60, "y": 8}, modifiers=["Shift"])
    expect(canvas.panel).to_contain_text("2 cards selected")

    canvas.lab.kernel_eval(f"{FLOW}.nodes['placed'].position = (1300, 60)")
    canvas.panel.get_by_role("button", name="Align left", exact=True).click()
    canvas.expect_python(f"{FLOW}.nodes['placed'].position[0]", 1240)
    canvas.button("Arrange").click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    said(canvas, "Tidy the whole sheet: done.")
    canvas.expect_python("project.workbench.history.undo_label", "tidy the sheet")
    for _ in range(3):
        canvas.button("Undo").click()
    canvas.expect_python("project.dirty", set())
    canvas.select("placed")
    canvas.fill("label", "Sent off")
    canvas.save()
    text = Path(canvas.lab.root, "shop", PLACE_ORDER_FILE).read_text("utf-8")
    assert text == PLACE_ORDER.replace("label: Order placed", "label: Sent off")
    canvas.button("Undo").click()
    canvas.save()


def test_a_dragged_card_snaps_to_others_unless_alt_is_held(canvas: CanvasPage) -> None:
    page = canvas.page
    zoom = canvas.root.locator(".react-flow__viewport").evaluate(
        "element => new DOMMatrix(getComputedStyle(element).transform).a"
    )
    canvas.select("refused")
    x, y = canvas.middle(canvas.card("refused"))

    def drag_to_just_beside_the_column(dx: float) -> None:
        page.mouse.move(x, y - 10)
        page.mouse.down()
        page.mouse.move(x + dx, y + 30, steps=4)
        page.mouse.move(x + dx, y + 60 * zoom, steps=4)

    drag_to_just_beside_the_column(4)
    guides = canvas.root.locator(".ddd-guides line")
    expect(guides.first).to_be_attached()
    page.mouse.up()
    expect(guides).to_have_count(0)
    canvas.expect_python(f"{FLOW}.nodes['refused'].position[0]", 1240)
    canvas.button("Undo").click()
    expect(canvas.saving).to_have_text("Saved")

    page.keyboard.down("Alt")
    drag_to_just_beside_the_column(4)
    expect(guides).to_have_count(0)
    page.mouse.up()
    page.keyboard.up("Alt")
    canvas.expect_python(f"{FLOW}.nodes['refused'].position[0] > 1241", True)

    canvas.go("", "System Map")
    x, y = canvas.middle(canvas.card("support"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=4)
    page.mouse.move(x + 3, y + 30, steps=4)
    expect(guides.first).to_be_attached()
    page.mouse.up()
    canvas.expect_python("project.workbench.history.undo_label", "move support")
    canvas.expect_python("project.design.layout.domains['support'][0] == 520", True)


def test_open_sheets_are_tabs_and_each_keeps_its_view(canvas: BareCanvas) -> None:
    page, lab = canvas.page, canvas.lab
    canvas.show(AGAIN)
    tabs = canvas.root.get_by_role("navigation", name="Open sheets")
    titles = tabs.locator(".ddd-sheet-title")
    expect(tabs).to_have_count(0)
    canvas.button("Fit").click()
    canvas.button("Zoom in").click()
    seen = view(canvas)
    canvas.go(OTHER, *THERE)
    expect(titles).to_have_text(["Place order", "Track order"])
    lab.kernel_eval("canvas.at = 'billing/charge-card'")
    expect(titles).to_have_text(["Place order", "Track order", "Charge card"])
    lab.kernel_eval(f"{FLOW}.nodes['placed'].label = 'Sent'")
    expect(tabs.get_by_role("button", name="Place order, unsaved", exact=True)).to_be_visible()
    lab.kernel_eval("project.undo()")

    tabs.get_by_role("button", name="Place order", exact=True).click()
    canvas.expect_place(*HERE)
    expect(canvas.root.locator(".react-flow__viewport")).to_have_attribute("style", seen)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    canvas.expect_place(*THERE)
    page.keyboard.press("Delete")
    expect(titles).to_have_text(["Place order", "Charge card"])
    canvas.expect_place("System Map", "billing", "Charge card")
    expect(tabs.get_by_role("button", name="Charge card", exact=True)).to_be_focused()
    canvas.expect_python(f"{OTHER!r} in project.flows", True)

    lab.kernel_eval("project.workbench.delete_flow('billing/charge-card')")
    expect(tabs).to_have_count(0)
    lab.kernel_eval("project.undo()")
    canvas.go(OTHER, *THERE)
    expect(titles).to_have_text(["Place order", "Track order"])
    titles.last.click(button="middle")
    canvas.expect_place(*HERE)
    expect(tabs).to_have_count(0)
    expect(canvas.root.locator(".react-flow__viewport")).to_have_attribute("style", seen)
    expect(canvas.root.locator(".ddd-note"), "nothing is pasted").to_have_count(0)

    canvas.show(AGAIN)
    expect(canvas.root.locator(".react-flow__viewport")).to_have_attribute("style", seen)


def test_the_board_is_downloaded_as_svg_and_png(canvas: CanvasPage, tmp_path: Path) -> None:
    files = {}
    for kind in ("SVG", "PNG"):
        canvas.button("Export").click()
        with canvas.page.expect_download() as coming:
            canvas.root.get_by_role("menuitem", name=f"Download {kind}").click()
        assert coming.value.suggested_filename == f"orders-place-order.{kind.lower()}"
        files[kind] = tmp_path / coming.value.suggested_filename
        coming.value.save_as(files[kind])

    drawing = ElementTree.parse(files["SVG"]).getroot()
    assert drawing.tag.endswith("}svg")
    assert "Is it in stock?" in "".join(drawing.itertext())
    painted = files["PNG"].read_bytes()
    assert painted.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", painted[16:24])
    assert width == round(2 * round(float(drawing.attrib["width"])))
    assert height > 100
    colours = canvas.page.evaluate(
        """async bytes => {
            const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
            const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
            const pen = canvas.getContext("2d");
            pen.drawImage(bitmap, 0, 0);
            const {data} = pen.getImageData(0, 0, bitmap.width, bitmap.height);
            return new Set(new Uint32Array(data.buffer)).size;
        }""",
        list(painted),
    )
    assert colours > 20


def test_menus_tabs_and_several_selected_cards_are_accessible(canvas: CanvasPage) -> None:
    canvas.go(OTHER, *THERE)
    canvas.go(AT, *HERE)
    # A selected decision paints its outline under itself, which axe takes for its ground.
    choose(canvas, "charge", "placed", "refused")
    expect(canvas.root.get_by_role("navigation", name="Open sheets")).to_be_visible()
    assert canvas.axe_in_themes() == []
    canvas.lab.screenshot("hands-several")
    canvas.button("Arrange").click()
    assert canvas.axe_in_themes() == []
    canvas.page.keyboard.press("Escape")
    canvas.press("?")
    expect(canvas.root.get_by_role("dialog", name="Keys")).to_be_visible()
    assert canvas.axe_in_themes() == []
    canvas.page.keyboard.press("Escape")
