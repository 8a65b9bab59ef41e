"""Walking a flow's graph: iterative and linear, so that no flow is too long to check."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

Adjacency = Sequence[Sequence[int]]
"""For every node, by its index, the indices of the nodes that its lines lead to."""


def reachable(adjacency: Adjacency, roots: Iterable[int]) -> list[bool]:
    """For every node, whether a path from one of the roots leads to it (a root counts)."""
    seen = [False] * len(adjacency)
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if not seen[node]:
            seen[node] = True
            waiting.extend(adjacency[node])
    return seen


def reverse(adjacency: Adjacency) -> list[list[int]]:
    """The same graph with every line turned round."""
    turned: list[list[int]] = [[] for _ in adjacency]
    for node, targets in enumerate(adjacency):
        for target in targets:
            turned[target].append(node)
    return turned


def on_or_behind_cycles(adjacency: Adjacency) -> list[int]:
    """Nodes left after taking away, again and again, those that nothing leads to (Kahn)."""
    incoming = [0] * len(adjacency)
    for targets in adjacency:
        for target in targets:
            incoming[target] += 1
    free = [node for node, count in enumerate(incoming) if not count]
    for node in free:
        for target in adjacency[node]:
            incoming[target] -= 1
            if not incoming[target]:
                free.append(target)
    return [node for node, count in enumerate(incoming) if count]


def cycles(adjacency: Adjacency) -> list[list[int]]:
    """The knots of the graph: every strongly connected component that has a cycle (Tarjan).

    Returns:
        The nodes of each, in ascending order; the knots in the order of their first nodes. A node
        connected to itself is a knot of its own.
    """
    left = on_or_behind_cycles(adjacency)
    if not left:
        return []
    knots: list[list[int]] = []
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    path: list[int] = []
    open_nodes: set[int] = set()
    for root in left:
        if root in index:
            continue
        work = [(root, 0)]
        while work:
            node, at = work.pop()
            if at == 0:
                index[node] = low[node] = len(index)
                path.append(node)
                open_nodes.add(node)
            descended = False
            targets = adjacency[node]
            while at < len(targets):
                target = targets[at]
                at += 1
                if target not in index:
                    work += [(node, at), (target, 0)]
                    descended = True
                    break
                if target in open_nodes:
                    low[node] = min(low[node], index[target])
            if descended:
                continue
            if low[node] == index[node]:
                knots += _closed(node, path, open_nodes, adjacency)
            if work:
                parent = work[-1][0]
                low[parent] = min(low[parent], low[node])
    return sorted(knots)


def _closed(
    root: int, path: list[int], open_nodes: set[int], adjacency: Adjacency
) -> list[list[int]]:
    """Take the component of ``root`` off the path; keep it if it has a cycle."""
    knot: list[int] = []
    while True:
        node = path.pop()
        open_nodes.discard(node)
        knot.append(node)
        if node == root:
            break
    return [sorted(knot)] if len(knot) > 1 or root in adjacency[root] else []


def within(adjacency: Adjacency, nodes: Collection[int]) -> list[list[int]]:
    """The lines among some nodes only; all other nodes stay without lines."""
    inside = set(nodes)
    return [
        [target for target in targets if target in inside] if node in inside else []
        for node, targets in enumerate(adjacency)
    ]
