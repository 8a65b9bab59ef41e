"""What large cards hold: an agent's loop, a team's leader, a router's rules.

``content`` is the data, one shape per type, for whoever draws a block in its own way; ``details``
is the same as parts that any card can show: ``{"kind": "text" | "cycle" | "chips" | "rows",
"title": str, "items": [{"text", "mark", "hint"}], "rank": int}``, ``lines`` where a text may take
several. The lower the rank, the longer a part stays on a card with little room. A mark is one sign
with a meaning of its own beside the text: ``■`` for a tool that ends the loop, ``!`` for one that
asks a person first, ``CB`` for a circuit breaker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ddd_lab.maps.blocks import agents, teams
from ddd_lab.maps.blocks.parts import Part, parts
from ddd_lab.spec.local_refs import local_pointer, settings
from ddd_lab.spec.models.flow import FlowData, NodeData

__all__ = ["Part", "content", "details"]

_CONTENT: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]] = {
    "agent_loop": agents.agent_loop,
    "guardrail": agents.guardrail,
    "human_gate": agents.human_gate,
    "router": agents.router,
    "llm_call": agents.llm_call,
    "orchestrator": teams.orchestrator,
    "smart_router": teams.smart_router,
    "handoff": teams.handoff,
    "agent_group": teams.agent_group,
}

_KEYS = {
    "agent_loop": (
        "model",
        "system_prompt",
        "max_iterations",
        "temperature",
        "tools",
        "memory",
        "stop_conditions",
        "on_max_iterations",
    ),
    "guardrail": ("position", "checks", "on_block"),
}


def content(node: NodeData, flow: FlowData) -> dict[str, Any] | None:
    """What a block holds, as plain data; None for an ordinary card.

    Args:
        node: any node; whatever in its settings cannot be read is left out.
        flow: its flow, where local references (``#/tools``) are looked up.

    Returns:
        The type's own keys, and ``from``: for each setting that lives elsewhere in the file the
        pointer to it (``#/agent_config/model``, ``#/tools``).
    """
    read = _CONTENT.get(node.type)
    if read is None:
        return None
    full = settings(node.spec, flow)
    raw: Mapping[str, Any] = node.spec
    if node.type == "agent_loop" and "memory" not in full and flow.extra.get("memory"):
        full = {**full, "memory": flow.extra["memory"]}
        raw = {**raw, "memory": {"$ref": "#/memory"}}
    return {**read(full, raw), "from": _origins(raw, _KEYS.get(node.type, ()))}


def _origins(raw: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, str]:
    block = local_pointer(raw.get("config"))
    found = {}
    for key in keys:
        pointer = local_pointer(raw.get(key))
        if pointer is None and key not in raw and block:
            pointer = f"{block}/{key}"
        if pointer:
            found[key] = pointer
    return found


def details(node: NodeData, held: Mapping[str, Any] | None) -> list[Part]:
    """What the card of a node shows inside, in order; empty for an ordinary card.

    Args:
        node: any node.
        held: its :func:`content`.
    """
    return [] if held is None else parts(node.type, held)
