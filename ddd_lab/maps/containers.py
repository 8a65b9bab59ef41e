"""What lies in what on a sheet: containers, the bodies of loops, teams of agents."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from ddd_lab.maps.groups import members_on_sheet, team_blocks
from ddd_lab.spec.catalogue import has_trait
from ddd_lab.spec.edit.containers import containers
from ddd_lab.spec.lenient import text
from ddd_lab.spec.models.flow import FlowData, NodeData

MOST_BODIES = 40
"""Loops on one sheet beyond which no bodies are worked out."""
LEFT_AFTER = frozenset(
    {"done", "next", "success", "complete", "failure", "error", "fail", "failed", "timeout"}
)
"""Outputs of a loop or parallel that do not lead into its body."""


class Pads(NamedTuple):
    """Room between a frame and what it goes around, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


CONTAINER = Pads(20, 30, 20, 20)
TEAM = Pads(24, 46, 24, 24)
TEAM_WITH_FOOT = Pads(24, 46, 24, 58)


class LayoutGroup(NamedTuple):
    """Cards that stay together.

    Attributes:
        key: of the frame; never the id of a card.
        kind: ``container`` (said by the file), ``body`` (worked out from the lines) or ``team``.
        node: id of the node it belongs to; empty for the team at the top of the file.
        members: ids of cards, and keys of layout_groups inside it.
    """

    key: str
    kind: str
    node: str
    members: tuple[str, ...]
    pads: Pads


def layout_groups(flow: FlowData) -> list[LayoutGroup]:
    """Everything on a sheet that goes around cards, innermost first."""
    explicit = containers(flow)
    own = {container.id for container in explicit}
    listed = [
        LayoutGroup(
            _key(container.id),
            "container",
            container.id,
            (
                container.id,
                *(_key(child) if child in own else child for child in container.children),
            ),
            CONTAINER,
        )
        for container in reversed(explicit)
    ]
    bodies = _bodies(flow, own)
    listed += bodies
    inside = {member for layout_group in bodies for member in layout_group.members}
    for node_id, _, block in team_blocks(flow):
        if not node_id:
            members = [id for id in members_on_sheet(flow, "") if id not in inside]
            foot = bool(block.get("shared_memory") or block.get("metrics"))
            if members:
                members = [_key(id) if id in own else id for id in members]
                pads = TEAM_WITH_FOOT if foot else TEAM
                listed.append(LayoutGroup("\nteam", "team", "", tuple(members), pads))
    return listed


def deep_members(layout_group: LayoutGroup, layout_groups: Iterable[LayoutGroup]) -> set[str]:
    """Ids of all cards inside a layout_group, however deep."""
    by_key = {other.key: other for other in layout_groups}
    members: set[str] = set()
    waiting = [*layout_group.members]
    while waiting:
        member = waiting.pop()
        inner = by_key.get(member)
        if inner is None:
            members.add(member)
        else:
            waiting.extend(inner.members)
    return members


def _key(node: str) -> str:
    return f"\n{node}"


def _bodies(flow: FlowData, others: Collection[str]) -> list[LayoutGroup]:
    """Bodies of loops and branches of parallels that the file does not mark as such."""
    heads = [
        node
        for node in flow.nodes
        if has_trait(node, "body") and node.id not in others and not node.parent
    ]
    if not heads or len(heads) > MOST_BODIES:
        return []
    onwards: dict[str, list[tuple[str, str]]] = {}
    for edge in flow.edges:
        onwards.setdefault(edge.source, []).append((edge.output, edge.target))
    bodies = {head.id: _body(flow, head, onwards) for head in heads}
    members_of: dict[str, set[str]] = {}
    for id, body in sorted(bodies.items(), key=lambda item: -len(item[1])):
        whole = body | {id}
        fits = all(
            whole <= other or not whole & (other | {above}) for above, other in members_of.items()
        )
        if body and fits:
            members_of[id] = body
    order = [node.id for node in flow.nodes]
    listed = []
    for id, body in sorted(members_of.items(), key=lambda item: len(item[1])):
        deeper = [inner for inner in members_of if inner in body]
        hidden = {member for inner in deeper for member in members_of[inner]}
        direct = [member for member in order if member in body - hidden]
        members = (id, *(_key(member) if member in members_of else member for member in direct))
        listed.append(LayoutGroup(_key(id), "body", id, members, CONTAINER))
    return listed


def _body(flow: FlowData, head: NodeData, onwards: dict[str, list[tuple[str, str]]]) -> set[str]:
    """Nodes that only a round or a branch comes to: not what follows, not where a flow ends."""
    into: list[str] = []
    after: list[str] = []
    for output, target in onwards.get(head.id, ()):
        (after if output in LEFT_AFTER else into).append(target)
    start = text(head.spec.get("body_start"))
    if start in flow.by_id:
        into.append(start)
    outside = _reached(after, onwards, head.id)
    return {
        id
        for id in _reached(into, onwards, head.id) - outside
        if (node := flow.by_id.get(id)) is not None
        and node is not flow.trigger
        and not has_trait(node, "terminal")
        and not node.parent
    }


def _reached(
    starts: Iterable[str], onwards: dict[str, list[tuple[str, str]]], head: str
) -> set[str]:
    reached: set[str] = set()
    waiting = [*starts]
    while waiting:
        id = waiting.pop()
        if id != head and id not in reached:
            reached.add(id)
            waiting.extend(target for _, target in onwards.get(id, ()))
    return reached
