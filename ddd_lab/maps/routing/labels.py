"""Where the labels of edges stand: on their edges, clear of cards, other edges and each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.measure import clipped, text_width
from ddd_lab.maps.routing.board import BoardEdge, CardArea
from ddd_lab.maps.routing.grid import Grid

LABEL_SIZE = 11.0
"""Height of a label's letters, in pixels."""
LABEL_HEIGHT = LABEL_SIZE + 6
LONGEST_LABEL = 480.0
"""Pixels of a label; a longer one would reach over many cards."""
PADDING = 12.0
"""Pixels beside a label's text, both sides together."""
HEAD_ROOM = 9.0
"""Pixels around an arrow head: a label on it would hide where the edge leads."""
BESIDE = 3.0
"""Pixels between an edge and a label that stands beside it."""
PACE = 18.0
"""Pixels between places that are tried along an edge; a short piece has closer ones."""
LEAST_TRIED = 6
MOST_TRIED = 24
"""Places tried along a straight piece."""
SHARES = (1.0, 0.75, 0.55, 0.4)
"""Widths that are tried, the whole text first: what does not fit is shown on focus."""
SHORTEST = 48.0
"""Pixels below which a label is not shortened."""
MANY = 150
"""Labels from which on a board is a thicket: other edges do not count, and less is tried."""
PLACES, PLACES_IN_THICKET = 600, 24
"""Places that are tried for a label."""
CELL = 128.0


def shown_label(text: str) -> str:
    """A label as it is printed on an edge."""
    return clipped(text, LABEL_SIZE, LONGEST_LABEL)


def label_width(text: str) -> float:
    """Width of a label on an edge, in pixels; 0 where nothing is printed."""
    return text_width(shown_label(text), LABEL_SIZE) + PADDING if text else 0.0


def place_labels(
    cards: Iterable[CardArea],
    edges: Sequence[BoardEdge],
    ways: Mapping[str, Sequence[Point]],
    printed: Iterable[Rect] = (),
) -> dict[str, Rect]:
    """The areas of the labels of edges, by the ids of the edges.

    Edges of one kind that leave the same card and say the same say it once, where they run
    together. A label that would cover a card or another edge wherever it stands has no area.

    Args:
        cards: which no label may cover.
        edges: in the order in which their labels are placed.
        ways: of the edges, by their ids.
        printed: areas of the labels of ports.
    """
    labelled = [edge for edge in edges if edge.label and edge.id in ways]
    if not labelled:
        return {}
    thicket = len(labelled) > MANY
    board = _Board(cards, ways, printed, thicket=thicket)
    together: dict[tuple[str, str, str], list[str]] = {}
    for edge in labelled:
        together.setdefault((edge.source, edge.kind, edge.label), []).append(edge.id)
    areas: dict[str, Rect] = {}
    for (_, _, text), ids in together.items():
        area = board.best(ids, label_width(text))
        if area is not None:
            areas[ids[0]] = area
            board.cover(area)
    return {edge.id: areas[edge.id] for edge in labelled if edge.id in areas}


class _Board:
    """What labels keep clear of."""

    def __init__(
        self,
        cards: Iterable[CardArea],
        ways: Mapping[str, Sequence[Point]],
        printed: Iterable[Rect],
        *,
        thicket: bool,
    ) -> None:
        self._ways = ways
        self._places = PLACES_IN_THICKET if thicket else PLACES
        self._cards = Grid(CELL)
        for card in cards:
            self._cards.add(card.rect)
        self._covered = Grid(CELL)
        for area in printed:
            self._covered.add(area)
        for way in ways.values():
            tip = way[-1]
            self._covered.add(Rect(tip.x, tip.y, tip.x, tip.y).grown(HEAD_ROOM))
        self._lines = Grid(CELL)
        self._line_ids: list[str] = []
        for id, way in ways.items() if not thicket else ():
            for a, b in pairwise(way):
                self._lines.add(_span(a, b))
                self._line_ids.append(id)

    def cover(self, area: Rect) -> None:
        """Note that a label stands there."""
        self._covered.add(area)

    def best(self, ids: Sequence[str], width: float) -> Rect | None:
        """The best area for a label of some edges that run together; None where none is free."""
        own = set(ids)
        best: tuple[float, Rect] | None = None
        for wide in dict.fromkeys(max(width * share, min(width, SHORTEST)) for share in SHARES):
            for area in islice(self._choices(ids, wide), self._places):
                if self._is_barred(area, own):
                    continue
                hidden = self._hidden(area, best[0] if best else float("inf"))
                if not hidden:
                    return area
                if best is None or hidden < best[0]:
                    best = hidden, area
        return best[1] if best else None

    def _is_barred(self, area: Rect, own: set[str]) -> bool:
        """Whether a card lies there, or an edge that the label says nothing of."""
        return any(area.meets(self._cards.areas[at]) for at in self._cards.near(area)) or any(
            self._line_ids[at] not in own and area.meets(self._lines.areas[at])
            for at in self._lines.near(area)
        )

    def _hidden(self, area: Rect, limit: float) -> float:
        """How much a label would hide of heads and labels, in square pixels."""
        total = 0.0
        for index in self._covered.near(area):
            other = self._covered.areas[index]
            if area.meets(other):
                total += (min(area.right, other.right) - max(area.left, other.left)) * (
                    min(area.bottom, other.bottom) - max(area.top, other.top)
                )
                if total >= limit:
                    break
        return total

    def _choices(self, ids: Sequence[str], width: float) -> Iterator[Rect]:
        """Areas on the straight pieces of edges and beside them, the best pieces first."""
        pieces = dict.fromkeys(piece for id in ids for piece in pairwise(self._ways[id]))
        # What many of the edges run through says it for all of them.
        uses = {
            piece: sum(piece in set(pairwise(self._ways[id])) for id in ids) for piece in pieces
        }

        def worse(piece: tuple[Point, Point]) -> tuple[int, bool, float]:
            (x1, y1), (x2, y2) = piece
            across, down = abs(x1 - x2), abs(y1 - y2)
            short = across < width + 20 if across > down else down < LABEL_HEIGHT + 20
            return -uses[piece], short, -across - down * 0.8

        for a, b in sorted(pieces, key=worse):
            yield from _along(a, b, width)


def _along(a: Point, b: Point, width: float) -> Iterator[Rect]:
    """Areas along a straight piece, from its middle outwards: on it, then beside it."""
    length = abs(a.x - b.x) + abs(a.y - b.y)
    level = abs(a.x - b.x) >= abs(a.y - b.y)
    pace = min(PACE, length / LEAST_TRIED)
    steps = min(int(length / 2 / pace), MOST_TRIED // 2) if length else 0
    shares = [0.5]
    for step in range(1, steps + 1):
        shares += [0.5 - step * pace / length, 0.5 + step * pace / length]
    half = (LABEL_HEIGHT if level else width) / 2
    beside, past_head = half + BESIDE, half + HEAD_ROOM
    for shift in (0.0, -beside, beside, -past_head, past_head):
        for share in shares:
            x, y = a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share
            x, y = (x, y + shift) if level else (x + shift, y)
            yield Rect(x - width / 2, y - LABEL_HEIGHT / 2, x + width / 2, y + LABEL_HEIGHT / 2)


def _span(a: Point, b: Point) -> Rect:
    # A line has no breadth of its own to meet an area with.
    return Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)).grown(1.0)
