"""What people call the places and cards of a design."""

from __future__ import annotations

from ddd_lab.workbench import Workbench


def title_of(workbench: Workbench, at: str, card: str) -> str:
    """The names on the way to a card: domain, flow and node."""
    domain, _, flow = at.partition("/")
    model = workbench.design.domains.get(domain)
    parts = [(model.name if model else "") or domain] if domain else []
    if flow:
        data = workbench.design.flows.get(at)
        parts.append((data.name if data else "") or flow)
        node = data.by_id.get(card) if data and card else None
        if node is not None:
            parts.append(node.name)
    return " › ".join(parts)
