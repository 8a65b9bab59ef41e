"""What an edit of a node refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ddd_lab.spec.catalogue import NodeType, SpecModel
from ddd_lab.spec.models.base import EditError as EditError  # noqa: PLC0414 - people know it from here
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.plain_data import word

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:-]*")


def check_new_id(flow: FlowData, id: str) -> None:
    """Refuse an id that is taken or that other tools would trip over."""
    if not _ID.fullmatch(word(id, "an id")):
        raise EditError(
            f"{id!r} cannot be an id: use letters, digits, _ and -, starting with a letter or digit"
        )
    if id in flow.by_id:
        raise EditError(f"there is already a node {id!r} in flow {flow.id!r}; choose another id")


def refuse_bad_spec(
    kind: NodeType, spec: Mapping[str, Any], before: Mapping[str, Any], id: str
) -> None:
    """Refuse settings of the wrong type, but not those that were wrong already."""
    refuse_bad_values(kind.spec, spec, before, repr(id))


def refuse_bad_values(
    model: type[SpecModel], values: Mapping[str, Any], before: Mapping[str, Any], owner: str
) -> None:
    """Refuse values of the wrong type, but not those that were wrong already."""
    new = value_errors(model, values)
    old = value_errors(model, before) if new and before else {}
    for field, reason in new.items():
        if field not in old:
            raise EditError(f"{field} of {owner}: {reason}")


def value_errors(model: type[SpecModel], values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with values, by their key."""
    try:
        model.model_validate(values)
    except ValidationError as error:
        errors: dict[str, str] = {}
        for item in error.errors(include_url=False):
            key = str(item["loc"][0]) if item["loc"] else "spec"
            reason = item["msg"].removeprefix("Value error, ")
            errors.setdefault(key, f"{reason}, got {_shown(item['input'])}")
        return errors
    return {}


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "..."
