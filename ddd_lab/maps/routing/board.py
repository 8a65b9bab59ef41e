"""What the router works on: the cards of a board with their ports, and the edges between them."""

from __future__ import annotations

from typing import NamedTuple

from ddd_lab.maps.layout import Point, Rect


class PortPlace(NamedTuple):
    """An output of a card: pixels along its side, and what is printed beside it."""

    name: str
    offset: float
    label: str = ""


class CardArea(NamedTuple):
    """What a card covers, and where its outputs stand."""

    id: str
    rect: Rect
    ports: tuple[PortPlace, ...] = ()


class BoardEdge(NamedTuple):
    """An edge between two cards.

    Attributes:
        id: unique on the board.
        output: the port it leaves from; the middle of the side where the card has none of it.
        label: printed on the edge; empty where nothing is.
        kind: edges of one kind may share their way; those of different kinds look different.
    """

    id: str
    source: str
    target: str
    output: str = ""
    label: str = ""
    kind: str = ""


class Route(NamedTuple):
    """How an edge runs.

    Attributes:
        points: its ends and corners, source first.
        label: the area of its label; None where nothing is printed.
    """

    points: tuple[Point, ...]
    label: Rect | None = None
