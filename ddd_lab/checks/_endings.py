"""Where a flow may come to its end, and which nodes need no line at all."""

from __future__ import annotations

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._graph import reachable
from ddd_lab.checks._values import mapping

_AFTER_BODY = frozenset(("done", "error", "failure", "success", "completed", "next"))


def endings(view: FlowView) -> list[int]:
    """Nodes at which the flow may end.

    A line to a missing node counts in the flow's favour: what is missing may well be the terminal.
    """
    return [
        number
        for number, lines in enumerate(view.lines)
        if (not lines and ends_here(view, number))
        or view.kinds[number] == "terminal"
        or any(line.to is None for line in lines)
    ]


def ends_here(view: FlowView, number: int) -> bool:
    """Whether the flow may stop at a node from which no line leaves."""
    kind = view.types[number]
    if kind is None:
        # Nobody but a newer release knows whether a type that we do not know has outputs.
        return True
    if callable(kind.ends):
        return kind.ends(mapping(view.nodes[number].spec))
    if kind.ends == "led_on":
        return any(link.source == number for link in view.spec_links)
    # The guide's group is a container; the later format's has outputs like any step.
    return kind.ends == "always" or (kind.ends == "no_outputs" and not view.ports(number))


def stands_alone(view: FlowView, number: int) -> bool:
    """Whether the node is there to be referred to, not to be walked through."""
    if view.has(number, "declares"):
        return not view.lines[number] and not view.led_to[number]
    return view.kinds[number] == "event" and (
        mapping(view.nodes[number].spec).get("direction") == "consume"
    )


def inside_container(view: FlowView) -> list[bool]:
    """For every node, whether it lies in a loop's body or a parallel branch and nowhere else.

    Such a path goes back to its container when it ends.
    """
    return view.derived("inside_container", _inside_container)


def _inside_container(view: FlowView) -> list[bool]:
    bodies = [number for number, node in enumerate(view.nodes) if node.parent]
    outside: list[list[int]] = []
    for number, lines in enumerate(view.lines):
        has_body = view.has(number, "body")
        targets: list[int] = []
        for line in lines:
            if line.to is not None:
                in_body = has_body and line.output not in _AFTER_BODY
                (bodies if in_body else targets).append(line.to)
        outside.append(targets)
    for link in view.spec_links:
        target = view.index.get(link.target)
        if target is None or link.from_target:
            continue
        if link.path[-1] == "body_start":
            bodies.append(target)
        else:
            outside[link.source].append(target)
    if not bodies:
        return [False] * len(view.nodes)
    inside = reachable(view.adjacency, bodies)
    elsewhere = reachable(outside, view.triggers)
    return [within and not out for within, out in zip(inside, elsewhere, strict=True)]
