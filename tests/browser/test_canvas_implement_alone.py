"""What the canvas itself does about code: what it tells the page, and its own dialogs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.alone import Alone

STALE = "lending/remind"
ROOT = "/home/ada/library"


def listen(alone: Alone, *, taken: bool) -> None:
    """Hear what the canvas tells the page, as a JupyterLab plugin does."""
    alone.page.evaluate(
        """taken => {
            window.heard = [];
            for (const name of ["ddd-lab:implement", "ddd-lab:panel"]) {
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


def test_every_way_to_implement_tells_the_page_which_flows(alone: Alone) -> None:
    alone.open(STALE)
    listen(alone, taken=True)
    button(alone, "Implement").click()
    button(alone, "Update code").click()
    wish = {"root": ROOT, "flows": [STALE], "kind": "implement"}
    assert heard(alone, 2) == [["ddd-lab:implement", wish]] * 2

    alone.page.keyboard.press("Backspace")
    button(alone, "2 of 11 tests failed").click()
    assert heard(alone, 3)[-1][1] == {"root": ROOT, "flows": [STALE], "kind": "fix"}

    alone.card("flow:return-book").click(button="right", position={"x": 60, "y": 12})
    alone.page.get_by_role("menuitem", name="Implement…").click()
    assert heard(alone, 4)[-1][1]["flows"] == ["lending/return-book"]
    alone.card("flow:borrow-book").click(modifiers=["Shift"], position={"x": 60, "y": 12})
    alone.page.keyboard.press("Shift+F10")
    alone.page.get_by_role("menuitem", name="Implement 2 flows…").press("Enter")
    assert sorted(heard(alone, 5)[-1][1]["flows"]) == ["lending/borrow-book", "lending/return-book"]
    expect(alone.page.get_by_role("dialog")).to_have_count(0)


def test_the_panel_is_toggled_by_a_key_and_told_of_where_there_is_none(alone: Alone) -> None:
    alone.open(STALE)
    listen(alone, taken=False)
    alone.card("trigger").focus()
    alone.page.keyboard.press("ControlOrMeta+i")
    assert heard(alone, 1) == [["ddd-lab:panel", {"root": ROOT}]]
    expect(alone.page.get_by_text("There is no implementation panel here")).to_be_visible()


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
            { board: { standing: { ...window.model.board.standing, more: 3 } } },
            board => { board.standing = { ...board.standing, more: 3 }; },
        )"""
    )
    expect(banner).to_contain_text("and 3 more")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_a_panel_the_prompt_is_read_edited_and_run_here(alone: Alone, theme: Any) -> None:
    alone.open(STALE, theme)
    button(alone, "Implement").press("Enter")
    own = dialog(alone, f"Implement {STALE}")
    prompt = own.get_by_label("Prompt")
    expect(prompt).to_have_value(re.compile("^# Update lending/remind"))
    expect(prompt).to_be_focused()
    expect(own.get_by_text("It names 3 files")).to_be_visible()
    expect(own.get_by_text("claude --settings … --session-id … --")).to_be_visible()
    expect(own.get_by_text("It asks you before it changes files")).to_be_visible()
    assert alone.axe() == []
    prompt.fill("refuse this")
    expect(own.get_by_text("About 3 tokens")).to_be_visible()
    own.get_by_role("button", name="Run", exact=True).click()
    expect(own.get_by_role("alert")).to_contain_text("In a shell: ddd-lab implement lending/remind")
    assert prompt.input_value() == "refuse this", "what was written is not lost"
    prompt.fill("Do it in `one` go; $(nothing) else")
    own.get_by_role("button", name="Run", exact=True).click()
    expect(own.get_by_role("status")).to_contain_text("Claude Code waits for you in the terminal")
    expect(own.get_by_text("remind_a1b2_20260102030405")).to_be_visible()
    expect(own.get_by_role("button", name="Stop")).to_be_focused()
    assert alone.sent("implement")[-1] == {
        "flows": [STALE],
        "kind": "implement",
        "text": "Do it in `one` go; $(nothing) else",
    }
    assert alone.axe() == []
    own.get_by_role("button", name="Stop").press("Enter")
    expect(own.get_by_role("status")).to_contain_text("It was stopped.")
    expect(own.get_by_role("button", name="Stop")).to_have_count(0)
    assert alone.sent("stop") == [{"id": "20260102-030405-remind-a1b2"}]
    looks = len(alone.sent("run"))
    alone.page.wait_for_timeout(1500)
    assert len(alone.sent("run")) == looks, "nothing comes of it any more"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_project_is_trusted_by_one_click_before_anything_of_it_runs(
    alone: Alone, theme: Any
) -> None:
    alone.open(STALE, theme)
    alone.page.evaluate("window.model.trusted = false")
    button(alone, "Implement").press("Enter")
    draft = dialog(alone, f"Implement {STALE}")
    draft.get_by_label("Prompt").fill("Do it my way")
    draft.get_by_role("button", name="Run", exact=True).click()

    asked = dialog(alone, "Trust this project?")
    expect(asked.get_by_role("region", name="Folder")).to_contain_text(ROOT)
    expect(asked.get_by_role("region", name="What runs")).to_contain_text("pytest --tb=short -q")
    expect(asked.get_by_role("region", name="With these settings")).to_contain_text("opus")
    expect(asked.get_by_role("button", name="Cancel")).to_be_focused()
    assert alone.axe() == []
    alone.page.keyboard.press("Enter")
    expect(draft.get_by_label("Prompt")).to_have_value("Do it my way")
    assert alone.sent("trust") == []

    draft.get_by_role("button", name="Run", exact=True).click()
    expect(asked.get_by_role("button", name="Cancel")).to_be_focused()
    alone.page.keyboard.press("Tab")
    expect(asked.get_by_role("button", name="Trust and run")).to_be_focused()
    alone.page.keyboard.press("Tab")
    expect(asked.get_by_role("button", name="Close")).to_be_focused()
    asked.get_by_role("button", name="Trust and run").click()
    expect(alone.page.get_by_role("dialog").get_by_role("status")).to_contain_text("waits for you")
    assert alone.sent("trust") == [{"fingerprint": "5eal"}]
    assert alone.sent("implement")[-1]["text"] == "Do it my way"


def test_an_edited_prompt_outlives_its_dialog(alone: Alone) -> None:
    alone.open(STALE)
    button(alone, "Implement").press("Enter")
    own = dialog(alone, f"Implement {STALE}")
    prompt = own.get_by_label("Prompt")
    expect(prompt).to_be_focused()
    prompt.fill("Do it another way")
    alone.page.keyboard.press("Escape")
    expect(own).to_be_focused()
    alone.page.keyboard.press("Tab")
    expect(own.get_by_role("button", name="Close")).to_be_focused()
    alone.page.keyboard.press("Escape")
    expect(own).to_have_count(0)
    expect(button(alone, "Implement")).to_be_focused()

    button(alone, "Implement").press("Enter")
    expect(prompt).to_have_value("Do it another way")
    own.get_by_role("button", name="Undo my changes").click()
    expect(prompt).to_have_value(re.compile("^# Update lending/remind"))
    own.get_by_role("button", name="Cancel").click()
    button(alone, "Implement").press("Enter")
    expect(prompt).to_have_value(re.compile("^# Update lending/remind"))


def test_files_are_confirmed_only_of_a_run_that_is_done(alone: Alone) -> None:
    alone.open(STALE)
    button(alone, "Implement").press("Enter")
    own = dialog(alone, f"Implement {STALE}")
    own.get_by_role("button", name="Run", exact=True).click()
    expect(own.get_by_role("status")).to_contain_text("waits for you")
    expect(own.get_by_text("confirm()")).to_have_count(0)
    alone.page.evaluate("window.model.running = { state: 'done', why: 'the turn has ended' }")
    command = 'project.run("20260102-030405-remind-a1b2").confirm()'
    expect(own.get_by_text(command)).to_be_visible()
    expect(own.get_by_role("button", name="Stop")).to_have_count(0)


def test_a_run_that_goes_on_is_shown_instead_of_another_prompt(alone: Alone) -> None:
    alone.open(STALE)
    alone.page.evaluate("window.model.running = { state: 'running', why: 'it is at work' }")
    button(alone, "Implement").press("Enter")
    own = dialog(alone, f"Implement {STALE}")
    expect(own.get_by_role("status")).to_contain_text("It is at work.")
    expect(own.get_by_role("button", name="Stop")).to_be_focused()
    expect(own.get_by_label("Prompt")).to_have_count(0)


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
