"""From design to code: prompts, and runs of Claude Code."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ddd_lab.canvas.commands._refusals import refusals
from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.protocol.arguments import Arguments, LongText, Text
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.implementation.claude_permissions import ASK, mode_of
from ddd_lab.implementation.runs import Run, RunError, active_runs, find_run
from ddd_lab.implementation.runs.launch import shown_command
from ddd_lab.implementation.runs.stopping import stop as stop_run
from ddd_lab.implementation.trust import trust as trust_project

_ASKS = {
    ASK: "It asks you before it changes files or runs commands.",
    "acceptEdits": "Your Claude Code settings let it change files without asking (acceptEdits).",
    "plan": "Your Claude Code settings have it plan first; it changes files when you agree (plan).",
}
Flows = Annotated[list[Text], Field(min_length=1, max_length=1000)]


class PromptFor(Arguments):
    """Flows to implement, or whose failing tests to fix."""

    flows: Flows
    kind: Literal["implement", "fix"] = "implement"


class PromptToRun(PromptFor):
    """A prompt as the person has left it."""

    text: LongText


class Trusted(Arguments):
    """What proves that the person trusts what they were shown."""

    fingerprint: Annotated[Text, Field(min_length=1)]


class RunId(Arguments):
    """A run of Claude Code."""

    id: Text


class RunResult(Message):
    """How a run stands."""

    id: str
    state: str
    why: str
    folder: str
    terminal: str


class PromptResult(Message):
    """A prompt, how it would be run, and a run of one of its flows that goes on."""

    text: str
    files: list[str]
    mode: str
    command: str
    asks: str
    run: RunResult | None


@operation("nothing")
def prompt(session: CanvasSession, wanted: PromptFor) -> PromptResult:
    """Say what Claude Code would be told and how it would be run, and what goes on already."""
    root = session.host.root
    with refusals():
        found = session.host.prompt(*wanted.flows, kind=wanted.kind)
        command = shown_command(root)
    mode = mode_of(root)
    other = f"What it asks you follows from your Claude Code settings ({mode})."
    return PromptResult(
        text=found.text,
        files=list(found.files),
        mode=found.mode,
        command=command,
        asks=_ASKS.get(mode, other),
        run=next((_said(run) for run in active_runs(root) if _goes_on(run, wanted.flows)), None),
    )


@operation("project")
def implement(session: CanvasSession, wanted: PromptToRun) -> RunResult:
    """Start Claude Code in a terminal, with the prompt as it was looked at."""
    with refusals():
        found = session.host.prompt(*wanted.flows, kind=wanted.kind)
        told = found.model_copy(update={"text": wanted.text})
        if session.host.start_run is None:
            raise RunError("no run can be started from here")
        return _said(find_run(session.host.root, session.host.start_run(told)))


@operation("nothing")
def trust(session: CanvasSession, trusted: Trusted) -> None:
    """Trust the project: what it names may be run, as long as that is what was shown."""
    with refusals():
        trust_project(session.host.root, trusted.fingerprint)


@operation("nothing")
def run(session: CanvasSession, wanted: RunId) -> RunResult:
    """Say how a run stands."""
    with refusals():
        return _said(find_run(session.host.root, wanted.id))


@operation("project")
def stop(session: CanvasSession, wanted: RunId) -> RunResult:
    """End a run with everything that it started, and say how it stands then."""
    with refusals():
        found = find_run(session.host.root, wanted.id)
        stop_run(found)
    return _said(found)


def _goes_on(run: Run, flows: list[str]) -> bool:
    """Whether a run of some of these flows is at work or waits for an answer."""
    return run.state in ("running", "waiting") and not set(flows).isdisjoint(run.flows)


def _said(run: Run) -> RunResult:
    state, why = run.standing
    return RunResult(
        id=run.id,
        state=state,
        why=why,
        folder=run.folder.relative_to(run.root).as_posix(),
        terminal=str(run.read("terminal.json").get("name", "")),
    )
