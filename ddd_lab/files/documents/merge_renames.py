"""Nodes that one side gave another id: the other versions follow, so that they merge by id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ddd_lab.equality import same
from ddd_lab.files.documents.merge_data import ENDS, STARTS
from ddd_lab.lossless_yaml import Data, patch

Renames = dict[str, str]


def follow_renames(texts: Sequence[str], data: Sequence[Data]) -> tuple[str, str, str] | None:
    """Three versions of a flow's text (base, ours, theirs), each with the ids that a side gave.

    None where no node was renamed, or nothing follows.
    """
    base, ours, theirs = texts
    old, here, there = data
    by_us, by_them = _renames(old, here), _renames(old, there)
    # Where the other side has that node no more, or under another name too, it does not follow.
    by_us = {id: new for id, new in by_us.items() if id in _nodes(there)}
    by_them = {id: new for id, new in by_them.items() if id in _nodes(here)}
    both = {**by_us, **by_them}
    if not both or len(set(both.values())) < len(both):
        return None
    return (
        patch(base, _renamed(old, both)),
        patch(ours, _renamed(here, by_them)) if by_them else ours,
        patch(theirs, _renamed(there, by_us)) if by_us else theirs,
    )


def _renames(old: Data, new: Data) -> Renames:
    """Old id to new id of the nodes that are the same but for their ids and places."""
    before, after = _nodes(old), _nodes(new)
    come = [id for id in after if id not in before]
    renames: Renames = {}
    for id in [id for id in before if id not in after]:
        alike = [other for other in come if same(_content(after[other]), _content(before[id]))]
        if len(alike) == 1:
            renames[id] = alike[0]
    return renames if len(set(renames.values())) == len(renames) else {}


def _nodes(data: Any) -> dict[str, dict[str, Any]]:
    nodes = data.get("nodes") if isinstance(data, dict) else None
    items = nodes if isinstance(nodes, list) else []
    return {
        node["id"]: node
        for node in items
        if isinstance(node, dict) and isinstance(node.get("id"), str)
    }


def _content(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key not in ("id", "position")}


def _renamed(data: Any, renames: Renames) -> Any:
    """The data of a flow in which nodes, and all connections to and from them, are renamed."""
    changed = {**data, "nodes": [_renamed_node(node, renames) for node in data["nodes"]]}
    if isinstance(data.get("trigger"), dict):
        changed["trigger"] = _renamed_node(data["trigger"], renames)
    if isinstance(data.get("connections"), list):
        changed["connections"] = [_renamed_end(item, renames) for item in data["connections"]]
    return changed


def _renamed_node(node: Any, renames: Renames) -> Any:
    if not isinstance(node, dict):
        return node
    changed = dict(node)
    for key in ("id", "parentId"):
        if key in node:
            changed[key] = _new(node[key], renames)
    lines = node.get("connections")
    if isinstance(lines, dict):
        changed["connections"] = {
            output: [_renamed_end(target, renames) for target in targets]
            if isinstance(targets, list)
            else _renamed_end(targets, renames)
            for output, targets in lines.items()
        }
    elif isinstance(lines, list):
        changed["connections"] = [_renamed_end(item, renames) for item in lines]
    return changed


def _renamed_end(item: Any, renames: Renames) -> Any:
    if not isinstance(item, dict):
        return _new(item, renames)
    return {
        key: _new(value, renames) if key in ENDS or key in STARTS else value
        for key, value in item.items()
    }


def _new(value: Any, renames: Renames) -> Any:
    return renames.get(value, value) if isinstance(value, str) else value
