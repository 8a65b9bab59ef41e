"""Run the rules between flows again only if something that they look at has changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_summary import Facts
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._runner import alone, between, linked, ordered
from ddd_lab.equality import identical
from ddd_lab.gc_pause import gc_paused
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.problem import UnlocatedProblem


class _Surface(NamedTuple):
    """All that a link rule can see of flows other than its own."""

    called: frozenset[str]
    emitted: frozenset[str]
    contracts: tuple[tuple[object, object], ...]
    complete: bool


class IncrementalChecker:
    """What ``check_design`` finds, kept from one time to the next.

    A flow that did not change keeps what the link rules found in it for as long as the other
    files, and what link rules see of other flows, stay the same. The rules for the whole design
    see flows only by their :class:`Facts`, so that an edit which changes none of those costs them
    nothing.

    Args:
        design: the design, always as it is now.
    """

    def __init__(self, design: Design) -> None:
        self._design = design
        self._names: tuple[object, ...] = ()
        self._models: tuple[object, ...] = ()
        self._facts: dict[str, Facts] = {}
        self._surface: _Surface | None = None
        self._links: dict[str, tuple[FlowData, list[UnlocatedProblem]]] = {}
        self._between: list[UnlocatedProblem] = []

    def problems(self) -> list[UnlocatedProblem]:
        """The same list as ``check_design`` gives; unchanged problems are the same objects."""
        with gc_paused():
            world = DesignIndex(self._design)
            self._compare(world)
            return ordered([*self._linked(world), *self._between], world)

    def everything(self) -> list[UnlocatedProblem]:
        """The same list as ``check`` gives."""
        with gc_paused():
            world = DesignIndex(self._design)
            self._compare(world)
            flows = [problem for key, flow in world.flows.items() for problem in alone(key, flow)]
            return ordered([*flows, *self._linked(world), *self._between], world)

    def _compare(self, world: DesignIndex) -> None:
        """Forget what does not hold any more, and run the rules for the whole design if needed."""
        files = self._design.paths, world.unreadable
        names = (tuple(world.flows), tuple(self._design.flow_keys), *files)
        models = tuple(_models(self._design))
        same = names == self._names and identical(models, self._models)
        if same and world.facts == self._facts:
            return
        surface = _surface(world)
        if not same or surface != self._surface:
            self._links.clear()
        self._between = list(between(world))
        self._names, self._models = names, models
        self._facts, self._surface = world.facts, surface

    def _linked(self, world: DesignIndex) -> Iterable[UnlocatedProblem]:
        for key, flow in world.flows.items():
            cached = self._links.get(key)
            if cached is None or cached[0] is not flow:
                cached = self._links[key] = (flow, linked(FlowView(key, flow), world))
            yield from cached[1]


def _surface(world: DesignIndex) -> _Surface:
    contracts = tuple((fact.inputs, fact.outputs) for fact in world.facts.values())
    return _Surface(world.called, frozenset(world.emitted), contracts, world.complete)


def _models(design: Design) -> Iterable[object]:
    """Everything that rules see beside flows; an edit replaces what it changes."""
    yield from (design.system, design.project_file, design.layout)
    yield from (design.errors, design.architecture, design.config)
    yield from design.domains.values()
    yield from design.schemas.values()
    yield from map(design.data, sorted(design.paths))
