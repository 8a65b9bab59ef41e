"""Whether a flow can run: where it starts, where it ends, what is never reached."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._endings import Cut, cut_off, endings, ends_here, inside_container
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._graph import cycles, reachable, reverse
from ddd_lab.checks._registry import Violation, flow_rule, link_rule
from ddd_lab.checks._values import quoted
from ddd_lab.plurals import plural


@link_rule("graph.no-trigger", "error", "A flow without a trigger")
def no_trigger(view: FlowView, design: DesignIndex) -> Iterator[Violation]:
    """A flow without a trigger never runs.

    Flows that another flow calls (as a sub-flow, an agent or by handoff) need none; a flow whose
    file is broken may call this one.
    """
    called = view.key in design.called or not design.complete
    if not design.facts[view.key].starts and not called:
        yield Violation(
            view.at_top("trigger"),
            "Nothing starts this flow. Add a trigger, or call it from another flow.",
        )


@flow_rule("graph.second-trigger", "error", "A flow with more than one trigger")
def second_trigger(view: FlowView) -> Iterator[Violation]:
    """A flow starts at one node. If several events start it, list them all in one trigger."""
    first, *others = view.triggers or [0]
    for number in others:
        yield Violation(
            view.at(number, "type"),
            f"The flow already starts at “{view.called(first)}”. List all events in that trigger, "
            f"or move this one to another flow.",
        )


@flow_rule("graph.no-terminal", "error", "A flow that never ends")
def no_terminal(view: FlowView) -> Iterator[Violation]:
    """Without a terminal the result of the flow is not defined.

    A permanent handoff also ends the flow, and a missing node might.
    """
    if not endings(view):
        yield Violation(
            view.at_top("nodes"),
            "No node ends this flow. Add a terminal and connect the last step to it.",
        )


@flow_rule("graph.dangling", "warning", "A connection to a missing node")
def dangling(view: FlowView) -> Iterator[Violation]:
    """The target of the connection does not exist.

    The file keeps the connection, and the canvas draws it once the node exists. It is an error
    where nodes are unreachable for this reason; these are not reported by themselves.
    """
    for lines in view.lines:
        for line in lines:
            if line.to is None:
                at = ("connections", line.output)
                unreached = unreached_behind(view, Cut(line.source, at, line.target))
                yield Violation(
                    view.at_line(line),
                    f"There is no node “{line.target}”.{view.like(line.target)} Add the node, or "
                    f"connect the output “{line.output}” to an existing node.{unreached}",
                    "error" if unreached else None,
                )


def unreached_behind(view: FlowView, cut: Cut) -> str:
    """What follows from a cut, as a sentence; nothing where nothing does."""
    nodes = cut_off(view).behind.get(cut)
    return f" Until then {_with_following(view, nodes)} cannot be reached." if nodes else ""


def _with_following(view: FlowView, nodes: list[int]) -> str:
    first, more = view.called(nodes[0]), len(nodes) - 1
    return f"“{first}”" + (f" and {plural(more, 'node')} after it" if more else "")


@flow_rule("graph.unreachable", "error", "An unreachable node")
def unreachable(view: FlowView) -> Iterator[Violation]:
    """No path leads from the trigger to the node, so it never runs.

    Of several in a row only the first is reported, and none that a connection to a missing node
    or a missing id explains. Memory, tools, agent groups and handoffs without connections are
    declarations and are not reported.
    """
    for nodes in cut_off(view).alone:
        yield Violation(
            view.at(nodes[0]),
            f"No path leads from the trigger to {_with_following(view, nodes)}. Connect an "
            "earlier step to it, or remove it.",
        )


@flow_rule("graph.dead-end", "error", "A path that does not reach a terminal")
def dead_end(view: FlowView) -> Iterator[Violation]:
    """The flow reaches this node, but no connection leaves it.

    The last step of a loop body or a parallel branch needs none: it returns to its container.
    """
    for number in range(len(view.nodes)):
        if view.lines[number] or view.adjacency[number] or not view.reached[number]:
            continue
        if ends_here(view, number) or inside_container(view)[number] or view.takes_in(number):
            continue
        yield Violation(
            view.at(number, "connections"),
            f"The flow stops at “{view.called(number)}” without a terminal. Connect it to the "
            f"next step or to a terminal.",
        )


@flow_rule("graph.from-terminal", "error", "A connection from a terminal")
def from_terminal(view: FlowView) -> Iterator[Violation]:
    """A terminal ends the flow, so a connection from it has no effect."""
    for number, kind in enumerate(view.kinds):
        if kind != "terminal":
            continue
        for line in view.lines[number]:
            yield Violation(
                view.at_line(line),
                f"A terminal ends the flow, so nothing can follow it. Remove the connection to "
                f"“{view.named(line.target)}”, or make “{view.called(number)}” a step of another "
                "type.",
            )


@flow_rule("graph.into-trigger", "error", "A connection into a trigger")
def into_trigger(view: FlowView) -> Iterator[Violation]:
    """A trigger is where the flow starts. No node of the flow can lead to it."""
    triggers = set(view.triggers)
    for lines in view.lines:
        for line in lines:
            if line.to in triggers:
                yield Violation(
                    view.at_line(line),
                    f"“{view.named(line.target)}” is the trigger, so no connection can lead to it. "
                    f"To repeat, connect to the step after it, or call the flow as a sub-flow.",
                )


@flow_rule("graph.duplicate-edge", "warning", "A duplicate connection")
def duplicate_edge(view: FlowView) -> Iterator[Violation]:
    """Two connections lead from the same output to the same node. The second has no effect."""
    for lines in view.lines:
        seen: set[tuple[str, str]] = set()
        for line in lines if len(lines) > 1 else ():
            if (line.output, line.target) in seen:
                yield Violation(
                    view.at_line(line),
                    f"The output “{line.output}” leads to “{view.named(line.target)}” twice. "
                    "Remove one of the two connections.",
                )
            seen.add((line.output, line.target))


@flow_rule("graph.self-loop", "warning", "A node connected to itself")
def self_loop(view: FlowView) -> Iterator[Violation]:
    """The step runs again although nothing has changed.

    Loops, gates and agents may do that, and a call may be retried from its failure output.
    """
    for number, lines in enumerate(view.lines):
        if view.has(number, "repeats"):
            continue
        for line in lines:
            if line.to == number and line.output not in FAILURES:
                yield Violation(
                    view.at_line(line),
                    f"“{view.called(number)}” is connected to itself. Use a loop, or add a step "
                    f"in between that changes something.",
                )


FAILURES = frozenset(
    ("failure", "fail", "failed", "error", "timeout", "rolled_back", "invalid", "reject")
)
"""Outputs that a step takes when it did not work: a line back from one of them is a new attempt."""


@flow_rule("graph.endless-loop", "error", "A loop without an exit")
def endless_loop(view: FlowView) -> Iterator[Violation]:
    """All connections of the loop's steps lead back into the loop, so the flow never ends."""
    exits = endings(view) if view.knots else []
    if not exits:
        return
    back = reachable(reverse(view.adjacency), exits)
    for knot in view.knots:
        if not back[knot[0]] and view.reached[knot[0]] and not inside_container(view)[knot[0]]:
            yield Violation(
                view.at(knot[0], "connections"),
                f"{_going_round(view, knot)} and cannot leave this loop. Connect one of these "
                f"steps to a step outside or to a terminal.",
            )


@flow_rule("graph.unconditional-loop", "warning", "A loop without a decision")
def unconditional_loop(view: FlowView) -> Iterator[Violation]:
    """The flow repeats until a step fails.

    Loops that contain a decision, a loop node, a gate or an agent are fine, and so are retries
    after a failure.
    """
    if not view.knots:
        return
    exits = endings(view)
    back = reachable(reverse(view.adjacency), exits)
    plain = [
        [
            line.to
            for line in lines
            if line.to is not None and line.output not in FAILURES and _goes_on(view, number)
        ]
        for number, lines in enumerate(view.lines)
    ]
    for knot in cycles(plain):
        if back[knot[0]] and view.reached[knot[0]] and len(knot) > 1:
            yield Violation(
                view.at(knot[0], "connections"),
                f"{_going_round(view, knot)} and nothing decides when to stop. Add a decision or "
                f"a loop node.",
            )


@flow_rule("graph.uncounted-retry", "warning", "Retries without a limit")
def uncounted_retry(view: FlowView) -> Iterator[Violation]:
    """After a failure the flow retries the step until it succeeds.

    A decision, a loop, a gate, an agent or a step of an unknown type on the way back may limit the
    retries. The setting “retry” with max_attempts retries without any connection.
    """
    if not view.knots:
        return
    for knot in view.knots:
        inside = set(knot)
        if not all(_goes_on(view, number) for number in knot):
            continue
        retries = [
            line
            for number in knot
            for line in view.lines[number]
            if line.to in inside and line.output in FAILURES
        ]
        leaves = any(line.to not in inside for number in knot for line in view.lines[number])
        if retries and leaves:
            yield Violation(
                view.at_line(retries[0]),
                f"Whenever “{view.called(retries[0].source)}” ends with "
                f"“{retries[0].output}” it is retried without a limit. Set retry with "
                f"max_attempts in its settings instead, or add a decision that counts the "
                f"attempts.",
            )


def _goes_on(view: FlowView, number: int) -> bool:
    """Whether nothing is decided at a node; nobody knows it of a type that nobody knows."""
    return view.types[number] is not None and not view.has(number, "decides")


def _going_round(view: FlowView, knot: list[int]) -> str:
    names = quoted([view.called(number) for number in knot])
    return f"The flow repeats {names}" if len(knot) > 1 else f"{names} repeats itself"
