"""Ghosts: what a proposal would do to the cards and edges of a map or sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from ddd_lab.assist.proposals.connection_edits import Connection
from ddd_lab.assist.proposals.domain_edits import UnwireEvent, WireEvent
from ddd_lab.assist.proposals.items import KINDS, FieldChange, Item
from ddd_lab.assist.proposals.proposal import Proposal
from ddd_lab.maps.layout import Box, Point, Rect, apart
from ddd_lab.maps.map_at import made_of_map
from ddd_lab.maps.svg.draw import drawn
from ddd_lab.maps.svg.drawing import Drawing, GhostKind, PictureCard
from ddd_lab.maps.svg.pictures import domain_picture, flows_picture, sheet_picture, system_picture
from ddd_lab.maps.svg.theme import theme_of
from ddd_lab.plurals import plural
from ddd_lab.spec.models.design import Design

_CLEAR = 16.0
"""Pixels between a card that comes and others."""


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
L = TypeVar("L", bound=DrawnEdge)


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
        self._lines: list[tuple[str, set[str], Item]] = []
        for item in items:
            self._sort(item)

    def cards(
        self, before: Mapping[str, C], after: Mapping[str, C]
    ) -> tuple[dict[str, C], dict[str, Ghost]]:
        """All cards, those that go too, and the ghosts among them."""
        ghosts: dict[str, Ghost] = {}
        for id in after:
            old = before.get(self._former.get(id, id))
            if old is None:
                ghosts[id] = self._ghost("added", id)
            elif id in self._by_card or id in self._inside:
                ghosts[id] = self._ghost("changed", id)
        gone = before.keys() - after.keys() - set(self._former.values())
        for id in gone:
            ghosts[id] = self._ghost("removed", id)
        return {**after, **{id: card for id, card in before.items() if id in gone}}, ghosts

    def lines(
        self, before: Iterable[L], after: Iterable[L], alike: Callable[[L, L], bool]
    ) -> tuple[list[L], dict[str, Ghost]]:
        """All edges, those that go too, and the ghosts among them."""
        renamed = {old: new for new, old in self._former.items()}

        def ends(line: DrawnEdge) -> tuple[str, str, str, str]:
            source, target = (renamed.get(id, id) for id in (line.source, line.target))
            return line.kind, source, line.output, target

        old = {ends(line): line for line in before}
        ghosts: dict[str, Ghost] = {}
        shown: list[L] = []
        for line in after:
            shown.append(line)
            was = old.pop((line.kind, line.source, line.output, line.target), None)
            if was is None:
                ghosts[line.id] = self._line_ghost("added", line)
            elif not alike(was, line) or self._changes(line):
                ghosts[line.id] = self._line_ghost("changed", line)
        for line in old.values():
            shown.append(line)
            ghosts[line.id] = self._line_ghost("removed", line)
        return shown, ghosts

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
        self._lines.append((source, set(targets), item))

    def _ghost(self, kind: GhostKind, id: str) -> Ghost:
        own, inside = self._by_card.get(id, []), self._inside.get(id, [])
        changes = tuple(change for item in own for change in item.changes)
        return _ghost_of(kind, [*own, *inside], changes, len(inside))

    def _of_line(self, line: DrawnEdge) -> list[Item]:
        own = [
            item
            for source, targets, item in self._lines
            if source == line.source and (line.target in targets or targets == {""})
        ]
        if own or "/" not in self._at:
            return own
        # It comes or goes with one of its ends.
        ends = [*self._by_card.get(line.source, ()), *self._by_card.get(line.target, ())]
        return [item for item in ends if item.kind != "change"]

    def _changes(self, line: DrawnEdge) -> bool:
        return any(item.kind == "change" for item in self._of_line(line))

    def _line_ghost(self, kind: GhostKind, line: DrawnEdge) -> Ghost:
        items = self._of_line(line)
        return _ghost_of(kind, items, tuple(change for item in items for change in item.changes), 0)


def set_apart(
    areas: Mapping[str, Rect], ghosts: Mapping[str, Ghost]
) -> dict[str, tuple[float, float]]:
    """New places for the cards that come, where they would lie on others; those stay."""
    come = {id for id in areas if id in ghosts and ghosts[id].kind == "added"}
    wide = {id: area.grown(_CLEAR) if id in come else area for id, area in areas.items()}
    boxes = [Box(id, area.right - area.left, area.bottom - area.top) for id, area in wide.items()]
    places = {id: Point(area.left, area.top) for id, area in wide.items()}
    found = apart(boxes, places, areas.keys() - come)
    moved = {id: at for id, at in found.items() if id in come and at != places[id]}
    return {id: (at.x + _CLEAR, at.y + _CLEAR) for id, at in moved.items()}


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
    before = _picture(proposal.workbench.design, at)
    with proposal.tried(ids) as workbench:
        after = _picture(workbench.design, at)
    one = after or before or Drawing(at, "There is nothing at this place.")
    finder = GhostFinder(proposal, at, ids)
    cards, of_cards = finder.cards(_cards(before), _cards(after))
    moved = set_apart({id: card.rect for id, card in cards.items()}, of_cards)
    cards |= {id: replace(cards[id], at=Point(*at)) for id, at in moved.items()}
    lines = [picture.edges if picture is not None else () for picture in (before, after)]
    edges, of_edges = finder.lines(lines[0], lines[1], lambda a, b: a.printed == b.printed)
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


def _picture(design: Design, at: str) -> Drawing | None:
    """The picture of a place; None where there is no such place."""
    try:
        return made_of_map(
            design,
            at,
            of_system=system_picture,
            of_flows=flows_picture,
            of_domain=domain_picture,
            of_sheet=sheet_picture,
        )
    except KeyError:
        return None


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
