"""Human gates of a team of agents, as a domain map shows them: people outside the team's box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ddd_lab.maps import sizes
from ddd_lab.maps.blocks import content
from ddd_lab.maps.coordinates import position
from ddd_lab.maps.data import GateCard, Team
from ddd_lab.maps.frames import area_of_team
from ddd_lab.maps.layout import Rect
from ddd_lab.maps.layout.placement import Occupied
from ddd_lab.spec.catalogue import has_trait, is_orchestration
from ddd_lab.spec.models.flow import FlowData

AWAY = 120.0
"""Pixels between a team's box and the people outside it: the word on the line stands there."""
GAP = 24.0


def team_gates(id_: str, flow: FlowData) -> Iterator[GateCard]:
    """The people that the agents of a flow turn to; none for a flow without a team."""
    width, height = sizes.EVENT
    for node in flow.nodes if is_orchestration(flow) else ():
        content_ = content(node, flow) if has_trait(node, "person") else None
        if content_ is not None:
            yield {
                "key": f"gate:{id_}:{node.id}",
                "flow": id_,
                "node": node.id,
                "title": node.name,
                "options": [option["label"] for option in content_["options"]],
                "timeout": content_["timeout"]["duration"],
                "width": width,
                "height": height,
            }


def place_gates(
    gates: Sequence[GateCard],
    groups: Sequence[Team],
    areas: Mapping[str, Rect],
) -> None:
    """Give gates their ``position``: to the right of their team's box, and on nobody else."""
    if not gates:
        return
    occupied = Occupied()
    for area in areas.values():
        occupied.add(area)
    edges: dict[str, float] = {}
    for group in groups:
        if around := area_of_team(group):
            occupied.add(around)
            edges[group["flow"]] = max(around.right, edges.get(group["flow"], around.right))
    for gate in gates:
        flow = areas[f"flow:{gate['flow']}"]
        left = edges.get(gate["flow"], flow.right) + AWAY
        wish = Rect(left, flow.top, left + gate["width"], flow.top + gate["height"])
        place = occupied.free(wish, GAP).rounded()
        occupied.add(Rect(place.x, place.y, place.x + gate["width"], place.y + gate["height"]))
        gate["position"] = position(place)
        gate["placed"] = False
