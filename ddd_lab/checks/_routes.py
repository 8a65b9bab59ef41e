"""What a router or a leader of agents may hand over to, as far as its own flow can tell."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._spec_edges import SpecLink
from ddd_lab.spec.references import led_agents


def open_routes(view: FlowView) -> Iterator[SpecLink]:
    """Routes that no node, agent or output of the flow explains.

    They may be flows of the same domain, which only the design can tell.
    """
    agents = {id for node in view.nodes for id, _ in led_agents(node)}
    for link in view.spec_links:
        if link.strict or link.target in view.index or link.target in agents:
            continue
        outputs = {line.output for line in view.lines[link.source]}
        explained = {"skip", *outputs, *_own_routes(view, link.source)}
        if link.target not in explained and link.entry not in outputs:
            yield link


def _own_routes(view: FlowView, number: int) -> Iterator[str]:
    """Names of the rules and routes of a node."""
    kind = view.types[number]
    for target in kind.targets if kind else ():
        if target.output == "*":
            yield from target.entries(view.nodes[number].spec)
