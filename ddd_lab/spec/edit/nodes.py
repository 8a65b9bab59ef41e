"""Edits of a flow: functions from one flow to the next, or an EditError with the reason.

They are pure; undo keeps the flow from before. The workspace calls them, for a click on the canvas
and for a line in a notebook cell alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from typing import Any

from ddd_lab.spec.catalogue import catalogue, node_type
from ddd_lab.spec.edit.data import NoSuchPathError, set_in, show_path, unset_in
from ddd_lab.spec.edit.node_checks import check_new_id, refuse_bad_spec
from ddd_lab.spec.edit.outputs import explicit_connections, output_to_use, same_output
from ddd_lab.spec.models.base import Data, Path, Position, pixels
from ddd_lab.spec.models.base import EditError as EditError  # noqa: PLC0414 - people know it from here
from ddd_lab.spec.models.flow import CROSS_CUTTING_KEYS, Connection, FlowData, NodeData
from ddd_lab.spec.no_such import meant
from ddd_lab.spec.plain_data import plain_data, word

_SIMPLE_FIELDS = ("label", "parent")
_TAKEN_KEYS = {"name": "label", "parentId": "parent", "properties": "spec", "config": "spec"}
"""What files call something of a node that has another name in the model."""
_FARTHEST = 1e9  # pixels: beyond, coordinates lose their meaning and floats their precision


def find(flow: FlowData, node: str) -> NodeData:
    """The node of that id, the trigger included."""
    node_ = flow.by_id.get(word(node, "the id of a node"))
    if node_ is None:
        names = ", ".join(list(flow.by_id)[:8]) or "no nodes at all"
        hint = meant(node, flow.by_id, f"; it has {names}")
        raise EditError(f"there is no node {node!r} in flow {flow.id!r}{hint}")
    return node_


def no_such_type(type: str) -> EditError:
    """The error for a type that the catalogue does not have."""
    names = ", ".join(catalogue())
    return EditError(
        f"there is no node type {type!r}{meant(type, catalogue(), f'; use one of {names}')}"
    )


def add_node(
    flow: FlowData,
    type: str,
    *,
    id: str | None = None,
    label: str | None = None,
    spec: Mapping[str, Any] | None = None,
    position: tuple[float, float] | None = None,
    parent: str | None = None,
) -> tuple[FlowData, NodeData]:
    """Add a node; returns the new flow and the node."""
    kind = node_type(word(type, "the type of a node"))
    if label is not None:
        word(label, "the label of a node")
    if kind is None:
        raise no_such_type(type)
    if not kind.has_input:
        raise EditError("the flow has a trigger already, and it can have only one")
    if parent is not None:
        find(flow, parent)
    if id is None:
        id = free_id(flow, label or type)
    check_new_id(flow, id)
    settings = plain_data(kind.new if spec is None else spec, repr(id))
    refuse_bad_spec(kind, settings, {}, id)
    node = NodeData(id=id, type=type, label=label, spec=settings, parent=parent)
    if position is not None:
        # Copied in, since validation would make fractions (10.0) of whole pixels.
        x, y = _pixels(id, position)
        node = node.model_copy(update={"position": Position(x, y)})
    return flow.model_copy(update={"nodes": (*flow.nodes, node)}), node


def free_id(flow: FlowData, wish: str) -> str:
    """An id made from some words that no node of the flow has yet."""
    joiner = "-" if flow.vocabulary == "handles" else "_"
    plain = unicodedata.normalize("NFKD", wish.casefold()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", joiner, plain).strip(joiner) or "node"
    taken = flow.by_id
    number = 1
    while (candidate := base if number == 1 else f"{base}{joiner}{number}") in taken:
        number += 1
    return candidate


def remove_nodes(flow: FlowData, ids: Collection[str]) -> FlowData:
    """Remove nodes and every connection that leads to them; their children lie free then."""
    removed = set(ids)
    for id in ids:
        if flow.trigger is not None and find(flow, id) is flow.trigger:
            raise EditError("the trigger cannot be deleted: every flow starts at one")

    def keep(node: NodeData) -> NodeData:
        lines = node.connections
        left = lines and tuple(line for line in lines if line.target not in removed)
        update: dict[str, Any] = {}
        if left != lines:
            update["connections"] = left
        if node.parent in removed:
            update["parent"] = None
        return node.model_copy(update=update) if update else node

    return flow.model_copy(
        update={
            "trigger": keep(flow.trigger) if flow.trigger else None,
            "nodes": tuple(keep(node) for node in flow.nodes if node.id not in removed),
        }
    )


def connect(
    flow: FlowData,
    source: str,
    target: str,
    output: str | None = None,
    extra: Mapping[str, Any] | None = None,
) -> FlowData:
    """Connect an output of a node, or its first free one, to another node."""
    start, end = find(flow, source), find(flow, target)
    refuse_as_target(flow, end)
    name = output_to_use(flow, start, output)
    lines = explicit_connections(flow, start)
    if any(line.output == name and line.target == target for line in lines):
        raise EditError(f"{source!r} output {name!r} already leads to {target!r}")
    keys = plain_data(extra or {}, f"the connection to {target!r}")
    line = Connection(output=name, target=target, extra=keys)
    return replace_node(flow, start.model_copy(update={"connections": (*lines, line)}))


def refuse_as_target(flow: FlowData, end: NodeData) -> None:
    """Refuse a node that no connection may lead to."""
    kind = node_type(end.type)
    if end is flow.trigger or (kind is not None and not kind.has_input):
        raise EditError(f"{end.id!r} starts the flow, so no connection can lead to it")


def disconnect(
    flow: FlowData, source: str, output: str | None = None, target: str | None = None
) -> FlowData:
    """Remove connections of a node: all, those of one output, or those to one target."""
    start = find(flow, source)
    lines = explicit_connections(flow, start)
    names = same_output(flow, start, output)
    left = tuple(
        line
        for line in lines
        if (output is not None and line.output not in names)
        or (target is not None and line.target != target)
    )
    if len(left) == len(lines):
        wanted = f"output {output!r}" if output else "connection"
        existing = ", ".join(f"{line.output} → {line.target}" for line in lines) or "none"
        aim = f" to {target!r}" if target else ""
        used = [line.output for line in lines]
        hint = meant(output, used) if output and output not in used else ""
        hint = hint or f"; its connections: {existing}"
        raise EditError(f"{source!r} has no {wanted}{aim}{hint}")
    return replace_node(flow, start.model_copy(update={"connections": left}))


def move_nodes(flow: FlowData, places: Mapping[str, tuple[float, float]]) -> FlowData:
    """Put nodes at positions, in pixels."""
    moved: dict[str, NodeData] = {}
    for id, place in places.items():
        node = find(flow, id)
        x, y = _pixels(id, place)
        if node.position != (x, y):
            moved[id] = node.model_copy(update={"position": Position(x, y)})
    return replace_nodes(flow, moved)


def set_value(flow: FlowData, node: str, path: Path, value: Data) -> FlowData:
    """Set something of a node: ``("label",)``, ``("spec", "timeout")``, ..."""
    node_ = find(flow, node)
    head = path[0] if path else None
    if head in _SIMPLE_FIELDS and len(path) == 1:
        if value is not None and not isinstance(value, str):
            raise EditError(f"{head} of {node!r} must be text, not {value!r}")
        if head == "parent" and value is not None:
            refuse_circle(flow, node_, find(flow, value))
        return replace_node(flow, node_.model_copy(update={str(head): value}))
    data = plain_data(value, repr(node), path[1:] if head == "spec" else path)
    return _change(flow, node_, path, lambda old, rest: set_in(old, rest, data))


def unset_value(flow: FlowData, node: str, path: Path) -> FlowData:
    """Remove a key or list item of a node: ``("spec", "retry")``, ``("label",)``, ..."""
    if path in (("label",), ("parent",), ("position",)):
        return replace_node(flow, find(flow, node).model_copy(update={str(path[0]): None}))
    return _change(flow, find(flow, node), path, unset_in)


def set_flow_value(flow: FlowData, path: Path, value: Data) -> FlowData:
    """Set something of the flow itself: ``("name",)``, ``("agent_config", "model")``, ..."""
    if path in (("name",), ("description",), ("type",)):
        if not isinstance(value, str):
            raise EditError(f"{path[0]} of flow {flow.id!r} must be text, not {value!r}")
        return flow.model_copy(update={str(path[0]): value})
    if not path or path[0] in ("id", "domain", "trigger", "nodes"):
        raise EditError(f"{show_path(path) or 'the whole flow'} cannot be set here")
    value = plain_data(value, f"flow {flow.id!r}", path)
    field = "metadata" if path[0] == "metadata" else "extra"
    rest = path[1:] if field == "metadata" else path
    try:
        return flow.model_copy(update={field: set_in(getattr(flow, field), rest, value)})
    except NoSuchPathError as error:
        raise EditError(str(error)) from None


def replace_node(flow: FlowData, node: NodeData) -> FlowData:
    """The flow with the node of the same id replaced."""
    return replace_nodes(flow, {node.id: node})


def replace_nodes(flow: FlowData, nodes: Mapping[str, NodeData]) -> FlowData:
    """The flow with the nodes of the same ids replaced, the trigger included."""
    if not nodes:
        return flow
    update: dict[str, Any] = {}
    trigger = flow.trigger
    if trigger is not None and trigger.id in nodes:
        update["trigger"] = nodes[trigger.id]
    if not update or len(nodes) > 1:
        update["nodes"] = tuple(nodes.get(node.id, node) for node in flow.nodes)
    return flow.model_copy(update=update)


def refuse_circle(flow: FlowData, node: NodeData, home: NodeData) -> None:
    """Refuse to put a node into itself or into something that lies inside it."""
    seen: set[str] = set()
    above: NodeData | None = home
    while above is not None and above.id not in seen:
        if above.id == node.id:
            raise EditError(f"{node.id!r} cannot lie inside {home.id!r}, which lies inside it")
        seen.add(above.id)
        above = flow.by_id.get(above.parent or "")


def _pixels(id: str, place: Any) -> tuple[float, float]:
    try:
        x, y = place
    except (TypeError, ValueError):
        raise EditError(
            f"{place!r:.60} is not a position for {id!r}; give two numbers of pixels, (x, y)"
        ) from None
    return coordinate(id, x), coordinate(id, y)


def coordinate(id: str, value: object) -> float:
    """A number of pixels as files write it: whole where it is whole."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _FARTHEST:
        return pixels(value)
    raise EditError(f"{value!r} is not a coordinate for {id!r}: give a number of pixels")


def _change(
    flow: FlowData, node: NodeData, path: Path, change: Callable[[Data, Path], Data]
) -> FlowData:
    if not path or path[0] in ("id", "type", "position", "connections", *_SIMPLE_FIELDS):
        raise EditError(f"{show_path(path) or 'the whole node'} cannot be set here")
    try:
        if path[0] == "spec":
            spec = change({"spec": node.spec}, path).get("spec", {})
            if not isinstance(spec, dict):
                raise EditError(f"the spec of {node.id!r} must be a map, not {spec!r}")
            kind = node_type(node.type)
            if kind is not None:
                refuse_bad_spec(kind, spec, node.spec, node.id)
                spec = dict(kind.follow(node.spec, spec)) if kind.follow else spec
            return replace_node(flow, node.model_copy(update={"spec": spec}))
        _refuse_taken_key(node, str(path[0]))
        return replace_node(flow, node.model_copy(update={"extra": change(node.extra, path)}))
    except NoSuchPathError as error:
        raise EditError(f"{node.id!r}: {error}") from None


def _refuse_taken_key(node: NodeData, key: str) -> None:
    """Refuse a key beside a node's settings that files read as something else."""
    if key in node.extra or key in CROSS_CUTTING_KEYS:
        return
    if key in _TAKEN_KEYS:
        instead = f"its {_TAKEN_KEYS[key]}"
    elif node.type == "trigger":
        instead = "something of its spec"
    else:
        return
    raise EditError(f"{key} of {node.id!r} cannot be set here; set {instead}")
