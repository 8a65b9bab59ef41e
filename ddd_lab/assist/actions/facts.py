"""What the lab itself knows about a target, before a model is asked: it costs nothing."""

from __future__ import annotations

from collections.abc import Iterable

from ddd_lab.assist.actions.action import Target
from ddd_lab.assist.actions.flow_paths import MOST_PATHS, flow_paths
from ddd_lab.implementation.quoting import fenced, named, quoted
from ddd_lab.memory.keeper import memory_of
from ddd_lab.plurals import plural
from ddd_lab.spec.catalogue import ports
from ddd_lab.spec.problem import Problem
from ddd_lab.workbench import Workbench


def known_problems(workbench: Workbench, target: Target) -> str:
    """What the checks find wrong at a place and inside it."""
    chosen = [problem for problem in workbench.problems if _is_inside(problem.where, target)]
    return problem_list(chosen) or "The checks find nothing wrong here."


def problem_list(problems: Iterable[Problem]) -> str:
    """Problems as a list."""
    return "\n".join(
        f"- {problem.severity} at {named(problem.where)} ({problem.rule}): "
        f"{quoted(problem.message, 0)}"
        for problem in problems
    )


def loose_ends(workbench: Workbench, target: Target) -> str:
    """Nodes that nothing leads to, and outputs that lead nowhere."""
    loose = [
        problem
        for problem in workbench.flow_problems(target.at)
        if problem.rule.startswith(("graph.", "wiring."))
    ]
    return problem_list(loose) or "Every node is reached, and every output leads somewhere."


def loose_events(workbench: Workbench, target: Target) -> str:
    """Events of a domain without another end."""
    loose = [
        problem
        for problem in workbench.problems
        if problem.rule.startswith("events.") and _is_inside(problem.where, target)
    ]
    return problem_list(loose) or "Every event has a publisher and a consumer."


def free_outputs(workbench: Workbench, target: Target) -> str:
    """Outputs of a node that lead nowhere, and the error codes that there are."""
    flow, node = target.flow_in(workbench), target.node_in(workbench)
    used = {edge.output for edge in flow.edges if edge.source == node.id}
    names = [name for port in ports(node, flow.vocabulary, flow) for name in port.names()]
    free = [name for name in names if name not in used]
    codes = workbench.design.errors.codes
    lines = [
        f"Outputs that lead nowhere: {', '.join(map(named, free)) or 'none'}.",
        f"Error codes of the project: {', '.join(map(named, codes)) or 'none'}.",
    ]
    return "\n".join(lines)


def paths_through(workbench: Workbench, target: Target) -> str:
    """Every way through a flow, or those by way of one node, from its trigger to an end."""
    flow = target.flow_in(workbench)
    paths, more = flow_paths(flow, through=target.node)
    lines = [f"{number}. {path}" for number, path in enumerate(paths, 1)]
    if more:
        lines.append(f"These are the first {MOST_PATHS}; there are more.")
    what = "by way of this node" if target.node else "through the flow"
    return "\n".join([f"{plural(len(paths), 'path')} {what}:", "", *lines])


def spec_summary(workbench: Workbench, _: Target) -> str:
    """The summary that follows from the specs alone."""
    return "\n".join(fenced(memory_of(workbench).derived_summary, "markdown"))


def _is_inside(where: str, target: Target) -> bool:
    if target.node:
        return where == f"{target.at}#{target.node}"
    return (
        not target.at
        or where == target.at
        or where.startswith((f"{target.at}#", f"{target.at}/", f"specs/domains/{target.at}/"))
    )
