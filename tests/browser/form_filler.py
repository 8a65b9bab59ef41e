"""Fills in a whole form of the spec panel, whatever its schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.browser.canvas_page import CanvasPage
from tests.browser.timeouts import Timeouts, ms

FILLER = Path(__file__).with_name("form_filler.js").read_text("utf-8")


def fill_form(
    canvas: CanvasPage,
    schema: Mapping[str, Any],
    sense: Mapping[str, Any],
    leave_out: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Fill in every key of the selected card's form; returns what the spec should say then.

    Args:
        canvas: with the card selected.
        schema: JSON Schema of the card's spec.
        sense: values of keys for which any text would be nonsense, by the key's name.
        leave_out: keys that are left alone.
    """
    properties = {key: of for key, of in schema["properties"].items() if key not in leave_out}
    given = {
        "definitions": schema.get("$defs", {}),
        "properties": properties,
        "sense": sense,
        "limit": ms(Timeouts.EFFECT),
    }
    filled: dict[str, Any] = canvas.page.evaluate(FILLER, given)
    return filled
