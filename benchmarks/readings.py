"""What makes a board hard to follow, counted on its cards and routes: no browser is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from ddd_lab.canvas.protocol.messages import Board, Card, Link
from ddd_lab.maps.layout import Rect
from ddd_lab.maps.routing import CardArea, PortPlace
from ddd_lab.maps.routing.ends import port_labels

TOUCH = 1.5
"""Pixels by which areas may meet without covering each other."""


class Segment(NamedTuple):
    """A straight piece of a line."""

    x1: float
    y1: float
    x2: float
    y2: float


class Reading(NamedTuple):
    """What a board has of each fault.

    Attributes:
        crossings: points at which lines cross.
        lines_under_cards: lines that run under a card.
        labels_over_cards: labels of lines or ports that cover a card.
        labels_over_lines: labels of lines that lie on another line.
        lines_on_lines: pairs of lines that run on each other without sharing an end.
        overlaps: pairs of cards that cover each other.
        width, height: of all cards, labels and lines, in pixels.
    """

    crossings: int
    lines_under_cards: int
    labels_over_cards: int
    labels_over_lines: int
    lines_on_lines: int
    overlaps: int
    width: float
    height: float


def read(board: Board) -> Reading:
    """Count the faults of a board."""
    cards = {card.id: _area(card) for card in board.cards if card.kind != "note"}
    pieces = {link.id: list(_pieces(link)) for link in board.links}
    # A label is one for all links that leave a card and say the same.
    says = {link.id: (link.source, link.kind, link.printed) for link in board.links}
    labels = {link.id: _label(link) for link in board.links if link.label_place}
    ports = _port_labels(board)
    areas = [*cards.values(), *labels.values(), *ports]
    xs = [x for area in areas for x in (area.left, area.right)]
    ys = [y for area in areas for y in (area.top, area.bottom)]
    for found in pieces.values():
        xs += [x for piece in found for x in (piece.x1, piece.x2)]
        ys += [y for piece in found for y in (piece.y1, piece.y2)]
    return Reading(
        crossings(pieces),
        sum(_under(pieces[link.id], cards) for link in board.links),
        sum(_over(area, cards.values()) for area in (*labels.values(), *ports)),
        sum(
            any(
                _meets(piece, area)
                for id, found in pieces.items()
                if says[id] != says[own]
                for piece in found
            )
            for own, area in labels.items()
        ),
        _run_together(board.links, pieces),
        sum(
            one.grown(-TOUCH / 2).meets(other.grown(-TOUCH / 2))
            for one, other in combinations(cards.values(), 2)
        ),
        max(xs, default=0) - min(xs, default=0),
        max(ys, default=0) - min(ys, default=0),
    )


def crossings(lines: Mapping[str, Sequence[Segment]]) -> int:
    """Points at which lines cross; where one crosses several that run together is one point.

    Lines that run together and part again do not cross.
    """
    return len(
        {
            point
            for one, other in combinations(lines.values(), 2)
            for a in one
            for b in other
            if (point := _crossing(a, b))
        }
    )


def _crossing(a: Segment, b: Segment) -> tuple[int, int] | None:
    """Where two straight pieces cross, in whole pixels; None where one only touches the other."""
    ax, ay, bx, by = a.x2 - a.x1, a.y2 - a.y1, b.x2 - b.x1, b.y2 - b.y1
    cross = ax * by - ay * bx
    if abs(cross) < 1e-9:
        return None
    dx, dy = b.x1 - a.x1, b.y1 - a.y1
    along, other = (dx * by - dy * bx) / cross, (dx * ay - dy * ax) / cross
    near_a = TOUCH / max((ax * ax + ay * ay) ** 0.5, 1e-9)
    near_b = TOUCH / max((bx * bx + by * by) ** 0.5, 1e-9)
    if near_a < along < 1 - near_a and near_b < other < 1 - near_b:
        return round(a.x1 + along * ax), round(a.y1 + along * ay)
    return None


def _area(card: Card) -> Rect:
    return Rect(card.x, card.y, card.x + card.width, card.y + card.height)


def _pieces(link: Link) -> Iterator[Segment]:
    for (x1, y1), (x2, y2) in pairwise(link.points):
        yield Segment(x1, y1, x2, y2)


def _label(link: Link) -> Rect:
    place = link.label_place
    assert place is not None
    return (
        Rect(place.x, place.y, place.x, place.y)
        .grown(0)
        ._replace(
            left=place.x - place.width / 2,
            right=place.x + place.width / 2,
            top=place.y - 8,
            bottom=place.y + 8,
        )
    )


def _port_labels(board: Board) -> list[Rect]:
    """Where the outcomes of cards are printed, on the canvas and in pictures."""
    cards = [
        CardArea(
            card.id,
            _area(card),
            tuple(PortPlace(port.name, port.offset, port.label) for port in card.outputs),
        )
        for card in board.cards
        if card.kind != "note"
    ]
    direction = board.direction if board.level == "flow" else None
    return [*port_labels(cards, direction).values()]


def _under(pieces: Sequence[Segment], cards: Mapping[str, Rect]) -> bool:
    """Whether a line runs under a card; at its own cards it may touch the border."""
    return any(_meets(piece, area.grown(-TOUCH)) for area in cards.values() for piece in pieces)


def _over(area: Rect, cards: Iterable[Rect]) -> bool:
    return any(area.grown(-TOUCH).meets(card) for card in cards)


def _meets(piece: Segment, area: Rect) -> bool:
    """Whether a level or upright piece runs through an area."""
    return (
        min(piece.x1, piece.x2) < area.right
        and max(piece.x1, piece.x2) > area.left
        and min(piece.y1, piece.y2) < area.bottom
        and max(piece.y1, piece.y2) > area.top
    )


def _run_together(links: Sequence[Link], pieces: Mapping[str, Sequence[Segment]]) -> int:
    """Pairs of lines that run on each other although they neither start nor end together."""
    count = 0
    for one, other in combinations(links, 2):
        starts = one.points[:1] == other.points[:1]
        ends = one.points[-1:] == other.points[-1:]
        if not starts and not ends:
            count += any(_on(a, b) for a in pieces[one.id] for b in pieces[other.id])
    return count


def _on(a: Segment, b: Segment) -> bool:
    if a.x1 == a.x2 and b.x1 == b.x2:
        near, low = abs(a.x1 - b.x1) < 3, max(min(a.y1, a.y2), min(b.y1, b.y2))
        return near and min(max(a.y1, a.y2), max(b.y1, b.y2)) - low > 6
    if a.y1 == a.y2 and b.y1 == b.y2:
        near, low = abs(a.y1 - b.y1) < 3, max(min(a.x1, a.x2), min(b.x1, b.x2))
        return near and min(max(a.x1, a.x2), max(b.x1, b.x2)) - low > 6
    return False
