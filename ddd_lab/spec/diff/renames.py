"""Recognising nodes that only got another id."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

from ddd_lab.spec.models.flow import FlowData, NodeData


def renamed_nodes(old: FlowData, new: FlowData) -> dict[str, str]:
    """Old id to new id of the nodes that are the same but for their ids.

    A pair must have the same type, label, settings and other keys. A node with little to know it
    by (no label, no settings), or one of several alike, must also be connected as before or lie
    where the old one lay.
    """
    removed = [node for node in old.nodes if node.id not in new.by_id]
    come = [node for node in new.nodes if node.id not in old.by_id]
    if not removed or not come:
        return {}
    keys = {node.id: _content(node) for node in come}
    alike: dict[str, list[str]] = defaultdict(list)
    for node in come:
        alike[keys[node.id]].append(node.id)
    twins = Counter(_content(node) for node in removed)
    marks = _Marks(old, new)
    renames: dict[str, str] = {}
    taken: set[str] = set()
    for node in removed:
        key = _content(node)
        evidence = marks.of(node, renames)
        candidates = [id for id in evidence if keys.get(id) == key and id not in taken]
        best = max(candidates, key=lambda id: evidence[id], default=None)
        if best is None and (node.spec or node.label) and len(alike[key]) == twins[key] == 1:
            best = next(id for id in alike[key])
        if best is not None and best not in taken:
            renames[node.id] = best
            taken.add(best)
    return renames


def _content(node: NodeData) -> str:
    """What a node is apart from its id, its place and its connections, as one comparable text."""
    whole = [node.type, node.label, node.spec, node.extra]
    return json.dumps(whole, sort_keys=True, default=str)


class _Marks:
    """By what nodes of the new version can be recognised: connections and places."""

    def __init__(self, old: FlowData, new: FlowData) -> None:
        self._old = _connections(old)
        self._nodes: dict[Any, list[str]] = defaultdict(list)
        for id, lines in _connections(new).items():
            for line in lines:
                self._nodes[line].append(id)
        for node in new.nodes:
            if node.position is not None:
                self._nodes[node.position].append(node.id)

    def of(self, node: NodeData, renames: dict[str, str]) -> Counter[str]:
        """How many marks each node of the new version shares with an old one."""
        marks: list[Any] = [
            (way, output, renames.get(other, other)) for way, output, other in self._old[node.id]
        ]
        if node.position is not None:
            marks.append(node.position)
        return Counter(id for mark in marks for id in self._nodes.get(mark, ()))


def _connections(flow: FlowData) -> dict[str, set[tuple[str, str, str]]]:
    connections: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for edge in flow.edges:
        connections[edge.source].add(("to", edge.output, edge.target))
        connections[edge.target].add(("from", edge.output, edge.source))
    return connections
