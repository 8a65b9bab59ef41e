"""What the signs of boards mean, from the tables that boards are drawn by."""

from __future__ import annotations

from ddd_lab.canvas.boards.map_boards import FLOW_LOOKS
from ddd_lab.canvas.boards.sync_status import MARKS, TITLES
from ddd_lab.canvas.protocol.field_types import Shown
from ddd_lab.canvas.protocol.messages import Badge, Message
from ddd_lab.maps.card_texts import ICONS
from ddd_lab.maps.edge_looks import EDGE_LOOKS, Head, Stroke
from ddd_lab.spec.catalogue import catalogue

_MAP_CARDS = (
    ("domain", "domain", "Domain"),
    *((look, category, title) for look, (title, category) in FLOW_LOOKS.items()),
    ("portal", "portal", "Another domain"),
    ("event", "missing", "Event without a partner"),
    ("gate", "agent", "Person whom a team asks"),
    ("missing", "missing", "Missing node"),
)
_BADGES = (
    Badge(text="▣⊛ agent", title="An agent works in it", tone="accent"),
    Badge(text="▣⊛ team", title="Several agents work together", tone="accent"),
    Badge(text="CB", title="A circuit breaker leaves a failing route alone", tone="accent"),
    Badge(text="A/B", title="Requests are split on trial", tone="accent"),
    *(Badge(text=mark, title=TITLES[state], tone="warn") for state, mark in MARKS.items()),
    Badge(text="✓ 4", title="Tests that passed", tone="good"),
    Badge(text="✗ 1 of 4", title="Tests that failed", tone="bad"),
    Badge(text="1 unconsumed", title="An event that nobody consumes", tone="warn"),
    Badge(text="1 unpublished", title="An event that nobody publishes", tone="warn"),
    Badge(text="no file", title="Listed in its domain, without a file", tone="warn"),
    Badge(text="not listed", title="A file that its domain does not list", tone="warn"),
    Badge(text="unreadable", title="A file that cannot be read", tone="bad"),
)


class CardSign(Message):
    """A sort of card: its icon, the category that gives its colour, and what it is."""

    icon: str
    category: str
    words: Shown


class LineSign(Message):
    """A sort of line: how it is drawn, and what it is."""

    stroke: Stroke
    head: Head
    words: Shown


class Legend(Message):
    """All signs of maps and sheets, and what they mean; a badge's title is what it means."""

    cards: list[CardSign]
    lines: list[LineSign]
    badges: list[Badge]


def legend() -> Legend:
    """The signs in the order in which they are shown."""
    maps = (CardSign(icon=ICONS[icon], category=of, words=words) for icon, of, words in _MAP_CARDS)
    nodes = (
        CardSign(icon=kind.icon, category=kind.category, words=kind.title)
        for kind in catalogue().values()
    )
    lines = (
        LineSign(stroke=look.stroke, head=look.head, words=look.words)
        for look in EDGE_LOOKS.values()
    )
    return Legend(cards=[*maps, *nodes], lines=list(lines), badges=list(_BADGES))
