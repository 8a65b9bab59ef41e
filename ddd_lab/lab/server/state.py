"""A whole project as the panel shows it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import TypeVar

from ddd_lab.files.disk.storage import UnsafePathError
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.git.mark import repository_mark
from ddd_lab.implementation.config import BuildConfig, ConfigError
from ddd_lab.implementation.drift import recorded_tests
from ddd_lab.implementation.queue import Queue, read_queue
from ddd_lab.implementation.runs import RunError
from ddd_lab.implementation.staleness import Sync, SyncStatus
from ddd_lab.implementation.testing import tests_running
from ddd_lab.implementation.trust import is_trusted
from ddd_lab.lab.protocol.panel import (
    FlowLine,
    ProjectState,
    RunBrief,
    SchemaLine,
    StateWanted,
)
from ddd_lab.lab.server.change_detector import Board, FlowSummary
from ddd_lab.lab.server.claude import claude_program
from ddd_lab.lab.server.errors import os_words
from ddd_lab.lab.server.project_cache import OpenProject
from ddd_lab.spec.paths import MAPPING_FILE

READING = 0.4
"""Seconds that a look may take for reading flows: of a thousand, the rest is read by the next ones,
and the panels are there in a second. Until then a flow is called as its domain lists it."""
Part = TypeVar("Part")


def changed_state(project: OpenProject, request: StateWanted) -> ProjectState | None:
    """How a project stands; None where that is known."""
    state = project_state(project, watched=True)
    return None if state.rev == request.rev else state


def project_state(project: OpenProject, *, watched: bool = False) -> ProjectState:
    """Everything that the panel shows of a project.

    Args:
        watched: whether files that are watched are looked at only where one of them changed. A
            change shows up a moment later then, and looking every second costs next to nothing.
    """
    problems: list[str] = []

    def part(find: Callable[[], Part], otherwise: Part) -> Part:
        """A part of what is shown; where it cannot be read the others are shown nevertheless."""
        try:
            return find()
        except (ConfigError, RunError, UnsafePathError) as error:
            words = str(error)
        except OSError as error:
            words = os_words(error)
        if words not in problems:
            problems.append(words)
        return otherwise

    config = part(lambda: project.config, BuildConfig())
    runs = part(project.briefs.newest, list[RunBrief]())
    running = {key: run.id for run in reversed(runs) if run.alive for key in run.flows}
    board = project.looks.found if watched else None
    if board is None or board.running != running:
        board = _board(project, running)
    queue = part(lambda: read_queue(project.root), Queue())
    if queue.state == "empty" and queue.why not in ("", *problems):
        problems.append(queue.why)
    state = ProjectState(
        rev="",
        root=str(project.root),
        name=board.name,
        flows=[],
        schemas=[],
        runs=runs,
        queue=queue,
        claude=claude_program(project.root, config),
        testing=tests_running(project.root),
        trusted=is_trusted(project.root),
        problems=problems + board.problems,
        git=f"{project.looks.notices} {part(lambda: repository_mark(project.root), '')}",
    )
    shown = project.shown
    if shown is None or shown[0] is not board or shown[1] != state:
        whole = state.model_copy(update={"flows": board.flows, "schemas": board.schemas})
        rev = hashlib.sha256(whole.as_json().encode()).hexdigest()[:16]
        shown = project.shown = (board, state, whole.model_copy(update={"rev": rev}))
    return shown[2]


def _board(project: OpenProject, running: dict[str, str]) -> Board:
    look = project.looks.begin()
    with project.fresh() as sync:
        flows, all_read = _flows(sync, running, project)
        board = Board(
            name=sync.workspace.name,
            flows=flows,
            schemas=[_schema(status) for status in sync.schemas()],
            problems=_broken(sync.workspace),
            running=running,
        )
        if all_read:
            entries = (*sync.code_map.flows.values(), *sync.code_map.schemas.values())
            project.looks.end(look, board, (path for one in entries for path in one.files))
    return board


def _flows(
    sync: Sync, running: dict[str, str], project: OpenProject
) -> tuple[list[FlowLine], bool]:
    """How every flow stands, and whether all could be read in the time that there is."""
    workspace, design = sync.workspace, sync.workspace.design
    deadline = time.monotonic() + READING
    listed = {
        f"{id}/{entry.id}": entry for id, domain in design.domains.items() for entry in domain.flows
    }
    lines, summaries, all_read = [], project.summaries, True
    for status in sync.flows():
        key = status.key
        entry = listed.get(key)
        path = workspace.flow_path(key)
        flow = summaries.get(path)
        if flow is None and (workspace.is_read(path) or time.monotonic() < deadline):
            model = design.flows.get(key)
            if model is not None:
                flow = summaries[path] = FlowSummary(model.name, model.is_agent)
        elif flow is None:
            all_read = False
        # One that may change again unseen is compared with what was read.
        if path not in project.times.young:
            workspace.release(path)
        mapped = status.mapped
        lines.append(
            FlowLine(
                key=key,
                name=(entry.name if entry else "") or (flow.name if flow else "") or key,
                domain=key.partition("/")[0],
                agent=flow.agent if flow else entry is not None and entry.type == "agent",
                state=status.state,
                stale=status.stale,
                words=list(status.words),
                files=list(mapped.files) if mapped else [],
                implemented_at=mapped.implemented_at if mapped else "",
                tests=recorded_tests(mapped),
                run=running.get(key, ""),
            )
        )
    return lines, all_read


def _schema(status: SyncStatus) -> SchemaLine:
    return SchemaLine(
        key=status.key,
        state=status.state,
        stale=status.stale,
        words=list(status.words),
    )


def _broken(workspace: Workspace) -> list[str]:
    workspace.document(MAPPING_FILE)
    refused = [f"{path}: {reason}" for path, reason in sorted(workspace.listing.refused.items())]
    documents = [document for _, document in sorted(workspace.documents.items())]
    return [
        *map(str, workspace.cut_off),
        *refused,
        *(
            str(problem)
            for document in documents
            for problem in (document.broken, document.unreadable)
            if problem is not None
        ),
    ]
