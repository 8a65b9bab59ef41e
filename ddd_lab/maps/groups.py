"""Teams of agents, as a dashed boundary on a domain map says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..spec.flow import FlowData
from .links import target


def agent_groups(domain: str, id_: str, flow: FlowData) -> Iterator[dict[str, Any]]:
    """The teams that a flow declares: in ``agent_group`` or as a node of that type.

    Yields:
        ``id``, ``name``, ``flow`` (the one that declares it), ``members`` (``domain/flow`` each;
        those of the flow's orchestrators where the team names none), ``communication``,
        ``shared_memory`` (names) and ``metrics`` (names).
    """
    blocks: list[tuple[str, str, Mapping[str, Any]]] = []
    own = flow.extra.get("agent_group")
    if isinstance(own, Mapping):
        blocks.append(("", "", own))
    blocks += [
        (node.id, node.label or "", node.spec) for node in flow.nodes if node.type == "agent_group"
    ]
    agents = [
        agent
        for node in flow.nodes
        if node.type == "orchestrator"
        for agent in _list(node.spec.get("agents"))
    ]
    for node_id, label, block in blocks:
        members = [target(domain, member) for member in _list(block.get("members")) or agents]
        coordination = block.get("coordination")
        way = coordination.get("communication") if isinstance(coordination, Mapping) else ""
        tracked = block.get("metrics")
        yield {
            "id": str(block.get("id") or node_id or id_),
            "name": label or str(block.get("name") or node_id or flow.name or id_),
            "flow": id_,
            "members": list(dict.fromkeys("/".join(member) for member in members if member)),
            "communication": way if isinstance(way, str) else "",
            "shared_memory": _names(block.get("shared_memory")),
            "metrics": _names(tracked.get("track") if isinstance(tracked, Mapping) else tracked),
        }


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _names(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [str(name) for name in value]
    named = (item.get("name") if isinstance(item, Mapping) else item for item in _list(value))
    return [name for name in named if isinstance(name, str)]
