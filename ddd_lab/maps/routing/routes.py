"""All edges of a board, routed one after the other, and after a change only where it matters."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ddd_lab.gc_pause import gc_paused
from ddd_lab.maps.layout import Direction, Point, Rect
from ddd_lab.maps.routing.board import BoardEdge, CardArea, Route
from ddd_lab.maps.routing.channels import Channels
from ddd_lab.maps.routing.ends import SHEET_TASTES, TASTES, EdgeEnds, Taste, port_labels
from ddd_lab.maps.routing.joining import covered, joined
from ddd_lab.maps.routing.labels import place_labels
from ddd_lab.maps.routing.nudging import nudged
from ddd_lab.maps.routing.obstacles import Cards, Run, Way, runs_of
from ddd_lab.maps.routing.router import BUSY, End, Router
from ddd_lab.maps.routing.search import Request
from ddd_lab.maps.routing.trails import Corner, Waypoints, crossings

FEW = 80
"""Edges of a map up to which they take the channels between its cards."""
FEW_ON_SHEET = 64
"""The same for a sheet, on which people move cards and wait for the edges to follow."""
FEW_TO_TURN = 40
"""Edges of a map up to which they take other sides of their cards if they cross."""
ROUNDS = 8
"""How often edges that cross choose anew."""
EFFORT = 2000
"""How many choices they have all together, times the edges of the map: people wait for them."""
EFFORT_ON_SHEET = 900
"""The same for a sheet, which is routed with every edit."""
PASSES = 2
"""How often each edge of a board with few edges is routed, every time among the others."""


class _Found(NamedTuple):
    """The way of an edge with its pieces, its ends, and the area in which it was looked for."""

    source: End
    target: End
    way: Way
    looked_at: Rect
    runs: tuple[Run, ...]


class EdgeRouter:
    """Routes the edges of one board, again and again while the board changes.

    Routes never depend on what the board was before: an edge is taken as it was only where
    nothing changed that its route was found among.
    """

    def __init__(self) -> None:
        self._board: tuple[tuple[CardArea, ...], tuple[BoardEdge, ...], Direction | None] | None
        self._board = None
        self._ends = EdgeEnds()
        self._cards = Cards()
        self._found: dict[str, _Found] = {}
        self._routes: dict[str, Route] = {}
        self._effort = 0

    def routes(
        self, cards: Iterable[CardArea], edges: Iterable[BoardEdge], direction: Direction | None
    ) -> Mapping[str, Route]:
        """The routes of all edges whose cards exist, by the ids of the edges."""
        board = (tuple(cards), tuple(edges), direction)
        if board != self._board:
            few = len(board[1]) <= (FEW if direction is None else FEW_ON_SHEET)
            effort = EFFORT if direction is None else EFFORT_ON_SHEET
            ways = self._through_channels(*board, effort) if few else self._ways(*board)
            printed = port_labels(board[0], direction).values()
            labels = place_labels(board[0], board[1], ways, printed)
            routes = {id: Route(way, labels.get(id)) for id, way in ways.items()}
            self._routes = {
                id: old if (old := self._routes.get(id)) == route else route
                for id, route in routes.items()
            }
            self._board = board
        return self._routes

    def _through_channels(
        self,
        cards: Sequence[CardArea],
        edges: Sequence[BoardEdge],
        direction: Direction | None,
        effort: int,
    ) -> dict[str, Way]:
        return _best_draft(self._ends, cards, edges, direction, effort).ways()

    @gc_paused()
    def _ways(
        self,
        cards: Sequence[CardArea],
        edges: Sequence[BoardEdge],
        direction: Direction | None,
    ) -> dict[str, Way]:
        ends = self._ends.of(cards, edges, direction)
        effort = _rounded_up(len(ends))
        if effort != self._effort:
            self._effort, self._found = effort, {}
        changed = _Areas(self._cards.update({card.id: card.rect for card in cards}))
        for id, before in self._found.items():
            if ends.get(id) != (before.source, before.target):
                changed.add(before.way)
        router = Router(self._cards, edges=effort)
        found: dict[str, _Found] = {}
        # Short edges first: long ones have more choice.
        for id in sorted(ends, key=lambda id: (_distance(*ends[id]), id)):
            source, target = ends[id]
            old = self._found.get(id)
            if old is not None and old[:2] != (source, target):
                old = None
            if old is not None and not changed.meet(old.looked_at):
                router.take(old.runs)
                found[id] = old
                continue
            way, looked_at = router.way(source, target)
            found[id] = _Found(
                source, target, way, looked_at, runs_of(way, source.name, target.name)
            )
            router.take(found[id].runs)
            if old is None or found[id].way != old.way:
                changed.add(found[id].way)
                changed.add(old.way if old is not None else ())
        self._found = found
        return {id: found[id].way for id in ends}


class Trial(NamedTuple):
    """Ways of the few edges of a board, to be looked at.

    Attributes:
        crossed: where edges cross or cover each other, and which.
        draft: to begin the next one with.
        choices: how often edges chose a way for it.
    """

    ways: Mapping[str, Way]
    crossed: Mapping[Corner, set[str]]
    draft: _Draft
    choices: int


def trial(
    cards: Sequence[CardArea],
    edges: Sequence[BoardEdge],
    direction: Direction | None = None,
    *,
    effort: int = EFFORT,
    most: float = math.inf,
    before: Trial | None = None,
    taste: Taste | None = None,
) -> Trial:
    """The ways of the few edges of a board.

    Args:
        effort: with less, more edges may cross.
        most: crossings of a first draft beyond which it is not worth any effort.
        before: of the same sheet with a few cards elsewhere: what these do not touch stays.
        taste: which sides edges take; those by which fewest cross if left out.
    """
    ends = EdgeEnds()
    if before is None and taste is None:
        draft = _best_draft(ends, cards, edges, direction, effort)
    else:
        earlier = before.draft if before else None
        taste = taste or (earlier.taste if earlier else "shared")
        draft = _Draft(cards, ends.of(cards, edges, direction, taste), direction, taste, earlier)
        if len(draft.crossed) <= most:
            draft.improve(effort)
    ways = draft.ways()
    return Trial(ways, draft.crossings_of(ways), draft, draft.choices)


def map_crossings(
    cards: Sequence[CardArea], edges: Sequence[BoardEdge], *, quick: bool = False
) -> int:
    """How often the edges of a map cross; of one with many edges nobody counts them.

    Args:
        quick: whether a first draft is enough to compare maps by.
    """
    if len(edges) > FEW:
        return 0
    if quick:
        return len(_Draft(cards, EdgeEnds().of(cards, edges, None), None).crossed)
    return len(trial(cards, edges).crossed)


@gc_paused()
def _best_draft(
    known_ends: EdgeEnds,
    cards: Sequence[CardArea],
    edges: Sequence[BoardEdge],
    direction: Direction | None,
    effort: int,
) -> _Draft:
    """The draft in which fewest edges cross; they take other sides of their cards for that."""
    drafts: list[_Draft] = []
    for taste in TASTES if direction is None else SHEET_TASTES:
        ends = known_ends.of(cards, edges, direction, taste)
        if drafts and direction and ends == drafts[0].ends:
            continue
        drafts.append(_Draft(cards, ends, direction, taste))
        if direction:
            drafts[-1].improve(effort)
        if not drafts[-1].crossed or len(edges) > FEW_TO_TURN:
            break
    best = min(drafts, key=lambda draft: len(draft.crossed))
    if direction is None:
        best.improve(effort)
    return best


class _Draft:
    """Ways of all edges through the channels between cards, from some ends to some others.

    Attributes:
        ends: of every edge.
        taste: by which they were found.
        crossed: where edges cross, and which.
    """

    def __init__(
        self,
        cards: Sequence[CardArea],
        ends: Mapping[str, tuple[End, End]],
        direction: Direction | None,
        taste: Taste = "shared",
        before: _Draft | None = None,
    ) -> None:
        self.taste = taste
        self.ends = ends
        self._areas = {card.id: card.rect for card in cards}
        order = sorted(ends, key=lambda id: (_distance(*ends[id]), id))
        self._requests = [Request(id, *ends[id]) for id in order]
        labels = port_labels(cards, direction).values()
        earlier = before.trails_between(ends) if before else {}
        self._channels = Channels([*self._areas.values()], self._requests, labels, earlier)
        self._trails = self._nudged(self._channels.route(1 if before else PASSES))
        self.crossed = self.crossings_of(self._trails)

    @property
    def choices(self) -> int:
        """How often edges chose a way."""
        return self._channels.choices

    def trails_between(self, ends: Mapping[str, tuple[End, End]]) -> dict[str, Waypoints]:
        """The ways of edges whose ends are still the same."""
        return {
            id: trail
            for id, trail in self._channels.trails().items()
            if ends.get(id) == self.ends[id]
        }

    @gc_paused()
    def improve(self, effort: int) -> None:
        """Let edges that cross choose anew, as long as that may help."""
        crossed = self.crossed
        choices = 0
        tried: set[tuple[object, ...]] = set()
        for turn in range(ROUNDS):
            order = _to_choose(self._requests, crossed, turn)
            choices += len(order)
            if not crossed or choices * len(self._requests) > effort:
                break
            # The same edges in the same order choose the same ways.
            state = (*order, *self._channels.trails().values())
            if state in tried:
                continue
            tried.add(state)
            found = self._nudged(self._channels.again(order))
            crossed = self.crossings_of(found)
            if len(crossed) < len(self.crossed):
                self._trails, self.crossed = found, crossed

    def crossings_of(self, trails: Mapping[str, Sequence[Corner]]) -> dict[Corner, set[str]]:
        """Where edges cross or cover each other, and which."""
        return {**covered(self._requests, trails), **crossings(trails)}

    def _nudged(self, trails: Mapping[str, Waypoints]) -> dict[str, Waypoints]:
        areas, requests = [*self._areas.values()], self._requests
        found = joined(requests, nudged(areas, requests, trails))
        if not covered(requests, found):
            return found
        # Spreading upright pieces made level ones longer: these are told apart anew.
        other = joined(requests, nudged(areas, requests, trails, anew=True))
        return min(found, other, key=lambda ways: len(self.crossings_of(ways)))

    def ways(self) -> dict[str, Way]:
        """The way of every edge: around cards where there is no channel."""
        ends = self.ends
        ways = {id: tuple(Point(*corner) for corner in trail) for id, trail in self._trails.items()}
        if len(ways) < len(ends):
            obstacles = Cards()
            obstacles.update(self._areas)
            router = Router(obstacles, edges=len(ends))
            for id, way in ways.items():
                router.take(runs_of(way, ends[id][0].name, ends[id][1].name))
            for request in self._requests:
                if request.id not in ways:
                    ways[request.id], _ = router.way(*ends[request.id])
        return {id: ways[id] for id in ends}


def _to_choose(
    requests: Sequence[Request], crossed: Mapping[Corner, set[str]], turn: int
) -> list[str]:
    """The edges that cross and those of their bundles, in another order every turn."""
    target = {request.id: request.target.name for request in requests}
    blamed = Counter(target[id] for ids in crossed.values() for id in ids)
    bundles = sorted(blamed, key=lambda name: (blamed[name], name), reverse=turn % 2 == 0)
    if turn % 4 > 1:
        bundles = bundles[::2] + bundles[1::2]
    rank = {name: number for number, name in enumerate(bundles)}
    members = (request.id for request in requests if request.target.name in rank)
    return sorted(members, key=lambda id: rank[target[id]])


class _Areas:
    """Areas in which something changed."""

    def __init__(self, areas: Iterable[Rect]) -> None:
        self._areas: list[Rect] = []
        self._extent = Rect(math.inf, math.inf, -math.inf, -math.inf)
        for area in areas:
            self._add(area)

    def add(self, way: Way) -> None:
        """Add the straight pieces of a way."""
        for a, b in pairwise(way):
            area = Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))
            # A line has no breadth of its own to meet an area with.
            self._add(area.grown(0.5))

    def _add(self, area: Rect) -> None:
        self._areas.append(area)
        left, top, right, bottom = self._extent
        self._extent = Rect(
            min(left, area.left),
            min(top, area.top),
            max(right, area.right),
            max(bottom, area.bottom),
        )

    def meet(self, area: Rect) -> bool:
        """Whether anything changed in an area."""
        # Most edges are far away from every change.
        return area.meets(self._extent) and any(map(area.meets, self._areas))


def _rounded_up(edges: int) -> int:
    """A number of edges in steps, so that a single edge more seldom makes all routes anew."""
    step = BUSY // 4
    while step < edges:
        step *= 2
    return step


def _distance(one: End, other: End) -> float:
    return abs(one.at.x - other.at.x) + abs(one.at.y - other.at.y)
