"""What is asked on a canvas, and how."""

from __future__ import annotations

import json

from playwright.sync_api import Locator

from tests.browser.bare import BareCanvas

AT = "orders/place-order"
HERE = ("System Map", "orders", "Place order")

PROPOSAL = json.dumps(
    {
        "say": "Two steps and a **line**: see `refund`.",
        "edits": [
            {
                "op": "add_node",
                "flow": AT,
                "node": "refund",
                "type": "process",
                "label": "Refund the customer",
            },
            {
                "op": "add_node",
                "flow": AT,
                "node": "tell",
                "type": "process",
                "label": "Tell the customer",
            },
            {"op": "connect", "flow": AT, "source": "refund", "target": "tell"},
        ],
    }
)
PRICED = "      price: {input: 0, output: 0}\n"


def toggle(canvas: BareCanvas) -> Locator:
    """The button of the toolbar that shows and hides the assistant."""
    return canvas.root.get_by_role("toolbar").get_by_role("button", name="Assistant")


def ask(panel: Locator, text: str) -> Locator:
    """Ask, and give the answer."""
    question = panel.get_by_role("textbox", name="Question")
    question.fill(text)
    question.press("Enter")
    return panel.get_by_role("article", name="Assistant").last
