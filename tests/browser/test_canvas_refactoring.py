"""What is done to the whole design from the canvas: domains, flows, events, texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import git
import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.canvas.shop import CHARGE_CARD_FILE, write_shop

AT = "orders/place-order"


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    root = write_shop(tmp_path_factory.mktemp("refactoring") / "shop")
    with bare_canvas(browser, root, "") as canvas:
        yield canvas


@pytest.fixture(autouse=True)
def as_it_was(canvas: CanvasPage) -> None:
    canvas.press("Escape")  # what a failed test left open
    canvas.lab.kernel_eval("while project.undo(): pass")
    canvas.go("", "System Map")


def dialog(canvas: CanvasPage) -> Locator:
    return canvas.root.get_by_role("dialog")


def submit(canvas: CanvasPage, button: str) -> None:
    """Press a dialog's button and wait until it is gone."""
    dialog(canvas).get_by_role("button", name=button, exact=True).click()
    expect(dialog(canvas)).to_have_count(0)


def choose(canvas: CanvasPage, entry: str) -> None:
    """Choose an entry of the menu that is open."""
    canvas.root.get_by_role("menuitem", name=entry, exact=True).click()


def plan(canvas: CanvasPage) -> Locator:
    """What a dialog says will change."""
    return dialog(canvas).get_by_role("region", name="What will change")


def wire_by_dragging(canvas: CanvasPage, source: str, target: str) -> None:
    """Pull an event out of a card of a map and let it go over another one."""
    canvas.card(source).hover(position={"x": 60, "y": 8})
    handle = canvas.card(source).locator(".ddd-wire")
    expect(handle).to_have_css("opacity", "1")
    canvas.pull(canvas.middle(handle), canvas.middle(canvas.card(target)))


def test_a_design_is_rebuilt_on_its_maps_and_git_sees_what_moved(
    canvas: CanvasPage, git_repo: Callable[[Path], git.Repo]
) -> None:
    repo = git_repo(canvas.lab.root / "shop")

    canvas.button("Design").click()
    choose(canvas, "New domain…")
    dialog(canvas).get_by_label("Name").fill("Shipping")
    dialog(canvas).get_by_label("Description").fill("Parcels on their way")
    expect(plan(canvas)).to_contain_text("specs/domains/shipping/domain.yaml new")
    submit(canvas, "Create")
    expect(canvas.card("shipping")).to_contain_text("Parcels on their way")

    flow_from_a_template(canvas)
    canvas.go("", "System Map")
    wire_by_dragging(canvas, "billing", "shipping")
    expect(dialog(canvas).get_by_label("To", exact=True)).to_have_value("shipping")
    dialog(canvas).get_by_label("Event", exact=True).fill("card.charged")
    expect(plan(canvas)).to_contain_text("specs/domains/billing/domain.yaml")
    submit(canvas, "Wire")
    expect(canvas.root.locator(".ddd-link-label", has_text="card.charged")).to_be_visible()

    rename_a_domain(canvas)
    move_a_flow(canvas)
    delete_a_flow(canvas)

    canvas.save()
    repo.git.add("-A")
    changes = repo.git.diff("--cached", "--name-status", "-M").splitlines()
    assert f"D\t{CHARGE_CARD_FILE}" in changes
    renamed = [line.split("\t")[1:] for line in changes if line.startswith("R")]
    place = "specs/domains/{}/flows/place-order.yaml"
    assert [place.format("orders"), place.format("sales")] in renamed
    track = "specs/domains/{}/flows/track-order.yaml"
    assert [track.format("orders"), track.format("billing")] in renamed
    canvas.lab.kernel_eval("while project.undo(): pass")
    canvas.save()
    repo.git.add("-A")
    assert repo.git.status("--porcelain") == ""


def flow_from_a_template(canvas: CanvasPage) -> None:
    canvas.card("shipping").click(button="right", position={"x": 60, "y": 8})
    choose(canvas, "New flow…")
    expect(dialog(canvas).get_by_label("Domain")).to_have_value("shipping")
    dialog(canvas).get_by_role("radio", name="From a template").check()
    dialog(canvas).get_by_label("Find a template").fill("crud")
    dialog(canvas).get_by_label("Template", exact=True).select_option("crud_api")
    dialog(canvas).get_by_label("Entity").fill("Parcel")
    expect(dialog(canvas).get_by_role("img")).to_be_visible()
    expect(dialog(canvas)).to_contain_text("5 flows: Create parcel")
    submit(canvas, "Create")
    canvas.expect_place("System Map", "shipping", "Create parcel")
    expect(canvas.card("store_record")).to_be_visible()
    canvas.expect_python("project.design.schemas['parcel'].name", "Parcel")


def rename_a_domain(canvas: CanvasPage) -> None:
    canvas.card("orders").click(position={"x": 60, "y": 8})
    canvas.page.keyboard.press("F2")
    dialog(canvas).get_by_label("New name").fill("Sales")
    expect(plan(canvas)).to_contain_text(
        "specs/domains/orders/domain.yaml → specs/domains/sales/domain.yaml"
    )
    submit(canvas, "Rename")
    expect(canvas.card("sales")).to_be_visible()
    expect(canvas.card("sales")).to_be_focused()
    expect(canvas.card("orders")).to_have_count(0)


def move_a_flow(canvas: CanvasPage) -> None:
    canvas.go("sales", "System Map", "Sales")
    canvas.card("flow:track-order").click(button="right", position={"x": 60, "y": 8})
    choose(canvas, "Move to a domain…")
    dialog(canvas).get_by_label("To the domain").select_option("billing")
    submit(canvas, "Move")
    expect(canvas.card("flow:track-order")).to_have_count(0)
    canvas.expect_python("'billing/track-order' in project.flows", True)


def delete_a_flow(canvas: CanvasPage) -> None:
    canvas.go("billing", "System Map", "billing")
    canvas.card("flow:charge-card").click(position={"x": 60, "y": 8})
    canvas.page.keyboard.press("Delete")
    expect(dialog(canvas)).to_contain_text("Place order charge spec.flow_ref")
    expect(plan(canvas)).to_contain_text(f"{CHARGE_CARD_FILE} deleted")
    submit(canvas, "Delete")
    canvas.expect_python("'billing/charge-card' in project.flows", False)


def test_the_sheet_that_is_shown_is_renamed_and_followed(canvas: CanvasPage) -> None:
    canvas.go(AT, "System Map", "orders", "Place order")
    canvas.button("Design").click()
    choose(canvas, "Rename this flow…")
    expect(dialog(canvas).get_by_label("New name")).to_have_value("Place order")
    dialog(canvas).get_by_label("New name").fill("Track order")
    expect(dialog(canvas)).to_contain_text("already a flow 'track-order'")
    dialog(canvas).get_by_role("button", name="Rename", exact=True).click()
    expect(dialog(canvas).get_by_role("alert")).to_contain_text("choose another name")
    dialog(canvas).get_by_label("New name").fill("Buy")
    expect(plan(canvas)).to_contain_text("orders/flows/buy.yaml moved")
    plan(canvas).get_by_text("specs/domains/orders/domain.yaml", exact=True).click()
    expect(plan(canvas).get_by_role("region").filter(has_text="+    - {id: buy")).to_be_visible()
    submit(canvas, "Rename")
    canvas.expect_place("System Map", "orders", "Buy")
    canvas.button("Undo").click()
    canvas.expect_place("System Map", "orders", "Place order")
    expect(canvas.root.locator(".ddd-note")).to_have_count(0)


def test_a_domain_with_flows_goes_only_with_a_second_choice(canvas: CanvasPage) -> None:
    canvas.card("orders").click(position={"x": 60, "y": 8})
    canvas.page.keyboard.press("Delete")
    expect(plan(canvas)).to_contain_text("3 deleted")
    delete = dialog(canvas).get_by_role("button", name="Delete", exact=True)
    expect(delete).to_have_attribute("aria-disabled", "true")
    dialog(canvas).get_by_label("Delete its 2 flows too: Place order, Track order").check()
    submit(canvas, "Delete")
    expect(canvas.card("orders")).to_have_count(0)
    canvas.button("Undo").click()
    expect(canvas.card("orders")).to_contain_text("2 flows")


def test_events_are_wired_and_removed_with_the_keyboard(canvas: CanvasPage) -> None:
    canvas.go("orders", "System Map", "orders")
    canvas.card("flow:place-order").focus()
    canvas.page.keyboard.press("c")
    to = dialog(canvas).get_by_label("To", exact=True)
    to.select_option("portal:billing")
    dialog(canvas).get_by_label("Known events").select_option("order.cancelled")
    expect(dialog(canvas).get_by_label("Event", exact=True)).to_have_value("order.cancelled")
    expect(plan(canvas)).to_contain_text("Nothing to change")
    dialog(canvas).get_by_label("Event", exact=True).fill("order.packed")
    expect(plan(canvas)).to_contain_text("2 files changed")
    submit(canvas, "Wire")
    canvas.expect_python(
        "project.workbench.history.undo_label",
        "wire order.packed from orders/place-order to billing",
    )
    canvas.outline.get_by_role(
        "button", name="order.placed, order.cancelled, order.packed to billing"
    ).press("Enter")
    canvas.press("Delete")
    dialog(canvas).get_by_label("Event", exact=True).select_option("order.packed")
    submit(canvas, "Remove")
    canvas.expect_python(
        "[w.event for w in project.domains['orders'].publishes]",
        ["order.placed", "order.cancelled"],
    )
    canvas.lab.kernel_eval("project.undo()")
    canvas.lab.kernel_eval("project.undo()")
    canvas.expect_python("project.dirty", set())


def test_a_domain_is_renamed_and_described_in_the_panel(canvas: CanvasPage) -> None:
    canvas.select("support")
    canvas.field("description").fill("Help at any time")
    canvas.field("description").press("Tab")
    expect(canvas.card("support")).to_contain_text("Help at any time")
    canvas.fill("name", "Help desk")
    expect(canvas.card("help-desk")).to_be_visible()
    expect(canvas.field("name")).to_have_value("Help desk")
    canvas.expect_python("'help-desk/answer-customer' in project.flows", True)


def test_the_menu_opens_with_the_keyboard_and_says_what_can_be_done(canvas: CanvasPage) -> None:
    canvas.card("billing").focus()
    canvas.page.keyboard.press("Shift+F10")
    menu = canvas.root.get_by_role("menu", name="billing")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    without_models = menu.get_by_role("menuitem").filter(has_not_text="✦")
    assert without_models.all_text_contents() == [
        "OpenEnter", "Follow on the Flow Map", "New flow…", "Wire an event…C", "Rename…F2",
        "Delete…Delete",
    ]  # fmt: skip
    canvas.page.keyboard.press("ArrowDown")
    canvas.page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(canvas.card("billing")).to_be_focused()
    canvas.root.locator(".react-flow__pane").click(button="right", position={"x": 12, "y": 12})
    expect(canvas.root.get_by_role("menu")).to_contain_text("New domain…")
    assert canvas.page.locator(".lm-Menu").count() == 0, "JupyterLab's own menu stays away"
    canvas.page.keyboard.press("Escape")
    canvas.expect_place("System Map")


def test_search_leads_to_any_card_of_the_design(canvas: CanvasPage) -> None:
    canvas.press("Control+k")
    canvas.root.get_by_role("combobox", name="Search the whole design").fill("bank.example")
    option = canvas.root.get_by_role("option").first
    expect(option).to_contain_text("https://bank.example/charges")
    expect(option).to_contain_text("billing › Charge card › Ask the bank")
    canvas.page.keyboard.press("Enter")
    canvas.expect_place("System Map", "billing", "Charge card")
    expect(canvas.card("ask_bank")).to_be_focused()
    canvas.press("Control+k")
    canvas.root.get_by_role("combobox", name="Search the whole design").fill("zebra")
    expect(dialog(canvas)).to_contain_text("Nothing matches “zebra”.")
    canvas.page.keyboard.press("Escape")
    expect(dialog(canvas)).to_have_count(0)


def test_texts_are_replaced_where_they_were_chosen_as_one_step(canvas: CanvasPage) -> None:
    canvas.go(AT, "System Map", "orders", "Place order")
    canvas.press("Control+h")
    dialog(canvas).get_by_label("Find", exact=True).fill("order")
    dialog(canvas).get_by_label("Replace by").fill("purchase")
    expect(dialog(canvas).get_by_label("Where")).to_have_value(AT)
    refused = dialog(canvas).get_by_role("listitem").filter(has_text="Order refused")
    expect(refused).to_contain_text("purchase refused")
    count = dialog(canvas).locator(".ddd-match").count()
    refused.get_by_role("checkbox").uncheck()
    submit(canvas, f"Replace {count - 1}")
    expect(canvas.card("placed")).to_have_accessible_name("Terminal purchase placed")
    expect(canvas.card("refused")).to_have_accessible_name("Terminal Order refused")
    expect(canvas.root.locator(".ddd-note")).to_contain_text(f"Replaced {count - 1} texts")
    canvas.button("Undo").click()
    expect(canvas.card("placed")).to_have_accessible_name("Terminal Order placed")
    canvas.expect_python("project.dirty", set())
    canvas.press("Control+h")
    dialog(canvas).get_by_label("Regular expression").check()
    dialog(canvas).get_by_label("Find", exact=True).fill("(")
    expect(dialog(canvas)).to_contain_text("not a regular expression")
    canvas.page.keyboard.press("Escape")
