"""Connections that a node's settings name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ddd_lab.checks._values import entries, items, mapping, named, text, texts
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import NodeData


class SpecLink(NamedTuple):
    """A node that another node's settings name.

    Attributes:
        source: index of the node whose settings they are.
        target: what they name.
        path: where, relative to the node.
        strict: whether it must be a node; a router's route may also be an agent or a flow.
        output: the output that the link doubles, if any: the connection of that name counts.
        from_target: True where the line runs the other way round: a container leads to its parts.
    """

    source: int
    target: str
    path: Path
    strict: bool = True
    output: str = ""
    from_target: bool = False


_FIXED: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "guardrail": (("block", ("on_block", "connection")),),
    "agent_loop": (("max_iterations", ("on_max_iterations", "connection")),),
    "human_gate": (("timeout", ("timeout", "fallback_connection")),),
    "orchestrator": (("", ("routing", "primary")),),
    "loop": (("body", ("body_start",)),),
    "parallel": (("", ("body_start",)),),
}


def spec_links(source: int, kind: str, node: NodeData) -> Iterator[SpecLink]:
    """Every node that the settings of this node name.

    Args:
        source: the node's index.
        kind: its type by the catalogue's word.
        node: the node.
    """
    if node.parent:
        yield SpecLink(source, node.parent, ("parentId",), from_target=True)
    if "body_start" in node.extra and text(node.extra["body_start"]):
        yield SpecLink(source, text(node.extra["body_start"]), ("body_start",), output="body")
    spec = mapping(node.spec)
    for output, keys in _FIXED.get(kind, ()):
        if target := text(named(spec, *keys)):
            yield SpecLink(source, target, ("spec", *keys), output=output)
    if kind == "router":
        yield from _router(source, spec)
    elif kind in ("smart_router", "orchestrator"):
        for target, path in _routes(spec):
            yield SpecLink(source, target, ("spec", *path), strict=False)


def _router(source: int, spec: dict[str, Data]) -> Iterator[SpecLink]:
    for name, route, path in entries(spec.get("routes")):
        if target := text(named(route, "connection")):
            yield SpecLink(source, target, ("spec", "routes", *path, "connection"), output=name)


def _routes(spec: dict[str, Data]) -> Iterator[tuple[str, Path]]:
    """What a smart router or an orchestrator may hand over to."""
    for number, rule in enumerate(items(spec.get("rules"))):
        if target := text(named(rule, "route")):
            yield target, ("rules", number, "route")
    routes = mapping(spec.get("llm_routing")).get("routes")
    for _, route, path in entries(routes):
        if isinstance(route, str):
            yield route, ("llm_routing", "routes", *path)
        for key in ("route", "target"):
            if target := text(named(route, key)):
                yield target, ("llm_routing", "routes", *path, key)
    for where in (("fallback_chain",), ("routing", "fallback_chain")):
        for target, path in texts(named(spec, *where)):
            yield target, (*where, *path)
