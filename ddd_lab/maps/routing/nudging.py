"""Edges that run through one channel, side by side in an order in which few of them cross."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from ddd_lab.maps.layout import Rect
from ddd_lab.maps.routing.search import Request
from ddd_lab.maps.routing.trails import Waypoints, straightened

SPACE = 11.0
"""Pixels between edges in a channel, where there is room."""
LEAST = 4.0
KEPT = 13.0
"""Pixels that edges keep from cards, where there is room."""
WIDE = 120.0
"""Width of a gap in pixels up to which edges run in its middle."""
DEEP = 40
"""Pieces along which two edges are followed to where they part."""


class _Piece(NamedTuple):
    """A straight piece of an edge on a line of the net.

    Attributes:
        edge: number of the edge.
        order: which piece of it.
        upright: whether it is upright; its ``place`` is on the other axis then.
        forward: whether the edge leads along it to higher places.
        fixed: whether it touches a card.
    """

    edge: int
    order: int
    upright: bool
    place: float
    low: float
    high: float
    forward: bool
    fixed: bool


@dataclass
class _Track:
    """Pieces of related edges that run as one."""

    pieces: list[_Piece]
    low: float
    high: float
    level: int = 0
    members: set[int] = field(default_factory=set)


def nudged(
    cards: Sequence[Rect],
    requests: Sequence[Request],
    trails: Mapping[str, Waypoints],
    *,
    anew: bool = False,
) -> dict[str, Waypoints]:
    """The ways with those spread that run through the same channels.

    Args:
        cards: the areas that they keep clear of.
        requests: the edges.
        trails: their ways over lines of channels.
        anew: whether level pieces are told apart by where they reach once upright ones are spread.
    """
    ways = [[list(point) for point in trails.get(request.id, ())] for request in requests]
    pieces = [_pieces(edge, way) for edge, way in enumerate(ways)]
    for upright in (True, False):
        if anew and not upright:
            pieces = [_pieces(edge, way) for edge, way in enumerate(ways)]
        _Spreading(cards, requests, pieces, upright).into(ways)
    return {
        request.id: straightened([(x, y) for x, y in way])
        for request, way in zip(requests, ways, strict=True)
        if way
    }


def _pieces(edge: int, line: Sequence[Sequence[float]]) -> list[_Piece]:
    found: list[_Piece] = []
    for index, (a, b) in enumerate(pairwise(line)):
        upright = a[0] == b[0]
        axis, along = (0, 1) if upright else (1, 0)
        low, high = sorted((a[along], b[along]))
        fixed = index in (0, len(line) - 2)
        forward = a[along] < b[along]
        found.append(_Piece(edge, index, upright, a[axis], low, high, forward, fixed))
    return found


class _Spreading:
    """Spreads the upright, or the level, pieces; those of one channel are looked at together."""

    def __init__(
        self,
        cards: Sequence[Rect],
        requests: Sequence[Request],
        pieces: Sequence[Sequence[_Piece]],
        upright: bool,
    ) -> None:
        self._cards = cards
        self._requests = requests
        self._pieces = pieces
        self._upright = upright

    def into(self, ways: Sequence[list[list[float]]]) -> None:
        """Move the corners of the ways."""
        axis = 0 if self._upright else 1
        channels: dict[float, list[_Piece]] = {}
        for found in self._pieces:
            for piece in found:
                if piece.upright == self._upright:
                    channels.setdefault(piece.place, []).append(piece)
        groups = [
            (place, group) for place in sorted(channels) for group in _overlapping(channels[place])
        ]
        for place, group in groups:
            room = self._room(place, group, groups)
            for piece, at in self._placed(group, place, room):
                way = ways[piece.edge]
                way[piece.order][axis] = way[piece.order + 1][axis] = at

    def _room(
        self, place: float, group: Sequence[_Piece], groups: Sequence[tuple[float, list[_Piece]]]
    ) -> tuple[float, float]:
        """From where to where the pieces of a channel may be moved."""
        low, high = _between(self._cards, group, place, self._upright)
        for other, beside in groups:
            if other != place and low < other < high and _abreast(group, beside):
                # Two channels side by side share the room between them.
                middle = (place + other) / 2
                low, high = (max(low, middle), high) if other < place else (low, min(high, middle))
        return low, high

    def _placed(
        self, group: Sequence[_Piece], place: float, room: tuple[float, float]
    ) -> list[tuple[_Piece, float]]:
        """New places for the pieces of a channel; those at the ends of edges stay."""
        free = [piece for piece in group if not piece.fixed]
        if not free:
            return []
        tracks = self._ordered(_tracks(self._requests, free))
        for number, track in enumerate(tracks):
            beside = [other.level for other in tracks[:number] if _meet(track, other)]
            track.level = max(beside, default=-1) + 1
        most = max(track.level for track in tracks)
        low, high = room
        space = max(min(SPACE, (high - low - 2 * KEPT) / most) if most else 0.0, LEAST)
        width = most * space
        middle = (low + high) / 2 if high - low <= WIDE else place
        if len(free) < len(group):
            # An end of an edge lies in the channel: the others go beside it.
            middle = place + SPACE + width / 2
        if high - low > 2 * KEPT + width:
            middle = min(max(middle, low + KEPT + width / 2), high - KEPT - width / 2)
        else:
            middle = (low + high) / 2
        return [
            (piece, round(middle - width / 2 + track.level * space, 1))
            for track in tracks
            for piece in track.pieces
        ]

    def _ordered(self, tracks: list[_Track]) -> list[_Track]:
        """Tracks in an order in which few of them cross: those first that need no other before."""
        after = [[max(self._vote(one, other), 0) for other in tracks] for one in tracks]
        waiting = list(range(len(tracks)))
        order: list[_Track] = []
        while waiting:
            first = min(waiting, key=lambda one: sum(after[one][other] for other in waiting))
            waiting.remove(first)
            order.append(tracks[first])
        return order

    def _vote(self, one: _Track, other: _Track) -> int:
        """How much one track should stand after another: less than 0 for before."""
        if one is other or not _meet(one, other):
            return 0
        return sum(
            self._side(a, b, end)
            for a in one.pieces
            for b in other.pieces
            if a.low <= b.high and b.low <= a.high
            for end in (-1, 1)
        )

    def _side(self, a: _Piece, b: _Piece, end: int, deep: int = 0) -> int:
        """On which side of another a piece should run so that they do not cross at one end.

        Args:
            a, b: two pieces on the same line of the net.
            end: -1 for the end at lower places, 1 for that at higher ones.
            deep: how far the two have been followed.
        """
        here, there = (a.high, b.high) if end > 0 else (a.low, b.low)
        after_a, after_b = self._next(a, end), self._next(b, end)
        turn_a, turn_b = _turn(a, after_a), _turn(b, after_b)
        if here != there:
            return turn_a if end * here < end * there else -turn_b
        if turn_a != turn_b or after_a is None or after_b is None or deep > DEEP:
            return (turn_a > turn_b) - (turn_a < turn_b)
        # Round a corner, the outer one of two stays the outer one.
        return -end * turn_a * self._side(after_a, after_b, turn_a, deep + 1)

    def _next(self, piece: _Piece, end: int) -> _Piece | None:
        """The piece that follows at one end; None at a card."""
        index = piece.order + (1 if piece.forward == (end > 0) else -1)
        found = self._pieces[piece.edge]
        return found[index] if 0 <= index < len(found) else None


def _turn(piece: _Piece, after: _Piece | None) -> int:
    """Where what follows a piece leads: to lower places (-1), to higher ones (1), or nowhere."""
    if after is None:
        return 0
    return 1 if after.low >= piece.place else -1


def _overlapping(found: Iterable[_Piece]) -> list[list[_Piece]]:
    """Pieces of one line in groups that have nothing beside each other."""
    groups: list[list[_Piece]] = []
    reach = 0.0
    for piece in sorted(found, key=lambda piece: (piece.low, piece.high, piece.edge)):
        if not groups or piece.low > reach + 1:
            groups.append([])
            reach = piece.high
        groups[-1].append(piece)
        reach = max(reach, piece.high)
    return groups


def _tracks(requests: Sequence[Request], group: Sequence[_Piece]) -> list[_Track]:
    """Pieces of related edges beside each other as one, as long as all of them are related."""
    tracks: list[_Track] = []
    for piece in group:
        for track in tracks:
            beside = piece.low <= track.high and track.low <= piece.high
            if beside and all(
                requests[piece.edge].related(requests[member]) for member in track.members
            ):
                track.pieces.append(piece)
                track.low, track.high = min(track.low, piece.low), max(track.high, piece.high)
                track.members.add(piece.edge)
                break
        else:
            tracks.append(_Track([piece], piece.low, piece.high, members={piece.edge}))
    return tracks


def _meet(one: _Track, other: _Track) -> bool:
    return one.low <= other.high + 2 and other.low <= one.high + 2


def _abreast(group: Sequence[_Piece], other: Sequence[_Piece]) -> bool:
    return any(a.low < b.high and b.low < a.high for a in group for b in other)


def _between(
    cards: Sequence[Rect], group: Sequence[_Piece], place: float, upright: bool
) -> tuple[float, float]:
    """The room between the cards on both sides of a channel."""
    begin, end = min(piece.low for piece in group), max(piece.high for piece in group)
    low, high = place - WIDE / 2, place + WIDE / 2
    for left, top, right, bottom in cards:
        first, last, start, stop = (
            (left, right, top, bottom) if upright else (top, bottom, left, right)
        )
        if start < end and begin < stop:
            if last <= place:
                low = max(low, last)
            if first >= place:
                high = min(high, first)
    return low, high
