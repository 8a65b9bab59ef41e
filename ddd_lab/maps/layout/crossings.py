"""In which order the vertices of a rank stand, so that few lines cross."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ddd_lab.maps.layout.ranks import Pair

SWEEPS = 8
THOROUGH_SWEEPS = 24
SMALL = 400
"""Vertices up to which neighbours are also swapped, which is thorough and slow."""
STRAIGHT = 4096.0
"""Pull of the first line of a vertex against 1 of its others: the main way stays straight."""
THROUGH = 1024.0
"""Pull between two bends of one long line."""


class End(NamedTuple):
    """The other end of a line between neighbouring ranks.

    Attributes:
        pull: of the line.
        share: how far along its vertex the line is, from 0 to below 1: where its port stands.
    """

    vertex: int
    pull: float
    share: float = 0.0


@dataclass(frozen=True)
class Graph:
    """Vertices in ranks, with a bend on every rank that a line passes.

    Attributes:
        count: how many vertices are real; those from ``count`` on are bends.
        layers: the vertices of every rank.
        before, after: neighbours on the rank before and after, as lines leave: by their ports.
    """

    count: int
    layers: list[list[int]]
    before: list[list[End]]
    after: list[list[End]]


def layered(ranks: Sequence[int], pairs: Sequence[Pair], straight: Collection[Pair] = ()) -> Graph:
    """Build the graph of ranks. Long lines to the same vertex share their bends.

    The lines that go straight on are those named, and the first of each other vertex. There are at
    most four bends per vertex; the longest lines beyond that get none, and then do not count in the
    order. That bounds the work for tangled graphs.
    """
    count = len(ranks)
    layers: list[list[int]] = [[] for _ in range(max(ranks, default=-1) + 1)]
    for vertex, rank in enumerate(ranks):
        layers[rank].append(vertex)
    before: list[list[End]] = [[] for _ in range(count)]
    after: list[list[End]] = [[] for _ in range(count)]
    joined: set[Pair] = set()
    ports: list[int] = [0] * count
    port: dict[Pair, int] = {}
    for pair in pairs:
        port[pair] = ports[pair[0]]
        ports[pair[0]] += 1

    def join(source: int, target: int, pull: float, share: float = 0.0) -> None:
        if (source, target) not in joined:
            joined.add((source, target))
            after[source].append(End(target, pull, share))
            before[target].append(End(source, pull, share))

    bends: dict[tuple[int, int], int] = {}
    first = {source for source, _ in straight}
    main: dict[Pair, bool] = {}
    for pair in pairs:
        main[pair] = pair in straight or pair[0] not in first
        first.add(pair[0])
    budget = 4 * count + 64
    for source, target in sorted(pairs, key=lambda pair: ranks[pair[1]] - ranks[pair[0]]):
        here = source
        share = port[source, target] / ports[source]
        span = range(ranks[source] + 1, ranks[target])
        if len(bends) + len(span) > budget:
            continue
        for rank in span:
            bend = bends.get((target, rank))
            if bend is None:
                bend = bends[target, rank] = len(before)
                before.append([])
                after.append([])
                layers[rank].append(bend)
            join(here, bend, THROUGH if here >= count else 1.0, share)
            here, share = bend, 0.0
        join(here, target, STRAIGHT if main[source, target] and not span else 1.0, share)
    for lines in after:
        lines.sort(key=lambda end: end.share)
    return Graph(count, layers, before, after)


def crossings(graph: Graph) -> int:
    """How many pairs of lines cross between neighbouring ranks."""
    total = 0
    for layer, following in pairwise(graph.layers):
        place = {vertex: index for index, vertex in enumerate(following)}
        seen: list[int] = []
        for vertex in layer:
            for end in graph.after[vertex]:
                at = place[end.vertex]
                total += len(seen) - bisect_right(seen, at)
                insort(seen, at)
    return total


def _sort(layer: list[int], neighbours: Sequence[list[End]], key: dict[int, float]) -> None:
    """Sort one rank by the mean place of each vertex's neighbours on the rank beside it."""
    wish: dict[int, float] = {}
    for index, vertex in enumerate(layer):
        lines = neighbours[vertex]
        wish[vertex] = (
            sum(key[end.vertex] + end.share for end in lines) / len(lines) if lines else index
        )
    layer.sort(key=wish.__getitem__)


def _numbered(layer: Sequence[int]) -> dict[int, float]:
    return {vertex: float(index) for index, vertex in enumerate(layer)}


def minimize_crossings(graph: Graph) -> None:
    """Reorder every rank in place, to and fro; the order with the fewest crossings stays."""
    _read(graph)
    best = [list(layer) for layer in graph.layers]
    fewest = crossings(graph)
    thorough = len(graph.before) <= SMALL
    for sweep in range(THOROUGH_SWEEPS if thorough else SWEEPS):
        if not fewest:
            break
        forth = sweep % 2 == 0
        layers = graph.layers if forth else graph.layers[::-1]
        neighbours = graph.before if forth else graph.after
        for previous, layer in pairwise(layers):
            if sweep % 4 > 1:
                # Vertices that wish for the same place change places: another order to begin with.
                layer.reverse()
            _sort(layer, neighbours, _numbered(previous))
        if thorough:
            _swap_neighbours(graph)
        found = crossings(graph)
        if found < fewest:
            fewest = found
            best = [list(layer) for layer in graph.layers]
    graph.layers[:] = best


def _swap_neighbours(graph: Graph) -> None:
    """Swap vertices beside each other as long as that takes a crossing away."""
    place = {vertex: at for layer in graph.layers for at, vertex in enumerate(layer)}
    for _ in range(SWEEPS):
        better = False
        for layer in graph.layers:
            for at in range(len(layer) - 1):
                one, other = layer[at], layer[at + 1]
                gain = 0
                ends = [place[end.vertex] + end.share for end in graph.before[one]]
                others = [place[end.vertex] + end.share for end in graph.before[other]]
                gain += sum((a > b) - (a < b) for a in ends for b in others)
                ends = [place[end.vertex] for end in graph.after[one]]
                others = [place[end.vertex] for end in graph.after[other]]
                gain += sum((a > b) - (a < b) for a in ends for b in others)
                if gain > 0:
                    layer[at], layer[at + 1] = other, one
                    place[one], place[other] = at + 1, at
                    better = True
        if not better:
            break


def _read(graph: Graph) -> None:
    """Start with the order in which a reader following the lines meets the vertices."""
    met: dict[int, int] = {}
    for layer in graph.layers:
        for root in layer:
            way = [root]
            while way:
                vertex = way.pop()
                if vertex in met:
                    continue
                met[vertex] = len(met)
                way.extend(end.vertex for end in reversed(graph.after[vertex]))
    for layer in graph.layers:
        layer.sort(key=met.__getitem__)
