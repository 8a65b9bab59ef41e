"""Three questions that fit what is on the screen."""

from __future__ import annotations

from ddd_lab.plurals import plural
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench

_SHORT = 40
"""Letters of a name in a question."""
_FEW = 3
"""Nodes up to which a flow has only begun."""


def suggested_questions(workbench: Workbench, at: str) -> list[str]:
    """Questions about a place, as it is now."""
    flow = workbench.design.flows.get(at)
    if flow is not None:
        return _about_flow(workbench, at, flow)
    return _about_domain(workbench, at) if at else _about_system(workbench)


def _about_flow(workbench: Workbench, at: str, flow: FlowData) -> list[str]:
    name = _name(flow.name or at.rpartition("/")[2])
    if len(flow.nodes) <= _FEW:
        return [
            f"Draft the steps of {name}",
            f"What could go wrong in {name}?",
            f"Which events should {name} publish?",
        ]
    problems = workbench.flow_problems(at)
    first = (
        f"How do I fix the {plural(len(problems), 'problem')} of {name}?"
        if problems
        else f"Explain what {name} does"
    )
    return [
        first,
        f"Review {name} for missing error paths",
        f"Which test cases does {name} need?",
    ]


def _about_domain(workbench: Workbench, at: str) -> list[str]:
    domain = workbench.design.domains.get(at)
    name = _name((domain.name if domain else "") or at)
    return [
        f"Which flows does {name} still need?",
        f"Which events should {name} publish?",
        f"Review the flows of {name}",
    ]


def _about_system(workbench: Workbench) -> list[str]:
    if not workbench.design.domains:
        return [
            "Which domains would an online shop have?",
            "Draft a design for a library with loans and reminders",
            "How do I begin with a design?",
        ]
    return [
        "Review the architecture of this system",
        "Which domain is missing?",
        "Which events would make the domains depend less on each other?",
    ]


def _name(name: str) -> str:
    return one_line(name, _SHORT)
