"""What lies in what on a sheet: containers and their cards, folding, and notes."""

from __future__ import annotations

from pydantic import Field

from ddd_lab.canvas.boards.folding import holders
from ddd_lab.canvas.boards.notes import note_ids, split
from ddd_lab.canvas.commands._registry import edit_flow, flow_key, name_of, operation
from ddd_lab.canvas.protocol.arguments import Arguments, CardId, Ids, Pixels, Text
from ddd_lab.canvas.protocol.results import NamedCard
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.spec.edit.containers import nested
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.edit.notes import add_note as add_note_to


class Nesting(Arguments):
    """Cards, and the container to put them into; the empty id is the sheet itself."""

    cards: Ids = Field(min_length=1)
    into: Text


class Folding(Arguments):
    """A container, and whether it is to be folded."""

    card: Text
    folded: bool


class NewNote(Arguments):
    """A note to put on the sheet."""

    x: Pixels
    y: Pixels
    text: Text = ""


@operation()
def nest(session: CanvasSession, new: Nesting) -> None:
    """Put cards into a container, or take them out of theirs, as one step."""
    nodes, _ = split(session.workbench.flow_data(flow_key(session)), new.cards)
    if not nodes:
        raise EditError("a note cannot lie in a container")
    what = f"{len(nodes)} cards" if len(nodes) > 1 else name_of(session, nodes[0])
    where = f"put {what} into {name_of(session, new.into)}" if new.into else f"take {what} out"
    edit_flow(session, lambda flow: nested(flow, dict.fromkeys(nodes, new.into)), where)


@operation("view")
def fold(session: CanvasSession, wish: Folding) -> None:
    """Hide or show the cards inside a container, on this canvas only."""
    if not any(frame.card == wish.card for frame in session.whole_board.frames):
        raise EditError("this card contains nothing to fold")
    session.fold({wish.card}, wish.folded)


@operation("view")
def unfold_around(session: CanvasSession, card: CardId) -> None:
    """Unfold every container that hides a card."""
    session.fold(holders(session.whole_board, card.id), False)


@operation(in_bursts=True)
def add_note(session: CanvasSession, new: NewNote) -> NamedCard:
    """Put a note on the sheet, and say the id of its card; its first text is the same step."""
    flow, note = add_note_to(
        session.workbench.flow_data(flow_key(session)), new.text, position=(new.x, new.y)
    )
    card = next(card for card, id in note_ids(flow).items() if id == note.id)
    session.bursts.end()
    token = session.bursts.token(("set", session.at, card, "text"), lasting=True)
    edit_flow(session, lambda _: flow, "add note", token)
    return NamedCard(id=card)
