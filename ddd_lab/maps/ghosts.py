"""Ghosts: the cards and edges of a board before and after as one, with what comes and goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from typing import Literal, Protocol, TypeVar

from ddd_lab.maps.layout import Box, Point, Rect, apart
from ddd_lab.plurals import plural

GhostKind = Literal["added", "changed", "removed"]
KINDS: tuple[GhostKind, ...] = ("added", "changed", "removed")
CLEAR = 16.0
"""Pixels between a card that comes or goes and others."""


class DrawnEdge(Protocol):
    """An edge, whoever draws it."""

    @property
    def kind(self) -> str:
        """What it stands for."""

    @property
    def id(self) -> str:
        """Unique on the board."""

    @property
    def source(self) -> str:
        """The card that it leaves from."""

    @property
    def output(self) -> str:
        """The port that it leaves from."""

    @property
    def target(self) -> str:
        """The card that it leads to."""


C = TypeVar("C")
E = TypeVar("E", bound=DrawnEdge)


def cards_of_both(
    before: Mapping[str, C],
    after: Mapping[str, C],
    former: Mapping[str, str],
    changed: Container[str],
) -> tuple[dict[str, C], dict[str, GhostKind]]:
    """The cards of both, those that go too, and what becomes of them.

    Args:
        former: ids that cards had before, where they were renamed.
        changed: ids of cards that are not as before.
    """
    renamed = set(former.values())
    kinds: dict[str, GhostKind] = {}
    for id in after:
        was = former.get(id, "" if id in renamed else id)
        if was not in before:
            kinds[id] = "added"
        elif id in changed:
            kinds[id] = "changed"
    gone = {id: card for id, card in before.items() if id not in renamed and id not in after}
    return {**after, **gone}, kinds | dict.fromkeys(gone, "removed")


def edges_of_both(
    before: Iterable[E],
    after: Iterable[E],
    former: Mapping[str, str],
    changed: Callable[[E, E], bool],
    joined_anew: Callable[[E, str, str, str], E],
) -> tuple[list[E], dict[str, GhostKind]]:
    """The edges of both, those that go too, and what becomes of them.

    Args:
        former: ids that cards had before, where they were renamed.
        changed: whether an edge (before, after) is another one, though it joins the same cards.
        joined_anew: an edge with another id, source and target.
    """
    new_ids = {old: new for new, old in former.items()}
    old: dict[tuple[str, str, str, str], list[E]] = {}
    for edge in before:
        source, target = (new_ids.get(id, id) for id in (edge.source, edge.target))
        old.setdefault((edge.kind, source, edge.output, target), []).append(edge)
    edges = list(after)
    kinds: dict[str, GhostKind] = {}
    for edge in edges:
        twins = old.get((edge.kind, edge.source, edge.output, edge.target))
        if not twins:
            kinds[edge.id] = "added"
        elif changed(twins.pop(0), edge):
            kinds[edge.id] = "changed"
    taken = {edge.id for edge in edges}
    for (_, source, _, target), left in old.items():
        for edge in left:
            id = edge.id
            while id in taken:
                id += " (removed)"
            taken.add(id)
            edges.append(joined_anew(edge, id, source, target))
            kinds[id] = "removed"
    return edges, kinds


def ghost_words(cards: Iterable[GhostKind], edges: Iterable[GhostKind]) -> str:
    """How many cards and edges come, change and go, in one line; empty where none does."""
    return "; ".join(filter(None, (_counted(cards, "card"), _counted(edges, "edge"))))


def _counted(kinds: Iterable[GhostKind], thing: str) -> str:
    counts = Counter(kinds)
    present = [kind for kind in KINDS if counts[kind]]
    return ", ".join(
        f"{counts[kind]} {kind}" if at else f"{plural(counts[kind], thing)} {kind}"
        for at, kind in enumerate(present)
    )


def set_apart(areas: Mapping[str, Rect], loose: Collection[str]) -> dict[str, Point]:
    """New places for loose cards that would lie on others or close to them; the others stay."""
    wide = {id: area.grown(CLEAR) if id in loose else area for id, area in areas.items()}
    boxes = [Box(id, area.right - area.left, area.bottom - area.top) for id, area in wide.items()]
    places = {id: Point(area.left, area.top) for id, area in wide.items()}
    found = apart(boxes, places, areas.keys() - set(loose))
    moved = {id: at for id, at in found.items() if id in loose and at != places[id]}
    return {id: Point(at.x + CLEAR, at.y + CLEAR) for id, at in moved.items()}
