"""What a notebook or a shell shows of an answer: as values, and as text."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ddd_lab.assist.answer import Answer, AnswerState
from ddd_lab.assist.proposals.ghosts import ghost_svg
from ddd_lab.assist.proposals.items import Item
from ddd_lab.plurals import plural
from ddd_lab.visible import one_line, visible

_STATES = {
    AnswerState.RUNNING: "Answering",
    AnswerState.DONE: "Done",
    AnswerState.CANCELLED: "Stopped",
    AnswerState.FAILED: "Failed",
    AnswerState.REPLACED: "Replaced by a later question",
}


def view_of(answer: Answer) -> dict[str, Any]:
    """An answer as the widget shows it; values that JSON has."""
    proposal = answer.proposal
    return {
        "title": one_line(answer.title),
        "state": answer.state.value,
        "status": _STATES[answer.state],
        "why": one_line(answer.error) or one_line(answer.activity if answer.running else ""),
        "text": visible(answer.text, lines=True),
        "by": by_line(answer),
        "items": [_item(item) for item in proposal.items] if proposal is not None else [],
        "refused": [one_line(why) for why in answer.refused],
        "plan": plan_lines(answer),
        "hint": _hint(answer),
        "light": proposed_svg(answer, "light"),
        "dark": proposed_svg(answer, "dark"),
        "picture": f"{one_line(answer.at) or 'The system'} with what is proposed",
    }


def proposed_svg(answer: Answer, theme: str, at: str | None = None) -> str:
    """A place with what a complete answer proposes, as SVG; empty where it proposes nothing."""
    if answer.proposal is None or answer.running:
        return ""
    return ghost_svg(answer.proposal, answer.at if at is None else at, theme=theme)


def by_line(answer: Answer) -> str:
    """Who answered, why, with how many tokens and for how much."""
    parts = [one_line(answer.model), one_line(answer.why)]
    if answer.usage is not None:
        usage = answer.usage
        tokens = usage.input + usage.cache_read + usage.cache_write
        about = "about " if usage.how == "estimate" else ""
        parts += [f"{about}{tokens:,} tokens in, {usage.output:,} out", price(answer.cost)]
    return " · ".join(part for part in parts if part)


def price(cost: Decimal | None) -> str:
    """A price in words: what is unknown is never nothing."""
    if cost is None:
        return "price unknown"
    return "free" if not cost else f"${cost:.4f}"


def as_text(answer: Answer) -> str:
    """An answer as text."""
    return "\n".join(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    if answer.text:
        yield visible(answer.text.strip(), lines=True)
        yield ""
    yield from changes(answer)
    if hint := _hint(answer):
        yield hint
    yield ending(answer)


def changes(answer: Answer) -> Iterator[str]:
    """What an answer proposes, item by item, with what is wrong with it; as lines."""
    if answer.proposal is not None:
        for item in answer.proposal.items:
            yield f"{item.id:>3}. {one_line(item.title)}"
            notes = [item.refused, *(problem.message for problem in item.problems)]
            yield from (f"     ! {one_line(note)}" for note in notes if note)
    yield from (f"  ! {one_line(why)}" for why in answer.refused)


def ending(answer: Answer) -> str:
    """How an answer ended, or that it goes on, and who gave it; as a line."""
    why = f": {one_line(answer.error, 0)}" if answer.error else ""
    by = by_line(answer)
    return f"{_STATES[answer.state]}{why}{f' ({by})' if by else ''}"


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "title": one_line(item.title),
        "changes": [
            f"{one_line(change.field)}: {one_line(change.before) or '—'} → "
            f"{one_line(change.after) or '—'}"
            for change in item.changes
        ],
        "problems": [one_line(problem.message) for problem in item.problems],
        "refused": one_line(item.refused),
    }


def plan_lines(answer: Answer) -> list[str]:
    """What an answer would do to each flow, where that has to be approved first."""
    if answer.plan is None or answer.plan.approved:
        return []
    return [f"{place or 'the system'}: {words}" for place, words in answer.plan.steps.items()]


def _hint(answer: Answer) -> str:
    """How to go on: to allow what is asked, or to take what is proposed."""
    if answer.leave is not None:
        allowed = f"model={answer.leave.model!r}, allow={answer.leave.leaves!r}"
        return f"To allow it, ask again with {one_line(allowed, 0)}."
    if answer.running or answer.proposal is None:
        return ""
    if answer.fate:
        return f"This was {answer.fate}."
    if answer.plan is not None and not answer.plan.approved:
        places = plural(len(answer.plan.steps), "place")
        return f"It changes {places}: answer.plan.approve() first, then answer.apply()."
    return "Take it with answer.apply(), some of it with answer.apply(['1', '2']); or discard()."
