"""Recorded answers of models, given again by a real server, and what they have to come to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ddd_lab.assist.actions import Target, action_named
from ddd_lab.assist.answer import Answer
from ddd_lab.assist.assistant import Assistant
from ddd_lab.assist.client import ModelClient
from ddd_lab.assist.proposals.items import Item
from ddd_lab.assist.question import Question
from ddd_lab.files.edit.ids import id_of
from ddd_lab.spec.edit.nodes import disconnect
from ddd_lab.workbench import Workbench
from tests.patience import PATIENCE

KINDS = ("good", "sloppy", "wrong", "hostile")
_FOLDER = Path(__file__).with_name("recorded")


class Recorded(NamedTuple):
    """One recorded answer.

    Attributes:
        action: the inline action that it answers.
        kind: good, sloppy, wrong or hostile.
        question: what is asked.
        text: the answer as the model gave it.
        cut: a node and the output whose connections are taken away before.
        expected: what it has to come to.
    """

    action: str
    kind: str
    question: Question
    text: str
    cut: tuple[str, ...]
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        """What a report calls it."""
        return f"{self.action}-{self.kind}"


def recorded() -> Iterator[Recorded]:
    """Every recorded answer."""
    for path in sorted(_FOLDER.glob("*.yaml")):
        for name, entry in yaml.safe_load(path.read_text("utf-8")).items():
            target = Target(**{key: str(value) for key, value in entry["target"].items()})
            for kind in KINDS:
                given = dict(entry[kind])
                text = given.pop("text", None)
                yield Recorded(
                    action=name,
                    kind=kind,
                    question=Question(
                        entry.get("question", ""),
                        target.at,
                        action=action_named(name),
                        target=target,
                    ),
                    text=text if text is not None else json.dumps(given.pop("answer")),
                    cut=tuple(entry.get("cut", ())),
                    expected=given,
                )


@contextmanager
def answered(
    case: Recorded, workbench: Workbench, client: ModelClient, seconds: float = PATIENCE
) -> Iterator[Answer]:
    """The answer that a client gets to a question, complete; what was cut before comes back."""
    if case.cut:
        node, output = case.cut
        workbench.edit_flow(case.question.at, lambda flow: disconnect(flow, node, output), "cut")
    try:
        answer = Assistant(workbench, client).ask(case.question)
        if not answer.wait(seconds):
            answer.cancel()
        yield answer
    finally:
        if case.cut:
            workbench.undo()


def specs(workbench: Workbench) -> dict[str, bytes]:
    """Every spec of a design, as its file has it."""
    folder = workbench.root / "specs"
    return {str(path): path.read_bytes() for path in folder.rglob("*.yaml")}


def faults(answer: Answer, expected: dict[str, Any]) -> list[str]:
    """In what an answer is not what it has to be; each in a sentence."""
    if expected.get("fails"):
        return [] if answer.state == "failed" else [f"it ended as {answer.state}"]
    if answer.state != "done":
        return [f"it ended as {answer.state}: {answer.error}"]
    return [*_in_words(answer, expected), *_in_changes(answer, expected)]


def _in_words(answer: Answer, expected: dict[str, Any]) -> Iterator[str]:
    if "says" in expected and answer.proposal is not None:
        yield "an action that only explains made a proposal"
    for what in expected.get("says", ()):
        if what not in answer.text:
            yield f"it does not say {what!r}: {answer.text!r}"


def _in_changes(answer: Answer, expected: dict[str, Any]) -> Iterator[str]:
    items = answer.proposal.items if answer.proposal is not None else ()
    titles = [item.title for item in items]
    possible = [item for item in items if not item.refused]
    refusals = [*answer.refused, *(item.refused for item in items if item.refused)]
    for name in (*expected.get("added", ()), *expected.get("changed", ())):
        if not any(name in _subjects(item) for item in possible):
            yield f"nothing is proposed for {name!r}: {titles}"
    for what in expected.get("refused", ()):
        if not any(re.search(what, why) for why in refusals):
            yield f"nothing is refused for {what!r}: {refusals}, {titles}"
    count = expected.get("items")
    if isinstance(count, int) and len(possible) != count:
        yield f"{len(possible)} items, not {count}: {titles}"
    problems = answer.proposal.problems if answer.proposal is not None else ()
    if expected.get("problems") and not (refusals or problems):
        yield "nothing is said to be wrong with it"


def _subjects(item: Item) -> set[str]:
    """What an item is about, by every name that it has for it."""
    said = item.edit.model_dump()
    made = {id_of(said["name"])} if said.get("op") == "new_domain" else set()
    return {item.card, str(getattr(item.edit, "flow", "")), *made}
