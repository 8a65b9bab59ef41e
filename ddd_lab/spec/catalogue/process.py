"""Process: a step of work that the flow does itself."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import NEXT, RARE_FAILURE, NodeType, SpecModel
from ddd_lab.spec.catalogue._fields import setting, words
from ddd_lab.spec.lenient import first


class ProcessSpec(SpecModel):
    """What is done (guide: operation, inputs, outputs; later format: action)."""

    operation: str | None = setting("What the step does, as a function name.")
    action: str | None = setting("What the step does, in a few words.", same_as="operation")
    description: str | None = setting("What happens here, in full sentences.")
    service: str | None = setting("The service or function that does it.")
    category: str | None = words(
        "Kind of work.",
        *("security", "transform", "integration", "business_logic", "infrastructure"),
    )
    inputs: dict[str, Any] | list[Any] | None = setting("Names with data paths, or names alone.")
    outputs: dict[str, Any] | list[Any] | None = setting("Names with data paths, or names alone.")


TYPES = (
    NodeType(
        type="process",
        category="flow",
        icon="▭",
        help="A step of work that the flow does itself.",
        spec=ProcessSpec,
        outputs=(NEXT, RARE_FAILURE),
        summary=lambda spec: first(spec, "operation", "action", "description"),
        new={"operation": "", "description": ""},
        required=(("operation", "action", "description"),),
        aliases=("manual",),
    ),
)
