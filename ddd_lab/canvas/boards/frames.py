"""Frames of a board: containers, bodies of loops, and teams of agents, behind their cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ddd_lab.canvas.protocol.messages import Badge, Frame
from ddd_lab.maps.data import Box, ContainerFrame, Team
from ddd_lab.plurals import plural


def container_id(node: str) -> str:
    """Id of the frame of a container or of a loop's body."""
    return f"frame:{node}"


def sheet_frames(containers: Sequence[ContainerFrame], groups: Iterable[Team]) -> list[Frame]:
    """Frames of a flow sheet, outermost first.

    Args:
        containers: as :func:`ddd_lab.maps.sheet` gives them, outermost first.
        groups: the teams of the sheet; those with nothing to go around have no frame.
    """
    shown = [group for group in groups if group["around"]]
    own = {group["node"] for group in shown}
    inside = {child: frame["id"] for frame in containers for child in frame["children"]}
    depths: dict[str, int] = {}
    found = []
    for frame in containers:
        above = inside.get(frame["id"])
        depths[frame["id"]] = 0 if above is None else depths.get(above, 0) + 1
        if frame["id"] not in own:
            found.append(_container(frame, depths[frame["id"]]))
    for group in shown:
        around = group["around"]
        depth = max((depths[id] for id in around if id in depths), default=0)
        found.append(team_frame(group, around, group["node"], depths.get(group["node"], depth)))
    # What lies in a team's frame by its place only is drawn after it.
    return sorted(found, key=lambda frame: (frame.depth, frame.kind != "team"))


def _container(frame: ContainerFrame, depth: int) -> Frame:
    return Frame(
        id=container_id(frame["id"]),
        kind="body" if frame["derived"] else "container",
        title=f"{frame['mark']} {frame['title']}",
        card=frame["id"],
        cards=frame["children"],
        **box_of(frame),
        depth=depth,
    )


def team_frame(group: Team, around: Sequence[str], card: str = "", depth: int = 0) -> Frame:
    """The boundary of a team: who it is, how it talks, what it shares and measures.

    Args:
        group: as the maps give it, with the sides of its boundary.
        around: ids of the cards inside.
        card: of the team itself, if it has one.
        depth: how many frames it lies in.
    """
    metrics = ", ".join(name.replace("_", " ") for name in group["metrics"])
    return Frame(
        id=f"team:{group['flow']}:{group['node']}",
        kind="team",
        title=f"⊛ {group['name']}",
        card=card,
        cards=[id for id in around if id != card],
        **box_of(group),
        chips=[
            *(_memory(store) for store in group["memory"]),
            *([Badge(text=f"measures {metrics}", title=f"Measures {metrics}")] if metrics else []),
        ],
        note=" · ".join(part.replace("_", " ") for part in _coordination(group) if part),
        depth=depth,
    )


def _coordination(group: Team) -> tuple[str, ...]:
    """How many agents there are, how they talk, and who is asked first."""
    count, most = len(group["members"]), group["max_active"]
    return (
        plural(count, "agent") if count else "",
        group["communication"],
        "" if most is None else f"{most} at a time",
        group["selection"],
    )


def _memory(store: Mapping[str, Any]) -> Badge:
    only = " (read only)" if store.get("access") == "read_only" else ""
    kind = str(store.get("type") or "").replace("_", " ")
    what = f"Shared memory {store['name']}{f', {kind}' if kind else ''}"
    return Badge(text=f"◈ {store['name']}{only}", title=f"{what}{only}", tone="accent")


def box_of(area: Box | Team) -> dict[str, Any]:
    """Where something lies and how large it is, as fields of a card or a frame."""
    return {side: area[side] for side in ("x", "y", "width", "height")}
