"""A model of the registry: whom to ask, with what, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator

from ddd_lab.assist.prices import Price
from ddd_lab.assist.providers.profiles import ModelProfile
from ddd_lab.spec.models.base import Frozen

ProviderKind = Literal["anthropic", "openai", "openai_compatible", "ollama"]
Tier = Literal["fast", "standard", "powerful"]

_PER_THOUSAND = {"cost_per_1k_input": "input", "cost_per_1k_output": "output"}


class ModelEntry(Frozen):
    """A model that a project may use, as ``llm.models`` in ``.ddd/config.yaml`` says it.

    Attributes:
        id: the project's name for it, the key in the file.
        provider: the wire format and the vendor's habits.
        model_id: the vendor's id.
        label: what people read; the id if not given.
        tier: what it is good for.
        api_key_env: name of the environment variable with the key; empty where none is needed.
        base_url: of the server; empty for the vendor's own.
        max_tokens: the most tokens of an answer.
        temperature: 0 to 2; None leaves it to the model.
        effort: such as low, medium or high; None leaves it to the model.
        price: None where it is unknown. ``cost_per_1k_input`` and ``cost_per_1k_output`` (dollars
            for a thousand tokens) are read as well.
        context: the most tokens that it takes; None where that is not known.
        profile: what differs from what is known of the model's family; only what is given counts.
    """

    model_config = ConfigDict(protected_namespaces=())

    id: str = Field(min_length=1)
    provider: ProviderKind
    model_id: str = Field(min_length=1)
    label: str = ""
    tier: Tier = "standard"
    api_key_env: str = ""
    base_url: str = ""
    max_tokens: int = Field(default=4096, gt=0)
    temperature: float | None = Field(default=None, ge=0, le=2)
    effort: str | None = None
    price: Price | None = None
    context: int | None = Field(default=None, gt=0)
    profile: ModelProfile = ModelProfile()

    @property
    def name(self) -> str:
        """What people read."""
        return self.label or self.id

    @model_validator(mode="before")
    @classmethod
    def _price_per_thousand(cls, values: Any) -> Any:
        if not isinstance(values, Mapping) or not _PER_THOUSAND.keys() & values.keys():
            return values
        rest = {key: value for key, value in values.items() if key not in _PER_THOUSAND}
        price = {
            new: _thousand_times(values[old]) for old, new in _PER_THOUSAND.items() if old in values
        }
        return {"price": price, **rest}


def _thousand_times(value: Any) -> Any:
    """A number as a price for a million; what is no number stays, to be refused by its model."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return Decimal(str(value)) * 1000
