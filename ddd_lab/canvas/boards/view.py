"""What a place looks like, whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ddd_lab.canvas.protocol.messages import Card, Frame, Level, Link
from ddd_lab.spec.edit.sheet_style import ChosenStyle


@dataclass(frozen=True)
class BoardView:
    """What a place looks like: a board without what depends on who looks.

    Attributes:
        at: the place.
        style: what a person chose of how the sheet lies.
        apart: whether cards are shown beside their stored places, where they would cover others.
        cards: by id, in the order of the design.
        frames: outermost first.
        readonly: why nothing can be edited here; empty where it can.
    """

    at: str
    level: Level
    title: str
    subtitle: str = ""
    direction: Literal["right", "down"] = "right"
    style: ChosenStyle = "automatic"
    apart: bool = False
    cards: dict[str, Card] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)
    empty: str = ""
    readonly: str = ""
