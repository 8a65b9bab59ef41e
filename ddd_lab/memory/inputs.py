"""What a text about the design was made from, and what has moved since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from ddd_lab.plurals import plural
from ddd_lab.spec.edit.notes import KEY as NOTES
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.paths import ARCHITECTURE_FILE, ERRORS_FILE, SYSTEM_FILE, domain_file, schema_file

Parts: TypeAlias = Mapping[str, str]
"""Fingerprints of the parts of a spec, such as the nodes of a flow."""
_DEEPEST = 3
_QUIET = frozenset({"layout", "metadata", NOTES})


class Moved(NamedTuple):
    """A spec that has moved since.

    Attributes:
        kind: ``system``, ``architecture``, ``errors``, ``domain``, ``schema`` or ``flow``.
        name: of the domain, schema or flow; empty for the others.
        what: it was ``added``, ``removed`` or ``changed``.
        changes: how many of its parts (of a flow: nodes, trigger, blocks) are others now.
    """

    kind: str
    name: str
    what: Literal["added", "removed", "changed"]
    changes: int = 1

    def __str__(self) -> str:
        subject = f"{self.kind} {self.name}".rstrip()
        return (
            f"{subject}: {plural(self.changes, 'change') if self.what == 'changed' else self.what}"
        )


class Inputs:
    """The fingerprints of a design's specs; those of a flow are taken again where it changed."""

    def __init__(self, design: Design) -> None:
        self._design = design
        self._flows: dict[str, tuple[FlowData, Parts]] = {}

    def all(self) -> dict[str, Parts]:
        """The parts of every spec, by its kind and name."""
        return dict(self._all())

    def _all(self) -> Iterator[tuple[str, Parts]]:
        design = self._design
        singles = {"system": SYSTEM_FILE, "architecture": ARCHITECTURE_FILE, "errors": ERRORS_FILE}
        named = {f"domain {id}": domain_file(id) for id in design.domains}
        named |= {f"schema {stem}": schema_file(stem) for stem in design.schemas}
        for name, path in {**singles, **named}.items():
            if (data := design.data(path)) is not None:
                yield name, dict(_parts(data))
        known, self._flows = self._flows, {}
        for key, flow in design.flows.items():
            entry = known.get(key)
            if entry is None or entry[0] is not flow:
                entry = (flow, dict(_flow(flow)))
            self._flows[key] = entry
            yield f"flow {key}", entry[1]


def moved(before: Mapping[str, Parts], now: Mapping[str, Parts]) -> tuple[Moved, ...]:
    """What has moved between two states of a design, in its order, removed specs last."""
    return tuple(_moved(before, now))


def _moved(before: Mapping[str, Parts], now: Mapping[str, Parts]) -> Iterator[Moved]:
    for spec, parts in now.items():
        kind, _, name = spec.partition(" ")
        old = before.get(spec)
        if old is None:
            yield Moved(kind, name, "added")
        elif old != parts:
            changed = sum(old.get(part) != parts.get(part) for part in old.keys() | parts.keys())
            yield Moved(kind, name, "changed", changed)
    for spec in before.keys() - now.keys():
        kind, _, name = spec.partition(" ")
        yield Moved(kind, name, "removed")


def _flow(flow: FlowData) -> Iterator[tuple[str, str]]:
    yield "flow", _digest([flow.id, flow.name, flow.type, flow.description, flow.header])
    for node in flow.all_nodes():
        yield f"nodes.{node.id}", _digest(_node(node))
    for key, block in flow.extra.items():
        if key not in _QUIET:
            yield str(key), _digest(block)


def _node(node: NodeData) -> list[Any]:
    lines = sorted((line.output, line.target) for line in node.connections or ())
    return [node.type, node.label, node.parent, node.spec, lines]


def _parts(data: Data, at: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict) and depth < _DEEPEST:
        for key, value in data.items():
            if key not in _QUIET:
                yield from _parts(value, f"{at}.{key}" if at else str(key), depth + 1)
    elif isinstance(data, list) and depth < _DEEPEST:
        for number, value in enumerate(data):
            yield from _parts(value, f"{at}.{number}", depth + 1)
    else:
        yield at, _digest(data)


def _digest(data: Data) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
