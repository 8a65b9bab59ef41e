"""How large cards are: one source for layout, canvas, SVG."""

from __future__ import annotations

from ..spec.catalogue import NodeType
from .layout import Direction

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
"""Width that a port takes at a card's lower side."""


def node_size(kind: NodeType | None, ports: int, direction: Direction) -> tuple[int, int]:
    """Width and height of a node's card, in pixels: the type's, larger where its ports need it.

    Args:
        kind: the declared type, None for one that nobody knows.
        ports: how many outputs the card has.
        direction: to the right, ports stand at the right side; downwards, at the lower side.
    """
    width, height = kind.size if kind else NODE
    if direction == "right":
        return width, max(height, PORT_ROW * ports + 12)
    return max(width, PORT_COLUMN * ports), height


def port_offsets(width: float, height: float, ports: int, side: Direction) -> list[float]:
    """Where the ports stand along their side: evenly, from the top or from the left."""
    length = height if side == "right" else width
    return [round(length * (index + 1) / (ports + 1), 1) for index in range(ports)]
