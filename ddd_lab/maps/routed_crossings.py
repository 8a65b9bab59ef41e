"""Cards moved where edges cross that need not: what ranks alone do not show.

Layout orders cards by straight lines between ranks. Edges run around cards, from port to port and
in and out of frames, so that some cross all the same. Here cards and frames at such crossings are
tried elsewhere, near places first, and stay where fewer edges cross as they are really routed.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, product
from operator import itemgetter
from typing import NamedTuple

from ddd_lab.maps.containers import LayoutGroup, Pads, deep_members
from ddd_lab.maps.edges import missing_id
from ddd_lab.maps.layout import Box, Direction, LayoutEdge, Point, Positions, Rect, extent, rect_of
from ddd_lab.maps.layout.boxes import GAP_ACROSS, around, labelled
from ddd_lab.maps.routing import EFFORT_ON_SHEET, BoardEdge, CardArea, PortPlace, Trial, trial
from ddd_lab.maps.routing.ends import SHEET_TASTES, Taste
from ddd_lab.maps.routing.trails import Corner

MOST_CROSSINGS = 6
"""Crossings beyond which a sheet is a thicket that no single card makes clear."""
CHOICES = 1700
"""How often edges choose a way in all that is tried: people wait for them."""
LOOK = 200
"""Effort to route a sheet for a look at it."""
HOPELESS = 1
"""Crossings beyond the fewest up to which a look is worth effort."""
IN_TURN = 16
"""Moves that are tried from one state before those from the next one."""
APART = 12.0
"""Pixels that cards keep at least from what is not in their frame, and from each other."""


class Drawn(NamedTuple):
    """What is drawn on a sheet.

    Attributes:
        cards: with the labels of their ports.
        places: of the cards, in the same order.
        ports: of cards, by their ids.
        edges: as the router takes them.
        lines: the same as layout takes them; those named main stay straight.
        groups: cards that stay together, innermost first.
    """

    cards: tuple[Box, ...]
    places: tuple[Point, ...]
    ports: tuple[tuple[str, tuple[PortPlace, ...]], ...]
    edges: tuple[BoardEdge, ...]
    lines: tuple[LayoutEdge, ...]
    groups: tuple[LayoutGroup, ...]
    direction: Direction


class _State(NamedTuple):
    """A sheet as it is tried: where its cards stand, and what is seen of its edges.

    Attributes:
        crossed: where edges cross, and which.
        straight: how many main ways run straight.
        trial: the ways that the edges take.
    """

    places: Positions
    crossed: Mapping[Corner, set[str]]
    straight: int
    trial: Trial


class Clearest(NamedTuple):
    """Places of cards from the origin on, and how often edges cross then."""

    places: Mapping[str, Point]
    crossings: int


@lru_cache(maxsize=32)
def minimize_routed_crossings(drawn: Drawn) -> Clearest:
    """Find places of cards, some of them moved where fewer edges cross then."""
    sheet = _Sheet(drawn)
    places = {card.id: at for card, at in zip(drawn.cards, drawn.places, strict=True)}
    best = sheet.read(places, EFFORT_ON_SHEET, taste="shared")
    if len(best.crossed) <= MOST_CROSSINGS:
        best = _clearest(sheet, best, [best], "shared")
        if best.crossed:
            best = _clearest(sheet, best, sheet.read_otherwise(best), None)
    area = extent(drawn.cards, best.places)
    moved = {id: Point(at.x - area.left, at.y - area.top) for id, at in best.places.items()}
    return Clearest(moved, len(best.crossed))


def _clearest(sheet: _Sheet, best: _State, starts: Iterable[_State], taste: Taste | None) -> _State:
    """The best state that moves lead to, also over others in which as many edges cross."""
    waiting = deque((state, sheet.moves(state)) for state in starts)
    tried = {tuple(best.places.values())}
    choices = 0
    while waiting and best.crossed and choices < CHOICES:
        state, moves = waiting.popleft()
        turn = [moved for moved in islice(moves, IN_TURN) if tuple(moved.values()) not in tried]
        if turn:
            waiting.append((state, moves))
        for moved in turn:
            tried.add(tuple(moved.values()))
            found = sheet.read(moved, LOOK, len(best.crossed) + HOPELESS, state.trial)
            choices += found.trial.choices
            if len(found.crossed) > len(best.crossed) or found.straight < best.straight:
                continue
            if len(found.crossed) == len(best.crossed):
                waiting.append((found, sheet.moves(found)))
                continue
            # Edges that choose anew, as on a canvas, may find other ways.
            found = sheet.read(moved, EFFORT_ON_SHEET, taste=taste)
            choices += found.trial.choices
            if len(found.crossed) < len(best.crossed):
                best = found
                waiting.clear()
            waiting.appendleft((found, sheet.moves(found)))
            break
    return best


class _Sheet:
    """The cards and frames of a sheet, to be moved about."""

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self._boxes = {card.id: card for card in drawn.cards}
        self._ports = dict(drawn.ports)
        self._ends = {edge.id: (edge.source, edge.target) for edge in drawn.edges}
        self._touching: dict[str, list[tuple[str, str]]] = {id: [] for id in self._boxes}
        for pair in self._ends.values():
            if self._boxes.keys() >= {*pair}:
                for end in pair:
                    self._touching[end].append(pair)
        self._main = {(line.source, line.target) for line in drawn.lines if line.main}
        frames = [
            (frozenset(deep_members(group, drawn.groups) & self._boxes.keys()), group.pads)
            for group in drawn.groups
        ]
        self._frames = [(members, pads) for members, pads in frames if members]
        self._flat = drawn.direction == "right"

    def read(
        self,
        places: Positions,
        effort: int,
        most: float = math.inf,
        before: Trial | None = None,
        taste: Taste | None = None,
    ) -> _State:
        """The state with cards at some places; without effort where more edges cross at first."""
        areas = [
            CardArea(missing_id(id), rect_of(box, places[id]), self._ports.get(id, ()))
            for id, box in self._boxes.items()
        ]
        drawn = self._drawn
        found = trial(
            areas,
            drawn.edges,
            drawn.direction,
            effort=effort,
            most=most,
            before=before,
            taste=taste,
        )
        straight = sum(
            len(way) == 2 and self._ends[id] in self._main for id, way in found.ways.items()
        )
        return _State(places, found.crossed, straight, found)

    def read_otherwise(self, state: _State) -> Iterator[_State]:
        """States with the same places that are as good, with edges that end elsewhere."""
        for taste in SHEET_TASTES:
            found = self.read(state.places, LOOK, taste=taste)
            other = found.trial.draft.ends != state.trial.draft.ends
            if other and len(found.crossed) <= len(state.crossed):
                yield found

    def moves(self, state: _State) -> Iterator[Positions]:
        """Positions with a card or frame moved that has an edge that crosses, short edges first.

        Cards that have edges with such cards only are moved, too: these may stand in the way.
        """
        cards = {end for ids in state.crossed.values() for id in ids for end in self._ends[id]}
        cards &= self._boxes.keys()
        places = state.places
        beside = {end for id in cards for pair in self._touching[id] for end in pair}
        cards |= {id for id in beside if all(cards & {*pair} for pair in self._touching[id])}
        frames = [members for members, _ in self._frames]
        units = [frozenset([id]) for id in sorted(cards)]
        units += [members for members in frames if not members.isdisjoint(cards)]
        others = [*(frozenset([id]) for id in self._boxes), *frames]
        found: dict[tuple[tuple[str, Point], ...], float] = {}
        for unit, other in product(units, others):
            if unit & other:
                continue
            for shift in self._shifts(places, unit, other):
                changed = {
                    id: Point(places[id].x + by.x, places[id].y + by.y).rounded()
                    for members, by in zip((unit, other), shift, strict=True)
                    for id in members
                    if any(by)
                }
                longer = self._length({**places, **changed}, changed)
                longer -= self._length(places, changed)
                found.setdefault(tuple(sorted(changed.items())), longer)
        for changes, _ in sorted(found.items(), key=itemgetter(1, 0)):
            moved = {**places, **dict(changes)}
            if self._is_clear(moved, [id for id, _ in changes]):
                yield moved

    def _length(self, places: Positions, cards: Iterable[str]) -> float:
        """How far it is along the edges of some cards, from middle to middle."""
        total = 0.0
        for source, target in dict.fromkeys(pair for id in cards for pair in self._touching[id]):
            one, other = self._boxes[source], self._boxes[target]
            (x, y), (to_x, to_y) = places[source], places[target]
            total += abs(x + one.width / 2 - to_x - other.width / 2)
            total += abs(y + one.height / 2 - to_y - other.height / 2)
        return total

    def _shifts(
        self, places: Positions, unit: frozenset[str], other: frozenset[str]
    ) -> Iterator[tuple[Point, Point]]:
        """How far two units move for the first to get beside the other, or to change places."""
        here, there = self._area(places, unit), self._area(places, other)
        stay = Point(0, 0)
        if self._flat:
            left = there.left - here.left
            yield Point(left, there.bottom + GAP_ACROSS - here.top), stay
            yield Point(left, there.top - GAP_ACROSS - here.bottom), stay
            abreast = here.left < there.right and there.left < here.right
            first, last = (here, there) if here.top < there.top else (there, here)
            swap = Point(0, last.bottom - first.bottom), Point(0, first.top - last.top)
        else:
            top = there.top - here.top
            yield Point(there.right + GAP_ACROSS - here.left, top), stay
            yield Point(there.left - GAP_ACROSS - here.right, top), stay
            abreast = here.top < there.bottom and there.top < here.bottom
            first, last = (here, there) if here.left < there.left else (there, here)
            swap = Point(last.right - first.right, 0), Point(first.left - last.left, 0)
        if abreast:
            yield swap if first is here else swap[::-1]

    def _area(self, places: Positions, unit: frozenset[str]) -> Rect:
        """What a unit covers, a frame with its border."""
        area = around(rect_of(self._boxes[id], places[id]) for id in unit)
        pads = next((pads for members, pads in self._frames if members == unit), None)
        return area if pads is None else _padded(area, pads)

    def _is_clear(self, places: Positions, moved: Collection[str]) -> bool:
        """Whether cards that moved, with the labels of their ports, and frames have own room."""
        areas = {id: rect_of(box, places[id]) for id, box in self._boxes.items()}
        wide = {
            id: labelled(box, places[id], self._drawn.direction).grown(APART)
            for id, box in self._boxes.items()
        }
        for one in moved:
            for other, area in areas.items():
                if one != other and (wide[one].meets(area) or wide[other].meets(areas[one])):
                    return False
        borders = [(members, self._area(places, members)) for members, _ in self._frames]
        for at, (members, border) in enumerate(borders):
            if any(
                area.grown(APART).meets(border) for id, area in areas.items() if id not in members
            ):
                return False
            for inside, beside in borders[at + 1 :]:
                if not inside & members and border.meets(beside):
                    return False
        return True


def _padded(area: Rect, pads: Pads) -> Rect:
    return Rect(
        area.left - pads.left,
        area.top - pads.top,
        area.right + pads.right,
        area.bottom + pads.bottom,
    )
