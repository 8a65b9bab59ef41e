"""What large cards show inside: an agent's loop, a team's members, a router's rules.

Each part is ``{"kind": "text" | "cycle" | "chips", "title": str, "items": [{"text", "mark"}]}``. A
mark is one glyph with a meaning of its own beside the text: ``■`` for a tool that ends the loop,
``!`` for one that asks a person first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from ..spec.flow import FlowData, NodeData
from ..spec.refs_local import settings

EXCERPT = 150
CYCLE = ("reason", "select tool", "execute", "observe", "repeat")
ENDS_LOOP = "■"
ASKS_FIRST = "!"

Part = dict[str, Any]


def details(node: NodeData, flow: FlowData) -> list[Part]:
    """What the card of a node shows inside, in order; empty for an ordinary card.

    Args:
        node: any node; whatever in its spec cannot be read is left out.
        flow: its flow, where local references (``#/tools``) are looked up.
    """
    inside = _INSIDE.get(node.type)
    if inside is None:
        return []
    spec = {"memory": flow.extra.get("memory"), **settings(node.spec, flow)}
    return [part for part in inside(spec) if part["items"]]


def _text(title: str, *texts: object) -> Part:
    said = [" ".join(str(text).split()) for text in texts if isinstance(text, (str, int, float))]
    return {
        "kind": "text",
        "title": title,
        "items": [{"text": text, "mark": ""} for text in said if text],
    }


def _chips(title: str, items: list[tuple[str, str]]) -> Part:
    return {
        "kind": "chips",
        "title": title,
        "items": [{"text": text, "mark": mark} for text, mark in items if text],
    }


def _maps(value: object) -> list[Mapping[str, Any]]:
    """The maps of a list (or of a map's values, each told its key as ``id``)."""
    if isinstance(value, Mapping):
        value = [{"id": key, **item} for key, item in value.items() if isinstance(item, Mapping)]
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _named(value: object, *keys: str) -> str:
    if isinstance(value, Mapping):
        value = next((value[key] for key in keys if isinstance(value.get(key), str)), "")
    return value if isinstance(value, str) else ""


def _names(value: object, *keys: str) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        value = value.get("stores") or list(value)
    items = value if isinstance(value, list) else []
    return [(_named(item, *keys), "") for item in items]


def _excerpt(prompt: object) -> str:
    line = " ".join(prompt.split()) if isinstance(prompt, str) else ""
    return line if len(line) <= EXCERPT else line[:EXCERPT].rstrip() + "…"


def _agent_loop(spec: Mapping[str, Any]) -> list[Part]:
    tools = []
    said = spec.get("tools")
    for item in said if isinstance(said, list) else []:
        tool = item
        inner = tool.get("spec") if isinstance(tool, Mapping) else None
        if isinstance(inner, Mapping):
            tool = {**tool, **inner}
        mark = ""
        if isinstance(tool, Mapping):
            mark = ENDS_LOOP if tool.get("is_terminal") is True else ""
            mark = mark or (ASKS_FIRST if tool.get("requires_confirmation") is True else "")
        tools.append((_named(tool, "name", "id"), mark))
    memory = spec.get("memory")
    if isinstance(memory, Mapping) and "type" in memory:
        memory = [memory]
    return [
        _text("model", spec.get("model")),
        _text("prompt", _excerpt(spec.get("system_prompt"))),
        {**_chips("loop", [(word, "") for word in CYCLE]), "kind": "cycle"},
        _chips("tools", tools),
        _chips("memory", _names(memory, "name", "type")),
    ]


def _priority(item: Mapping[str, Any]) -> float:
    said = item.get("priority")
    if isinstance(said, (int, float)) and not math.isnan(said):
        return float(said)
    return math.inf


def _orchestrator(spec: Mapping[str, Any]) -> list[Part]:
    agents = sorted(_maps(spec.get("agents")), key=_priority)
    supervision = spec.get("supervision")
    rules = _maps(supervision.get("intervene_on") if isinstance(supervision, Mapping) else None)
    merge = spec.get("result_merge", spec.get("result_merge_strategy"))
    return [
        _text("model", spec.get("model")),
        _chips("agents", [(_named(agent, "id", "flow"), "") for agent in agents]),
        _chips("intervenes on", [(_named(rule, "condition"), "") for rule in rules]),
        _chips("shared memory", _names(spec.get("shared_memory"), "name")),
        _text("merge", _named(merge, "strategy")),
    ]


def _router(spec: Mapping[str, Any]) -> list[Part]:
    rules = sorted(_maps(spec.get("rules")), key=_priority)
    marks = [
        (text, "")
        for text, block in (
            ("LLM fallback", spec.get("llm_routing")),
            ("circuit breaker", _inside(spec.get("policies"), "circuit_breaker")),
            ("A/B", spec.get("ab_testing")),
            ("context", spec.get("context_routing")),
        )
        if isinstance(block, Mapping) and block.get("enabled") is not False
    ]
    return [
        _chips("rules", [(_named(rule, "id", "route"), "") for rule in rules]),
        _chips("also", marks),
    ]


def _inside(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, Mapping) else None


def _handoff(spec: Mapping[str, Any]) -> list[Part]:
    target = spec.get("target")
    budget = _inside(spec.get("context_transfer"), "max_context_tokens")
    timeout = _inside(spec.get("on_failure"), "timeout")
    return [
        _text("to", _named(target, "flow")),
        _text("context", f"{budget} tokens" if isinstance(budget, int) else None),
        _text("timeout", f"{timeout} s" if isinstance(timeout, (int, float)) else None),
    ]


def _agent_group(spec: Mapping[str, Any]) -> list[Part]:
    coordination = spec.get("coordination")
    return [
        _chips("members", _names(spec.get("members"), "flow")),
        _text("communication", _inside(coordination, "communication")),
        _chips("shared memory", _names(spec.get("shared_memory"), "name")),
    ]


_INSIDE: dict[str, Callable[[Mapping[str, Any]], list[Part]]] = {
    "agent_loop": _agent_loop,
    "orchestrator": _orchestrator,
    "smart_router": _router,
    "handoff": _handoff,
    "agent_group": _agent_group,
}
