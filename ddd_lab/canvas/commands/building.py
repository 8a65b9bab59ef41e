"""From design to code: prompts, and runs of Claude Code."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ddd_lab.build.config import read_config
from ddd_lab.build.runs import find_run

from ..arguments import Arguments, LongText, Text
from ..desk import Desk
from ..host import Host
from ._refusals import refusals
from ._registry import Result, operation

Flows = Annotated[list[Text], Field(min_length=1, max_length=1000)]


class PromptFor(Arguments):
    """Flows to implement, or whose failing tests to fix."""

    flows: Flows
    kind: Literal["implement", "fix"] = "implement"


class PromptToRun(PromptFor):
    """A prompt as the person has left it."""

    text: LongText


class RunId(Arguments):
    """A run of Claude Code."""

    id: Text


@operation(PromptFor)
def prompt(desk: Desk, wanted: PromptFor) -> Result:
    """Say what Claude Code would be told, and the command that would be run."""
    with refusals():
        found = desk.host.prompt(*wanted.flows, kind=wanted.kind)
        command = read_config(desk.host.root).claude_code.command
    return {
        "text": found.text,
        "tokens": found.tokens,
        "files": list(found.files),
        "mode": found.mode,
        "command": command,
    }


@operation(PromptToRun)
def implement(desk: Desk, wanted: PromptToRun) -> Result:
    """Start Claude Code in a terminal, with the prompt as it was looked at."""
    with refusals():
        found = desk.host.prompt(*wanted.flows, kind=wanted.kind)
        told = found.model_copy(update={"text": wanted.text})
        started = desk.host.implement(*wanted.flows, prompt=told)
    return _run(desk.host, started.id)


@operation(RunId)
def run(desk: Desk, wanted: RunId) -> Result:
    """Say how a run stands."""
    with refusals():
        return _run(desk.host, wanted.id)


def _run(host: Host, id: str) -> Result:
    found = find_run(host.root, id)
    state, why = found.standing
    return {
        "id": found.id,
        "state": state,
        "why": why,
        "folder": found.folder.relative_to(host.root).as_posix(),
        "terminal": str(found.read("terminal.json").get("name", "")),
    }
