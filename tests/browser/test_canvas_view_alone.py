"""How the canvas fits its board and its tools to the room that it has, on made-up boards."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.alone import Alone
from tests.browser.viewport import resize

WIDTHS = (640, 833, 1053, 1400)
BOARDS = ("", "lending", "lending/borrow-book", "notices/answer")
AROUND = 24
"""What the page shows beside the canvas, in pixels."""

NO_CHANGE: dict[str, Any] = {"cards": {}, "links": {}, "gone_cards": [], "gone_links": []}

# Every printed text of the widget with its size on the screen, in pixels.
SIZES = """
root => {
  const zoomed = root.querySelector(".react-flow__viewport");
  const zoom = new DOMMatrix(getComputedStyle(zoomed).transform).a;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const sizes = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const printed = node.textContent.trim() && element.checkVisibility();
    if (!printed || element.closest(".ddd-sr")) continue;
    let size = parseFloat(getComputedStyle(element).fontSize);
    size *= zoomed.contains(element) ? zoom : 1;
    for (let at = element; at !== root; at = at.parentElement) {
      const { scale } = getComputedStyle(at);
      size *= scale === "none" ? 1 : Number(scale);
    }
    sizes.push([Math.round(size * 10) / 10, element.className, node.textContent]);
  }
  return sizes;
}
"""


def texts(alone: Alone) -> list[tuple[float, str, str]]:
    sizes: list[Any] = alone.page.locator(".ddd-root").evaluate(SIZES)
    return [(size, style, text) for size, style, text in sizes]


def show_at(alone: Alone, width: int) -> None:
    resize(alone.page, width + AROUND, 700)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board or "system")
def test_a_board_opens_with_texts_that_can_be_read(alone: Alone, board: str, width: int) -> None:
    show_at(alone, width)
    alone.open(board)
    expect(alone.page.locator(".react-flow__node").first).to_be_visible()

    sizes = texts(alone)
    assert [text for text in sizes if text[0] < 11] == []
    assert [text for text in sizes if "ddd-title" in text[1] and text[0] < 12] == []


def test_zooming_in_makes_no_title_smaller(alone: Alone) -> None:
    alone.open("lending/borrow-book")
    for _ in range(6):
        alone.page.get_by_role("button", name="Zoom out").click()
    sizes = []
    for _ in range(9):
        sizes.append(min(size for size, style, _ in texts(alone) if "ddd-title" in style))
        alone.page.get_by_role("button", name="Zoom in").click()

    assert sizes == sorted(sizes)
    assert sizes[0] >= 12


def test_from_afar_marks_of_problems_cover_no_title(alone: Alone) -> None:
    alone.open("lending/borrow-book")
    for _ in range(6):
        alone.page.get_by_role("button", name="Zoom out").click()
    marked = alone.page.locator(".ddd-card:has(> .ddd-card-mark)")
    expect(marked.first).to_be_visible()
    gaps = marked.evaluate_all(
        "cards => cards.map(card =>"
        " card.querySelector('.ddd-title').getBoundingClientRect().top"
        " - card.querySelector('.ddd-card-mark > .ddd-mark').getBoundingClientRect().bottom)"
    )
    assert min(gaps) >= 0


@pytest.mark.parametrize("width", WIDTHS)
def test_the_toolbar_is_one_row_and_cuts_no_breadcrumb(alone: Alone, width: int) -> None:
    show_at(alone, width)
    alone.open("lending/borrow-book")
    bar = alone.page.locator(".ddd-toolbar")
    expect(bar.get_by_text("Borrow a book")).to_be_visible()

    box = bar.bounding_box()
    assert box is not None
    assert box["height"] < 40
    assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth")
    crumbs = bar.locator("nav .ddd-ellipsis").all()
    assert all(crumb.evaluate("one => one.scrollWidth <= one.clientWidth") for crumb in crumbs)


def test_tools_without_room_are_in_a_menu(alone: Alone) -> None:
    show_at(alone, 640)
    alone.open("lending/borrow-book")
    expect(alone.page.get_by_role("button", name="Keys")).to_have_count(0)

    alone.page.get_by_role("button", name="More tools").click()
    alone.page.get_by_role("menuitem", name="Keys").click()
    expect(alone.page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_the_toolbar_is_one_stop_of_the_tab_key(alone: Alone) -> None:
    alone.open("lending/borrow-book")
    tools = alone.page.get_by_role("toolbar", name="Actions")
    expect(tools.locator("button[tabindex='0']")).to_have_count(1)

    tools.get_by_role("button", name="Add node").focus()
    alone.page.keyboard.press("ArrowRight")
    expect(tools.get_by_role("button", name="Design")).to_be_focused()
    expect(tools.locator("button[tabindex='0']")).to_have_count(1)


def test_the_board_stays_in_view_until_somebody_moves_the_view(alone: Alone) -> None:
    show_at(alone, 1400)
    alone.open("")
    beyond = alone.page.locator(".ddd-beyond button")
    expect(alone.card("notices")).to_be_visible()

    show_at(alone, 700)
    expect(beyond).to_have_count(0)
    before = alone.card("catalogue").bounding_box()

    alone.page.mouse.move(20, 600)
    alone.page.mouse.down()
    alone.page.mouse.move(120, 640, steps=4)
    alone.page.mouse.up()
    moved = alone.card("catalogue").bounding_box()
    assert before is not None
    assert moved is not None
    assert moved["x"] - before["x"] == pytest.approx(100, abs=2)

    show_at(alone, 1400)
    expect(alone.page.locator(".ddd-root")).to_have_css("width", "1400px")
    after = alone.card("catalogue").bounding_box()
    assert after is not None
    assert after["x"] == pytest.approx(moved["x"], abs=2)


def test_the_lower_edge_changes_the_height(alone: Alone) -> None:
    alone.open("")
    root = alone.page.locator(".ddd-root")
    expect(root).to_have_css("height", "640px")

    alone.page.get_by_role("separator", name="Height of the canvas").focus()
    alone.page.keyboard.press("ArrowUp")
    expect(root).to_have_css("height", "600px")


def test_full_screen_gives_the_canvas_the_whole_window_and_back(alone: Alone) -> None:
    alone.open("")
    alone.card("lending").focus()
    alone.page.keyboard.press("Shift+F")
    alone.page.wait_for_function("document.fullscreenElement?.className === 'ddd-root'")

    alone.page.keyboard.press("Shift+F")
    alone.page.wait_for_function("document.fullscreenElement === null")


def test_a_sheet_can_be_laid_out_in_a_direction(alone: Alone) -> None:
    alone.open("lending/borrow-book")
    alone.page.get_by_role("button", name="Arrange").click()
    expect(alone.page.get_by_role("menuitemradio", name="Direction: automatic")).to_be_checked()
    alone.page.get_by_role("menuitemradio", name="In rows, like text").click()
    alone.page.wait_for_function("window.model.sent.some(one => one.op === 'direction')")

    assert alone.sent("direction") == [{"style": "wrapped"}]


def test_cards_that_are_shown_apart_can_be_tidied(alone: Alone) -> None:
    alone.open("lending/borrow-book")
    expect(alone.card("trigger")).to_be_visible()
    alone.push({"patch": {**NO_CHANGE, "since": 1, "rev": 2, "board": {"apart": True}}})
    banner = alone.page.get_by_role("note").filter(has_text="shown apart")
    banner.get_by_role("button", name="Tidy").click()
    alone.page.wait_for_function("window.model.sent.some(one => one.op === 'tidy')")

    assert alone.sent("tidy") == [{}]


@pytest.mark.parametrize(("width", "room"), [(640, 640), (833, 833), (1053, 733)])
def test_python_learns_the_room_of_a_sheet_before_it_shows_it(
    alone: Alone, width: int, room: int
) -> None:
    show_at(alone, width)
    alone.open("lending")
    assert alone.sent("hello")[0]["size"]["width"] == width

    alone.card("flow:borrow-book").dblclick()
    expect(alone.card("trigger")).to_be_visible()
    assert alone.sent("resized") == [{"width": room, "height": 604}]
    shown = alone.page.locator(".ddd-frame").evaluate("frame => frame.clientWidth")
    assert shown == pytest.approx(room, abs=2)  # lines around it


OVERLAPS = """
() => {
  const all = name => [...document.querySelectorAll(name)].map(
    one => [one.textContent, one.getBoundingClientRect()]);
  const labels = all(".ddd-link-label");
  const others = [...labels, ...all(".ddd-card"), ...all(".ddd-card > .ddd-mark")];
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1
    || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  return labels.flatMap(([text, box]) => others
    .filter(([, other]) => other !== box && !apart(box, other))
    .map(([other]) => `${text} over ${other}`));
}
"""


@pytest.mark.parametrize("board", ["", "lending"], ids=["system", "domain"])
def test_names_of_events_cover_nothing_from_however_far(alone: Alone, board: str) -> None:
    alone.open(board)
    expect(alone.page.locator(".ddd-link-label").first).to_be_visible()
    for _ in range(5):
        alone.page.get_by_role("button", name="Zoom out").click()
        assert alone.page.evaluate(OVERLAPS) == []


def test_a_board_that_fits_shows_its_outcomes_whole(alone: Alone) -> None:
    show_at(alone, 640)
    alone.open("lending/borrow-book")
    alone.page.get_by_role("region", name="DDD Lab canvas").press("f")
    frame = alone.page.locator(".ddd-frame").bounding_box()
    assert frame is not None
    for label in alone.page.locator(".ddd-port-label").all():
        box = label.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]


def test_cards_of_a_large_board_keep_titles_of_the_same_size(alone: Alone) -> None:
    alone.open("lending/large")
    alone.page.get_by_role("button", name="Zoom out").click(click_count=5)
    title = alone.page.locator(".ddd-plain-title").first
    expect(title).to_be_visible()
    assert {size for size, style, _ in texts(alone) if "title" in style and size < 12} == set()
