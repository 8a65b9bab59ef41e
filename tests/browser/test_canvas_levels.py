"""Looking around in a design: three levels, ways down, ways up, ways across."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.viewport import resize
from tests.canvas.shop import write_shop


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    root = write_shop(tmp_path_factory.mktemp("levels") / "shop")
    with bare_canvas(browser, root, "") as canvas:
        yield canvas


@pytest.fixture(autouse=True)
def at_the_top(canvas: CanvasPage) -> None:
    canvas.go("", "System Map")


@pytest.mark.covers("T01.1", "T01.2", "T01.3", "T01.4", "T03.1", "S01.1", "S01.2")
def test_the_canvas_starts_on_the_system_map(canvas: CanvasPage) -> None:
    for domain, flows in (("orders", "2 flows"), ("billing", "1 flow"), ("support", "1 flow")):
        expect(canvas.card(domain)).to_contain_text(domain)
        expect(canvas.card(domain)).to_contain_text(flows)
    expect(canvas.root.get_by_role("button", name="2 events")).to_be_visible()
    canvas.root.get_by_role("button", name="2 events").hover()
    expect(canvas.root.get_by_role("tooltip").filter(has_text="order.placed")).to_be_visible()
    expect(canvas.root.locator(".ddd-link-label", has_text="payment.failed")).to_be_visible()
    expect(canvas.root.locator("path.ddd-link")).to_have_count(2)


@pytest.mark.covers(
    "T01.6",
    "T02.1",
    "T02.2",
    "T02.3",
    "T02.4",
    "T03.2",
    "T03.3",
    "S01.3",
    "S01.4",
    "S01.5",
    "S01.7",
)
def test_a_double_click_leads_down_to_a_domain_and_to_a_flow(canvas: CanvasPage) -> None:
    canvas.card("orders").dblclick()

    canvas.expect_place("System Map", "orders")
    for card, text in (
        ("flow:place-order", "Place order"),
        ("flow:track-order", "GET /orders/{id}"),
        ("portal:billing", "billing"),
    ):
        expect(canvas.card(card)).to_contain_text(text)
    expect(canvas.root.locator("path.ddd-link")).to_have_count(3)

    canvas.card("flow:place-order").dblclick()

    canvas.expect_place("System Map", "orders", "Place order")
    expect(canvas.card("start")).to_be_visible()
    assert canvas.lab.kernel_eval("canvas.at") == "'orders/place-order'"


@pytest.mark.covers("T02.5", "S01.6")
def test_a_double_click_on_a_portal_leads_to_its_domain(canvas: CanvasPage) -> None:
    canvas.card("orders").dblclick()
    canvas.card("portal:billing").dblclick()
    canvas.expect_place("System Map", "billing")
    expect(canvas.card("flow:charge-card")).to_be_visible()


@pytest.mark.covers("T03.4", "S01.8")
def test_a_click_in_the_breadcrumb_leads_there(canvas: CanvasPage) -> None:
    canvas.go("orders/place-order", "System Map", "orders", "Place order")
    canvas.button("orders").click()
    canvas.expect_place("System Map", "orders")
    canvas.button("System Map").click()
    canvas.expect_place("System Map")


@pytest.mark.covers("T03.5", "T03.6", "S01.9")
@pytest.mark.parametrize("key", ["Backspace", "Escape"])
def test_a_key_leads_up_and_does_nothing_at_the_top(canvas: CanvasPage, key: str) -> None:
    canvas.go("orders/track-order", "System Map", "orders", "Track order")
    canvas.press(key)
    canvas.expect_place("System Map", "orders")
    canvas.press(key)
    canvas.expect_place("System Map")
    canvas.press(key)
    expect(canvas.card("orders")).to_be_visible()
    canvas.expect_place("System Map")


def test_keys_lead_down_as_well(canvas: CanvasPage) -> None:
    canvas.card("billing").click()
    canvas.page.keyboard.press("Enter")
    canvas.expect_place("System Map", "billing")
    canvas.card("flow:charge-card").focus()
    canvas.page.keyboard.press("Enter")
    canvas.expect_place("System Map", "billing", "Charge card")


@pytest.mark.covers("T08.1", "T08.2", "T08.3", "S02.5")
def test_a_sub_flow_opens_and_backspace_returns_to_the_flow_that_called_it(
    canvas: CanvasPage,
) -> None:
    canvas.go("orders/place-order", "System Map", "orders", "Place order")
    canvas.card("charge").dblclick()
    canvas.expect_place("System Map", "billing", "Charge card")
    expect(canvas.card("ask_bank")).to_be_visible()
    canvas.press("Backspace")
    canvas.expect_place("System Map", "orders", "Place order")


def test_back_leads_the_way_one_came(canvas: CanvasPage) -> None:
    canvas.card("orders").dblclick()
    canvas.expect_place("System Map", "orders")
    canvas.card("portal:billing").dblclick()
    canvas.expect_place("System Map", "billing")
    canvas.button("Back").click()
    canvas.expect_place("System Map", "orders")


@pytest.mark.covers("T01.5", "T02.6", "S01.10")
def test_blocks_stay_where_they_were_put(canvas: CanvasPage) -> None:
    def x_of(code: str) -> float:
        return float(canvas.lab.kernel_eval(f"project.{code}.x"))

    before = x_of("design.layout.domains['support']")
    canvas.drag("support", 90, 30)
    canvas.lab.wait_for_kernel(f"project.design.layout.domains['support'].x > {before}", "True")
    canvas.card("orders").dblclick()
    canvas.expect_place("System Map", "orders")
    canvas.drag("flow:track-order", 60, 40)
    canvas.lab.wait_for_kernel(
        "project.design.domains['orders'].layout_flows['track-order'].x > 60", "True"
    )
    canvas.save()
    root = canvas.lab.root / "shop"
    placed = x_of("design.layout.domains['support']")
    layout = Path(root, "specs/system-layout.yaml").read_text("utf-8")
    assert f"support: {{x: {placed:g}" in layout
    assert "# drawn by hand" in layout
    again = canvas.lab.kernel_eval(
        "ddd.open(project.root, watch=False).design.layout.domains['support'].x"
    )
    assert float(again) == placed


@pytest.mark.covers("T13.1", "T13.2", "S05.2")
def test_a_flow_opens_as_its_file_says(canvas: CanvasPage) -> None:
    canvas.go("support/answer-customer", "System Map", "support", "Answer customer")
    expect(canvas.card("loop")).to_contain_text("Support agent")
    loop, done = canvas.card("loop").bounding_box(), canvas.card("done").bounding_box()
    assert loop is not None
    assert done is not None
    assert loop["y"] + loop["height"] < done["y"], "an agent's sheet stands upright"
    canvas.go("orders/track-order", "System Map", "orders", "Track order")
    look_up, found = canvas.card("look_up").bounding_box(), canvas.card("found").bounding_box()
    assert look_up is not None
    assert found is not None
    assert look_up["x"] + look_up["width"] < found["x"], "a traditional sheet leads to the right"


def test_all_of_it_is_read_out_as_a_list_too(canvas: CanvasPage) -> None:
    canvas.go("orders/place-order", "System Map", "orders", "Place order")
    items = canvas.outline.get_by_role("listitem")
    expect(items.filter(has_text="Is it in stock?").first).to_be_attached()
    expect(canvas.outline).to_contain_text("6 cards, 7 links")


def test_in_a_narrow_notebook_nothing_is_cut_off(canvas: CanvasPage) -> None:
    resize(canvas.page, 700, 900)
    canvas.go("orders/place-order", "System Map", "orders", "Place order")
    frame = canvas.root.bounding_box()
    assert frame is not None
    assert 620 < frame["width"] < 720

    for control in canvas.root.get_by_role("button").all():
        if control.is_visible() and not control.evaluate("b => b.closest('.ddd-drawing')"):
            box = control.bounding_box()
            assert box is not None
            assert box["x"] >= frame["x"] - 1, control
            assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1, control
    assert canvas.axe_in_themes() == []
    canvas.lab.screenshot("narrow", "section.ddd-root")
