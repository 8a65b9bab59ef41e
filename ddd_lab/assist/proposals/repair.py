"""Having a model mend its own proposal, with the errors in hand, a few times at most."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ddd_lab.assist.proposals.answers import ModelAnswer, read_answer
from ddd_lab.assist.proposals.edit import Edit
from ddd_lab.assist.proposals.proposal import Proposal
from ddd_lab.implementation.quoting import quoted
from ddd_lab.spec.catalogue import catalogue
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench

MOST_ROUNDS = 3
_SHOWN = 20
"""Faults that a model is told of at once."""
_QUOTED = re.compile(r"'([^']{1,100})'")
HEADING = "Parts of your answer cannot be taken over as they are:"
REQUEST = (
    "Answer again with the whole list of edits in the same form, these mended and the others as "
    "they were. Leave out what you cannot mend. Do not touch anything else."
)


@dataclass(frozen=True)
class Repaired:
    """What came of it.

    Attributes:
        answer: the best one.
        proposal: what that proposes.
        rounds: how often the model was asked again.
        stopped: why no more: nothing is wrong, the same answer came twice, or
            asking helps no more.
    """

    answer: ModelAnswer
    proposal: Proposal
    rounds: int
    stopped: Literal["sound", "identical", "rounds"]


def repaired(
    workbench: Workbench,
    answer: ModelAnswer,
    at: str,
    ask: Callable[[str, int], str],
    propose: Callable[[ModelAnswer], Proposal] | None = None,
) -> Repaired:
    """Let a model mend its answer until nothing is wrong with it, three times at most.

    Args:
        workbench: the design.
        answer: its first one.
        at: the place that it is about.
        ask: gives the model's answer to a message; called with that and the number of the round.
        propose: makes a proposal of an answer; as usual if left out.
    """
    make = propose or (lambda one: Proposal.of(workbench, one.edits, at))
    best = (answer, make(answer))
    last = best
    for round in range(1, MOST_ROUNDS + 1):
        faults = list(faults_of(workbench, *last))
        if not faults and _loss(workbench, *best) < _loss(workbench, *last):
            return Repaired(*best, round - 1, "rounds")  # it gave up what could be taken
        if not faults:
            return Repaired(*last, round - 1, "sound")
        again = read_answer(ask(message(faults), round), at)
        if (again.edits, again.refused, again.broken) == (
            last[0].edits,
            last[0].refused,
            last[0].broken,
        ):
            return Repaired(*best, round, "identical")
        last = (again, make(again))
        if _loss(workbench, *last) < _loss(workbench, *best):
            best = last
    sound = not _loss(workbench, *best)
    return Repaired(*best, MOST_ROUNDS, "sound" if sound else "rounds")


def faults_of(workbench: Workbench, answer: ModelAnswer, proposal: Proposal) -> Iterator[str]:
    """What is wrong with an answer, each fault on one line with what would be right."""
    if answer.broken:
        yield answer.broken
        return
    yield from answer.refused
    for refused in proposal.refused:
        item = refused.item
        hint = nearest(refused.why, names_near(workbench, item.edit))
        yield f"edit {item.id}, {_said(item.edit)}: {refused.why}{hint}"
    for problem in proposal.problems:
        if problem.severity == "error":
            field = ".".join(str(step) for step in problem.place.path)
            place = f"{problem.place.where}{f' {field}' if field else ''}"
            known = names_near(workbench, None)
            yield f"{problem.rule} at {place}: {problem.message}{nearest(problem.message, known)}"


def message(faults: Iterable[str]) -> str:
    """What the model is told of faults."""
    lines = [f"- {quoted(fault, 600)}" for fault in faults]
    more = len(lines) - _SHOWN
    left = [f"- and {more} more of that kind"] if more > 0 else []
    return "\n".join([HEADING, *lines[:_SHOWN], *left, REQUEST])


def nearest(message: str, known: Iterable[str]) -> str:
    """The names that a name in a message may have meant; empty where it says so already."""
    if "did you mean" in message:
        return ""
    names = list(known)
    for wrong in _QUOTED.findall(message):
        if wrong not in names and (near := difflib.get_close_matches(wrong, names, 2, 0.6)):
            return f" Did you mean {' or '.join(near)}?"
    return ""


def names_near(workbench: Workbench, edit: Edit | None) -> Iterator[str]:
    """The names that an edit may use: nodes of its flow, flows, domains, node types, schemas."""
    flow = workbench.design.flows.get(str(getattr(edit, "flow", "")))
    if flow is not None:
        yield from flow.by_id
    yield from workbench.design.flow_keys
    yield from workbench.design.domains
    yield from catalogue()
    for schema in workbench.design.schemas.values():
        yield schema.name
    yield from workbench.design.errors.codes


def _said(edit: Edit) -> str:
    data = edit.model_dump(exclude_defaults=True)
    return f"{getattr(edit, 'op', '')} {one_line(', '.join(map(str, data.values())), 80)}".strip()


def _loss(workbench: Workbench, answer: ModelAnswer, proposal: Proposal) -> float:
    """How much is wrong with an answer; one that proposes nothing is the worst."""
    if answer.broken or not proposal.possible:
        return float("inf")
    return sum(1 for _ in faults_of(workbench, answer, proposal))
