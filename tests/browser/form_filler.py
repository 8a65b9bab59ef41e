"""Fills in a whole form of the spec panel, whatever its schema."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from tests.browser.canvas_page import CanvasPage
from tests.browser.timeouts import Timeouts, ms

FILLER = Path(__file__).with_name("form_filler.js").read_text("utf-8")


def fill_form(
    canvas: CanvasPage,
    schema: Mapping[str, Any],
    keys: Collection[str],
    sense: Mapping[str, Any],
) -> dict[str, Any]:
    """Fill in keys of the selected card's form; returns what the spec should say of them then.

    Args:
        canvas: with the card selected.
        schema: JSON Schema of the card's spec.
        keys: those that are filled in.
        sense: values of keys for which any text would be nonsense, by the key's name.
    """
    properties = {key: of for key, of in schema["properties"].items() if key in keys}
    given = {
        "definitions": schema.get("$defs", {}),
        "properties": properties,
        "sense": sense,
        "limit": ms(Timeouts.EFFECT),
    }
    filled: dict[str, Any] = canvas.page.evaluate(FILLER, given)
    return filled
