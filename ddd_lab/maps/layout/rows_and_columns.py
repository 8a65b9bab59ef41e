"""A connected part on a grid, so that its lines are short and few of them cross.

For maps whose lines lead to and fro: in ranks these get long, and a reader has to follow them
around many cards. The search starts with each box near those it is connected to and then moves
boxes about, at first freely, in the end only where that makes the drawing better.
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from ddd_lab.maps.layout.boxes import Box, LayoutEdge, Point, Positions
from ddd_lab.maps.layout.ranks import Pair
from ddd_lab.maps.layout.view import View

GAP = 60.0
"""Room between two columns or rows, in pixels: a label stands on an upright line in it."""
LABEL_ROOM = 24.0
"""Pixels beside a label between two columns."""
SPARE = 1.3
"""Cells for every box: some stay empty, so that lines pass and boxes can move."""
STARTS = 2
MOVES = 250
"""Moves that are tried from every start, for every box."""
HEAT = 3.0
"""Loss that is often accepted at first."""
CROSSING = 3.0
"""What two lines that cross cost, against the height of a row."""
PASSING = 2.0
"""What a box on the way of a line costs."""
BEND = 0.4
BACKWARDS = 0.3
"""What a line costs that leads against the direction of reading."""


def in_rows_and_columns(
    boxes: Sequence[Box], lines: Sequence[LayoutEdge], view: View, start: int = 0
) -> Positions:
    """Positions for the boxes of a connected part in rows and columns.

    Args:
        boxes: in reading order.
        lines: between them.
        view: whose shape the grid gets.
        start: another number finds other positions; 0 the best of two.
    """
    index = {box.id: number for number, box in enumerate(boxes)}
    pairs = {
        (index[line.source], index[line.target]) for line in lines if line.source != line.target
    }
    wide = max(box.width for box in boxes) + GAP
    high = max(box.height for box in boxes) + GAP
    cells = len(boxes) * SPARE
    columns = max(1, round(math.sqrt(cells * view.across / view.down * high / wide)))
    raster = _raster(columns, math.ceil(cells / columns), round(wide / high, 1))
    starts = [STARTS - 1 + start] if start else range(STARTS)
    found = [_Search(len(boxes), pairs, raster, number).cells() for number in starts]
    _, places = min(found)
    cell_of = {box.id: at for box, at in zip(boxes, places, strict=True)}
    gaps: dict[int, float] = {}
    for line in lines:
        (column, row), (other, same) = cell_of[line.source], cell_of[line.target]
        if line.label and row == same and abs(column - other) == 1:
            after = min(column, other)
            gaps[after] = max(gaps.get(after, GAP), line.label + LABEL_ROOM)
    sizes = [(box.width, box.height) for box in boxes]
    x = _middles([(at[0], wide) for at, (wide, _) in zip(places, sizes, strict=True)], gaps)
    y = _middles([(at[1], high) for at, (_, high) in zip(places, sizes, strict=True)], {})
    return {
        box.id: Point(x[column] - box.width / 2, y[row] - box.height / 2)
        for box, (column, row) in zip(boxes, places, strict=True)
    }


def _middles(sizes: Sequence[tuple[int, float]], gaps: Mapping[int, float]) -> dict[int, float]:
    """The middles of columns or rows that are as large as what stands in them."""
    largest: dict[int, float] = {}
    for place, size in sizes:
        largest[place] = max(size, largest.get(place, 0.0))
    found: dict[int, float] = {}
    start = 0.0
    for place in sorted(largest):
        found[place] = start + largest[place] / 2
        start += largest[place] + gaps.get(place, GAP)
    return found


class _Raster:
    """The cells of a grid, numbered row by row, and the straight ways between every two of them.

    Args:
        columns, rows: of the grid.
        wide: width of a cell against its height.
    """

    def __init__(self, columns: int, rows: int, wide: float) -> None:
        self.cells = [(column, row) for row in range(rows) for column in range(columns)]
        self._wide = wide
        self._ways = list(combinations(range(len(self.cells)), 2))
        numbers = {way: number for number, way in enumerate(self._ways)}
        every = range(len(self.cells))
        self.number = [[numbers.get((min(a, b), max(a, b)), -1) for b in every] for a in every]
        self.length = [self._length(*way) for way in self._ways]
        self.between = [self._between(*way) for way in self._ways]
        self.back = [[self.cells[b] < self.cells[a] for b in every] for a in every]
        self._crossed: list[int | None] = [None] * len(self._ways)

    def crossed(self, way: int) -> int:
        """The ways that cross one, as the bits of their numbers."""
        known = self._crossed[way]
        if known is None:
            known = self._crossed[way] = sum(
                1 << other for other in range(len(self._ways)) if self._cross(way, other)
            )
        return known

    def beside(self, cell: int) -> list[int]:
        """The cells around one, and itself."""
        x, y = self.cells[cell]
        return [
            other
            for other, (column, row) in enumerate(self.cells)
            if abs(column - x) <= 1 and abs(row - y) <= 1
        ]

    def _length(self, a: int, b: int) -> float:
        (x1, y1), (x2, y2) = self.cells[a], self.cells[b]
        return abs(x1 - x2) * self._wide + abs(y1 - y2) + (BEND if x1 != x2 and y1 != y2 else 0.0)

    def _between(self, a: int, b: int) -> list[int]:
        """The cells whose middle a way runs through."""
        (x1, y1), (x2, y2) = self.cells[a], self.cells[b]
        steps = math.gcd(x2 - x1, y2 - y1)
        columns = self.cells[-1][0] + 1
        return [
            x1 + (x2 - x1) // steps * step + (y1 + (y2 - y1) // steps * step) * columns
            for step in range(1, steps)
        ]

    def _cross(self, way: int, other: int) -> bool:
        a, b = self._ways[way]
        c, d = self._ways[other]
        (x1, y1), (x2, y2) = self.cells[a], self.cells[b]
        (x3, y3), (x4, y4) = self.cells[c], self.cells[d]
        if y2 < y3 or y4 < y1 or max(x1, x2) < min(x3, x4) or max(x3, x4) < min(x1, x2):
            return False
        if a in (c, d) or b in (c, d):
            return False
        from_c = (x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1)
        from_d = (x2 - x1) * (y4 - y1) - (y2 - y1) * (x4 - x1)
        from_a = (x4 - x3) * (y1 - y3) - (y4 - y3) * (x1 - x3)
        from_b = (x4 - x3) * (y2 - y3) - (y4 - y3) * (x2 - x3)
        return (from_c * from_d < 0 and from_a * from_b < 0) or from_c == from_d == 0


_raster = lru_cache(maxsize=16)(_Raster)


class _Search:
    """The search for a cell for every box.

    Args:
        count: how many boxes.
        pairs: lines between them.
        raster: the grid.
        start: a number; another one finds another way.
    """

    def __init__(self, count: int, pairs: Collection[Pair], raster: _Raster, start: int) -> None:
        self._raster = raster
        self._dice = random.Random(start)
        self._pairs = sorted({(min(pair), max(pair)) for pair in pairs})
        self._leads = [((a, b) in pairs) - ((b, a) in pairs) for a, b in self._pairs]
        self._lines: list[list[int]] = [[] for _ in range(count)]
        for line, pair in enumerate(self._pairs):
            for end in pair:
                self._lines[end].append(line)
        self._at = [-1] * count
        self._box_in = [-1] * len(raster.cells)
        self._drawn = 0
        self._passing = [0] * len(raster.cells)

    def cells(self) -> tuple[float, list[tuple[int, int]]]:
        """The cell of every box, and in sum what their lines cost."""
        self._place_all()
        many = len(self._at), len(self._raster.cells)
        moves = MOVES * len(self._at)
        for move in range(moves):
            heat = HEAT * (1 - move / moves) ** 2 + 0.01
            box = self._dice.randrange(many[0])
            cell = self._near(box) if move % 2 else self._dice.randrange(many[1])
            self._try(box, cell, -heat * math.log(1 - self._dice.random()))
        while any(self._try(box, cell, -1e-6) for box in range(many[0]) for cell in range(many[1])):
            pass
        every = range(len(self._pairs))
        return self._change(every, draw=False), [self._raster.cells[at] for at in self._at]

    def _place_all(self) -> None:
        """Place every box near those that it is connected to."""
        left = set(range(len(self._at)))
        while left:
            ready = {
                box: sum(self._at[sum(self._pairs[line]) - box] >= 0 for line in self._lines[box])
                for box in left
            }
            box = max(left, key=lambda box: (ready[box], len(self._lines[box]), -box))
            left.remove(box)
            lines = [line for line in self._lines[box] if self._other(line, box) >= 0]
            losses: list[tuple[float, int]] = []
            for cell, taken in enumerate(self._box_in):
                if taken < 0:
                    self._at[box] = cell
                    loss = self._change(lines, draw=True) + PASSING * self._passing[cell]
                    losses.append((loss, cell))
                    self._change(lines, draw=False)
            self._at[box] = min(losses)[1]
            self._box_in[self._at[box]] = box
            self._change(lines, draw=True)

    def _other(self, line: int, box: int) -> int:
        """The cell at the other end of a line; -1 where that box is not placed."""
        return self._at[sum(self._pairs[line]) - box]

    def _near(self, box: int) -> int:
        """A cell beside a box that one is connected to."""
        line = self._dice.choice(self._lines[box])
        return self._dice.choice(self._raster.beside(self._other(line, box)))

    def _try(self, box: int, cell: int, limit: float) -> bool:
        """Move a box, or let two change places, if that costs less than a limit."""
        old, other = self._at[box], self._box_in[cell]
        if cell == old:
            return False
        lines = self._lines[box]
        if other >= 0:
            lines = [*lines, *(line for line in self._lines[other] if line not in lines)]
        before = self._change(lines, draw=False)
        if other < 0:
            before += PASSING * (self._passing[old] - self._passing[cell])
        self._swap(box, cell)
        if self._change(lines, draw=True) - before < limit:
            return True
        self._change(lines, draw=False)
        self._swap(box, old)
        self._change(lines, draw=True)
        return False

    def _swap(self, box: int, cell: int) -> None:
        old, other = self._at[box], self._box_in[cell]
        self._at[box], self._box_in[cell], self._box_in[old] = cell, box, other
        if other >= 0:
            self._at[other] = old

    def _change(self, lines: Collection[int], *, draw: bool) -> float:
        """Draw lines, or take them away; what they cost beside all others."""
        raster, at, crossed = self._raster, self._at, self._raster.crossed
        loss = 0.0
        for line in lines:
            a, b = self._pairs[line]
            here, there, lead = at[a], at[b], self._leads[line]
            way = raster.number[here][there]
            if not draw:
                self._drawn ^= 1 << way
            loss += raster.length[way] + CROSSING * (crossed(way) & self._drawn).bit_count()
            if draw:
                self._drawn |= 1 << way
            if lead and raster.back[here][there] == (lead > 0):
                loss += BACKWARDS
            for cell in raster.between[way]:
                self._passing[cell] += 1 if draw else -1
                if self._box_in[cell] >= 0:
                    loss += PASSING
        return loss
