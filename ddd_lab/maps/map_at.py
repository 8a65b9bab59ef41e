"""From the place that people name to the map of it, whatever is made of that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ddd_lab.maps.data import DomainMap, FlowMap, Sheet, SystemMap
from ddd_lab.maps.domain import domain_map
from ddd_lab.maps.flows import flow_map
from ddd_lab.maps.location import placed_at
from ddd_lab.maps.memory import BoardMemory
from ddd_lab.maps.sheet import sheet
from ddd_lab.maps.system import system_map
from ddd_lab.spec.models.design import Design

T = TypeVar("T")


def made_of_map(
    design: Design,
    at: str,
    *,
    of_system: Callable[[SystemMap], T],
    of_flows: Callable[[FlowMap], T],
    of_domain: Callable[[DomainMap], T],
    of_sheet: Callable[[Sheet], T],
    memory: BoardMemory | None = None,
) -> T:
    """What one of the functions makes of the map or sheet at a place.

    Args:
        memory: where its cards were shown; it is brought up to date.

    Raises:
        KeyError: there is nothing at that place.
    """
    place = placed_at(design, at)
    match place.level:
        case "system":
            return of_system(system_map(design, memory=memory))
        case "flows":
            return of_flows(flow_map(design, memory=memory))
        case "domain":
            return of_domain(domain_map(design, place.domain, everything=True, memory=memory))
        case "flow":
            return of_sheet(sheet(design.flows[place.key], place.key, memory=memory))
