"""Where every vertex stands on its rank: near what it is connected to, never overlapping."""

from __future__ import annotations

from collections.abc import Sequence

from ddd_lab.maps.layout.crossings import End, Graph

ROUNDS = 6
IDLE = 1e-3
"""Weight of a vertex that nothing pulls on the rank beside it."""


def assign_coordinates(
    graph: Graph, sizes: Sequence[float], gap: float, bend: float
) -> list[float]:
    """Centre of every vertex across the direction of the lines.

    Args:
        graph: ranks in their final order.
        sizes: extent of every real vertex across, in pixels.
        gap: room between two cards of a rank.
        bend: extent of the bend of a long line.
    """
    bends = len(graph.before) - graph.count
    across = [*sizes, *[bend] * bends]
    centre = [0.0] * len(across)
    offsets: list[list[float]] = []
    for layer in graph.layers:
        run: list[float] = []
        here = 0.0
        for index, vertex in enumerate(layer):
            if index:
                previous = layer[index - 1]
                cards = previous < graph.count and vertex < graph.count
                here += (across[previous] + across[vertex]) / 2 + (gap if cards else gap / 2)
            run.append(here)
        offsets.append(run)
        middle = here / 2
        for vertex, offset in zip(layer, run, strict=True):
            centre[vertex] = offset - middle
    ways = [(layer, run) for layer, run in zip(graph.layers, offsets, strict=True)]
    for turn in range(ROUNDS):
        forth = turn % 2 == 0
        neighbours = graph.before if forth else graph.after
        for layer, run in ways if forth else ways[::-1]:
            _settle(layer, run, neighbours, centre)
    for layer, run in ways:
        _settle(layer, run, graph.before, centre)
    return centre


def _settle(
    layer: Sequence[int],
    offsets: Sequence[float],
    neighbours: Sequence[Sequence[End]],
    centre: list[float],
) -> None:
    """Move one rank as near to its neighbours' centres as order and room allow.

    The weighted squared distance is least when neighbouring vertices that would overlap move as
    one block to their common mean (pool adjacent violators).
    """
    blocks: list[list[float]] = []  # weighted sum, weight, how many
    for vertex, offset in zip(layer, offsets, strict=True):
        lines = neighbours[vertex]
        weight = sum(end.pull for end in lines)
        if weight:
            wish = sum(centre[end.vertex] * end.pull for end in lines) / weight
        else:
            wish, weight = centre[vertex], IDLE
        blocks.append([(wish - offset) * weight, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] > blocks[-1][0] * blocks[-2][1]:
            total, weight, size = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += weight
            blocks[-1][2] += size
    index = 0
    for total, weight, size in blocks:
        mean = total / weight
        for _ in range(int(size)):
            centre[layer[index]] = mean + offsets[index]
            index += 1
