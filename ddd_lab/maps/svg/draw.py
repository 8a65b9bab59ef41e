"""A picture as SVG: self-contained text, everything inside the view box, nothing from outside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ddd_lab.maps.layout import Rect
from ddd_lab.maps.measure import clipped, text_width
from ddd_lab.maps.routing import EdgeRouter, Route
from ddd_lab.maps.routing.ends import port_labels
from ddd_lab.maps.routing.grid import Grid
from ddd_lab.maps.routing.labels import LABEL_SIZE
from ddd_lab.maps.routing.occupied import CELL
from ddd_lab.maps.svg.cards import PORT, TITLE, card_svg
from ddd_lab.maps.svg.drawing import Drawing, PictureCard
from ddd_lab.maps.svg.edges import edge_svg, label_svg
from ddd_lab.maps.svg.frames import frame_svg, note_svg, words_svg
from ddd_lab.maps.svg.ghosts import ghost_card_svg, ghost_edge_svg
from ddd_lab.maps.svg.theme import FONT, PAGE, Theme
from ddd_lab.maps.svg.xml import num, short, tag, text

MARGIN = 32.0


class Rendered(NamedTuple):
    """A picture in SVG elements, and the area that they cover."""

    view: Rect
    parts: list[str]


def drawn(picture: Drawing, theme: Theme) -> str:
    """The picture as one SVG document.

    Returns:
        SVG text that is valid XML and uses neither scripts, styles, fonts nor links.
    """
    return document(picture.title, picture.about, rendered(picture, theme), theme)


def rendered(picture: Drawing, theme: Theme) -> Rendered:
    """The picture as elements, to be put into a document."""
    cards = [card.on_board for card in picture.cards]
    edges = [edge.on_board for edge in picture.edges]
    routes = EdgeRouter().routes(cards, edges, picture.direction)
    drawn_edges = [(edge, routes[edge.id]) for edge in picture.edges if edge.id in routes]
    labels = [(edge, route.label) for edge, route in drawn_edges if route.label]
    pieces = _Pieces(routes.values() if picture.boundaries else ())
    back = [note_svg(note, theme) for note in picture.notes]
    back += [frame_svg(frame, theme) for frame in picture.boundaries]
    ghosts = picture.ghosts
    lines = [
        ghost_edge_svg(edge_svg(edge, route.points, theme), edge, route, theme, ghosts[edge.id])
        if edge.id in ghosts
        else edge_svg(edge, route.points, theme)
        for edge, route in drawn_edges
    ]
    words = [words_svg(frame, pieces.near(frame.area), theme) for frame in picture.boundaries]
    front = [_card(card, picture, theme) for card in picture.cards]
    front += [label_svg(edge, area, theme) for edge, area in labels]
    marks, areas = _port_labels(picture, port_labels(cards, picture.direction), theme)
    view = _view(
        picture,
        routes.values(),
        [
            *areas,
            *(area for _, area in labels),
            *(frame.area for frame in picture.boundaries),
            *(note.area for note in picture.notes),
        ],
    )
    parts = [*back, *lines, *words, *front, *marks]
    if picture.empty:
        parts.append(empty_svg(picture.empty, view, theme))
    return Rendered(view, parts)


def _card(card: PictureCard, picture: Drawing, theme: Theme) -> str:
    ghost = picture.ghosts.get(card.id)
    svg = card_svg(card, theme, picture.direction, struck=ghost == "removed")
    return svg if ghost is None else ghost_card_svg(svg, card, theme, ghost)


def empty_svg(words: str, view: Rect, theme: Theme) -> str:
    """Words in the middle of a picture without cards."""
    return tag(
        "text",
        text(words),
        x=(view.left + view.right) / 2,
        y=(view.top + view.bottom) / 2,
        font_size=TITLE,
        text_anchor="middle",
        fill=theme.quiet,
    )


class _Pieces:
    """The straight pieces of all edges and their labels, found by where they lie."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._grid = Grid(CELL)
        for route in routes:
            for a, b in pairwise(route.points):
                self._grid.add(Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)))
            if route.label:
                self._grid.add(route.label)

    def near(self, area: Rect) -> list[Rect]:
        """Those that cross an area, or pass close by."""
        return [self._grid.areas[index] for index in self._grid.near(area.grown(LABEL_SIZE))]


def document(title: str, about: str, picture: Rendered, theme: Theme) -> str:
    """One SVG document.

    Args:
        title: what it shows. about: that in a sentence, for people who cannot see it.
        picture: what is drawn.
        theme: its colours.
    """
    view = picture.view
    wide, high = view.right - view.left, view.bottom - view.top
    body = [
        tag("title", text(title), id="title"),
        tag("desc", text(about), id="desc"),
        tag("rect", x=view.left, y=view.top, width=wide, height=high, fill=theme.background),
        *picture.parts,
    ]
    return (
        tag(
            "svg",
            "\n" + "\n".join(body) + "\n",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"{num(view.left)} {num(view.top)} {num(wide)} {num(high)}",
            width=wide,
            height=high,
            # A notebook cell is narrower than most maps: shrink rather than be cut off. A page has
            # a style sheet for that, and allows nothing beside it.
            style=None if theme is PAGE else "max-width: 100%; height: auto",
            # JupyterLab shows it as an image, into which styles of its own do not reach.
            **{"class": "ddd-lab-picture"},
            role="img",
            aria_label=short(title),
            font_family=FONT,
        )
        + "\n"
    )


def _view(picture: Drawing, routes: Iterable[Route], areas: Sequence[Rect]) -> Rect:
    xs = [x for card in picture.cards for x in (card.rect.left, card.rect.right)]
    ys = [y for card in picture.cards for y in (card.rect.top, card.rect.bottom)]
    points = [point for route in routes for point in route.points]
    xs += [point.x for point in points]
    ys += [point.y for point in points]
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


def _port_labels(
    picture: Drawing, places: Mapping[tuple[str, str], Rect], theme: Theme
) -> tuple[list[str], list[Rect]]:
    """Outcome labels beside their ports, over the wires, on the ground's own colour."""
    parts: list[str] = []
    areas: list[Rect] = []
    for card in picture.cards:
        for index, port in enumerate(card.ports):
            place = places.get((card.id, port.name))
            if place is None:
                continue
            room = place.right - place.left - 2
            after = card.ports[index + 1 :]
            if picture.direction == "down" and after:
                room = min(room, after[0].offset - port.offset - 12)
            x, y = place.left + 2, place.bottom - 3
            label = clipped(port.label, PORT, room)
            parts.append(
                tag(
                    "text",
                    text(label),
                    x=x,
                    y=y,
                    font_size=PORT,
                    fill=theme.text,
                    stroke=theme.background,
                    stroke_width=3,
                    stroke_linejoin="round",
                    paint_order="stroke",
                    data_part="label",
                )
            )
            areas.append(Rect(x, y - PORT, x + text_width(label, PORT), y + 4))
    return parts, areas
