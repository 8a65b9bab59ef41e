"""Quick fixes in the files that list things: domains, the system, its layout and its services."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ddd_lab.checks._flow_summary import facts
from ddd_lab.checks._quick_fixes import (
    FixAction,
    data_of,
    entry_like,
    is_called_for,
    is_sent,
    listed_at,
    quick_fix,
    value_at,
    without,
)
from ddd_lab.checks._values import text
from ddd_lab.spec.catalogue import has_trait
from ddd_lab.spec.edit.data import NoSuchPathError, get_in, set_in
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.paths import INFRASTRUCTURE_FILE, LAYOUT_FILE, SYSTEM_FILE, domain_file
from ddd_lab.spec.problem import UnlocatedProblem

if TYPE_CHECKING:
    from ddd_lab.files.workspace.workspace import Workspace


@quick_fix("domains.unlisted-flow")
def unlisted_flow(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """List a flow that has a file, unless a listed flow may be meant."""
    key = problem.place.flow
    domain, _, id = key.partition("/")
    design = workspace.design
    model, flow = design.domains.get(domain), design.flows.get(key)
    if model is None or flow is None or model.flow(id):
        return
    if any(f"{domain}/{entry.id}" not in design.flow_keys for entry in model.flows):
        return
    path = domain_file(domain)
    data = data_of(workspace, path)
    listed = listed_at(data, "domain", ("flows",))
    if listed is None:
        return
    at, entries = listed
    words: dict[tuple[str, ...], str] = {("id",): id, ("name",): flow.name or id}
    if flow.description:
        words["description",] = flow.description
    if flow.is_agent:
        words["type",] = "agent"
    entry = entry_like(entries, words)
    yield FixAction(f"List “{id}” in {path}", {path: set_in(data, at, [*entries, entry])})


@quick_fix("domains.listed-type")
def listed_type(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Copy the flow's type to the list, if the flow's nodes fit that type."""
    path, at = problem.place.file, problem.place.path
    domain = path.split("/")[2] if path.count("/") > 2 else ""
    data = data_of(workspace, path)
    entry = value_at(data, at[:-1])
    if not isinstance(entry, dict):
        return
    key = f"{domain}/{entry.get('id', at[-2] if len(at) > 1 else '')}"
    flow = workspace.design.flows.get(key)
    if flow is None or flow.type not in ("traditional", "agent") or entry.get("type") == flow.type:
        return
    works = "agent_group" in flow.extra or any(has_trait(node, "carries") for node in flow.nodes)
    if works == flow.is_agent:
        yield FixAction(
            f"List “{flow.id}” as {flow.type}, like the flow itself",
            {path: set_in(data, at, flow.type)},
        )


@quick_fix("domains.duplicate-flow", "domains.duplicate", "events.duplicate-group")
def listed_twice(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Remove the second of two equal entries."""
    file, path = problem.place.file, problem.place.path
    data = data_of(workspace, file)
    at = next((path[:end] for end in range(len(path), 0, -1) if isinstance(path[end - 1], int)), ())
    entries, number = value_at(data, at[:-1]), at[-1] if at else None
    if not isinstance(entries, list) or not isinstance(number, int) or number >= len(entries):
        return
    if entries[number] in entries[:number] and (models := without(workspace, file, at)):
        yield FixAction(f"Remove the duplicate entry in {file}", models)


@quick_fix("domains.unlisted")
def unlisted_domain(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """List a domain that has a folder, unless a listed domain may be meant."""
    file = problem.place.file
    domain = file.split("/")[2] if file.startswith("specs/domains/") else ""
    design = workspace.design
    model = design.domains.get(domain)
    listed = [entry.id for entry in design.system.domains]
    if model is None or not listed or domain in listed:
        return
    if any(not any(_under(path, id) for path in design.paths) for id in listed):
        return
    data = data_of(workspace, SYSTEM_FILE)
    listing = listed_at(data, "system", ("domains",))
    if listing is None:
        return
    at, entries = listing
    words: dict[tuple[str, ...], str] = {("name", "id"): domain}
    if model.description:
        words["description",] = model.description
    entry = entry_like(entries, words)
    yield FixAction(
        f"List “{domain}” in {SYSTEM_FILE}", {SYSTEM_FILE: set_in(data, at, [*entries, entry])}
    )


def _under(path: str, domain: str) -> bool:
    return path.startswith(f"specs/domains/{domain}/")


@quick_fix("layout.unknown-flow", "layout.unknown-portal", "layout.unknown-domain")
def lost_place(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Remove the position of a card that does not exist. The map does not use it."""
    file, path = problem.place.file, problem.place.path
    if file == LAYOUT_FILE and not isinstance(data_of(workspace, file).get(str(path[0])), dict):
        path = path[1:]
    if path and (models := without(workspace, file, path)):
        yield FixAction(f"Remove the position of “{path[-1]}” from {file}", models)


_PUBLISHED = ("publishes_events", "publishes")
_CONSUMED = ("consumes_events", "consumes")


@quick_fix("events.undeclared-emit")
def undeclared_emit(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Let the domain publish events that its flows emit, if somebody waits for them."""
    key, place = problem.place.flow, problem.place
    flow = workspace.design.flows.get(key)
    events = facts(flow).emits if flow else ()
    event = next((e.name for e in events if (e.node, e.path) == (place.node, place.path)), "")
    if event and is_called_for(workspace, event):
        flows = [
            other
            for other in _flows_of(workspace, key)
            if any(event == one.name for one in facts(workspace.design.flows[other]).emits)
        ]
        yield from _declared(workspace, flows, event, _PUBLISHED, ("from_flow", "flow"))


@quick_fix("events.undeclared-trigger")
def undeclared_trigger(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Let the domain consume events that start its flows, if somebody sends them."""
    key = problem.place.flow
    flow = workspace.design.flows.get(key)
    for event in _starting(flow) if flow else ():
        if f"“{event}” starts this flow" in problem.message and is_sent(workspace, event):
            flows = [
                other
                for other in _flows_of(workspace, key)
                if event in _starting(workspace.design.flows[other])
            ]
            yield from _declared(workspace, flows, event, _CONSUMED, _HANDLER)


_HANDLER = ("handled_by_flow", "handled_by", "handler", "flow")


def _starting(flow: FlowData) -> tuple[str, ...]:
    return tuple(event for info in facts(flow).triggers for event in info.events)


def _flows_of(workspace: Workspace, key: str) -> list[str]:
    """Keys of all flows of the domain of one of them."""
    prefix = key.partition("/")[0] + "/"
    return [other for other in workspace.design.flows if other.startswith(prefix)]


def _declared(
    workspace: Workspace,
    flows: list[str],
    event: str,
    lists: tuple[str, ...],
    flow_names: tuple[str, ...],
) -> Iterator[FixAction]:
    """An entry for each of the flows in their domain's file, unless there is one of the event."""
    domain = flows[0].partition("/")[0] if flows else ""
    model = workspace.design.domains.get(domain)
    path = domain_file(domain)
    data = data_of(workspace, path)
    listed = listed_at(data, "domain", lists)
    if model is None or listed is None or not data:
        return
    declared = model.publishes if lists is _PUBLISHED else model.consumes
    if any(wiring.event == event for wiring in declared):
        return
    at, entries = listed
    ids = [key.partition("/")[2] for key in flows]
    if entries and all(isinstance(entry, str) for entry in entries):
        items: list[Data] = [event]
    else:
        items = [entry_like(entries, {("event", "name"): event, flow_names: id}) for id in ids]
    verb = "publishes" if lists is _PUBLISHED else "consumes"
    yield FixAction(
        f"Declare in {path} that “{domain}” {verb} “{event}” ({', '.join(ids)})",
        {path: set_in(data, at, [*entries, *items])},
    )


@quick_fix("infrastructure.startup-order")
def started_twice(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Remove the second start of a service."""
    path: Path = problem.place.path
    if len(path) < 2 or not isinstance(path[-1], int):
        return
    try:
        name = get_in(data_of(workspace, INFRASTRUCTURE_FILE), path)
        order = get_in(data_of(workspace, INFRASTRUCTURE_FILE), path[:-1])
    except NoSuchPathError:
        return
    again = text(name) and name in order[: path[-1]]
    if again and (models := without(workspace, INFRASTRUCTURE_FILE, path)):
        yield FixAction(f"Start “{name}” only once", models)
