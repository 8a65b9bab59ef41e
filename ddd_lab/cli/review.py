"""``ddd-lab review``: have a flow, or the whole system, reviewed by a language model."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ddd_lab.cli._asking import add_model_options, carry_out
from ddd_lab.cli._errors import Commands, Status, command

if TYPE_CHECKING:
    from ddd_lab.assist.question import Question
    from ddd_lab.workbench import Workbench

_EXAMPLES = """\
  ddd-lab review .                       the whole system
  ddd-lab review . lending/return-item   one flow
  ddd-lab review . --show-sent           what would be sent, and send nothing

A review begins with what the checks know; see also `ddd-lab check`, which needs no model. It only
says what it finds: nothing is changed.

exit status: 0 fine, 1 the answer failed, 2 the call could not be carried out or needs your leave,
130 you stopped it
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "review",
        "have a language model review a flow or the system",
        "Have a language model review a flow, or how the whole system is cut into domains.",
        _EXAMPLES,
    )
    parser.add_argument("path", metavar="PATH", help="the folder that holds specs/")
    parser.add_argument(
        "flow",
        metavar="FLOW",
        nargs="?",
        default="",
        help="domain/flow (default: the whole system)",
    )
    add_model_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""

    def question(workbench: Workbench) -> Question:
        from ddd_lab.assist.asking import usual_question

        flow = args.flow.removesuffix("/")
        return usual_question(workbench, "review", flow, model=args.model, allow=tuple(args.allow))

    return carry_out(args, question)
