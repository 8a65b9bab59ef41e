"""What the blocks of an agent sheet hold: the loop, its guardrails, human gates, routers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ddd_lab.maps.blocks._read import Settings, first, number, word, words
from ddd_lab.spec.lenient import maps, part
from ddd_lab.spec.local_refs import local_pointer

EXCERPT = 150
CYCLE = ("reason", "select", "execute", "observe", "repeat")


def excerpt(prompt: object) -> str:
    """The start of a prompt in one line (150 characters, as the guide shows them)."""
    line = " ".join(prompt.split()) if isinstance(prompt, str) else ""
    return line if len(line) <= EXCERPT else line[:EXCERPT].rstrip() + "…"


def agent_loop(spec: Settings, raw: Settings) -> dict[str, Any]:
    """An agent's loop: model, prompt, limits, tools, memory and how it ends.

    Args:
        spec: its settings with every reference followed.
        raw: its settings as the file has them, which says where each tool lives.
    """
    ends = part(spec, "on_max_iterations")
    return {
        "model": word(spec.get("model")),
        "prompt": excerpt(spec.get("system_prompt")),
        "max_iterations": number(spec.get("max_iterations")),
        "temperature": number(spec.get("temperature")),
        "cycle": list(CYCLE),
        "tools": _tools(spec.get("tools"), raw.get("tools")),
        "memory": stores(spec.get("memory")),
        "stop_conditions": [
            said for item in maps(spec.get("stop_conditions")) if (said := _stop(item))
        ],
        "on_max_iterations": {
            "action": word(spec.get("on_max_iterations")) or first(ends, "action"),
            "connection": first(ends, "connection"),
        },
    }


def _tools(tools: object, raw: object) -> list[dict[str, Any]]:
    whole = local_pointer(raw)
    own = raw if isinstance(raw, list) else []
    found = []
    for index, item in enumerate(maps(tools)):
        tool = {**item, **part(item, "spec")}
        id_ = first(tool, "id", "name")
        if not id_:
            continue
        pointer = local_pointer(own[index]) if index < len(own) else None
        found.append(
            {
                "id": id_,
                "name": first(tool, "name", "id"),
                "description": first(tool, "description"),
                "terminal": tool.get("is_terminal") is True or tool.get("terminal") is True,
                "confirmation": tool.get("requires_confirmation") is True,
                "from": f"{whole}/{id_}" if whole else pointer or "",
            }
        )
    return found


def stores(memory: object) -> list[dict[str, Any]]:
    """Memories, given as one, as a list, or below ``stores``."""
    if isinstance(memory, Mapping):
        inner = memory.get("stores")
        memory = [memory] if "type" in memory and not inner else inner or memory
    found = []
    for item in maps(memory):
        name = first(item, "name", "id", "type")
        if name:
            found.append({"name": name, "type": first(item, "type"), **_access(item)})
    return found


def _access(item: Settings) -> dict[str, str]:
    said = first(item, "access")
    return {"access": said} if said else {}


def _stop(item: Settings) -> str:
    if tool := first(item, "tool_called"):
        return f"tool {tool} is used"
    if item.get("max_iterations_reached") is True:
        return "rounds are used up"
    said = ((key, word(value)) for key, value in item.items())
    return ", ".join(value if key == "id" else f"{key} {value}" for key, value in said if value)


def guardrail(spec: Settings, raw: Settings) -> dict[str, Any]:
    """Where a guardrail stands, and its checks with what each leads to."""
    del raw
    checks = [check for check in maps(spec.get("checks")) if check.get("enabled") is not False]
    return {
        "position": word(spec.get("position")),
        "checks": [
            {
                "type": first(check, "type", "id", "rule"),
                "action": first(check, "action") or "block",
                "message": first(check, "message"),
            }
            for check in checks
            if first(check, "type", "id", "rule")
        ],
    }


def human_gate(spec: Settings, raw: Settings) -> dict[str, Any]:
    """Who is asked, what they may choose, and what happens when nobody answers."""
    del raw
    told = part(spec, "notification").get("channels") or spec.get("notification_channels")
    wait = part(spec, "timeout")
    return {
        "options": [
            {
                "id": first(option, "id", "label"),
                "label": first(option, "label", "id"),
                "description": first(option, "description"),
                "requires_input": option.get("requires_input") is True,
            }
            for option in maps(spec.get("approval_options"))
            if first(option, "id", "label")
        ],
        "timeout": {
            "duration": number(wait.get("duration") if wait else spec.get("timeout")),
            "action": first(wait, "action"),
            "connection": first(wait, "fallback_connection"),
        },
        "channels": [
            {"type": first(item, "type", "id"), "to": first(item, "channel", "to", "url")}
            for item in maps(told)
        ],
        "shown": words(spec.get("context_for_human")) if spec.get("context_for_human") else [],
    }


def router(spec: Settings, raw: Settings) -> dict[str, Any]:
    """Which model decides between which routes."""
    del raw
    return {
        "model": word(spec.get("model")),
        "prompt": excerpt(spec.get("routing_prompt")),
        "threshold": number(spec.get("confidence_threshold")),
        "routes": [
            {"id": first(route, "id", "name"), "description": first(route, "description")}
            for route in maps(spec.get("routes"))
            if first(route, "id", "name")
        ],
        "fallback": word(spec.get("fallback_route")),
    }


def llm_call(spec: Settings, raw: Settings) -> dict[str, Any]:
    """Which model is asked what."""
    del raw
    shape = spec.get("structured_output")
    return {
        "model": word(spec.get("model")),
        "system_prompt": excerpt(spec.get("system_prompt")),
        "prompt": excerpt(spec.get("prompt_template") or spec.get("prompt")),
        "temperature": number(spec.get("temperature")),
        "max_tokens": number(spec.get("max_tokens")),
        "structured": bool(shape),
    }
