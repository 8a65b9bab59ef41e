"""Frames on a sheet: how far containers, bodies of loops and teams of agents reach."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ddd_lab.maps.containers import TEAM, TEAM_WITH_FOOT, LayoutGroup, Pads, deep_members
from ddd_lab.maps.data import Boundary, Box, CardData, ContainerFrame, Team
from ddd_lab.maps.groups import agent_groups, members_on_sheet
from ddd_lab.maps.layout import Rect
from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.models.base import pixels
from ddd_lab.spec.models.flow import FlowData

Areas = Mapping[str, Rect]
MOST_MEMBERS = 24
"""Members of a team up to which a boundary is sought that shuts out everybody else."""


def areas_of(cards: Mapping[str, CardData]) -> dict[str, Rect]:
    """What each card covers, by what names it."""
    return {
        key: Rect(at["x"], at["y"], at["x"] + card["width"], at["y"] + card["height"])
        for key, card in cards.items()
        for at in (card["position"],)
    }


def container_frames(
    flow: FlowData, layout_groups: Sequence[LayoutGroup], areas: Areas
) -> list[ContainerFrame]:
    """Containers with their frames, outermost first.

    A body that only the lines say has none where the frame would take in other cards as well.
    """
    frames: dict[str, Rect] = {}
    listed: list[ContainerFrame] = []
    for layout_group in layout_groups:
        if layout_group.kind == "team":
            continue
        inside = [
            area
            for id in layout_group.members
            if (area := frames.get(id) or areas.get(id)) is not None
        ]
        if not inside:
            continue
        frame = _around(inside, layout_group.pads)
        cards = deep_members(layout_group, layout_groups)
        if layout_group.kind == "body" and _strangers(frame, areas, cards):
            continue
        frames[layout_group.key] = frame
        node = flow.by_id[layout_group.node]
        listed.append(
            {
                "id": layout_group.node,
                "title": node.name,
                "kind": node.type,
                "mark": kind.frame_mark if (kind := node_type(node.type)) else "▭",
                "derived": layout_group.kind == "body",
                "children": [
                    id.removeprefix("\n") for id in layout_group.members if id != layout_group.node
                ],
                **_box(frame),
            }
        )
    return listed[::-1]


def team_frames(domain: str, flow: FlowData, areas: Areas) -> list[Team]:
    """Teams of agents, each with the boundary around its members on this sheet.

    ``around`` are the cards inside: fewer than there are where a rectangle around all of them
    would take in others. Without any, ``x``, ``y``, ``width`` and ``height`` are None and the
    team's own card says everything.
    """
    teams: list[Team] = []
    for group in agent_groups(domain, flow.id, flow):
        node = group["node"]
        members = members_on_sheet(flow, node)
        if node and members:
            members = [node, *members]
        pads = TEAM_WITH_FOOT if group["memory"] or group["metrics"] else TEAM
        present = [id for id in members if id in areas]
        kinds = {id: node_type(flow.by_id[id].type) for id in present}
        ranks = {id: kind.team_rank if kind else 0 for id, kind in kinds.items()}
        around = shutting_out(present, ranks, areas, pads)
        teams.append({**group, **boundary(around, areas, pads)})
    return teams


def area_of_team(team: Team) -> Rect | None:
    """What the boundary of a team covers; None where it goes around no cards."""
    x, y, width, height = team["x"], team["y"], team["width"], team["height"]
    if x is None or y is None or width is None or height is None:
        return None
    return Rect(x, y, x + width, y + height)


def boundary(around: Sequence[str], areas: Areas, pads: Pads) -> Boundary:
    """``around`` and the frame around those cards; None for every side where there are none."""
    if not around:
        return {"around": [], "x": None, "y": None, "width": None, "height": None}
    return {"around": list(around), **_box(_around([areas[id] for id in around], pads))}


def shutting_out(
    members: Sequence[str], ranks: Mapping[str, int], areas: Areas, pads: Pads
) -> list[str]:
    """Members that one rectangle can go around without touching any other card.

    Args:
        ranks: who is given up first: the lowest.
    """
    members_left = list(members)
    if len(members_left) > MOST_MEMBERS:
        return []
    while members_left:
        if not _strangers(_around([areas[id] for id in members_left], pads), areas, members_left):
            return members_left
        weakest = min(ranks.get(id, 0) for id in members_left)
        weakest_ids = [id for id in members_left if ranks.get(id, 0) == weakest]
        members_left.remove(
            min(reversed(weakest_ids), key=lambda id: _left_over(members_left, id, areas, pads))
        )
    return []


def _left_over(members: Sequence[str], without: str, areas: Areas, pads: Pads) -> int:
    rest = [id for id in members if id != without]
    return len(_strangers(_around([areas[id] for id in rest], pads), areas, rest)) if rest else 0


def _strangers(frame: Rect, areas: Areas, members: Collection[str]) -> list[str]:
    return [id for id, area in areas.items() if id not in members and area.meets(frame)]


def _around(areas: Sequence[Rect], pads: Pads) -> Rect:
    return Rect(
        min(area.left for area in areas) - pads.left,
        min(area.top for area in areas) - pads.top,
        max(area.right for area in areas) + pads.right,
        max(area.bottom for area in areas) + pads.bottom,
    )


def _box(area: Rect) -> Box:
    return {
        "x": pixels(area.left),
        "y": pixels(area.top),
        "width": pixels(area.right - area.left),
        "height": pixels(area.bottom - area.top),
    }
