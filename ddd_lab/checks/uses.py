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
        publishes: these, and the events that only its header names.
        awaits: names of the events that start or continue it.
    """

    schemas: tuple[str, ...] = ()
    error_codes: tuple[str, ...] = ()
    emits: tuple[str, ...] = ()
    publishes: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()


class DesignUses:
    """What the flows of a design use, names resolved through what its files say."""

    def __init__(self, design: Design) -> None:
        self._index = DesignIndex(design)

    def of(self, flow: FlowData) -> Uses:
        """What one flow uses."""
        facts_of_flow = facts(flow)
        schemas: dict[str, None] = {}
        for reference in (*facts_of_flow.schemas, *facts_of_flow.models, *facts_of_flow.shapes):
            stem = self._index.schema(reference.name)
            while stem is not None and stem not in schemas:
                schemas[stem] = None
                stem = self._index.parent(stem)
        emits = _names(facts_of_flow.emits)
        return Uses(
            schemas=tuple(schemas),
            error_codes=_names(facts_of_flow.codes),
            emits=emits,
            publishes=tuple(dict.fromkeys((*emits, *sorted(facts_of_flow.said_emits)))),
            awaits=tuple(sorted(self._index.awaited_by(facts_of_flow))),
        )


def uses(design: Design, flow: FlowData) -> Uses:
    """What one flow of a design uses."""
    return DesignUses(design).of(flow)


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
