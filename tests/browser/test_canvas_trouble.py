"""When things go wrong, people are told what, where and what to do, and lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.canvas.shop import (
    PLACE_ORDER,
    PLACE_ORDER_FILE,
    TRACK_ORDER,
    TRACK_ORDER_FILE,
    write_shop,
)

AT = "orders/place-order"
HERE = ("System Map", "orders", "Place order")


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    root = write_shop(tmp_path_factory.mktemp("trouble") / "shop")
    with bare_canvas(browser, root, AT) as canvas:
        yield canvas


@pytest.fixture
def file(canvas: CanvasPage) -> Iterator[Path]:
    """The flow's file; afterwards it is as it was, and nothing is unsaved."""
    path = Path(canvas.lab.root, "shop", PLACE_ORDER_FILE)
    canvas.go(AT, *HERE)
    yield path
    canvas.lab.kernel_eval("while project.undo(): pass")
    path.write_text(PLACE_ORDER, "utf-8")
    canvas.lab.kernel_eval("project.refresh()")
    canvas.lab.kernel_eval("[project.resolve(path, 'theirs') for path in list(project.conflicts)]")
    expect(canvas.saving).to_have_text("Saved")


def test_a_failed_save_says_why_and_can_be_tried_again(canvas: CanvasPage, file: Path) -> None:
    canvas.select("placed")
    canvas.fill("label", "Sent off")
    file.unlink()
    file.mkdir()
    canvas.button("Save").click()

    expect(canvas.saving).to_have_text("Not saved")
    expect(canvas.root.get_by_role("alert").first).to_contain_text(PLACE_ORDER_FILE)
    expect(canvas.card("placed")).to_contain_text("Sent off")
    assert canvas.axe() == []
    canvas.button("Save again").click()
    expect(canvas.saving).to_have_text("Not saved")
    file.rmdir()
    file.write_text(PLACE_ORDER, "utf-8")
    canvas.save()
    expect(canvas.saving).to_have_text("Saved")
    assert "label: Sent off" in file.read_text("utf-8")


@pytest.mark.parametrize(("choice", "label"), [("Keep mine", "Here"), ("Take theirs", "There")])
def test_a_conflict_shows_both_versions_to_choose_from(
    canvas: CanvasPage, file: Path, choice: str, label: str
) -> None:
    canvas.select("placed")
    canvas.fill("label", "Here")
    expect(canvas.card("placed")).to_contain_text("Here")
    file.write_text(PLACE_ORDER.replace("label: Order placed", "label: There"), "utf-8")

    banner = canvas.root.get_by_role("alert").filter(has_text="changed on disk and here")
    expect(banner).to_contain_text(PLACE_ORDER_FILE)
    expect(canvas.saving).to_have_text("Conflict")
    banner.get_by_role("button", name="Compare…").click()
    difference = canvas.root.get_by_role("region", name="Difference")
    expect(difference).to_contain_text("-    label: There")
    expect(difference).to_contain_text("+    label: Here")
    dialog = canvas.root.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_text(["node placed label"])
    assert canvas.axe() == []
    dialog.get_by_role("button", name=choice).click()

    expect(canvas.card("placed")).to_contain_text(label)
    expect(banner).to_have_count(0)
    if choice == "Keep mine":
        canvas.save()
    expect(canvas.saving).to_have_text("Saved")
    assert f"label: {label}" in file.read_text("utf-8")


def test_a_broken_file_is_shown_as_such_and_left_alone(canvas: CanvasPage, file: Path) -> None:
    path = Path(canvas.lab.root, "shop", TRACK_ORDER_FILE)
    broken = TRACK_ORDER.replace("nodes:\n", "nodes: [\n")
    path.write_text(broken, "utf-8")
    canvas.go("orders", "System Map", "orders")
    expect(canvas.card("flow:track-order")).to_contain_text("unreadable")
    canvas.card("flow:track-order").dblclick()

    expect(canvas.saving).to_have_text("Read only")
    expect(canvas.root.get_by_role("note")).to_contain_text(f"{TRACK_ORDER_FILE}:")
    expect(canvas.root).to_contain_text("cannot be drawn until its file is fixed")
    assert canvas.axe() == []
    canvas.press("Control+s")
    assert path.read_text("utf-8") == broken
    path.write_text(TRACK_ORDER, "utf-8")
    expect(canvas.card("look_up")).to_be_visible()
    expect(canvas.saving).to_have_text("Saved")


def test_undo_of_something_elsewhere_says_where(canvas: CanvasPage, file: Path) -> None:
    canvas.lab.kernel_eval("project.flows['billing/charge-card'].nodes['paid'].label = 'Done'")
    canvas.button("Undo").click()
    expect(canvas.root.locator(".ddd-note")).to_contain_text("Undone in billing/charge-card")
    canvas.root.locator(".ddd-note").get_by_role("button", name="Dismiss").click()
