"""What the panel changes besides runs: accepted drifts, the queue, ``CLAUDE.md``, trust."""

from __future__ import annotations

from collections.abc import Sequence

from ddd_lab.implementation.claude_md import write_claude_md
from ddd_lab.implementation.claude_program import require_claude
from ddd_lab.implementation.drift import drift_seal
from ddd_lab.implementation.mapping_writer import accept_drift
from ddd_lab.implementation.queue import (
    clear_queue,
    pause_queue,
    resume_queue,
    skip_in_queue,
    start_queue,
)
from ddd_lab.implementation.queue_driver import QueueDriver
from ddd_lab.implementation.trust import CLAUDE, require_trust, revoke, trust
from ddd_lab.lab.protocol.panel import (
    Accepted,
    ProjectState,
    PromptView,
    QueueWanted,
    RootNamed,
    TrustWanted,
)
from ddd_lab.lab.server.errors import BadCallError
from ddd_lab.lab.server.project_cache import OpenProject
from ddd_lab.lab.server.queries import prompt_as_left, status_of
from ddd_lab.lab.server.state import project_state
from ddd_lab.spec.edit.nodes import EditError

_GOES_ON = ("start", "resume", "skip")
"""What has the queue begin runs."""


def accept(project: OpenProject, accepted: Accepted) -> ProjectState:
    """Take a flow and its code, or a schema, for being in sync."""
    with project.fresh() as sync:
        status = status_of(sync, accepted.flow)
        if status.stale and drift_seal(sync, status) != accepted.seen:
            raise EditError("something has changed since you looked; look at the changes again")
        accept_drift(sync, accepted.flow, accepted.reason)
    return project_state(project)


def change_queue(project: OpenProject, request: QueueWanted) -> ProjectState:
    """Start the queue, or do something with the one that is going on."""
    if request.action in _GOES_ON:
        require_trust(project.root, CLAUDE)
    match request.action:
        case "start":
            _start_queue(project, request.prompts)
        case "pause":
            pause_queue(project.root)
        case "resume":
            resume_queue(project.root)
        case "skip":
            skip_in_queue(project.root)
        case "clear":
            clear_queue(project.root)
    queue_driver(project).look()
    return project_state(project)


def _start_queue(project: OpenProject, views: Sequence[PromptView]) -> None:
    require_claude(project.config)
    with project.fresh() as sync:
        prompts = [prompt_as_left(sync, view) for view in views]
        start_queue(sync, prompts)


def queue_driver(project: OpenProject) -> QueueDriver:
    """What moves the queue of a project on, in terminals of the server."""
    return QueueDriver(project.root, project.fresh, project.terminals.open)


def regenerate_claude_md(project: OpenProject, _: RootNamed) -> ProjectState:
    """Bring ``CLAUDE.md`` up to date."""
    with project.fresh() as sync:
        write_claude_md(sync)
    return project_state(project)


def trust_project(project: OpenProject, request: TrustWanted) -> ProjectState:
    """Trust a project, as the person who was asked has said."""
    if not request.fingerprint:
        raise BadCallError("fingerprint: give the fingerprint of the commands that were shown")
    trust(project.root, request.fingerprint)
    return project_state(project)


def revoke_trust(project: OpenProject, _: RootNamed) -> ProjectState:
    """Trust a project no longer; what runs goes on."""
    revoke(project.root)
    return project_state(project)
