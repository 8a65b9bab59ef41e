"""What is wrong with a part of a page for people who cannot see it or hit small things."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator

AXE = Path(__file__).parents[2] / "labextension/node_modules/axe-core/axe.min.js"
STRICTEST = {
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa"),
            "best-practice",
        ],
    }
}
# A box to tick is as large as its label, a small sign as what lies around it to be clicked. The
# list beside the board is out of sight without focus.
SMALL_TARGETS = """part => [...part.querySelectorAll(
        "button, summary, select, input, textarea, [role=tab], [role^=menuitem], [role=option]")]
    .map(one => one.closest("label") ?? one)
    .filter(one => {
        const around = getComputedStyle(one, "::after");
        const least = around.position === "absolute" ? 24 + 2 * (parseFloat(around.left) || 0) : 24;
        return one.checkVisibility({visibilityProperty: true})
            && !one.closest(".ddd-aside:not(:focus-within), .jp-Editor")
            && (one.offsetWidth < least || one.offsetHeight < least);
    })
    .map(one => `smaller than 24 px: ${one.outerHTML.slice(0, 160)}:`
        + ` ${one.offsetWidth} x ${one.offsetHeight}`)"""


def axe_violations(part: Locator, options: dict[str, Any]) -> list[str]:
    """What axe-core finds, a line for each element: the rule, the element, what is wrong.

    Args:
        part: the part of the page to check.
        options: which rules to check, as axe-core takes them.

    Raises:
        FileNotFoundError: axe-core is not installed; `make setup` does that.
    """
    if not part.page.evaluate("'axe' in window"):
        part.page.evaluate(_axe_source())
    violations = part.evaluate(
        "async (part, options) => (await axe.run(part, options)).violations",
        {**options, "resultTypes": ["violations"]},
    )
    return [
        f"{rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for rule in violations
        for node in rule["nodes"]
    ]


def small_targets(part: Locator) -> list[str]:
    """What is too small to hit, at zoom 1."""
    found: list[str] = part.evaluate(SMALL_TARGETS)
    return found


@functools.cache
def _axe_source() -> str:
    return AXE.read_text("utf-8")
