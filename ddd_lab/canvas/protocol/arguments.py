"""Arguments that several operations take, validated: what the browser sends is not trusted.

What only one operation takes stands beside it.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictFloat, StrictInt

from ddd_lab.canvas.protocol.json_safe import validate_json
from ddd_lab.spec.edit.data import SAME


def _sound(value: Any) -> Any:
    if why := validate_json(value):
        raise ValueError(why)
    return value


Text = Annotated[str, Field(max_length=100_000), AfterValidator(_sound)]
Pixels = Annotated[StrictInt | StrictFloat, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
Step = Annotated[str, AfterValidator(_sound)] | Annotated[StrictInt, Field(ge=0)]
Steps = Annotated[list[Step], Field(min_length=1, max_length=50)]
Ids = Annotated[list[Text], Field(max_length=100_000)]


class Arguments(BaseModel):
    """Base of all arguments; no argument at all by itself."""

    model_config = ConfigDict(extra="forbid", strict=True)


class At(Arguments):
    """A place."""

    at: Text


class CardId(Arguments):
    """A card; the empty id is the flow of the sheet itself."""

    id: Text


class Setting(Arguments):
    """A path inside a card's data, and what to set there."""

    id: Text
    path: Steps
    value: Annotated[Any, AfterValidator(_sound)]


class Unsetting(Arguments):
    """A path inside a card's data."""

    id: Text
    path: Steps


class ItemMove(Arguments):
    """A list item inside a card's or line's data, and the index that it is to have."""

    id: Text
    path: Steps
    to: Annotated[StrictInt, Field(ge=0)]


class KeyName(Arguments):
    """A key of a map inside a card's or line's data, its new name, and its new value if any."""

    id: Text
    path: Steps
    to: Annotated[Text, Field(min_length=1)]
    value: Annotated[Any, AfterValidator(_sound)] = None

    @property
    def new_value(self) -> Any:
        """The value that it gets; nothing (null) may be one."""
        return self.value if "value" in self.model_fields_set else SAME
