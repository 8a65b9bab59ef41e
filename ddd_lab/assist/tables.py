"""The models of a project, and what they took, as tables: text in a shell, HTML in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

from ddd_lab.assist.budget import Budget, dollars
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.health import Health
from ddd_lab.assist.leaves import leave_words, remembered
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.plan import choice
from ddd_lab.assist.prices import Price
from ddd_lab.assist.registry import Registry
from ddd_lab.assist.usage import BrokenUsageError, UsageBook
from ddd_lab.assist.usage_data import Period, UsageData
from ddd_lab.plurals import plural
from ddd_lab.tables import aligned, html_table
from ddd_lab.visible import one_line


@dataclass(frozen=True)
class ModelRow:
    """One model of a project.

    Attributes:
        entry: the model.
        health: how it stands.
        active: whether people talk to it where nothing else is said.
        tasks: for which it is asked first.
        fallback: its place in the fallback chain, from 1; 0 where it is not in it.
    """

    entry: ModelEntry
    health: Health
    active: bool
    tasks: tuple[str, ...]
    fallback: int

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        entry, price = self.entry, self.entry.price
        return {
            "id": entry.id,
            "label": entry.name,
            "provider": entry.provider,
            "model_id": entry.model_id,
            "tier": entry.tier,
            "price": None if price is None else _price_data(price),
            "state": str(self.health.state),
            "words": self.health.words,
            "active": self.active,
            "tasks": list(self.tasks),
            "fallback": self.fallback,
        }


@dataclass(frozen=True)
class ModelTable:
    """The models of a project, by provider.

    Attributes:
        rows: the models.
        allowed: what a person allowed them to do here, in words.
    """

    rows: tuple[ModelRow, ...]
    allowed: tuple[str, ...] = ()

    @classmethod
    def of(cls, client: ModelClient, *, look: bool = True) -> ModelTable:
        """The models of a client's project.

        Args:
            client: that asks them.
            look: ask the servers whether they answer; costs nothing.
        """
        registry, health = client.registry, client.health(look=look)
        rows = [
            ModelRow(
                entry,
                health[entry.id],
                entry.id == registry.active,
                tuple(_tasks(registry, entry)),
                registry.fallback.index(entry.id) + 1 if entry.id in registry.fallback else 0,
            )
            for entry in registry.models.values()
        ]
        providers = list(dict.fromkeys(row.entry.provider for row in rows))
        return cls(
            tuple(sorted(rows, key=lambda row: providers.index(row.entry.provider))),
            tuple(map(leave_words, sorted(remembered(client.root)))),
        )

    def __str__(self) -> str:
        allowed = [f"You allowed {one_line(words, 0)}." for words in self.allowed]
        return "\n".join([*(line for row in self.rows for line in _model_lines(row)), *allowed])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = ("state", "model", "provider", "in / out, a million tokens", "as of", "first for")
        rows = (
            (
                f"{_dot(row.health)} {_state(row.health)}",
                row.entry.name + (" (active)" if row.active else ""),
                f"{row.entry.provider}: {row.entry.model_id}",
                *_price_cells(row.entry.price),
                ", ".join(row.tasks),
            )
            for row in self.rows
        )
        allowed = "".join(f"<p>You allowed {escape(one_line(w, 0))}.</p>" for w in self.allowed)
        return f"{html_table(head, rows)}{allowed}"


@dataclass(frozen=True)
class UsageTable:
    """What the answers of a project took."""

    data: UsageData
    budget: Budget
    trouble: str = ""

    @classmethod
    def of(cls, root: Path) -> UsageTable:
        """What was counted of a project."""
        costs, book = Registry.of(root).costs, UsageBook(root)
        try:
            data, trouble = book.read(costs), ""
        except BrokenUsageError as error:
            data, trouble = UsageData(), str(error)
        return cls(data, book.budget(costs), trouble)

    @property
    def period(self) -> Period:
        """The period of today."""
        return self.data.current_period or Period()

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        costs = self.budget.costs
        return {
            **self.data.model_dump(include={"current_period", "history"}),
            "budget_warning": float(costs.budget_warning),
            "budget_limit": float(costs.budget_limit),
            "state": self.budget.state,
            "trouble": self.trouble,
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    __repr__ = __str__

    def _lines(self) -> Iterator[str]:
        if self.trouble:
            yield f"What was counted cannot be read: {self.trouble}"
        yield self._head()
        for title, rows in (("By model:", self._models()), ("By task:", self._tasks())):
            if rows:
                yield title
                yield from (f"  {line}" for line in aligned(rows))
        if self.data.history:
            yield "Before:"
            yield from (
                f"  {past.period}  {dollars(past.total_cost)}  "
                f"{plural(past.requests, 'answer')}{_apart(past.unknown_price)}"
                for past in reversed(self.data.history)
            )

    def _repr_html_(self) -> str:
        trouble = f"<p>{escape(one_line(self.trouble))}</p>" if self.trouble else ""
        tables = (
            html_table(("model", "answers", "tokens in", "tokens out", "cost"), self._models()),
            html_table(("task", "answers", "cost"), self._tasks()),
        )
        return f"{trouble}<p>{escape(self._head())}</p>{''.join(tables)}"

    def _head(self) -> str:
        period, state = self.period, self.budget.state
        words = {
            "fine": "",
            "warning": " The warning is reached.",
            "reached": " The limit is reached.",
        }
        days = f"{period.start} to {period.end}: " if period.start else ""
        return f"{days}{self.budget.words}.{words[state]}"

    def _models(self) -> list[Sequence[str]]:
        return [
            (
                id,
                plural(used.requests, "answer"),
                f"{used.input_tokens + used.cache_read_tokens + used.cache_write_tokens:,} in",
                f"{used.output_tokens:,} out",
                f"{dollars(used.cost)}{_apart(used.unknown_price)}",
            )
            for id, used in self.period.by_model.items()
        ]

    def _tasks(self) -> list[Sequence[str]]:
        return [
            (
                task,
                plural(used.requests, "answer"),
                f"{dollars(used.cost)}{_apart(used.unknown_price)}",
            )
            for task, used in self.period.by_task.items()
        ]


def price_words(price: Price | None) -> str:
    """A price as people read it: dollars for a million tokens, and the day that it is of."""
    if price is None:
        return "price unknown"
    if price.free:
        return "free"
    as_of = f" ({price.as_of})" if price.as_of else ""
    return f"{dollars(price.input)} in, {dollars(price.output)} out per million tokens{as_of}"


def _price_cells(price: Price | None) -> tuple[str, str]:
    if price is None or price.free:
        return ("unknown" if price is None else "free"), ""
    return f"{dollars(price.input)} / {dollars(price.output)}", price.as_of


def _price_data(price: Price) -> dict[str, Any]:
    plain = price.model_dump(exclude_none=True)
    return {key: float(item) if isinstance(item, Decimal) else item for key, item in plain.items()}


def _tasks(registry: Registry, entry: ModelEntry) -> Iterator[str]:
    for task in registry.routing:
        first = choice(task, registry)
        if first is not None and first.entry is entry:
            yield task


def _dot(health: Health) -> str:
    return "●" if health.state == "ready" else "○"


def _state(health: Health) -> str:
    return f"{health.state}: {health.words}" if health.words else str(health.state)


def _model_lines(row: ModelRow) -> Iterator[str]:
    entry = row.entry
    active = ", active" if row.active else ""
    yield one_line(
        f"{_dot(row.health)} {entry.name} ({entry.id}{active}): {entry.provider} {entry.model_id}; "
        f"{price_words(entry.price)}; {row.health.state}",
        0,
    )
    if row.health.words:
        yield f"    {one_line(row.health.words, 0)}"
    if row.tasks:
        yield f"    first for: {one_line(', '.join(row.tasks), 0)}"


def _apart(unknown: int) -> str:
    return f" and {plural(unknown, 'answer')} of unknown price" if unknown else ""
