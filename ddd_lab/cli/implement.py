"""``ddd-lab implement``: have Claude Code implement flows, in the shell it is called from."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from ddd_lab.cli._confirm import finish
from ddd_lab.cli._errors import (
    CallError,
    Commands,
    Status,
    add_project,
    command,
    open_project,
    refusals,
)
from ddd_lab.cli._output import plain, print_out
from ddd_lab.cli._trust import ask_before_claude

if TYPE_CHECKING:
    from ddd_lab.implementation.prompts.prompt import Kind, Prompt
    from ddd_lab.implementation.runs import Run
    from ddd_lab.project import Project

_EXAMPLES = """\
  ddd-lab implement orders/place-order            one flow
  ddd-lab implement orders/place-order --prompt   only show the prompt
  ddd-lab implement orders/place-order --fix      have its failing tests fixed
  ddd-lab implement --queue                       all that is pending or stale, one after another
  ddd-lab implement --queue --skip                leave out the flow whose turn it is, and go on
  ddd-lab implement Member --migrate              have the data of a schema migrated
  ddd-lab implement --resume RUN                  go on with a session that was cut off

Claude Code runs here, asks you for permissions, and goes on talking until you leave it. Then you
confirm which files belong to the flow, or correct the list; ddd-lab runs does it later. Nothing is
committed. A queue that pauses, here or in JupyterLab, goes on with ddd-lab implement --queue.

exit status: 0 done and confirmed, 1 it failed, was stopped or not confirmed, or tests fail, 2 the
call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "implement",
        "have Claude Code implement flows",
        "Start Claude Code with the prompt of a flow, in this terminal.",
        _EXAMPLES,
    )
    parser.add_argument(
        "flows", metavar="FLOW", nargs="*", help="domain/flow; or a schema, to migrate"
    )
    add_project(parser)
    parser.add_argument(
        "--queue",
        action="store_true",
        help="implement the flows, or all pending or stale ones, one after another; or continue "
        "the queue",
    )
    parser.add_argument("--skip", action="store_true", help="with --queue: skip the current flow")
    parser.add_argument("--clear", action="store_true", help="with --queue: clear the queue")
    parser.add_argument("--fix", action="store_true", help="fix failing tests of the flows")
    parser.add_argument(
        "--migrate",
        action="store_true",
        help="migrate stored data to changed schemas: the named ones, or all",
    )
    parser.add_argument("--resume", metavar="RUN", default="", help="continue the session of a run")
    parser.add_argument("--prompt", action="store_true", help="show the prompt; start nothing")
    parser.add_argument("--more", metavar="TEXT", default="", help="instructions of your own")
    parser.add_argument(
        "--yes", action="store_true", help="confirm the changed files without asking"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    from ddd_lab.implementation.claude_program import require_terminal

    _require_sense(args)
    project = open_project(args.project)
    with refusals(project):
        if args.clear:
            return _cleared(project)
        if not args.prompt:
            require_terminal()
        if args.resume:
            return _resume(project, args)
        if args.queue and not args.prompt:
            return _queued(project, args)
        return _one_by_one(project, args)


def _require_sense(args: argparse.Namespace) -> None:
    """Refuse arguments of which one would be ignored."""
    if bool(args.flows or args.queue or args.migrate) == bool(args.resume):
        raise CallError("name the flows to implement, or use --queue or --resume RUN")
    if args.migrate and (args.queue or args.fix):
        raise CallError("--migrate cannot be combined with --queue or --fix")
    if args.resume and (args.prompt or args.more or args.fix):
        raise CallError(
            "--resume continues a session: it cannot be combined with --prompt, --more or --fix"
        )
    started = args.flows or args.fix or args.more or args.prompt
    if (args.skip or args.clear) and (not args.queue or started or args.skip == args.clear):
        raise CallError("use --skip or --clear only together with --queue")


# --- flows and sessions ---------------------------------------------------------------------------


def _one_by_one(project: Project, args: argparse.Namespace) -> Status:
    prompts = _prompts(project, args)
    if prompts and not args.prompt:
        ask_before_claude(project.root)
    for number, prompt in enumerate(prompts, 1):
        if args.prompt:
            print_out(f"{prompt.text}\n" if number < len(prompts) else prompt.text)
            continue
        if len(prompts) > 1:
            print_out(f"--- {number} of {len(prompts)}: {plain(', '.join(prompt.flows))}\n")
        status = _implement(project, prompt, yes=args.yes)
        if status is not Status.FINE:
            return status
    return Status.FINE


def _queued(project: Project, args: argparse.Namespace) -> Status:
    from ddd_lab.cli._queue import go_through
    from ddd_lab.implementation.queue import read_queue, skip_in_queue

    new = args.flows or args.fix or args.more
    if new and read_queue(project.root).state in ("running", "paused"):
        raise CallError(
            "a queue is not finished: continue it (--queue alone), or clear it (--queue --clear)"
        )
    if args.skip:
        ask_before_claude(project.root)
        skip_in_queue(project.root)
    return go_through(project, partial(_prompts, project, args), yes=args.yes)


def _cleared(project: Project) -> Status:
    from ddd_lab.implementation.queue import clear_queue

    clear_queue(project.root)
    print_out("The queue was cleared. Runs in progress continue.\n")
    return Status.FINE


def _prompts(project: Project, args: argparse.Namespace) -> list[Prompt]:
    if args.migrate:
        names = args.flows or [one.key for one in project.workbench.sync.schemas() if one.stale]
        if not names:
            print_out("No schema has changed.\n")
            return []
        return [project.prompt(*names, kind="migrate").with_instructions(args.more)]
    keys = list(dict.fromkeys(args.flows)) or _waiting(project)
    if not keys:
        print_out("Nothing is pending or stale.\n")
    kind: Kind = "fix" if args.fix else "implement"
    return [project.prompt(key, kind=kind).with_instructions(args.more) for key in keys]


def _waiting(project: Project) -> list[str]:
    return [
        status.key
        for status in project.workbench.sync.flows()
        if status.state == "pending" or status.stale
    ]


def _implement(project: Project, prompt: Prompt, *, yes: bool) -> Status:
    from ddd_lab.implementation.runs.launch import launch
    from ddd_lab.implementation.runs.starting import prepared

    started = prepared(project.workbench.sync, prompt)
    launch(started)
    return _after(project, started, yes=yes)


def _resume(project: Project, args: argparse.Namespace) -> Status:
    from ddd_lab.implementation.runs import find_run
    from ddd_lab.implementation.runs.launch import launch

    again = find_run(project.root, args.resume)
    ask_before_claude(project.root)
    launch(again, resume=True)
    return _after(project, again, yes=args.yes)


def _after(project: Project, ended: Run, *, yes: bool) -> Status:
    state, why = ended.status
    if state == "done":
        return finish(project, ended, yes=yes)
    print_out(f"{plain(why[:1].upper() + why[1:])}.\n")
    if state in ("failed", "stopped") and ended.hook_events:
        print_out(f"Go on with ddd-lab implement --resume {ended.id}\n")
    return Status.ERRORS
