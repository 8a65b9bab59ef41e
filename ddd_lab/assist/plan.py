"""Which models to ask for a task, in which order, and why: a pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ddd_lab.assist import leaves
from ddd_lab.assist.budget import Budget, Expected
from ddd_lab.assist.default_models import ACTIVE
from ddd_lab.assist.health import UNCHECKED, Health
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.providers.corrections import profile_of
from ddd_lab.assist.registry import Registry, is_free, is_local, sends_key_elsewhere


@dataclass(frozen=True)
class Attempt:
    """One model that may be asked.

    Attributes:
        entry: the model.
        why: in words for a person: "your choice", "routed for review_flow", "fallback after …".
        expected: tokens and price that it will take.
        skip: why it is passed over; empty where it is not.
        needs: what a person must allow first, with the reason, by its name in `leaves`.
    """

    entry: ModelEntry
    why: str
    expected: Expected
    skip: str = ""
    needs: tuple[tuple[str, str], ...] = ()

    @property
    def model(self) -> str:
        """The model's id."""
        return self.entry.id


def plan(
    task: str,
    registry: Registry,
    expected: Callable[[ModelEntry], Expected],
    *,
    override: str = "",
    budget: Budget | None = None,
    health: Callable[[ModelEntry], Health] = lambda _: UNCHECKED,
) -> list[Attempt]:
    """The models to ask for a task, the first one first.

    Args:
        task: such as ``review_flow``; one that is not routed goes to the active model.
        registry: the models of the project.
        expected: what a model will take.
        override: id of the model that a person picked for this one answer.
        budget: what may still be spent; without limit if left out.
        health: what is known of a model.

    Returns:
        The chosen model, then the fallback chain without it. A model that a person picked is never
        passed over; others are where they cannot be asked.
    """
    first = choice(task, registry, override)
    if first is None:
        return []
    chosen, why = first.entry, first.why
    chain = [registry.models[id] for id in registry.fallback if id in registry.models]
    attempts: list[Attempt] = []
    for entry in [chosen, *(entry for entry in chain if entry.id != chosen.id)]:
        if attempts:
            why = f"fallback after {', '.join(map(_before, attempts))}"
        takes = expected(entry)
        picked = bool(override) and entry is chosen
        skip = "" if picked else _skip(entry, health(entry), takes)
        needs = tuple(_needs(first, entry, budget or Budget(), takes))
        attempts.append(Attempt(entry, why, takes, skip, needs))
    return attempts


class Choice(NamedTuple):
    """The model for a task.

    Attributes:
        entry: the model.
        why: in words.
        instead_of: id of the model that was meant, and is not registered; empty otherwise.
    """

    entry: ModelEntry
    why: str
    instead_of: str = ""


def choice(task: str, registry: Registry, override: str = "") -> Choice | None:
    """The model for a task: the one picked for it, or routed, or active; None without models.

    One that is not registered is replaced by the first that is.
    """
    id, why = override, "your choice"
    if not id:
        id, why = registry.routing.get(task, ACTIVE), f"routed for {task}"
        if id == ACTIVE:
            id, why = registry.active, "the active model"
    entry = registry.models.get(id)
    if entry is not None:
        return Choice(entry, why)
    entry = next(iter(registry.models.values()), None)
    if entry is None:
        return None
    return Choice(entry, f"the first model, since {id} is not registered", id)


def context_of(entry: ModelEntry) -> int | None:
    """The most tokens that a model takes; None where that is not known."""
    return profile_of(entry).context


def _skip(entry: ModelEntry, health: Health, takes: Expected) -> str:
    """Why a model is passed over; empty where it is not."""
    if not health.usable:
        return f"{health.state}: {health.words}"
    context = context_of(entry)
    if context is not None and takes.input.count > context:
        return f"too long: {takes.input.count:,} tokens, of which it takes {context:,}"
    return ""


def _before(attempt: Attempt) -> str:
    return f"{attempt.entry.name} ({attempt.skip})" if attempt.skip else attempt.entry.name


def _needs(
    first: Choice, entry: ModelEntry, budget: Budget, takes: Expected
) -> Iterator[tuple[str, str]]:
    chosen, name = first.entry, entry.name
    if not is_local(entry) and (first.instead_of or is_local(chosen)):
        before = f"{chosen.name} runs on this machine"
        if first.instead_of:
            before = f"{first.instead_of} is not registered"
        yield (
            leaves.CLOUD,
            f"{before}. {name} does not run on this machine: what you ask would leave it",
        )
    if is_free(chosen) and not is_free(entry):
        costs = "costs money" if entry.price is not None else "may cost money"
        yield leaves.PAID, f"{chosen.name} is free, {name} {costs}"
    over = budget.check(entry, takes)
    if over:
        yield leaves.LIMIT, f"{name}: {over}"
    if sends_key_elsewhere(entry):
        where = entry.base_url or "its vendor"
        key = f", with the key in {entry.api_key_env}" if entry.api_key_env else ""
        yield (
            leaves.server_leave(entry),
            f"this project's settings send what you ask to {where}{key}",
        )
