"""What the canvas itself does about code: what it tells the page, and its own dialog."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.alone import Alone

STALE = "lending/remind"
ROOT = "/home/ada/library"
IMPLEMENT = f"ddd-lab implement --project {ROOT} {STALE}"


def listen(alone: Alone, *, taken: bool) -> None:
    """Hear what the canvas tells the page, as a JupyterLab plugin does."""
    alone.page.evaluate(
        """taken => {
            window.heard = [];
            for (const name of ["ddd-lab:implement", "ddd-lab:drift", "ddd-lab:panel"]) {
                document.addEventListener(name, event => {
                    window.heard.push([name, event.detail]);
                    if (taken) event.preventDefault();
                });
            }
        }""",
        taken,
    )


def heard(alone: Alone, count: int) -> list[Any]:
    alone.page.wait_for_function("count => window.heard.length >= count", arg=count)
    found: list[Any] = alone.page.evaluate("window.heard")
    return found


def dialog(alone: Alone, name: str) -> Locator:
    return alone.page.get_by_role("dialog", name=name)


def button(alone: Alone, name: str) -> Locator:
    return alone.page.get_by_role("button", name=name, exact=True)


def test_every_way_to_the_panel_tells_the_page_which_flows(alone: Alone) -> None:
    alone.open(STALE)
    listen(alone, taken=True)
    button(alone, "Implement").click()
    button(alone, "Update code").click()
    button(alone, "View diff").click()
    wish = {"root": ROOT, "flows": [STALE], "kind": "implement"}
    drift = ["ddd-lab:drift", {"root": ROOT, "flow": STALE}]
    assert heard(alone, 3) == [*[["ddd-lab:implement", wish]] * 2, drift]

    alone.page.keyboard.press("Backspace")
    button(alone, "2 of 11 tests failed").click()
    assert heard(alone, 4)[-1][1] == {"root": ROOT, "flows": [STALE], "kind": "fix"}

    alone.card("flow:return-book").click(button="right", position={"x": 60, "y": 12})
    alone.page.get_by_role("menuitem", name="Implement…").click()
    assert heard(alone, 5)[-1][1]["flows"] == ["lending/return-book"]
    alone.card("flow:borrow-book").click(modifiers=["Shift"], position={"x": 60, "y": 12})
    alone.page.keyboard.press("Shift+F10")
    alone.page.get_by_role("menuitem", name="Implement 2 flows…").press("Enter")
    assert sorted(heard(alone, 6)[-1][1]["flows"]) == ["lending/borrow-book", "lending/return-book"]
    expect(alone.page.get_by_role("dialog")).to_have_count(0)


def test_the_panel_is_toggled_by_a_key_and_told_of_where_there_is_none(alone: Alone) -> None:
    alone.open(STALE)
    listen(alone, taken=False)
    alone.card("trigger").focus()
    alone.page.keyboard.press("ControlOrMeta+i")
    assert heard(alone, 1) == [["ddd-lab:panel", {"root": ROOT}]]
    expect(alone.page.get_by_text("There is no Implementation panel here")).to_be_visible()


@pytest.mark.covers("T28.3")
def test_a_dismissed_banner_comes_back_when_something_else_moves(alone: Alone) -> None:
    alone.open(STALE)
    banner = alone.page.get_by_role("region", name="Stale code")
    expect(banner).to_contain_text("node refused: status 403 → 409")
    expect(banner).to_contain_text("and 2 more")
    banner.get_by_role("button", name="Dismiss").click()
    expect(banner).to_have_count(0)
    alone.page.evaluate(
        """() => window.model.patch(
            { board: { sync_status: { ...window.model.board.sync_status, more: 3 } } },
            board => { board.sync_status = { ...board.sync_status, more: 3 }; },
        )"""
    )
    expect(banner).to_contain_text("and 3 more")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_a_panel_what_changed_the_prompt_and_the_commands_are_shown(
    alone: Alone, theme: Any
) -> None:
    alone.open(STALE, theme)
    button(alone, "Implement").press("Enter")
    own = dialog(alone, f"Implement {STALE}")
    prompt = own.get_by_label("Prompt")
    expect(prompt).to_have_value(re.compile("^# Update lending/remind"))
    expect(own.get_by_text("The prompt names 3 files")).to_be_visible()
    drift = own.get_by_role("region", name=f"What has changed in {STALE}")
    expect(drift).to_contain_text("Both the spec and its code have changed")
    lines = drift.get_by_role("region", name="The spec then and now").get_by_role("code")
    expect(lines.filter(has_text="status:")).to_have_text(
        ["-      status: 403", "+      status: 409"]
    )
    expect(drift).to_contain_text("src/domains/lending/remind.py changed")
    for command in (IMPLEMENT, f"ddd-lab accept --project {ROOT} --reason '' {STALE}"):
        expect(own.get_by_text(command)).to_be_visible()
    assert alone.axe() == []


def test_the_command_and_the_prompt_are_taken_to_a_terminal(alone: Alone) -> None:
    alone.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    alone.open(STALE)
    button(alone, "Implement").press("Enter")
    own = dialog(alone, f"Implement {STALE}")
    own.get_by_role("button", name="Copy command", exact=True).click()
    expect(own.get_by_role("button", name="Copied")).to_be_visible()
    assert alone.page.evaluate("navigator.clipboard.readText()") == IMPLEMENT
    own.get_by_role("button", name="Copy prompt").click()
    expect(own.get_by_role("button", name="Copied")).to_have_count(2)
    text = alone.page.evaluate("navigator.clipboard.readText()")
    assert text == own.get_by_label("Prompt").input_value()
    own.get_by_role("button", name="Close").last.press("Enter")
    expect(own).to_have_count(0)
    expect(button(alone, "Implement")).to_be_focused()


def test_without_a_panel_what_has_changed_is_looked_at_in_the_same_dialog(alone: Alone) -> None:
    alone.open(STALE)
    button(alone, "View diff").click()
    own = dialog(alone, f"Implement {STALE}")
    expect(own.get_by_role("region", name=f"What has changed in {STALE}")).to_be_visible()


def test_unsaved_changes_are_saved_first_or_nothing_is_run(alone: Alone) -> None:
    alone.open(STALE)
    listen(alone, taken=True)
    alone.card("check_input").focus()
    alone.page.keyboard.press("ArrowRight")
    expect(alone.page.get_by_text("Unsaved changes")).to_be_visible()
    button(alone, "Implement").click()
    first = dialog(alone, "Save first")
    expect(first).to_contain_text("specs/domains/lending/flows/borrow-book.yaml")
    first.get_by_role("button", name="Cancel").click()
    assert alone.sent("save") == []
    button(alone, "Implement").click()
    first.get_by_role("button", name="Save and go on").click()
    assert heard(alone, 1)[0][0] == "ddd-lab:implement"
    assert len(alone.sent("save")) == 1
    expect(first).to_have_count(0)
