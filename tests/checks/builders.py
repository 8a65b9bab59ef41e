"""Small designs to check: a flow in a few lines, a design out of flows and file data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ddd_lab.checks import check, check_flow
from ddd_lab.spec.models import (
    ArchitectureModel,
    ConfigModel,
    DomainModel,
    ErrorRegistry,
    SchemaModel,
    SystemLayout,
    SystemModel,
)
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from ddd_lab.spec.paths import domain_file, flow_file, schema_file
from ddd_lab.spec.problem import UnlocatedProblem
from tests.design_data import DesignData

To = str | Mapping[str, str | list[str]]


def node(id: str, kind: str = "process", /, to: To = "", **spec: Any) -> NodeData:
    """A node that leads to ``to``: one target, or targets by output. Settings as keywords."""
    lines = {"next": to} if isinstance(to, str) else to
    if kind == "process":
        spec.setdefault("description", "Does something.")
    return NodeData(
        id=id,
        type=kind,
        spec=spec,
        connections=tuple(
            Connection(output=output, target=target)
            for output, targets in lines.items()
            for target in ([targets] if isinstance(targets, str) else targets)
            if target
        ),
    )


def ask(id: str, yes: str, no: str) -> NodeData:
    """A decision."""
    return node(id, "decision", {"true": yes, "false": no}, condition="$.total > 100")


def end(id: str = "end", status: int = 200, **spec: Any) -> NodeData:
    """A terminal."""
    return node(id, "terminal", status=status, **spec)


def trigger(to: To | None = None, **spec: Any) -> NodeData:
    """A trigger that leads to ``to``, or to the first node; an HTTP endpoint unless told."""
    spec = spec or {"type": "http", "method": "POST", "path": "/orders"}
    made = node("trigger", "trigger", to or "", **spec)
    return made if to else made.model_copy(update={"connections": None})


def flow(*nodes: NodeData, start: NodeData | str | None = "", **more: Any) -> FlowData:
    """A flow ``orders/place-order``; ``start=None`` leaves out the trigger."""
    known: dict[str, Any] = {"id": "place-order", "name": "Place order", "domain": "orders"}
    first = trigger() if isinstance(start, str) else start
    return FlowData(**{**known, **more}, trigger=first, nodes=nodes)


def fine(**more: Any) -> FlowData:
    """A flow that nothing is wrong with."""
    return flow(node("charge", to="end"), end(), **more)


def design(
    flows: Mapping[str, FlowData] | FlowData | None = None,
    *,
    domains: Mapping[str, Data] | None = None,
    schemas: Mapping[str, Data] | None = None,
    errors: Data = None,
    system: Data = None,
    layout: Data = None,
    config: Data = None,
    plain: Mapping[str, Data] | None = None,
    paths: Iterable[str] = (),
) -> DesignData:
    """A design of flows by key and of file data; a domain given as None has no file.

    ``plain`` holds the data of files that no model reads, by path.
    """
    by_key = {"orders/place-order": flows} if isinstance(flows, FlowData) else dict(flows or {})
    given = dict(domains or {})
    for key in by_key:
        given.setdefault(key.partition("/")[0], None)
    files = {domain_file(id) for id, data in given.items() if data is not None}
    files |= {flow_file(key) for key in by_key} | {schema_file(stem) for stem in schemas or {}}
    return DesignData(
        system=SystemModel.read(system)[0],
        layout=SystemLayout.read(layout)[0],
        errors=ErrorRegistry.read(errors)[0],
        architecture=ArchitectureModel.read(None)[0],
        config=ConfigModel.read(config)[0],
        domains={id: DomainModel.read(data, id=id)[0] for id, data in given.items()},
        flows=by_key,
        schemas={
            stem: SchemaModel.read(data, stem=stem)[0] for stem, data in (schemas or {}).items()
        },
        paths=frozenset({*files, *paths, *(plain or {})}),
        plain=dict(plain or {}),
    )


def findings(subject: FlowData | DesignData) -> list[UnlocatedProblem]:
    """Everything that is found in a design, or by the flow rules in a flow alone."""
    if isinstance(subject, FlowData):
        return check_flow(f"{subject.domain}/{subject.id}", subject)
    return check(subject)


def shows(
    rule: str, subject: FlowData | DesignData, *, at: str, path: tuple[str | int, ...], says: str
) -> None:
    """The rule finds one thing, at this place, and says this among other words."""
    found = [finding for finding in findings(subject) if finding.rule == rule]
    assert len(found) == 1, [finding.message for finding in found] or "nothing was found"
    assert (found[0].place.where, found[0].place.path) == (at, path)
    assert says in found[0].message, found[0].message


def quiet(rule: str, *subjects: FlowData | DesignData) -> None:
    """The rule finds nothing in any of these."""
    for subject in subjects:
        found = [finding.message for finding in findings(subject) if finding.rule == rule]
        assert not found, found
