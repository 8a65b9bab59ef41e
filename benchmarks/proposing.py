"""From the last byte of a model's answer to its ghosts on the canvas."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.canvas import KEY
from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Clock, Row, at_most, told
from ddd_lab.assist.proposals.answers import AnswerReader
from ddd_lab.assist.proposals.proposal import Proposal
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.project import Project

ADDED = 40
ROUNDS, WARM_UP = 9, 2
GOAL = 0.150
SIZES = ((60, 20), (1000, 20))


def run() -> Iterator[Row]:
    for flows, nodes in SIZES:
        with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
            project = Project(write_project(Path(folder, "project"), flows, nodes), watch=False)
            clock = ghosts(project)
        name = f"A proposal of {ADDED} nodes in {flows:,} flows × {nodes} nodes, from last byte"
        goal = at_most(clock.median, GOAL) if flows < SIZES[-1][0] else {"goal": "", "met": None}
        yield Row(f"{name} to ghosts", told(clock.median), **goal)


def ghosts(project: Project) -> Clock:
    """Times until the patch with the ghosts is handed to the browser."""
    sent: list[dict[str, object]] = []
    session = CanvasSession(project.workbench, KEY, sent.append)
    session.show()
    clock = Clock()
    for number in range(WARM_UP + ROUNDS):
        reader = AnswerReader(KEY)
        text = answer(number)
        reader.feed(text[:-1])
        (clock if number >= WARM_UP else Clock()).time(partial(last, session, reader, text[-1]))
        if "added" not in json.dumps(sent[-1]):
            raise RuntimeError("no ghosts were shown")
        session.broadcaster.propose(None)
    session.close()
    return clock


def last(session: CanvasSession, reader: AnswerReader, piece: str) -> None:
    """Take the last piece of an answer, and show what it comes to."""
    reader.feed(piece)
    proposal = Proposal.of(session.workbench, reader.end().edits, KEY)
    session.broadcaster.propose(proposal)


def answer(number: int) -> str:
    """A row of new nodes after the first of the flow."""
    first = "check_request"
    edits: list[dict[str, object]] = []
    before = first
    for index in range(ADDED):
        id = f"new_{number}_{index}"
        settings = f"operation: part_{index}\ndescription: Does part {index}"
        edits += [
            {"op": "add_node", "flow": KEY, "node": id, "type": "process", "settings": settings},
            {"op": "connect", "flow": KEY, "source": before, "target": id},
        ]
        before = id
    return json.dumps({"say": "I would add these.", "edits": edits})


BENCHMARK = Benchmark("proposing", "Showing what a model suggests", run)
