"""What large cards hold: an agent's loop, a team's leader, a router's rules.

``content`` is the data, one shape per type, for whoever draws a block in its own way; ``details``
is the same as parts that any card can show, each with its ``rank``: the lower, the longer a part
stays on a card with little room. What a type holds it declares itself, as ``NodeType.block``.
"""

from __future__ import annotations

from ddd_lab.spec.catalogue import CardContent, CardPart, Content, Settings, node_type
from ddd_lab.spec.local_refs import local_pointer, settings
from ddd_lab.spec.models.flow import FlowData, NodeData


def content(node: NodeData, flow: FlowData) -> Content | None:
    """What a block holds, as plain data; None for an ordinary card.

    Args:
        node: any node; whatever in its settings cannot be read is left out.
        flow: its flow, where local references (``#/tools``) are looked up.

    Returns:
        The type's own keys, and ``from``: for each setting that lives elsewhere in the file the
        pointer to it (``#/agent_config/model``, ``#/tools``).
    """
    block = _block(node)
    if block is None:
        return None
    full = settings(node.spec, flow)
    raw: Settings = node.spec
    for key in block.from_file:
        if key not in full and flow.extra.get(key):
            full = {**full, key: flow.extra[key]}
            raw = {**raw, key: {"$ref": f"#/{key}"}}
    return {**block.content(full, raw), "from": _origins(raw, block.origins)}


def _block(node: NodeData) -> CardContent | None:
    kind = node_type(node.type)
    return kind.block if kind else None


def _origins(raw: Settings, keys: tuple[str, ...]) -> dict[str, str]:
    block = local_pointer(raw.get("config"))
    origins = {}
    for key in keys:
        pointer = local_pointer(raw.get(key))
        if pointer is None and key not in raw and block:
            pointer = f"{block}/{key}"
        if pointer:
            origins[key] = pointer
    return origins


def details(node: NodeData, facts: Content | None) -> list[CardPart]:
    """What the card of a node shows inside, in order; empty for an ordinary card."""
    block = _block(node)
    return [] if block is None or facts is None else block.ranked_parts(facts)
