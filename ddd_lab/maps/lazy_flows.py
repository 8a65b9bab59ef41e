"""Flows of other domains that a domain's map looks at, without reading what nobody asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, runtime_checkable

from ddd_lab.maps.links import can_link
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.flow import FlowData


@runtime_checkable
class Lazy(Protocol):
    """Flows that are read when asked for, and can tell which have been."""

    def loaded(self) -> Iterable[tuple[str, FlowData]]:
        """Those that have been read, by key."""


def other_flows(design: Design, domain: str, *, everything: bool) -> Iterator[tuple[str, FlowData]]:
    """Flows of other domains that can lead to other flows at all."""
    flows: Mapping[str, FlowData] = design.flows
    if isinstance(flows, Lazy) and not everything:
        loaded = dict(flows.loaded())
        pairs = ((key, loaded.get(key)) for key in design.flow_keys)
    else:
        pairs = ((key, flows.get(key)) for key in design.flow_keys)
    for key, flow in pairs:
        if flow is not None and key.partition("/")[0] != domain and can_link(flow):
            yield key, flow
