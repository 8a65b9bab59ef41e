"""Sub-flow: a flow called by another."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import SUCCESS, NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import Callee
from ddd_lab.spec.catalogue._fields import setting
from ddd_lab.spec.lenient import first


class SubFlowSpec(SpecModel):
    """Which flow is called, and how data goes in and comes back."""

    flow_ref: str | None = setting("The flow: domain/flow.", suggest="flow")
    flow: str | None = setting(
        "The flow, as older files write it.", suggest="flow", same_as="flow_ref"
    )
    input_mapping: dict[str, Any] | None = setting("Its input to data path of this flow.")
    output_mapping: dict[str, Any] | None = setting("Name in this flow to data path of its result.")
    contract: dict[str, Any] | None = setting("Inputs and outputs that the called flow promises.")
    description: str | None = setting("What the flow is called for, in a sentence.")


TYPES = (
    NodeType(
        type="sub_flow",
        title="Sub-flow",
        category="flow",
        icon="▢",
        help="Calls another flow; double-click opens it.",
        spec=SubFlowSpec,
        outputs=(SUCCESS, Port("failure", handle="error", aliases=("fail", "failed"))),
        summary=lambda spec: first(spec, "flow_ref", "flow", "description"),
        new={"flow_ref": "", "input_mapping": {}, "output_mapping": {}},
        required=(("flow_ref", "flow"),),
        aliases=("subflow",),
        traits=("opens",),
        chart_shape="large",
        calls=(Callee("sub_flow", link="sub_flow"),),
    ),
)
