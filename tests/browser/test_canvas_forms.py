"""The spec panel's generated forms: every kind of value, every validation, nothing lost."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from ddd_lab.spec.catalogue.input import FIELD_TYPES
from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.forms import Form
from tests.canvas.shop import write_shop

AT = "orders/place-order"
HERE = ("System Map", "orders", "Place order")
FLOW = f"project.flows[{AT!r}]"

LOOK_UP = """
def look_up(data, path):
    for step in path.split("."):
        data = data.get(step) if data is not None else None
    return data
"""


@pytest.fixture(scope="module")
def canvas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    with bare_canvas(browser, write_shop(tmp_path_factory.mktemp("forms") / "shop"), AT) as canvas:
        canvas.lab.kernel_eval(LOOK_UP)
        yield canvas


@pytest.fixture(autouse=True)
def as_it_was(canvas: CanvasPage) -> Iterator[None]:
    canvas.go(AT, *HERE)
    yield
    canvas.lab.kernel_eval("while project.undo(): pass")


def spec(canvas: CanvasPage, node: str) -> Any:
    return ast.literal_eval(canvas.lab.kernel_eval(f"{FLOW}.data.by_id[{node!r}].spec"))


def expect_spec(canvas: CanvasPage, node: str, path: str, expected: object) -> None:
    """Wait until a spec says something at a path, such as ``fields.sku.min``."""
    found = f"look_up({FLOW}.data.by_id[{node!r}].spec, {path!r})"
    canvas.expect_python(found, expected)


def field_of(canvas: CanvasPage, name: str) -> Locator:
    """A field of an input node, unfolded."""
    fold = canvas.panel.locator("details").filter(
        has=canvas.page.locator(f'summary:has-text("{name}")')
    )
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold


def test_fields_are_added_renamed_typed_and_removed(canvas: CanvasPage) -> None:
    canvas.select("basket")
    canvas.panel.get_by_role("button", name="Add field…").click()
    canvas.page.keyboard.type("email")
    canvas.page.keyboard.press("Enter")
    canvas.lab.wait_for_kernel(
        f"list({FLOW}.nodes['basket'].spec.fields)", "['sku', 'count', 'email']"
    )

    field = field_of(canvas, "email")
    field.get_by_label("Type of email").select_option("number")
    expect_spec(canvas, "basket", "fields.email.type", "number")
    field.get_by_label("email is required").check()
    expect_spec(canvas, "basket", "fields.email.required", True)
    field.get_by_label("Name of email").fill("age")
    field.get_by_label("Name of email").press("Enter")
    canvas.lab.wait_for_kernel(
        f"list({FLOW}.nodes['basket'].spec.fields)", "['sku', 'count', 'age']"
    )
    field_of(canvas, "age").get_by_role("button", name="Remove field age").click()
    canvas.lab.wait_for_kernel(f"list({FLOW}.nodes['basket'].spec.fields)", "['sku', 'count']")


def test_every_type_of_field_that_there_is_can_be_chosen(canvas: CanvasPage) -> None:
    canvas.select("basket")
    for type in ("integer", "uuid", "date"):
        canvas.lab.kernel_eval(
            f"{FLOW}.nodes['basket'].spec.fields = {{'it': {{'type': {type!r}}}}}"
        )
        choice = field_of(canvas, "it").get_by_label("Type of it")
        expect(choice.locator("option:checked")).to_have_text(type)
        expect(choice.locator("option")).to_have_text([*FIELD_TYPES, "Another value…"])


@pytest.mark.parametrize(
    ("type", "rules"),
    [
        ("string", ["min_length", "max_length", "pattern", "format", "enum", "unique"]),
        ("number", ["min", "max", "integer", "unique"]),
        ("array", ["min_items", "max_items", "unique"]),
        ("boolean", ["unique", "custom"]),
    ],
)
def test_each_type_of_field_has_its_rules(canvas: CanvasPage, type: str, rules: list[str]) -> None:
    canvas.lab.kernel_eval(
        f"{FLOW}.nodes['basket'].spec.fields = {{'it': {{'type': {type!r}, 'required': True}}}}"
    )
    canvas.select("basket")
    field = field_of(canvas, "it")
    expect(field.locator("summary")).to_have_text(f"it{type}, required")
    field.get_by_role("button", name="Add rule").click()
    first = "min_length" if type == "string" else rules[0]
    chooser = field.get_by_label(f"Rule {first} of it")
    expect(chooser.locator("option")).to_have_text([*rules, "Another value…"])
    for rule in rules[1:]:
        current = field.locator("select[aria-label^='Rule ']")
        current.select_option(label=rule)
        canvas.lab.wait_for_kernel(
            f"{rule!r} in {FLOW}.data.by_id['basket'].spec['fields']['it']", "True"
        )
    field.get_by_label("Error text of it").fill("Not so")
    field.get_by_label("Error text of it").press("Enter")
    expect_spec(canvas, "basket", "fields.it.error", "Not so")
    field.get_by_role("button", name=f"Remove {rules[-1]} of it").click()
    canvas.lab.wait_for_kernel(
        f"{rules[-1]!r} in {FLOW}.data.by_id['basket'].spec['fields']['it']", "False"
    )


def test_a_rule_has_a_value_and_the_type_it_needs(canvas: CanvasPage) -> None:
    canvas.select("basket")
    field = field_of(canvas, "sku")
    value = field.get_by_role("textbox", name="min_length of sku")
    value.fill("5")
    value.press("Enter")
    expect_spec(canvas, "basket", "fields.sku.min_length", 5)


@pytest.mark.parametrize(
    ("fields", "rule", "expected"),
    [
        (
            [{"name": "it", "type": "string", "validations": []}],
            "type",
            [
                {
                    "name": "it",
                    "type": "string",
                    "validations": [{"type": "min_length", "value": 1}],
                }
            ],
        ),
        (
            {"it": {"type": "string", "validations": [{"max_length": 9, "error": "Long"}]}},
            "keyed",
            {
                "it": {
                    "type": "string",
                    "validations": [{"max_length": 9, "error": "Long"}, {"min_length": 1}],
                }
            },
        ),
    ],
    ids=["a list of fields", "rules in a list"],
)
def test_rules_are_written_the_way_the_file_writes_them(
    canvas: CanvasPage, fields: object, rule: str, expected: object
) -> None:
    canvas.lab.kernel_eval(f"{FLOW}.nodes['basket'].spec.fields = {fields!r}")
    canvas.select("basket")
    field = field_of(canvas, "it")
    expect(field.locator("summary")).to_have_text(
        "itstring" if rule == "type" else "itstring, 1 rule"
    )
    # What the field of the test before was shown as says the same.
    known = field.get_by_label("Error text of max_length of it")
    expect(known).to_have_count(0 if rule == "type" else 1)
    field.get_by_role("button", name="Add rule").click()
    canvas.lab.wait_for_kernel(
        f"len(({FLOW}.data.by_id['basket'].spec['fields'][0] if {isinstance(fields, list)}"
        f" else {FLOW}.data.by_id['basket'].spec['fields']['it'])['validations'])",
        "1" if isinstance(fields, list) else "2",
    )
    found = spec(canvas, "basket")["fields"]
    shape = found[0] if isinstance(found, list) else found["it"]
    wanted: Any = expected[0] if isinstance(expected, list) else expected["it"]  # type: ignore[index]  # a map
    for got, want in zip(shape["validations"], wanted["validations"], strict=True):
        assert {key: got.get(key) for key in want} == want


def test_known_keys_are_offered_and_taken_away(canvas: CanvasPage) -> None:
    canvas.go("billing/charge-card", "System Map", "billing", "Charge card")
    flow = "project.flows['billing/charge-card']"
    canvas.select("ask_bank")
    expect(canvas.field("method")).to_have_value("1")
    canvas.field("method").select_option(label="PUT")
    canvas.lab.wait_for_kernel(f"{flow}.nodes['ask_bank'].spec.method", "'PUT'")
    Form(canvas.panel).ask("service")
    canvas.fill("service", "bank")
    canvas.lab.wait_for_kernel(f"{flow}.nodes['ask_bank'].spec.service", "'bank'")
    canvas.panel.get_by_role("button", name="Remove Service").click()
    canvas.lab.wait_for_kernel(f"'service' in {flow}.nodes['ask_bank'].spec", "False")


def test_a_choice_may_be_a_value_that_nobody_offers(canvas: CanvasPage) -> None:
    canvas.go("billing/charge-card", "System Map", "billing", "Charge card")
    canvas.select("ask_bank")
    canvas.field("method").select_option(label="Another value…")
    box = canvas.field("method")
    box.fill("BREW")
    box.press("Enter")
    canvas.lab.wait_for_kernel(
        "project.flows['billing/charge-card'].nodes['ask_bank'].spec.method", "'BREW'"
    )


def test_keys_that_no_model_knows_are_shown_edited_and_made(canvas: CanvasPage) -> None:
    canvas.select("refused")
    expect(canvas.panel).to_contain_text("Other keys")
    canvas.fill("audience", "staff")
    expect_spec(canvas, "refused", "audience", "staff")
    canvas.panel.get_by_role("button", name="Add key…").last.click()
    canvas.page.keyboard.type("colour")
    canvas.page.keyboard.press("Enter")
    canvas.fill("colour", "red")
    expect_spec(canvas, "refused", "colour", "red")
    canvas.panel.get_by_role("button", name="Remove colour").click()
    canvas.lab.wait_for_kernel(f"'colour' in {FLOW}.nodes['refused'].spec", "False")


def test_lists_and_maps_of_anything_can_be_added_to_and_removed_from(canvas: CanvasPage) -> None:
    canvas.lab.kernel_eval(
        f"{FLOW}.nodes['refused'].spec['steps'] = ['look', 'ask']; "
        f"{FLOW}.nodes['refused'].spec['by_code'] = {{'a': 1, 'b': 'two'}}"
    )
    canvas.select("refused")
    steps = canvas.panel.get_by_role("group", name="steps", exact=True)
    steps.get_by_role("button", name="Remove steps 1").click()
    expect_spec(canvas, "refused", "steps", ["ask"])
    codes = canvas.panel.get_by_role("group", name="by_code", exact=True)
    codes.get_by_role("button", name="Remove a", exact=True).click()
    expect_spec(canvas, "refused", "by_code", {"b": "two"})
    codes.get_by_label("Name of b").fill("c")
    codes.get_by_label("Name of b").press("Enter")
    expect_spec(canvas, "refused", "by_code", {"c": "two"})


def test_a_text_of_digits_stays_a_text(canvas: CanvasPage) -> None:
    canvas.lab.kernel_eval(f"{FLOW}.nodes['refused'].spec['port'] = '8080'")
    canvas.select("refused")
    canvas.fill("port", "9090")
    expect_spec(canvas, "refused", "port", "9090")
    canvas.panel.get_by_label("Kind of port").select_option("number")
    expect_spec(canvas, "refused", "port", 9090)


@pytest.mark.parametrize("shown", ["Refused", ""])
def test_what_is_typed_replaces_what_was_selected_also_if_another_value_came_meanwhile(
    canvas: CanvasPage, shown: str
) -> None:
    canvas.lab.kernel_eval(f"{FLOW}.nodes['refused'].label = {shown!r}")
    canvas.select("refused")
    label = canvas.field("label")
    expect(label).to_have_value(shown)
    label.select_text()
    canvas.lab.kernel_eval(f"{FLOW}.nodes['refused'].label = 'Turned down'")
    expect(label).to_have_value("Turned down")
    canvas.page.keyboard.type("Sent away")
    expect(label).to_have_value("Sent away")
    canvas.page.keyboard.press("Enter")
    canvas.expect_python(f"{FLOW}.nodes['refused'].label", "Sent away")


def test_a_field_keeps_the_focus_while_its_text_becomes_a_long_one(canvas: CanvasPage) -> None:
    canvas.lab.kernel_eval(f"{FLOW}.nodes['refused'].spec['reason'] = 'none'")
    canvas.select("refused")
    canvas.fill("reason", "It is out of stock and will not come back.")
    expect(
        canvas.panel.get_by_label("reason", exact=True).and_(canvas.page.locator("textarea"))
    ).to_be_focused()
    canvas.page.keyboard.press("Control+a")
    canvas.page.keyboard.type("It is gone.")
    canvas.page.keyboard.press("Control+Enter")
    expect_spec(canvas, "refused", "reason", "It is gone.")


@pytest.mark.covers("T13.4")
@pytest.mark.parametrize(
    ("at", "titles", "node", "shown"),
    [
        ("support/answer-customer", ("support", "Answer customer"), "loop", "Agent loop"),
        ("support/answer-customer", ("support", "Answer customer"), "check_in", "Guardrail"),
        ("orders/track-order", ("orders", "Track order"), "look_up", "Data store"),
    ],
)
def test_the_panel_shows_the_data_of_every_type(
    canvas: CanvasPage, at: str, titles: tuple[str, str], node: str, shown: str
) -> None:
    canvas.go(at, "System Map", *titles)
    canvas.select(node)
    expect(canvas.panel.get_by_role("heading", name=shown)).to_be_visible()
    expect(canvas.panel.locator("fieldset, .ddd-row")).not_to_have_count(2)


def test_settings_of_the_flow_itself_are_edited_when_nothing_is_selected(
    canvas: CanvasPage,
) -> None:
    canvas.root.locator(".react-flow__pane").click(position={"x": 20, "y": 20})
    canvas.show_panel("Spec")
    canvas.fill("name", "Buy it")
    canvas.expect_place("System Map", "orders", "Buy it")


def test_yaml_lines_show_what_saving_would_write(canvas: CanvasPage) -> None:
    canvas.select("placed")
    canvas.fill("label", "Sent off")
    expect(canvas.yaml("placed")).to_contain_text("label: Sent off")
    canvas.panel.get_by_role("tab", name="Form").click()
