"""Whether the system's zones, schedules and pipelines name existing domains and flows."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._registry import Violation, design_rule
from ddd_lab.checks._values import entries, named, text, texts
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.paths import SYSTEM_FILE
from ddd_lab.spec.problem import Place


@design_rule("system.unknown-domain", "warning", "A part of the system with an unknown domain")
def unknown_domain(design: DesignIndex) -> Iterator[Violation]:
    """Zones and pipelines may only name domains of this design."""
    for name, path in _domains(design):
        if name not in design.domains:
            yield Violation(
                _at(design, path),
                f"There is no domain “{name}”.{design.like_domain(name)} Name one that exists, or "
                "remove this.",
            )


@design_rule("system.unknown-flow", "warning", "A part of the system with an unknown flow")
def unknown_flow(design: DesignIndex) -> Iterator[Violation]:
    """Schedules and the steps of pipelines may only name flows of this design."""
    for name, path in _flows(design):
        if name not in design.known_flows and name.partition("/")[0] in design.domains:
            yield Violation(
                _at(design, path),
                f"There is no flow “{name}”.{design.like_flow(name)} Name one that exists, or "
                "remove this.",
            )


@design_rule("system.unknown-zone", "warning", "A data flow with an unknown zone")
def unknown_zone(design: DesignIndex) -> Iterator[Violation]:
    """A data flow must connect zones or domains of the system."""
    zones = {name for name, _, _ in entries(_part(design, "zones"))}
    for _, flow, at in entries(_part(design, "data_flows")):
        for end in ("from", "to"):
            name = text(named(flow, end))
            if name and zones and name not in zones and name not in design.domains:
                yield Violation(
                    _at(design, ("data_flows", *at, end)),
                    f"There is no zone “{name}”. Name one of the zones, or a domain.",
                )


def _part(design: DesignIndex, key: str) -> Data:
    return (design.design.system.model_extra or {}).get(key)


def _domains(design: DesignIndex) -> Iterator[tuple[str, Path]]:
    for _, zone, at in entries(_part(design, "zones")):
        for name, path in texts(named(zone, "domains")):
            yield name, ("zones", *at, "domains", *path)
    for _, pipeline, at in entries(_part(design, "pipelines")):
        place = ("pipelines", *at)
        for _, step, path in entries(named(pipeline, "steps")):
            if domain := text(named(step, "domain")):
                yield domain, (*place, "steps", *path, "domain")
        for name, path in texts(named(pipeline, "spans_domains")):
            yield name, (*place, "spans_domains", *path)


def _flows(design: DesignIndex) -> Iterator[tuple[str, Path]]:
    for _, schedule, at in entries(_part(design, "schedules")):
        for name, path in texts(named(schedule, "flows")):
            yield name, ("schedules", *at, "flows", *path)
    for _, pipeline, at in entries(_part(design, "pipelines")):
        for _, step, path in entries(named(pipeline, "steps")):
            domain, flow = text(named(step, "domain")), text(named(step, "flow"))
            if flow and (domain or "/" in flow):
                key = flow if "/" in flow else f"{domain}/{flow}"
                yield key, ("pipelines", *at, "steps", *path, "flow")


def _at(design: DesignIndex, path: Path) -> Place:
    listed = design.design.system.domains
    root = ("system",) if listed and listed[0].path[:1] == ("system",) else ()
    return Place(file=SYSTEM_FILE, path=(*root, *path))
