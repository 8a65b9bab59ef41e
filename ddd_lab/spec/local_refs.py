"""References inside one flow file: ``{$ref: "#/tools"}`` and what they stand for.

An agent flow keeps its settings, tools, memory and guardrails at the top of its file, and its nodes
point to them. The last part of ``#/tools/search_kb`` is an id inside a list, not an index.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData

_DEEPEST = 6
_OF_SCHEMAS = frozenset(
    (
        *("$defs", "definitions", "properties", "patternProperties", "additionalProperties"),
        *("items", "prefixItems", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"),
        "components",
    )
)
"""What pointers inside a JSON Schema begin with, and blocks of a flow do not."""
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
    """What a pointer such as ``#/tools/<id>`` leads to in a flow; None where it leads nowhere."""
    path = steps_of(pointer, flow.extra)
    place: Data = flow.extra
    for step in path or ():
        place = place[step]
    return None if path is None else place


def steps_of(pointer: str, root: Data) -> Path | None:
    """The path below a root that a pointer means, ids in lists as indices; None for nowhere."""
    path: list[str | int] = []
    place = root
    for written in pointer.removeprefix("#/").split("/"):
        step = _step(place, written)
        if step is None:
            step = _step(place, _unescaped(written))
        if step is None:
            return None
        path.append(step)
        place = place[step]
    return tuple(path)


def is_own(pointer: str, root: Data, at: Path, flow: FlowData) -> bool:
    """Whether a reference is a matter of the JSON Schema that it stands in, not of the file.

    Args:
        pointer: such as ``#/$defs/Money``.
        root: a node's settings, or a block of the file.
        at: where the reference stands in there.
    """
    first = pointer.removeprefix("#/").partition("/")[0]
    if first in _OF_SCHEMAS:
        return first not in flow.extra or _is_inside(pointer, root, at)
    return steps_of(pointer, flow.extra) is None and _is_inside(pointer, root, at)


def _is_inside(pointer: str, root: Data, at: Path) -> bool:
    """Whether a map around a reference has what its pointer means, other than that map itself."""
    place = root
    for depth, step in enumerate(at):
        meant = steps_of(pointer, place) if isinstance(place, Mapping) else None
        if meant is not None and at[depth : depth + len(meant)] != meant:
            return True
        place = place[step]
    return False


def resolved(value: Data, flow: FlowData | None, depth: int = _DEEPEST) -> Data:
    """A value with every local reference replaced by what it stands for.

    A reference that leads nowhere, in circles or to far too much stays as it is; so does
    everything else. Where nothing is replaced, the value itself is returned.
    """
    if flow is None or not flow.extra:  # there is nothing that a reference could lead to
        return value
    return _resolved(value, flow, depth, [_MOST])


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
    """A node's settings as they take effect: references followed, its ``config`` opened."""
    full = resolved(spec, flow)
    pointed = local_pointer(spec.get("config"))
    block = full.get("config")
    if pointed is not None and isinstance(block, dict) and block is not spec.get("config"):
        return {**block, **full}
    return full if isinstance(full, Mapping) else spec


def _step(place: Data, part: str) -> str | int | None:
    if isinstance(place, Mapping):
        return part if part in place else None
    if not isinstance(place, list):
        return None
    for index, item in enumerate(place):
        if isinstance(item, Mapping) and part in (item.get("id"), item.get("name")):
            return index
    return int(part) if part.isdecimal() and int(part) < len(place) else None


def _unescaped(part: str) -> str:
    """A part as JSON Pointer (RFC 6901) means it, in a URI."""
    return unquote(part).replace("~1", "/").replace("~0", "~")
