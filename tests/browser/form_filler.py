"""Fills in a whole form of the spec panel, whatever its schema, and remembers what it said."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.canvas_page import CanvasPage

TEXT = 'Größe "XL", it\'s 5 µm'
NUMBER = 7
DEEPEST = 2
"""Of parts that lie deeper than this only the first key is filled in."""

Schema = Mapping[str, Any]

_ROW = "xpath=./div[contains(@class, 'ddd-row')][div/label[{names}]] | ./fieldset[legend[{names}]]"
_ITEM = "xpath=./*[contains(@class, 'ddd-fold') or div[contains(@class, 'ddd-item-row')]]"


def _either(key: str) -> str:
    """A condition of XPath: the name of a field, required or not."""
    return f"normalize-space() = '{key}' or normalize-space() = '{key} required'"


class FormFiller:
    """Somebody who fills in every field of one card's form.

    Args:
        canvas: with the card selected.
        schema: JSON Schema of the card's spec.
        sense: values of keys for which any text would be nonsense, by the key's name.
    """

    def __init__(self, canvas: CanvasPage, schema: Schema, sense: Mapping[str, Any]) -> None:
        self._canvas = canvas
        self._definitions: Mapping[str, Schema] = schema.get("$defs", {})
        self._schema = schema
        self._sense = sense

    def fill(self, *leave_out: str) -> dict[str, Any]:
        """Fill in every key of the form but some; returns what the spec should say then."""
        self._canvas.panel.locator(".ddd-fields").first.wait_for()
        # Found by what it is called, once; by its class from then on, which is much quicker.
        form = self._canvas.page.locator(".ddd-spec .ddd-fields").first
        properties = self._schema["properties"].items()
        return {
            key: self._key(form, key, schema, 0)
            for key, schema in properties
            if key not in leave_out
        }

    def _key(self, form: Locator, key: str, schema: Schema, depth: int) -> Any:
        row = form.locator(_ROW.format(names=_either(key)))
        offer = form.locator(":scope > .ddd-offers").get_by_role("button", name=key, exact=True)
        row.or_(offer).first.wait_for()
        if row.count() == 0:
            offer.click()
        row.wait_for()
        said = self._part(row, key, schema, depth)
        expect(row.locator("[role=alert]")).to_have_count(0)
        return said

    def _part(self, scope: Locator, name: str, schema: Schema, depth: int) -> Any:
        """What a row, a group, or an unfolded item holds."""
        item = scope.locator(":scope > .ddd-item-row > .ddd-any")
        if item.count():
            return self._text_of_any(item, name)
        kinds = {"any": self._any, "items": self._items, "fields": self._fields}
        for kind, fill in kinds.items():
            found = scope.locator(f":scope > .ddd-{kind}, :scope > .ddd-fold-body > .ddd-{kind}")
            if found.count():
                return fill(found.first, name, schema, depth)
        return self._scalar(scope, name)

    def _any(self, part: Locator, name: str, schema: Schema, depth: int) -> Any:
        """A value that may be several things: the largest of them."""
        wish = self.kind_of_any(name, schema)
        if wish == "text":
            return self._text_of_any(part, name)
        part.locator(":scope > select").select_option(wish)
        expect(part).to_have_attribute("data-kind", wish)
        return self._items(part.locator(":scope > .ddd-items"), name, schema, depth)

    def _text_of_any(self, part: Locator, name: str) -> Any:
        part.locator(":scope > select").select_option("text")
        expect(part).to_have_attribute("data-kind", "text")
        return self._scalar(part, name, ":scope > :is(input, textarea)")

    def kind_of_any(self, name: str, schema: Schema) -> str:
        """Whether to make a list, a map or a text of what may be several things."""
        items = self._variant(schema, "array").get("items")
        if name in self._sense:
            return "text"
        if items is not None and {"string", "any"} & self._types(items):
            return "list"
        return "map" if {"object", "any"} & self._types(schema) else "text"

    def _items(self, items: Locator, name: str, schema: Schema, depth: int) -> Any:
        add_entry = items.locator(":scope > button", has_text="Add entry…")
        add_field = items.locator(":scope > button", has_text="Add field…")
        if add_entry.or_(add_field).count():
            return self._map(items, add_entry.or_(add_field), schema, depth)
        self._clear(items)
        inner = self._variant(schema, "array").get("items", {})
        said: list[Any] = []
        for number in (1, 2):
            before = items.locator(":scope > *").count()
            items.locator(":scope > button", has_text="Add item").click()
            expect(items.locator(":scope > *")).not_to_have_count(before)
            fresh = items.get_by_label(f"New item of {name}")
            if fresh.count():
                said.append(self._scalar(items.locator(":scope > .ddd-item-row"), name))
                expect(fresh).to_have_count(0)
            else:
                item = self._item(items, number - 1, unfolds=True)
                said.append(self._part(item, f"{name} {number}", inner, depth + number))
        return said

    def _map(self, items: Locator, add: Locator, schema: Schema, depth: int) -> dict[str, Any]:
        key = "schlüssel"
        self._clear(items)
        add.click()
        named = items.get_by_role("textbox", name="Name of the new")
        named.or_(add).first.wait_for()
        if not named.count():  # what the map was made from arrived only now
            add.click()
        named.fill(key)
        named.press("Enter")
        inner = self._variant(schema, "object").get("additionalProperties")
        item = self._item(items, 0, unfolds=False)
        return {key: self._part(item, key, inner if isinstance(inner, dict) else {}, depth + 1)}

    def _clear(self, items: Locator) -> None:
        """Take away what a new node begins with."""
        for left in range(items.locator(_ITEM).count(), 0, -1):
            first = items.locator(_ITEM).first
            first.get_by_role("button", name=re.compile("^Remove ")).first.click()
            expect(items.locator(_ITEM)).to_have_count(left - 1)

    def _item(self, items: Locator, index: int, *, unfolds: bool) -> Locator:
        """An item of a list or map, unfolded."""
        item = items.locator(_ITEM).nth(index)
        item.wait_for()
        unfold = item.locator(":scope > .ddd-fold-head > [aria-expanded]")
        if unfold.count():
            if unfolds:  # by itself, a moment after it was added
                with contextlib.suppress(AssertionError):
                    expect(unfold).to_have_attribute("aria-expanded", "true", timeout=1000)
            if unfold.get_attribute("aria-expanded") == "false":
                unfold.click()
        return item

    def _fields(self, form: Locator, name: str, schema: Schema, depth: int) -> dict[str, Any]:
        properties = dict(self._variant(schema, "object").get("properties", {}))
        if depth >= DEEPEST:
            properties = dict(list(properties.items())[:1])
        return {key: self._key(form, key, inner, depth + 1) for key, inner in properties.items()}

    def _scalar(self, scope: Locator, name: str, what: str = ":is(select, input, textarea)") -> Any:
        control = scope.locator(what).last
        tag, kind, classes, checked = control.evaluate(
            "it => [it.tagName, it.type, it.className, it.checked]"
        )
        if tag == "SELECT":
            return self._choose(control, name)
        if kind == "checkbox":
            control.click()
            return not checked
        value: Any = self._sense.get(
            name.partition(" ")[0], NUMBER if "ddd-number" in classes else TEXT
        )
        control.fill(str(value))
        control.press("Control+Enter" if tag == "TEXTAREA" else "Enter")
        return value

    def _choose(self, control: Locator, name: str) -> str:
        texts = [text for text in control.locator("option").all_text_contents() if "…" not in text]
        wish = str(self._sense.get(name, texts[-1]))
        control.select_option(label=wish)
        return wish

    # --- what the schema allows ---------------------------------------------------------------

    def _resolved(self, schema: Schema) -> Schema:
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        return self._definitions[name] if name else schema

    def _variants(self, schema: Schema) -> list[Schema]:
        schema = self._resolved(schema)
        if "anyOf" not in schema:
            return [schema]
        return [found for one in schema["anyOf"] for found in self._variants(one)]

    def _variant(self, schema: Schema, kind: str) -> Schema:
        """The first of the things a value may be that is of a kind."""
        found = (one for one in self._variants(schema) if one.get("type") == kind)
        return next(found, {})

    def _types(self, schema: Schema) -> set[str]:
        return {str(one.get("type", "any")) for one in self._variants(schema)}
