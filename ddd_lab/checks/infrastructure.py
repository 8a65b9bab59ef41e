"""Whether the system's services can be started in the given order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._graph import cycles
from ddd_lab.checks._registry import Violation, design_rule
from ddd_lab.checks._values import entries, mapping, quoted, text, texts
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.paths import INFRASTRUCTURE_FILE
from ddd_lab.spec.problem import Place


class Service(NamedTuple):
    """One service: its id, what it says, and where."""

    id: str
    data: dict[str, Data]
    path: Path


@design_rule("infrastructure.duplicate-service", "error", "Two services with the same id")
def duplicate_service(design: DesignIndex) -> Iterator[Violation]:
    """Services are started by id, so ids must be unique."""
    seen: set[str] = set()
    for service in _services(design):
        if service.id and service.id in seen:
            yield _violation(
                (*service.path, "id"), f"There is already a service “{service.id}”. Rename one."
            )
        seen.add(service.id)


@design_rule("infrastructure.duplicate-port", "warning", "Two services with the same port")
def duplicate_port(design: DesignIndex) -> Iterator[Violation]:
    """On one computer, for example in development, the second service cannot start."""
    service_at: dict[int, str] = {}
    for service in _services(design):
        for key in ("port", "management_port"):
            port = service.data.get(key)
            if not isinstance(port, int) or isinstance(port, bool):
                continue
            if not 0 < port < 65_536:
                yield _violation(
                    (*service.path, key), f"{port} is not a port. Use a number from 1 to 65535."
                )
            elif port in service_at:
                yield _violation(
                    (*service.path, key),
                    f"“{service_at[port]}” already uses port {port}. Give “{service.id}” another.",
                )
            else:
                service_at[port] = service.id


@design_rule("infrastructure.unknown-service", "warning", "An unknown service")
def unknown_service(design: DesignIndex) -> Iterator[Violation]:
    """Dependencies and the startup order may only name services of this file."""
    ids = [service.id for service in _services(design)]
    named = [
        (name, (*service.path, "depends_on", *path))
        for service in _services(design)
        for name, path in _names(service.data.get("depends_on"))
    ]
    for name, path in (*named, *_started(design)):
        if name not in ids:
            yield _violation(
                path,
                f"There is no service “{name}”.{design.hint(name, ids)} Name one that exists, "
                "or add it.",
            )


@design_rule("infrastructure.circular", "error", "Services that depend on each other")
def circular(design: DesignIndex) -> Iterator[Violation]:
    """Each service waits for the next, so none of them ever starts."""
    services = _services(design)
    index = {service.id: number for number, service in reversed(list(enumerate(services)))}
    adjacency = [
        [index[name] for name, _ in _names(service.data.get("depends_on")) if name in index]
        for service in services
    ]
    for knot in cycles(adjacency):
        first = services[knot[0]]
        yield _violation(
            (*first.path, "depends_on"),
            f"{quoted([services[number].id for number in knot])} depend on each other. Remove one "
            f"of these dependencies."
            if len(knot) > 1
            else f"“{first.id}” depends on itself. Remove that dependency.",
        )


@design_rule("infrastructure.startup-order", "warning", "An invalid startup order")
def startup_order(design: DesignIndex) -> Iterator[Violation]:
    """The order must name every service once, after all services that it depends on."""
    order = _started(design)
    if not order:
        return
    services = {service.id: service for service in _services(design)}
    started: set[str] = set()
    for name, path in order:
        if name in started:
            yield _violation(path, f"“{name}” is started twice. Remove one of the two.")
        waits = services[name].data.get("depends_on") if name in services else None
        late = [one for one, _ in _names(waits) if one in services and one not in started]
        late = [one for one in late if one != name and name not in started]
        started.add(name)
        if late:
            yield _violation(
                path, f"“{name}” depends on {quoted(late)}. Start its dependencies first."
            )
    missing = [id for id in services if id and id not in started]
    if missing:
        yield _violation(
            ("startup_order",), f"{quoted(missing)} never start. Add them to the order."
        )


def _data(design: DesignIndex) -> tuple[dict[str, Data], Path]:
    data = mapping(design.design.data(INFRASTRUCTURE_FILE))
    inner = data.get("infrastructure")
    return (inner, ("infrastructure",)) if isinstance(inner, dict) else (data, ())


def _services(design: DesignIndex) -> list[Service]:
    data, root = _data(design)
    return [
        Service(name, mapping(service), (*root, "services", *path))
        for name, service, path in entries(data.get("services"))
    ]


def _started(design: DesignIndex) -> list[tuple[str, Path]]:
    data, root = _data(design)
    return [
        (name, (*root, "startup_order", *path)) for name, path in texts(data.get("startup_order"))
    ]


def _names(value: Data) -> list[tuple[str, Path]]:
    """Ids in a list of texts or of maps, in a single text, or as the keys of a map."""
    if isinstance(value, dict | list):
        return [
            (text(mapping(item).get("service")) or name, path)
            for name, item, path in entries(value)
            if name or text(mapping(item).get("service"))
        ]
    return list(texts(value))


def _violation(path: Path, message: str) -> Violation:
    return Violation(Place(file=INFRASTRUCTURE_FILE, path=path), message)
