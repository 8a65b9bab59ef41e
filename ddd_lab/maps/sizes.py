"""How large cards are: one source for layout, canvas, SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ddd_lab.maps import card_layout
from ddd_lab.maps.layout import Direction
from ddd_lab.maps.measure import text_width
from ddd_lab.spec.catalogue import CardPart, NodeType

NODE = (220, 72)
"""A node of a type that the catalogue does not know, and a stand-in for a missing one."""
DOMAIN = (240, 112)
FLOW = (240, 92)
PORTAL = (200, 72)
EVENT = (200, 56)
SCHEMA = (180, 48)

PORT_ROW = 20
"""Height that a port takes with its label, at a card's right side."""
PORT_COLUMN = 64
"""Width that a port takes at a card's lower side, at least."""
PORT_LABEL = 10.5
WIDEST_LABEL = 120.0
LABEL_BELOW = 23.0
"""Pixels below a card in which the labels of its ports stand."""
HEAD = 64
"""Height of a large card's title lines, above what it shows inside."""
FOOT = 10
STEP = 4
"""Heights are multiples of it, so that typing seldom changes them."""


class Room(NamedTuple):
    """Pixels that a placed card may take before it covers its neighbours."""

    width: float = math.inf
    height: float = math.inf


def node_size(
    kind: NodeType | None,
    labels: Sequence[str],
    direction: Direction,
    parts: Sequence[CardPart] = (),
    room: Room | None = None,
) -> tuple[int, int]:
    """Width and height of a node's card, in pixels: what its content and its ports need.

    Args:
        kind: the declared type, None for one that nobody knows.
        labels: of its outputs, as printed.
        direction: to the right, ports stand at the right side; downwards, at the lower side.
        parts: what a large card shows inside (``details``).
        room: what its neighbours leave it. A card never gets smaller than an ordinary one.
    """
    wide, high = kind.size if kind else NODE
    if not parts:
        wide, high = min(wide, NODE[0]), min(high, NODE[1])
    if direction == "down":
        wide = max(wide, math.ceil(sum(map(port_column, labels))))
    else:
        high = max(high, PORT_ROW * len(labels) + 12)
    width = int(max(NODE[0], min(wide, room.width))) if room else wide
    if parts:
        rows = card_layout.height_of(card_layout.arranged(parts, width))
        own = HEAD + rows + FOOT
        high = max(NODE[1], math.ceil(own / STEP) * STEP, high if direction == "right" else 0)
    return width, int(max(NODE[1], min(high, room.height))) if room else high


def wish(kind: NodeType, labels: Sequence[str], direction: Direction) -> float:
    """Width that a card of a type would take if it had all the room."""
    return float(max(kind.size[0], sum(map(port_column, labels)) if direction == "down" else 0))


def inside_room(height: float) -> float:
    """Height that a large card has for what it shows inside."""
    return height - HEAD - 4


def port_column(label: str) -> float:
    """Width that a port at the lower side takes with its label."""
    return max(PORT_COLUMN, min(text_width(label, PORT_LABEL), WIDEST_LABEL) + 22)


def port_label_width(label: str) -> float:
    """Width that a port at the right side takes beside its card with its label; 0 without one."""
    return min(text_width(label, PORT_LABEL), WIDEST_LABEL) + 14 if label else 0.0


def room_after(labels: Iterable[str], direction: Direction) -> float:
    """Pixels beyond a card in which the labels of its ports stand."""
    if direction == "down":
        return LABEL_BELOW if any(labels) else 0.0
    return max(map(port_label_width, labels), default=0.0)


def port_offsets(
    width: float, height: float, labels: Sequence[str], side: Direction
) -> list[float]:
    """Where the ports stand along their side: from the top, or from the left.

    At the right side they stand evenly. At the lower side, labels stand to the right of their
    ports, and each port gets the width that its label needs, as far as the card has it.
    """
    if side == "right":
        return [round(height * (at + 1) / (len(labels) + 1), 1) for at in range(len(labels))]
    if len(labels) == 1:
        return [round(width / 2, 1)]
    columns = [port_column(label) for label in labels]
    share = width / sum(columns) if columns else 1.0
    offsets: list[float] = []
    left = 0.0
    for label, column in zip(labels, columns, strict=True):
        label_width = min(text_width(label, PORT_LABEL), WIDEST_LABEL) + 6 if label else 0.0
        offsets.append(round(left + max(8.0, (column * share - label_width) / 2), 1))
        left += column * share
    return offsets
