"""Renaming a node's id together with everything in its flow that names it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ddd_lab.spec.edit.node_checks import check_new_id
from ddd_lab.spec.edit.nodes import EditError, find, free_id
from ddd_lab.spec.lenient import text, walk_texts
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData, NodeData

NODE_REFERENCE_KEYS = frozenset(
    {"connection", "fallback_connection", "body_start", "primary", "route", "original_route"}
)
"""Spec keys whose value may be the id of a node of the same flow."""

NODE_REFERENCE_LISTS = frozenset({"fallback_chain"})
"""Spec keys whose value may be a list that holds ids of nodes of the same flow."""


def rename_node(flow: FlowData, old: str, new: str) -> FlowData:
    """Give a node another id; connections, containers and spec keys that name it follow."""
    node = find(flow, old)
    if new == old and node.declared_id is None:
        return flow
    check_new_id(flow, new)

    def follow(item: NodeData) -> NodeData:
        update: dict[str, Any] = {}
        if item.id == old:
            update |= {"id": new, "declared_id": None}
        if item.parent == old:
            update["parent"] = new
        lines = item.connections
        if lines and any(line.target == old for line in lines):
            update["connections"] = tuple(
                line.model_copy(update={"target": new}) if line.target == old else line
                for line in lines
            )
        spec = follow_renamed(item.spec, {old: new})
        if spec is not item.spec:
            update["spec"] = spec
        return item.model_copy(update=update) if update else item

    if flow.trigger is not None and flow.trigger.id == old and not _has_written_id(flow.trigger):
        raise EditError("the trigger has no id in the file of this flow, so it cannot be renamed")
    return flow.model_copy(
        update={
            "trigger": follow(flow.trigger) if flow.trigger else None,
            "nodes": tuple(follow(item) for item in flow.nodes),
        }
    )


_LONGEST_ID = 40


def follow_label(flow: FlowData, id: str, label: str) -> tuple[FlowData, str]:
    """Give a node with the id that it got from its type an id from its first label.

    Returns:
        The flow, and the node's id: as it was where a setting names it already.
    """
    node = find(flow, id)
    joiner = "-" if flow.vocabulary == "handles" else "_"
    from_type = re.escape(node.type.replace("_", joiner))
    if not re.fullmatch(rf"{from_type}({joiner}\d+)?", id) or _is_named(flow, id):
        return flow, id
    words = label.split()
    while len(words) > 1 and len(" ".join(words)) > _LONGEST_ID:
        words.pop()
    new = free_id(flow, " ".join(words)[:_LONGEST_ID])
    if re.fullmatch(rf"node({joiner}\d+)?", new):  # no letter of the label can be in an id
        return flow, id
    return rename_node(flow, id, new), new


def _is_named(flow: FlowData, id: str) -> bool:
    """Whether a setting leads to a node or takes a value from it."""
    pattern = re.compile(rf"[$.{{]\s*{re.escape(id)}\b")
    return any(
        follow_renamed(item.spec, {id: ""}) is not item.spec
        or any(pattern.search(value) for _, _, value in walk_texts(item.spec))
        for item in flow.all_nodes()
    )


def _has_written_id(trigger: NodeData) -> bool:
    return trigger.declared_id is None


def follow_renamed(data: Data, names: Mapping[str, str]) -> Data:
    """Settings with every reference to a renamed node replaced, all at the same time.

    ``names`` gives new ids by old ones. The same object is returned where nothing refers to one.
    """
    if isinstance(data, dict):
        renamed = {key: _followed(key, value, names) for key, value in data.items()}
        return renamed if any(renamed[key] is not data[key] for key in data) else data
    if isinstance(data, list):
        items = [follow_renamed(item, names) for item in data]
        return items if any(a is not b for a, b in zip(items, data, strict=True)) else data
    return data


def _followed(key: str, value: Data, names: Mapping[str, str]) -> Data:
    if key in NODE_REFERENCE_KEYS and text(value):
        return names.get(text(value), value)
    if key in NODE_REFERENCE_LISTS and isinstance(value, list):
        items = [
            names.get(text(item), item) if text(item) else follow_renamed(item, names)
            for item in value
        ]
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    return follow_renamed(value, names)
