"""Places that people name: the system, a domain, a flow, or the map of all flows."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ddd_lab.spec.models.design import Design
from ddd_lab.spec.no_such import no_such

FLOWS = "@flows"

Level = Literal["system", "flows", "domain", "flow"]


class At(NamedTuple):
    """A place: its level, and the domain and flow where it has them."""

    level: Level
    domain: str = ""
    flow: str = ""

    @property
    def key(self) -> str:
        """``domain/flow``."""
        return f"{self.domain}/{self.flow}"


def placed_at(design: Design, at: str) -> At:
    """The place that a text names.

    Raises:
        KeyError: there is no such domain or readable flow; says what is nearest.
    """
    if not at:
        return At("system")
    if at == FLOWS:
        return At("flows")
    domain, slash, flow = at.partition("/")
    if not slash:
        if domain not in design.domains:
            raise no_such("domain", at, [*design.domains, FLOWS])
        return At("domain", domain)
    if at not in design.flows:
        if at in design.flow_keys:
            raise KeyError(f"The file of the flow {at!r} cannot be read; see its problems.")
        raise no_such("flow", at, design.flow_keys)
    return At("flow", domain, flow)
