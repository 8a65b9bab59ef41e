"""The node catalogue: every type of node, each declared once in a module of its own.

A module of this package declares its type (or a few that belong together) as ``TYPES``; adding a
type is adding a file. Everything that must know about types asks here: ports, forms, cards, checks.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ..flow import DEFAULT_OUTPUT, NodeData, Vocabulary
from ._base import Category, NodeType, Port, SpecModel

__all__ = ["Category", "NodeType", "Port", "SpecModel", "catalogue", "node_type", "ports"]


@cache
def catalogue() -> Mapping[str, NodeType]:
    """Every node type by its word, in the palette's order."""
    found: list[NodeType] = []
    for info in pkgutil.iter_modules(__path__):
        if not info.name.startswith("_"):
            found.extend(importlib.import_module(f"{__name__}.{info.name}").TYPES)
    order = ["flow", "logic", "data", "integration", "agent", "orchestration"]
    found.sort(key=lambda kind: order.index(kind.category))
    return MappingProxyType({kind.type: kind for kind in found})


@cache
def _by_alias() -> Mapping[str, NodeType]:
    return {alias: kind for kind in catalogue().values() for alias in kind.aliases}


def node_type(word: str) -> NodeType | None:
    """The declaration for a type as a file writes it, or None for a type that nobody knows."""
    return catalogue().get(word) or _by_alias().get(word)


def ports(node: NodeData, vocabulary: Vocabulary = "guide") -> tuple[Port, ...]:
    """The outputs of a node as they are drawn: named as the node's own connections name them.

    A port that a connection uses under another of its names carries that name; an unconnected one
    carries the name that the file's vocabulary would write. An output that only a connection
    names is added at the end with ``declared=False``, so that every line starts at a port.
    """
    kind = node_type(node.type)
    declared = kind.ports(node) if kind else ()
    used = dict.fromkeys(line.output for line in node.connections or ())
    drawn: list[Port] = []
    for port in declared:
        matches = [name for name in dict.fromkeys(port.names()) if name in used]
        for name in matches or [port.written(vocabulary)]:
            used.pop(name, None)
            drawn.append(
                Port(name, label=port.label, required=port.required and not (matches[1:]))
                if name != port.name
                else port
            )
    if kind is None and not used:
        drawn.append(Port(DEFAULT_OUTPUT))
    drawn.extend(Port(name, declared=kind is None) for name in used)
    return tuple(drawn)
