"""Connections that a node's settings name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ddd_lab.checks._values import text
from ddd_lab.spec.catalogue import NodeType
from ddd_lab.spec.models.base import Path
from ddd_lab.spec.models.flow import NodeData


class SpecLink(NamedTuple):
    """A node that another node's settings name.

    Attributes:
        source: index of the node whose settings they are.
        target: what they name.
        path: where, relative to the node.
        strict: whether it must be a node; a router's route may also be an agent or a flow.
        output: the output that the link doubles, if any: the connection of that name counts.
        entry: name of the rule or route that it stands in, where outputs are called so.
        from_target: True where the line runs the other way round: a container leads to its parts.
    """

    source: int
    target: str
    path: Path
    strict: bool = True
    output: str = ""
    entry: str = ""
    from_target: bool = False


def spec_links(source: int, kind: NodeType | None, node: NodeData) -> Iterator[SpecLink]:
    """Every node that the settings of this node name.

    Args:
        kind: its type; None for one that nobody knows.
    """
    if node.parent:
        yield SpecLink(source, node.parent, ("parentId",), from_target=True)
    if "body_start" in node.extra and text(node.extra["body_start"]):
        yield SpecLink(source, text(node.extra["body_start"]), ("body_start",), output="body")
    for target in kind.targets if kind else ():
        if target.names == "agent":
            continue
        strict = target.names == "node"
        for word, path, name in target.words(node.spec):
            entry = name if target.output == "*" else ""
            output = (entry or target.output) if strict else ""
            yield SpecLink(source, word, ("spec", *path), strict, output, entry)
