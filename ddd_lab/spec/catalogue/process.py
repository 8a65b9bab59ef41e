"""Process: a step of work that the flow does itself."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ._base import NEXT, NodeType, SpecModel, text


class ProcessSpec(SpecModel):
    """Settings of a process node (guide: operation, inputs, outputs; later format: action)."""

    operation: str | None = Field(None, description="What the step does, as a function name.")
    action: str | None = Field(None, description="What the step does, in a few words.")
    description: str | None = Field(None, description="What happens here, in full sentences.")
    service: str | None = Field(None, description="The service or function that does it.")
    category: str | None = Field(
        None, description="security, transform, integration, business_logic or infrastructure."
    )
    inputs: dict[str, Any] | list[Any] | None = Field(
        None, description="Name to data path ($.email), or a list of names."
    )
    outputs: dict[str, Any] | list[Any] | None = Field(
        None, description="Name to data path, or a list of names."
    )


TYPES = (
    NodeType(
        type="process",
        title="Process",
        category="flow",
        icon="▭",
        help="A step of work that the flow does itself.",
        spec=ProcessSpec,
        outputs=(NEXT,),
        summary=lambda spec: text(
            spec.get("operation") or spec.get("action") or spec.get("description")
        ),
        new={"operation": "", "description": ""},
        required=(("operation", "action", "description"),),
    ),
)
