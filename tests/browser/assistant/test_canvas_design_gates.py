"""From a paragraph to drawn flows on the canvas, plans of changes, decisions from answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from tests.browser.bare import BareCanvas, bare_canvas
from tests.browser.viewport import resize
from tests.canvas.shop import write_shop

AT = "orders/place-order"
FLOWS = ("place-an-order", "cancel-an-order")


def proposing(*edits: dict[str, Any], say: str = "So.") -> ScriptedReply:
    return ScriptedReply(json.dumps({"say": say, "edits": edits}))


def understood(text: str, *questions: str) -> ScriptedReply:
    return ScriptedReply(json.dumps({"say": text, "questions": questions}))


def note_in(flow: str) -> dict[str, Any]:
    return {"op": "add_node", "flow": flow, "node": "note-it", "type": "process", "label": "Note"}


@pytest.fixture
def empty(tmp_path: Path, server: ScriptedServer) -> Path:
    root = tmp_path / "tea"
    (root / "specs").mkdir(parents=True)
    (root / "specs/system.yaml").write_text("system: {name: Tea, version: '1'}\n", "utf-8")
    (root / ".ddd").mkdir()
    (root / ".ddd/config.yaml").write_text(server.config(), "utf-8")
    return root


def press(button: Locator) -> None:
    """Press a button with the keyboard."""
    expect(button).to_be_enabled()
    button.focus()
    button.press("Enter")


def stage_of(panel: Locator) -> Locator:
    return panel.get_by_role("list", name="Gates").locator("[aria-current=step]")


def see_what_is_sent(canvas: BareCanvas, panel: Locator, server: ScriptedServer, text: str) -> None:
    """Look before anything is asked."""
    panel.get_by_role("button", name="What is sent").click()
    sent = panel.get_by_role("region", name="What is sent")
    sent.locator("summary").last.click()
    expect(sent.locator("pre").last).to_contain_text(text)
    assert not any(request.prompt for request in server.requests)
    assert canvas.axe() == []


def test_a_paragraph_becomes_two_drawn_flows_with_the_keyboard_and_a_restart_between(
    browser: Browser, empty: Path, server: ScriptedServer
) -> None:
    with bare_canvas(browser, empty, "") as canvas:
        page = canvas.page
        press(canvas.root.get_by_role("button", name="New design…").first)
        panel = canvas.root.get_by_role("region", name="Design", exact=True)
        wanted = panel.get_by_role("textbox", name="What do you want to design?")
        expect(wanted).to_be_focused()
        expect(panel.get_by_text("None yet. A plan")).to_be_visible()
        server.replace(understood("# Tea\n\nA **shop** for tea.", "Who ships?", "Who pays?"))
        page.keyboard.type("A shop that sells tea.")
        see_what_is_sent(canvas, panel, server, "A shop that sells tea.")
        wanted.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(stage_of(panel)).to_have_text("Understanding")
        expect(panel.locator("strong", has_text="shop")).to_be_visible()
        expect(panel.get_by_role("button", name="Go on")).to_be_enabled()
        server.replace(understood("# Tea\n\nA shop that ships itself."))
        panel.get_by_role("textbox", name="Who ships?").focus()
        page.keyboard.type("We do")
        page.keyboard.press("Enter")
        expect(panel.get_by_text("A shop that ships itself.")).to_be_visible()
        assert canvas.axe() == []
        press(panel.get_by_role("button", name="Approve"))
        expect(stage_of(panel)).to_have_text("Structure")
        expect(panel.get_by_role("heading", name="A shop that sells tea.")).to_be_focused()
        assert "ships itself" in (empty / "product-definition.md").read_text("utf-8")

    with bare_canvas(browser, empty, "") as canvas:
        page = canvas.page
        press(canvas.root.get_by_role("button", name="New design…").first)
        panel = canvas.root.get_by_role("region", name="Design", exact=True)
        press(panel.get_by_role("list", name="Plans").get_by_role("button"))
        expect(stage_of(panel)).to_have_text("Structure")
        server.replace(
            proposing(
                {"op": "new_domain", "name": "Orders"},
                {"op": "new_flow", "domain": "orders", "name": "Place an order"},
                {"op": "new_flow", "domain": "orders", "name": "Cancel an order"},
            )
        )
        press(panel.get_by_role("button", name="Suggest domains and flows"))
        expect(panel.get_by_text("3 of 3 changes are ticked")).to_be_visible()
        expect(canvas.root.get_by_role("region", name="Proposal")).to_be_visible()
        press(panel.get_by_role("button", name="Approve"))
        expect(stage_of(panel)).to_have_text("Flows")
        steps = panel.get_by_role("list", name="Steps").get_by_role("listitem")
        expect(steps).to_have_count(2)
        server.replace(
            proposing(
                *(
                    {
                        "op": "add_node",
                        "flow": f"orders/{flow}",
                        "node": "pay",
                        "type": "process",
                        "label": "Pay for the tea",
                    }
                    for flow in FLOWS
                )
            )
        )
        press(panel.get_by_role("button", name="Suggest the flows"))
        expect(panel.get_by_text("2 of 2 changes are ticked")).to_be_visible()
        resize(page, 640, 900)
        expect(panel.get_by_role("button", name="Approve")).to_be_visible()
        press(panel.get_by_role("button", name="Approve"))
        expect(stage_of(panel)).to_have_text("Finished")
        expect(steps.first).to_contain_text("done")
        for flow in FLOWS:
            written = (empty / f"specs/domains/orders/flows/{flow}.yaml").read_text("utf-8")
            assert "Pay for the tea" in written


@pytest.mark.covers("T22.1", "T22.5", "S07.9")
def test_a_change_of_two_flows_begins_with_its_plan_and_a_decision_is_written_when_wanted(
    browser: Browser, tmp_path: Path, server: ScriptedServer
) -> None:
    root = write_shop(tmp_path / "shop")
    (root / ".ddd").mkdir(exist_ok=True)
    (root / ".ddd/config.yaml").write_text(server.config(), "utf-8")
    with bare_canvas(browser, root, AT) as canvas:
        other = next(key for key in canvas.lab.project.workbench.design.flow_keys if key != AT)
        server.replace(
            proposing(
                note_in(AT),
                note_in(other),
                say="Both.\n\nDecision: Note both\nRationale: Law\nAffected: orders",
            )
        )
        canvas.root.get_by_role("toolbar").get_by_role("button", name="Assistant").click()
        panel = canvas.root.get_by_role("region", name="Assistant", exact=True)
        question = panel.get_by_role("textbox", name="Question")
        question.fill("Note it in both, the law says so")
        question.press("Enter")
        plan = panel.get_by_role("region", name="Plan of the change")
        expect(plan.get_by_role("checkbox")).to_have_count(2)
        bar = canvas.root.get_by_role("region", name="Proposal")
        expect(bar).to_have_count(0)
        plan.get_by_role("checkbox").nth(1).uncheck()
        press(plan.get_by_role("button", name="Approve plan"))
        expect(bar.get_by_role("button", name="Apply 1 of 2")).to_be_visible()
        expect(plan).to_have_count(0)
        file = root / ".ddd/memory/decisions.md"
        assert not file.exists() or "Note both" not in file.read_text("utf-8")
        offer = panel.get_by_role("region", name="Decision: Note both")
        press(offer.get_by_role("button", name="Write it down"))
        expect(panel.get_by_text("Decision recorded: Note both")).to_be_visible()
        expect(offer.get_by_role("button")).to_have_count(0)
        assert "Law" in file.read_text("utf-8")
        bar.get_by_role("button", name="Apply 1 of 2").click()
        expect(bar).to_have_count(0)
        assert canvas.axe() == []
