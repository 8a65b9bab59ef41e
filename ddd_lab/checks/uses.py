"""What a flow uses of the rest of the design, for those who do not check but build."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..spec.design import Design
from ..spec.flow import FlowData
from ._design_index import DesignIndex
from ._facts import Mention, facts


@dataclass(frozen=True, slots=True)
class Uses:
    """What a flow uses.

    Attributes:
        schemas: file stems of the schemas that it refers to, in the order in which it does, each
            with what it inherits from.
        unknown_schemas: names of schemas that are not there.
        error_codes: that it answers with, in order.
        emits, awaits: names of events.
        calls: flows that it hands over to, as it names them.
    """

    schemas: tuple[str, ...] = ()
    unknown_schemas: tuple[str, ...] = ()
    error_codes: tuple[str, ...] = ()
    emits: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()


def uses(design: Design, flow: FlowData) -> Uses:
    """What a flow uses, names of schemas resolved through what their files say."""
    index = DesignIndex(design)
    said = facts(flow)
    schemas: dict[str, None] = {}
    unknown: dict[str, None] = {}
    shapes = (mention for mention in said.shapes if index.schema(mention.name) is not None)
    for mention in (*said.schemas, *said.models, *shapes):
        stem = index.schema(mention.name)
        if stem is None:
            unknown[mention.name] = None
        while stem is not None and stem not in schemas:
            schemas[stem] = None
            stem = index.parent(stem)
    return Uses(
        schemas=tuple(schemas),
        unknown_schemas=tuple(unknown),
        error_codes=_names(said.codes),
        emits=_names(said.emits),
        awaits=_names(said.awaits),
        calls=_names(said.calls),
    )


def _names(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.name for mention in mentions))
