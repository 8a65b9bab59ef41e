"""From JupyterLab's launcher to a committed design and back, by keys alone."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.canvas_page import CanvasPage
from tests.browser.lab import Lab
from tests.browser.timeouts import Timeouts, ms
from tests.browser.viewport import resize
from tests.git.repository import run_git

FLOW = "bookings/book-room"
FILE = f"specs/domains/{FLOW.replace('/', '/flows/')}.yaml"


def press(button: Locator) -> None:
    """Press a button with the keyboard."""
    expect(button).to_be_enabled()
    button.focus()
    button.press("Enter")


def test_a_design_is_begun_edited_committed_and_had_back_by_keys_alone(lab: Lab) -> None:
    page, keys = lab.page, lab.page.keyboard
    root = lab.root / "room-desk"
    lab.show_launcher()
    resize(page, 1500, 900)

    begin_from_the_launcher(lab)
    canvas = CanvasPage(lab, page.locator(".ddd-lab-document .ddd-root"))
    canvas.expect_place("System Map")
    commit_all(lab, "Begin the desk")
    lab.open_tab(root)
    relabel_a_step(canvas, "Ask who books")

    lab.set_theme("JupyterLab Dark")
    keys.press("ControlOrMeta+Shift+C")
    expect(page.locator("#modal-command-palette")).to_be_visible()
    keys.type("Open a notebook on this design")
    keys.press("Enter")
    expect(lab.cell(0)).to_contain_text("project = ddd.open", timeout=ms(Timeouts.LAB_LOADED))
    lab.cell(0).locator(".cm-content").focus()
    keys.press("Shift+Enter")
    lab.wait_for_kernel(f"{FLOW!r} in project.flows", "True")
    assert lab.kernel_eval("sorted(project.dirty)") == f"[{FILE!r}]"

    commit_flow(lab)
    assert run_git(root, "log", "--format=%s") == "Ask first\nBegin the desk"
    restore(lab, canvas)

    # Loading the page anew brings the tab and the notebook back.
    address = page.url.partition("?")[0]
    page.goto(address, timeout=ms(Timeouts.LAB_LOADED))
    expect(page.locator(".lm-TabBar-tab[data-type='ddd-lab-design']")).to_have_count(1)
    expect(page.locator(".jp-NotebookPanel")).to_have_count(1)
    lab.open_tab(root, FLOW)
    expect(canvas.root.get_by_text("Ask who books").first).to_be_visible()
    assert canvas.axe() == []
    # The notebook's connection may hear the last words to the page before, and says so.
    assert [error for error in lab.errors if not error.startswith("Comm not found")] == []


def begin_from_the_launcher(lab: Lab) -> None:
    """Choose a card of the launcher, and fill in the dialog."""
    keys = lab.page.keyboard
    card = lab.page.locator(".jp-LauncherCard:visible", has_text="New Design").first
    card.focus()
    card.press("Enter")
    dialog = lab.page.get_by_role("dialog", name="New Design")
    expect(dialog.get_by_label("Name")).to_be_focused()
    keys.type("Room desk")
    keys.press("Tab")
    keys.press("ControlOrMeta+A")
    keys.type("room-desk")  # below the server's folder, wherever the file browser is
    expect(dialog.get_by_label("Folder")).to_have_attribute("aria-invalid", "false")
    dialog.get_by_role("radio", name="Empty design").focus()
    keys.press("ArrowDown")
    expect(dialog.get_by_role("radio", name="Web service")).to_be_checked()
    keys.press("Enter")
    expect(dialog).to_have_count(0)


def relabel_a_step(canvas: CanvasPage, label: str) -> None:
    """Find a step by its words, and give it another label."""
    keys = canvas.page.keyboard
    expect(canvas.root.locator(".react-flow__node").first).to_be_visible(
        timeout=ms(Timeouts.KERNEL)
    )
    canvas.press("ControlOrMeta+K")
    search = canvas.root.get_by_role("combobox")
    expect(search).to_be_focused()
    keys.type("Check the booking")
    expect(canvas.root.get_by_role("option").first).to_contain_text("Check the booking")
    keys.press("Enter")
    canvas.expect_place("System Map", "bookings", "Book a room")
    expect(canvas.card("check_booking")).to_be_focused()
    keys.press("F2")
    keys.press("ControlOrMeta+A")
    keys.type(label)
    keys.press("Enter")
    expect(canvas.card("check_booking")).to_contain_text(label)


def git_panel(lab: Lab) -> Locator:
    """The Git panel, shown by its key."""
    panel = lab.page.get_by_role("region", name="Git", exact=True)
    if not panel.is_visible():
        lab.page.keyboard.press("ControlOrMeta+Alt+G")
    return panel


def commit_all(lab: Lab, words: str) -> None:
    """Stage what is new, and commit it."""
    panel = git_panel(lab)
    press(panel.get_by_role("button", name=re.compile("^Stage all")))
    write_and_commit(lab, panel, ".", words)


def commit_flow(lab: Lab) -> None:
    """Save what the panel says is not saved, stage it and commit it."""
    panel = git_panel(lab)
    press(panel.get_by_role("button", name="Save", exact=True))
    press(panel.get_by_role("button", name=f"Stage {FLOW}", exact=True))
    write_and_commit(lab, panel, "Ask who books", "Ask first")


def write_and_commit(lab: Lab, panel: Locator, offered: str, words: str) -> None:
    """Put one's own message in the place of the one that is offered, and commit."""
    message = panel.get_by_role("textbox", name=re.compile("Message"))
    expect(message).to_have_value(re.compile(offered))
    message.focus()
    lab.page.keyboard.press("ControlOrMeta+A")
    lab.page.keyboard.type(words)
    press(panel.get_by_role("button", name=re.compile(r"^Commit \d+ file")))
    expect(panel).to_contain_text("Nothing differs from the last commit.")


def restore(lab: Lab, canvas: CanvasPage) -> None:
    """Have an older version of the flow back on the canvas, and undo that."""
    panel = lab.page.get_by_role("region", name="Git", exact=True)
    history = panel.get_by_role("region", name="History")
    panel.get_by_role("combobox", name="History of").select_option(FLOW)
    expect(history.locator("[data-commit]")).to_have_count(2)
    press(panel.get_by_role("button", name=re.compile("^Restore: Begin")))
    lab.open_tab(lab.root / "room-desk", FLOW)
    expect(canvas.card("check_booking")).to_contain_text("Check the booking")
    canvas.press("ControlOrMeta+Z")
    expect(canvas.card("check_booking")).to_contain_text("Ask who books")
