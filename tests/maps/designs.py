"""Small factories for designs and flows, and ways to look at maps as a reader does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from ddd_lab.spec.models import (
    ArchitectureModel,
    ConfigModel,
    DomainModel,
    ErrorRegistry,
    SystemLayout,
    SystemModel,
)
from ddd_lab.spec.models.base import Position
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from tests.design_data import DesignData

Card = Mapping[str, Any]


def node(id_: str, type_: str = "process", /, *to: str, **keys: Any) -> NodeData:
    """A node that leads to others: ``"next"`` or ``"output:next"`` each."""
    lines = []
    for said in to:
        output, colon, target = said.rpartition(":")
        lines.append(Connection(output=output if colon else "next", target=target))
    return NodeData(id=id_, type=type_, connections=tuple(lines), **keys)


def flow(*nodes: NodeData, id_: str = "sign-up", **keys: Any) -> FlowData:
    """A flow of the domain ``users`` with an HTTP trigger that leads to its first node."""
    trigger = NodeData(
        id="trigger",
        type="trigger",
        spec={"type": "http", "method": "POST", "path": "/sign-up"},
        connections=None,
    )
    return FlowData(**{"id": id_, "domain": "users", "trigger": trigger, **keys}, nodes=nodes)


def domain(
    id_: str,
    *flows: str,
    publishes: Mapping[str, str] | None = None,
    consumes: Mapping[str, str] | None = None,
    **keys: Any,
) -> DomainModel:
    """A domain by ids of flows (``"flow"`` or ``"flow:agent"``) and events to their flows."""
    entries = []
    for said in flows:
        flow_id, _, type_ = said.partition(":")
        entries.append(
            {"id": flow_id, "name": flow_id.title(), **({"type": type_} if type_ else {})}
        )
    data = {
        "name": id_.title(),
        "flows": entries,
        "publishes_events": [
            {"event": event, **({"from_flow": by} if by else {})}
            for event, by in (publishes or {}).items()
        ],
        "consumes_events": [
            {"event": event, **({"handled_by_flow": by} if by else {})}
            for event, by in (consumes or {}).items()
        ],
        **keys,
    }
    return DomainModel.read(data, id=id_)[0]


def design(
    *domains: DomainModel,
    flows: Mapping[str, FlowData] | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
) -> DesignData:
    """A design held in memory."""
    places = {id_: {"x": x, "y": y} for id_, (x, y) in (layout or {}).items()}
    return DesignData(
        system=SystemModel.read({"name": "Library"})[0],
        layout=SystemLayout.read({"domains": places})[0],
        errors=ErrorRegistry.read({})[0],
        architecture=ArchitectureModel.read({})[0],
        config=ConfigModel.read({})[0],
        domains={model.id: model for model in domains},
        flows=flows or {},
    )


def at(x: float, y: float) -> Position:
    """A place."""
    return Position(x, y)


def overlaps(cards: Sequence[Card]) -> list[tuple[Any, Any]]:
    """Pairs of cards that lie on one another."""
    return [
        (one.get("key", one.get("id")), other.get("key", other.get("id")))
        for one, other in combinations(cards, 2)
        if one["position"]["x"] < other["position"]["x"] + other["width"]
        and other["position"]["x"] < one["position"]["x"] + one["width"]
        and one["position"]["y"] < other["position"]["y"] + other["height"]
        and other["position"]["y"] < one["position"]["y"] + one["height"]
    ]


def by(cards: Iterable[Card], key: str = "id") -> dict[str, Card]:
    """Cards by what names them."""
    return {card[key]: card for card in cards}
