"""The node catalogue: every type of node, each declared once in a module of its own.

A module of this package declares its type (or a few that belong together) as ``TYPES``; adding a
type is adding a file. Everything that must know about types asks here: ports, forms, cards, checks.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType

from ddd_lab.spec.catalogue._base import Category, NodeType, Outside, Port, SpecModel, Trait
from ddd_lab.spec.catalogue._card import (
    Badge,
    CardContent,
    CardItem,
    CardPart,
    Content,
    MemoryStore,
    memory_chips,
)
from ddd_lab.spec.catalogue._facts import (
    Callee,
    CallLink,
    Range,
    Settings,
    Target,
    keys_of,
    number_of,
    numbers,
    values_at,
)
from ddd_lab.spec.local_refs import settings
from ddd_lab.spec.models.flow import DEFAULT_OUTPUT, FlowData, NodeData, Vocabulary

__all__ = [
    "Badge",
    "CallLink",
    "Callee",
    "CardContent",
    "CardItem",
    "CardPart",
    "Category",
    "Content",
    "MemoryStore",
    "NodeType",
    "Port",
    "Range",
    "Settings",
    "SpecModel",
    "Target",
    "Trait",
    "catalogue",
    "has_trait",
    "is_orchestration",
    "keys_of",
    "memory_chips",
    "node_type",
    "number_of",
    "numbers",
    "ports",
    "refers_to",
    "summary",
    "values_at",
]


_FIRST = (
    "trigger",
    "input",
    "process",
    "terminal",
    "decision",
    "data_store",
    "event",
    "service_call",
)
"""Types that people look for first in their group; the others follow by their module's name."""


@cache
def catalogue() -> Mapping[str, NodeType]:
    """Every node type by its word, in the palette's order."""
    types: list[NodeType] = []
    for info in pkgutil.iter_modules(__path__):
        if not info.name.startswith("_"):
            types.extend(importlib.import_module(f"{__name__}.{info.name}").TYPES)
    order = ["flow", "logic", "data", "integration", "agent", "orchestration"]
    types.sort(key=lambda kind: (order.index(kind.category), _place(kind.type)))
    return MappingProxyType({kind.type: kind for kind in types})


def _place(word: str) -> int:
    return _FIRST.index(word) if word in _FIRST else len(_FIRST)


@cache
def _by_alias() -> Mapping[str, NodeType]:
    return {alias: kind for kind in catalogue().values() for alias in kind.aliases}


@lru_cache(maxsize=1000)
def node_type(word: str) -> NodeType | None:
    """The declaration for a type as a file writes it, or None for a type that nobody knows."""
    return catalogue().get(word) or _by_alias().get(word)


def has_trait(node: NodeData, trait: Trait) -> bool:
    """Whether the type of a node has a trait; a type that nobody knows has none."""
    kind = node_type(node.type)
    return kind is not None and trait in kind.traits


def refers_to(node: NodeData, what: Outside) -> bool:
    """Whether the settings of a node name something of a kind outside its flow."""
    kind = node_type(node.type)
    return kind is not None and what in kind.refers_to


def is_orchestration(flow: FlowData) -> bool:
    """Whether several agents work together in a flow (derived: no such flow type exists)."""
    kinds = (node_type(node.type) for node in flow.nodes)
    return "agent_group" in flow.extra or any(
        callee.how in ("agent", "member") for kind in kinds if kind for callee in kind.calls
    )


def ports(
    node: NodeData, vocabulary: Vocabulary = "guide", flow: FlowData | None = None
) -> tuple[Port, ...]:
    """The outputs of a node as they are drawn, each with a name of its own.

    A port that a connection uses under another of its names carries that name; an unconnected one
    carries the name that the file's vocabulary would write. An output that only a connection
    names is added at the end with ``declared=False``, so that every edge starts at a port.
    """
    kind = node_type(node.type)
    used = tuple(line.output for line in node.connections or ())
    return _drawn(kind.ports(node, flow) if kind else None, used, vocabulary)


@lru_cache(maxsize=2000)
def _drawn(
    declares: tuple[Port, ...] | None, outputs: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[Port, ...]:
    declared, used = declares or (), dict.fromkeys(outputs)
    marks = _taken(declared, used)
    drawn: dict[str, Port] = {}
    for port, names in zip(declared, marks, strict=True):
        if not names and port.shown not in ("always", vocabulary):
            continue
        for name in names or [port.written(vocabulary)]:
            drawn.setdefault(name, port if name == port.name else replace(port, name=name))
    for name in used:
        drawn.setdefault(name, Port(name, declared=declares is None))
    if declares is None and not drawn:
        drawn[DEFAULT_OUTPUT] = Port(DEFAULT_OUTPUT)
    return tuple(drawn.values())


def _taken(declared: Iterable[Port], used: Iterable[str]) -> list[list[str]]:
    """Which of the used names each port answers to: its own names come before any alias."""
    free = dict.fromkeys(used)
    marks: list[list[str]] = [[] for _ in declared]
    for own in (True, False):
        for port, names in zip(declared, marks, strict=True):
            offered = (port.name, port.handle or port.name) if own else port.aliases
            for name in dict.fromkeys(offered):
                if name in free:
                    del free[name]
                    names.append(name)
    return marks


def summary(node: NodeData, flow: FlowData | None = None) -> str:
    """The essential of a node in one short line; empty for a type that nobody knows."""
    kind = node_type(node.type)
    return kind.summary(settings(node.spec, flow)) if kind else ""
