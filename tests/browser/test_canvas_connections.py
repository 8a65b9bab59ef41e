"""Lines, lines of YAML and quick fixes in the spec panel, down to the saved file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.forms import Form
from tests.canvas.shop import (
    PLACE_ORDER,
    PLACE_ORDER_FILE,
    TRACK_ORDER,
    TRACK_ORDER_FILE,
    write_shop,
)

AT = "orders/place-order"
CHARGE = f"project.flows[{AT!r}].data.by_id['charge']"


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    misspelt = TRACK_ORDER.replace("operation: read", "operation: Read")
    root = write_shop(tmp_path_factory.mktemp("edges") / "shop", **{TRACK_ORDER_FILE: misspelt})
    with bare_canvas(browser, root, AT) as canvas:
        yield canvas


@pytest.fixture(autouse=True)
def as_it_was(canvas: CanvasPage) -> Iterator[None]:
    canvas.go(AT, "System Map", "orders", "Place order")
    yield
    canvas.lab.kernel_eval("while project.undo(): pass")


def read(canvas: CanvasPage, path: str) -> str:
    return Path(canvas.lab.root, "shop", path).read_text("utf-8")


def choose_line(canvas: CanvasPage, text: str) -> Form:
    """Choose a line in the outline, with the keyboard."""
    outline = canvas.show_panel("Outline")
    line = outline.get_by_role("button", name=text, exact=True)
    line.focus()
    canvas.page.keyboard.press("Enter")
    return Form(canvas.show_panel("Spec"))


def test_a_line_is_edited_led_elsewhere_and_deleted(canvas: CanvasPage) -> None:
    line = choose_line(canvas, "failure to Order refused")
    expect(canvas.panel.get_by_role("heading", level=3)).to_have_text(
        "Charge the card → Order refused"
    )
    line.ask("behavior").choose(behavior="retry")
    line.ask("label").fill(label="no money")
    retry = line.ask("retry_config").group("retry_config").ask("max_attempts")
    retry.fill(max_attempts="3")
    said = {"behavior": "retry", "label": "no money", "retry_config": {"max_attempts": 3}}
    canvas.expect_python(f"{CHARGE}.connections[1].extra == {said!r}", True)

    line.field("target").focus()
    line.choose(target="Order placed")
    canvas.expect_python(f"{CHARGE}.connections[1].target", "placed")
    expect(line.field("target")).to_be_focused()
    expect(canvas.panel.get_by_role("heading", level=3)).to_have_text(
        "Charge the card → Order placed"
    )
    expect(line.field("label")).to_have_value("no money")
    canvas.panel.get_by_role("tab", name="YAML").click()
    expect(canvas.panel.get_by_role("region", name="Lines of the file")).to_contain_text("no money")
    canvas.panel.get_by_role("tab", name="Form").click()
    canvas.save()
    assert "max_attempts: 3" in read(canvas, PLACE_ORDER_FILE)

    canvas.button("Undo").click()
    canvas.expect_python(f"{CHARGE}.connections[1].target", "refused")
    for _ in range(3):
        canvas.button("Undo").click()
    canvas.expect_python(f"{CHARGE}.connections[1].extra", {})
    canvas.save()
    assert read(canvas, PLACE_ORDER_FILE) == PLACE_ORDER

    choose_line(canvas, "failure to Order refused").button("Delete").click()
    canvas.expect_python(f"len({CHARGE}.connections)", 1)


def test_lines_of_yaml_are_checked_shown_and_applied(canvas: CanvasPage) -> None:
    canvas.select("refused")
    text = canvas.yaml("refused")
    expect(text).to_contain_text("status: 422")
    before = canvas.yaml_text("refused")

    text.fill(before.replace("body: {", "body: [{"))
    expect(canvas.panel.get_by_text(re.compile(r"^line \d"))).to_be_visible()
    expect(canvas.button("Apply")).to_be_disabled()
    text.fill(before.replace("status: 422", "status: 409   # a conflict"))
    diff = canvas.panel.get_by_role("region", name="Difference")
    expect(diff).to_contain_text("+      status: 409   # a conflict")

    canvas.lab.kernel_eval(f"project.flows[{AT!r}].nodes['refused'].label = 'Turned down'")
    expect(canvas.panel.get_by_text("The spec changed while you edited")).to_be_visible()
    expect(text).to_contain_text("status: 409")
    canvas.panel.get_by_role("button", name="Load the new spec").click()
    expect(text).to_contain_text("Turned down")

    text.fill(canvas.yaml_text("refused").replace("status: 422", "status: 409   # a conflict"))
    expect(diff).to_contain_text("status: 409")
    text.press("Escape")
    expect(canvas.panel.get_by_role("tab", name=re.compile("YAML"))).to_be_focused()
    text.press("ControlOrMeta+Enter")
    canvas.expect_python(f"project.flows[{AT!r}].data.by_id['refused'].spec['status']", 409)
    canvas.save()
    assert read(canvas, PLACE_ORDER_FILE) == PLACE_ORDER.replace(
        "status: 422", "status: 409   # a conflict"
    ).replace("label: Order refused", "label: Turned down")
    canvas.panel.get_by_role("tab", name="Form").click()


def test_a_quick_fix_shows_its_lines_before_it_is_applied(canvas: CanvasPage) -> None:
    canvas.root.get_by_role("button", name="Problems").click()
    drawer = canvas.root.get_by_role("region", name="Problem list")
    drawer.get_by_label("Show problems that mention").fill("Read operation")
    fix = drawer.get_by_role("button", name=re.compile("^Fix: "))
    expect(fix).to_have_count(1)
    fix.click()
    expect(drawer.get_by_role("region", name="Difference")).to_contain_text(
        "+    spec: {operation: read, model: Order}"
    )
    found = "project.flows['orders/track-order'].data.by_id['look_up'].spec['operation']"
    canvas.expect_python(found, "Read")
    drawer.get_by_role("button", name="Apply").click()
    canvas.expect_python(found, "read")
    expect(fix).to_have_count(0)
    canvas.button("Undo").click()
    canvas.expect_python(found, "Read")
    drawer.get_by_role("button", name=re.compile(r"^Fix all \(\d+\)$")).click()
    canvas.expect_python(found, "read")
    drawer.get_by_role("button", name="Close the problem list").click()
