"""What ``.ddd/memory/usage.yaml`` holds: tokens and cost per period, per model and task."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer

from ddd_lab.assist.counting import Correction
from ddd_lab.assist.replies import Usage
from ddd_lab.spec.models.base import Open

Count = Annotated[int, Field(ge=0)]
Cost = Annotated[
    Decimal,
    Field(ge=0, allow_inf_nan=False),
    PlainSerializer(lambda cost: float(round(cost, 12)), return_type=float),
]


class TaskUsage(Open):
    """What one kind of question took.

    Attributes:
        requests: answers that were counted.
        cost: US dollars.
        unknown_price: answers whose price is unknown; they add nothing to the cost.
    """

    requests: Count = 0
    cost: Cost = Decimal(0)
    unknown_price: Count = 0

    def add(self, usage: Usage, cost: Decimal | None) -> None:
        """Count an answer."""
        del usage
        self.requests += 1
        self.cost += cost or 0
        self.unknown_price += cost is None


class ModelUsage(TaskUsage):
    """What one model took.

    Attributes:
        input_tokens: read anew.
        cache_read_tokens: taken from the vendor's cache.
        cache_write_tokens: written into it.
        output_tokens: of the answers, thinking included.
    """

    input_tokens: Count = 0
    cache_read_tokens: Count = 0
    cache_write_tokens: Count = 0
    output_tokens: Count = 0

    def add(self, usage: Usage, cost: Decimal | None) -> None:
        """Count an answer."""
        super().add(usage, cost)
        self.input_tokens += usage.input
        self.cache_read_tokens += usage.cache_read
        self.cache_write_tokens += usage.cache_write
        self.output_tokens += usage.output


class Period(Open):
    """What a day, week or month took.

    Attributes:
        start: its first day, as ISO.
        end: its last day.
    """

    start: str = ""
    end: str = ""
    total_cost: Cost = Decimal(0)
    total_input_tokens: Count = 0
    total_cache_read_tokens: Count = 0
    total_cache_write_tokens: Count = 0
    total_output_tokens: Count = 0
    requests: Count = 0
    unknown_price: Count = 0
    by_model: dict[str, ModelUsage] = Field(default_factory=dict)
    by_task: dict[str, TaskUsage] = Field(default_factory=dict)

    @property
    def name(self) -> str:
        """How the history calls it."""
        return f"{self.start}/{self.end}"

    def add(self, model: str, task: str, usage: Usage, cost: Decimal | None) -> None:
        """Count an answer."""
        self.requests += 1
        self.total_cost += cost or 0
        self.unknown_price += cost is None
        self.total_input_tokens += usage.input
        self.total_cache_read_tokens += usage.cache_read
        self.total_cache_write_tokens += usage.cache_write
        self.total_output_tokens += usage.output
        self.by_model.setdefault(model, ModelUsage()).add(usage, cost)
        self.by_task.setdefault(task, TaskUsage()).add(usage, cost)


class PastPeriod(Open):
    """What is kept of a period that is over; ``period`` is ``start/end``."""

    period: str
    total_cost: Cost = Decimal(0)
    requests: Count = 0
    unknown_price: Count = 0


class Calibration(Open):
    """What replies of a model have taught about its tokens."""

    factor: Annotated[float, Field(ge=0.5, le=2)] = 1.0
    replies: Count = 0
    as_of: str = ""

    @property
    def correction(self) -> Correction:
        """As the counter takes it."""
        return Correction(self.factor, self.replies, self.as_of)


class UsageData(Open):
    """Everything that is counted of a project.

    Attributes:
        current_period: the one that answers are counted in; None before the first.
        history: those that are over, the last one last.
        calibration: by the vendor's id of the model.
    """

    current_period: Period | None = None
    history: list[PastPeriod] = Field(default_factory=list)
    calibration: dict[str, Calibration] = Field(default_factory=dict)

    def period(self, kind: Literal["daily", "weekly", "monthly"], today: date) -> Period:
        """The period of a day; one before it that is not over yet goes into the history."""
        start, end = period_of(kind, today)
        current = self.current_period
        if current is not None and (current.start, current.end) == (start, end):
            return current
        if current is not None and current.requests:
            self.history.append(
                PastPeriod(
                    period=current.name,
                    total_cost=current.total_cost,
                    requests=current.requests,
                    unknown_price=current.unknown_price,
                )
            )
        self.current_period = self._reopened(Period(start=start, end=end))
        return self.current_period

    def _reopened(self, period: Period) -> Period:
        """A period with what the history already has of it, after a change of its kind."""
        for past in [past for past in self.history if past.period == period.name]:
            self.history.remove(past)
            period.total_cost += past.total_cost
            period.requests += past.requests
            period.unknown_price += past.unknown_price
        return period


class UsageDocument(Open):
    """The whole file."""

    usage: UsageData = Field(default_factory=UsageData)


def period_of(kind: Literal["daily", "weekly", "monthly"], day: date) -> tuple[str, str]:
    """First and last day of a period, as ISO; weeks begin on Monday.

    >>> period_of("weekly", date(2026, 12, 1)), period_of("monthly", date(2028, 2, 5))
    (('2026-11-30', '2026-12-06'), ('2028-02-01', '2028-02-29'))
    """
    start = end = day
    if kind == "weekly":
        start = day - timedelta(days=day.weekday())
        end = start + timedelta(days=6)
    elif kind == "monthly":
        start = day.replace(day=1)
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return start.isoformat(), end.isoformat()


def without_nulls(value: Any) -> Any:
    """Data without the keys that say nothing (``history:``)."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return value
