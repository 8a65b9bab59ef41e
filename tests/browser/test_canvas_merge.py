"""A merge of Git that left conflicts is resolved on the canvas, place by place."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ddd_lab.git.setup import set_up
from tests.browser.bare import BareCanvas, bare_canvas
from tests.git.repository import FLOW, change, committed_shop, run_git

SYSTEM = "specs/system.yaml"


def conflicting_shop(folder: Path) -> Path:
    """A shop in which a merge has stopped at two fields of a flow, and at the system's name."""
    root = committed_shop(folder / "shop")
    set_up(root)
    for name, words, method in (("theirs", "Take the money", "PUT"), ("ours", "Charge it", "GET")):
        run_git(root, "checkout", "-q", "-b", name, "main")
        change(root, "label: Charge the card", f"label: {words}")
        change(root, "method: POST", f"method: {method}")
        change(root, "name: Corner Shop", f"name: Shop of {name}", SYSTEM)
        run_git(root, "commit", "-qam", name)
    merge = ["git", "merge", "-q", "theirs"]
    assert subprocess.run(merge, cwd=root, capture_output=True, check=False).returncode == 1
    return root


@pytest.fixture
def canvas(browser: Browser, tmp_path: Path) -> Iterator[BareCanvas]:
    root = conflicting_shop(tmp_path)
    with bare_canvas(browser, root, "orders/place-order") as canvas:
        yield canvas


def test_each_place_is_chosen_applied_undone_and_staged(
    canvas: BareCanvas,
) -> None:
    root = canvas.lab.project.root
    marked = (root / FLOW).read_text()
    expect(canvas.card("charge")).to_contain_text("Charge it")
    expect(canvas.root).to_contain_text("2 files have conflicts of a merge.")
    canvas.root.get_by_role("button", name="Choose…").click()
    dialog = canvas.root.get_by_role("dialog", name=f"Merge of {FLOW}")
    places = dialog.get_by_role("group")
    expect(places).to_have_count(2)
    expect(places.first).to_contain_text("trigger › method")
    expect(places.last).to_contain_text("nodes › charge › label")
    expect(places.last).to_contain_text("label: Take the money")
    assert canvas.axe() == []

    apply = dialog.get_by_role("button", name="Apply", exact=True)
    expect(apply).to_have_attribute("aria-disabled", "true")
    dialog.get_by_role("button", name="All current").click()
    places.last.get_by_role("radio", name="Incoming").check()
    expect(dialog).to_contain_text("Every place is chosen")
    apply.click()
    expect(dialog).to_have_count(0)
    second = canvas.root.get_by_role("dialog", name=f"Merge of {SYSTEM}")
    expect(second).to_be_focused()
    second.get_by_role("button", name="Decide later").click()
    expect(canvas.card("charge")).to_contain_text("Take the money")
    assert (root / FLOW).read_text() == marked

    canvas.button("Undo").click()
    expect(canvas.card("charge")).to_contain_text("Charge it")
    expect(canvas.saving).to_have_text("Saved")
    canvas.root.get_by_role("button", name="Choose…").click()
    dialog.get_by_role("button", name="All incoming").click()
    dialog.get_by_role("button", name="Apply, save and stage").click()
    expect(canvas.card("charge")).to_contain_text("Take the money")
    expect(second).to_contain_text("1 of 1 left to choose")
    assert (root / FLOW).read_text() == run_git(root, "show", f"theirs:{FLOW}") + "\n"
    assert run_git(root, "status", "--short", FLOW) == f"M  {FLOW}"

    # What is to be chosen goes away with the merge, whoever ends it.
    run_git(root, "merge", "--abort")
    expect(second).to_contain_text("There is nothing left to choose in this file")
    second.get_by_role("button", name="Close").last.click()
    expect(canvas.card("charge")).to_contain_text("Charge it")
    expect(canvas.root.get_by_role("button", name="Choose…")).to_have_count(0)
