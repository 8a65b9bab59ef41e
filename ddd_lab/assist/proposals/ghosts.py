"""Ghosts: what a proposal would do to the cards and edges of a map or sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from ddd_lab.assist.proposals.connection_edits import Connection
from ddd_lab.assist.proposals.domain_edits import UnwireEvent, WireEvent
from ddd_lab.assist.proposals.items import KINDS, FieldChange, Item
from ddd_lab.assist.proposals.proposal import Proposal
from ddd_lab.maps.edges import joined_anew
from ddd_lab.maps.ghosts import DrawnEdge, GhostKind, cards_of_both, edges_of_both
from ddd_lab.maps.ghosts import set_apart as free_places
from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.svg.draw import drawn
from ddd_lab.maps.svg.drawing import Drawing, PictureCard
from ddd_lab.maps.svg.picture_at import picture_if_there
from ddd_lab.maps.svg.theme import theme_of
from ddd_lab.plurals import plural


@dataclass(frozen=True)
class Ghost:
    """What a proposal would do to a card or an edge.

    Attributes:
        kind: added (drawn dashed), changed, or removed (struck through).
        items: ids of the items that do it.
        changes: of its settings.
        inside: how many items change what lies in the flow or domain that the card stands for.
        problem: the first new problem that it would have; empty if none.
    """

    kind: GhostKind
    items: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    inside: int = 0
    problem: str = ""


C = TypeVar("C")
E = TypeVar("E", bound=DrawnEdge)


class GhostFinder:
    """Compares a place before and after a proposal.

    Args:
        proposal: the proposal.
        at: the place.
        ids: of the items that are made; all that can be if left out.
    """

    def __init__(self, proposal: Proposal, at: str, ids: Collection[str] | None = None) -> None:
        chosen = proposal.possible if ids is None else proposal.tick(ids)
        items = [item for item in proposal.items if item.id in chosen]
        self._at = at
        self._by_card: dict[str, list[Item]] = {}
        self._inside: dict[str, list[Item]] = {}
        self._former: dict[str, str] = {}
        self._edges: list[tuple[str, set[str], Item]] = []
        for item in items:
            self._sort(item)

    def cards(
        self, before: Mapping[str, C], after: Mapping[str, C]
    ) -> tuple[dict[str, C], dict[str, Ghost]]:
        """All cards, those that go too, and the ghosts among them."""
        changed = self._by_card.keys() | self._inside.keys()
        cards, kinds = cards_of_both(before, after, self._former, changed)
        return cards, {id: self._ghost(kind, id) for id, kind in kinds.items()}

    def edges(
        self,
        before: Iterable[E],
        after: Iterable[E],
        alike: Callable[[E, E], bool],
        joined_anew: Callable[[E, str, str, str], E],
    ) -> tuple[list[E], dict[str, Ghost]]:
        """All edges, those that go too, and the ghosts among them."""

        def changed(was: E, edge: E) -> bool:
            return not alike(was, edge) or self._changes(edge)

        edges, kinds = edges_of_both(before, after, self._former, changed, joined_anew)
        return edges, {
            edge.id: self._edge_ghost(kinds[edge.id], edge) for edge in edges if edge.id in kinds
        }

    def _sort(self, item: Item) -> None:
        edit, at = item.edit, self._at
        flow = str(getattr(edit, "flow", ""))
        domain = str(getattr(edit, "domain", "")) or flow.partition("/")[0]
        if "/" in at:
            if flow != at:
                return
            renamed = edit.renames()
            if renamed is not None and renamed[1][0] == "node":
                self._former[renamed[1][2]] = renamed[0][2]
                self._by_card.setdefault(renamed[1][2], []).append(item)
            elif isinstance(edit, Connection):
                self._join(item, edit.source, edit.target, getattr(edit, "new_target", ""))
            elif item.card:
                self._by_card.setdefault(item.card, []).append(item)
        elif at and domain == at and flow:
            self._inside.setdefault(f"flow:{flow.partition('/')[2]}", []).append(item)
        elif not at and isinstance(edit, WireEvent | UnwireEvent):
            self._join(item, *(end.partition("/")[0] for end in (edit.source, edit.target)))
        elif not at and domain:
            self._inside.setdefault(domain, []).append(item)

    def _join(self, item: Item, source: str, *targets: str) -> None:
        self._edges.append((source, set(targets), item))

    def _ghost(self, kind: GhostKind, id: str) -> Ghost:
        own, inside = self._by_card.get(id, []), self._inside.get(id, [])
        changes = tuple(change for item in own for change in item.changes)
        return _ghost_of(kind, [*own, *inside], changes, len(inside))

    def _of_edge(self, edge: DrawnEdge) -> list[Item]:
        own = [
            item
            for source, targets, item in self._edges
            if source == edge.source and (edge.target in targets or targets == {""})
        ]
        if own or "/" not in self._at:
            return own
        # It comes or goes with one of its ends.
        ends = [*self._by_card.get(edge.source, ()), *self._by_card.get(edge.target, ())]
        return [item for item in ends if item.kind != "change"]

    def _changes(self, edge: DrawnEdge) -> bool:
        return any(item.kind == "change" for item in self._of_edge(edge))

    def _edge_ghost(self, kind: GhostKind, edge: DrawnEdge) -> Ghost:
        items = self._of_edge(edge)
        return _ghost_of(kind, items, tuple(change for item in items for change in item.changes), 0)


def set_apart(areas: Mapping[str, Rect], ghosts: Mapping[str, Ghost]) -> dict[str, Point]:
    """New places for the cards that come, where they would lie on others; those stay."""
    return free_places(areas, {id for id in areas if id in ghosts and ghosts[id].kind == "added"})


def _ghost_of(
    kind: GhostKind, items: list[Item], changes: tuple[FieldChange, ...], inside: int
) -> Ghost:
    problems = (problem.message for item in items for problem in item.problems)
    return Ghost(kind, tuple(item.id for item in items), changes, inside, next(problems, ""))


@dataclass(frozen=True)
class Ghosts:
    """The ghosts of a place, by the ids of its cards and edges."""

    cards: Mapping[str, Ghost]
    edges: Mapping[str, Ghost]


def ghosts(proposal: Proposal, at: str, ids: Collection[str] | None = None) -> Ghosts:
    """What a proposal would do to the cards and edges of a place.

    Args:
        proposal: the proposal.
        at: ``""``, a domain or ``domain/flow``, also one that is new.
        ids: of the items that are made; all that can be if left out.
    """
    _, cards, edges = _ghosted(proposal, at, ids)
    return Ghosts(cards, edges)


def ghost_svg(
    proposal: Proposal, at: str, *, theme: str = "light", ids: Collection[str] | None = None
) -> str:
    """A place with the ghosts of a proposal, as SVG.

    Args:
        proposal: the proposal.
        at: as for :func:`ghosts`.
        theme: ``light`` or ``dark``.
        ids: as for :func:`ghosts`.
    """
    return drawn(_ghosted(proposal, at, ids)[0], theme_of(theme))


def _ghosted(
    proposal: Proposal, at: str, ids: Collection[str] | None
) -> tuple[Drawing, dict[str, Ghost], dict[str, Ghost]]:
    before = picture_if_there(proposal.workbench.design, at)
    with proposal.tried(ids) as workbench:
        after = picture_if_there(workbench.design, at)
    one = after or before or Drawing(at, "There is nothing at this place.")
    finder = GhostFinder(proposal, at, ids)
    cards, of_cards = finder.cards(_cards(before), _cards(after))
    moved = set_apart({id: card.rect for id, card in cards.items()}, of_cards)
    cards |= {id: replace(cards[id], at=at) for id, at in moved.items()}
    edges, of_edges = finder.edges(
        before.edges if before else (),
        after.edges if after else (),
        lambda a, b: a.printed == b.printed,
        joined_anew,
    )
    marks = {id: ghost.kind for id, ghost in (of_cards | of_edges).items()}
    picture = replace(
        one,
        about=f"{one.about} {_counted(marks.values())}",
        cards=tuple(_with_hint(card, of_cards.get(card.id)) for card in cards.values()),
        edges=tuple(edges),
        ghosts=marks,
        empty=one.empty if not cards else "",
    )
    return picture, of_cards, of_edges


def _cards(picture: Drawing | None) -> dict[str, PictureCard]:
    return {card.id: card for card in picture.cards} if picture is not None else {}


def _with_hint(card: PictureCard, ghost: Ghost | None) -> PictureCard:
    if ghost is None:
        return card
    words = [f"{one.field}: {one.before or '–'} → {one.after or '–'}" for one in ghost.changes]
    return replace(card, hint=". ".join([f"{card.hint or card.title} ({ghost.kind})", *words]))


def _counted(kinds: Iterable[GhostKind]) -> str:
    counts = dict.fromkeys(KINDS.values(), 0)
    for kind in kinds:
        counts[kind] += 1
    parts = [f"{count} {kind}" for kind, count in counts.items() if count]
    things = plural(sum(counts.values()), "proposed change")
    return f"With {things}: {', '.join(parts)}." if parts else ""
