"""What a flow uses of the rest of the design, for prompts and exports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_summary import Reference, facts
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.flow import FlowData


@dataclass(frozen=True, slots=True)
class Uses:
    """What a flow uses.

    Attributes:
        schemas: file stems of the schemas that it refers to, in the order in which it does, each
            with what it inherits from.
        error_codes: that it answers with, in order.
        emits: names of events.
    """

    schemas: tuple[str, ...] = ()
    error_codes: tuple[str, ...] = ()
    emits: tuple[str, ...] = ()


def uses(design: Design, flow: FlowData) -> Uses:
    """What a flow uses, names of schemas resolved through what their files say."""
    index = DesignIndex(design)
    facts_of_flow = facts(flow)
    schemas: dict[str, None] = {}
    for reference in (*facts_of_flow.schemas, *facts_of_flow.models, *facts_of_flow.shapes):
        stem = index.schema(reference.name)
        while stem is not None and stem not in schemas:
            schemas[stem] = None
            stem = index.parent(stem)
    return Uses(
        schemas=tuple(schemas),
        error_codes=_names(facts_of_flow.codes),
        emits=_names(facts_of_flow.emits),
    )


def called_by(design: Design, key: str) -> tuple[str, ...]:
    """The flows of a design that a flow calls or hands over to, agents of a team included.

    Returns:
        ``domain/flow`` of each that is there, in the order in which the flow names them.
    """
    index = DesignIndex(design)
    targets = (index.target(key, call) or key for call in index.facts[key].calls)
    return tuple(dict.fromkeys(one for one in targets if one in design.flows and one != key))


def _names(references: Iterable[Reference]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reference.name for reference in references))
