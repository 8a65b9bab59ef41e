"""What the panel asks without changing anything: prompts, drifts, events."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from ddd_lab.build.cache import KeptSpecs
from ddd_lab.build.events import Events
from ddd_lab.build.prompts import Prompt, flows_prompt
from ddd_lab.build.runs import RunError
from ddd_lab.build.staleness import Standing, Sync

from ..wire import Drift, EventLine, EventList, PromptView, PromptWanted, RunWanted
from .opened import OpenProject
from .refusals import BadCallError, NotThereError

_EVENTS = 100


def known_flows(sync: Sync, keys: Sequence[str]) -> tuple[str, ...]:
    """The flows that are named, each once.

    Raises:
        BadCallError: none is named.
        NotThereError: there is no such flow.
    """
    if not keys:
        raise BadCallError("flows: name at least one flow")
    there = set(sync.workspace.design.flow_keys)
    for key in keys:
        if key not in there:
            raise NotThereError(f"there is no flow {key!r}")
    return tuple(dict.fromkeys(keys))


def prompt(project: OpenProject, wanted: PromptWanted) -> PromptView:
    """The prompt for some flows.

    Raises:
        BadCallError: no flow is named.
        NotThereError: there is no such flow.
        RunError: a flow's file cannot be read.
        ConfigError: the settings are broken.
    """
    config = project.config
    with project.fresh() as sync:
        flows = known_flows(sync, wanted.flows)
        try:
            made = flows_prompt(sync, flows, config)
        except KeyError as error:
            raise RunError(str(error.args[0])) from error
    return prompt_view(made)


def prompt_view(made: Prompt) -> PromptView:
    """A prompt as it is shown."""
    return PromptView(
        kind=made.kind,
        mode=made.mode,
        flows=list(made.flows),
        schemas=list(made.schemas),
        text=made.text,
        tokens=made.tokens,
        files=list(made.files),
    )


def prompt_as_left(sync: Sync, view: PromptView | RunWanted) -> Prompt:
    """A prompt as a person has left it.

    Raises:
        BadCallError: it is empty, or about nothing.
        NotThereError: there is no such flow.
    """
    if not view.text.strip():
        raise BadCallError("text: there is no prompt to run")
    migrates = view.kind == "migrate" and view.schemas and not view.flows
    return Prompt(
        flows=() if migrates else known_flows(sync, view.flows),
        kind=view.kind,
        mode=view.mode,
        schemas=tuple(view.schemas),
        text=view.text,
        files=tuple(view.files),
    )


def drift(project: OpenProject, key: str) -> Drift:
    """What moved between a flow's spec and its code.

    Raises:
        NotThereError: there is no such flow.
    """
    with project.fresh() as sync:
        known_flows(sync, [key])
        standing = sync.flow(key)
        diff = _diff(sync, standing)
    return Drift(flow=key, state=standing.state, words=list(standing.words), diff=diff)


def _diff(sync: Sync, standing: Standing) -> str:
    if standing.mapped is None:
        return ""
    path = sync.workspace.flow_path(standing.key)
    document = sync.workspace.document(path)
    before = KeptSpecs(sync.workspace.root).version(path, standing.mapped.spec_hash)
    if before is None or document is None or document.raw is None:
        return ""
    lines = difflib.unified_diff(
        _lines(before), _lines(document.raw), f"{path} as implemented", f"{path} now", lineterm=""
    )
    return "\n".join(lines)


def _lines(raw: bytes) -> list[str]:
    return raw.decode("utf-8", "replace").splitlines()


def events(project: OpenProject) -> EventList:
    """The newest events, the very newest first."""
    newest = Events(project.root)[-_EVENTS:]
    keys = ("at", "who", "what", "flow", "spec_hash", "run")
    return EventList(
        events=[
            EventLine(**{key: str(entry.get(key) or "") for key in keys})
            for entry in reversed(newest)
        ]
    )
