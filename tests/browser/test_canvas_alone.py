"""What the canvas does by itself, whatever Python says: keys, panels, states, widths, sizes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from ddd_lab import __version__
from tests.browser.alone import Alone, alone_on
from tests.browser.viewport import resize

SHEET = "lending/borrow-book"


def spec(alone: Alone) -> Locator:
    return alone.page.get_by_label("Spec panel")


# --- keys ---------------------------------------------------------------------------------------


@pytest.mark.covers("T03.5", "T03.6", "S01.9")
def test_backspace_and_escape_go_up_and_do_nothing_on_the_system_map(alone: Alone) -> None:
    alone.open(SHEET)
    here = alone.page.locator("nav[aria-label=Breadcrumb] [aria-current=page]")
    alone.card("check_input").click()
    alone.page.keyboard.press("Escape")
    expect(here).to_have_text("Borrow a book")
    alone.page.keyboard.press("Backspace")
    expect(here).to_have_text("Lending")
    alone.page.keyboard.press("Escape")
    expect(here).to_have_text("System Map")
    alone.page.keyboard.press("Backspace")
    expect(here).to_have_text("System Map")
    assert len(alone.sent("up")) == 2


def test_backspace_in_a_field_deletes_a_letter_and_nothing_else(alone: Alone) -> None:
    alone.open(SHEET)
    alone.card("check_input").click()
    label = spec(alone).get_by_label("Label", exact=True)
    label.press("End")
    label.press("Backspace")
    expect(label).to_have_value("Check the reques")
    assert alone.sent("up") == []


def test_the_tab_key_reaches_every_card_in_reading_order(alone: Alone) -> None:
    alone.open(SHEET)
    alone.card("trigger").click()
    for id in (
        "check_input", "may_borrow", "bad_request", "store_loan", "announce",
        "refused", "history", "lent", "gone",
    ):  # fmt: skip
        alone.page.keyboard.press("Tab")
        expect(alone.card(id)).to_be_focused()


def test_arrows_move_the_selected_card_and_are_harmless_without_one(alone: Alone) -> None:
    alone.open(SHEET)
    alone.card("check_input").click()
    alone.page.keyboard.press("ArrowRight")
    alone.page.keyboard.press("Shift+ArrowDown")
    alone.page.wait_for_function("window.model.sent.filter(one => one.op === 'move').length === 2")
    first, second = alone.sent("move")
    assert first == {"moves": [{"id": "check_input", "x": 330, "y": 120}]}
    assert second == {"moves": [{"id": "check_input", "x": 330, "y": 170}]}
    alone.page.locator(".react-flow__pane").click(position={"x": 40, "y": 560})
    alone.page.keyboard.press("ArrowRight")
    assert len(alone.sent("move")) == 2


def test_a_card_is_connected_without_a_mouse(alone: Alone) -> None:
    alone.open(SHEET)
    alone.card("check_input").focus()
    alone.page.keyboard.press("c")
    dialog = alone.page.get_by_role("dialog", name="Connect “Check the request”")
    dialog.get_by_label("Output").select_option("invalid")
    dialog.get_by_label("Find the target").fill("refused")
    dialog.get_by_role("button", name="Connect", exact=True).press("Enter")
    expect(dialog).to_have_count(0)
    assert alone.sent("connect") == [
        {"source": "check_input", "output": "invalid", "target": "refused"}
    ]
    expect(alone.card("check_input")).to_be_focused()


def test_saving_takes_over_what_is_being_typed(alone: Alone) -> None:
    alone.open(SHEET)
    alone.card("check_input").click()
    spec(alone).get_by_label("Label", exact=True).fill("Look at the request")
    alone.page.keyboard.press("Control+s")
    expect(alone.page.locator(".ddd-state")).to_have_text("Saved")
    order = alone.page.evaluate(
        "window.model.sent.map(one => one.op).filter(op => ['set', 'save'].includes(op))"
    )
    assert order == ["set", "save"]


# --- mouse --------------------------------------------------------------------------------------


def test_the_wheel_scrolls_the_notebook_until_the_canvas_has_the_focus(alone: Alone) -> None:
    alone.open(SHEET)
    alone.card("trigger").wait_for()
    view = ".react-flow__viewport"
    before = alone.page.locator(view).get_attribute("style")
    alone.page.locator(".react-flow__pane").hover(position={"x": 500, "y": 500})
    alone.page.mouse.wheel(0, 60)
    alone.page.wait_for_timeout(150)
    assert alone.page.locator(view).get_attribute("style") == before
    alone.page.locator(".react-flow__pane").click(position={"x": 500, "y": 500})
    alone.page.mouse.wheel(0, 60)
    expect(alone.page.locator(view)).not_to_have_attribute("style", before or "")


def test_a_card_can_be_dropped_on_its_output_without_being_connected(alone: Alone) -> None:
    alone.open(SHEET)
    port = alone.card("check_input").locator("[data-port=invalid]")
    box, card = port.bounding_box(), alone.card("check_input").bounding_box()
    assert box
    assert card
    alone.page.mouse.move(box["x"] + 3, box["y"] + 3)
    alone.page.mouse.down()
    alone.page.mouse.move(card["x"] + 40, card["y"] + 20, steps=4)
    alone.page.mouse.up()
    assert alone.sent("connect") == []


def test_several_cards_are_moved_by_one_command(alone: Alone) -> None:
    alone.open(SHEET)
    alone.card("trigger").click()
    alone.card("check_input").click(modifiers=["Control"])
    expect(spec(alone)).to_contain_text("2 cards selected")
    box = alone.card("trigger").bounding_box()
    assert box
    alone.page.keyboard.down("Alt")  # else they would snap to other cards
    alone.page.mouse.move(box["x"] + 20, box["y"] + 20)
    alone.page.mouse.down()
    alone.page.mouse.move(box["x"] + 90, box["y"] + 55, steps=4)
    alone.page.mouse.up()
    alone.page.keyboard.up("Alt")
    (moved,) = alone.sent("move")
    assert moved == {
        "moves": [{"id": "trigger", "x": 82, "y": 161}, {"id": "check_input", "x": 402, "y": 161}]
    }


# --- panel --------------------------------------------------------------------------------------


@pytest.mark.covers("T06.2")
def test_a_refused_value_stays_in_its_field_with_the_reason_beside_it(alone: Alone) -> None:
    alone.open(SHEET)
    alone.page.get_by_role("button", name="Fit").click()
    alone.card("store_loan").click()
    model = spec(alone).get_by_role("combobox", name="model")
    model.fill("refuse")
    model.press("Enter")
    expect(spec(alone).get_by_role("alert")).to_contain_text("is not allowed here")
    expect(model).to_have_value("refuse")
    expect(model).to_have_attribute("aria-invalid", "true")


def test_values_keep_their_types(alone: Alone) -> None:
    alone.open(SHEET)
    alone.page.get_by_role("button", name="Fit").click()
    alone.card("store_loan").click()
    for count, (name, text) in enumerate((("timeout", "8081"), ("attempts", "4")), 1):
        field = spec(alone).get_by_label(name, exact=True)
        field.fill(text)
        field.press("Enter")
        alone.page.wait_for_function(
            "count => window.model.sent.filter(one => one.op === 'set').length === count",
            arg=count,
        )
    assert [one["value"] for one in alone.sent("set")] == ["8081", 4]


def test_removing_the_focused_field_keeps_the_keys_working(alone: Alone) -> None:
    alone.open(SHEET)
    alone.page.get_by_role("button", name="Fit").click()
    alone.card("store_loan").click()
    spec(alone).get_by_role("button", name="Remove tags 1").press("Enter")
    expect(spec(alone).get_by_role("button", name="Remove tags 2")).to_have_count(0)
    alone.page.wait_for_function(
        "document.querySelector('.ddd-root').contains(document.activeElement)"
    )


# --- states -------------------------------------------------------------------------------------


def test_a_kernel_of_another_version_is_named_with_what_to_do(alone: Alone) -> None:
    alone.open(SHEET, version="0.0.1")
    banner = alone.page.get_by_role("alert")
    expect(banner).to_contain_text(f"This canvas is of DDD Lab {__version__}")
    expect(banner).to_contain_text("the kernel runs 0.0.1")
    banner.get_by_role("button", name="Restart kernel").click()
    expect(alone.page.get_by_text("Restart the kernel in the Kernel menu")).to_be_visible()


@pytest.fixture
def by_the_clock(browser: Browser, alone_address: str) -> Iterator[Alone]:
    """The canvas in a page whose time passes when a test says so."""
    with (
        browser.new_context(reduced_motion="reduce") as context,
        alone_on(context.new_page(), alone_address) as shown,
    ):
        shown.page.clock.install()
        yield shown


def test_a_silent_kernel_is_named_and_asked_again(by_the_clock: Alone) -> None:
    alone = by_the_clock
    alone.open(delay=-1)
    expect(alone.page.get_by_role("status")).to_have_attribute("aria-busy", "true")
    alone.page.clock.run_for(10_000)
    problem = alone.page.get_by_role("alert")
    expect(problem).to_contain_text("The kernel is not answering")
    expect(problem).to_contain_text("run the cell")
    alone.page.evaluate("window.model.delay = 0")
    alone.page.get_by_role("button", name="Try again").click()
    alone.page.clock.run_for(100)
    expect(alone.page.get_by_label("Breadcrumb")).to_have_text("System Map")


def test_an_empty_sheet_says_what_to_do(alone: Alone) -> None:
    alone.open("lending/return-book")
    expect(alone.page.get_by_text("Drag one from the palette")).to_be_visible()


def test_a_conflict_shows_both_sides_before_one_is_chosen(alone: Alone) -> None:
    alone.open(SHEET)
    path = "specs/domains/lending/flows/borrow-book.yaml"
    alone.card("trigger").wait_for()
    alone.page.evaluate(
        "path => window.model.patch({board: {status: {state: 'conflict', message: '',"
        " unsaved: [path], undo: '', redo: '', conflicts: [path], merging: []}}})",
        path,
    )
    alone.page.get_by_role("button", name="Compare…").click()
    dialog = alone.page.get_by_role("dialog", name=f"Conflict in {path}")
    expect(dialog.get_by_label("Difference")).to_contain_text("-    label: Store it")
    dialog.get_by_role("button", name="Keep mine").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    assert alone.sent("preview") == [{"path": path}]
    assert alone.sent("conflict") == [{"path": path, "keep": "mine"}]


def test_a_patch_that_does_not_fit_makes_the_canvas_ask_for_the_board(alone: Alone) -> None:
    alone.open(SHEET)
    alone.card("trigger").wait_for()
    nothing: dict[str, Any] = {"cards": {}, "links": {}, "gone_cards": [], "gone_links": []}
    alone.push({"patch": {"since": 99, "rev": 100, "board": {}, **nothing}})
    alone.page.wait_for_function("window.model.sent.filter(one => one.op === 'hello').length === 2")


# --- widths and sizes ---------------------------------------------------------------------------


@pytest.mark.parametrize("width", [640, 900, 1400])
@pytest.mark.parametrize("at", ["", "lending", SHEET])
def test_nothing_is_cut_off_or_overlaps_at_any_width(alone: Alone, width: int, at: str) -> None:
    resize(alone.page, width + 24, 700)
    alone.open(at)
    alone.page.locator(".react-flow__node").first.wait_for()
    outside = alone.page.evaluate("""() => {
        const root = document.querySelector('.ddd-root').getBoundingClientRect();
        return [...document.querySelectorAll('.ddd-root :is(header, .ddd-dock, .ddd-center) '
            + ':is(button, input, nav, [role=status])')]
            .filter(one => !one.closest('.ddd-aside, .react-flow, .ddd-panel, .ddd-notes'))
            .filter(one => {
                const box = one.getBoundingClientRect();
                return box.left < root.left || box.right > root.right + 0.5;
            }).map(one => one.outerHTML.slice(0, 100));
    }""")
    assert outside == []
    parts = alone.page.evaluate("""() => ['.ddd-toolbar', '.ddd-dock-left', '.ddd-center',
        '.ddd-dock-right'].flatMap(name => {
            const found = document.querySelector(name);
            if (!found) return [];
            const {left, right, top, bottom} = found.getBoundingClientRect();
            return [[name, left, right, top, bottom]];
        })""")
    for index, (name, left, right, top, bottom) in enumerate(parts):
        for other, a, b, c, d in parts[index + 1 :]:
            apart = right <= a + 1 or b <= left + 1 or bottom <= c + 1 or d <= top + 1
            assert apart, (name, other)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("at", ["", "lending", SHEET])
def test_axe_finds_nothing_wrong_with_any_board(alone: Alone, at: str, theme: str) -> None:
    alone.open(at, "dark" if theme == "dark" else "light")
    alone.page.locator(".react-flow__node").first.wait_for()
    alone.page.locator(".react-flow__node").first.click()
    alone.page.get_by_role("button", name="Problems").click()
    alone.page.locator(".ddd-problem").first.wait_for()
    assert alone.axe() == []


def test_of_a_thousand_nodes_only_those_in_view_are_in_the_page(alone: Alone) -> None:
    alone.open("lending/large", nodes=1000)
    alone.card("n0").wait_for()
    assert alone.page.locator(".react-flow__node").count() < 100
    assert alone.page.evaluate("document.querySelectorAll('.ddd-root *').length") < 3000
    alone.page.get_by_role("button", name="Fit").click()
    expect(alone.page.locator(".react-flow__node")).to_have_count(1000)
    expect(alone.page.locator(".ddd-title")).to_have_count(0)


def test_a_patch_of_one_card_renders_no_other(alone: Alone) -> None:
    alone.open(SHEET)
    alone.card("check_input").wait_for()
    alone.page.evaluate("""() => {
        window.changed = new Set();
        new MutationObserver(all => all.forEach(one => {
            const node = (one.target.nodeType === 1 ? one.target : one.target.parentElement)
                .closest('.react-flow__node');
            if (node) window.changed.add(node.dataset.cardId);
        })).observe(document.querySelector('.react-flow__nodes'),
            {subtree: true, childList: true, characterData: true, attributes: true});
        window.model.patch({cards: {check_input: {title: 'Another title'}}});
    }""")
    expect(alone.card("check_input")).to_contain_text("Another title")
    assert alone.page.evaluate("[...window.changed]") == ["check_input"]
