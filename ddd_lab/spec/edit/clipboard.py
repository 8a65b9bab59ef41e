"""Copying nodes: out of a flow, into the same one or any other, as plain values.

What is copied is a small flow of its own (:class:`Clip`);
``ddd_lab.files.edit.clipboard`` writes it as YAML text and reads such text back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from pydantic import Field

from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.edit.node_checks import check_new_id, refuse_bad_spec
from ddd_lab.spec.edit.nodes import EditError, find, free_id, move_nodes
from ddd_lab.spec.edit.rename import follow_renamed
from ddd_lab.spec.lenient import walk
from ddd_lab.spec.local_refs import follow, local_pointer
from ddd_lab.spec.models.base import Data, Frozen, Position
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData, Vocabulary

MOST_NODES = 1000
"""More nodes at once are a slip of the pen: no sheet is drawn that large."""
MOST_VALUES = 50_000
"""Values that pasted nodes may hold in all; a thousand ordinary nodes have fewer."""
SHIFT = 40
"""Pixels by which a copy lies beside what it was copied from."""


class Clip(Frozen):
    """Copied nodes.

    Attributes:
        nodes: with the connections among them only, in the order of their flow.
        vocabulary: which names the connections give to outputs.
        blocks: parts of the flow that the nodes refer to (``#/tools``), by their key at its top.
    """

    nodes: tuple[NodeData, ...]
    vocabulary: Vocabulary = "guide"
    blocks: dict[str, Any] = Field(default_factory=dict)


def copy_nodes(flow: FlowData, ids: Collection[str]) -> Clip:
    """Copy nodes of a flow, with the connections among them and the blocks they refer to.

    The trigger may be among them and stays behind: the flow that the copies go to has one.
    """
    chosen = {find(flow, id).id for id in ids}
    nodes = tuple(node for node in flow.nodes if node.id in chosen)
    if not nodes:
        raise EditError("there is nothing to copy: select nodes other than the trigger")
    copies = tuple(_among(node, chosen) for node in nodes)
    needed = {key for node in copies for key in _blocks_of(node.spec)}
    blocks = {key: value for key, value in flow.extra.items() if key in needed}
    return Clip(nodes=copies, vocabulary=flow.vocabulary, blocks=blocks)


def paste_nodes(
    flow: FlowData, clip: Clip, at: tuple[float, float] | None = None
) -> tuple[FlowData, tuple[str, ...]]:
    """Add copies to a flow; returns the new flow and the ids of the copies.

    An id that is taken is replaced by a free one, also wherever the copies name each other.
    References to blocks that this flow has otherwise (``#/tools``) are replaced by what they stood
    for. ``at`` is the top left corner of the whole, in pixels; beside what lies there if None.
    """
    nodes = tuple(node for node in clip.nodes if node.type != "trigger")
    if not nodes:
        raise EditError("there is no node to paste; a flow keeps its own trigger")
    if len(nodes) > MOST_NODES:
        raise EditError(f"{len(nodes)} nodes are too many to paste at once ({MOST_NODES} at most)")
    _refuse_twins(nodes)
    for node in nodes:
        kind = node_type(node.type)
        if kind is not None:
            refuse_bad_spec(kind, node.spec, {}, node.id)
    return _put(flow, clip.model_copy(update={"nodes": nodes}), at)


def duplicate_nodes(flow: FlowData, ids: Collection[str]) -> tuple[FlowData, tuple[str, ...]]:
    """Add a copy of each node beside it; returns the new flow and the ids of the copies."""
    return _put(flow, copy_nodes(flow, ids), None)


def _put(
    flow: FlowData, clip: Clip, at: tuple[float, float] | None
) -> tuple[FlowData, tuple[str, ...]]:
    names = _new_names(flow, clip.nodes)
    blocks, inline = _blocks_for(flow, clip)
    copies = tuple(_renamed(flow, node, names, clip, inline) for node in clip.nodes)
    _refuse_much([[node.spec, node.extra] for node in copies])
    flow = flow.model_copy(
        update={"nodes": (*flow.nodes, *copies), "extra": {**flow.extra, **blocks}}
    )
    places = _places(flow, copies, at)
    return move_nodes(flow, places), tuple(node.id for node in copies)


def _among(node: NodeData, ids: Collection[str]) -> NodeData:
    """The node with what leads outside the copied nodes left out."""
    lines = tuple(line for line in node.connections or () if line.target in ids)
    parent = node.parent if node.parent in ids else None
    return node.model_copy(update={"connections": lines, "parent": parent})


def _refuse_twins(nodes: Iterable[NodeData]) -> None:
    seen: set[str] = set()
    for node in nodes:
        if node.id in seen:
            raise EditError(f"the id {node.id!r} appears twice among the nodes to paste")
        seen.add(node.id)


def _new_names(flow: FlowData, nodes: Iterable[NodeData]) -> dict[str, str]:
    """The id of each copy by the id that it was copied under."""
    names: dict[str, str] = {}
    taken = set(flow.by_id)
    for node in nodes:
        names[node.id] = id = _free(flow, node, taken)
        taken.add(id)
    return names


def _free(flow: FlowData, node: NodeData, taken: Collection[str]) -> str:
    """The node's own id if it can be kept, or the next number after it."""
    wish = node.id
    if node.declared_id is not None or not _usable(wish):
        wish = free_id(flow, node.label or node.type)
    joiner = "-" if "-" in wish or ("_" not in wish and flow.vocabulary == "handles") else "_"
    base = re.sub(rf"{joiner}\d+$", "", wish)
    number = 2
    while wish in taken:
        wish = f"{base}{joiner}{number}"
        number += 1
    return wish


def _usable(id: str) -> bool:
    try:
        check_new_id(FlowData(id=""), id)
    except EditError:
        return False
    return True


def _renamed(
    flow: FlowData, node: NodeData, names: Mapping[str, str], clip: Clip, inline: FlowData
) -> NodeData:
    lines = tuple(
        line.model_copy(
            update={
                "target": names[line.target],
                "output": _output_name(line, node, clip.vocabulary, flow.vocabulary),
            }
        )
        for line in node.connections or ()
        if line.target in names
    )
    spec = follow_renamed(node.spec, names)
    update = {
        "id": names[node.id],
        "declared_id": None,
        "connections": lines,
        "parent": names.get(node.parent or ""),
        "spec": _inlined(spec, inline) if inline.extra else spec,
    }
    return node.model_copy(update=update)


def _output_name(line: Connection, node: NodeData, old: Vocabulary, new: Vocabulary) -> str:
    """The output as files of the other vocabulary name it."""
    kind = node_type(node.type)
    if old == new or kind is None:
        return line.output
    ports = kind.ports(node)
    own = next((port for port in ports if line.output == port.written(old)), None)
    return own.written(new) if own else line.output


def _blocks_of(spec: Data) -> Iterator[str]:
    """Keys at the flow's top that settings refer to."""
    for _, value in walk(spec):
        if pointer := local_pointer(value):
            yield pointer.removeprefix("#/").partition("/")[0]


def _blocks_for(flow: FlowData, clip: Clip) -> tuple[dict[str, Data], FlowData]:
    """Blocks to add to the flow, and those to put in place of references; all go the same way."""
    clash = {key for key, value in clip.blocks.items() if flow.extra.get(key, value) != value}
    if clash:
        return {}, FlowData(id="", extra=dict(clip.blocks))
    missing = {key: value for key, value in clip.blocks.items() if key not in flow.extra}
    return missing, FlowData(id="")


def _inlined(spec: Data, blocks: FlowData) -> Data:
    """Settings with what references stand for in their place, once: no circle has an end."""
    pointer = local_pointer(spec)
    if pointer is not None:
        meant = follow(pointer, blocks)
        return spec if meant is None else meant
    if isinstance(spec, dict):
        return {key: _inlined(value, blocks) for key, value in spec.items()}
    if isinstance(spec, list):
        return [_inlined(value, blocks) for value in spec]
    return spec


def _refuse_much(data: Data) -> None:
    if sum(1 for _ in walk(data, MOST_VALUES + 1)) > MOST_VALUES:
        raise EditError(f"this is too much to paste: more than {MOST_VALUES} values")


def _places(
    flow: FlowData, copies: tuple[NodeData, ...], at: tuple[float, float] | None
) -> dict[str, tuple[float, float]]:
    """Where the copies go; those without a place get one only if somebody pointed at it."""
    placed = {node.id: node.position for node in copies if node.position is not None}
    if at is not None:
        if not placed:
            placed = _column(copies)
        left = min(place.x for place in placed.values())
        top = min(place.y for place in placed.values())
        return {id: (at[0] + p.x - left, at[1] + p.y - top) for id, p in placed.items()}
    fresh = {node.id for node in copies}
    occupied = {
        tuple(node.position) for node in flow.all_nodes() if node.position and node.id not in fresh
    }
    shift = 0
    while any((place.x + shift, place.y + shift) in occupied for place in placed.values()):
        shift += SHIFT
    return {id: (place.x + shift, place.y + shift) for id, place in placed.items()}


def _column(nodes: Iterable[NodeData]) -> dict[str, Position]:
    places: dict[str, Position] = {}
    y = 0
    for node in nodes:
        places[node.id] = Position(0, y)
        kind = node_type(node.type)
        y += (kind.size[1] if kind else 72) + SHIFT
    return places
