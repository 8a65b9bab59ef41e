"""Conversations with a model: what is asked, what is sent, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.assistant import (
    AssistantMode,
    AssistantState,
    Conversation,
    ThreadView,
)
from ddd_lab.canvas.protocol.field_types import Shown
from ddd_lab.canvas.protocol.message import Message
from ddd_lab.canvas.session.name_offers import offered_names
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.plurals import plural
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.visible import one_line, visible

if TYPE_CHECKING:
    from ddd_lab.assist.assistant import Assistant
    from ddd_lab.assist.context.blocks import ContextBlock
    from ddd_lab.assist.question import Question

Id = Annotated[str, Field(max_length=100)]
Some = Annotated[list[Id], Field(max_length=1000)]


class Asking(Arguments):
    """A question as it stands in the input.

    Attributes:
        cards: that are selected.
        thread: id of the conversation; empty for a new one.
        model: id of the model that shall answer; empty for the usual one.
        pinned, dropped: ids of parts of the context that must or must not go with it.
    """

    text: Annotated[Text, Field(max_length=50_000)]
    cards: Some = Field(default_factory=list)
    thread: Id = ""
    model: Id = ""
    pinned: Some = Field(default_factory=list)
    dropped: Some = Field(default_factory=list)


class TurnId(Arguments):
    """An answer."""

    id: Id


class Allowing(Arguments):
    """What a person says to an answer that asked whether it may go on."""

    id: Id
    allowed: bool


class ThreadId(Arguments):
    """A conversation; the empty id is the latest one of the place shown."""

    id: Id = ""
    new: bool = False


class ThreadTitle(Arguments):
    """A conversation and its new title."""

    id: Id
    title: Annotated[Text, Field(max_length=200)]


class Archiving(Arguments):
    """A conversation, and whether lists leave it out."""

    id: Id
    archived: bool


class ThreadSearch(Arguments):
    """Words to look for in conversations; those of all places, or of the place shown."""

    words: Annotated[Text, Field(max_length=200)] = ""
    everywhere: bool = False
    archived: bool = False


class ModeChoice(Arguments):
    """How far the assistant may go in a conversation; the empty one has not begun."""

    mode: AssistantMode
    thread: Id = ""


class BudgetLimit(Arguments):
    """What may be spent in a period, in US dollars; 0 for no limit."""

    limit: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]


class Beginning(Arguments):
    """The beginning of a name."""

    text: Annotated[Text, Field(max_length=100)]


class Asked(Message):
    """A question that was asked: its conversation, and the ids of both turns."""

    thread: ThreadView
    question: str
    answer: str


class ThreadList(Message):
    """Conversations, the latest first."""

    threads: list[ThreadView]


class SentBlock(Message):
    """A part of what is sent.

    Attributes:
        tokens: as counted in the way that ``how`` says.
        cut: how it was shortened, in words; empty if it was not.
        reason: why it goes with the question, or why it does not.
        pinned: whether a person wants it to.
        fixed: it always goes.
    """

    id: str
    title: Shown
    text: str
    tokens: int
    how: Literal["exact", "calibrated", "estimate"]
    cut: Shown = ""
    reason: Shown = ""
    pinned: bool = False
    fixed: bool = False


class SentView(Message):
    """Exactly what would be sent.

    Attributes:
        blocks: in their order.
        left_out: what was left out; these have no text.
        cap: the most tokens of the context.
        model: that would be asked; ``why`` it would.
        price: what the prompt would cost, in words.
    """

    blocks: list[SentBlock]
    left_out: list[SentBlock]
    tokens: int
    how: Literal["exact", "calibrated", "estimate"]
    cap: int
    model: Shown = ""
    why: Shown = ""
    price: str = ""


class NameOffer(Message):
    """A name that a question can mention; ``text`` is what is written for it."""

    text: str
    title: Shown
    kind: str


class NameOffers(Message):
    """Names that begin as was typed."""

    names: list[NameOffer]


@operation("nothing")
def assistant(session: CanvasSession, _: Arguments) -> AssistantState:
    """Say what there is to ask with; the servers are looked at meanwhile, and told of later."""
    return session.assistant.state(look=True)


@operation("nothing")
def conversation(session: CanvasSession, which: ThreadId) -> Conversation:
    """Show a conversation, the latest one of the place, or what a new one begins with."""
    return session.assistant.conversation(session.at, which.id, new=which.new)


@operation("nothing")
def ask(session: CanvasSession, question: Asking) -> Asked:
    """Ask a model; what it says is sent as it comes."""
    thread, asked, answer = session.assistant.ask(_question(session, question), question.thread)
    return Asked(thread=thread, question=asked, answer=answer)


@operation("nothing")
def cancel_answer(session: CanvasSession, answer: TurnId) -> None:
    """Stop an answer; what came so far stays."""
    session.assistant.cancel(answer.id)


@operation("nothing")
def allow_answer(session: CanvasSession, answer: Allowing) -> None:
    """Let an answer that asked go on, or end it."""
    session.assistant.allow(answer.id, answer.allowed)


@operation("nothing")
def sent(session: CanvasSession, question: Asking) -> SentView:
    """Show exactly what would be sent; nothing is."""
    whole = session.assistant.question(_question(session, question), question.thread)
    return sent_view(session.assistant.assistant, whole)


@operation("nothing")
def threads(session: CanvasSession, wanted: ThreadSearch) -> ThreadList:
    """List conversations of the place shown, or of all, or those that have some words."""
    at = None if wanted.everywhere else session.at
    return ThreadList(threads=session.assistant.list(at, wanted.words, archived=wanted.archived))


@operation("nothing")
def rename_thread(session: CanvasSession, thread: ThreadTitle) -> ThreadView:
    """Give a conversation another title."""
    return session.assistant.retitle(thread.id, thread.title)


@operation("nothing")
def archive_thread(session: CanvasSession, thread: Archiving) -> ThreadView:
    """Leave a conversation out of lists, or show it there again."""
    return session.assistant.archive(thread.id, thread.archived)


@operation("nothing")
def assist_mode(session: CanvasSession, choice: ModeChoice) -> AssistantState:
    """Choose how far the assistant may go in a conversation."""
    return session.assistant.set_mode(choice.mode, choice.thread)


@operation("project")
def budget_limit(session: CanvasSession, budget: BudgetLimit) -> AssistantState:
    """Choose what may be spent in a period."""
    return session.assistant.set_limit(budget.limit)


@operation("nothing")
def names(session: CanvasSession, beginning: Beginning) -> NameOffers:
    """Say what a question can mention by a name that begins so."""
    found = offered_names(session.workbench, session.at, beginning.text)
    return NameOffers(names=[NameOffer(**one._asdict()) for one in found])


def _question(session: CanvasSession, asked: Asking) -> Question:
    from ddd_lab.assist.question import Question

    return Question(
        asked.text,
        at=session.at,
        selection=tuple(card for card in asked.cards if card in session.board.cards),
        pinned=tuple(asked.pinned),
        dropped=tuple(asked.dropped),
        model=asked.model,
    )


def sent_view(assistant: Assistant, question: Question) -> SentView:
    """What would be sent for a question.

    Raises:
        EditError: not even what a model cannot do without fits.
    """
    from ddd_lab.assist.budget import dollars
    from ddd_lab.assist.context.blocks import ContextError

    try:
        context = assistant.context(question)
    except ContextError as error:
        raise EditError(str(error)) from error
    blocks = [_sent_block(block, question) for block in context.blocks]
    said = "\n\n".join(f"{turn.role}: {turn.text}" for turn in question.history)
    tokens = context.tokens
    attempts = assistant.client.plan(question.task, tokens, question.model)
    first = next((attempt for attempt in attempts if not attempt.skip), None)
    if said and first is not None:
        counted = assistant.client.counter(first.entry)(said, "prose")
        tokens += counted.count
        title = f"What was said before ({plural(len(question.history), 'message')})"
        history = SentBlock(
            id="history",
            title=title,
            text=visible(said, lines=True),
            tokens=counted.count,
            how=counted.how,
            fixed=True,
        )
        blocks.insert(len(blocks) - 1, history)
    price = first.expected.price if first else None
    costs = f"about {dollars(price)} with the answer" if price else "free"
    return SentView(
        blocks=blocks,
        left_out=[
            SentBlock(
                id=left.id,
                title=_title(left.id),
                text="",
                tokens=left.tokens,
                how=context.how,
                reason=one_line(left.reason),
            )
            for left in context.left_out
        ],
        tokens=tokens,
        how=context.how,
        cap=context.budget,
        model=one_line(first.entry.name) if first else "",
        why=one_line(first.why) if first else "",
        price=costs if price is not None else "price unknown",
    )


_TITLES = {
    "rules": "Instructions",
    "catalogue": "Node types",
    "summary": "Summary of the project",
    "system": "The system",
    "related": "Related domains",
    "connected": "Connected flows",
    "selection": "What is selected",
    "status": "Status of the code",
    "schemas": "Schemas",
    "errors": "Error codes",
    "spec-index": "Index of the specs",
    "question": "The question",
}


def _title(id: str) -> str:
    """What people call a part of what is sent."""
    kind, _, named = id.partition(":")
    title = _TITLES.get(kind, kind.capitalize())
    return one_line(f"{title}: {named}" if named else title)


def _sent_block(block: ContextBlock, question: Question) -> SentBlock:
    from ddd_lab.assist.context.blocks import ALWAYS

    pinned = block.id in question.pinned
    return SentBlock(
        id=block.id,
        title=_title(block.id),
        text=visible(block.text, lines=True),
        tokens=block.tokens,
        how="estimate",
        cut=one_line(block.cut),
        reason=one_line(block.reason),
        pinned=pinned,
        fixed=block.priority == ALWAYS and not pinned,
    )
