"""Teams of agents, as the dashed boundaries on a domain map and on a sheet say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ddd_lab.maps.data import TeamData
from ddd_lab.maps.links import target
from ddd_lab.spec.catalogue import Settings, has_trait
from ddd_lab.spec.catalogue.agent_group import team_content
from ddd_lab.spec.lenient import items
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.references import led_agents


def team_blocks(flow: FlowData) -> Iterator[tuple[str, str, Settings]]:
    """Every team that a flow declares: its node (empty at the top of the file), label, settings."""
    own = flow.extra.get("agent_group")
    if isinstance(own, Mapping):
        yield "", "", own
    for node in flow.nodes:
        if has_trait(node, "team"):
            yield node.id, node.label or "", node.spec


def agent_groups(domain: str, id_: str, flow: FlowData) -> Iterator[TeamData]:
    """The teams that a flow declares: in ``agent_group`` or as a node of that type.

    Yields:
        Each team; its members are those of the flow's orchestrators where it names none.
    """
    agents = [agent for node in flow.nodes for _, agent in led_agents(node)]
    for node_id, label, block in team_blocks(flow):
        members = [target(domain, member) for member in items(block.get("members")) or agents]
        content = team_content(block, block)
        ways = content["coordination"]
        yield {
            "id": str(block.get("id") or node_id or id_),
            "name": label or content["name"] or node_id or flow.name or id_,
            "flow": id_,
            "node": node_id,
            "members": list(dict.fromkeys("/".join(member) for member in members if member)),
            "communication": ways["communication"],
            "shared_memory": [store["name"] for store in content["shared_memory"]],
            "memory": content["shared_memory"],
            "max_active": ways["max_active"],
            "selection": ways["selection"],
            "metrics": content["metrics"],
        }


def members_on_sheet(flow: FlowData, node_id: str) -> list[str]:
    """Nodes of a sheet that a team's boundary goes around.

    Args:
        node_id: the team's node; empty for the team at the top of the file, which takes in every
            agent, leader, router and handoff that lies in no container.
    """
    if not node_id:
        return [node.id for node in flow.nodes if has_trait(node, "at_work") and not node.parent]
    return [node.id for node in flow.nodes if node.parent == node_id]
