"""Two versions of a design in a tab of JupyterLab: as a picture, side by side, and in words."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from playwright.sync_api import Locator, expect

import ddd_lab as ddd
from tests.browser.lab import THEMES, Lab
from tests.browser.timeouts import Timeouts, ms
from tests.browser.viewport import resize
from tests.git.repository import commit_first, run_git

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
FLOW = "lending/borrow-item"


def changed_design(root: Path) -> Path:
    """The sample design with two commits, and changes that are not committed."""
    shutil.copytree(FERNHILL, root)
    commit_first(root, "Begin the design")
    with ddd.open(root, watch=False) as project:
        flow = project.flows[FLOW]
        flow.nodes["limit_reached"].label = "Too many at home"
        project.save()
        run_git(root, "commit", "-qam", "Say it better")
        flow.remove_node("known_copy")
        flow.nodes["not_allowed"].label = "May <b>not</b> borrow"
        flow.add_node("process", id="ledger", label="Tell the ledger")
        flow.connect("mark_on_loan", "ledger")
        project.save()
    return root


def change(tab: Locator, subject: str) -> Locator:
    return tab.locator(".ddd-diff-change").filter(has_text=subject).first


def test_two_versions_are_compared_from_the_canvas_to_the_system_and_back(lab: Lab) -> None:
    root = changed_design(lab.root / "diffs" / "fernhill")
    resize(lab.page, 1700, 900)
    canvas = lab.open_design(root, FLOW)
    canvas.get_by_role("button", name="Design", exact=True).click()
    canvas.get_by_role("menuitem", name="Compare with the last commit").click()
    tab = lab.page.locator(".ddd-lab-diff")
    expect(tab.get_by_role("heading", level=2)).to_have_text("Borrow an item")

    # What came, changed and went is marked on the board and told beside it.
    legend = tab.get_by_role("list", name="Legend")
    expect(legend).to_contain_text("added: 1 card")
    expect(legend).to_contain_text("removed: 1 card")
    expect(change(tab, "Tell the ledger")).to_contain_text("added")
    expect(tab.locator("[data-card=ledger][data-ghost=added]")).to_be_visible()
    expect(change(tab, "May <b>not</b> borrow")).to_contain_text("May not borrow")
    walk_by_keys(tab)
    look_side_by_side(lab, tab)
    lead_up_and_down(tab)
    choose_versions(tab)
    tab.get_by_role("button", name="Open the design here").click()
    expect(lab.page.locator(".ddd-lab-document")).to_be_visible()
    assert lab.errors == []


def walk_by_keys(tab: Locator) -> None:
    """N and P go from change to change, arrows from one to the next in the list."""
    board = tab.get_by_role("group", name="Boards")
    board.focus()
    current = tab.locator(".ddd-diff-change[aria-current=true]")
    board.press("n")
    expect(current).to_have_count(1)
    expect(tab.locator(".ddd-current")).to_be_in_viewport()
    first = current.inner_text()
    board.press("n")
    expect(current).not_to_have_text(first)
    current.focus()
    current.press("ArrowUp")
    expect(current).to_be_focused()
    expect(tab).to_contain_text(re.compile(r"1 of \d+"))
    board.press("f")
    expect(board).to_have_attribute("data-detail", "none")
    board.press("+")
    before = tab.locator(".ddd-diff-pane > svg").get_attribute("style") or ""
    board.press("ArrowRight")
    expect(tab.locator(".ddd-diff-pane > svg")).not_to_have_attribute("style", before)


def look_side_by_side(lab: Lab, tab: Locator) -> None:
    """Both boards move together; both themes are accessible, also where there is little room."""
    tab.get_by_role("button", name="Side by side").click()
    expect(tab.locator("figcaption")).to_have_text(["Before: The last commit", "After: The files"])
    change(tab, "Is it one of ours?").click()
    expect(tab.locator("figure").first.locator(".ddd-current")).to_be_in_viewport()
    boards = tab.locator(".ddd-diff-pane > svg")
    assert boards.nth(0).get_attribute("style") == boards.nth(1).get_attribute("style")
    light, dark = THEMES
    assert lab.axe(tab) == []
    ground = boards.first.locator(":scope > rect").first
    white = ground.get_attribute("fill") or ""
    lab.set_theme(dark)
    expect(ground).not_to_have_attribute("fill", white)
    resize(lab.page, 833, 900)
    assert lab.axe(tab) == []
    lab.screenshot("design-diff-dark")
    lab.set_theme(light)
    tab.get_by_role("button", name="Side by side").click()
    expect(boards).to_have_count(1)


def lead_up_and_down(tab: Locator) -> None:
    """From a flow to the map that shows it, and back by the card and by the word."""
    heading = tab.get_by_role("heading", level=2)
    tab.get_by_role("button", name="System Map").click()
    expect(tab.get_by_role("button", name="Compare lending")).to_be_visible()
    change(tab, "lending").click()
    tab.locator("[data-card=lending][data-ghost] > g text").first.click()
    expect(heading).to_have_text("lending")
    tab.get_by_role("button", name="Compare Borrow an item").press("Enter")
    expect(heading).to_have_text("Borrow an item")
    expect(tab.get_by_role("group", name="Boards")).to_be_focused()


def choose_versions(tab: Locator) -> None:
    """Commits that touched the place are offered; two that are alike say so."""
    old = tab.get_by_role("combobox", name="Old")
    option = old.locator("option").filter(has_text="Begin the design")
    old.select_option(option.get_attribute("value"))
    expect(change(tab, "Too many at home")).to_be_visible()
    old.select_option("main")
    expect(change(tab, "Too many at home")).to_have_count(0)
    tab.get_by_role("combobox", name="New").select_option("HEAD")
    expect(tab).to_contain_text("Nothing differs here. Choose other versions above.")


def test_without_git_the_tab_says_what_to_do_and_goes_on_from_there(lab: Lab) -> None:
    root = shutil.copytree(FERNHILL, lab.root / "diffs" / "alone")
    tab = lab.show_design_diff(root)
    expect(tab.get_by_role("alert")).to_contain_text("There is nothing to compare with.")
    run_git(root, "init", "-q", "-b", "main")
    tab.get_by_role("button", name="Try again").click()
    expect(tab.get_by_role("alert")).to_contain_text("no commits yet")
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", "Begin")
    tab.get_by_role("button", name="Try again").click()
    expect(tab).to_contain_text("Nothing differs here.", timeout=ms(Timeouts.EFFECT))
    (root / f"specs/domains/{FLOW.replace('/', '/flows/')}.yaml").write_text("nodes: [")
    lab.show_design_diff(root, FLOW)
    expect(tab.get_by_role("alert")).to_contain_text("the later version cannot be read")
    lab.show_design_diff(root, FLOW, "mian")
    expect(tab.get_by_role("alert")).to_contain_text("did you mean 'main'?")
