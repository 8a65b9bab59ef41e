"""What a flow's file says at its top: its name, and the blocks that its nodes refer to."""

from __future__ import annotations

from ddd_lab.spec.catalogue import SpecModel
from ddd_lab.spec.catalogue._fields import setting
from ddd_lab.spec.catalogue.agent_group import AgentGroupSpec, GroupGuardrails
from ddd_lab.spec.catalogue.agent_loop import AgentConfig
from ddd_lab.spec.catalogue.guardrail import Check
from ddd_lab.spec.catalogue.tool import Memory, Tool


class FlowHeader(SpecModel):
    """What people call a flow, and what it is for."""

    name: str = setting("What people call the flow.")
    description: str | None = setting("What the flow is for.")


class AgentFlowHeader(FlowHeader):
    """The same of an agent flow, with what its agents are told, use, remember and must not do."""

    agent_config: AgentConfig | None = setting(
        "Which model works, on what, and for how long.", title="Agent settings"
    )
    tools: list[Tool | str] | dict[str, Tool | str] | None = setting("What agents can use.")
    memory: list[Memory] | dict[str, Memory] | None = setting("What agents remember.")
    guardrails: GroupGuardrails | list[Check | str] | None = setting(
        "What is checked before and after the agents."
    )
    agent_group: AgentGroupSpec | None = setting("Agents that work together.")


def flow_header(*, is_agent: bool) -> type[FlowHeader]:
    """The model of what a flow of this kind says at the top of its file."""
    return AgentFlowHeader if is_agent else FlowHeader
