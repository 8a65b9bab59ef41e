"""Boards with marks: what came, changed and went since an earlier version of the design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ddd_lab.canvas.boards.flow_board import FlowBoardBuilder
from ddd_lab.canvas.boards.links import alike, joined_anew, rect_of
from ddd_lab.canvas.boards.map_boards import domain_board, system_board
from ddd_lab.canvas.boards.problem_counts import ProblemCounts
from ddd_lab.canvas.boards.sync_status import SyncBadges
from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.protocol.messages import Card, Link
from ddd_lab.canvas.protocol.proposals import Ghost
from ddd_lab.maps import domain_map, system_map
from ddd_lab.maps.diff_entries import Differences
from ddd_lab.maps.ghosts import GhostKind, cards_of_both, edges_of_both, set_apart
from ddd_lab.maps.layout import CELL, Point
from ddd_lab.maps.memory import GivenPlaces
from ddd_lab.spec.edit.sheet_style import with_style
from ddd_lab.spec.models.design import Design

_WORDS = 3
"""Changes that a card lists."""


def earlier_board(
    old: Design, was: str | None, now: BoardView, former: Mapping[str, str]
) -> BoardView:
    """A place as it was, with the cards where they are now, and with the ids that they have now.

    Args:
        old: the earlier version of the design.
        was: the place in it; None where it was not there.
        now: the place as it is.
        former: ids that cards had, by those that they have.
    """
    places = {former.get(id, id): Point(card.x, card.y) for id, card in now.cards.items()}
    nothing, no_badges, memory = ProblemCounts(), SyncBadges(), GivenPlaces(places)
    if was is None:
        return replace(now, cards={}, links={})
    if now.level == "system":
        plain = system_map(old, view=CELL, memory=memory)
        board = system_board("", old, plain, nothing, no_badges)
    elif now.level == "domain":
        plain_domain = domain_map(old, was, everything=True, view=CELL, memory=memory)
        board = domain_board(plain_domain, nothing, no_badges)
    else:
        flow = with_style(old.flows[was], now.direction)
        board = FlowBoardBuilder(was).board(flow, old.flow_keys, nothing, CELL, memory)
    ids = {id: new for new, id in former.items()}
    return replace(
        board,
        cards={
            ids.get(id, id): card.model_copy(update={"id": ids.get(id, id)})
            for id, card in board.cards.items()
        },
        links={
            id: joined_anew(
                link, id, ids.get(link.source, link.source), ids.get(link.target, link.target)
            )
            for id, link in board.links.items()
        },
    )


def with_marks(
    before: BoardView, after: BoardView, differences: Differences, since: str
) -> BoardView:
    """The board as it is, with all that went still on it, and with marks; notes have none."""
    old, new = _there(before, after), _there(after, before)
    seen = {id for id in old.keys() & new.keys() if _texts(old[id]) != _texts(new[id])}
    changed = differences.cards.keys() | (seen if after.level != "flow" else set())
    cards, kinds = cards_of_both(old, new, {}, changed)

    def differs(was: Link, link: Link) -> bool:
        ends = (link.source, link.output, link.target)
        return not alike(was, link) or ends in differences.inner_edges

    links, link_kinds = edges_of_both(
        before.links.values(), after.links.values(), {}, differs, joined_anew
    )
    gone = {id for id, kind in kinds.items() if kind == "removed"}
    moved = set_apart({id: rect_of(card) for id, card in cards.items()}, gone)
    marked = {id: card for id, card in after.cards.items() if card.kind == "note"}
    for id, card in cards.items():
        words = differences.cards.get(id, ()) if id in changed else ()
        mark = _mark(kinds.get(id), since, words)
        if id in gone:
            x, y = moved.get(id, (card.x, card.y))
            mark |= {"x": x, "y": y, "opens": "", "container": False}
        marked[id] = card.model_copy(update=mark) if mark else card
    pairs = [(link, _mark(link_kinds.get(link.id), since)) for link in links]
    marked_links = [link.model_copy(update=mark) if mark else link for link, mark in pairs]
    return replace(after, cards=marked, links={link.id: link for link in marked_links})


def _mark(kind: GhostKind | None, since: str, words: Sequence[str] = ()) -> dict[str, object]:
    """What a card or link has besides; nothing where it is as it was."""
    if kind is None:
        return {}
    listed = [*words[:_WORDS], f"{len(words) - _WORDS} more"] if len(words) > _WORDS else [*words]
    ghost = Ghost(kind=kind, since=since, words=listed if kind == "changed" else [])
    return {"ghost": ghost, "fixed": True} if kind == "removed" else {"ghost": ghost}


def _there(one: BoardView, other: BoardView) -> dict[str, Card]:
    """The cards of a version, without notes, and without stand-ins for what the other one has."""
    real = {id for id, card in other.cards.items() if card.kind != "missing"}
    return {
        id: card
        for id, card in one.cards.items()
        if card.kind != "note" and not (card.kind == "missing" and id in real)
    }


def _texts(card: Card) -> tuple[str, ...]:
    return card.type_title, card.title, card.summary, card.about
