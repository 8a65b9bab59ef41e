"""The assistant beside the board, against a scripted server of language models."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from ddd_lab.assist.requests import ToolCall
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from tests.browser.assistant.asking import AT, HERE, PRICED, PROPOSAL, ask, toggle
from tests.browser.bare import BareCanvas
from tests.browser.viewport import resize


@pytest.mark.covers("T15.2", "T15.3", "T15.4", "T15.10")
def test_a_question_is_answered_and_kept(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer
) -> None:
    server.replace(
        ScriptedReply(
            json.dumps({"say": "The **bank** may be down.\n\n- `502`\n- <b>no</b>", "edits": []}),
            thinking="What could fail?",
        )
    )
    expect(panel.get_by_text("About orders › Place order")).to_be_visible()
    suggestion = panel.locator(".ddd-suggestions button").first
    suggestion.click()
    question = panel.get_by_role("textbox", name="Question")
    expect(question).to_be_focused()
    expect(question).to_have_value(suggestion.text_content() or "")
    answer = ask(panel, "What can go wrong?")
    expect(answer.locator("strong")).to_have_text("bank")
    expect(answer.get_by_role("listitem")).to_have_text(["502", "<b>no</b>"])
    expect(answer.locator("b")).to_have_count(0)
    expect(answer.locator(".ddd-facts")).to_contain_text("scripted-claude")
    expect(answer.locator(".ddd-facts")).to_contain_text("tokens")
    expect(answer.get_by_text("What could fail?")).to_be_hidden()
    answer.get_by_text("Thinking").click()
    expect(answer.get_by_text("What could fail?")).to_be_visible()
    expect(canvas.root.locator("[aria-live=polite].ddd-sr").first).to_contain_text(
        "The answer is here"
    )
    assert canvas.axe() == []
    canvas.show(f"project.canvas({AT!r}, height=820)")
    toggle(canvas).click()
    expect(panel.get_by_role("article", name="You").last).to_have_text("What can go wrong?")
    panel.get_by_role("button", name="Conversations").click()
    panel.get_by_role("searchbox", name="Search conversations").fill("bank wrong")
    found = panel.locator(".ddd-thread").filter(has_text="What can go wrong?").first
    found.get_by_role("button", name=re.compile("^Rename")).click()
    panel.get_by_role("textbox", name=re.compile("^New title")).fill("Failures")
    panel.get_by_role("button", name="Rename", exact=True).click()
    expect(panel.get_by_role("button", name="Archive “Failures”")).to_be_visible()
    panel.get_by_role("searchbox", name="Search conversations").fill("")
    panel.get_by_role("button", name="Archive “Failures”").click()
    expect(panel.get_by_role("button", name="Archive “Failures”")).to_have_count(0)


@pytest.mark.covers(
    "T15.1", "T15.6", "T15.7", "T16.1", "T16.2", "T16.3", "T16.5", "T15.9", "T15.8", "T16.4"
)
def test_by_keys_alone_a_proposal_is_seen_in_part_applied_and_undone(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer
) -> None:
    server.replace(ScriptedReply(PROPOSAL))
    keyboard = canvas.page.keyboard
    toggle(canvas).click()
    expect(panel).to_have_count(0)
    canvas.root.focus()
    keyboard.press("l")
    expect(panel.get_by_role("textbox", name="Question")).to_be_focused()
    keyboard.type("Orders need a refund")
    keyboard.press("Enter")
    ghost = canvas.root.locator(".ddd-card[data-ghost=added]")
    expect(ghost).to_have_count(2)
    bar = canvas.root.get_by_role("region", name="Proposal")
    expect(bar).to_contain_text("3 added")
    expect(bar.get_by_role("button", name="Apply 3")).to_be_visible()
    assert canvas.axe() == []
    bar.get_by_role("button", name=re.compile("^Proposed")).focus()
    keyboard.press("Enter")
    tell = bar.get_by_role(
        "checkbox", name=re.compile("Tell the customer|tell", re.IGNORECASE)
    ).first
    tell.focus()
    keyboard.press("Space")
    expect(bar.get_by_role("button", name="Apply 1 of 3")).to_be_visible()
    expect(ghost).to_have_count(1)
    canvas.root.focus()
    keyboard.press("Enter")
    expect(bar).to_have_count(0)
    canvas.lab.wait_for_kernel(f"'refund' in project.flows[{AT!r}].nodes", "True")
    canvas.lab.wait_for_kernel(f"'tell' in project.flows[{AT!r}].nodes", "False")
    answer = panel.get_by_role("article", name="Assistant").last
    expect(answer).to_contain_text("changes applied")
    keyboard.press("Control+z")
    canvas.lab.wait_for_kernel(f"'refund' in project.flows[{AT!r}].nodes", "False")


def test_a_proposal_is_discarded_with_escape_and_changed_by_words(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer
) -> None:
    server.replace(ScriptedReply(PROPOSAL))
    answer = ask(panel, "Orders need a refund")
    expect(answer).to_contain_text("tokens")  # it has ended: Escape would stop it
    bar = canvas.root.get_by_role("region", name="Proposal")
    bar.get_by_role("button", name="Edit in chat").click()
    question = panel.get_by_role("textbox", name="Question")
    expect(question).to_have_value("Change this: ")
    question.fill("")
    canvas.root.focus()
    canvas.page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    expect(canvas.root.locator("[data-ghost]")).to_have_count(0)
    answer = panel.get_by_role("article", name="Assistant").last
    expect(answer).to_contain_text("changes discarded")
    canvas.lab.kernel_eval(f"project.flows[{AT!r}].add_node('process', id='tell')")
    answer.get_by_role("button", name="Show the changes again").click()
    expect(bar).to_contain_text("cannot be applied")
    expect(canvas.root.locator("[data-ghost=added]")).to_have_count(1)
    expect(answer).to_contain_text("changes proposed")
    bar.get_by_role("button", name="Discard").click()
    expect(answer.get_by_role("button", name="Show the changes again")).to_be_visible()


def test_a_person_s_own_edit_wins_over_the_proposal(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer
) -> None:
    server.replace(ScriptedReply(PROPOSAL))
    ask(panel, "Orders need a refund")
    bar = canvas.root.get_by_role("region", name="Proposal")
    expect(bar.get_by_role("button", name="Apply 3")).to_be_visible()
    canvas.lab.kernel_eval(f"project.flows[{AT!r}].add_node('process', id='refund')")
    expect(bar).to_contain_text("cannot be applied")
    bar.get_by_role("button", name="Discard").click()
    expect(bar).to_have_count(0)


@pytest.mark.covers("T15.5")
def test_an_answer_is_stopped_and_replaced(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer
) -> None:
    slow = json.dumps({"say": "word " * 400, "edits": []})
    server.replace(
        ScriptedReply(slow, when="slowly", pause=0.05),
        ScriptedReply(json.dumps({"say": "Quick.", "edits": []})),
    )
    answer = ask(panel, "Say it slowly")
    expect(answer).to_contain_text("word word")
    expect(answer.locator(".ddd-progress")).to_contain_text(" s")
    answer.get_by_role("button", name="Stop").click()
    expect(answer).to_contain_text("Stopped.")
    expect(answer).to_contain_text("word word")
    first = ask(panel, "Once more slowly")
    expect(first).to_contain_text("word word")
    articles = panel.get_by_role("article", name="Assistant")
    count = articles.count()
    last = ask(panel, "Quick now")
    expect(articles).to_have_count(count + 1)
    expect(last).to_contain_text("Quick.")
    expect(articles.nth(count - 1)).to_contain_text("A newer answer took its place.")


def test_a_failure_says_what_to_do_and_the_question_can_be_asked_again(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer
) -> None:
    server.replace(
        ScriptedReply(status=401, message="invalid x-api-key", times=1),
        ScriptedReply(json.dumps({"say": "Back.", "edits": []})),
    )
    answer = ask(panel, "Are you there?")
    expect(answer.get_by_role("alert")).to_be_visible()
    answer.get_by_role("button", name="Ask again").click()
    expect(panel.get_by_role("article", name="Assistant").last).to_contain_text("Back.")


def test_what_a_model_looks_up_is_shown(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer
) -> None:
    server.replace(
        ScriptedReply(tool_calls=(ToolCall("1", "find", {"words": "stock"}),), times=1),
        ScriptedReply(json.dumps({"say": "In *stock*.", "edits": []})),
    )
    answer = ask(panel, "Where is the stock?")
    looked_up = answer.get_by_role("list", name="Looked up")
    expect(looked_up).to_contain_text("stock")
    expect(answer.locator("em")).to_have_text("stock")


@pytest.mark.covers("T19.1", "T19.2", "T19.3")
def test_the_context_is_shown_dropped_and_pinned_and_another_model_chosen(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer
) -> None:
    server.replace(ScriptedReply(json.dumps({"say": "Hello.", "edits": []})))
    panel.get_by_role("textbox", name="Question").fill("Check @in_s")
    offers = panel.get_by_role("listbox", name="Names")
    expect(offers.get_by_role("option").first).to_be_visible()
    canvas.page.keyboard.press("Enter")
    expect(panel.get_by_role("textbox", name="Question")).to_have_value("Check @in_stock ")
    panel.get_by_role("button", name="What is sent").click()
    sent = panel.get_by_role("region", name="What is sent")
    expect(sent).to_contain_text("tokens")
    flow = sent.get_by_role("listitem").filter(has_text=f"Flow: {AT}").first
    flow.get_by_role("group").click()
    expect(flow).to_contain_text("in_stock")
    assert canvas.axe() == []
    flow.get_by_role("button", name=re.compile("^Drop")).click()
    expect(sent.get_by_role("button", name=f"Drop Flow: {AT}")).to_have_count(0)
    sent.get_by_role("button", name=f"Pin Flow: {AT}").click()
    expect(sent.get_by_role("button", name=f"Drop Flow: {AT}")).to_be_visible()
    models = panel.get_by_role("combobox", name="Model")
    expect(models.locator("optgroup")).not_to_have_count(0)
    models.select_option("scripted-llama")
    answer = ask(panel, "Hello")
    expect(answer.locator(".ddd-facts")).to_contain_text("scripted-llama")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_fits_a_narrow_cell(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer, dark: bool
) -> None:
    server.replace(ScriptedReply(PROPOSAL))
    if dark:
        canvas.lab.set_theme("JupyterLab Dark")
    resize(canvas.page, 664, 950)
    ask(panel, "Orders need a refund")
    bar = canvas.root.get_by_role("region", name="Proposal")
    expect(bar.get_by_role("button", name="Apply 3")).to_be_in_viewport()
    assert canvas.axe() == []
    canvas.lab.screenshot(f"assistant-narrow-{'dark' if dark else 'light'}")
    bar.get_by_role("button", name="Discard").click()
    expect(bar).to_have_count(0)
    resize(canvas.page, 1600, 950)
    canvas.lab.set_theme("JupyterLab Light")


def test_when_no_server_answers_it_says_so_and_what_was_typed_can_be_asked_again(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer
) -> None:
    canvas.lab.kernel_eval("canvas._session.assistant.assistant.client.pauses = ()")
    server.replace(
        ScriptedReply(status=503, message="The server is being repaired.", when="there"),
        ScriptedReply(json.dumps({"say": "Back.", "edits": []})),
    )
    answer = ask(panel, "Is anybody there?")
    expect(answer.get_by_role("alert")).to_contain_text("repaired")
    expect(answer.get_by_role("button", name="Ask again")).to_be_visible()
    expect(ask(panel, "Hello again")).to_contain_text("Back.")


def test_a_limit_asks_first_and_a_free_model_goes_on(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer, shop: Path
) -> None:
    settings = shop / ".ddd/config.yaml"
    before = settings.read_text()
    settings.write_text(
        before.replace(PRICED, "      price: {input: 3, output: 15}\n", 1).replace(
            "llm:\n", "llm:\n  cost_tracking: {budget_limit: 0.0001}\n"
        )
    )
    server.replace(ScriptedReply(json.dumps({"say": "Hello.", "edits": []})))
    models = panel.get_by_role("combobox", name="Model")
    models.select_option("scripted-claude")
    answer = ask(panel, "Hello")
    expect(answer.get_by_role("alert")).to_contain_text("limit")
    assert server.requests == [] or all(one.method == "GET" for one in server.requests)
    answer.get_by_role("button", name="Go on").click()
    expect(answer).to_contain_text("Hello.")
    banner = panel.locator(".ddd-budget")
    expect(banner).to_contain_text("is reached")
    assert canvas.lab.axe(panel) == []
    banner.get_by_role("button", name=re.compile("^Go on with")).click()
    expect(models).to_have_value(re.compile("scripted-(gpt|llama)"))
    expect(ask(panel, "And now?").locator(".ddd-facts")).to_contain_text("$0")
    banner.get_by_role("spinbutton", name="New limit in dollars").fill("90")
    banner.get_by_role("button", name="Set the limit").click()
    expect(banner).to_have_count(0)
    assert "budget_limit: 90" in settings.read_text()
    settings.write_text(before)
    models.select_option("scripted-claude")


@pytest.mark.covers("S06.18")
def test_conversations_belong_to_their_flows_and_are_gone_to(
    canvas: BareCanvas, panel: Locator, server: ScriptedServer
) -> None:
    server.replace(ScriptedReply(json.dumps({"say": "Hello.", "edits": []})))
    expect(ask(panel, "The first of this flow")).to_contain_text("Hello.")
    panel.get_by_role("button", name="New conversation").click()
    expect(ask(panel, "The second of this flow")).to_contain_text("Hello.")
    canvas.go("billing/charge-card", "System Map", "billing", "Charge card")
    expect(panel.get_by_text("Ask about this design")).to_be_visible()
    panel.get_by_role("button", name="Conversations").click()
    first = panel.locator(".ddd-thread-open").filter(has_text="The first of this flow")
    panel.get_by_role("searchbox", name="Search conversations").fill("flow")
    expect(first).to_have_count(0)
    panel.get_by_role("button", name="All places").click()
    first.click()
    canvas.expect_place(*HERE)
    expect(panel.get_by_role("article", name="You")).to_have_text("The first of this flow")
