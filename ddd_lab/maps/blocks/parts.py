"""A block's content as parts to show inside a card: lines, chips and rows, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Content = Mapping[str, Any]
Part = dict[str, Any]

ENDS_LOOP = "■"
ASKS_FIRST = "!"


def parts(kind: str, content: Content) -> list[Part]:
    """What a card shows inside; empty for a kind that shows its essence in one line."""
    shown = _SHOWN.get(kind)
    ranks = _RANKS.get(kind, ())
    found = [part for part in shown(content) if part["items"]] if shown else []
    for part in found:
        part["rank"] = ranks.index(part["title"]) if part["title"] in ranks else len(ranks)
    return found


def _part(kind: str, title: str, items: Iterable[Any]) -> Part:
    found = []
    for item in items:
        text, mark, hint = item if isinstance(item, tuple) else (item, "", "")
        if text:
            found.append({"text": text, "mark": mark, "hint": hint})
    return {"kind": kind, "title": title, "items": found}


def _text(title: str, *items: str) -> Part:
    return _part("text", title, items)


def _chips(title: str, items: Iterable[Any]) -> Part:
    return _part("chips", title, items)


def _rows(title: str, items: Iterable[Any]) -> Part:
    return _part("rows", title, items)


def plain(word: str) -> str:
    """A word of a file as people read it."""
    return word.replace("_", " ").strip()


def _arrow(*ends: str) -> str:
    return " → ".join(end for end in ends if end)


def _then(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _memory(stores: Iterable[Content], sign: str = "") -> list[tuple[str, str, str]]:
    found = []
    for store in stores:
        only = " (read only)" if store.get("access") == "read_only" else ""
        found.append((sign + store["name"] + only, "", plain(store["type"])))
    return found


def _seconds(value: object) -> str:
    return "" if value is None else f"{value} s"


def _agent_loop(content: Content) -> list[Part]:
    tools = []
    for tool in content["tools"]:
        mark = ENDS_LOOP if tool["terminal"] else ASKS_FIRST if tool["confirmation"] else ""
        said = {ENDS_LOOP: "Ends the loop. ", ASKS_FIRST: "Asks a person first. "}.get(mark, "")
        tools.append((tool["name"], mark, said + tool["description"]))
    many, warmth = content["max_iterations"], content["temperature"]
    action = plain(content["on_max_iterations"]["action"])
    ends = {f"tool {tool['id']} is used" for tool in content["tools"] if tool["terminal"]}
    others = [said for said in content["stop_conditions"] if said not in ends]
    return [
        _text("model", content["model"]),
        {**_text("prompt", content["prompt"]), "lines": 3},
        _part("cycle", "loop", content["cycle"]),
        _chips("tools", tools),
        _chips("memory", _memory(content["memory"])),
        _text(
            "limits",
            _then(
                "" if many is None else f"{many} rounds",
                f"then {action}" if action else "",
                "" if warmth is None else f"temperature {warmth}",
            ),
        ),
        _text("stops when", ", ".join(said for said in others if said != "rounds are used up")),
    ]


def _guardrail(content: Content) -> list[Part]:
    checks = (
        (_arrow(plain(check["type"]), check["action"]), "", check["message"])
        for check in content["checks"]
    )
    return [_chips("", checks)]


def _human_gate(content: Content) -> list[Part]:
    wait = content["timeout"]
    told = (" ".join(part for part in way.values() if part) for way in content["channels"])
    after = wait["action"] and f"then {plain(wait['action'])}"
    return [
        _text("asks", *told),
        _text("waits", _then(_seconds(wait["duration"]), after)),
    ]


def _router(content: Content) -> list[Part]:
    sure = content["threshold"]
    return [
        _text("model", content["model"]),
        _text("sure from", "" if sure is None else str(sure)),
        _text("else", content["fallback"]),
    ]


def _ranked(priority: object) -> str:
    return "" if priority is None else f"{priority}  "


def _orchestrator(content: Content) -> list[Part]:
    agents = (
        (
            _ranked(agent["priority"]) + agent["id"],
            "",
            _then(agent["flow"], agent["specialization"]),
        )
        for agent in content["agents"]
    )
    rules = (
        _arrow(
            " ".join(filter(None, (plain(rule["condition"]), rule["limit"]))),
            plain(rule["action"]),
        )
        for rule in content["supervision"]
    )
    return [
        _text("model", content["model"]),
        _chips("agents", agents),
        _rows("steps in", rules),
        _chips("memory", _memory(content["shared_memory"])),
        _text("merge", plain(content["merge"])),
        _text("falls back", _arrow(*content["fallback_chain"])),
    ]


def _smart_router(content: Content) -> list[Part]:
    rules = (
        (
            _ranked(rule["priority"]) + _arrow(rule["id"], rule["route"])
            if rule["id"] != rule["route"]
            else _ranked(rule["priority"]) + rule["id"],
            "",
            rule["condition"],
        )
        for rule in content["rules"]
    )
    llm, breaker = content["llm"], content["breaker"]
    sure = "" if not llm or llm["threshold"] is None else f"sure from {llm['threshold']}"
    opens = breaker and breaker["failure_threshold"]
    trials = content["experiments"]
    marks = [
        ("circuit breaker", "CB", f"Opens after {opens} failures" if opens else "")
        if breaker
        else "",
        ("A/B", "", "; ".join(_trial(trial) for trial in trials)) if trials else "",
        ("context", "", "; ".join(rule["reason"] for rule in content["context"] if rule["reason"]))
        if content["context"]
        else "",
        f"{content['retry']} tries" if content["retry"] is not None else "",
        _seconds(content["timeout"]["per_route"]),
    ]
    return [
        _rows("rules", rules),
        _text("else asks", _then(llm["model"], sure) if llm else ""),
        _text("falls back", _arrow(*content["fallback_chain"])),
        _chips("policies", marks),
    ]


def _trial(trial: Content) -> str:
    share = "" if trial["percentage"] is None else f"{trial['percentage']} %"
    return " ".join(filter(None, (share, "to", trial["route"])))


def _handoff(content: Content) -> list[Part]:
    budget, done, failed = content["token_budget"], content["on_complete"], content["on_failure"]
    back = plain(done["return_to"])
    action = plain(failed["action"])
    return [
        _text("context", "" if budget is None else f"{budget} tokens"),
        _text("then", _then(f"back to {back}" if back else "", plain(done["merge"]))),
        _text("timeout", _then(_seconds(content["timeout"]), action)),
    ]


def _agent_group(content: Content) -> list[Part]:
    ways = content["coordination"]
    many = ways["max_active"]
    return [
        _chips("members", ((member["flow"], "", member["role"]) for member in content["members"])),
        _text(
            "work",
            _then(
                plain(ways["communication"]),
                plain(ways["selection"]),
                "" if many is None else f"{many} at once",
            ),
        ),
        _chips(
            "memory", ((f"◈ {text}", *rest) for text, *rest in _memory(content["shared_memory"]))
        ),
        _text("metrics", ", ".join(plain(name) for name in content["metrics"])),
    ]


_SHOWN: dict[str, Callable[[Content], list[Part]]] = {
    "agent_loop": _agent_loop,
    "guardrail": _guardrail,
    "human_gate": _human_gate,
    "router": _router,
    "orchestrator": _orchestrator,
    "smart_router": _smart_router,
    "handoff": _handoff,
    "agent_group": _agent_group,
}

_RANKS = {
    "agent_loop": ("tools", "prompt", "loop", "model", "memory", "limits"),
    "orchestrator": ("agents", "steps in", "memory", "model", "merge"),
    "smart_router": ("rules", "policies", "else asks", "falls back"),
    "agent_group": ("memory", "members", "work", "metrics"),
}
"""What a card with little room shows before the rest."""
