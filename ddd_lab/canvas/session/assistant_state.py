"""What there is to ask with, in words: models with prices and health, mode, and what was spent."""

from __future__ import annotations

from ddd_lab.assist.assistant import Assistant
from ddd_lab.assist.budget import Budget, dollars
from ddd_lab.assist.health import Health, HealthState
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.registry import Registry, is_free, is_local
from ddd_lab.canvas.protocol.assistant import AssistantMode, AssistantState, BudgetView, ModelView
from ddd_lab.visible import one_line

_PROVIDERS = {
    "anthropic": "Anthropic",
    "openai": "OpenAI",
    "openai_compatible": "Other servers",
    "ollama": "Ollama",
}
_PERIODS = {"daily": "today", "weekly": "this week", "monthly": "this month"}
_HEALTH = {HealthState.READY: "ready", HealthState.UNCHECKED: "unknown"}


def assistant_state(assistant: Assistant, mode: AssistantMode, trouble: str) -> AssistantState:
    """What there is to ask with.

    Args:
        assistant: that is asked.
        mode: how far it may go.
        trouble: what else is wrong; empty if nothing is.
    """
    client = assistant.client
    registry, health = client.registry, client.health()
    models = sorted(
        registry.models.values(), key=lambda entry: list(_PROVIDERS).index(entry.provider)
    )
    problems = [
        *(f"{problem.path}:{problem.line}: {problem.message}" for problem in registry.problems),
        client.usage.trouble,
        trouble,
    ]
    return AssistantState(
        models=[_model(entry, health[entry.id]) for entry in models],
        active=registry.active if registry.active in registry.models else "",
        missing=_missing(registry, health),
        mode=mode,
        budget=_budget(assistant, client.budget, health),
        problems=[one_line(problem) for problem in problems if problem],
    )


def _model(entry: ModelEntry, health: Health) -> ModelView:
    return ModelView.model_validate(
        {
            "id": entry.id,
            "label": one_line(entry.name),
            "group": _PROVIDERS[entry.provider],
            "price": price_words(entry),
            "free": is_free(entry),
            "health": _HEALTH.get(health.state, "unavailable"),
            "why": one_line(health.words),
        }
    )


def price_words(entry: ModelEntry) -> str:
    """What a million tokens of a model cost, in and out."""
    if entry.price is None:
        return "price unknown"
    if entry.price.free:
        return "free"
    return f"{dollars(entry.price.input)} in, {dollars(entry.price.output)} out"


def _missing(registry: Registry, health: dict[str, Health]) -> str:
    """What to set so that a model can be asked; empty where one may answer."""
    if any(one.usable for one in health.values()):
        return ""
    keys = dict.fromkeys(
        entry.api_key_env for entry in registry.models.values() if entry.api_key_env
    )
    ways = [f"set {' or '.join(keys)} in the environment and restart the kernel"] if keys else []
    if any(map(is_local, registry.models.values())):
        ways.append("start Ollama")
    else:
        ways.append("add a model of Ollama to llm.models in .ddd/config.yaml")
    return (
        f"No model can be asked yet. To ask one, {', or '.join(ways)}. "
        "Everything else works without."
    )


def _budget(assistant: Assistant, budget: Budget, health: dict[str, Health]) -> BudgetView:
    costs, session = budget.costs, assistant.client.usage.session
    models = assistant.client.registry.models
    free = [id for id, entry in models.items() if is_free(entry) and health[id].usable]
    return BudgetView(
        session=float(session.total_cost),
        period=float(budget.spent),
        unpriced=budget.unknown > 0,
        tokens=session.total_input_tokens + session.total_output_tokens,
        warning=float(costs.budget_warning) if costs.enabled else 0,
        limit=float(costs.budget_limit) if costs.enabled else 0,
        state="limit" if budget.state == "reached" else budget.state,
        name=_PERIODS[costs.reset_period],
        free=free[0] if free else "",
    )
