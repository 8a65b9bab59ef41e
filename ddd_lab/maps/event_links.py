"""Who publishes what to whom: the events between domains and between their flows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ddd_lab.spec.models.design import Design
from ddd_lab.spec.topics import is_pattern, same_event


class EventLink(NamedTuple):
    """One event on its way; a flow is empty where the domain's file names none."""

    event: str
    source_domain: str
    source_flow: str
    target_domain: str
    target_flow: str


class End(NamedTuple):
    """One end of an event without the other."""

    event: str
    domain: str
    flow: str


class AwaitedNames:
    """For a published event, the names by which others wait for it."""

    def __init__(self, awaited: Iterable[str]) -> None:
        self._awaited = frozenset(awaited)
        self._patterns = [name for name in awaited if is_pattern(name)]

    def __call__(self, event: str) -> list[str]:
        """The names, the event's own first."""
        if is_pattern(event):
            return sorted(name for name in self._awaited if same_event(event, name))
        own = [event] if event in self._awaited else []
        return own + [name for name in self._patterns if same_event(name, event)]


class Wiring:
    """All events of a design, as its domain files state them (not the nodes of its flows).

    Attributes:
        wires: every event from each publisher to each consumer, in reading order; an event that a
            consumer waits for by a pattern (``orders.*``) has its published name.
        unconsumed: published events that no domain consumes.
        unpublished: consumed events that no domain publishes.
    """

    def __init__(self, design: Design) -> None:
        publishers: _Ends = {}
        consumers: _Ends = {}
        for domain, model in design.domains.items():
            for sent in model.publishes:
                publishers.setdefault(sent.event, {})[domain, sent.flow, ""] = None
            for got in model.consumes:
                consumers.setdefault(got.event, {})[domain, got.flow, got.domain] = None
        wires: dict[EventLink, None] = {}
        awaited = _matches(consumers)
        for event, sources in publishers.items():
            homes = {domain for domain, _, _ in sources}
            ends = [end for name in awaited(event) for end in consumers[name]]
            for source, source_flow, _ in sources:
                for target, target_flow, origin in ends:
                    # One that names its origin means that one, if it does publish the event.
                    if origin not in homes or origin == source:
                        wires[EventLink(event, source, source_flow, target, target_flow)] = None
        order = {domain: index for index, domain in enumerate(design.domains)}
        self.wires = sorted(
            wires, key=lambda wire: (order[wire.source_domain], order[wire.target_domain])
        )
        self.unconsumed = _alone(publishers, consumers)
        self.unpublished = _alone(consumers, publishers)


_Ends = dict[str, dict[tuple[str, str, str], None]]
"""For every event its ends: domain, flow and, where a consumer says so, domain of origin."""


def _alone(these: _Ends, others: _Ends) -> list[End]:
    matching = _matches(others)
    ends = (
        End(event, domain, flow)
        for event, wirings in these.items()
        if not matching(event)
        for domain, flow, _ in wirings
    )
    return list(dict.fromkeys(ends))


def _matches(ends: _Ends) -> Callable[[str], list[str]]:
    """For an event, the names among the ends that can mean it."""
    patterns = [name for name in ends if is_pattern(name)]

    def matching(event: str) -> list[str]:
        if is_pattern(event):
            return [name for name in ends if same_event(event, name)]
        names = [name for name in patterns if same_event(event, name)]
        return [event, *names] if event in ends else names

    return matching


def links_by_events(
    design: Design,
    publishes: Mapping[str, Iterable[str]],
    awaits: Mapping[str, Iterable[str]],
) -> dict[tuple[str, str, str], None]:
    """Publisher, consumer and event, as the domains wire them and as the flows themselves say.

    Args:
        publishes, awaits: events of every flow as its own file states them, by its key.
    """
    links: dict[tuple[str, str, str], None] = {}
    for wire in Wiring(design).wires:
        if wire.source_flow and wire.target_flow:
            source = f"{wire.source_domain}/{wire.source_flow}"
            links[source, f"{wire.target_domain}/{wire.target_flow}", wire.event] = None
    awaiting: dict[str, list[str]] = {}
    for key, events in awaits.items():
        for event in events:
            awaiting.setdefault(event, []).append(key)
    names = AwaitedNames(awaiting)
    for key, events in publishes.items():
        for event in events:
            for name in names(event):
                links.update(dict.fromkeys((key, target, event) for target in awaiting[name]))
    return links
