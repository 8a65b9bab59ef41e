"""References inside one flow file: ``{$ref: "#/tools"}`` and what they stand for.

An agent flow keeps its settings, tools, memory and guardrails at the top of its file, and its nodes
point to them. The last part of ``#/tools/search_kb`` is an id inside a list, not an index.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .base import Data
from .flow import FlowData

_DEEPEST = 6
_MOST = 50_000
"""Values that one look may gather through references; a few lines could ask for billions."""


def local_pointer(value: Data) -> str | None:
    """The pointer of a local reference (``#/tools``), or None for anything else."""
    if isinstance(value, Mapping):
        pointer = value.get("$ref")
        if isinstance(pointer, str) and pointer.startswith("#/"):
            return pointer
    return None


def follow(pointer: str, flow: FlowData) -> Data:
    """What a pointer leads to.

    Args:
        pointer: ``#/agent_config``, ``#/tools``, ``#/tools/<id>``, ``#/guardrails/input``, ...
        flow: the flow whose file it stands in.

    Returns:
        The data, or None where the pointer leads nowhere.
    """
    place: Data = flow.extra
    for part in pointer.removeprefix("#/").split("/"):
        if isinstance(place, Mapping):
            place = place.get(part)
        elif isinstance(place, list):
            place = _listed(place, part)
        else:
            return None
    return place


def resolved(value: Data, flow: FlowData | None, depth: int = _DEEPEST) -> Data:
    """A value with every local reference replaced by what it stands for.

    A reference that leads nowhere, in circles or to far too much stays as it is; so does
    everything else. Where nothing is replaced, the value itself is returned.
    """
    return value if flow is None else _resolved(value, flow, depth, [_MOST])


def _resolved(value: Data, flow: FlowData, depth: int, left: list[int]) -> Data:
    if not isinstance(value, (dict, list)):
        return value
    left[0] -= 1
    if depth <= 0 or left[0] < 0:
        return value
    pointer = local_pointer(value)
    if pointer is not None:
        target = follow(pointer, flow)
        return value if target is None else _resolved(target, flow, depth - 1, left)
    if isinstance(value, dict):
        items = {key: _resolved(item, flow, depth - 1, left) for key, item in value.items()}
        return items if any(items[key] is not value[key] for key in items) else value
    entries = [_resolved(item, flow, depth - 1, left) for item in value]
    changed = any(new is not old for new, old in zip(entries, value, strict=True))
    return entries if changed else value


def settings(spec: Mapping[str, Any], flow: FlowData | None) -> Mapping[str, Any]:
    """A node's settings as they take effect: references followed, a ``config`` block opened.

    What the node itself says wins over the block that its ``config`` points to.
    """
    full = resolved(spec, flow)
    pointed = local_pointer(spec.get("config"))
    block = full.get("config")
    if pointed is not None and isinstance(block, dict) and block is not spec.get("config"):
        return {**block, **full}
    return full if isinstance(full, Mapping) else spec


def _listed(items: list[Data], part: str) -> Data:
    for item in items:
        if isinstance(item, Mapping) and part in (item.get("id"), item.get("name")):
            return item
    return items[int(part)] if part.isdecimal() and int(part) < len(items) else None
