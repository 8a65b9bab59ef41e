"""A whole project as the panel shows it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import TypeVar

from ddd_lab.build.config import BuildConfig, ConfigError
from ddd_lab.build.drift import recorded_tests
from ddd_lab.build.mapping import Mapped
from ddd_lab.build.queue import read_queue
from ddd_lab.build.runs import RunError
from ddd_lab.build.staleness import Standing, Sync
from ddd_lab.build.trust import is_trusted
from ddd_lab.files.storage import UnsafePathError
from ddd_lab.files.workspace import Workspace
from ddd_lab.spec.design import MAPPING_FILE

from ..wire import (
    FlowLine,
    ProjectState,
    QueueLine,
    QueueView,
    RunBrief,
    SchemaLine,
    TestCounts,
)
from .claude import claude_program
from .finding import name_of
from .opened import OpenProject
from .refusals import os_words

READING = 1.0
"""Seconds that a look may take for reading flows: of a thousand, the rest is read by the next ones.
Until then a flow is called as its domain lists it."""
NO_QUEUE = QueueView(state="empty", why="", items=[])
Part = TypeVar("Part")


def project_state(project: OpenProject) -> ProjectState:
    """Everything that the panel shows of a project.

    Raises:
        ProjectError: its folder is not there any more.
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
    with project.fresh() as sync:
        workspace = sync.workspace
        flows = _flows(sync, runs)
        schemas = [_schema(standing) for standing in sync.schemas()]
        problems += _broken(workspace)
        name = name_of(workspace)
    state = ProjectState(
        rev="",
        root=str(project.root),
        name=name,
        flows=flows,
        schemas=schemas,
        runs=runs,
        queue=part(lambda: _queue(project), NO_QUEUE),
        claude=claude_program(config),
        testing=project.tested,
        trusted=is_trusted(project.root),
        problems=problems,
    )
    rev = hashlib.sha256(state.as_json().encode()).hexdigest()[:16]
    return state.model_copy(update={"rev": rev})


def _flows(sync: Sync, runs: list[RunBrief]) -> list[FlowLine]:
    running: dict[str, str] = {}
    for run in runs:
        if run.alive:
            for key in run.flows:
                running.setdefault(key, run.id)
    workspace, design = sync.workspace, sync.workspace.design
    deadline = time.monotonic() + READING
    listed = {
        f"{id}/{entry.id}": entry for id, domain in design.domains.items() for entry in domain.flows
    }
    lines = []
    for standing in sync.flows():
        key = standing.key
        entry = listed.get(key)
        readable = workspace.is_read(workspace.flow_path(key)) or time.monotonic() < deadline
        flow = design.flows.get(key) if readable else None
        mapped = standing.mapped
        lines.append(
            FlowLine(
                key=key,
                name=(entry.name if entry else "") or (flow.name if flow else "") or key,
                domain=key.partition("/")[0],
                agent=flow.is_agent if flow else entry is not None and entry.type == "agent",
                state=standing.state,
                stale=standing.stale,
                words=list(standing.words),
                files=list(mapped.files) if mapped else [],
                implemented_at=mapped.implemented_at if mapped else "",
                tests=_counts(mapped),
                run=running.get(key, ""),
            )
        )
    return lines


def _counts(mapped: Mapped | None) -> TestCounts | None:
    """What the mapping keeps of the tests; None where it keeps nothing."""
    kept = recorded_tests(mapped)
    return None if kept is None else TestCounts(**kept.model_dump())


def _schema(standing: Standing) -> SchemaLine:
    return SchemaLine(
        key=standing.key,
        state=standing.state,
        stale=standing.stale,
        words=list(standing.words),
    )


def _broken(workspace: Workspace) -> list[str]:
    workspace.document(MAPPING_FILE)
    return [
        str(document.broken)
        for _, document in sorted(workspace.documents.items())
        if document.broken is not None
    ]


def _queue(project: OpenProject) -> QueueView:
    queue = read_queue(project.root)
    items = [QueueLine(**item.model_dump(exclude={"kind"})) for item in queue.items]
    return QueueView(state=queue.state, why=queue.why, items=items)
