"""The two kinds of model that the whole house is built from, and the shape of plain data."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple, Self, TypeAlias

from pydantic import BaseModel, ConfigDict

from ddd_lab.visible import VisibleError

Data: TypeAlias = Any
"""Plain data as a YAML 1.2 core reader gives it: None, bool, int, float, str, list, dict with
string keys. Values inside a frozen model are shared between versions: never change one in place."""

Path: TypeAlias = tuple[str | int, ...]
"""Where a value lies inside plain data: map keys and list indices, outermost first."""


class EditError(VisibleError, ValueError):
    """An edit that cannot be made; the message says why and what would work."""


class Frozen(BaseModel):
    """A value that never changes; an edit makes a new one and shares what it left alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def of_checked(cls, **values: Any) -> Self:
        """One of values that are known to fit, in a quarter of the time of ``model_construct``."""
        model = cls.__new__(cls)
        put = object.__setattr__
        put(model, "__dict__", values)
        put(model, "__pydantic_fields_set__", _field_names(cls))
        put(model, "__pydantic_extra__", None)
        put(model, "__pydantic_private__", None)
        return model


@cache
def _field_names(model: type[BaseModel]) -> set[str]:
    """Shared by all values of a model, since nobody changes it."""
    return set(model.model_fields)


class Open(BaseModel):
    """A model of something in a file: known keys are typed, unknown keys are kept as they are."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


class Position(NamedTuple):
    """A place on a sheet, in pixels; x grows to the right, y downwards.

    Whole numbers stay whole: a file that says 100 must not come to say 100.0.
    """

    x: int | float
    y: int | float


def pixels(value: float) -> int | float:
    """A number of pixels as files write it: without a fraction where there is none."""
    return int(value) if float(value).is_integer() else round(float(value), 2)
