"""``ddd-lab ask``: ask a language model about the design."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ddd_lab.cli._asking import add_model_options, carry_out
from ddd_lab.cli._errors import Commands, Status, command

if TYPE_CHECKING:
    from ddd_lab.assist.question import Question
    from ddd_lab.workbench import Workbench

_EXAMPLES = """\
  ddd-lab ask . "Which flow sends reminders?"             about the whole system
  ddd-lab ask . "Say that a slip is printed" --at lending/return-item
  ddd-lab ask . "Readers renew loans" --at lending --action suggest_flows --apply
  ddd-lab ask . "Why two checks?" --show-sent             what would be sent, and send nothing
  ddd-lab ask . "Why two checks?" --format json           for programs

The answer is shown as it comes; then what it proposes. Nothing is changed without --apply, which
takes all of it as one step and saves it. In Auto (assist.mode in .ddd/config.yaml) a change of one
flow is taken by itself; in Explore nothing is. Ctrl+C stops the answer.

exit status: 0 fine, 1 the answer failed or proposes only what cannot be, 2 the call could not be
carried out or needs your leave, 130 you stopped it
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "ask",
        "ask a language model about the design",
        "Ask a language model about the design, or have it propose changes.",
        _EXAMPLES,
    )
    parser.add_argument("path", metavar="PATH", help="the folder that holds specs/")
    parser.add_argument("question", metavar="QUESTION", help="what you ask, in your words")
    parser.add_argument(
        "--at",
        metavar="PLACE",
        default="",
        help="domain/flow#node, domain/flow or a domain (default: the whole system)",
    )
    parser.add_argument(
        "--action", metavar="ID", default="", help="an inline action, such as suggest_flows"
    )
    parser.add_argument(
        "--apply", action="store_true", help="take all that is proposed, and save it"
    )
    add_model_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""

    def question(workbench: Workbench) -> Question:
        from ddd_lab.assist.asking import question_for

        return question_for(
            workbench,
            args.question,
            args.at.removesuffix("/"),
            action=args.action,
            model=args.model,
            allow=tuple(args.allow),
        )

    return carry_out(args, question, apply=args.apply)
