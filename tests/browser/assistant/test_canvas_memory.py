"""The memory of a project on the canvas."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.bare import BareCanvas
from tests.recorded import record_implementation


@pytest.mark.covers("T22.1", "T22.2")
def test_decisions_are_recorded_changed_and_removed_in_the_memory(
    canvas: BareCanvas, panel: Locator, shop: Path
) -> None:
    question = panel.get_by_role("textbox", name="Question")
    question.fill("/dec")
    canvas.page.keyboard.press("Enter")
    expect(question).to_have_value("/decide ")
    question.fill("/decide Cards only")
    question.press("Enter")
    title = panel.get_by_role("textbox", name="What was decided")
    expect(title).to_have_value("Cards only")
    expect(title).to_be_focused()
    panel.get_by_role("textbox", name="Why").fill("Cash is slow.")
    panel.get_by_role("button", name="Record", exact=True).click()
    decisions = panel.get_by_role("region", name="Decisions")
    expect(decisions.get_by_role("listitem")).to_contain_text("Cash is slow.")
    file = shop / ".ddd/memory/decisions.md"
    assert "Cards only" in file.read_text()
    decisions.get_by_role("button", name="Edit “Cards only”").click()
    title.fill("No cash")
    panel.get_by_role("textbox", name="About").fill("orders/place-order, orders/gone")
    assert canvas.lab.axe(panel) == []
    title.press("Enter")
    expect(decisions.get_by_role("listitem")).to_contain_text("No cash")
    expect(decisions).to_contain_text("about this place")
    expect(decisions).to_contain_text("No longer in the design: orders/gone")
    assert "Cards only" not in file.read_text()
    decisions.get_by_role("button", name="Remove “No cash”").click()
    decisions.get_by_role("button", name="Remove", exact=True).click()
    expect(decisions.get_by_role("listitem")).to_have_count(0)
    panel.get_by_role("button", name="Memory").click()
    expect(question).to_be_visible()


@pytest.mark.covers("T25.1", "T25.2", "T25.3", "T25.4", "T25.5", "T25.6", "T23.2", "S07.8")
def test_the_memory_is_shown_by_a_key_and_says_how_the_project_stands(
    canvas: BareCanvas, panel: Locator, shop: Path
) -> None:
    flow = canvas.lab.project.flows["support/answer-customer"]
    (shop / "answer.py").write_text("x = 1\n")
    record_implementation(canvas.lab.project.workbench.sync, flow.key, ("answer.py",))
    canvas.press("m")
    status = panel.get_by_role("region", name="Status")
    expect(panel.get_by_role("button", name="Memory")).to_have_attribute("aria-pressed", "true")
    canvas.press("m")
    expect(panel).to_have_count(0)
    canvas.press("l")
    expect(panel.get_by_role("textbox", name="Question")).to_be_focused()
    canvas.press("l")
    expect(panel).to_have_count(0)
    canvas.press("m")
    expect(panel).to_be_focused()
    expect(status).to_contain_text("1 of 4 flows implemented, 0 stale, 3 pending")
    expect(status.get_by_role("listitem").last).to_contain_text("implemented")
    canvas.lab.kernel_eval(
        "project.flows['support/answer-customer'].description = 'Soon'; project.save()"
    )
    panel.get_by_role("button", name="Refresh").click()
    expect(status.get_by_role("listitem").first).to_contain_text("support › Answer customerstale")
    expect(canvas.root.locator("[aria-live=polite].ddd-sr").first).to_contain_text("up to date")
    summary = panel.get_by_role("region", name="Summary")
    expect(summary).to_contain_text("Corner Shop")
    expect(summary).to_contain_text("orders (2 flows)")
    expect(panel.get_by_role("region", name="Decisions")).to_be_visible()
    needs = panel.get_by_role("region", name="This flow")
    expect(needs).to_contain_text("Charge card")
    assert canvas.axe() == []
    needs.get_by_role("button", name="billing › Charge card").first.click()
    canvas.expect_place("System Map", "billing", "Charge card")
    expect(needs).to_contain_text("Place order")
    canvas.go("orders", "System Map", "orders")
    expect(needs).to_have_count(0)
    expect(status).to_be_visible()
    panel.get_by_role("button", name="Memory").click()
    expect(panel.get_by_role("textbox", name="Question")).to_be_visible()
