"""What the panel asks without changing anything: prompts, drifts, events."""

from __future__ import annotations

from collections.abc import Sequence

from ddd_lab.implementation.drift import drift_seal, spec_diff
from ddd_lab.implementation.events import Events
from ddd_lab.implementation.prompts.by_kind import prompt_for
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.runs import RunError
from ddd_lab.implementation.staleness import Sync, SyncStatus
from ddd_lab.lab.protocol.panel import (
    Drift,
    EventLine,
    EventList,
    FlowNamed,
    PromptView,
    PromptWanted,
    RootNamed,
    RunWanted,
)
from ddd_lab.lab.server.errors import BadCallError, NotThereError
from ddd_lab.lab.server.project_cache import OpenProject

_EVENTS = 100


def known_flows(sync: Sync, keys: Sequence[str]) -> tuple[str, ...]:
    """The flows that are named, each once."""
    if not keys:
        raise BadCallError("flows: name at least one flow")
    flow_keys = set(sync.workspace.design.flow_keys)
    for key in keys:
        if key not in flow_keys:
            raise NotThereError(f"there is no flow {key!r}")
    return tuple(dict.fromkeys(keys))


def prompt(project: OpenProject, request: PromptWanted) -> PromptView:
    """The prompt for some flows, or to migrate the data of some schemas."""
    config = project.config
    with project.fresh() as sync:
        names = _known_names(sync, request)
        try:
            built = prompt_for(sync, config, names, request.kind)
        except (KeyError, ValueError) as error:
            raise RunError(str(error.args[0])) from error
    return prompt_view(built)


def _known_names(sync: Sync, request: PromptWanted) -> tuple[str, ...]:
    if request.kind != "migrate":
        return known_flows(sync, request.flows)
    if not request.schemas:
        raise BadCallError("schemas: name at least one schema")
    for name in request.schemas:
        status_of(sync, name)
    return tuple(request.schemas)


def status_of(sync: Sync, key: str) -> SyncStatus:
    """How a flow stands, or a schema, whose name has no slash."""
    try:
        return sync.flow(key) if "/" in key else sync.schema(key)
    except KeyError as error:
        raise NotThereError(str(error.args[0])) from error


def prompt_view(built: Prompt) -> PromptView:
    """A prompt as it is shown."""
    return PromptView(
        kind=built.kind,
        mode=built.mode,
        flows=list(built.flows),
        schemas=built.schemas,
        text=built.text,
        tokens=built.tokens,
        files=list(built.files),
    )


def prompt_as_left(sync: Sync, view: PromptView | RunWanted) -> Prompt:
    """A prompt as a person has left it."""
    if not view.text.strip():
        raise BadCallError("text: there is no prompt to run")
    for name in view.schemas:
        status_of(sync, name)
    return Prompt(
        flows=() if view.schemas and not view.flows else known_flows(sync, view.flows),
        kind=view.kind,
        mode=view.mode,
        schemas=tuple(view.schemas),
        text=view.text,
        files=tuple(view.files),
    )


def drift(project: OpenProject, named: FlowNamed) -> Drift:
    """What moved between the spec of a flow (or schema) and its code."""
    with project.fresh() as sync:
        status = status_of(sync, named.flow)
        return Drift(
            flow=named.flow,
            state=status.state,
            words=list(status.words),
            diff=spec_diff(sync, status),
            seen=drift_seal(sync, status),
        )


def events(project: OpenProject, _: RootNamed) -> EventList:
    """The newest events, the very newest first."""
    newest = Events(project.root)[-_EVENTS:]
    keys = ("at", "who", "what", "flow", "spec_hash", "run")
    return EventList(
        events=[
            EventLine(**{key: str(entry.get(key) or "") for key in keys})
            for entry in reversed(newest)
        ]
    )
