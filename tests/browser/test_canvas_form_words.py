"""Forms as people read them: words, units, what matters first, and one spelling of each thing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.forms import Form
from tests.browser.viewport import resize
from tests.canvas.shop import write_shop

CHARGE = "billing/charge-card"
AGENT = "support/answer-customer"
ORDER = "orders/place-order"


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    root = write_shop(tmp_path_factory.mktemp("words") / "shop")
    with bare_canvas(browser, root, CHARGE) as canvas:
        yield canvas


@pytest.fixture(autouse=True)
def as_it_was(canvas: CanvasPage) -> Iterator[None]:
    yield
    canvas.lab.kernel_eval("while project.undo(): pass")


def test_settings_have_words_and_units_and_say_their_key_to_who_asks(canvas: CanvasPage) -> None:
    canvas.go(CHARGE, "System Map", "billing", "Charge card")
    canvas.select("ask_bank")
    limit = canvas.panel.get_by_role("textbox", name="Timeout", exact=True)
    expect(limit).to_have_value("5000")
    expect(limit).to_have_accessible_description("ms timeout_ms: Time limit.")
    row = canvas.panel.locator('[data-path="spec.timeout_ms"]')
    expect(row.get_by_text("ms", exact=True)).to_be_visible()
    expect(row.locator("label")).to_have_attribute("title", "timeout_ms: Time limit.")
    expect(canvas.panel.get_by_role("textbox", name="URL required", exact=True)).to_be_visible()
    limit.fill("8s")
    limit.press("Enter")
    expect(row.get_by_text("ms", exact=True)).to_have_count(0)
    assert canvas.axe() == []


def test_what_is_rarely_needed_is_folded_until_it_says_something(canvas: CanvasPage) -> None:
    canvas.go(CHARGE, "System Map", "billing", "Charge card")
    canvas.select("ask_bank")
    expect(canvas.field("url")).to_be_visible()
    expect(canvas.field("integration")).to_be_hidden()
    canvas.panel.get_by_text("More settings").click()
    expect(canvas.field("integration")).to_be_visible()
    canvas.fill("integration", "bank")
    node = f"project.flows[{CHARGE!r}].data.by_id['ask_bank']"
    canvas.expect_python(f"{node}.spec['integration']", "bank")
    canvas.select("paid")
    canvas.select("ask_bank")
    expect(canvas.field("integration")).to_have_value("bank")
    expect(canvas.field("integration")).to_be_visible()


def test_of_several_spellings_only_that_of_the_file_is_offered(canvas: CanvasPage) -> None:
    canvas.go(CHARGE, "System Map", "billing", "Charge card")
    node = f"project.flows[{CHARGE!r}].nodes['not_paid']"
    canvas.select("not_paid")
    expect(canvas.field("event")).to_have_value("payment.failed")
    expect(canvas.panel.locator('[data-path="spec.event_name"]')).to_have_count(0)
    canvas.lab.kernel_eval(f"{node}.spec = {{'event_name': 'payment.failed'}}")
    expect(canvas.panel.locator('[data-path="spec.event_name"]')).to_have_count(1)
    expect(canvas.panel.locator('[data-path="spec.event"]')).to_have_count(0)


def test_a_new_entry_waits_to_be_filled_in_and_enter_adds_one_more(canvas: CanvasPage) -> None:
    canvas.go(AGENT, "System Map", "support", "Answer customer")
    canvas.select("check_in")
    kept = f"project.flows[{AGENT!r}].data.extra"
    canvas.root.locator(".react-flow__pane").click(position={"x": 8, "y": 8})
    flow = Form(canvas.panel)
    memories = flow.group("memory")
    memories.button("Add item to Memory").click()
    memory = memories.item(1)
    expect(memory.field("name")).to_be_focused()
    canvas.page.keyboard.type("facts")
    memory.field("max_tokens").fill("900")
    canvas.page.keyboard.press("Enter")
    expect(memories.items).to_have_count(3)
    expect(memories.item(2).field("name")).to_be_focused()
    canvas.page.keyboard.type("loans")
    canvas.page.keyboard.press("Tab")
    canvas.expect_python(f"[m['name'] for m in {kept}['memory']]", ["talk", "facts", "loans"])
    canvas.expect_python(f"{kept}['memory'][1]", {"name": "facts", "max_tokens": 900})

    check = flow.group("guardrails").group("input").item(0).ask("block_categories")
    categories = check.group("block_categories")
    categories.button("Add item to Block categories").click()
    for word in ("rude", "spam"):
        expect(categories.field("New item of Block categories")).to_be_focused()
        canvas.page.keyboard.type(word)
        canvas.page.keyboard.press("Enter")
    found = f"{kept}['guardrails']['input'][0]['block_categories']"
    canvas.expect_python(found, ["rude", "spam"])
    expect(categories.field("New item of Block categories")).to_be_focused()
    canvas.page.keyboard.press("Enter")
    expect(categories.button("Add item to Block categories")).to_be_focused()


def test_the_blocks_of_a_flow_have_the_forms_of_what_they_are(canvas: CanvasPage) -> None:
    canvas.go(AGENT, "System Map", "support", "Answer customer")
    resize(canvas.page, 833, 950)
    canvas.root.locator(".react-flow__pane").click(position={"x": 8, "y": 8})
    canvas.show_panel("Spec")
    agent = Form(canvas.panel).group("agent settings")
    prompt = agent.field("system_prompt")
    expect(prompt).to_have_value("You help the customers of a corner shop.")
    panel, box = canvas.panel.bounding_box(), prompt.bounding_box()
    assert panel is not None
    assert box is not None
    assert box["width"] > 0.8 * panel["width"], "a text has the width of the panel"
    assert box["height"] > 100, "a prompt has room to write"
    prompt.fill("You are brief.\nYou are kind.")
    prompt.press("ControlOrMeta+Enter")
    extra = f"project.flows[{AGENT!r}].data.extra"
    canvas.expect_python(f"{extra}['agent_config']['system_prompt']", prompt.input_value())
    for block in ("tools", "memory", "guardrails"):
        expect(Form(canvas.panel).group(block).root).to_be_visible()
    resize(canvas.page, 1600, 950)


def test_kinds_of_values_are_words(canvas: CanvasPage) -> None:
    canvas.go(ORDER, "System Map", "orders", "Place order")
    canvas.select("refused")
    kinds = canvas.panel.get_by_label("Kind of audience").locator("option")
    expect(kinds).to_have_text(["Text", "Number", "Yes or no", "List", "Group", "Nothing"])


def test_yaml_has_colours_numbers_undo_and_marks_the_line_that_is_wrong(
    canvas: CanvasPage,
) -> None:
    canvas.go(CHARGE, "System Map", "billing", "Charge card")
    canvas.select("paid")
    text = canvas.yaml("paid")
    before = canvas.yaml_text("paid")
    assert before.splitlines()[0] == "id: paid"
    editor = canvas.panel.locator(".ddd-editor")
    expect(editor.locator(".cm-gutterElement").filter(has_text="3")).to_be_visible()
    expect(editor.locator(".cm-line").first.locator("span").first).to_be_attached()
    colours = editor.locator(".cm-line").first.evaluate(
        "line => new Set([line, ...line.querySelectorAll('*')]"
        ".map(part => getComputedStyle(part).color)).size"
    )
    assert colours > 1, "a key has another colour than its value"
    assert canvas.axe() == []

    text.press("ControlOrMeta+End")
    canvas.page.keyboard.type("\nlabel: [")
    expect(canvas.button("Apply")).to_be_disabled()
    canvas.panel.get_by_role("button", name="Go to line").click()
    expect(text).to_be_focused()
    expect(editor.locator(".ddd-bad-line")).to_have_count(1)
    text.press("ControlOrMeta+z")
    expect(editor).not_to_contain_text("label: [")
    text.press("Escape")
    expect(canvas.panel.get_by_role("tab", name="YAML")).to_be_focused()
    canvas.panel.get_by_role("tab", name="Form").click()
