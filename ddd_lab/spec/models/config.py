"""The environment variables that the designed system reads."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field

from ddd_lab.spec.models._read import (
    Entry,
    FileModel,
    Map,
    Misread,
    Text,
    entry,
    located,
    read_entries,
)
from ddd_lab.spec.models.base import Data


class ConfigVariable(Entry):
    """One environment variable.

    Attributes:
        type: string, integer, boolean, array, float (or number).
        required: whether the system refuses to start without it.
        sensitive: whether its value is a secret.
        format: pattern of the value with ``{parts}``.
        generation: shell command that makes a value.
    """

    name: Text = ""
    type: Text = ""
    required: bool = False
    description: Text = ""
    example: Any = None
    default: Any = None
    sensitive: bool = False
    multiline: bool = False
    format: Text = ""
    enum: tuple[Any, ...] = ()
    min: float | None = None
    max: float | None = None
    min_length: int | None = None
    generation: Text = ""


class ConfigModel(FileModel):
    """What ``specs/config.yaml`` says, in any of its four shapes.

    Attributes:
        variables: required ones first, then optional ones, then those of the flat shapes.
        validation: rules over the variables, as written.
    """

    version: Text = ""
    variables: tuple[ConfigVariable, ...] = ()
    validation: Map = Field(default_factory=dict)

    @classmethod
    def read(cls, data: Data) -> tuple[Self, list[Misread]]:
        """Read the file's data, with or without the root key ``config``."""
        read, inner, at, issues = cls.read_root(data, "config", apart=_GROUPS)
        variables = []
        for key, required in _GROUPS.items():
            for item, path in read_entries(inner, at, key, issues):
                fields = dict(item)
                if "value" in fields and "default" not in fields:
                    fields["default"] = fields.pop("value")
                fields.setdefault("required", required)
                if not isinstance(fields.get("enum"), list):
                    fields.pop("enum", None)
                variables.append(entry(ConfigVariable, fields, path, issues))
        return read.model_copy(update={"variables": tuple(variables)}), located(issues, data)

    def variable(self, name: str) -> ConfigVariable | None:
        """The variable of that name, or None."""
        return next((variable for variable in self.variables if variable.name == name), None)


_GROUPS = {"required": True, "optional": False, "variables": False, "environment_variables": False}
