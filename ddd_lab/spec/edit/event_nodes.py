"""Letting a flow emit an event, or wait for one."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue import has_trait
from ddd_lab.spec.edit.nodes import EditError, add_node, free_id, replace_node
from ddd_lab.spec.models.base import Position
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from ddd_lab.spec.models.trigger import trigger_info
from ddd_lab.spec.templates import Words

_EVENT_KEYS = ("event", "events", "event_name", "event_type", "topic")


def emit_event(flow: FlowData, event: str) -> FlowData:
    """The flow with an event node in front of the terminal where it ends well."""
    end = _good_end(flow)
    id = free_id(flow, f"emit {Words(event).spoken}")
    spec: dict[str, Any] = {"event": event, "payload": {}}
    if flow.vocabulary == "handles":
        spec = {"direction": "emit", "event_name": event, "payload": {}}
    flow, node = add_node(flow, "event", id=id, label=f"Emit {event}", spec=spec)
    for source in list(flow.all_nodes()):
        lines = source.connections or ()
        if any(line.target == end.id for line in lines):
            moved = tuple(
                line.model_copy(update={"target": id}) if line.target == end.id else line
                for line in lines
            )
            flow = replace_node(flow, source.model_copy(update={"connections": moved}))
    placed = {"connections": (Connection(target=end.id),), "position": end.position}
    if end.position is not None:
        # The terminal makes room; everything else stays where people put it.
        flow = replace_node(flow, end.model_copy(update={"position": _further(flow, end.position)}))
    return replace_node(flow, node.model_copy(update=placed))


def await_event(flow: FlowData, event: str) -> FlowData:
    """The flow with an event among those that start it; refused where something else does."""
    trigger = flow.trigger
    if trigger is None:
        raise EditError(f"flow {flow.id!r} has no trigger to wait for {event}; add one first")
    kinds = {info.kind for info in trigger_info(flow)}
    if "event" in kinds:
        spec = _also(trigger.spec, event)
    elif kinds <= {"unknown"}:
        handles = flow.vocabulary == "handles"
        waits = {"event": f"event:{event}"} if handles else {"type": "event", "event": event}
        spec = {**trigger.spec, **waits}
    else:
        kind = ", ".join(sorted(kinds - {"unknown"}))
        raise EditError(
            f"flow {flow.id!r} is started by {kind}, not by events; change its trigger first, or "
            "connect the event without nodes"
        )
    return replace_node(flow, trigger.model_copy(update={"spec": spec}))


def _further(flow: FlowData, place: Position) -> Position:
    """A place one step on, in the direction in which the flow is drawn."""
    spots = [node.position for node in flow.all_nodes() if node.position is not None]
    wide = max(spot.x for spot in spots) - min(spot.x for spot in spots)
    high = max(spot.y for spot in spots) - min(spot.y for spot in spots)
    return Position(place.x, place.y + 140) if high > wide else Position(place.x + 260, place.y)


def _also(spec: dict[str, Any], event: str) -> dict[str, Any]:
    key = next((key for key in _EVENT_KEYS if spec.get(key)), "event")
    value = spec.get(key)
    words = list(value) if isinstance(value, list) else [value] if value else []
    prefix = "event:" if any(str(word).startswith("event:") for word in words) else ""
    return {**spec, key: [*words, prefix + event]}


def _good_end(flow: FlowData) -> NodeData:
    """The terminal that says success, or else the first one that something leads to."""
    reached = {edge.target for edge in flow.edges if not edge.implicit}
    ends = [node for node in flow.nodes if has_trait(node, "terminal") and node.id in reached]
    if not ends:
        raise EditError(
            f"flow {flow.id!r} has no terminal that anything leads to; connect one first"
        )
    return next((node for node in ends if _is_good(node)), ends[0])


def _is_good(node: NodeData) -> bool:
    status = node.spec.get("status")
    if isinstance(status, int):
        return status < 400
    return str(node.spec.get("outcome", "")).lower() in ("success", "completed", "done", "ok")
