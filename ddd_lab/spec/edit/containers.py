"""Nodes inside loops, parallels and groups.

A node names its container in ``parent`` (``parentId`` in a file). Its position stays absolute,
measured on the sheet like everybody's: putting a node into a container or taking it out changes
one line, and a tool that draws no containers shows the same picture.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.edit.nodes import EditError, find, refuse_circle, replace_nodes
from ddd_lab.spec.models.base import Frozen
from ddd_lab.spec.models.flow import FlowData, NodeData


class Container(Frozen):
    """A node with others inside.

    Attributes:
        id: of the node.
        children: ids of the nodes directly inside, in the flow's order.
        depth: how many containers it lies in itself.
    """

    id: str
    children: tuple[str, ...]
    depth: int = 0


def containers(flow: FlowData) -> tuple[Container, ...]:
    """Every node that has others inside, outermost first.

    A parent that does not exist, or that lies inside its own child, counts as none.
    """
    inside: dict[str, list[str]] = {}
    depth: dict[str, int] = {}
    for node in flow.nodes:
        above = list(_above(flow, node))
        depth[node.id] = len(above)
        if above:
            inside.setdefault(above[0], []).append(node.id)
    listed = [
        Container(id=id, children=tuple(children), depth=depth.get(id, 0))
        for id, children in inside.items()
    ]
    return tuple(sorted(listed, key=lambda container: container.depth))


def put_into(flow: FlowData, ids: Collection[str], container: str) -> FlowData:
    """Put nodes into a container; where they lie on the sheet stays as it is."""
    home = find(flow, container)
    kind = node_type(home.type)
    if kind is not None and "container" not in kind.traits:
        raise EditError(f"{container!r} is a {home.type}; use a container, such as a loop")
    return replace_nodes(flow, {id: _inside(flow, find(flow, id), home) for id in ids})


def take_out(flow: FlowData, ids: Collection[str]) -> FlowData:
    """Take nodes out of their container, into the one around that if there is one."""
    freed: dict[str, NodeData] = {}
    for id in ids:
        node = find(flow, id)
        if node.parent is None:
            raise EditError(f"{id!r} is not in a container")
        around = list(_above(flow, node))
        outer = around[1] if len(around) > 1 else None
        freed[id] = node.model_copy(update={"parent": outer})
    return replace_nodes(flow, freed)


def carried(
    flow: FlowData, places: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Positions of moved nodes, and of all with a position that lie inside them and move along."""
    moved = dict(places)
    for node in flow.nodes:
        if node.id in places or node.position is None:
            continue
        for above in _above(flow, node):
            if above in places:
                old = flow.by_id[above].position
                if old is not None:
                    x, y = places[above]
                    moved[node.id] = (node.position.x + x - old.x, node.position.y + y - old.y)
                break
    return moved


def _inside(flow: FlowData, node: NodeData, home: NodeData) -> NodeData:
    if node is flow.trigger:
        raise EditError("the trigger cannot lie in a container")
    refuse_circle(flow, node, home)
    return node if node.parent == home.id else node.model_copy(update={"parent": home.id})


def _above(flow: FlowData, node: NodeData) -> Iterator[str]:
    """Ids of the containers around a node, innermost first; none where they go in a circle."""
    chain: list[str] = []
    current = node
    while current.parent is not None and (above := flow.by_id.get(current.parent)) is not None:
        if above.id == node.id or above.id in chain:
            return
        chain.append(above.id)
        current = above
    yield from chain


def nested(flow: FlowData, into: Mapping[str, str]) -> FlowData:
    """The flow with nodes put into containers; the empty id is the sheet itself."""
    for container in dict.fromkeys(into.values()):
        ids = [id for id, home in into.items() if home == container]
        flow = put_into(flow, ids, container) if container else _on_the_sheet(flow, ids)
    return flow


def _on_the_sheet(flow: FlowData, ids: Collection[str]) -> FlowData:
    while inside := [id for id in ids if (node := flow.by_id.get(id)) and node.parent is not None]:
        flow = take_out(flow, inside)
    return flow
