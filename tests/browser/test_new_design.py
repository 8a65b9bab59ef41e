"""A new design, begun in JupyterLab from a starter kit, with the keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

import ddd_lab as ddd
from tests.browser.lab import Lab, Theme
from tests.browser.viewport import resize

THEMES: tuple[Theme, ...] = ("JupyterLab Dark", "JupyterLab Light")


def dialog_in(lab: Lab, **arguments: str) -> Locator:
    """The dialog, once it can be filled in."""
    lab.start_command("ddd-lab:new-design", arguments)
    dialog = lab.page.get_by_role("dialog", name="New Design")
    expect(dialog.get_by_label("Name")).to_be_focused()
    return dialog


def test_a_kit_becomes_a_design_in_a_tab(lab: Lab) -> None:
    (lab.root / "begin/taken/specs").mkdir(parents=True)
    (lab.root / "begin/taken/specs/system.yaml").write_text("system: {name: taken}\n")
    lab.show_lab()
    for theme in THEMES:
        lab.set_theme(theme)
        dialog = dialog_in(lab, cwd="begin")
        expect(dialog.get_by_role("radio")).to_have_count(7)
        for width in (640, 1500):
            resize(lab.page, width, 900)
            lab.screenshot(f"new-design-{theme.rpartition(' ')[2].lower()}-{width}")
        assert lab.axe(".jp-Dialog") == []
        lab.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)

    dialog = dialog_in(lab, cwd="begin")
    folder, keyboard = dialog.get_by_label("Folder"), lab.page.keyboard
    keyboard.type("Taken")
    expect(folder).to_have_value("begin/taken")
    expect(folder).to_have_accessible_description(re.compile("holds a design already"))
    expect(folder).to_have_attribute("aria-invalid", "true")
    keyboard.press("Enter")  # it stays open, at what is to be changed
    expect(folder).to_be_focused()
    keyboard.press("Shift+Tab")
    keyboard.press("ControlOrMeta+a")
    keyboard.type("Room desk")
    expect(folder).to_have_value("begin/room-desk")
    expect(folder).to_have_attribute("aria-invalid", "false")
    keyboard.press("Tab")
    keyboard.press("Tab")
    keyboard.press("g")  # Go, chi
    keyboard.press("Tab")
    keyboard.press("Space")  # no Git repository
    keyboard.press("Tab")
    expect(dialog.get_by_role("radio", name="Empty design")).to_be_focused()
    keyboard.press("ArrowDown")
    expect(dialog.get_by_role("radio", name="Web service")).to_be_checked()
    keyboard.press("Enter")

    expect(dialog).to_have_count(0)
    tab = lab.page.locator(".ddd-lab-document")
    expect(tab.get_by_text("bookings").first).to_be_visible()
    with ddd.open(lab.root / "begin/room-desk", watch=False) as project:
        assert project.name == "Room desk"
        assert project.design.system.tech_stack["language"] == "go"
        assert project.problems == []
        assert not (project.root / ".git").exists()
    assert lab.errors == []
