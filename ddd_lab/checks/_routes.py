"""What a smart router or an orchestrator may hand over to, as far as its own flow can tell."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._spec_edges import SpecLink
from ddd_lab.checks._values import entries, mapping, text
from ddd_lab.spec.models.base import Path


def open_routes(view: FlowView) -> Iterator[SpecLink]:
    """Routes that no node, agent or output of the flow explains.

    They may be flows of the same domain, which only the design can tell.
    """
    agents = tuple(dict.fromkeys(_agents(view)))
    for link in view.spec_links:
        if link.strict or link.target in view.index or link.target in agents:
            continue
        known = _own_names(view, link.source)
        explained = link.target in known or _leaves_by_rule(view, link.source, link.path)
        if not explained and link.target != "skip":
            yield link


def _agents(view: FlowView) -> Iterator[str]:
    for node, kind in zip(view.nodes, view.kinds, strict=True):
        if kind == "orchestrator":
            for name, _, _ in entries(mapping(node.spec).get("agents")):
                if name:
                    yield name


def _own_names(view: FlowView, number: int) -> set[str]:
    """Names under which a router's own routes are known: its outputs, rules and labels."""
    spec = mapping(view.nodes[number].spec)
    known = {line.output for line in view.lines[number]}
    known |= {name for name, _, _ in entries(spec.get("rules"))}
    known |= {name for name, _, _ in entries(mapping(spec.get("llm_routing")).get("routes"))}
    return known


def _leaves_by_rule(view: FlowView, number: int, path: Path) -> bool:
    """Whether the rule or label that a route stands in has a connection under its own name."""
    outputs = {line.output for line in view.lines[number]}
    spec = mapping(view.nodes[number].spec)
    if path[1] == "rules":
        rule = next((rule for _, rule, at in entries(spec.get("rules")) if at == path[2:3]), None)
        return text(mapping(rule).get("id")) in outputs
    return path[1] == "llm_routing" and path[3] in outputs
