"""What the blocks of an orchestration hold: leaders, routers, handoffs, groups."""

from __future__ import annotations

from typing import Any

from ddd_lab.maps.blocks._read import (
    Settings,
    first,
    flow_key,
    number,
    priority,
    switched_on,
    word,
    words,
)
from ddd_lab.maps.blocks.agents import stores
from ddd_lab.spec.lenient import maps, part


def orchestrator(spec: Settings, raw: Settings) -> dict[str, Any]:
    """How agents are led: by priority, what the leader steps in for, what becomes of answers."""
    del raw
    merge = spec.get("result_merge", spec.get("result_merge_strategy"))
    routing = part(spec, "routing")
    chain = routing.get("fallback_chain") or spec.get("fallback_chain")
    return {
        "strategy": word(spec.get("strategy")),
        "model": word(spec.get("model")),
        "agents": [
            {
                "id": first(agent, "id", "flow"),
                "flow": flow_key(agent) or first(agent, "value"),
                "specialization": first(agent, "specialization"),
                "priority": number(agent.get("priority")),
            }
            for agent in sorted(maps(spec.get("agents")), key=priority)
            if first(agent, "id", "flow")
        ],
        "supervision": [
            {
                "condition": first(rule, "condition", "id"),
                "limit": first(rule, "threshold", "sentiment"),
                "action": first(rule, "action"),
                "target": first(rule, "target"),
            }
            for rule in maps(part(spec, "supervision").get("intervene_on"))
            if first(rule, "condition", "id")
        ],
        "shared_memory": stores(spec.get("shared_memory")),
        "merge": word(merge) or first(part({"merge": merge}, "merge"), "strategy"),
        "router": first(routing, "primary"),
        "fallback_chain": words(chain) if chain else [],
    }


def smart_router(spec: Settings, raw: Settings) -> dict[str, Any]:
    """Rules by priority, the model behind them, the chain behind that, and the policies."""
    del raw
    rules = [*maps(spec.get("rules")), *maps(spec.get("routes"))]
    llm = part(spec, "llm_routing")
    policies = part(spec, "policies")
    retry, breaker = part(policies, "retry"), part(policies, "circuit_breaker")
    timeout = part(policies, "timeout")
    trials = part(spec, "ab_testing")
    context = part(spec, "context_routing")
    chain = spec.get("fallback_chain")
    return {
        "rules": [
            {
                "id": first(rule, "id", "route"),
                "condition": first(rule, "condition"),
                "route": first(rule, "route", "target", "value"),
                "priority": number(rule.get("priority")),
            }
            for rule in sorted(rules, key=priority)
            if first(rule, "id", "route")
        ],
        "llm": {
            "model": first(llm, "model"),
            "threshold": number(llm.get("confidence_threshold")),
            "routes": [
                {"label": first(route, "id"), "target": first(route, "value", "route", "target")}
                for route in maps(llm.get("routes"))
            ],
        }
        if switched_on(llm)
        else None,
        "fallback_chain": words(chain) if chain else [],
        "retry": number(retry.get("max_attempts")) if switched_on(retry) else None,
        "timeout": {
            "per_route": number(timeout.get("per_route")),
            "total": number(timeout.get("total")),
        },
        "breaker": {
            "failure_threshold": number(breaker.get("failure_threshold")),
            "recovery_time": number(breaker.get("recovery_time")),
        }
        if switched_on(breaker)
        else None,
        "experiments": [
            {
                "name": first(trial, "name", "id"),
                "route": first(trial, "route"),
                "percentage": number(trial.get("percentage")),
                "original": first(trial, "original_route"),
            }
            for trial in maps(trials.get("experiments"))
        ]
        if switched_on(trials)
        else [],
        "context": [
            {
                "condition": first(rule, "condition"),
                "route": first(rule, "route"),
                "reason": first(rule, "reason"),
            }
            for rule in maps(context.get("rules"))
        ]
        if switched_on(context)
        else [],
    }


def handoff(spec: Settings, raw: Settings) -> dict[str, Any]:
    """Who takes over, how much they are told, and what happens afterwards."""
    del raw
    done, failed = part(spec, "on_complete"), part(spec, "on_failure")
    return {
        "mode": word(spec.get("mode")),
        "source": flow_key(spec.get("source")),
        "target": flow_key(spec.get("target")),
        "token_budget": number(part(spec, "context_transfer").get("max_context_tokens")),
        "timeout": number(failed.get("timeout")),
        "on_complete": {
            "return_to": first(done, "return_to"),
            "merge": first(done, "merge_strategy"),
        },
        "on_failure": {"action": first(failed, "action"), "fallback": first(failed, "fallback")},
        "notifies": spec.get("notify_customer") is True,
    }


def agent_group(spec: Settings, raw: Settings) -> dict[str, Any]:
    """Who belongs together, what they share, how they keep out of each other's way."""
    del raw
    ways = part(spec, "coordination")
    many = part(ways, "concurrency").get("max_active_agents", ways.get("max_active_agents"))
    metrics = spec.get("metrics")
    tracked = metrics.get("track") if isinstance(metrics, dict) else metrics
    return {
        "name": word(spec.get("name")),
        "members": [
            {"flow": flow_key(member) or first(member, "id"), "role": first(member, "role")}
            for member in maps(spec.get("members"))
            if flow_key(member) or first(member, "id")
        ],
        "shared_memory": stores(spec.get("shared_memory")),
        "coordination": {
            "communication": first(ways, "communication"),
            "max_active": number(many),
            "selection": first(part(ways, "selection"), "strategy")
            or first(ways, "selection_strategy"),
        },
        "metrics": words(tracked) if tracked else [],
    }
