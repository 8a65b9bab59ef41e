"""From design to code: the project's folder, and what an implementation begins with."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ddd_lab.canvas.boards.sync_status import TITLES
from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.implementation.drift import spec_diff
from ddd_lab.implementation.errors import RunError
from ddd_lab.implementation.shell_commands import accept_command, implement_command
from ddd_lab.implementation.staleness import Sync
from ddd_lab.spec.edit.nodes import EditError


class PromptFor(Arguments):
    """Flows to implement, or whose failing tests to fix."""

    flows: Annotated[list[Text], Field(min_length=1, max_length=1000)]
    kind: Literal["implement", "fix"] = "implement"


class ProjectFolder(Message):
    """The folder that the project is in."""

    root: str


class Drift(Message):
    """What moved between a flow and its code; ``unknown`` says why there is no ``diff``."""

    flow: str
    title: str
    words: list[str]
    diff: str
    unknown: str


class PromptResult(Message):
    """A prompt, and the commands for a terminal: to implement the flows, to accept the first."""

    text: str
    files: list[str]
    command: str
    accept: str
    drifts: list[Drift]


@operation("nothing")
def root(session: CanvasSession, _: Arguments) -> ProjectFolder:
    """Say which folder the project is in, for other parts of the page that show it, too."""
    return ProjectFolder(root=str(session.workbench.root))


@operation("nothing")
def prompt(session: CanvasSession, request: PromptFor) -> PromptResult:
    """Show the prompt, the command for a terminal, and what changed since the code was written."""
    workbench = session.workbench
    try:
        built = workbench.prompt(*request.flows, kind=request.kind)
    except (RunError, ValueError, OSError) as error:
        raise EditError(str(error)) from error
    workbench.sync.files.look_again()
    return PromptResult(
        text=built.text,
        files=list(built.files),
        command=implement_command(workbench.root, request.flows, request.kind),
        accept=accept_command(workbench.root, request.flows[0]),
        drifts=[drift for key in request.flows for drift in _drift(workbench.sync, key)],
    )


def _drift(sync: Sync, key: str) -> list[Drift]:
    status = sync.flow(key)
    if not status.stale:
        return []
    return [
        Drift(
            flow=key,
            title=TITLES[status.state],
            words=list(status.words),
            diff=spec_diff(sync, status),
            unknown=status.unknown,
        )
    ]
