"""What the spec panel sets of cards on maps: names and descriptions of domains and flows."""

from __future__ import annotations

from collections.abc import Sequence

from ddd_lab.canvas.layout_edits import OWN_PLACE
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.spec.edit.data import show_path
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Data


def place_of_card(at: str, card: str) -> str:
    """The domain or flow that a card of a map stands for; nothing where it is neither."""
    if not at:
        return card
    kind, colon, id = card.partition(":")
    return f"{at}/{id}" if colon and kind == "flow" else ""


def shown_on_map(session: CanvasSession) -> dict[str, tuple[float, float]]:
    """Where the cards of a map are that have no place in a file: a move writes that of all.

    So no later layout moves what nobody moved.
    """
    return {
        id: (card.x, card.y)
        for id, card in session.board.cards.items()
        if card.kind in OWN_PLACE and not card.placed
    }


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
