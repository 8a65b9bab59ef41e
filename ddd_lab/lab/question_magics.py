"""The commands of ``%ddd`` that ask a language model, and what completes their places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from IPython.core.error import UsageError

if TYPE_CHECKING:
    from ddd_lab.assist.asking import Wish
    from ddd_lab.lab.answer_handle import LiveAnswer
    from ddd_lab.workbench import Workbench


def ask(workbench: Workbench, words: Sequence[str], text: str) -> LiveAnswer:
    """Ask what the lines of a cell say.

    Args:
        workbench: of the project.
        words: the place, if any.
        text: the lines.
    """
    from ddd_lab.assist.asking import question_for
    from ddd_lab.assist.assistant import assistant_of
    from ddd_lab.lab.answer_handle import live

    question = question_for(workbench, text.strip(), _place(words, "%%ddd ask"))
    return live(workbench, assistant_of(workbench).ask(question))


def wish(workbench: Workbench, wish: Wish, words: Sequence[str]) -> LiveAnswer:
    """Have a place reviewed, explained, or added to."""
    from ddd_lab.assist.asking import usual_question
    from ddd_lab.assist.assistant import assistant_of
    from ddd_lab.lab.answer_handle import live

    question = usual_question(workbench, wish, _place(words, f"%ddd {wish}"))
    return live(workbench, assistant_of(workbench).ask(question))


def places(workbench: Workbench, begun: str) -> list[str]:
    """What a place may go on with: domains and flows, or after ``#`` the nodes of the flow."""
    flow, hash_sign, _ = begun.partition("#")
    design = workbench.design
    if not hash_sign:
        return [*design.domains, *design.flow_keys]
    if flow not in design.flow_keys:
        return []
    return [node.id for node in workbench.flow_data(flow).all_nodes()]


def _place(words: Sequence[str], call: str) -> str:
    if len(words) > 1:
        raise UsageError(f"{call} takes one place, or none for the whole system")
    return words[0].removesuffix("/") if words else ""
