"""Fingerprints of specs and code: equal ones mean that nothing which counts has changed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ddd_lab.spec.base import Data
    from ddd_lab.spec.flow import FlowData, NodeData

_SHORTEST = 12
"""Characters of a shortened fingerprint that still count, as other tools write them."""


def digests(raw: bytes) -> tuple[str, ...]:
    """The SHA-256 of some bytes in hexadecimal, in every form in which it may be recorded.

    The first is what we record: of a text with line ends as Git stores them, since a checkout on
    another system may end lines otherwise, which is no change of anything.
    """
    if b"\r" not in raw:  # one sign is found much quicker than two
        return (hashlib.sha256(raw).hexdigest(),)
    return (
        hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest(),
        hashlib.sha256(raw).hexdigest(),
    )


def matches(recorded: str, found: tuple[str, ...]) -> bool:
    """Whether a recorded fingerprint is that of a file.

    Args:
        recorded: in hexadecimal, whole or its first twelve characters or more, with or without
            ``sha256:`` before it.
        found: what :func:`digests` says of the file; nothing for a file that is not there.
    """
    if recorded in found:
        return True
    wanted = recorded.strip().lower().removeprefix("sha256:")
    return len(wanted) >= _SHORTEST and any(one.startswith(wanted) for one in found)


def content_digest(model: FlowData | Data) -> str:
    """The fingerprint of what a spec says: no comment, key order, position or date counts.

    Equal fingerprints mean equal specs; different ones may still turn out to be no difference
    when the two versions are compared (a number written otherwise).
    """
    from ddd_lab.spec.flow import FlowData

    plain = _flow(model) if isinstance(model, FlowData) else model
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _flow(flow: FlowData) -> dict[str, Any]:
    from ddd_lab.spec.notes import KEY as NOTES

    return {
        "flow": [flow.id, flow.name, flow.type, flow.domain, flow.description, flow.header],
        "trigger": _node(flow.trigger) if flow.trigger else None,
        "nodes": {node.id: _node(node) for node in flow.nodes},
        "starts": _starts(flow),
        "blocks": {key: value for key, value in flow.extra.items() if key != NOTES},
    }


def _starts(flow: FlowData) -> list[str]:
    """Where a trigger leads that names no connection: this does depend on the order of nodes."""
    return [edge.target for edge in flow.edges if edge.implicit]


def _node(node: NodeData) -> dict[str, Any]:
    lines = [[line.output, line.target, line.extra] for line in node.connections or ()]
    return {
        "id": node.declared_id or node.id,
        "type": node.type,
        "label": node.label,
        "parent": node.parent,
        "spec": node.spec,
        "extra": node.extra,
        "connections": sorted(
            lines, key=lambda line: json.dumps(line, sort_keys=True, default=str)
        ),
    }
