"""A map as a picture to draw: cards with their texts, edges, boundaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ddd_lab.maps.card_layout import Row
from ddd_lab.maps.edges import MapEdge
from ddd_lab.maps.ghosts import GhostKind
from ddd_lab.maps.layout import Direction, Point, Rect
from ddd_lab.maps.routing import CardArea, PortPlace

Shape = Literal["card", "terminal", "decision", "portal", "missing", "group"]


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
    ports: tuple[PortPlace, ...] = ()
    inside: tuple[Row, ...] = ()
    badges: tuple[tuple[str, str], ...] = ()
    hint: str = ""

    @property
    def rect(self) -> Rect:
        """The area that it covers."""
        return Rect(self.at.x, self.at.y, self.at.x + self.width, self.at.y + self.height)

    @property
    def on_board(self) -> CardArea:
        """The card as the router takes it."""
        return CardArea(self.id, self.rect, self.ports)


@dataclass(frozen=True)
class Boundary:
    """A frame around cards.

    Attributes:
        title: printed above. area: what the frame covers.
        foot: a line of text below, after the chips.
        category: colour group. dashed: whether its line is.
    """

    title: str
    area: Rect
    foot: str = ""
    chips: tuple[str, ...] = ()
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
        direction: where edges lead between cards with ports; None where cards have none and edges
            take the nearest sides.
        ghosts: what a proposal would do to cards and edges, by their ids.
    """

    title: str
    about: str
    direction: Direction | None = None
    cards: tuple[PictureCard, ...] = ()
    edges: tuple[MapEdge, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    notes: tuple[Note, ...] = ()
    empty: str = ""
    ghosts: Mapping[str, GhostKind] = field(default_factory=dict)
