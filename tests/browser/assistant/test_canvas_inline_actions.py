"""What a model does for one node, line or board, beside it, against a scripted server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from tests.browser.assistant.asking import AT
from tests.browser.bare import BareCanvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.viewport import resize

OTHER = "Use a different model…"
NO_MODEL = """\
llm:
  models:
    llama-local: {provider: anthropic, model_id: none, api_key_env: DDD_LAB_NO_SUCH_KEY}
"""
WORDS = "It charges the **card**."


def proposal(*edits: dict[str, object]) -> str:
    return json.dumps({"say": "One step is missing.", "edits": edits})


REFUND = proposal(
    {"op": "add_node", "flow": AT, "node": "refund", "type": "process", "label": "Refund"}
)


def menu(canvas: CanvasPage) -> Locator:
    return canvas.root.get_by_role("menu")


def entries(canvas: CanvasPage) -> Locator:
    """The entries of the open menu that ask a model."""
    return menu(canvas).get_by_role("menuitem").filter(has_text="✦")


def titles(canvas: CanvasPage) -> list[str]:
    return [
        text.removeprefix("✦ ")
        for text in entries(canvas).locator("> span:first-child").all_inner_texts()
    ]


def choose(canvas: CanvasPage, title: str) -> Locator:
    """Choose an entry of the open menu, and give what opens beside its target."""
    entries(canvas).filter(has_text=title).click()
    popover = canvas.root.get_by_role("dialog", name=title)
    expect(popover).to_be_visible()
    return popover


def middle_of(line: Locator) -> dict[str, float | bool]:
    """Where the pointer is when it meets a line."""
    x, y = line.evaluate(
        "path => { const p = path.getPointAtLength(path.getTotalLength() / 2)"
        ".matrixTransform(path.getScreenCTM()); return [p.x, p.y]; }"
    )
    return {"clientX": x, "clientY": y, "bubbles": True}


def is_inside(element: Locator, outer: Locator) -> bool:
    a, b = element.bounding_box(), outer.bounding_box()
    assert a is not None
    assert b is not None
    return b["x"] <= a["x"] and a["x"] + a["width"] <= b["x"] + b["width"]


def is_apart(element: Locator, other: Locator) -> bool:
    a, b = element.bounding_box(), other.bounding_box()
    assert a is not None
    assert b is not None
    return (
        a["x"] + a["width"] <= b["x"]
        or b["x"] + b["width"] <= a["x"]
        or a["y"] + a["height"] <= b["y"]
        or b["y"] + b["height"] <= a["y"]
    )


def on_empty(canvas: CanvasPage) -> None:
    """Open the menu of the board itself."""
    board = canvas.root.locator(".react-flow__pane")
    box = board.bounding_box()
    assert box is not None
    board.click(button="right", position={"x": box["width"] - 30, "y": box["height"] - 30})


@pytest.mark.covers("T17.1", "T17.6", "T17.7", "T19.4", "T19.5", "S06.7", "S06.8")
def test_a_node_is_explained_beside_it(canvas: BareCanvas, server: ScriptedServer) -> None:
    server.replace(ScriptedReply(WORDS, pause=0.2))
    canvas.card("charge").click(button="right")
    assert titles(canvas) == [
        "Suggest the spec",
        "Complete the spec",
        "Explain",
        "Add error handling",
        "List test cases",
        "Add security",
        OTHER,
    ]
    expect(entries(canvas).filter(has_text="Explain")).to_contain_text("scripted-claude · free")
    expect(entries(canvas).filter(has_text="Add security")).to_be_disabled()
    assert canvas.axe() == []
    popover = choose(canvas, "Explain")
    expect(popover.locator(".ddd-busy-dots")).to_be_visible()
    expect(popover.locator("strong")).to_have_text("card")
    expect(popover).to_contain_text("The checks find nothing wrong here.")
    expect(popover.locator(".ddd-facts")).to_contain_text("scripted-claude")
    expect(canvas.root.locator("[aria-live=polite].ddd-sr").first).to_contain_text("charges")
    popover.get_by_role("button", name="What is sent").click()
    sent = popover.get_by_role("region", name="What is sent")
    expect(sent).to_contain_text("tokens, ")
    sent.locator("summary").last.click()
    shown = sent.locator("pre").last.inner_text()
    assert any(shown in request.prompt for request in server.requests)
    assert canvas.axe() == []
    popover.get_by_role("button", name="Open in chat").click()
    panel = canvas.root.get_by_role("region", name="Assistant")
    expect(popover).to_have_count(0)
    expect(panel.get_by_role("article", name="You").last).to_contain_text("Explain: ")
    expect(panel.get_by_role("article", name="Assistant").last).to_contain_text("charges")
    canvas.root.get_by_role("toolbar").get_by_role("button", name="Assistant").click()


@pytest.mark.covers("T17.2")
def test_a_line_has_its_own_actions(canvas: BareCanvas, server: ScriptedServer) -> None:
    server.replace(ScriptedReply("1. **In stock**: there is enough."))
    line = canvas.root.locator(
        '.react-flow__edge[data-id^="in_stock true"] .react-flow__edge-interaction'
    )
    line.dispatch_event("contextmenu", middle_of(line))
    assert titles(canvas) == ["Add a node between", "Suggest a label", OTHER]
    popover = choose(canvas, "Suggest a label")
    expect(popover).to_contain_text("Is it in stock? → Charge the card")
    expect(popover.locator("strong")).to_have_text("In stock")
    popover.get_by_role("button", name="Close").click()
    expect(popover).to_have_count(0)


@pytest.mark.covers("T17.3", "T17.8", "S06.9")
def test_by_keys_alone_a_flow_is_drawn_on_the_empty_sheet(
    canvas: BareCanvas, server: ScriptedServer
) -> None:
    server.replace(ScriptedReply(REFUND))
    on_empty(canvas)
    assert titles(canvas) == [
        "List test cases",
        "Draw the flow…",
        "Review the flow",
        "Connect loose ends",
        "Draw from a description…",
        "Write a design note",
        OTHER,
    ]
    keyboard = canvas.page.keyboard
    keyboard.press("Escape")
    expect(menu(canvas)).to_have_count(0)
    canvas.root.focus()
    keyboard.press("Control+k")
    keyboard.type("draw the flow")
    expect(canvas.root.get_by_role("option").first).to_contain_text("✦ Draw the flow…")
    keyboard.press("Enter")
    popover = canvas.root.get_by_role("dialog", name="Draw the flow")
    expect(popover.get_by_role("textbox", name="What should the flow do?")).to_be_focused()
    expect(popover).to_contain_text("scripted-claude")
    assert canvas.axe() == []
    keyboard.type("Money goes back")
    expect(popover.get_by_role("button", name="Ask")).to_be_enabled()
    keyboard.press("Enter")
    expect(canvas.root.locator(".ddd-card[data-ghost=added]")).to_have_count(1)
    apply = popover.get_by_role("button", name="Apply")
    expect(apply).to_be_enabled()
    assert any("Money goes back" in request.prompt for request in server.requests)
    assert canvas.axe() == []
    apply.focus()
    keyboard.press("Enter")
    expect(popover).to_have_count(0)
    canvas.lab.wait_for_kernel(f"'refund' in project.flows[{AT!r}].nodes", "True")
    expect(canvas.root).to_be_focused()
    keyboard.press("Control+z")
    canvas.lab.wait_for_kernel(f"'refund' in project.flows[{AT!r}].nodes", "False")


@pytest.mark.covers("T17.8", "T17.6")
def test_a_key_asks_for_the_selected_node_and_escape_stops_it(
    canvas: BareCanvas, server: ScriptedServer
) -> None:
    server.replace(ScriptedReply(json.dumps({"say": "word " * 400, "edits": []}), pause=0.05))
    canvas.card("charge").click()
    keyboard = canvas.page.keyboard
    keyboard.press("Control+.")
    popover = canvas.root.get_by_role("dialog", name="Suggest the spec")
    expect(popover).to_be_focused()
    expect(popover).to_contain_text("word word")
    expect(popover.locator(".ddd-progress")).to_contain_text(" s")
    popover.get_by_role("button", name="Stop").click()
    expect(popover).to_contain_text("Stopped.")
    keyboard.press("Escape")
    expect(popover).to_have_count(0)
    expect(canvas.card("charge")).to_be_focused()
    keyboard.press("?")
    expect(canvas.root.get_by_role("dialog", name="Keys and legend")).to_contain_text("Ctrl+.")
    keyboard.press("Escape")


@pytest.mark.covers("T17.4", "S06.10")
def test_a_domain_map_gets_flows_suggested(canvas: BareCanvas, server: ScriptedServer) -> None:
    server.replace(
        ScriptedReply(proposal({"op": "new_flow", "domain": "orders", "name": "Refund order"}))
    )
    canvas.go("orders", "System Map", "orders")
    on_empty(canvas)
    assert titles(canvas) == [
        "Suggest flows",
        "Suggest events",
        "Draw the domain…",
        "Write a design note",
        OTHER,
    ]
    popover = choose(canvas, "Suggest flows")
    expect(canvas.root.locator("[data-ghost=added]").first).to_be_visible()
    popover.get_by_role("button", name="Apply").click()
    canvas.lab.wait_for_kernel("'orders/refund-order' in project.flows", "True")
    canvas.card("flow:track-order").click(button="right")
    assert titles(canvas)[:3] == ["List test cases", "Draw the flow…", "Review the flow"]
    canvas.page.keyboard.press("Escape")


@pytest.mark.covers("T17.5", "S06.11")
def test_the_system_map_is_reviewed(canvas: BareCanvas, server: ScriptedServer) -> None:
    server.replace(ScriptedReply("Billing knows too much."))
    canvas.go("", "System Map")
    on_empty(canvas)
    assert titles(canvas) == [
        "Suggest domains",
        "Review the architecture",
        "Draw from a description…",
        "Write the summary",
        OTHER,
    ]
    popover = choose(canvas, "Review the architecture")
    expect(popover).to_contain_text("Known without a model")
    expect(popover).to_contain_text("order.cancelled")
    expect(popover).to_contain_text("Billing knows too much.")
    popover.get_by_role("button", name="Close").click()
    canvas.card("orders").click(button="right")
    assert titles(canvas)[:2] == ["Suggest flows", "Suggest events"]
    canvas.page.keyboard.press("Escape")


@pytest.mark.covers("T19.6")
def test_another_model_is_chosen_for_once(canvas: BareCanvas, server: ScriptedServer) -> None:
    server.replace(ScriptedReply(WORDS))
    canvas.card("charge").click(button="right")
    entries(canvas).filter(has_text=OTHER).click()
    canvas.root.get_by_role("menu", name="Models").get_by_text("scripted-llama").click()
    explain = entries(canvas).filter(has_text="Explain")
    expect(explain).to_contain_text("scripted-llama · free")
    popover = choose(canvas, "Explain")
    expect(popover.locator("strong")).to_have_text("card")
    expect(popover.locator(".ddd-facts")).to_contain_text("scripted-llama")
    expect(popover.locator(".ddd-facts")).to_contain_text("your choice")
    popover.get_by_role("button", name="Close").click()
    canvas.card("charge").click(button="right")
    expect(entries(canvas).filter(has_text="Explain")).to_contain_text("scripted-claude")
    canvas.page.keyboard.press("Escape")


def test_a_failure_says_what_to_do_and_facts_need_no_model(
    canvas: BareCanvas, server: ScriptedServer, shop: Path
) -> None:
    server.replace(
        ScriptedReply(status=401, message="invalid x-api-key", times=1), ScriptedReply("Fine.")
    )
    on_empty(canvas)
    popover = choose(canvas, "Review the flow")
    expect(popover.get_by_role("alert")).to_be_visible()
    popover.get_by_role("button", name="Ask again").click()
    expect(popover).to_contain_text("Fine.")
    popover.get_by_role("button", name="Close").click()
    settings = shop / ".ddd/config.yaml"
    before = settings.read_text()
    settings.write_text(NO_MODEL)
    try:
        on_empty(canvas)
        expect(entries(canvas).first).to_contain_text("no model yet")
        popover = choose(canvas, "List test cases")
        expect(popover.get_by_role("note")).to_contain_text("DDD_LAB_NO_SUCH_KEY")
        expect(popover).to_contain_text("paths through the flow")
        assert canvas.axe() == []
        popover.get_by_role("button", name="Close").click()
    finally:
        settings.write_text(before)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [664, 1077])
def test_it_fits_beside_its_card(
    canvas: BareCanvas, server: ScriptedServer, width: int, dark: bool
) -> None:
    server.replace(ScriptedReply(WORDS * 12))
    canvas.lab.set_theme("JupyterLab Dark" if dark else "JupyterLab Light")
    resize(canvas.page, width, 950)
    canvas.root.focus()
    canvas.page.keyboard.press("f")
    canvas.card("basket").click(button="right")
    expect(entries(canvas).filter(has_text="Explain")).to_contain_text("free")
    assert canvas.lab.axe(menu(canvas)) == []
    popover = choose(canvas, "Explain")
    expect(popover.locator(".ddd-facts")).to_be_visible()
    assert is_inside(popover, canvas.root)
    assert is_apart(popover, canvas.card("basket"))
    assert canvas.lab.axe(popover) == []
    canvas.lab.screenshot(f"inline-{width}-{'dark' if dark else 'light'}")
    popover.get_by_role("button", name="Close").click()
    resize(canvas.page, 1600, 950)
    canvas.lab.set_theme("JupyterLab Light")
