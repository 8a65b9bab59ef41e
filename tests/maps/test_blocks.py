from typing import Any

import pytest

from ddd_lab.maps import sheet, sheet_svg
from ddd_lab.maps.arrange import tidy
from ddd_lab.spec.models.flow import FlowData
from tests.maps.designs import Card, at, by, flow, node

LOOP = {
    "config": {"$ref": "#/agent_config"},
    "tools": {"$ref": "#/tools"},
    "stop_conditions": [{"tool_called": "reply"}, {"max_iterations_reached": True}],
    "on_max_iterations": {"action": "escalate", "connection": "gate"},
}
TOP = {
    "agent_config": {
        "model": "some-model",
        "system_prompt": "Be kind. " * 40,
        "max_iterations": 6,
        "temperature": 0.2,
    },
    "tools": [
        {"id": "look", "name": "look_up", "description": "Finds things"},
        {"id": "pay", "requires_confirmation": True},
        {"id": "reply", "is_terminal": True},
    ],
    "memory": [{"name": "talk", "type": "conversation_history"}],
}
ROUTER = {
    "rules": [
        {"id": "late", "condition": "$.late", "route": "b", "priority": 2},
        {"id": "vip", "condition": "$.vip", "route": "a", "priority": 0},
    ],
    "llm_routing": {"enabled": True, "model": "small", "confidence_threshold": 0.7},
    "fallback_chain": ["a", "gate"],
    "policies": {"circuit_breaker": {"enabled": True, "failure_threshold": 3}},
    "ab_testing": {"experiments": [{"name": "new", "route": "b", "percentage": 20}]},
    "context_routing": {"rules": [{"condition": "$.x", "route": "a", "reason": "follow-up"}]},
}
LEADER = {
    "strategy": "supervisor",
    "model": "large",
    "agents": [
        {"id": "second", "flow": "b", "priority": 2, "specialization": "Bills"},
        {"id": "first", "flow": "a", "domain": "help", "priority": 1},
    ],
    "supervision": {
        "intervene_on": [{"condition": "timeout", "threshold": 60, "action": "escalate_to_human"}]
    },
    "shared_memory": [{"name": "case", "type": "key_value", "access": "read_only"}],
    "result_merge": {"strategy": "best_of"},
    "routing": {"primary": "who"},
}


def card(type_: str, spec: dict[str, Any], **keys: Any) -> Card:
    whole = flow(node("it", type_, spec=spec), type="agent", **keys)
    return by(sheet(whole)["nodes"])["it"]


def part(found: Card, title: str) -> list[tuple[str, str]]:
    (items,) = [one["items"] for one in found["details"] if one["title"] == title]
    return [(item["text"], item["mark"]) for item in items]


@pytest.mark.covers("T09.3", "T09.4", "T09.5", "S03.3", "S03.4", "S03.5")
def test_an_agent_loop_holds_its_model_prompt_cycle_limits_tools_and_memory() -> None:
    held = card("agent_loop", LOOP, extra=TOP)["content"]

    assert (held["model"], held["max_iterations"], held["temperature"]) == ("some-model", 6, 0.2)
    assert held["prompt"].startswith("Be kind.")
    assert len(held["prompt"]) <= 151
    assert held["cycle"] == ["reason", "select", "execute", "observe", "repeat"]
    assert [(t["id"], t["terminal"], t["confirmation"]) for t in held["tools"]] == [
        ("look", False, False),
        ("pay", False, True),
        ("reply", True, False),
    ]
    assert held["tools"][0]["name"] == "look_up"
    assert held["memory"] == [{"name": "talk", "type": "conversation_history"}]
    assert held["stop_conditions"] == ["tool reply is used", "rounds are used up"]
    assert held["on_max_iterations"] == {"action": "escalate", "connection": "gate"}


def test_what_lives_at_the_top_of_the_file_says_so() -> None:
    held = card("agent_loop", LOOP, extra=TOP)["content"]

    assert held["from"]["model"] == "#/agent_config/model"
    assert held["from"]["tools"] == "#/tools"
    assert held["from"]["memory"] == "#/memory"
    assert "stop_conditions" not in held["from"]
    assert held["tools"][2]["from"] == "#/tools/reply"


@pytest.mark.covers("T09.6", "T09.7", "S03.6")
def test_a_guardrail_holds_its_position_and_its_checks_with_their_actions() -> None:
    found = card(
        "guardrail",
        {
            "position": "output",
            "checks": [{"type": "tone", "action": "rewrite"}, {"type": "links"}],
        },
    )

    assert found["content"]["position"] == "output"
    assert part(found, "") == [("tone → rewrite", ""), ("links → block", "")]


@pytest.mark.covers("T09.8", "S03.7")
def test_a_human_gate_holds_its_options_channels_and_wait() -> None:
    found = card(
        "human_gate",
        {
            "approval_options": [{"id": "yes", "label": "Yes", "requires_input": True}],
            "notification": {"channels": [{"type": "slack", "channel": "#help"}]},
            "timeout": {"duration": 300, "action": "auto_escalate"},
        },
    )

    assert [(o["id"], o["requires_input"]) for o in found["content"]["options"]] == [("yes", True)]
    assert part(found, "asks") == [("slack #help", "")]
    assert part(found, "waits") == [("300 s, then auto escalate", "")]


@pytest.mark.covers("T10.1", "S04.1")
def test_an_orchestrator_holds_its_agents_by_priority_and_its_supervision() -> None:
    found = card("orchestrator", LEADER)
    held = found["content"]

    assert held["strategy"] == "supervisor"
    assert [(a["id"], a["flow"], a["priority"]) for a in held["agents"]] == [
        ("first", "help/a", 1),
        ("second", "b", 2),
    ]
    assert part(found, "agents") == [("1  first", ""), ("2  second", "")]
    assert part(found, "steps in") == [("timeout 60 → escalate to human", "")]
    assert part(found, "memory") == [("case (read only)", "")]
    assert part(found, "merge") == [("best of", "")]
    assert held["router"] == "who"


@pytest.mark.covers("T10.2", "S04.6")
def test_a_smart_router_holds_rules_model_policies_and_trials() -> None:
    found = card("smart_router", ROUTER)

    assert part(found, "rules") == [("0  vip → a", ""), ("2  late → b", "")]
    assert part(found, "else asks") == [("small, sure from 0.7", "")]
    assert part(found, "falls back") == [("a → gate", "")]
    assert part(found, "policies") == [("circuit breaker", "CB"), ("A/B", ""), ("context", "")]
    assert found["content"]["experiments"][0]["percentage"] == 20


def test_what_is_switched_off_is_not_shown() -> None:
    off = {"enabled": False}
    held = card(
        "smart_router",
        {
            **ROUTER,
            "llm_routing": {**ROUTER["llm_routing"], **off},  # type: ignore[dict-item]  # loose data
            "policies": {"circuit_breaker": off},
            "ab_testing": off,
            "context_routing": off,
        },
    )["content"]

    assert (held["llm"], held["breaker"], held["experiments"], held["context"]) == (
        None,
        None,
        [],
        [],
    )


@pytest.mark.covers("T10.3", "S04.11")
@pytest.mark.parametrize("mode", ["transfer", "consult", "collaborate"])
def test_a_handoff_holds_its_mode_target_budget_and_failure(mode: str) -> None:
    found = card(
        "handoff",
        {
            "mode": mode,
            "target": {"flow": "b", "domain": "help"},
            "context_transfer": {"max_context_tokens": 2000},
            "on_complete": {"return_to": "orchestrator", "merge_strategy": "append"},
            "on_failure": {"action": "escalate", "timeout": 30},
        },
    )

    assert found["summary"] == f"{mode} → help/b"
    assert part(found, "context") == [("2000 tokens", "")]
    assert part(found, "then") == [("back to orchestrator, append", "")]
    assert part(found, "timeout") == [("30 s, escalate", "")]


def test_a_group_and_a_router_and_a_call_hold_their_essentials() -> None:
    group = card(
        "agent_group",
        {
            "members": [{"flow": "a"}, "b"],
            "shared_memory": ["notes"],
            "coordination": {"communication": "via_orchestrator"},
            "metrics": {"track": ["answered"]},
        },
    )
    router = card("router", {"model": "m", "routes": [{"id": "x"}], "fallback_route": "x"})
    call = card("llm_call", {"model": "m", "prompt_template": "Say hello", "max_tokens": 10})

    assert [member["flow"] for member in group["content"]["members"]] == ["a", "b"]
    assert part(group, "memory") == [("◈ notes", "")]
    assert router["content"]["routes"] == [{"id": "x", "description": ""}]
    assert (call["content"]["prompt"], call["content"]["max_tokens"]) == ("Say hello", 10)


@pytest.mark.parametrize(
    "type_",
    [
        *("agent_loop", "guardrail", "human_gate", "router", "llm_call", "orchestrator"),
        *("smart_router", "handoff", "agent_group"),
    ],
)
def test_settings_of_no_use_are_left_out(type_: str) -> None:
    nonsense = {
        "tools": [{"id": True}, None],
        "memory": "much",
        "agents": "all",
        "rules": 7,
        "checks": 3,
        "timeout": [],
        "coordination": [],
        "members": [{"flow": ["x"]}],
        "temperature": float("nan"),
    }
    assert card(type_, nonsense)["content"] == card(type_, {})["content"]


def loop_of(tools: int, *others: Any) -> FlowData:
    spec = {"model": "m", "tools": [{"id": f"tool_number_{i}"} for i in range(tools)]}
    return flow(
        node("loop", "agent_loop", "done:end", spec=spec, position=at(100, 100)),
        node("end", "terminal", position=at(100, 400)),
        *others,
        type="agent",
    )


def test_a_block_grows_with_its_content_until_its_neighbour() -> None:
    heights = [by(sheet(loop_of(many))["nodes"])["loop"]["height"] for many in (1, 6, 40)]

    assert heights[0] < heights[1] < heights[2] < 300


def test_a_block_that_grows_moves_nobody_who_has_a_place() -> None:
    few, many = (by(sheet(loop_of(count))["nodes"]) for count in (1, 40))

    assert few["end"]["position"] == many["end"]["position"]
    assert few["loop"]["position"] == many["loop"]["position"]


def test_what_finds_no_room_is_counted() -> None:
    text = sheet_svg(sheet(loop_of(40)))

    assert "tool_number_0" in text
    assert "tool_number_39" not in text
    assert ">+" in text


def test_a_card_with_little_room_keeps_what_matters_most() -> None:
    spec = {"model": "m", "system_prompt": "Be kind", "tools": [{"id": "reply"}], "memory": ["x"]}
    whole = flow(
        node("loop", "agent_loop", "done:end", label="Guide", spec=spec, position=at(0, 0)),
        node("end", "terminal", position=at(0, 140)),
        type="agent",
    )
    text = sheet_svg(sheet(whole))

    assert ">reply<" in text
    assert ">Be kind<" not in text


def test_a_card_that_did_not_change_stays_the_same_object() -> None:
    whole = loop_of(3)
    cache: dict[str, Any] = {}
    first = by(sheet(whole, cache=cache)["nodes"])
    again = by(sheet(whole, cache=cache)["nodes"])

    assert all(again[id_] is first[id_] for id_ in ("loop", "end"))


def test_a_neighbour_that_comes_nearer_takes_room_from_the_block() -> None:
    cache: dict[str, Any] = {}
    whole = loop_of(40)
    before = by(sheet(whole, cache=cache)["nodes"])["loop"]["height"]
    end = whole.by_id["end"].model_copy(update={"position": at(100, 300)})
    nearer = whole.model_copy(update={"nodes": (whole.nodes[0], end)})

    assert by(sheet(nearer, cache=cache)["nodes"])["loop"]["height"] < before


@pytest.mark.covers("T09.2", "T09.6", "T09.7", "T09.8", "S03.2", "S03.6")
def test_an_agent_sheet_stands_upright_with_the_gate_beside_the_way_out() -> None:
    whole = flow(
        node("guard_in", "guardrail", "pass:loop", "block:no", spec={"position": "input"}),
        node("loop", "agent_loop", "reply:guard_out", "escalate:gate", spec={"tools": []}),
        node("guard_out", "guardrail", "pass:yes", "block:gate", spec={"position": "output"}),
        node("gate", "human_gate", "approve:yes"),
        node("yes", "terminal"),
        node("no", "terminal"),
        type="agent",
    )
    found = by(sheet(whole)["nodes"])
    top = {id_: card["position"]["y"] for id_, card in found.items()}

    assert top["trigger"] < top["guard_in"] < top["loop"] < top["guard_out"] < top["yes"]
    assert top["gate"] == top["guard_out"]
    assert found["guard_in"]["position"]["y"] + found["guard_in"]["height"] < top["loop"]
    # Tidying a sheet lays it out as opening it for the first time does.
    places = {id_: (card["position"]["x"], card["position"]["y"]) for id_, card in found.items()}
    assert tidy(whole) == places
