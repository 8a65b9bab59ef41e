"""Colours for light and dark: text 7:1 on what it stands on, borders and wires 3:1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Name = Literal["light", "dark"]

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Theme:
    """Colours of one theme.

    Attributes:
        ground: behind everything. card: of cards. text, quiet: of titles and other lines.
        border: of cards and ports. wire: of lines. chip: behind chips.
        edges: the coloured edge and icon of a card, by category.
    """

    ground: str
    card: str
    chip: str
    text: str
    quiet: str
    border: str
    wire: str
    edges: Mapping[str, str]

    def edge(self, category: str) -> str:
        """Colour of a category; that of unknown things for a category nobody knows."""
        return self.edges.get(category, self.edges["unknown"])


_CATEGORIES = {
    "flow": ("#4b5563", "#a9b4c2"),
    "logic": ("#8a5a00", "#e3b04b"),
    "data": ("#0b6b4b", "#5cc9a0"),
    "integration": ("#0a62a6", "#6bb6f0"),
    "agent": ("#7a3bb0", "#c79af0"),
    "orchestration": ("#3c44b5", "#9aa4ff"),
    "unknown": ("#8c1d40", "#f08fab"),
    "domain": ("#1f4e79", "#7fb4e6"),
    "agent-flow": ("#7a3bb0", "#c79af0"),
    "portal": ("#59616c", "#a4adb8"),
    "event": ("#8a5a00", "#e3b04b"),
    "schema": ("#0b6b4b", "#5cc9a0"),
    "missing": ("#b3261e", "#ff9a92"),
}
"""Colours of every category on light and on dark."""

LIGHT = Theme(
    ground="#ffffff",
    card="#fbfcfd",
    chip="#eef1f4",
    text="#16191d",
    quiet="#434a54",
    border="#7a828d",
    wire="#59616c",
    edges={category: light for category, (light, _) in _CATEGORIES.items()},
)

DARK = Theme(
    ground="#14171b",
    card="#1d2127",
    chip="#2a3038",
    text="#f3f5f7",
    quiet="#c6ccd4",
    border="#87909c",
    wire="#a4adb8",
    edges={category: dark for category, (_, dark) in _CATEGORIES.items()},
)

THEMES: Mapping[Name, Theme] = {"light": LIGHT, "dark": DARK}


def theme_of(name: str) -> Theme:
    """The theme of that name.

    Raises:
        ValueError: there is no such theme.
    """
    if name == "light":
        return LIGHT
    if name == "dark":
        return DARK
    raise ValueError(f"There is no theme {name!r}; use “light” or “dark”.")


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (``#rrggbb``) by the WCAG 2 formula, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
