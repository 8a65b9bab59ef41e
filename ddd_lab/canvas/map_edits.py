"""What the spec panel sets of cards on maps: names and descriptions of domains and flows."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from ddd_lab.canvas.layout_edits import OWN_PLACE, move_on_map
from ddd_lab.canvas.session.navigation_history import level_of
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.spec.edit.data import show_path
from ddd_lab.spec.edit.nodes import EditError, move_nodes
from ddd_lab.spec.models.base import Data


def place_of_card(at: str, card: str) -> str:
    """The domain or flow that a card of a map stands for; nothing where it is neither."""
    if not at:
        return card
    kind, colon, id = card.partition(":")
    return f"{at}/{id}" if colon and kind == "flow" else ""


def unwritten_places(session: CanvasSession) -> dict[str, tuple[float, float]]:
    """Where the cards of the board are shown that have no place in a file, by id."""
    own = OWN_PLACE if level_of(session.at) != "flow" else {"node"}
    return {
        id: (card.x, card.y)
        for id, card in session.whole_board.cards.items()
        if card.kind in own and not card.placed
    }


@contextlib.contextmanager
def keeping_places(session: CanvasSession) -> Iterator[None]:
    """One step of what is changed inside and of the places of cards that have none in a file.

    So nothing moves, now or later, because something else was changed.
    """
    with session.workbench.step():
        write_places(session)
        yield


def write_places(session: CanvasSession) -> None:
    """Write where the cards of the board are shown that have no place in a file."""
    loose = unwritten_places(session)
    # A file that is broken says so where it is needed.
    with contextlib.suppress(EditError):
        if loose and level_of(session.at) != "flow":
            move_on_map(session.workbench, session.at, loose, "")
        elif loose:
            session.workbench.edit_flow(session.at, lambda flow: move_nodes(flow, loose), "")


def set_on_map(session: CanvasSession, card: str, path: Sequence[str | int], value: Data) -> str:
    """Set the name or description of a domain or flow, as one step.

    Returns:
        The card's id afterwards: with the name the id changes.

    Raises:
        EditError: there is no such card, or nothing of that kind can be set here.
    """
    place = place_of_card(session.at, card)
    if card not in session.board.cards or not place:
        raise EditError(f"there is no card {card!r} here that could be edited")
    if not isinstance(value, str):
        raise EditError(f"{show_path(tuple(path))} is a text, not {value!r}")
    with keeping_places(session):
        return _set(session, card, place, path, value)


def _set(
    session: CanvasSession, card: str, place: str, path: Sequence[str | int], value: str
) -> str:
    workbench = session.workbench
    match list(path), session.at:
        case ["name"], "":
            return workbench.rename_domain(place, value)
        case ["name"], _:
            return f"flow:{workbench.rename_flow(place, value).partition('/')[2]}"
        case ["description"], "":
            workbench.describe_domain(place, value)
        case ["description"], _:
            workbench.describe_flow(place, value)
        case _:
            raise EditError("on maps only names and descriptions are edited")
    return card
