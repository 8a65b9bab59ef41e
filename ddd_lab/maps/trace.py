"""Where a flow leads: its events, calls and agents followed to their ends."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Literal, TypedDict

from ddd_lab.checks._graph import cycles
from ddd_lab.maps.edge_looks import EDGE_LOOKS
from ddd_lab.maps.flow_links import LinkBetweenFlows, links_between_flows
from ddd_lab.maps.links import LinkKind
from ddd_lab.plurals import plural
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.no_such import no_such
from ddd_lab.visible import one_line

StepEnd = Literal["", "again", "cycle", "missing", "unconsumed", "depth"]
"""Why a trace does not go on after a step.

``again``: the flow is followed elsewhere in the trace; ``cycle``: it leads back here; ``missing``:
there is no such flow; ``unconsumed``: no flow awaits the event; ``depth``: it leads on, but deeper
than asked for; empty: it goes on, or the flow leads nowhere.
"""
_ENDS: dict[StepEnd, str] = {
    "again": "followed elsewhere",
    "cycle": "↺ a cycle",
    "missing": "⚠ no such flow",
    "unconsumed": "⚠ no flow awaits it",
    "depth": "… leads on",
}


class TraceStep(TypedDict):
    """One link that is followed.

    ``depth`` is 1 for the links of the first flow. ``target`` is empty where no flow awaits an
    event.
    """

    depth: int
    source: str
    target: str
    kind: LinkKind
    via: str
    end: StepEnd


class TraceData(TypedDict):
    """Where a flow leads.

    ``flows`` has how many links each reached flow is away; ``steps`` are in the order of reading,
    each flow's own below the step that first leads to it.
    """

    flow: str
    flows: dict[str, int]
    steps: list[TraceStep]


def trace(design: Design, key: str, depth: int | None = None) -> TraceData:
    """Follow a flow to its ends; reads every flow.

    Args:
        key: ``domain/flow``.
        depth: links to follow at most; None for all.

    Raises:
        KeyError: there is no such flow.
    """
    if key not in design.flow_keys:
        raise no_such("flow", key, design.flow_keys)
    every = links_between_flows(design)
    leaving: dict[str, list[LinkBetweenFlows]] = {}
    led = {link[:2] for link in every.links if link.kind == "orchestrator"}
    for link in dict.fromkeys(link._replace(node="") for link in every.links):
        # That an orchestrator leads another says already that it is a member.
        if link.kind != "group" or link[:2] not in led:
            leaving.setdefault(link.source, []).append(link)
    for flow, event in every.unconsumed:
        leaving.setdefault(flow, []).append(LinkBetweenFlows(flow, "", "event", event, ""))
    reached, first = _reached(leaving, key, depth)
    known = set(design.flow_keys)
    knots = _knots(leaving, [*reached])

    def end(link: LinkBetweenFlows) -> StepEnd:
        if not link.target:
            return "unconsumed"
        if link.target not in known:
            return "missing"
        if link.target not in reached or first.get(link.target) is not link:
            return "cycle" if knots.get(link.source, -1) == knots.get(link.target) else "again"
        cut = depth is not None and reached[link.target] >= depth
        return "depth" if cut and leaving.get(link.target) else ""

    steps: list[TraceStep] = []
    waiting = [(link, 1) for link in reversed(leaving.get(key, ()))] if depth != 0 else []
    while waiting:
        link, level = waiting.pop()
        why = end(link)
        steps.append(
            {
                "depth": level,
                "source": link.source,
                "target": link.target,
                "kind": link.kind,
                "via": link.via,
                "end": why,
            }
        )
        if not why:
            waiting += [(after, level + 1) for after in reversed(leaving.get(link.target, ()))]
    return {"flow": key, "flows": reached, "steps": steps}


def _reached(
    leaving: dict[str, list[LinkBetweenFlows]], start: str, depth: int | None
) -> tuple[dict[str, int], dict[str, LinkBetweenFlows]]:
    """How far each flow is away, nearest first, and the link that first leads to it."""
    reached = {start: 0}
    first: dict[str, LinkBetweenFlows] = {}
    queue = deque([start])
    while queue:
        flow = queue.popleft()
        if reached[flow] == depth:
            continue
        for link in leaving.get(flow, ()):
            if link.target and link.target not in reached:
                reached[link.target] = reached[flow] + 1
                first[link.target] = link
                queue.append(link.target)
    return reached, first


def _knots(leaving: dict[str, list[LinkBetweenFlows]], flows: list[str]) -> dict[str, int]:
    """For every flow in a cycle, a number that all have from which a way leads to it and back."""
    at = {flow: index for index, flow in enumerate(flows)}
    lines = [
        [at[link.target] for link in leaving.get(flow, ()) if link.target in at] for flow in flows
    ]
    return {flows[index]: number for number, knot in enumerate(cycles(lines)) for index in knot}


def trace_text(found: TraceData) -> str:
    """A trace as a tree of text, for a terminal."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: TraceData) -> Iterator[str]:
    reached = len(found["flows"]) - 1
    yield one_line(f"{found['flow']} leads to {plural(reached, 'flow')}", 0)
    for step in found["steps"]:
        words = EDGE_LOOKS[step["kind"]].words.lower()
        via = f" {step['via']}" if step["via"] and step["via"] != words else ""
        target = f" → {step['target']}" if step["target"] else ""
        why = f" ({_ENDS[step['end']]})" if step["end"] else ""
        yield "  " * step["depth"] + one_line(f"{words}{via}{target}{why}", 0)
    if not found["steps"]:
        yield "  It leads to no other flow."
