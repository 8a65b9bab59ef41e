"""What ``ddd-lab ask`` and ``review`` share: ask, show what comes, take what is proposed."""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ddd_lab.cli._errors import CallError, Status, add_format, open_project, refusals
from ddd_lab.cli._output import hand_over_json, print_err, print_out

if TYPE_CHECKING:
    from ddd_lab.assist.answer import Answer
    from ddd_lab.assist.client_events import NeedsLeave
    from ddd_lab.assist.context.blocks import Context
    from ddd_lab.assist.proposals.proposal import Applied
    from ddd_lab.assist.question import Question
    from ddd_lab.project import Project
    from ddd_lab.workbench import Workbench

_PAUSE = 0.05
"""Seconds between two looks at what has come."""


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of every question."""
    parser.add_argument(
        "--model", metavar="ID", default="", help="whom to ask (default: as the settings say)"
    )
    parser.add_argument(
        "--allow",
        metavar="LEAVE",
        action="append",
        default=[],
        help="allow what an earlier call asked for; it says how",
    )
    parser.add_argument(
        "--show-sent", action="store_true", help="show what would be sent, and send nothing"
    )
    add_format(parser)


@dataclass(frozen=True)
class Outcome:
    """What came of an answer.

    Attributes:
        answer: as it ended.
        applied: what was changed; None where nothing was taken.
        saved: paths of the files that were written.
    """

    answer: Answer
    applied: Applied | None = None
    saved: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """The exit status."""
        answer, proposal = self.answer, self.answer.proposal
        if answer.leave is not None:
            return Status.FAILED
        if answer.state != "done" or (self.applied is not None and not self.applied.done):
            return Status.ERRORS
        refused = bool(answer.refused or (proposal is not None and proposal.items))
        possible = proposal is not None and proposal.possible
        return Status.ERRORS if refused and not possible else Status.FINE


def carry_out(
    args: argparse.Namespace, question_in: Callable[[Workbench], Question], *, apply: bool = False
) -> Status:
    """Ask, show the answer while it comes, and apply what it proposes where that is wanted.

    Args:
        args: with the options of :func:`add_model_options`, and the path.
        question_in: makes the question for the open project.
        apply: take all that is proposed, and save it.

    Raises:
        CallError: the question cannot be asked, or what it led to cannot be saved.
    """
    from ddd_lab.assist.assistant import assistant_of
    from ddd_lab.assist.replies import ProviderError
    from ddd_lab.implementation.writers import require_leave

    project = open_project(args.path)
    try:
        with refusals(project):
            question = question_in(project.workbench)
            if apply:
                require_leave(project.root, "proposal")
            if args.show_sent:
                return _show_sent(args, assistant_of(project.workbench).context(question))
        answer = assistant_of(project.workbench).ask(question)
        _follow(answer, streams=args.format == "text")
        outcome = _take(project, answer, apply=apply)
    except ProviderError as error:
        raise CallError(str(error)) from error
    if args.format == "json":
        hand_over_json(_as_data(outcome))
    else:
        _show_end(args, outcome)
    return outcome.status


# --- asking ------------------------------------------------------------------------------------


def _follow(answer: Answer, *, streams: bool) -> None:
    """Show the text as it comes, until the answer ends."""
    shown = activity = ""
    try:
        while True:
            running = answer.running
            if streams:
                shown = _show_more(shown, answer.text.strip() if not running else answer.text)
                if answer.activity != activity and sys.stderr and sys.stderr.isatty():
                    activity = answer.activity
                    print_err(activity)
            if not running:
                break
            time.sleep(_PAUSE)
    except KeyboardInterrupt:
        answer.cancel()
        print_err("\nStopped. Nothing was changed.")
        raise
    if shown:
        print_out("\n\n"[len(shown) - len(shown.rstrip("\n")) :])


def _show_more(shown: str, text: str) -> str:
    """Print what is new of a text; one that begins anew stands on a line of its own."""
    if text != shown.strip():
        print_out(text.removeprefix(shown) if text.startswith(shown) else f"\n\n{text}")
        return text
    return shown


def _take(project: Project, answer: Answer, *, apply: bool) -> Outcome:
    """Apply all that is proposed as one step, and save it."""
    by_itself = answer.plan is None and project.mode == "auto"
    if answer.proposal is None or not answer.proposal.possible or not (apply or by_itself):
        return Outcome(answer)
    with refusals(project):
        if answer.plan is not None:
            answer.plan.approve()
        applied = answer.apply()
        return Outcome(answer, applied, tuple(project.save()))


# --- showing -----------------------------------------------------------------------------------


def _show_sent(args: argparse.Namespace, context: Context) -> Status:
    if args.format == "json":
        blocks = [
            {"id": block.id, "tokens": block.tokens, "reason": block.reason, "cut": block.cut}
            for block in context.blocks
        ]
        left_out = [
            {"id": left.id, "tokens": left.tokens, "reason": left.reason}
            for left in context.left_out
        ]
        hand_over_json(
            {
                "system": list(context.system),
                "text": context.text,
                "tokens": context.tokens,
                "how": context.how,
                "budget": context.budget,
                "blocks": blocks,
                "left_out": left_out,
            }
        )
    else:
        print_out("\n\n".join([*context.system, context.text, str(context)]) + "\n")
    return Status.FINE


def _show_end(args: argparse.Namespace, outcome: Outcome) -> None:
    """Print what is proposed and what became of it, and how the answer ended."""
    from ddd_lab.lab.answer_view import changes, ending, plan_lines

    answer, applied = outcome.answer, outcome.applied
    plan = plan_lines(answer)
    lines = [*changes(answer), *(["Its plan:"] if plan else []), *(f"  {line}" for line in plan)]
    if applied is not None:
        lines.append(f"Applied {applied.words}.")
        lines += [f"  ! {refused.item.title}: {refused.why}" for refused in applied.refused]
        lines += [f"Saved {path}" for path in outcome.saved]
        if answer.plan is not None:
            lines.append(f"Its plan is written to {answer.plan.path}.")
    elif answer.proposal is not None and answer.proposal.possible:
        lines.append("Nothing is changed. Call it again with --apply to take what is proposed.")
    print_out("".join(f"{line}\n" for line in [*lines, ending(answer)]))
    if answer.note:
        print_err(answer.note)
    if answer.leave is not None:
        print_err(_how_to_allow(args, answer.leave))


def _how_to_allow(args: argparse.Namespace, leave: NeedsLeave) -> str:
    """The call that allows what is asked."""
    words = ["ddd-lab", args.command, args.path]
    for name in ("question", "flow"):
        words += [value] if (value := getattr(args, name, None)) else []
    for name in ("at", "action"):
        words += [f"--{name}", value] if (value := getattr(args, name, None)) else []
    words += ["--model", leave.model]
    for allowed in dict.fromkeys([*args.allow, *leave.leaves]):
        words += ["--allow", allowed]
    words += ["--apply"] if getattr(args, "apply", False) else []
    return f"To allow it for one call:\n  {shlex.join(words)}"


def _as_data(outcome: Outcome) -> dict[str, Any]:
    """For programs."""
    from ddd_lab.lab.answer_view import view_of

    answer, applied = outcome.answer, outcome.applied
    usage, leave = answer.usage, answer.leave
    view = view_of(answer)
    return {
        "state": answer.state.value,
        "error": answer.error,
        "text": answer.text,
        "items": view["items"],
        "refused": view["refused"],
        "plan": None if answer.plan is None else answer.plan.steps,
        "applied": None
        if applied is None
        else {
            "words": applied.words,
            "items": [item.id for item in applied.done],
            "refused": [{"id": one.item.id, "why": one.why} for one in applied.refused],
            "saved": list(outcome.saved),
        },
        "leave": None
        if leave is None
        else {"model": leave.model, "allow": list(leave.leaves), "reason": leave.reason},
        "model": answer.model,
        "served": answer.served,
        "why": answer.why,
        "tokens": None
        if usage is None
        else {
            "input": usage.input + usage.cache_read + usage.cache_write,
            "cached": usage.cache_read,
            "output": usage.output,
            "how": usage.how,
        },
        "cost": None if answer.cost is None else float(answer.cost),
    }
