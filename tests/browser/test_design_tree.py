"""The tree of a design in the sidebar, the status bar, and the ways into a design."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect

from benchmarks.generate import write_project
from tests.browser.lab import PROJECT, THEMES, VIEWPORT, Lab
from tests.browser.server import jupyter_server
from tests.browser.timeouts import Timeouts, ms

FERNHILL = PROJECT / "notebooks/fernhill"
FLOW = "specs/domains/lending/flows/borrow-item.yaml"


def fernhill(lab: Lab, folder: str) -> Path:
    """A copy of the sample design with one broken flow, below the folder that JupyterLab shows."""
    root = lab.root / folder / "fernhill"
    shutil.copytree(FERNHILL, root)
    broken = root / "specs/domains/members/flows/join-library.yaml"
    broken.write_text(broken.read_text().replace("next:", "nexxt:", 1))
    return root


def show_tree(lab: Lab) -> Locator:
    """The tree, shown by its key."""
    lab.page.locator("body").press("Control+Alt+b")
    tree = lab.page.get_by_role("tree", name="Design")
    expect(tree.get_by_role("treeitem").first).to_be_visible(timeout=ms(Timeouts.KERNEL))
    return tree


def active(tree: Locator) -> Locator:
    return tree.locator("[aria-selected=true]")


def test_from_the_launcher_to_a_flow_and_back_by_tree_and_status_bar(  # noqa: PLR0915 - a walk
    lab: Lab,
) -> None:
    root = fernhill(lab, "tree")
    page = lab.page
    lab.show_launcher()
    tree = show_tree(lab)
    page.locator(".jp-LauncherCard:visible", has_text="Open a Design…").click()
    dialog = page.locator(".jp-Dialog")
    dialog.locator("select").select_option(label="fernhill — tree/fernhill")
    dialog.get_by_role("button", name="Open").click()
    expect(page.locator(".react-flow__node").first).to_be_visible(timeout=ms(Timeouts.KERNEL))

    lab.command("ddd-lab:toggle-tree")
    expect(tree).to_be_focused()
    expect(active(tree)).to_have_accessible_name(re.compile("^System Map, 1 error"))
    broken = tree.get_by_role("treeitem", name="Join the library, flow, 1 error")
    expect(broken).to_have_attribute("aria-level", "2")

    # By keyboard: fold, type ahead, open; the tree keeps the focus until a flow is opened.
    page.keyboard.press("ArrowDown")
    expect(active(tree)).to_have_accessible_name(re.compile("^members"))
    page.keyboard.press("ArrowLeft")
    expect(active(tree)).to_have_attribute("aria-expanded", "false")
    expect(broken).to_have_count(0)
    page.keyboard.press("ArrowRight")
    page.keyboard.type("bor")
    expect(active(tree)).to_have_accessible_name("Borrow an item, flow")
    page.keyboard.press("Enter")
    board = page.locator(".ddd-lab-document")
    expect(board.locator(".react-flow__node", has_text="Check both scans")).to_be_visible()

    # A change on the canvas is marked in the tree and in the status bar until it is saved.
    board.locator(".react-flow__node", has_text="Check both scans").click()
    page.keyboard.press("ArrowDown")
    unsaved = tree.get_by_role("treeitem", name="Borrow an item, flow, unsaved")
    expect(unsaved).to_be_visible()
    status = page.get_by_role("button", name="Design fernhill, 1 file unsaved, 1 error")
    expect(status).to_be_visible()
    for theme in THEMES:
        lab.set_theme(theme)
        assert lab.axe("#ddd-lab-tree") == []
        assert lab.axe(".ddd-lab-status-item") == []
        lab.screenshot(f"tree-{theme.rpartition(' ')[2].lower()}")
    # What is saved changes the tab, but not where one is in the tree.
    lab.command("ddd-lab:toggle-tree")
    page.keyboard.press("Home")
    lab.command("ddd-lab:save-design")
    expect(page.get_by_role("button", name="Design fernhill, 1 error", exact=True)).to_be_visible()
    expect(active(tree)).to_have_accessible_name(re.compile("^System Map"))

    # The menu of the status bar leads to the problems, that of a row to a dialog of the canvas.
    page.locator(".ddd-lab-status-item button").click()
    page.get_by_role("menuitem", name="Problems", exact=True).click()
    expect(board.get_by_role("region", name="Problem list")).to_be_visible()
    lab.command("ddd-lab:toggle-tree")
    page.keyboard.type("bor")
    expect(active(tree)).to_have_accessible_name("Borrow an item, flow")
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Rename…").click()
    name = board.get_by_role("textbox", name="New name")
    expect(name).to_have_value("Borrow an item")
    name.fill("Lend an item")
    board.get_by_role("button", name="Rename", exact=True).click()
    page.locator(".ddd-lab-document").get_by_role("button", name="Save", exact=True).click()
    expect(tree.get_by_role("treeitem", name="Lend an item, flow")).to_be_visible()

    # Recent designs stand in the launcher.
    page.locator(".lm-TabBar-addButton:visible").first.click()
    expect(page.locator(".jp-LauncherCard:visible", has_text="fernhill").first).to_be_visible()
    assert "Lend an item" in (root / "specs/domains/lending/domain.yaml").read_text()


def test_open_with_goes_to_the_place_of_a_file_or_folder_or_says_why_not(lab: Lab) -> None:
    root = fernhill(lab, "files")
    (root / "compose.yaml").write_text("services: {}\n")
    page = lab.page
    lab.show_launcher()
    board = page.locator(".ddd-lab-document")

    def menu_of(path: Path) -> None:
        """The menu of a file or folder in the file browser."""
        lab.command("filebrowser:go-to-path", {"path": str(path.parent.relative_to(lab.root))})
        page.locator(".jp-DirListing-item", has_text=path.name).click(button="right")

    def open_with_design() -> None:
        page.locator(".lm-Menu-item", has_text="Open With").click()
        page.get_by_role("menuitem", name="Design", exact=True).click()

    menu_of(root.parent)
    page.get_by_role("menuitem", name="Open as Design").click()
    expect(page.locator(".Toastify__toast")).to_contain_text("files is no design")
    menu_of(root)
    page.get_by_role("menuitem", name="Open as Design").click()
    expect(board.get_by_text("reservations").first).to_be_visible(timeout=ms(Timeouts.KERNEL))
    menu_of(root / FLOW)
    open_with_design()
    expect(board.locator(".react-flow__node", has_text="Check both scans")).to_be_visible()
    expect(page.locator(".ddd-lab-open-with")).to_have_count(0)

    menu_of(root / "compose.yaml")
    open_with_design()
    refusal = page.locator(".ddd-lab-open-with")
    expect(refusal).to_contain_text("is not a spec of a design. Open it as text")
    refusal.get_by_role("button", name="Open as text").click()
    expect(page.locator(".jp-FileEditor")).to_contain_text("services")

    # A design that is gone leaves the launcher once that was noticed.
    shutil.rmtree(root)
    lab.show_launcher()
    card = page.locator(f'.jp-LauncherCard:visible[title="{root}"]')
    card.click()
    expect(page.get_by_role("alert")).to_contain_text(f"There is no folder {root}.")
    lab.show_launcher()
    expect(card).to_have_count(0)


def test_of_a_thousand_flows_only_the_rows_in_view_are_drawn(lab: Lab) -> None:
    write_project(lab.root / "large", flows=1000, nodes=3)
    page = lab.page
    lab.open_file("large/specs/system.yaml")
    tree = show_tree(lab)  # of the design of the file that is used
    expect(page.get_by_role("tree", name="Design generated")).to_be_visible()
    rows = tree.get_by_role("treeitem")
    tree.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(active(tree)).to_have_attribute("aria-expanded", "true")
    expect(rows.nth(30)).to_be_attached()
    assert rows.count() < 60
    page.keyboard.press("End")
    last = active(tree)
    expect(last).to_be_in_viewport()
    expect(last).to_have_attribute("aria-posinset", last.get_attribute("aria-setsize") or "")

    page.get_by_role("searchbox", name="Filter the design").fill("refund")
    expect(rows.first).to_have_attribute("aria-expanded", "true")
    names = [name for name in tree.get_by_role("treeitem", level=2).all_inner_texts() if name]
    assert names
    assert all("refund" in name.lower() for name in names)
    found = active(tree).get_attribute("aria-label") or ""
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox", name="Filter the design")).to_have_value("")
    expect(active(tree)).to_have_accessible_name(found)
    expect(active(tree)).to_be_in_viewport()


def test_without_a_design_or_the_server_part_the_tree_says_what_to_do(
    browser: Browser, tmp_path: Path
) -> None:
    with jupyter_server(tmp_path / "server") as server:
        page = browser.new_context(viewport=VIEWPORT).new_page()
        lab = Lab(page, server)
        lab.show_launcher()
        lab.command("ddd-lab:toggle-tree")
        panel = page.get_by_role("region", name="Design", exact=True)
        expect(panel).to_contain_text("There is no design below the folder that JupyterLab shows.")
        expect(panel.get_by_role("button", name="New design…")).to_be_visible()
        panel.get_by_role("button", name="Open a design…").click()
        expect(page.locator(".jp-Dialog")).to_contain_text("A design is a folder that holds specs/")
        page.keyboard.press("Escape")
        assert lab.axe("#ddd-lab-tree") == []

        expect(page.locator(".jp-LauncherCard:visible", has_text="Walkthroughs")).to_be_visible()

        page.route(re.compile(r"(?<!extensions)/ddd-lab/"), lambda route: route.fulfill(status=404))
        page.reload()
        page.wait_for_function("window.jupyterapp?.restored")
        page.evaluate("window.jupyterapp.restored.then(() => true)")
        page.evaluate("window.jupyterapp.shell.activateById('ddd-lab-tree')")
        expect(panel).to_contain_text("DDD Lab's Jupyter server extension is missing.")
        expect(panel.get_by_role("button", name="Try again")).to_be_visible()
        page.context.close()
