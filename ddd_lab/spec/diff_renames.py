"""Recognising nodes that only got another id."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from .diff_data import same
from .flow import FlowData, NodeData


def renamed_nodes(old: FlowData, new: FlowData) -> dict[str, str]:
    """Old id to new id of the nodes that are the same but for their ids.

    A pair must have the same type, label, settings and other keys. A node with little to know it
    by (no label, no settings), or one of several alike, must also be connected as before or lie
    where the old one lay.
    """
    gone = [node for node in old.nodes if node.id not in new.by_id]
    come = [node for node in new.nodes if node.id not in old.by_id]
    if not gone or not come:
        return {}
    old_lines, new_lines = _surroundings(old), _surroundings(new)
    renames: dict[str, str] = {}
    free = list(come)
    for node in gone:
        alike = [other for other in free if _same_content(node, other)]
        twins = [other for other in gone if other.id not in renames and _same_content(node, other)]
        best = max(
            alike,
            key=lambda other: _evidence(node, other, old_lines, new_lines, renames),
            default=None,
        )
        if best is None:
            continue
        evident = _evidence(node, best, old_lines, new_lines, renames) > 0
        alone = len(alike) == 1 == len(twins)
        if evident or (alone and (node.spec or node.label)):
            renames[node.id] = best.id
            free = [other for other in free if other is not best]
    return renames


def _same_content(old: NodeData, new: NodeData) -> bool:
    return (
        old.type == new.type
        and old.label == new.label
        and same(old.spec, new.spec)
        and same(old.extra, new.extra)
    )


Surroundings = dict[str, set[tuple[str, Any, str]]]


def _surroundings(flow: FlowData) -> Surroundings:
    found: Surroundings = defaultdict(set)
    for edge in flow.edges:
        found[edge.source].add(("to", edge.output, edge.target))
        found[edge.target].add(("from", edge.output, edge.source))
    return found


def _evidence(
    old: NodeData,
    new: NodeData,
    old_lines: Surroundings,
    new_lines: Surroundings,
    renames: dict[str, str],
) -> int:
    """How many connections the two share, with one more for the same place."""
    before = {
        (way, output, renames.get(id, id)) for way, output, id in old_lines.get(old.id, set())
    }
    shared = len(before & new_lines.get(new.id, set()))
    return shared + (old.position is not None and old.position == new.position)
