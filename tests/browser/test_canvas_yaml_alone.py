"""Lines of YAML in the spec panel: nothing that was typed is lost."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.alone import Alone

BORROW = "lending/borrow-book"


def lines_of(alone: Alone, id: str) -> Locator:
    """The text field with the lines of a node."""
    alone.page.get_by_role("button", name="Fit").click()
    alone.card(id).click()
    alone.page.get_by_role("tab", name="YAML").click()
    text = alone.page.get_by_role("textbox", name=f"YAML of {id}")
    expect(text).to_have_value(re.compile("id: "))
    return text


def select(text: Locator, start: int, end: int) -> None:
    text.evaluate("(area, [start, end]) => area.setSelectionRange(start, end)", [start, end])


def test_tab_indents_the_lines_that_are_selected_and_can_be_undone(alone: Alone) -> None:
    alone.open(BORROW)
    text = lines_of(alone, "store_loan")
    text.fill("a: 1\nb: 2\n\nc: 3\nd: 4")
    select(text, 6, 13)
    text.press("Tab")
    expect(text).to_have_value("a: 1\n  b: 2\n\n  c: 3\nd: 4")
    text.press("Tab")
    expect(text).to_have_value("a: 1\n    b: 2\n\n    c: 3\nd: 4")
    text.press("ControlOrMeta+z")
    text.press("ControlOrMeta+z")
    expect(text).to_have_value("a: 1\nb: 2\n\nc: 3\nd: 4")
    text.press("End")
    select(text, 4, 4)
    text.press("Tab")
    expect(text).to_have_value("a: 1  \nb: 2\n\nc: 3\nd: 4")


def test_what_is_typed_while_lines_are_applied_stays(alone: Alone) -> None:
    alone.open(BORROW)
    text = lines_of(alone, "store_loan")
    alone.page.evaluate("window.model.delay = 400")
    text.fill("id: store_loan\n")
    text.press("ControlOrMeta+Enter")
    text.press_sequentially("label: Mine")
    alone.page.wait_for_function("window.model.sent.some(one => one.op === 'set_node_yaml')")
    expect(alone.page.get_by_text("The lines are applied.")).to_have_count(1)
    alone.page.evaluate("window.model.delay = 5")
    expect(text).to_have_value("id: store_loan\nlabel: Mine")
    expect(alone.page.get_by_role("button", name="Apply")).to_be_enabled()


def test_saving_tells_of_lines_that_nobody_has_applied(alone: Alone) -> None:
    alone.open(BORROW)
    text = lines_of(alone, "store_loan")
    text.fill("id: store_loan\nlabel: Mine\n")
    text.press("ControlOrMeta+s")
    said = "Saved without the lines that you edited in the YAML of store_loan"
    expect(alone.page.get_by_text(said)).to_be_visible()
    expect(text).to_have_value("id: store_loan\nlabel: Mine\n")
    assert alone.sent("set_node_yaml") == []


def test_keys_of_the_sheet_do_nothing_on_buttons_of_the_panels(alone: Alone) -> None:
    alone.open(BORROW)
    alone.page.get_by_role("button", name="Fit").click()
    alone.card("store_loan").click()
    panel = alone.page.get_by_role("region", name="Spec panel")
    for key in ("Delete", "Backspace", "c", "n", "f"):
        panel.get_by_role("button", name=re.compile("^Remove ")).first.press(key)
    panel.get_by_role("button", name="Connect").press("Delete")
    expect(alone.card("store_loan")).to_be_visible()
    expect(alone.page.get_by_role("dialog")).to_have_count(0)
    for op in ("remove", "up", "add_note"):
        assert alone.sent(op) == []
    alone.card("store_loan").press("Delete")
    expect(alone.card("store_loan")).to_have_count(0)
    last = "window.model.sent.findLast(one => one.op === 'remove').at"
    assert alone.page.evaluate(last) == BORROW, "it says which board it was meant for"
