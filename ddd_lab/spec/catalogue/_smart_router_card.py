"""What the card of a smart router shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddd_lab.spec.catalogue import _card as card
from ddd_lab.spec.catalogue._facts import Settings
from ddd_lab.spec.lenient import maps, part


def content(spec: Settings, _raw: Settings) -> dict[str, Any]:
    """Rules by priority, the model behind them, the chain behind that, and the policies."""
    rules = [*maps(spec.get("rules")), *maps(spec.get("routes"))]
    llm = part(spec, "llm_routing")
    policies = part(spec, "policies")
    retry, breaker = part(policies, "retry"), part(policies, "circuit_breaker")
    trials = part(spec, "ab_testing")
    context = part(spec, "context_routing")
    chain = spec.get("fallback_chain")
    return {
        "rules": [
            {
                **card.texts_of(
                    rule,
                    id=("id", "route"),
                    condition="condition",
                    route=("route", "target", "value"),
                ),
                **card.amounts_of(rule, "priority"),
            }
            for rule in sorted(rules, key=card.by_priority)
            if card.first_line(rule, "id", "route")
        ],
        "llm": {
            "model": card.first_line(llm, "model"),
            "threshold": card.amount(llm.get("confidence_threshold")),
            "routes": card.entries_of(
                llm.get("routes"), label="id", target=("value", "route", "target")
            ),
        }
        if card.switched_on(llm)
        else None,
        "fallback_chain": card.lines(chain),
        "retry": card.amount(retry.get("max_attempts")) if card.switched_on(retry) else None,
        "timeout": card.amounts_of(part(policies, "timeout"), "per_route", "total"),
        "breaker": card.amounts_of(breaker, "failure_threshold", "recovery_time")
        if card.switched_on(breaker)
        else None,
        "experiments": [
            {
                **card.texts_of(
                    trial, name=("name", "id"), route="route", original="original_route"
                ),
                **card.amounts_of(trial, "percentage"),
            }
            for trial in maps(trials.get("experiments"))
        ]
        if card.switched_on(trials)
        else [],
        "context": card.entries_of(
            context.get("rules"), condition="condition", route="route", reason="reason"
        )
        if card.switched_on(context)
        else [],
    }


def _trial(trial: card.Content) -> str:
    share = "" if trial["percentage"] is None else f"{trial['percentage']} %"
    return " ".join(filter(None, (share, "to", trial["route"])))


def parts(content: card.Content) -> list[card.CardPart]:
    rules = (
        (
            card.ranked(rule["priority"]) + card.arrow(rule["id"], rule["route"])
            if rule["id"] != rule["route"]
            else card.ranked(rule["priority"]) + rule["id"],
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
        card.seconds(content["timeout"]["per_route"]),
    ]
    return [
        card.rows("rules", rules),
        card.text_part("else asks", card.then(llm["model"], sure) if llm else ""),
        card.text_part("falls back", card.arrow(*content["fallback_chain"])),
        card.chips("policies", marks),
    ]


def badges(content: card.Content) -> Iterator[card.Badge]:
    """A circuit breaker, and experiments with routes."""
    if breaker := content["breaker"]:
        failures = breaker["failure_threshold"]
        after = "" if failures is None else f" after {failures} failures"
        yield "breaker", "CB", f"a circuit breaker leaves a failing route alone{after}"
    if trials := content["experiments"]:
        shares = ", ".join(_trial(trial) for trial in trials if trial["percentage"] is not None)
        yield "experiment", "A/B", f"requests are split on trial{': ' if shares else ''}{shares}"
