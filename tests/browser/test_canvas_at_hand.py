"""What a hand or a key does next is ready: the new line, the form in a narrow widget, buttons."""

from __future__ import annotations

from collections.abc import Iterator

import git
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.viewport import resize
from tests.canvas.shop import PLACE_ORDER_FILE, write_shop

AT = "orders/place-order"
HERE = ("System Map", "orders", "Place order")
FLOW = f"project.flows[{AT!r}]"
LABEL = f"{FLOW}.data.by_id['basket'].connections[0].extra.get('label')"


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    root = write_shop(tmp_path_factory.mktemp("hand") / "shop", **{"specs/system-layout.yaml": ""})
    (root / "specs/system-layout.yaml").unlink()
    with bare_canvas(browser, root, AT) as canvas:
        yield canvas


@pytest.fixture(autouse=True)
def as_it_was(canvas: CanvasPage) -> Iterator[None]:
    resize(canvas.page, 1600, 950)
    canvas.page.emulate_media(reduced_motion="reduce")
    canvas.go(AT, *HERE)
    canvas.root.locator(".react-flow__pane").click(position={"x": 300, "y": 20})
    yield
    canvas.lab.kernel_eval("while project.undo(): pass")


def test_a_drawn_line_is_selected_and_its_label_is_written_in_its_place(
    canvas: CanvasPage,
) -> None:
    page = canvas.page
    canvas.lab.kernel_eval(f"{FLOW}.disconnect('basket', 'valid')")
    canvas.connect("basket", "valid", "in_stock")
    canvas.expect_python(f"{FLOW}.nodes['basket'].connections['valid']", ["in_stock"])
    expect(canvas.root).to_be_focused()
    expect(canvas.panel.get_by_role("heading", level=3)).to_have_text("Basket → Is it in stock?")
    field = canvas.root.get_by_role("textbox", name="Label of the line")
    page.keyboard.press("F2")
    expect(field).to_be_focused()
    assert canvas.axe() == []
    page.keyboard.type("all filled in")
    page.keyboard.press("Escape")
    line = "[c for c in " + f"{FLOW}.data.by_id['basket'].connections if c.output == 'valid'][0]"
    canvas.expect_python(f"{line}.extra", {"label": "all filled in"})
    expect(canvas.root).to_be_focused()
    printed = canvas.root.locator(".ddd-link-label").get_by_text("all filled in")
    printed.dblclick()
    field.fill("complete")
    page.keyboard.press("Enter")
    canvas.expect_python(f"{line}.extra", {"label": "complete"})
    canvas.root.locator(".ddd-link-label").get_by_text("complete").click(button="right")
    canvas.root.get_by_role("menuitem", name="Change label…").click()
    field.fill("")
    page.keyboard.press("Enter")
    canvas.expect_python(f"{line}.extra", {})
    page.keyboard.press("Delete")
    canvas.expect_python(f"{FLOW}.nodes['basket'].connections", {"invalid": ["refused"]})


def test_an_event_is_chosen_at_once_and_no_domain_moves_when_it_is_wired(
    canvas: CanvasPage,
) -> None:
    canvas.go("", "System Map")
    page = canvas.page
    canvas.show_panel("Spec")
    canvas.button("Fit").click()
    before = {id: canvas.middle(canvas.card(id)) for id in ("orders", "billing", "support")}
    port = canvas.card("billing").locator(".ddd-wire")
    canvas.card("billing").hover()
    canvas.pull(canvas.middle(port), canvas.middle(canvas.card("support")))
    dialog = canvas.root.get_by_role("dialog")
    expect(dialog.get_by_label("Event", exact=True)).to_be_focused()
    expect(dialog.get_by_label("To", exact=True)).to_have_value("support")
    known = dialog.get_by_label("Known events")
    expect(known.get_by_role("option").first).to_have_text("payment.failed · billing → orders")
    known.select_option("payment.failed")
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="Wire", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(canvas.root).to_be_focused()
    heading = canvas.panel.get_by_role("heading", level=3)
    expect(heading).to_have_text("billing → support")
    assert "system-layout.yaml" in canvas.lab.kernel_eval("sorted(project.dirty)")
    after = {id: canvas.middle(canvas.card(id)) for id in before}
    assert {id: (round(x), round(y)) for id, (x, y) in after.items()} == {
        id: (round(x), round(y)) for id, (x, y) in before.items()
    }


def test_a_terminal_after_a_failure_says_no_success(canvas: CanvasPage) -> None:
    page = canvas.page
    canvas.lab.kernel_eval(f"{FLOW}.disconnect('basket', 'invalid')")
    canvas.card("basket").hover(position={"x": 60, "y": 8})
    canvas.card("basket").get_by_role("button", name="Add a card after “invalid”").click()
    page.keyboard.type("termin")
    page.keyboard.press("Enter")
    label = canvas.root.get_by_role("textbox", name="Label of the card")
    expect(label).to_be_focused()
    page.keyboard.type("Not complete")
    page.keyboard.press("Enter")
    expect(canvas.card("not_complete")).to_contain_text("422 Unprocessable Content")


def test_what_is_typed_into_a_form_is_kept_on_escape(canvas: CanvasPage) -> None:
    page = canvas.page
    canvas.select("charge")
    canvas.field("label").fill("Take the money")
    page.keyboard.press("Escape")
    canvas.expect_python(f"{FLOW}.nodes['charge'].label", "Take the money")
    expect(canvas.card("charge")).to_be_focused()
    page.keyboard.press("Control+z")
    canvas.expect_python(f"{FLOW}.nodes['charge'].label", "Charge the card")

    canvas.select("placed")
    canvas.field("status").fill("202")
    page.keyboard.press("Escape")
    canvas.expect_python(f"{FLOW}.nodes['placed'].spec['status']", 202)
    canvas.panel.get_by_text("More settings").click()
    canvas.field("description").fill("It is on its way.")
    page.keyboard.press("Escape")
    canvas.expect_python(f"{FLOW}.nodes['placed'].spec['description']", "It is on its way.")


def test_the_form_of_a_narrow_widget_opens_beside_its_card_and_closes_again(
    canvas: CanvasPage,
) -> None:
    page = canvas.page
    form = canvas.root.get_by_role("region", name="Spec panel")
    opener = canvas.button("Show the form")
    if form.is_visible():
        canvas.button("Spec").click()
    for width in (640, 760, 833):
        resize(page, width + 24, 800)
        canvas.press("f")
        card = canvas.card("placed")
        card.click()
        expect(form).to_have_count(0)
        assert canvas.axe() == []
        opener.click()
        expect(form.get_by_label("Label", exact=True)).to_be_focused()
        expect(opener).to_have_count(0)
        expect(card).to_be_in_viewport()
        page.keyboard.press("Control+a")
        page.keyboard.type(f"Sold at {width}")
        page.keyboard.press("Escape")
        expect(form).to_have_count(0)
        expect(card).to_be_focused()
        canvas.expect_python(f"{FLOW}.nodes['placed'].label", f"Sold at {width}")
        page.keyboard.press("Enter")
        left = form.bounding_box()
        expect(card).to_be_in_viewport()
        box = card.bounding_box()
        assert left is not None
        assert box is not None
        assert box["x"] + box["width"] <= left["x"]
        assert canvas.axe() == []
        canvas.button("Close the panel").click()
        expect(card).to_be_focused()
    resize(page, 1600, 950)


def test_two_lines_of_a_title_leave_the_summary_whole(canvas: CanvasPage) -> None:
    canvas.lab.kernel_eval(
        f"{FLOW}.nodes['in_stock'].label = 'Is there enough of it on the shelf?'"
    )
    words = canvas.card("in_stock").locator(".ddd-words")
    expect(words).to_contain_text("on the shelf?")
    for step in ("Zoom to 100 %", "Zoom out"):
        canvas.root.get_by_title(step).click()
        cut = words.evaluate(
            "words => [words.scrollHeight - words.clientHeight, words.querySelector('.ddd-title')"
            ".scrollHeight - words.querySelector('.ddd-title').clientHeight]"
        )
        assert max(cut) <= 0, step


def test_keys_find_what_is_shown_to_the_pointer(canvas: CanvasPage) -> None:
    page = canvas.page
    canvas.lab.kernel_eval(f"{FLOW}.disconnect('in_stock')")
    canvas.root.get_by_title("Zoom to 100 %").click()
    expect(canvas.button("100 %")).to_be_visible()
    canvas.card("start").focus()
    page.keyboard.press("Tab")
    expect(canvas.card("basket")).to_be_focused()
    page.keyboard.press("Tab")
    expect(canvas.card("in_stock")).to_be_focused()
    expect(canvas.card("in_stock").get_by_role("button", name="Add a card after")).to_have_count(2)
    page.keyboard.press("Shift+F10")
    canvas.root.get_by_role("menuitem", name="Add after “false”…").press("Enter")
    expect(canvas.root.get_by_role("combobox", name="Type of the card")).to_be_focused()
    page.keyboard.type("termin")
    page.keyboard.press("Enter")
    expect(canvas.root.get_by_role("textbox", name="Label of the card")).to_be_focused()
    page.keyboard.press("Enter")
    expect(canvas.card("terminal")).to_be_focused()
    canvas.expect_python(f"list({FLOW}.nodes['in_stock'].connections)", ["false"])
    canvas.press("Control+c")
    expect(canvas.root.get_by_role("status").get_by_text("Copied 1 card.")).to_be_visible()
    sash = canvas.root.get_by_role("separator", name="Width of the panel").bounding_box()
    assert sash is not None
    assert sash["width"] >= 24
    assert canvas.axe() == []


def test_changes_are_shown_since_the_last_commit_too(canvas: CanvasPage) -> None:
    root = canvas.lab.kernel_eval("str(project.root)").strip("'")
    canvas.lab.kernel_eval(f"{FLOW}.nodes['basket'].label = 'Cart'")
    canvas.button("Changes").click()
    dialog = canvas.root.get_by_role("dialog")
    expect(dialog.get_by_role("region", name="Difference")).to_contain_text("Cart")
    committed = dialog.get_by_role("button", name="Since the last commit")
    committed.click()
    expect(dialog.get_by_text("This design lies in no Git repository")).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()

    repo = git.Repo.init(root)
    repo.git.add("--all")
    repo.git.commit("--message", "First")
    canvas.button("Design").click()
    canvas.root.get_by_role("menuitem", name="Changes since the last commit…").click()
    difference = dialog.get_by_role("region", name="Difference")
    expect(difference.get_by_text(PLACE_ORDER_FILE)).to_be_visible()
    expect(difference.locator("[data-sign='+']").first).to_have_text("+1")
    expect(dialog.get_by_role("button", name="Save", exact=True)).to_be_visible()
    assert canvas.axe() == []
    dialog.get_by_role("button", name="Close").last.click()


def test_the_view_travels_where_motion_is_welcome(canvas: CanvasPage) -> None:
    page = canvas.page
    canvas.root.get_by_title("Zoom to 100 %").click()
    page.emulate_media(reduced_motion="no-preference")
    view = canvas.root.locator(".react-flow__viewport")
    view.evaluate(
        """view => {
          window.seen = new Set();
          new MutationObserver(() => window.seen.add(new DOMMatrix(view.style.transform).a))
            .observe(view, {attributes: true});
        }"""
    )
    for _ in range(40):  # a busy machine may draw only where it ends
        page.evaluate("window.seen.clear()")
        canvas.button("Zoom in").click()
        expect(canvas.button("125 %")).to_be_visible()
        seen = page.evaluate("[...window.seen]")
        assert seen == sorted(seen)
        if len(seen) > 2:
            break
        canvas.button("Zoom out").click()
        expect(canvas.button("100 %")).to_be_visible()
    assert len(seen) > 2
    page.emulate_media(reduced_motion="reduce")
