"""One connected part of a drawing: its boxes in ranks, in one line of ranks or in several rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ddd_lab.maps.layout.boxes import (
    GAP_ACROSS,
    GAP_ALONG,
    GAP_ROWS,
    LABEL_ROOM,
    LANE,
    MOST_LANES,
    Box,
    Direction,
    LayoutEdge,
    Point,
    Positions,
    extent,
)
from ddd_lab.maps.layout.coordinates import assign_coordinates
from ddd_lab.maps.layout.crossings import layered, minimize_crossings
from ddd_lab.maps.layout.ranks import Pair, assign_layers, break_cycles

BEND = 8.0
ROW = 10.0
"""What one more row costs, against one more line that leads from row to row."""


class Ranked:
    """A connected part with a rank for every box.

    Args:
        boxes: in reading order.
        lines: between them, in the order of the outputs that they leave.
    """

    def __init__(self, boxes: Sequence[Box], lines: Sequence[LayoutEdge]) -> None:
        self.boxes = boxes
        self.lines = lines
        self._index = {box.id: number for number, box in enumerate(boxes)}
        pairs = [self._pair(line) for line in lines]
        self._pairs = break_cycles(len(boxes), pairs)
        self._straight = {self._pair(line) for line in lines if line.main}
        self.ranks = assign_layers(len(boxes), self._pairs)

    def _pair(self, line: LayoutEdge) -> Pair:
        return self._index[line.source], self._index[line.target]

    def drawn(self, direction: Direction) -> Positions:
        """Positions with all ranks one after the other."""
        every = range(max(self.ranks, default=-1) + 1)
        return self._row(every, direction, self._gaps())

    def wrapped(self, room: float) -> Positions:
        """Positions with the ranks in rows like lines of text, each from left to right.

        Args:
            room: width of a row, in pixels.
        """
        gaps = self._gaps()
        rows = self._rows(room, gaps)
        row_of = {rank: number for number, row in enumerate(rows) for rank in row}
        shared = self._shared_endings(row_of)
        places: Positions = {}
        top = 0.0
        for row in [*rows, None]:
            if row is None:
                found = self._beside_each_other(shared)
            else:
                found = self._row(row, "right", gaps, without=shared)
            if not found:
                continue
            area = extent([box for box in self.boxes if box.id in found], found)
            for id, at in found.items():
                places[id] = Point(at.x - area.left, at.y - area.top + top)
            returning = 0 if row is None else self._returning(row, shared)
            extra = min(max(returning - 1, 0), MOST_LANES)
            top += area.bottom - area.top + GAP_ROWS + LANE * extra
        return places

    def _shared_endings(self, row_of: Mapping[int, int]) -> list[int]:
        """Boxes that nothing follows and that several rows lead to: they stand below all rows."""
        leaving = {source for source, _ in self._pairs}
        rows: dict[int, set[int]] = {}
        for source, target in self._pairs:
            if target not in leaving:
                rows.setdefault(target, set()).add(row_of[self.ranks[source]])
        return sorted(box for box, found in rows.items() if len(found) > 1)

    def _beside_each_other(self, chosen: Sequence[int]) -> Positions:
        places: Positions = {}
        left = 0.0
        for number in chosen:
            box = self.boxes[number]
            places[box.id] = Point(left, 0.0)
            left += box.width + box.after + GAP_ALONG
        return places

    def _returning(self, row: range, shared: Sequence[int]) -> int:
        """How many lines lead from this row, or one above, to a row below; bundles as one."""
        ends: set[int] = set()
        for a, b in self._pairs:
            first, last = sorted((self.ranks[a], self.ranks[b]))
            if first < row.stop and (last >= row.stop or b in shared):
                ends.add(b)
        return len(ends)

    def _row(
        self,
        row: range,
        direction: Direction,
        gaps: Sequence[float],
        without: Collection[int] = (),
    ) -> Positions:
        """Positions of the boxes of some ranks."""
        chosen = [
            number
            for number, rank in enumerate(self.ranks)
            if rank in row and number not in without
        ]
        local = {number: at for at, number in enumerate(chosen)}
        pairs = [(local[a], local[b]) for a, b in self._pairs if a in local and b in local]
        straight = {(local[a], local[b]) for a, b in self._straight if a in local and b in local}
        graph = layered([self.ranks[number] - row.start for number in chosen], pairs, straight)
        minimize_crossings(graph)
        right = direction == "right"
        boxes = [self.boxes[number] for number in chosen]
        across = [box.height if right else box.width for box in boxes]
        along = [box.width if right else box.height for box in boxes]
        centre = assign_coordinates(graph, across, GAP_ACROSS, BEND)
        places: Positions = {}
        start = 0.0
        for rank, layer in enumerate(graph.layers, row.start):
            real = [vertex for vertex in layer if vertex < len(boxes)]
            for vertex in real:
                # Cards stand at the start of a rank, so that their inputs are in line.
                first = centre[vertex] - across[vertex] / 2
                at = Point(start, first) if right else Point(first, start)
                places[boxes[vertex].id] = at
            start += max((along[vertex] for vertex in real), default=0.0) + gaps[rank]
        return places

    def _gaps(self) -> list[float]:
        """Room after every rank: for labels, and for the lines that turn in it."""
        count = max(self.ranks, default=-1) + 1
        gaps = [GAP_ALONG] * count
        for box, rank in zip(self.boxes, self.ranks, strict=True):
            if box.after:
                gaps[rank] = max(gaps[rank], box.after + LABEL_ROOM)
        ends: list[set[tuple[int, float]]] = [set() for _ in range(count)]
        for line in self.lines:
            first, last = sorted(self._pair(line), key=self.ranks.__getitem__)
            between = self.ranks[last] - 1
            ends[between].add((last, line.label))
            if line.label and self.ranks[first] == between:
                gaps[between] = max(gaps[between], line.label + LABEL_ROOM)
        return [
            gap + LANE * min(max(len(found) - 2, 0), MOST_LANES)
            for gap, found in zip(gaps, ends, strict=True)
        ]

    def _rows(self, room: float, gaps: Sequence[float]) -> list[range]:
        """Ranks cut into rows that fit, with few rows and few lines from row to row."""
        count = len(gaps)
        thick = [0.0] * count
        for box, rank in zip(self.boxes, self.ranks, strict=True):
            thick[rank] = max(thick[rank], box.width)
        leaving = {source for source, _ in self._pairs}
        leading = [0] * (count + 1)
        for a, b in self._pairs:
            if b not in leaving:
                continue
            for rank in range(self.ranks[a] + 1, self.ranks[b] + 1):
                leading[rank] += 1
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, count + 1):
            options: list[tuple[float, int]] = []
            wide = 0.0
            for start in range(end - 1, -1, -1):
                wide += thick[start] + (gaps[start] if start < end - 1 else 0.0)
                if wide > room and start < end - 1:
                    break
                # Rows of about one length are easier to read than a long one and a short one.
                ragged = ((room - wide) / room) ** 2 if end < count else 0.0
                options.append((best[start][0] + ROW + leading[start] + ragged, start))
            best.append(min(options))
        rows: list[range] = []
        end = count
        while end:
            start = best[end][1]
            rows.append(range(start, end))
            end = start
        return rows[::-1]
