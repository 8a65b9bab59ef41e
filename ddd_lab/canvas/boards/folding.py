"""Folded containers: a board without the cards inside them.

Whether a container is folded belongs to the desk, not to the design: two canvases may show the
same sheet in different ways, and no file says anything about it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.protocol.messages import Badge, Card, Frame, Link
from ddd_lab.plurals import plural

_AROUND = (20, 30, 20, 20)
"""Pixels between a folded frame and its card: left, top, right and bottom."""
_LABELS = 50
"""Pixels that the labels of outputs take at the right side of a card."""


def folded(board: BoardView, cards: Collection[str]) -> BoardView:
    """The board with some containers folded."""
    shut = _shut(board, cards)
    home = _homes(board, shut)
    if not home:
        return board
    counts: dict[str, int] = {}
    for top in home.values():
        counts[top] = counts.get(top, 0) + 1
    return replace(
        board,
        cards={
            id: _holding(card, counts[id]) if id in counts else card
            for id, card in board.cards.items()
            if id not in home
        },
        links=_led_to_homes(board.links, home),
        frames=[
            _around(frame, board.cards[frame.card], board.direction)
            if frame.card in shut
            else frame
            for frame in board.frames
            if frame.card not in home and not _hidden(frame, home)
        ],
    )


def with_inside(board: BoardView, cards: Collection[str], shut: Collection[str]) -> list[str]:
    """Cards, with all that lies inside those of them that are folded: to the eye they are one."""
    home = _homes(board, _shut(board, shut))
    inside = [id for id, top in home.items() if top in cards and board.cards[id].kind == "node"]
    return list(dict.fromkeys((*cards, *inside)))


def holders(board: BoardView, card: str) -> list[str]:
    """Ids of the containers around a card, innermost first."""
    return list(_chain(card, _above(board)))


def _shut(board: BoardView, cards: Collection[str]) -> dict[str, Frame]:
    """The frames that are folded, by their cards."""
    return {frame.card: frame for frame in board.frames if frame.card and frame.card in cards}


def _above(board: BoardView) -> dict[str, str]:
    """The container that each card lies in."""
    return {child: frame.card for frame in board.frames if frame.card for child in frame.cards}


def _chain(card: str, above: Mapping[str, str]) -> Iterator[str]:
    seen = {card}
    while (card := above.get(card, "")) and card not in seen:
        seen.add(card)
        yield card


def _homes(board: BoardView, shut: Mapping[str, Frame]) -> dict[str, str]:
    """For every card inside a folded container, the outermost one of those."""
    above = _above(board)
    home: dict[str, str] = {}
    for card in above:
        around = [id for id in _chain(card, above) if id in shut]
        if around and card in board.cards:
            home[card] = around[-1]
    return home


def _hidden(frame: Frame, home: Mapping[str, str]) -> bool:
    """Whether a frame that belongs to no card goes around hidden cards only."""
    return not frame.card and bool(frame.cards) and all(card in home for card in frame.cards)


def _holding(card: Card, count: int) -> Card:
    title = f"{plural(count, 'card is', 'cards are')} folded inside"
    badge = Badge(text=f"{count} inside", title=title, tone="accent")
    return card.model_copy(update={"badges": [*card.badges, badge]})


def _around(frame: Frame, card: Card, direction: Literal["right", "down"]) -> Frame:
    left, top, right, bottom = _AROUND
    if any(port.label for port in card.outputs):
        right, bottom = (right + _LABELS, bottom) if direction == "right" else (right, bottom + 20)
    return frame.model_copy(
        update={
            "x": card.x - left,
            "y": card.y - top,
            "width": left + card.width + right,
            "height": top + card.height + bottom,
            "chips": [],
            "folded": True,
        }
    )


def _led_to_homes(links: Mapping[str, Link], home: Mapping[str, str]) -> dict[str, Link]:
    """Lines of hidden cards end at their containers, each once; those within are left out."""
    by_id: dict[str, Link] = {}
    for link in links.values():
        source, target = home.get(link.source, link.source), home.get(link.target, link.target)
        if (source, target) == (link.source, link.target):
            by_id[link.id] = link
        elif source != target:
            own = source == link.source
            output, label, printed = (
                (link.output, link.label, link.printed) if own else ("", "", "")
            )
            id = f"{source} {output} ⇒ {target}"
            by_id.setdefault(
                id,
                link.model_copy(
                    update={
                        "id": id,
                        "source": source,
                        "output": output,
                        "target": target,
                        "label": label,
                        "printed": printed,
                        "fixed": True,
                    }
                ),
            )
    return by_id
