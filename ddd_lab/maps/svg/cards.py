"""One card: its outline, coloured edge, icon and texts, each clipped to the room it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..layout import Direction, Point
from ..measure import clipped, text_width, wrapped
from .picture import Chips, PictureCard
from .theme import Theme
from .xml import num, tag, text

TITLE = 13.0
LINE = 11.5
FOOT = 10.5
PORT = 10.5
CUT = 12.0
INSET = 38.0
"""From a card's left side to its texts: the coloured edge and the icon stand before them."""
PAD = 10.0
CHIP_ROW = 21.0


def card_svg(card: PictureCard, theme: Theme, direction: Direction | None) -> str:
    """A card as one group, told to readers by its title."""
    colour = theme.edge(card.category)
    parts = [tag("title", text(card.hint or card.title))]
    parts += _outline(card, theme, colour)
    parts += _texts(card, theme, colour)
    parts += [_port(card, port.offset, theme, direction) for port in card.ports]
    return tag("g", "".join(parts), transform=f"translate({num(card.at.x)} {num(card.at.y)})")


def _outline(card: PictureCard, theme: Theme, colour: str) -> list[str]:
    w, h = card.width, card.height
    frame: dict[str, Any] = {"fill": theme.card, "stroke": theme.border, "stroke_width": 1.2}
    if card.shape == "terminal":
        r = min(h / 2, 36)
        frame |= {"stroke": colour, "stroke_width": 2}
        return [tag("rect", width=w, height=h, rx=r, **frame)]
    if card.shape == "missing":
        frame |= {"stroke": colour, "stroke_width": 1.6, "stroke_dasharray": "6 4"}
        return [tag("rect", width=w, height=h, rx=8, **frame)]
    if card.shape == "portal":
        frame |= {"stroke": colour, "stroke_width": 1.6, "stroke_dasharray": "6 4"}
        return [tag("rect", width=w, height=h, rx=4, **frame)]
    if card.shape == "decision":
        c = CUT
        points = [(c, 0), (w - c, 0), (w, c), (w, h - c), (w - c, h), (c, h), (0, h - c), (0, c)]
        said = " ".join(f"{num(x)},{num(y)}" for x, y in points)
        left = (
            f"M{num(c)},0 L0,{num(c)} V{num(h - c)} L{num(c)},{num(h)} L5,{num(h - c)} V{num(c)} Z"
        )
        return [tag("polygon", points=said, **frame), tag("path", d=left, fill=colour)]
    left = f"M5,0.6 A8,8 0 0 0 0,8 V{num(h - 8)} A8,8 0 0 0 5,{num(h - 0.6)} Z"
    return [tag("rect", width=w, height=h, rx=8, **frame), tag("path", d=left, fill=colour)]


def _texts(card: PictureCard, theme: Theme, colour: str) -> list[str]:
    inset = INSET + (8 if card.shape == "terminal" else 0)
    room = card.width - inset - PAD - (12 if card.shape == "terminal" else 0)
    large = bool(card.inside)
    middle = 24.0 if large else card.height / 2
    parts = [
        tag(
            "text",
            text(card.icon),
            x=inset - 17,
            y=middle + 6,
            font_size=16,
            text_anchor="middle",
            fill=colour,
        )
    ]
    lines: list[str] = []
    rows = 1 + (1 if card.foot else 0)
    space = int((card.height - 18) // 17) - rows
    for line in card.lines if not large else card.lines[:1]:
        if space <= 0:
            break
        many = 2 if len(card.lines) == 1 and space > 1 and not large else 1
        broken = wrapped(line, LINE, room, many)
        lines += broken
        space -= len(broken)
    high = TITLE + 17 * len(lines) + (15 if card.foot else 0)
    y = 23.0 if large else (card.height - high) / 2 + TITLE - 1.5
    title = clipped(card.title, TITLE, room, bold=True)
    parts.append(
        tag("text", text(title), x=inset, y=y, font_size=TITLE, font_weight=600, fill=theme.text)
    )
    for line in lines:
        y += 17
        parts.append(tag("text", text(line), x=inset, y=y, font_size=LINE, fill=theme.quiet))
    if card.foot:
        y += 15.5
        foot = clipped(card.foot, FOOT, room)
        parts.append(tag("text", text(foot), x=inset, y=y, font_size=FOOT, fill=theme.quiet))
    if large:
        parts += _inside(card, y + 8, theme, colour)
    return parts


def _inside(card: PictureCard, y: float, theme: Theme, colour: str) -> list[str]:
    """The rows of a large card, as many as fit; chips take further rows where some are left."""
    parts: list[str] = []
    room = max(0, int((card.height - 4 - y) // CHIP_ROW))
    spare = room - len(card.inside)
    for row in card.inside[:room]:
        if not row.framed:
            parts += _line(row, y, card.width, theme)
            y += CHIP_ROW
            continue
        start = 14.0 + (text_width(row.title, FOOT) + 8 if row.title else 0)
        parts.append(_title(row.title, y, theme))
        rest = list(row.items)
        while rest:
            last = spare <= 0
            drawn, taken = _chips(
                rest, Point(start, y), card.width - PAD, theme, last=last, colour=colour
            )
            parts += drawn
            rest = rest[taken:]
            y += CHIP_ROW
            if last:
                break
            spare -= 1 if rest else 0
    return parts


def _title(said: str, y: float, theme: Theme) -> str:
    return tag("text", text(said), x=14, y=y + 13, font_size=FOOT, fill=theme.quiet)


def _line(row: Chips, y: float, width: float, theme: Theme) -> list[str]:
    """A row without frames: its title, then one line of text."""
    x = 14.0
    parts = []
    if row.title:
        parts.append(_title(row.title, y, theme))
        x += text_width(row.title, FOOT) + 8
    said = clipped(" · ".join(item for item, _ in row.items), LINE, width - PAD - x)
    parts.append(tag("text", text(said), x=x, y=y + 13, font_size=LINE, fill=theme.text))
    return parts


def _chips(
    items: Sequence[tuple[str, str]],
    at: Point,
    end: float,
    theme: Theme,
    *,
    last: bool,
    colour: str,
) -> tuple[list[str], int]:
    """One line of chips.

    Args:
        items: texts with their marks.
        at: where the line starts.
        end: where it must end.
        theme: colours.
        last: whether no line follows, so that the rest is counted as ``+3``.
        colour: frame of a marked chip, which has cut corners besides.

    Returns:
        What is drawn, and how many items that tells.
    """
    parts: list[str] = []
    x, y = at
    for index, (item, mark) in enumerate(items):
        left = len(items) - index
        more = f"+{left}"
        said = f"{mark} {item}" if mark else item
        rest = text_width(more, FOOT) + 14 if last and left > 1 else 0
        room = end - x - rest - 12
        if index and text_width(said, FOOT) > room:
            if last:
                parts.append(
                    tag("text", text(more), x=x, y=y + 13, font_size=FOOT, fill=theme.text)
                )
            return parts, index
        said = clipped(said, FOOT, max(room, 20.0))
        wide = text_width(said, FOOT) + 10
        parts.append(
            tag(
                "rect",
                x=x,
                y=y,
                width=wide,
                height=17,
                rx=3 if mark else 8.5,
                fill=theme.chip,
                stroke=colour if mark else theme.border,
                stroke_width=1.4 if mark else 0.8,
            )
        )
        parts.append(
            tag(
                "text",
                text(said),
                x=x + wide / 2,
                y=y + 12.3,
                font_size=FOOT,
                text_anchor="middle",
                fill=theme.text,
            )
        )
        x += wide + 5
    return parts, len(items)


def _port(card: PictureCard, offset: float, theme: Theme, direction: Direction | None) -> str:
    x, y = (offset, card.height) if direction == "down" else (card.width, offset)
    return tag("circle", cx=x, cy=y, r=3.5, fill=theme.card, stroke=theme.border, stroke_width=1.4)
