"""What a question can name: flows, nodes of the open one, schemas and events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench

_SHOWN = 12


class OfferedName(NamedTuple):
    """Something that can be named: what is written for it, what people call it, what it is."""

    text: str
    title: str
    kind: str


def offered_names(workbench: Workbench, at: str, beginning: str) -> list[OfferedName]:
    """What can be named by a word that begins so: what begins so itself before the rest."""
    wanted = beginning.casefold()
    found = [one for one in _all(workbench, at) if wanted in f"{one.text} {one.title}".casefold()]
    found.sort(key=lambda one: not one.text[1:].casefold().startswith(wanted))
    return [
        OfferedName(f"{one.text} ", one_line(one.title), one.kind) for one in islice(found, _SHOWN)
    ]


def _all(workbench: Workbench, at: str) -> Iterator[OfferedName]:
    design = workbench.design
    flow = design.flows.get(at)
    for node in flow.all_nodes() if flow is not None else ():
        yield OfferedName(f"@{node.id}", node.name, f"Node {node.id}")
    for key in design.flow_keys:
        model = design.flows.get(key)
        yield OfferedName(f"@{key}", (model.name if model else "") or key, f"Flow {key}")
    for id, domain in design.domains.items():
        yield OfferedName(f"@{id}", domain.name or id, "Domain")
    for stem, schema in design.schemas.items():
        yield OfferedName(f"@{schema.name or stem}", schema.name or stem, "Schema")
    links = (
        link.event
        for domain in design.domains.values()
        for link in (*domain.publishes, *domain.consumes)
    )
    for event in dict.fromkeys(filter(None, links)):
        yield OfferedName(f"@{event}", event, "Event")
