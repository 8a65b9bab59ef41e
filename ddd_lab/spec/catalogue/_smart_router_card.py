"""What the card of a smart router shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddd_lab.spec.catalogue._card import (
    Badge,
    CardPart,
    Content,
    amount,
    arrow,
    by_priority,
    chips,
    first_line,
    lines,
    ranked,
    rows,
    seconds,
    switched_on,
    text_part,
    then,
)
from ddd_lab.spec.catalogue._facts import Settings
from ddd_lab.spec.lenient import maps, part


def content(spec: Settings, _raw: Settings) -> dict[str, Any]:
    """Rules by priority, the model behind them, the chain behind that, and the policies."""
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
                "id": first_line(rule, "id", "route"),
                "condition": first_line(rule, "condition"),
                "route": first_line(rule, "route", "target", "value"),
                "priority": amount(rule.get("priority")),
            }
            for rule in sorted(rules, key=by_priority)
            if first_line(rule, "id", "route")
        ],
        "llm": {
            "model": first_line(llm, "model"),
            "threshold": amount(llm.get("confidence_threshold")),
            "routes": [
                {
                    "label": first_line(route, "id"),
                    "target": first_line(route, "value", "route", "target"),
                }
                for route in maps(llm.get("routes"))
            ],
        }
        if switched_on(llm)
        else None,
        "fallback_chain": lines(chain) if chain else [],
        "retry": amount(retry.get("max_attempts")) if switched_on(retry) else None,
        "timeout": {
            "per_route": amount(timeout.get("per_route")),
            "total": amount(timeout.get("total")),
        },
        "breaker": {
            "failure_threshold": amount(breaker.get("failure_threshold")),
            "recovery_time": amount(breaker.get("recovery_time")),
        }
        if switched_on(breaker)
        else None,
        "experiments": [
            {
                "name": first_line(trial, "name", "id"),
                "route": first_line(trial, "route"),
                "percentage": amount(trial.get("percentage")),
                "original": first_line(trial, "original_route"),
            }
            for trial in maps(trials.get("experiments"))
        ]
        if switched_on(trials)
        else [],
        "context": [
            {
                "condition": first_line(rule, "condition"),
                "route": first_line(rule, "route"),
                "reason": first_line(rule, "reason"),
            }
            for rule in maps(context.get("rules"))
        ]
        if switched_on(context)
        else [],
    }


def _trial(trial: Content) -> str:
    share = "" if trial["percentage"] is None else f"{trial['percentage']} %"
    return " ".join(filter(None, (share, "to", trial["route"])))


def parts(content: Content) -> list[CardPart]:
    rules = (
        (
            ranked(rule["priority"]) + arrow(rule["id"], rule["route"])
            if rule["id"] != rule["route"]
            else ranked(rule["priority"]) + rule["id"],
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
        seconds(content["timeout"]["per_route"]),
    ]
    return [
        rows("rules", rules),
        text_part("else asks", then(llm["model"], sure) if llm else ""),
        text_part("falls back", arrow(*content["fallback_chain"])),
        chips("policies", marks),
    ]


def badges(content: Content) -> Iterator[Badge]:
    """A circuit breaker, and experiments with routes."""
    if breaker := content["breaker"]:
        failures = breaker["failure_threshold"]
        after = "" if failures is None else f" after {failures} failures"
        yield "breaker", "CB", f"a circuit breaker leaves a failing route alone{after}"
    if trials := content["experiments"]:
        shares = ", ".join(_trial(trial) for trial in trials if trial["percentage"] is not None)
        yield "experiment", "A/B", f"requests are split on trial{': ' if shares else ''}{shares}"
