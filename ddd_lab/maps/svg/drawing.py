"""A map as a picture to draw: cards with their texts, wires with their ends, boundaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ddd_lab.maps.card_layout import Row
from ddd_lab.maps.layout import Direction, Point, Rect

Shape = Literal["card", "terminal", "decision", "portal", "missing", "group"]
Stroke = Literal["solid", "dashed", "dotted"]
Head = Literal["filled", "open", "both"]


@dataclass(frozen=True)
class PortMark:
    """An output at the edge of a card: pixels along the side, and what is printed beside it."""

    name: str
    offset: float
    label: str = ""


@dataclass(frozen=True)
class PictureCard:
    """A card.

    Attributes:
        category: colour group.
        lines: quiet texts below the title, most important first; those that find no room are left
            out. The last one stays at the card's foot.
        inside: rows of a large card, which fit below its title.
        badges: small marks at the card's foot, each with what it means.
        hint: what a pointer resting on the card is told.
    """

    id: str
    at: Point
    width: float
    height: float
    shape: Shape
    category: str
    icon: str
    title: str
    lines: tuple[str, ...] = ()
    foot: str = ""
    ports: tuple[PortMark, ...] = ()
    inside: tuple[Row, ...] = ()
    badges: tuple[tuple[str, str], ...] = ()
    hint: str = ""

    @property
    def rect(self) -> Rect:
        """The area that it covers."""
        return Rect(self.at.x, self.at.y, self.at.x + self.width, self.at.y + self.height)


@dataclass(frozen=True)
class DrawnEdge:
    """A line between two cards.

    Attributes:
        output: the port it leaves from; None where cards have no ports.
        label: printed at the middle of the line, where no port prints it.
    """

    source: str
    target: str
    output: str | None = None
    label: str = ""
    hint: str = ""
    stroke: Stroke = "solid"
    head: Head = "filled"


@dataclass(frozen=True)
class Boundary:
    """A frame around cards.

    Attributes:
        title: printed above. foot: a line of text below, after the chips.
        members: the cards inside. area: what the frame covers; worked out from them if None.
        category: colour group. dashed: whether its line is.
    """

    title: str
    foot: str = ""
    members: tuple[str, ...] = ()
    chips: tuple[str, ...] = ()
    area: Rect | None = None
    category: str = "orchestration"
    dashed: bool = True


@dataclass(frozen=True)
class Note:
    """A note on a sheet."""

    text: str
    area: Rect


@dataclass(frozen=True)
class Drawing:
    """All of it.

    Attributes:
        about: one sentence for people who cannot see it.
        direction: where wires lead between cards with ports; None where cards have none and wires
            take the nearest sides.
    """

    title: str
    about: str
    direction: Direction | None = None
    cards: tuple[PictureCard, ...] = ()
    wires: tuple[DrawnEdge, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    notes: tuple[Note, ...] = ()
    empty: str = ""
