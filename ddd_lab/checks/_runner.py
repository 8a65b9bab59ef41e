"""Running the rules, each on its own, and keeping what they found while it still holds."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import Any

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import (
    RULE_FAILED,
    Rule,
    Violation,
    design_rules,
    flow_rules,
    link_rules,
)
from ddd_lab.gc_pause import gc_paused
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.problem import Place, UnlocatedProblem

_kept: dict[tuple[int, str], tuple[weakref.ref[FlowData], tuple[UnlocatedProblem, ...]]] = {}


def check(design: Design) -> list[UnlocatedProblem]:
    """Everything that is wrong with a design.

    Args:
        design: the design; it is only read.

    Returns:
        Findings of the flows in the design's order (in each: along its nodes), then those of
        other files by path. The same design always gives the same list. What was found in a flow
        that is still the same object is not worked out again.
    """
    with gc_paused():
        return _check(design)


def _check(design: Design) -> list[UnlocatedProblem]:
    world = DesignIndex(design)
    problems = [problem for key, flow in world.flows.items() for problem in alone(key, flow)]
    return ordered([*problems, *_together(world)], world)


def check_flow(key: str, flow: FlowData, design: Design | None = None) -> list[UnlocatedProblem]:
    """What is wrong with one flow.

    Args:
        key: ``domain/flow``, as the flow's file is called.
        design: the design that it stands in; without it, only what the flow itself tells is
            checked, and references to the rest are left alone.
    """
    with gc_paused():
        problems = list(alone(key, flow))
        view = FlowView(key, flow)
        if design is not None:
            problems += linked(view, DesignIndex(design))
        return sorted(problems, key=lambda problem: _within(view.index, problem))


def check_design(design: Design) -> list[UnlocatedProblem]:
    """What is wrong between flows, and in domains and shared files; no flow by itself."""
    with gc_paused():
        world = DesignIndex(design)
        return ordered(_together(world), world)


def _together(world: DesignIndex) -> list[UnlocatedProblem]:
    problems: list[UnlocatedProblem] = []
    for key, flow in world.flows.items():
        problems += linked(FlowView(key, flow), world)
    return [*problems, *between(world)]


def between(world: DesignIndex) -> list[UnlocatedProblem]:
    """Findings of the rules for domains, shared files and several flows at once."""
    return _found(design_rules(), Place(), world)


def alone(key: str, flow: FlowData) -> tuple[UnlocatedProblem, ...]:
    """Findings of the flow rules, kept for as long as the flow lives."""
    name = (id(flow), key)
    cached = _kept.get(name)
    if cached is not None and cached[0]() is flow:
        return cached[1]
    problems = tuple(_found(flow_rules(), Place(flow=key), FlowView(key, flow)))
    _kept[name] = (weakref.ref(flow, lambda _: _kept.pop(name, None)), problems)
    return problems


def linked(view: FlowView, world: DesignIndex) -> list[UnlocatedProblem]:
    """Findings of the rules that hold one flow against the rest."""
    return _found(link_rules(), Place(flow=view.key), view, world)


def _found(
    rules: Iterable[tuple[Rule, Callable[..., Iterable[Violation]]]], place: Place, *what: Any
) -> list[UnlocatedProblem]:
    """What some rules find; a rule that fails says so, and costs nothing but itself.

    Args:
        place: where it is said that a rule failed.
    """
    problems: list[UnlocatedProblem] = []
    for rule, run in rules:
        try:
            for where, message, severity in run(*what):
                problem = UnlocatedProblem(
                    rule=rule.id, severity=severity or rule.severity, message=message, place=where
                )
                # What a node says twice may lead to the same place twice.
                if not problems or problems[-1] != problem:
                    problems.append(problem)
        except Exception as error:  # noqa: BLE001 (whatever a rule trips over, the others must run)
            problems.append(_failed(rule, error, place))
    return problems


def _failed(rule: Rule, error: Exception, place: Place) -> UnlocatedProblem:
    message = (
        f"The check “{rule.id}” failed with {type(error).__name__}: {error}. The other rules have "
        f"run. Please report this together with the file."
    )
    return UnlocatedProblem(
        rule=RULE_FAILED.id, severity=RULE_FAILED.severity, message=message, place=place
    )


def ordered(problems: list[UnlocatedProblem], world: DesignIndex) -> list[UnlocatedProblem]:
    """Findings in the order that :func:`check` promises."""
    order = {key: number for number, key in enumerate(world.design.flow_keys)}
    last = len(order)
    placed = {problem.place.flow for problem in problems}
    indices = {key: FlowView(key, world.flows[key]).index for key in placed if key in world.flows}

    def rank(problem: UnlocatedProblem) -> tuple[int, str, int, str]:
        place = problem.place
        if not place.flow:
            return (last + 1, place.file, 0, "")
        return (
            order.get(place.flow, last),
            place.flow,
            *_within(indices.get(place.flow, {}), problem),
        )

    return sorted(problems, key=rank)


def _within(index: dict[str, int], problem: UnlocatedProblem) -> tuple[int, str]:
    """Order inside a flow: the flow itself, then its nodes; rules by id."""
    node = problem.place.node
    return (index.get(node, len(index)) if node else -1, problem.rule)
