"""The assistant of a canvas in JupyterLab: one kernel, two canvases, and what goes wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from tests.browser.assistant.asking import AT, PRICED, PROPOSAL, ask
from tests.browser.assistant.test_canvas_inline_actions import choose, middle_of, on_empty
from tests.browser.canvas_page import CanvasPage
from tests.browser.lab import THEMES, Lab
from tests.browser.timeouts import Timeouts, ms
from tests.browser.viewport import wait_for_board
from tests.canvas.shop import write_shop

SLOW = json.dumps({"say": "Much is to be said. " * 5000, "edits": []})
HELLO = json.dumps({"say": "Hello.", "edits": []})
GHOSTS = ".ddd-card[data-ghost=added]"
NO_PAUSES = "canvas._session.assistant.assistant.client.pauses = ()"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def shop(lab: Lab, tmp_path_factory: pytest.TempPathFactory, server: ScriptedServer) -> Path:
    root = write_shop(lab.root / tmp_path_factory.mktemp("assistant").name / "shop")
    settings = root / ".ddd/config.yaml"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(server.config())
    return root


def opened(lab: Lab, shop: Path, *cells: str) -> CanvasPage:
    """A canvas in a notebook beside the design."""
    return CanvasPage.open(lab, f"{shop.parent.name}/assistant", str(shop), AT, *cells)


def assistant(canvas: CanvasPage) -> Locator:
    """The panel beside the board."""
    return canvas.root.get_by_role("region", name=re.compile("^Assistant"))


def told(canvas: CanvasPage) -> Locator:
    """What a screen reader is told."""
    return canvas.root.locator("[aria-live=polite].ddd-sr").first


@pytest.mark.covers("S06.1", "S06.2", "S06.4", "S06.5", "S06.6", "S06.17", "T20.1")
def test_by_keys_alone_two_canvases_show_what_is_asked_taken_and_undone(
    lab: Lab, shop: Path, server: ScriptedServer
) -> None:
    server.replace(ScriptedReply(PROPOSAL, when="refund", pause=0.01), ScriptedReply(HELLO))
    canvas = opened(lab, shop, f"project.canvas({AT!r})")
    lab.run_cell(1)
    other = CanvasPage(lab, lab.output(1).get_by_role("region", name="DDD Lab canvas"))
    wait_for_board(other.root)
    keyboard, panel = canvas.page.keyboard, assistant(canvas)
    flow = next((shop / "specs").rglob("place-order.yaml"))
    before = flow.read_bytes()

    # The command shows it and hides it, and so does the button.
    canvas.focus()
    lab.command("ddd-lab:toggle-assistant")
    expect(panel.get_by_role("textbox", name="Question")).to_be_focused()
    lab.command("ddd-lab:toggle-assistant")
    expect(panel).to_have_count(0)
    toolbar = canvas.root.get_by_role("toolbar")
    toolbar.get_by_role("button", name="Assistant").press("Enter")
    expect(panel.get_by_role("textbox", name="Question")).to_be_focused()
    assert canvas.axe_in_themes() == []

    # It streams; ghosts appear on both canvases.
    keyboard.type("Orders need a refund")
    keyboard.press("Enter")
    answer = panel.get_by_role("article", name="Assistant").last
    expect(answer).to_contain_text("Two steps")
    bar = canvas.root.get_by_role("region", name=re.compile("^Proposal"))
    expect(bar.get_by_role("button", name="Apply 3")).to_be_visible()
    expect(told(canvas)).to_contain_text("The answer is here. Two steps")
    expect(canvas.root.locator(GHOSTS)).to_have_count(2)
    expect(other.root.locator(GHOSTS)).to_have_count(2)
    shape = canvas.root.locator(f"{GHOSTS} .ddd-shape").first
    expect(shape).to_have_css("border-style", "dashed")
    for theme in reversed(THEMES):
        lab.set_theme(theme)
        assert canvas.axe() == []
        lab.screenshot(f"assistant-lab-{theme.rpartition(' ')[2].lower()}")

    apply_a_part_and_undo(canvas, other)
    lab.kernel_eval("project.save()")
    assert flow.read_bytes() == before
    talk_on_both(canvas, other)


def apply_a_part_and_undo(canvas: CanvasPage, other: CanvasPage) -> None:
    """Untick one of two ghosts, apply the rest, and undo it, by keys alone."""
    bar = canvas.root.get_by_role("region", name=re.compile("^Proposal"))
    bar.get_by_role("button", name=re.compile("^Proposed")).press("Enter")
    bar.get_by_role("checkbox", name=re.compile("Tell the customer")).first.press("Space")
    expect(bar.get_by_role("button", name="Apply 1 of 3")).to_be_visible()
    expect(other.root.locator(GHOSTS)).to_have_count(1)
    canvas.press("Enter")
    expect(bar).to_have_count(0)
    expect(other.root.locator("[data-ghost]")).to_have_count(0)
    expect(other.card("refund")).to_have_count(1)
    expect(told(canvas)).to_contain_text("Applied 1 of 3")
    canvas.expect_python(f"project.flows[{AT!r}].nodes['refund'].label", "Refund the customer")
    canvas.press("Control+z")
    expect(other.card("refund")).to_have_count(0)


def talk_on_both(canvas: CanvasPage, other: CanvasPage) -> None:
    """Ask another model on one canvas, and read the conversation on the other."""
    panel = assistant(canvas)
    models = panel.get_by_role("combobox", name="Model")
    models.select_option("scripted-llama")
    answer = ask(panel, "Hello")
    expect(answer).to_contain_text("Hello.")
    expect(answer.locator(".ddd-facts")).to_contain_text("scripted-llama")
    expect(panel.locator(".ddd-spent")).to_contain_text("This session")
    other.focus()
    other.lab.command("ddd-lab:toggle-assistant")
    there = assistant(other)
    expect(there.get_by_role("article", name="Assistant").last).to_contain_text("Hello.")
    ask(panel, "And again")
    expect(there.get_by_role("article", name=re.compile("You")).last).to_have_text("And again")
    expect(there.get_by_role("article", name="Assistant")).to_have_count(3)
    expect(there).to_contain_text("3 changes applied")


def test_a_budget_warns_and_ends_a_server_goes_and_a_kernel_restarts(
    lab: Lab, shop: Path, server: ScriptedServer
) -> None:
    settings = shop / ".ddd/config.yaml"
    free = settings.read_text()
    priced = free.replace(PRICED, "      price: {input: 3, output: 15}\n", 1)
    costs = "llm:\n  cost_tracking: {budget_warning: 0.0001, budget_limit: "
    server.replace(ScriptedReply(SLOW, when="on and on", pause=0.02), ScriptedReply(HELLO))
    canvas = opened(lab, shop)
    lab.kernel_eval(NO_PAUSES)
    lab.command("ddd-lab:toggle-assistant")
    panel = assistant(canvas)
    banner = panel.locator(".ddd-budget")

    # More than the warning, then the limit; a free model goes on.
    settings.write_text(priced.replace("llm:\n", f"{costs}50}}\n"))
    expect(ask(panel, "Hello")).to_contain_text("Hello.")
    expect(banner).to_contain_text("from which you are warned")
    assert canvas.axe_in_themes() == []
    settings.write_text(priced.replace("llm:\n", f"{costs}0.0002}}\n"))
    answer = ask(panel, "And now?")
    expect(answer.get_by_role("alert")).to_contain_text("limit")
    answer.get_by_role("button", name="Stop").click()
    expect(banner).to_contain_text("is reached")
    assert canvas.axe_in_themes() == []
    banner.get_by_role("button", name=re.compile("^Go on with")).click()
    expect(ask(panel, "Without money?").locator(".ddd-facts")).to_contain_text("$0")
    settings.write_text(free)

    # Without the server it says what to do, and the question is asked again once it is back.
    server.stop()
    answer = ask(panel, "Is anybody there?")
    expect(answer.get_by_role("alert")).to_contain_text("127.0.0.1")
    lab.screenshot("assistant-lab-gone")
    server.start()
    answer.get_by_role("button", name="Ask again").click()
    expect(panel.get_by_role("article", name="Assistant").last).to_contain_text("Hello.")

    # A kernel that ends in mid-answer leaves a whole conversation behind, which goes on.
    expect(ask(panel, "Go on and on")).to_contain_text("Much is to be said.")
    request = server.requests[-1]
    lab.restart_kernel()
    assert server.wait_for(request.closed.is_set, Timeouts.EFFECT)
    lab.run_cell(0)
    canvas = CanvasPage(lab, lab.output(0).get_by_role("region", name="DDD Lab canvas"))
    wait_for_board(canvas.root)
    lab.command("ddd-lab:toggle-assistant")
    panel = assistant(canvas)
    expect(panel.get_by_role("article", name="You").last).to_have_text(
        "Go on and on", timeout=ms(Timeouts.KERNEL)
    )
    expect(panel.get_by_role("button", name="Stop")).to_have_count(0)
    expect(panel.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    lab.screenshot("assistant-lab-restarted")
    expect(ask(panel, "Hello again")).to_contain_text("Hello.")
    for line in next((shop / ".ddd/chat").rglob("*.jsonl")).read_text().splitlines():
        json.loads(line)


def test_inline_actions_answer_on_every_level(lab: Lab, shop: Path, server: ScriptedServer) -> None:
    """A node and a line, the empty sheet, a domain map and the System Map; light, then dark."""
    server.replace(ScriptedReply("So it **is**."))
    canvas = opened(lab, shop)
    canvas.button("Fit").click()
    canvas.card("charge").click(button="right")
    explained(canvas, "Explain")
    line = canvas.root.locator(
        '.react-flow__edge[data-id^="in_stock true"] .react-flow__edge-interaction'
    )
    line.dispatch_event("contextmenu", middle_of(line))
    explained(canvas, "Suggest a label")
    on_empty(canvas)
    explained(canvas, "Review the flow")
    lab.set_theme(THEMES[1])
    canvas.go("orders", "System Map", "orders")
    on_empty(canvas)
    explained(canvas, "Write a design note")
    canvas.go("", "System Map")
    on_empty(canvas)
    explained(canvas, "Review the architecture")
    assert canvas.axe() == []


def explained(canvas: CanvasPage, title: str) -> None:
    """Choose an action of the open menu, read what is said, and close it."""
    popover = choose(canvas, title)
    expect(popover.locator("strong", has_text="is")).to_be_visible()
    popover.get_by_role("button", name="Close").click()
    expect(popover).to_have_count(0)
