"""Frames of a board: containers, bodies of loops, and teams of agents, behind their cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ddd_lab.canvas.protocol.messages import Badge, Frame
from ddd_lab.maps.data import ContainerFrame, Team
from ddd_lab.plurals import plural
from ddd_lab.spec.catalogue import MemoryStore


def container_id(node: str) -> str:
    """Id of the frame of a container or of a loop's body."""
    return f"frame:{node}"


def sheet_frames(containers: Sequence[ContainerFrame], groups: Iterable[Team]) -> list[Frame]:
    """Frames of a flow sheet, outermost first."""
    shown = [group for group in groups if group["around"]]
    own = {group["node"] for group in shown}
    inside = {child: frame["id"] for frame in containers for child in frame["children"]}
    depths: dict[str, int] = {}
    frames = []
    for frame in containers:
        above = inside.get(frame["id"])
        depths[frame["id"]] = 0 if above is None else depths.get(above, 0) + 1
        if frame["id"] not in own:
            frames.append(_container(frame, depths[frame["id"]]))
    for group in shown:
        around = group["around"]
        depth = max((depths[id] for id in around if id in depths), default=0)
        frames.append(team_frame(group, around, group["node"], depths.get(group["node"], depth)))
    # What lies in a team's frame by its place only is drawn after it.
    return sorted(frames, key=lambda frame: (frame.depth, frame.kind != "team"))


def _container(frame: ContainerFrame, depth: int) -> Frame:
    return Frame(
        id=container_id(frame["id"]),
        kind="body" if frame["derived"] else "container",
        title=f"{frame['mark']} {frame['title']}",
        card=frame["id"],
        cards=frame["children"],
        x=frame["x"],
        y=frame["y"],
        width=frame["width"],
        height=frame["height"],
        depth=depth,
    )


def team_frame(group: Team, around: Sequence[str], card: str = "", depth: int = 0) -> Frame:
    """The boundary of a team: who it is, how it talks, what it shares and measures.

    Args:
        group: as the maps give it, with the sides of its boundary.
        card: of the team itself, if it has one.
    """
    metrics = ", ".join(name.replace("_", " ") for name in group["metrics"])
    return Frame(
        id=f"team:{group['flow']}:{group['node']}",
        kind="team",
        title=f"⊛ {group['name']}",
        card=card,
        cards=[id for id in around if id != card],
        x=group["x"] or 0.0,
        y=group["y"] or 0.0,
        width=group["width"] or 0.0,
        height=group["height"] or 0.0,
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


def _memory(store: MemoryStore) -> Badge:
    only = " (read only)" if store.get("access") == "read_only" else ""
    kind = f", {store['type'].replace('_', ' ')}" if store["type"] else ""
    title = f"Shared memory {store['name']}{kind}{only}"
    return Badge(text=f"◈ {store['name']}{only}", title=title, tone="accent")
