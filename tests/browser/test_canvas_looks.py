"""How boards look: whole words, free heads of arrows, lines that can be seen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import BareCanvas, bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.test_canvas_frames import FERNHILL, bottom
from tests.browser.viewport import resize, settle

BOARDS = {
    "": ("System Map",),
    "helpdesk": ("System Map", "helpdesk"),
    "helpdesk/ask-a-librarian": ("System Map", "helpdesk", "Ask a librarian"),
    "vans/plan-van-round": ("System Map", "vans", "Plan the van round"),
}
LONG_LABEL = "Pass on to the reading guide"
CUT = "an event's name is cut"
AROUND = 24
"""What the page shows beside the canvas, in pixels."""

# What is wrong with a board as it is drawn, in words.
FAULTS = """
root => {
  const viewport = root.querySelector(".react-flow__viewport");
  const zoom = new DOMMatrix(getComputedStyle(viewport).transform).a;
  const all = name => [...root.querySelectorAll(name)].filter(one => one.checkVisibility());
  const box = one => one.getBoundingClientRect();
  const meet = (a, b, by = 1) => a.right > b.left + by && b.right > a.left + by
    && a.bottom > b.top + by && b.bottom > a.top + by;
  const faults = [];
  const look = (name, wrong, says) => {
    for (const one of all(name)) if (wrong(one)) faults.push(`${says}: ${one.textContent}`);
  };
  const shown = one => box(one).height > 0;
  look(".ddd-port-label", one => shown(one) && one.scrollWidth > one.clientWidth + 1
    && one.clientWidth * zoom < 28, "cut to a letter or two");
  look(".ddd-port-label", one => shown(one) && one.closest(".ddd-drawing").dataset.detail === "all"
    && all(".react-flow__edge .ddd-link").some(line => {
      const [from] = [line.getPointAtLength(0)];
      const at = new DOMPoint(from.x, from.y).matrixTransform(line.getScreenCTM());
      return at.x < box(one).right && at.x > box(one).left - 20
        && at.y > box(one).top && at.y < box(one).bottom - 0.5;
    }), "a label on the line of its port");
  look(".ddd-link-label", one => all(".ddd-arrow").some(head => meet(box(one), box(head), 2)),
    "a label on an arrow head");
  look(".ddd-link-label span", one => one.scrollWidth > one.clientWidth + 1,
    "an event's name is cut");
  look(".ddd-boundary-head", one => all(".ddd-card").some(card => meet(box(one), box(card))),
    "a frame's title on a card");
  const frames = all(".ddd-boundary[data-kind=team]").map(box);
  look(".ddd-boundary-foot:not([data-unseen]) > li", one => frames.some(frame =>
    meet(box(one), frame) && box(one).bottom > frame.bottom - 2 * zoom)
    || one.scrollHeight > one.clientHeight + 1, "a chip cut by its frame");
  look(".ddd-card[data-tall] .ddd-summary, .ddd-title", one =>
    one.closest("[data-detail=all]") && one.scrollHeight > one.clientHeight + 2
    && getComputedStyle(one).webkitLineClamp === "none", "words cut at their lower edge");
  look(".ddd-title", one => box(one).width < 18, "a title cut to a letter");
  look(".ddd-shape", one => {
    const wide = parseFloat(getComputedStyle(one).borderTopWidth) * zoom;
    return one.closest("[data-shape=decision]") ? false : wide < 0.8;
  }, "a border too thin");
  look(".ddd-link", one => parseFloat(getComputedStyle(one).strokeWidth) * zoom < 1.24,
    "a line too thin");
  const strip = root.querySelector(".ddd-beyond:not(:empty)");
  if (strip) {
    const { left, top, height } = box(strip);
    for (const card of all(".ddd-card").map(box)) {
      const x = Math.max(left + 1, card.left + 2);
      const under = card.top < top && card.bottom > top && x < box(strip).right;
      const seen = document.elementFromPoint(x, top + height / 2);
      if (under && !seen.closest(".react-flow__panel")) faults.push("a card under the strip");
    }
  }
  return faults;
}
"""


@pytest.fixture(scope="module")
def library(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareCanvas]:
    root = Path(shutil.copytree(FERNHILL, tmp_path_factory.mktemp("looks") / "fernhill"))
    with bare_canvas(browser, root, "", height=560) as canvas:
        yield canvas


def faults(canvas: CanvasPage) -> list[str]:
    found: list[str] = canvas.root.evaluate(FAULTS)
    return found


@pytest.mark.parametrize("width", [640, 833, 1053, 1500])
def test_boards_can_be_read_near_and_from_afar(library: BareCanvas, width: int) -> None:
    resize(library.page, width + AROUND, 640)
    for at, titles in BOARDS.items():
        library.show(f"project.canvas({at!r}, height=560)")
        library.expect_place(*titles)
        expect(library.root.locator(".react-flow__node").first).to_be_visible()
        settle(library.page)
        assert faults(library) == [], at
        library.press("f")
        settle(library.page)
        # Between the cards of a whole board there may be no room for a name.
        assert [one for one in faults(library) if CUT not in one] == [], f"{at} as a whole"


def test_what_is_seen_from_afar_has_the_contrast_that_it_needs(library: BareCanvas) -> None:
    resize(library.page, 640 + AROUND, 640)
    library.show("project.canvas('helpdesk/ask-a-librarian', height=560)")
    library.press("f")
    expect(library.root.locator(".ddd-drawing")).to_have_attribute("data-detail", "far")
    assert library.axe_in_themes() == []


def test_labels_without_room_from_afar_show_while_their_card_is_selected(
    library: BareCanvas,
) -> None:
    resize(library.page, 640 + AROUND, 640)
    library.show("project.canvas('helpdesk/ask-a-librarian', height=560)")
    library.press("f")
    router = library.card("find_expert")
    about = router.locator(".ddd-port-label", has_text="about_the_card")
    expect(about).to_have_css("max-height", "0px")
    router.click()
    expect(about).not_to_have_css("max-height", "0px")
    assert about.evaluate("one => one.scrollWidth <= one.clientWidth")
    labels = [one.bounding_box() for one in router.locator(".ddd-port-label").all()]
    tops = [box["y"] for box in labels if box]
    assert tops == sorted(set(tops)), "each stands on a row of its own"


WORDS_APART = """
card => {
  const rows = [".ddd-title", ".ddd-summary", ".ddd-row"].map(name => card.querySelector(name));
  const spans = rows.map(row => (row.querySelector("span") ?? row).getBoundingClientRect());
  return spans.slice(1).every((span, at) => span.top >= spans[at].bottom - 1);
}
"""


def test_long_words_cover_nothing_in_a_card_and_in_the_bar(library: BareCanvas) -> None:
    resize(library.page, 640 + AROUND, 900)
    library.show("project.canvas('helpdesk/ask-a-librarian', height=820)")
    library.lab.kernel_eval(
        "project.flows['helpdesk/ask-a-librarian']"
        f".nodes['pass_to_reading_guide'].label = {LONG_LABEL!r}"
    )
    card = library.card("pass_to_reading_guide")
    expect(card).to_contain_text(LONG_LABEL)
    assert card.evaluate(WORDS_APART)

    expect(library.button("Changes")).to_be_visible()
    crumbs = library.root.locator("nav .ddd-ellipsis").all()
    assert all(crumb.evaluate("one => one.scrollWidth <= one.clientWidth") for crumb in crumbs)
    library.lab.kernel_eval("project.undo()")


def test_a_found_text_is_one_line_beside_its_icon(library: BareCanvas) -> None:
    resize(library.page, 640 + AROUND, 640)
    library.press("Control+k")
    library.page.keyboard.type("librarian")
    found = library.page.get_by_role("option").filter(has=library.page.locator("mark"))
    expect(found.first).to_be_visible()
    for option in found.all()[:5]:
        icon, words = (option.locator("> span").nth(at).bounding_box() for at in (0, 1))
        assert icon is not None
        assert words is not None
        assert words["x"] - icon["x"] < 40
        mark = option.locator("mark").bounding_box()
        assert mark is not None
        assert words["height"] < 20 or mark["x"] > words["x"]
    library.page.keyboard.press("Escape")


WHOLE_LINES = """
text => {
  const { lineHeight, paddingTop } = getComputedStyle(text);
  const lines = (text.clientHeight - parseFloat(paddingTop)) / parseFloat(lineHeight);
  return lines > 0.9 && Math.abs(lines - Math.round(lines)) < 0.1;
}
"""


def test_notes_and_dialogs_without_room_cut_no_line_and_no_button(library: BareCanvas) -> None:
    resize(library.page, 1053 + AROUND, 640)
    library.show("project.canvas('lending/borrow-item', height=560)")
    library.press("n")
    library.page.keyboard.type("Ask the branch whether twenty is right. " * 9)
    library.page.keyboard.press("Escape")
    text = library.root.locator(".ddd-paper-text")
    assert text.evaluate(WHOLE_LINES)
    library.press("f")
    settle(library.page)
    assert text.evaluate(WHOLE_LINES)

    library.press("?")
    close = library.root.get_by_role("dialog").get_by_role("button", name="Close").last
    expect(close).to_be_in_viewport(ratio=1)
    assert bottom(close) <= bottom(library.root.get_by_role("dialog")) - 8
    library.page.keyboard.press("Escape")
    library.lab.kernel_eval("project.undo()")


OVER = """
plus => {
  // Labels let the pointer through; what is seen there is asked of the browser without that.
  const labels = [...document.querySelectorAll(".ddd-port-label")];
  labels.forEach(label => { label.style.pointerEvents = "auto"; });
  const { left, top, width, height } = plus.getBoundingClientRect();
  const seen = [0.2, 0.5, 0.8].flatMap(x => [0.3, 0.5, 0.7].map(y =>
    document.elementFromPoint(left + width * x, top + height * y)));
  labels.forEach(label => { label.style.pointerEvents = ""; });
  return seen.every(one => plus.contains(one));
}
"""


def test_the_button_of_a_line_lies_over_the_labels_beside_it(library: BareCanvas) -> None:
    resize(library.page, 1053 + AROUND, 640)
    library.show("project.canvas('lending/borrow-item', height=560)")
    library.card("check_scan").click()
    line = library.root.locator(".react-flow__edge[data-id*=check_scan] .ddd-link-grip").first
    line.hover(force=True)
    plus = library.button("Insert a card")
    expect(plus).to_be_visible()
    assert plus.evaluate(OVER)
