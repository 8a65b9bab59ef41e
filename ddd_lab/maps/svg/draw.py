"""A picture as SVG: self-contained text, everything inside the view box, nothing from outside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.measure import clipped, text_width
from ddd_lab.maps.sizes import WIDEST_LABEL
from ddd_lab.maps.svg.cards import PORT, TITLE, card_svg
from ddd_lab.maps.svg.drawing import Drawing, DrawnEdge
from ddd_lab.maps.svg.ends import ends_of
from ddd_lab.maps.svg.frames import area_of, frame_svg, note_svg, words_svg
from ddd_lab.maps.svg.grid import Grid
from ddd_lab.maps.svg.routes import CELL, End, Router, Way
from ddd_lab.maps.svg.taken import Taken
from ddd_lab.maps.svg.theme import FONT, Theme
from ddd_lab.maps.svg.xml import num, short, tag, text

MARGIN = 32.0
CORNER = 8.0
LABEL = 11.0
LONGEST_LABEL = 480.0
"""Pixels of a label on a wire; a longer one would reach over many cards."""


def drawn(picture: Drawing, theme: Theme) -> str:
    """The picture as one SVG document.

    Args:
        picture: what to draw.
        theme: its colours.

    Returns:
        SVG text that is valid XML and uses neither scripts, styles, fonts nor links.
    """
    boundaries = [
        (frame, area) for frame in picture.boundaries if (area := area_of(picture, frame))
    ]
    wired = [(wire, start, end) for wire, start, end in ends_of(picture)]
    bundle = picture.direction is not None
    router = Router((card.rect for card in picture.cards), bundle=bundle, wires=len(wired))
    ways: dict[int, Way] = {}
    # Short wires first: long ones have more choice.
    for index in sorted(range(len(wired)), key=lambda at: (_length(*wired[at][1:]), at)):
        _, start, end = wired[index]
        ways[index] = router.way(start, end)
    taken = Taken(card.rect for card in picture.cards)
    # A label on an arrow head would hide where the wire leads.
    taken.add(*(_at(way[-1]) for way in ways.values()))
    labels: list[tuple[str, Rect]] = []
    said: list[str] = []
    pieces = _Pieces(ways.values() if boundaries else ())
    for frame, area in boundaries:
        words, places = words_svg(frame, area, pieces.near(area), theme)
        said.append(words)
        taken.add(*places)
    back = [note_svg(note, theme) for note in picture.notes]
    back += [frame_svg(frame, area, theme) for frame, area in boundaries]
    wires: list[str] = []
    for index, (wire, _, _) in enumerate(wired):
        label = ""
        if wire.label:
            label, area = _label(wire, ways[index], taken, theme)
            labels.append((label, area))
            taken.add(area)
        wires.append(_wire(wire, ways[index], theme))
    front = [card_svg(card, theme, picture.direction) for card in picture.cards]
    marks, areas = _port_labels(picture, theme)
    view = _view(
        picture,
        ways,
        [
            *areas,
            *(area for _, area in labels),
            *(area for _, area in boundaries),
            *(note.area for note in picture.notes),
        ],
    )
    return _document(
        picture,
        theme,
        view,
        [*back, *wires, *said, *front, *(label for label, _ in labels), *marks],
    )


class _Pieces:
    """The straight pieces of all wires, found by where they lie."""

    def __init__(self, ways: Iterable[Way]) -> None:
        self._pieces = [piece for way in ways for piece in pairwise(way)]
        self._grid = Grid(CELL)
        for a, b in self._pieces:
            self._grid.add(Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)))

    def near(self, area: Rect) -> list[Way]:
        """Those that cross an area, or pass close by."""
        return [self._pieces[index] for index in self._grid.near(area.grown(LABEL))]


def _document(picture: Drawing, theme: Theme, view: Rect, parts: Sequence[str]) -> str:
    wide, high = view.right - view.left, view.bottom - view.top
    body = [
        tag("title", text(picture.title), id="title"),
        tag("desc", text(picture.about), id="desc"),
        tag("rect", x=view.left, y=view.top, width=wide, height=high, fill=theme.ground),
        *parts,
    ]
    if picture.empty:
        body.append(
            tag(
                "text",
                text(picture.empty),
                x=view.left + wide / 2,
                y=view.top + high / 2,
                font_size=TITLE,
                text_anchor="middle",
                fill=theme.quiet,
            )
        )
    return (
        tag(
            "svg",
            "\n" + "\n".join(body) + "\n",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"{num(view.left)} {num(view.top)} {num(wide)} {num(high)}",
            width=wide,
            height=high,
            # A notebook cell is narrower than most maps: shrink rather than be cut off.
            style="max-width: 100%; height: auto",
            role="img",
            aria_label=short(picture.title),
            font_family=FONT,
        )
        + "\n"
    )


def _view(picture: Drawing, ways: dict[int, Way], areas: Sequence[Rect]) -> Rect:
    xs = [x for card in picture.cards for x in (card.rect.left, card.rect.right)]
    ys = [y for card in picture.cards for y in (card.rect.top, card.rect.bottom)]
    xs += [point.x for way in ways.values() for point in way]
    ys += [point.y for way in ways.values() for point in way]
    xs += [x for area in areas for x in (area.left, area.right)]
    ys += [y for area in areas for y in (area.top, area.bottom)]
    if not xs:
        return Rect(0, 0, max(320.0, text_width(picture.empty, TITLE) + 2 * MARGIN), 120)
    return Rect(
        math.floor(min(xs) - MARGIN),
        math.floor(min(ys) - MARGIN),
        math.ceil(max(xs) + MARGIN),
        math.ceil(max(ys) + MARGIN),
    )


def _length(one: End, other: End) -> float:
    return abs(one.at.x - other.at.x) + abs(one.at.y - other.at.y)


def _wire(wire: DrawnEdge, way: Way, theme: Theme) -> str:
    dash = {"solid": None, "dashed": "6 4", "dotted": "2 4"}[wire.stroke]
    parts = [tag("title", text(wire.hint))] if wire.hint else []
    parts.append(
        tag(
            "path",
            d=_path(way),
            fill="none",
            stroke=theme.wire,
            stroke_width=1.6,
            stroke_dasharray=dash,
            stroke_linejoin="round",
        )
    )
    parts.append(_head(way[-2], way[-1], wire, theme))
    if wire.head == "both":
        parts.append(_head(way[1], way[0], wire, theme))
    return tag("g", "".join(parts))


def _head(before: Point, tip: Point, wire: DrawnEdge, theme: Theme) -> str:
    length = math.hypot(tip.x - before.x, tip.y - before.y) or 1.0
    x, y = (tip.x - before.x) / length, (tip.y - before.y) / length
    back = Point(tip.x - 9 * x, tip.y - 9 * y)
    one = f"{num(back.x - 4.5 * y)},{num(back.y + 4.5 * x)}"
    two = f"{num(back.x + 4.5 * y)},{num(back.y - 4.5 * x)}"
    end = f"{num(tip.x)},{num(tip.y)}"
    if wire.head == "filled":
        return tag("polygon", points=f"{end} {one} {two}", fill=theme.wire)
    return tag(
        "polyline",
        points=f"{one} {end} {two}",
        fill="none",
        stroke=theme.wire,
        stroke_width=1.8,
    )


def _path(way: Way) -> str:
    """The way with rounded corners."""
    said = [f"M{num(way[0].x)},{num(way[0].y)}"]
    for a, b, c in zip(way, way[1:], way[2:], strict=False):
        one = math.hypot(b.x - a.x, b.y - a.y)
        two = math.hypot(c.x - b.x, c.y - b.y)
        radius = min(CORNER, one / 2, two / 2)
        if radius < 0.5:
            said.append(f"L{num(b.x)},{num(b.y)}")
            continue
        start = Point(b.x - (b.x - a.x) / one * radius, b.y - (b.y - a.y) / one * radius)
        end = Point(b.x + (c.x - b.x) / two * radius, b.y + (c.y - b.y) / two * radius)
        said.append(f"L{num(start.x)},{num(start.y)}")
        said.append(f"Q{num(b.x)},{num(b.y)} {num(end.x)},{num(end.y)}")
    said.append(f"L{num(way[-1].x)},{num(way[-1].y)}")
    return " ".join(said)


def _label(wire: DrawnEdge, way: Way, taken: Taken, theme: Theme) -> tuple[str, Rect]:
    """A label on its wire, where it covers neither a card nor another label if that can be."""
    label = clipped(wire.label, LABEL, LONGEST_LABEL)
    wide, high = text_width(label, LABEL) + 8, LABEL + 6
    pieces = sorted(
        pairwise(way),
        key=lambda piece: -abs(piece[0].x - piece[1].x) - abs(piece[0].y - piece[1].y) * 0.8,
    )
    choices = (
        Rect(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        for a, b in pieces
        for share in (0.5, 0.35, 0.65, 0.2, 0.8)
        for shift in (0.0, -high / 2 - 3, high / 2 + 3)
        for x, y in ((a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share + shift),)
    )
    area = taken.least_covered(choices)
    box = tag(
        "rect",
        x=area.left,
        y=area.top,
        width=wide,
        height=high,
        rx=4,
        fill=theme.ground,
        stroke=theme.border,
        stroke_width=0.8,
    )
    said = tag(
        "text",
        text(label),
        x=(area.left + area.right) / 2,
        y=area.bottom - 5,
        font_size=LABEL,
        text_anchor="middle",
        fill=theme.text,
    )
    hint = tag("title", text(wire.hint or wire.label)) if wire.hint or label != wire.label else ""
    return tag("g", hint + box + said), area


def _at(tip: Point) -> Rect:
    return Rect(tip.x, tip.y, tip.x, tip.y).grown(11.0)


def _port_labels(picture: Drawing, theme: Theme) -> tuple[list[str], list[Rect]]:
    """Outcome labels beside their ports, over the wires, on the ground's own colour."""
    parts: list[str] = []
    areas: list[Rect] = []
    for card in picture.cards:
        for index, port in enumerate(card.ports):
            if not port.label:
                continue
            if picture.direction == "down":
                after = card.ports[index + 1 :]
                room = after[0].offset - port.offset - 12 if after else WIDEST_LABEL
                x, y = card.at.x + port.offset + 6, card.rect.bottom + 15
            else:
                room = 84.0
                x, y = card.rect.right + 8, card.at.y + port.offset - 4
            said = clipped(port.label, PORT, room)
            parts.append(
                tag(
                    "text",
                    text(said),
                    x=x,
                    y=y,
                    font_size=PORT,
                    fill=theme.text,
                    stroke=theme.ground,
                    stroke_width=3,
                    stroke_linejoin="round",
                    paint_order="stroke",
                )
            )
            areas.append(Rect(x, y - PORT, x + text_width(said, PORT), y + 4))
    return parts, areas
