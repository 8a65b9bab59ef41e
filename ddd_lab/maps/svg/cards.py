"""One card: its outline, coloured edge, icon and texts, each clipped to the room it has."""

from __future__ import annotations

from ddd_lab.maps import card_layout
from ddd_lab.maps.card_layout import Item
from ddd_lab.maps.layout import Direction, Point
from ddd_lab.maps.measure import clipped, text_width, wrapped
from ddd_lab.maps.svg.drawing import PictureCard
from ddd_lab.maps.svg.theme import Theme
from ddd_lab.maps.svg.xml import num, tag, text

TITLE = 13.0
LINE = 11.5
FOOT = 10.5
PORT = 10.5
CUT = 12.0
INSET = 38.0
"""From a card's left side to its texts: the coloured edge and the icon stand before them."""
PAD = 10.0
_DASHED = {"missing": ("6 4", 8), "portal": ("6 4", 4), "group": ("8 5", 12)}
"""Dashes, and radius of the corners, of the shapes with a dashed outline."""


def card_svg(
    card: PictureCard, theme: Theme, direction: Direction | None, *, struck: bool = False
) -> str:
    """A card as one group, told to readers by its title, which may be struck through."""
    colour = theme.edge(card.category)
    parts = [tag("title", text(card.hint or card.title))]
    parts += _outline(card, theme, colour)
    parts += _texts(card, theme, colour, struck=struck)
    parts += [_port(card, port.offset, theme, direction) for port in card.ports]
    at = f"translate({num(card.at.x)} {num(card.at.y)})"
    return tag("g", "".join(parts), transform=at, data_card=card.id)


def _outline(card: PictureCard, theme: Theme, colour: str) -> list[str]:
    w, h = card.width, card.height
    frame: dict[str, str | float] = {"fill": theme.card, "stroke": colour, "stroke_width": 1.6}
    if card.shape in _DASHED:
        frame["stroke_dasharray"], radius = _DASHED[card.shape]
        return [tag("rect", width=w, height=h, rx=radius, **frame)]
    if card.shape == "terminal":
        return [tag("rect", width=w, height=h, rx=min(h / 2, 36), **frame | {"stroke_width": 2})]
    frame |= {"stroke": theme.border, "stroke_width": 1.2}
    if card.shape == "decision":
        c = CUT
        points = [(c, 0), (w - c, 0), (w, c), (w, h - c), (w - c, h), (c, h), (0, h - c), (0, c)]
        corners = " ".join(f"{num(x)},{num(y)}" for x, y in points)
        left = (
            f"M{num(c)},0 L0,{num(c)} V{num(h - c)} L{num(c)},{num(h)} L5,{num(h - c)} V{num(c)} Z"
        )
        return [tag("polygon", points=corners, **frame), tag("path", d=left, fill=colour)]
    left = f"M5,0.6 A8,8 0 0 0 0,8 V{num(h - 8)} A8,8 0 0 0 5,{num(h - 0.6)} Z"
    return [tag("rect", width=w, height=h, rx=8, **frame), tag("path", d=left, fill=colour)]


def _texts(card: PictureCard, theme: Theme, colour: str, *, struck: bool) -> list[str]:
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
    own_lines = [line for line in card.lines if line]
    lines: list[str] = []
    rows = 1 + (1 if card.foot else 0)
    space = int((card.height - 18) // 17) - rows
    for line in own_lines if not large else own_lines[:1]:
        if space <= 0:
            break
        many = 2 if len(own_lines) == 1 and space > 1 and not large else 1
        broken = wrapped(line, LINE, room, many)
        lines += broken
        space -= len(broken)
    high = TITLE + 17 * len(lines) + (15 if card.foot else 0)
    y = 23.0 if large else (card.height - high) / 2 + TITLE - 1.5
    title = clipped(card.title, TITLE, room, bold=True)
    parts.append(
        tag(
            "text",
            text(title),
            x=inset,
            y=y,
            font_size=TITLE,
            font_weight=600,
            fill=theme.text,
            text_decoration="line-through" if struck else None,
        )
    )
    for line in lines:
        y += 17
        parts.append(tag("text", text(line), x=inset, y=y, font_size=LINE, fill=theme.quiet))
    if card.foot:
        y += 15.5
        foot = clipped(card.foot, FOOT, room)
        parts.append(tag("text", text(foot), x=inset, y=y, font_size=FOOT, fill=theme.quiet))
    if card.badges:
        parts += _badges(card, theme, colour)
    if large:
        parts += _inside(card, y + 8, theme, colour)
    return parts


def _badges(card: PictureCard, theme: Theme, colour: str) -> list[str]:
    """Marks at the right end of a card's foot."""
    parts = []
    right = card.width - PAD
    for label, meaning in reversed(card.badges):
        width = text_width(label, card_layout.CHIP_SIZE) + card_layout.CHIP_PAD
        right -= width
        item = Item(label, label, meaning, 0, width, framed=True)
        parts.append(chip_svg(item, Point(right, card.height - 24), theme, colour))
        right -= card_layout.CHIP_GAP
    return parts


def _inside(card: PictureCard, y: float, theme: Theme, colour: str) -> list[str]:
    """The rows of a large card."""
    parts: list[str] = []
    for row in card.inside:
        if row.title:
            title = clipped(row.title, card_layout.TITLE_SIZE, card_layout.MOST_TITLE)
            top = y + row.y + (row.height - card_layout.LINE) / 2
            parts.append(_plain(title, 14, top + 13, card_layout.TITLE_SIZE, theme.quiet))
        for item in row.items:
            svg = chip_svg(item, Point(item.x, y + row.y + 2), theme, colour)
            parts.append(svg if item.framed else _line(item, y + row.y, theme))
        if row.more:
            x = card.width - card_layout.MORE
            parts.append(_plain(f"+{row.more}", x, y + row.y + 13, FOOT, theme.quiet))
    return parts


def _line(item: Item, y: float, theme: Theme) -> str:
    svg = _plain(item.text, item.x, y + 13, card_layout.TEXT_SIZE, theme.text)
    return tag("g", tag("title", text(item.hint)) + svg) if item.hint else svg


def _plain(label: str, x: float, y: float, size: float, fill: str) -> str:
    return tag("text", text(label), x=x, y=y, font_size=size, fill=fill)


def chip_svg(item: Item, at: Point, theme: Theme, colour: str) -> str:
    """A chip; one with a mark has cut corners and a frame of the card's colour besides."""
    marked = bool(item.mark) and item.mark != "+"
    frame = tag(
        "rect",
        x=at.x,
        y=at.y,
        width=item.width,
        height=17,
        rx=3 if marked else 8.5,
        fill=theme.chip,
        stroke=colour if marked else theme.border,
        stroke_width=1.4 if marked else 0.8,
    )
    svg = tag(
        "text",
        text(item.text),
        x=at.x + item.width / 2,
        y=at.y + 12.3,
        font_size=card_layout.CHIP_SIZE,
        text_anchor="middle",
        fill=theme.text,
    )
    hint = tag("title", text(item.hint)) if item.hint else ""
    return tag("g", hint + frame + svg)


def _port(card: PictureCard, offset: float, theme: Theme, direction: Direction | None) -> str:
    x, y = (offset, card.height) if direction == "down" else (card.width, offset)
    return tag("circle", cx=x, cy=y, r=3.5, fill=theme.card, stroke=theme.border, stroke_width=1.4)
