"""Ask the questions of all inline actions, and report what their answers come to.

``python -m scripts.replay_answers`` gives the recorded answers again, without a key. With
``--live`` a real model answers, which needs its key in the environment and costs what it costs.
The report is a table in Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ddd_lab.assist.answer import Answer
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.leaves import CLOUD, PAID
from ddd_lab.assist.scripted import ScriptedReply, ScriptedServer
from ddd_lab.plurals import plural
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench
from tests.assist.replay import Recorded, answered, faults, recorded, specs
from tests.assist.sample import copied_sample

_PATIENCE = 300
"""Seconds for one answer of a real model."""
_HEAD = ("action", "kind", "items", "refused", "problems", "faults")


class Row(NamedTuple):
    """What one answer came to.

    Attributes:
        action: the inline action.
        kind: good, sloppy, wrong or hostile; of a real model, its id.
        items: how many of its changes can be made.
        refused: how many parts of it cannot.
        problems: how many are new.
        faults: in what it is not what it has to be.
    """

    action: str
    kind: str
    items: int
    refused: int
    problems: int
    faults: tuple[str, ...]


def replayed(workbench: Workbench, server: ScriptedServer) -> Iterator[Row]:
    """Every recorded answer, given again."""
    for case in recorded():
        server.say(ScriptedReply(case.text))
        client = ModelClient(workbench.root, pauses=())
        yield _row(case, case.kind, workbench, client, case.expected)


def live(workbench: Workbench, model: str) -> Iterator[Row]:
    """What a real model says to the question of every action."""
    client = ModelClient(workbench.root)
    for case in recorded():
        if case.kind == "good":
            question = replace(case.question, model=model, allow=(CLOUD, PAID))
            yield _row(case._replace(question=question), "", workbench, client, None)


def _row(
    case: Recorded,
    kind: str,
    workbench: Workbench,
    client: ModelClient,
    expected: dict[str, object] | None,
) -> Row:
    before = specs(workbench)
    with answered(case, workbench, client, _PATIENCE) as answer:
        lacking = faults(answer, expected) if expected is not None else [*_lacking(answer, case)]
    if specs(workbench) != before:
        lacking.append("it changed a file")
    proposal = answer.proposal
    return Row(
        case.action,
        kind or answer.model,
        len(proposal.possible) if proposal is not None else 0,
        len(answer.refused) + (len(proposal.refused) if proposal is not None else 0),
        len(proposal.problems) if proposal is not None else 0,
        tuple(lacking),
    )


def _lacking(answer: Answer, case: Recorded) -> Iterator[str]:
    """In what the answer of a real model is not what any has to be."""
    action, proposal = case.question.action, answer.proposal
    if answer.state != "done":
        yield f"it ended as {answer.state}: {answer.error}"
    elif action is not None and action.gives == "words":
        if not answer.text.strip():
            yield "it says nothing"
        if proposal is not None:
            yield "an action that only explains made a proposal"
    elif proposal is None or not proposal.possible:
        yield "nothing is proposed that could be taken"


def report(rows: Iterable[Row]) -> str:
    """The table, with a line that says how many have faults."""
    rows = list(rows)
    faulty = sum(bool(row.faults) for row in rows)
    cells = [(*map(str, row[:-1]), "; ".join(row.faults)) for row in rows]
    lines = [_HEAD, ("---",) * len(_HEAD), *cells]
    table = "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)
    return f"{plural(len(rows), 'answer')}, {faulty} with faults.\n\n{table}\n"


def _cell(text: str) -> str:
    return one_line(text, 0).replace("|", "\\|")


def main(words: Sequence[str]) -> int:
    """Write the report; returns 1 if an answer has faults."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--live", action="store_true", help="ask a real model; needs its key")
    parser.add_argument("--model", metavar="ID", default="", help="whom to ask with --live")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write it there")
    args = parser.parse_args(words)
    with ExitStack() as stack:
        workbench = copied_sample(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        if args.live:
            rows = [*live(workbench, args.model)]
        else:
            server = stack.enter_context(ScriptedServer())
            settings = workbench.root / ".ddd/config.yaml"
            settings.parent.mkdir()
            settings.write_text(server.config(), "utf-8")
            rows = [*replayed(workbench, server)]
    if args.output is None:
        sys.stdout.write(report(rows))
    else:
        args.output.write_text(report(rows), "utf-8")
    return int(any(row.faults for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
