"""Arguments that several operations take, validated: what the browser sends is not trusted.

What only one operation takes stands beside it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictFloat, StrictInt

from ddd_lab.canvas.protocol.json_safe import validate_json
from ddd_lab.spec.edit.data import SAME
from ddd_lab.spec.models.base import Data


def _sound(value: Data) -> Data:
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


class Unsetting(Arguments):
    """A path inside the data of a card or an edge."""

    id: Text
    path: Steps


class Setting(Unsetting):
    """A path inside the data of a card or an edge, and what to set there."""

    value: Annotated[Data, AfterValidator(_sound)]


class ItemMove(Unsetting):
    """A list item inside the data of a card or an edge, and the index that it is to have."""

    to: Annotated[StrictInt, Field(ge=0)]


class KeyName(Unsetting):
    """A key of a map in the data of a card or an edge, its new name, and its new value if any."""

    to: Annotated[Text, Field(min_length=1)]
    value: Annotated[Data, AfterValidator(_sound)] = None

    @property
    def new_value(self) -> Data:
        """The value that it gets; nothing (null) may be one."""
        return self.value if "value" in self.model_fields_set else SAME
