"""Which rank every vertex gets: cycles are opened, then every line leads to a later rank."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

Pair = tuple[int, int]


def break_cycles(count: int, pairs: Sequence[Pair]) -> list[Pair]:
    """Lines without doubles, loops and cycles; a line that closes a cycle is turned round.

    The walk starts at the vertices that nothing leads to, in reading order, so that the line
    turned round is the one that a reader would call the way back. It keeps its own stack: a chain
    of any length is fine.
    """
    unique = list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))
    outgoing: list[list[int]] = [[] for _ in range(count)]
    entered = [False] * count
    for source, target in unique:
        outgoing[source].append(target)
        entered[target] = True
    back: set[Pair] = set()
    state = bytearray(count)  # 0 not seen, 1 on the current way, 2 done
    for root in sorted(range(count), key=lambda vertex: entered[vertex]):
        if state[root]:
            continue
        state[root] = 1
        way = [(root, iter(outgoing[root]))]
        while way:
            vertex, rest = way[-1]
            for target in rest:
                if state[target] == 1:
                    back.add((vertex, target))
                elif not state[target]:
                    state[target] = 1
                    way.append((target, iter(outgoing[target])))
                    break
            else:
                state[vertex] = 2
                way.pop()
    turned = ((b, a) if (a, b) in back else (a, b) for a, b in unique)
    return list(dict.fromkeys(turned))


def assign_layers(count: int, pairs: Sequence[Pair]) -> list[int]:
    """Rank of every vertex for lines without cycles: one more than its latest predecessor.

    A vertex that more lines leave than reach stands just before its earliest successor: the lines
    together are shorter that way.
    """
    outgoing: list[list[int]] = [[] for _ in range(count)]
    incoming: list[list[int]] = [[] for _ in range(count)]
    missing = [0] * count
    for source, target in pairs:
        outgoing[source].append(target)
        incoming[target].append(source)
        missing[target] += 1
    ranks = [0] * count
    ready = deque(vertex for vertex in range(count) if not missing[vertex])
    order: list[int] = []
    while ready:
        vertex = ready.popleft()
        order.append(vertex)
        for target in outgoing[vertex]:
            ranks[target] = max(ranks[target], ranks[vertex] + 1)
            missing[target] -= 1
            if not missing[target]:
                ready.append(target)
    for vertex in reversed(order):
        if len(outgoing[vertex]) > len(incoming[vertex]):
            ranks[vertex] = min(ranks[target] for target in outgoing[vertex]) - 1
    lowest = min(ranks, default=0)
    return [rank - lowest for rank in ranks]
