"""Smart router: rules first, then a model, then a chain of fallbacks decide on a route."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._card import CardContent
from ddd_lab.spec.catalogue._facts import (
    FALLBACKS,
    Clash,
    EntryNeed,
    Need,
    Range,
    Settings,
    Target,
    ordered,
    when_on,
)
from ddd_lab.spec.catalogue._fields import (
    Amount,
    Flag,
    Names,
    Part,
    Retry,
    grouped,
    setting,
    summed,
    words,
)
from ddd_lab.spec.catalogue._smart_router_card import badges, content, parts
from ddd_lab.spec.catalogue._summary import count, joined
from ddd_lab.spec.lenient import entries, first, first_text, items, mapping, maps, named, part, text

ON_FAILURE = ("next_in_fallback_chain", "error")


class Rule(Part):
    """One rule: where a request goes that meets the condition."""

    model_config = summed("{priority} {id}", "{condition} → {route}")

    id: str | None = setting("Id of the rule.")
    condition: str | None = setting("Expression over data paths.", example="$.topic == 'billing'")
    route: str | None = setting("Agent, node or data path to go to.", suggest="node")
    priority: Amount | None = setting("Order of the rules, 0 first.")


class LlmRouting(Part):
    """What a model decides when no rule fits."""

    enabled: Flag | None = setting("Whether a model is asked.")
    model: str | None = setting("Id of the model.", suggest="model")
    routing_prompt: str | None = setting("What the model is told.")
    confidence_threshold: Amount | None = setting("Lowest confidence, from 0 to 1.", example="0.7")
    temperature: Amount | None = setting("From 0 (most predictable) to 1 (most varied).")
    routes: dict[str, str | dict[str, Any]] | list[Any] | None = setting("Label to target.")


class RouterRetry(Retry):
    """What to do when a route fails for the moment."""

    on_failure: str | None = words("What happens when all tries fail.", *ON_FAILURE)


class RouterTimeout(Part):
    """How long routes may take, in seconds."""

    per_route: Amount | None = setting("Time for one route.", unit="seconds")
    total: Amount | None = setting("Time for all of them.", unit="seconds")
    action: str | None = words("What happens then.", *ON_FAILURE)


class CircuitBreaker(Part):
    """When a failing route is left alone for a while."""

    enabled: Flag | None = setting("Whether it is on.")
    failure_threshold: Amount | None = setting("Failures in a row that open it.", unit="failures")
    recovery_time: Amount | None = setting(
        "How long until the route is tried again.", unit="seconds"
    )
    timeout_seconds: Amount | None = setting(
        "How long until the route is tried again (later).", unit="seconds", same_as="recovery_time"
    )
    half_open_requests: Amount | None = setting(
        "How many are let through on trial.", unit="requests"
    )
    on_open: str | None = words("What happens until then.", *ON_FAILURE)


class Policies(Part):
    """What happens when a route fails or takes too long."""

    retry: RouterRetry | None = setting("What to do when it fails for the moment.")
    timeout: RouterTimeout | Amount | None = setting("How long routes may take.")
    circuit_breaker: CircuitBreaker | None = setting("When a failing route is left alone.")


class Experiment(Part):
    """A share of the requests that takes another route on trial."""

    model_config = summed("{name}", "{percentage} % → {route}")

    name: str | None = setting("Name of the experiment.")
    route: str | None = setting("The route on trial.", suggest="node")
    percentage: Amount | None = setting("Share of the requests.", example="10", unit="%")
    original_route: str | None = setting("The route that the others take.", suggest="node")
    metrics: Names | None = setting("Metrics to compare.")


class AbTesting(Part):
    """Experiments with routes."""

    enabled: Flag | None = setting("Whether experiments run.")
    experiments: list[Experiment] | None = setting("The experiments.")


class ContextRule(Part):
    """One rule that looks at what happened before."""

    model_config = summed("{condition} → {route}", "{reason}")

    condition: str | None = setting("Expression over what happened.", example="$.visits > 3")
    route: str | None = setting("Agent or node that the request goes to.", suggest="node")
    reason: str | None = setting("Why, for people to read.")


class ContextRouting(Part):
    """Rules that look at what happened before."""

    enabled: Flag | None = setting("Whether they are looked at.")
    rules: list[ContextRule] | None = setting("The rules, in order.")


class SmartRouterSpec(SpecModel):
    """Rules, then a model, then fallbacks."""

    model_config = grouped(
        Rules=("rules", "routes", "context_routing"),
        Model=("llm_routing",),
        Fallback=("fallback_chain", "fallback_note"),
        Policies=("policies",),
        Experiments=("ab_testing",),
    )

    rules: list[Rule] | dict[str, Rule] | None = setting("Rules, by priority.")
    routes: list[Rule] | dict[str, Any] | None = setting("The same as rules, in some files.")
    llm_routing: LlmRouting | None = setting("What a model decides when no rule fits.")
    fallback_chain: Names | str | None = setting("Routes to try, in order.", suggest="node")
    fallback_note: str | None = setting("Why there is no fallback.")
    policies: Policies | None = setting("What happens when a route fails or takes too long.")
    ab_testing: AbTesting | None = setting("Experiments with routes.")
    context_routing: ContextRouting | None = setting("Rules that look at what happened before.")
    description: str | None = setting("What is routed where, in a sentence.")


def _outputs(spec: Settings) -> tuple[Port, ...]:
    """A port per route: the guide names it after its target, the later format after its rule."""
    ports: list[Port] = []
    for rule in (*maps(spec.get("rules")), *maps(spec.get("routes"))):
        id, route = first_text(rule, "id"), first_text(rule, "route", "target", "value")
        if id or route:
            ports.append(Port(route or id, handle=id or route, label=id or route))
    for label, target in _model_routes(part(spec, "llm_routing").get("routes")):
        ports.append(Port(target or label, handle=label, label=label))
    chain = spec.get("fallback_chain")
    listed = [first_text(item, "id") for item in maps(chain if isinstance(chain, list) else [])]
    names = {name for port in ports for name in port.names()}
    ports.extend(Port(name) for name in listed if name and name not in names)
    return (
        *_merged(ports),
        Port("fallback", aliases=("default",), shown="used"),
        Port("failure", handle="error", shown="used"),
    )


def _model_routes(value: object) -> list[tuple[str, str]]:
    routes = []
    for route in maps(value):
        label = first_text(route, "id", "label", "name", "route")
        if label:
            routes.append((label, first_text(route, "value", "target", "route", "connection")))
    return routes


def _merged(ports: list[Port]) -> list[Port]:
    """One port where several ways share both names; each other way keeps a port of its own."""
    merged: dict[tuple[str, str], Port] = {}
    for port in ports:
        merged.setdefault((port.name, port.handle), port)
    return list(merged.values())


def _summary(spec: Settings) -> str:
    model = part(spec, "llm_routing")
    asks = model.get("enabled") is True or ("enabled" not in model and bool(model))
    rules = count(spec.get("rules") or spec.get("routes"), "rule")
    return joined(rules, first(model, "model") if asks else "")


def _asks(spec: Settings) -> bool | None:
    """Whether a model is asked; None where nothing is said of one."""
    model = mapping(spec.get("llm_routing"))
    return model.get("enabled", True) is not False if model else None


def _rules_only(spec: Settings, outputs: frozenset[str]) -> bool:
    rules = [rule for _, rule, _ in entries(spec.get("rules") or spec.get("routes"))]
    unconditional = any(
        text(named(rule, "condition")).lower() in ("true", "default", "else", "otherwise")
        for rule in rules
    )
    return (
        bool(rules)
        and not _asks(spec)
        and not unconditional
        and not outputs & {"fallback", "default", "failure", "error"}
        and not text(spec.get("fallback_note"))
    )


def _no_model(spec: Settings, _: frozenset[str]) -> bool:
    return "rules" in spec and not _asks(spec)


def _experiment_clashes(spec: Settings) -> Iterator[Clash]:
    path = ("ab_testing", "experiments")
    for index, experiment in enumerate(items(named(spec, *path))):
        route = text(mapping(experiment).get("route"))
        if route and route == text(mapping(experiment).get("original_route")):
            yield Clash(
                (*path, index, "route"),
                f"The experiment compares “{route}” with itself. Choose another route.",
            )


TYPES = (
    NodeType(
        type="smart_router",
        category="orchestration",
        icon="❖",
        help="Routes requests by rules, then by a model, then along a chain of fallbacks.",
        spec=SmartRouterSpec,
        outputs=_outputs,
        summary=_summary,
        new={
            "rules": [],
            "llm_routing": {"enabled": False, "confidence_threshold": 0.7, "routes": {}},
            "fallback_chain": [],
            "policies": {
                "retry": {"max_attempts": 2, "on_failure": "next_in_fallback_chain"},
                "timeout": {"per_route": 30, "total": 120},
                "circuit_breaker": {"enabled": False, "failure_threshold": 3, "recovery_time": 60},
            },
        },
        required=(("rules", "routes", "llm_routing"),),
        size=(260, 96),
        ranges=(
            Range("llm_routing.confidence_threshold", 0, 1),
            Range("llm_routing.temperature", 0, 2),
            Range("ab_testing.experiments.*.percentage", 0, 100, "percent"),
            Range("policies.circuit_breaker.failure_threshold", 1, unit="failures"),
            Range("policies.circuit_breaker.recovery_time", 1, unit="seconds"),
            Range("policies.circuit_breaker.timeout_seconds", 1, unit="seconds"),
            Range("policies.circuit_breaker.half_open_requests", 1, unit="requests"),
            Range("policies.retry.max_attempts", 0, 100, "attempts"),
            Range("policies.timeout.per_route", 1, unit="seconds"),
            Range("policies.timeout.total", 1, unit="seconds"),
        ),
        required_when=(
            Need(("rules", "routes"), _no_model, "no model chooses the route"),
            Need(
                ("llm_routing.model",),
                when_on("llm_routing.enabled"),
                "the model chooses the route",
            ),
            Need(
                ("llm_routing.routes",),
                when_on("llm_routing.enabled"),
                "the model chooses between the routes",
            ),
            Need(("fallback_chain",), _rules_only, "some requests may match no rule"),
            Need(
                ("policies.circuit_breaker.failure_threshold",),
                when_on("policies.circuit_breaker.enabled"),
                "the circuit breaker is on",
            ),
            Need(
                ("ab_testing.experiments",),
                when_on("ab_testing.enabled"),
                "experiments are switched on",
            ),
            Need(
                ("context_routing.rules",),
                when_on("context_routing.enabled"),
                "context routing is switched on",
            ),
        ),
        entries=(
            EntryNeed("rules", ("condition",), "rule"),
            EntryNeed("rules", ("route", "target", "id"), "rule"),
            EntryNeed("ab_testing.experiments", ("percentage",), "experiment"),
            EntryNeed("ab_testing.experiments", ("route",), "experiment"),
        ),
        distinct=("rules", "ab_testing.experiments"),
        clashes=(
            _experiment_clashes,
            ordered("policies.timeout.per_route", "policies.timeout.total"),
        ),
        traits=("answers", "at_work", "carries", "decides", "leads"),
        block=CardContent(
            content=content,
            parts=parts,
            badges=badges,
            order=("rules", "policies", "else asks", "falls back"),
        ),
        ends="led_on",
        targets=(
            Target("rules.*.route", "*", "route", "route"),
            Target("llm_routing.routes.*", "*", "route", "route"),
            Target("llm_routing.routes.*.route", "*", "route"),
            Target("llm_routing.routes.*.target", "*", "route"),
            *FALLBACKS,
            Target("ab_testing.experiments.*.route", names="agent", link="experiment"),
        ),
        team_rank=2,
    ),
)
