"""The fields of the spec panel, as hands find them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from ddd_lab.spec.field_titles import title_of


def called(key: str) -> re.Pattern[str]:
    """Matches what people read for a key, or the key itself where nobody declares it."""
    # A slash would end the expression on its way to the browser.
    words = "[ _]".join(re.escape(word).replace("/", ".") for word in title_of(key).split())
    return re.compile(rf"^{words}( required)?$", re.IGNORECASE)


class Form:
    """A part of a form: the whole panel, a group of fields, or an unfolded item.

    Args:
        root: the element that holds the fields.
    """

    def __init__(self, root: Locator) -> None:
        self.root = root

    def group(self, name: str) -> Form:
        """The parts of a key whose value is a list or map."""
        return Form(self.root.get_by_role("group", name=called(name)).first)

    @property
    def items(self) -> Locator:
        """The items of a list or map, if this is the group of one."""
        return self.root.locator("> .ddd-items > [data-item]")

    def item(self, index: int) -> Form:
        """An item, unfolded."""
        found = self.items.nth(index)
        toggle = found.locator("> .ddd-fold-head > .ddd-unfold")
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
        return Form(found)

    def button(self, name: str) -> Locator:
        """A button by its accessible name."""
        return self.root.get_by_role("button", name=name, exact=True)

    def field(self, name: str) -> Locator:
        """A field by its label."""
        return self.root.get_by_label(called(name)).first

    def ask(self, *keys: str) -> Form:
        """Have fields for keys that have no value yet: unfold them, or ask for them."""
        for key in keys:
            chip = self.root.get_by_role("button", name=called(key))
            more = self.root.locator(".ddd-more:not([open]) > summary").last
            field = self.root.locator(f'[data-path$=".{key}"], [data-path="{key}"]').first
            expect(chip.or_(field).or_(more).first).to_be_attached()
            if not chip.or_(field).first.is_visible():
                more.click()
            if chip.is_visible():
                chip.click()
        return self

    def fill(self, **texts: str) -> Form:
        """Type into fields, each of which is left with Enter."""
        for name, text in texts.items():
            box = self.field(name)
            box.fill(text)
            box.press("ControlOrMeta+Enter")
        return self

    def choose(self, **choices: str) -> Form:
        """Choose from lists."""
        for name, choice in choices.items():
            self.field(name).select_option(label=choice)
        return self
