"""Boards with the ghosts of a proposal: what comes, what changes and what goes."""

from __future__ import annotations

from dataclasses import asdict, replace

from ddd_lab.assist.proposals import ghosts as plain
from ddd_lab.canvas.boards.links import alike, joined_anew, rect_of
from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.protocol.messages import Card
from ddd_lab.canvas.protocol.proposals import Ghost


def with_ghosts(before: BoardView, after: BoardView, finder: plain.GhostFinder) -> BoardView:
    """The board as it would be, with all that goes still on it, and with the ghosts."""
    cards, of_cards = finder.cards(before.cards, after.cards)
    areas = {id: rect_of(card) for id, card in cards.items() if card.kind != "note"}
    moved = plain.set_apart(areas, of_cards)
    links, of_links = finder.edges(before.links.values(), after.links.values(), alike, joined_anew)
    return replace(
        after,
        cards={id: _card(card, of_cards.get(id), moved.get(id)) for id, card in cards.items()},
        links={
            link.id: link.model_copy(update={"ghost": _ghost(ghost)})
            if (ghost := of_links.get(link.id))
            else link
            for link in links
        },
        readonly=before.readonly,
    )


def _card(card: Card, ghost: plain.Ghost | None, at: tuple[float, float] | None) -> Card:
    if ghost is None and at is None:
        return card
    place = {} if at is None else {"x": at[0], "y": at[1]}
    return card.model_copy(update={**place, "ghost": _ghost(ghost)})


def _ghost(ghost: plain.Ghost | None) -> Ghost | None:
    return None if ghost is None else Ghost.model_validate(asdict(ghost))
