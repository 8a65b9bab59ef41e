"""Where a flow may come to its end, which nodes need no line, and what a lost line cuts off."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._graph import reachable, within
from ddd_lab.checks._values import mapping
from ddd_lab.spec.models.base import Path

AFTER_BODY = frozenset(("done", "error", "failure", "success", "completed", "next"))


def endings(view: FlowView) -> list[int]:
    """Nodes at which the flow may end.

    A line to a missing node counts in the flow's favour: what is missing may well be the terminal.
    """
    return [
        number
        for number, lines in enumerate(view.lines)
        if (not lines and ends_here(view, number))
        or view.has(number, "terminal")
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
                in_body = has_body and line.output not in AFTER_BODY
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


class Cut(NamedTuple):
    """A connection or a setting that names a missing node.

    Attributes:
        source: index of the node that names it.
        path: where, relative to that node.
        target: what it names.
    """

    source: int
    path: Path
    target: str


class CutOff(NamedTuple):
    """The nodes that nothing leads to, each counted once, for the cause that it has.

    Attributes:
        behind: what each cut of the flow leaves unreached: the node that must have been meant,
            then those that only it leads to.
        alone: the same for each other node at which something unreached begins.
    """

    behind: dict[Cut, list[int]]
    alone: list[list[int]]


def cut_off(view: FlowView) -> CutOff:
    """What is unreached in a flow with a trigger, and why."""
    return view.derived("cut_off", _cut_off)


def _cut_off(view: FlowView) -> CutOff:
    lost = [
        number
        for number, seen in enumerate(view.reached)
        if not seen and not stands_alone(view, number)
    ]
    if not lost or not view.triggers:
        return CutOff({}, [])
    adjacency = within(view.adjacency, lost)
    left = dict.fromkeys(lost)

    def follow(first: int) -> list[int]:
        nodes = _walk(adjacency, first, left.keys())
        for one in nodes:
            del left[one]
        return nodes

    # A name that is nearly that of a lost node comes before a name that is like none.
    behind: dict[Cut, list[int]] = {}
    cuts = list(islice(_cuts(view), _MOST_CUTS))
    for alike in (True, False):
        waiting = [cut for cut in cuts if view.reached[cut.source] and cut not in behind]
        for cut in waiting:
            near = view.hint.nearest(cut.target, [view.nodes[number].id for number in left])
            first = view.index[near] if near else next(iter(_heads(adjacency, left)), None)
            if first is None or bool(near) != alike:
                continue
            behind[cut] = follow(first)
            waiting += [other for other in cuts if other.source in behind[cut]]
    alone = [follow(head) for head in _heads(adjacency, left)]
    return CutOff(behind, [nodes for nodes in alone if not view.is_made_up(nodes[0])])


_MOST_CUTS = 100
"""Where more names are wrong it is not the spelling."""


def _cuts(view: FlowView) -> Iterator[Cut]:
    for lines in view.lines:
        for line in lines:
            if line.to is None:
                yield Cut(line.source, ("connections", line.output), line.target)
    for link in view.spec_links:
        if link.strict and not link.from_target and link.target not in view.index:
            yield Cut(link.source, link.path, link.target)


def _heads(adjacency: list[list[int]], left: Collection[int]) -> list[int]:
    """The first of the nodes that are left: those that no other leads to, then one per circle."""
    led_to = {target for one in left for target in adjacency[one] if target != one}
    unseen = dict.fromkeys(left)
    heads = []
    for one in (*(one for one in left if one not in led_to), *left):
        if one in unseen:
            heads.append(one)
            for other in _walk(adjacency, one, unseen.keys()):
                del unseen[other]
    return heads


def _walk(adjacency: list[list[int]], first: int, among: Collection[int]) -> list[int]:
    """A node and all that it leads to among some nodes."""
    order: dict[int, None] = {}
    waiting = [first]
    while waiting:
        node = waiting.pop()
        if node in among and node not in order:
            order[node] = None
            waiting.extend(adjacency[node])
    return list(order)
