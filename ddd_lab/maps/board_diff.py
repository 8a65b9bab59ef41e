"""Two versions of a design at one place: as one board with marks, and as two boards in line.

What is in both lies where the new version has it. What went lies where it was, or in free space
near it. The board of the old version takes over these places, so that both can be read side by
side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from ddd_lab.files.workspace.snapshot import FileDifference
from ddd_lab.maps.diff_entries import DiffEntry, Differences, differences_at
from ddd_lab.maps.diff_place import DiffPlace, place_in_both
from ddd_lab.maps.edges import MapEdge, joined_anew
from ddd_lab.maps.ghosts import (
    CLEAR,
    GhostKind,
    cards_of_both,
    edges_of_both,
    ghost_words,
    set_apart,
)
from ddd_lab.maps.layout import Occupied, Point
from ddd_lab.maps.memory import GivenPlaces
from ddd_lab.maps.sheet import sheet
from ddd_lab.maps.svg.drawing import Drawing, PictureCard
from ddd_lab.maps.svg.picture_at import picture_if_there
from ddd_lab.maps.svg.pictures import sheet_picture
from ddd_lab.spec.diff.data import Change
from ddd_lab.spec.edit.sheet_style import with_style
from ddd_lab.spec.models.design import Design


@dataclass(frozen=True)
class BoardDiff:
    """What differs between two versions of a design at a place.

    Attributes:
        at: the place in the new version; in the old one where it is only there.
        title: of the place.
        board: both versions as one board, with marks.
        sides: the old and the new one, with marks, in line with each other.
        entries: every difference in words.
        notice: what cannot be shown, and why; empty if nothing.
    """

    at: str
    title: str
    board: Drawing
    sides: tuple[Drawing, Drawing]
    entries: tuple[DiffEntry, ...] = ()
    notice: str = ""

    @property
    def cards(self) -> Mapping[str, GhostKind]:
        """What became of cards, by id; those that are as they were are not there."""
        ids = {card.id for card in self.board.cards}
        return {id: kind for id, kind in self.board.ghosts.items() if id in ids}

    @property
    def edges(self) -> Mapping[str, GhostKind]:
        """What became of edges, by id."""
        ids = {edge.id for edge in self.board.edges}
        return {id: kind for id, kind in self.board.ghosts.items() if id in ids}

    @property
    def words(self) -> str:
        """How much differs, in one line."""
        words = ghost_words(self.cards.values(), self.edges.values())
        return words or ("No card differs" if self.entries else "Nothing differs")


def board_diff(
    old: Design, new: Design, at: str = "", files: Sequence[FileDifference] = ()
) -> BoardDiff:
    """Compare two versions of a design at a place.

    Args:
        old: the earlier version.
        new: the later version.
        at: nothing for the System Map, a domain, ``domain/flow``, or ``@flows``.
        files: the files that differ; flows and domains that were renamed are known by them.

    Returns:
        Both as one board, and as two.

    Raises:
        KeyError: there is no such place in either version; says what is nearest.
    """
    place = place_in_both(old, new, at, files)
    differences = differences_at(old, new, place, files)
    after = picture_if_there(new, place.at)
    if place.notice or place.was is None or after is None:
        before = picture_if_there(old, place.was) if after is None else None
        return _one_sided(place, before, after, differences)
    former = differences.former
    places = {card.id: card.at for card in after.cards}
    before = _aligned(old, place.was, places, after, former)
    if astray := _out_of_frames(before, after):
        before = _aligned(old, place.was, {**places, **astray}, after, former)
    return _merged(place, before, after, differences)


def _aligned(
    old: Design,
    was: str | None,
    at: Mapping[str, Point],
    after: Drawing,
    former: Mapping[str, str],
) -> Drawing:
    """The board of the old version, with its cards where the new one has them.

    What has no place there lies where its file says, else near what it is joined to.
    """
    places = {former.get(id, id): place for id, place in at.items()}
    if was and was in old.flows:
        flow = with_style(old.flows[was], after.direction or "right")
        stand_ins = {card.id for card in after.cards if card.shape == "missing"}
        for id in stand_ins & flow.by_id.keys():
            del places[id]  # what is a card here lies where it lay
        memory = GivenPlaces(places)
        return _renamed(sheet_picture(sheet(flow, was, memory=memory)), former)
    return _renamed(picture_if_there(old, was, GivenPlaces(places)) or after, former)


def _renamed(drawing: Drawing, former: Mapping[str, str]) -> Drawing:
    """A board of the old version whose cards have the ids that they have in the new one."""
    now = {was: id for id, was in former.items()}
    cards = [replace(card, id=now.get(card.id, card.id)) for card in drawing.cards]
    edges = [
        joined_anew(
            edge, edge.id, now.get(edge.source, edge.source), now.get(edge.target, edge.target)
        )
        for edge in drawing.edges
    ]
    return replace(drawing, cards=tuple(cards), edges=tuple(edges))


def _out_of_frames(old: Drawing, new: Drawing) -> dict[str, Point]:
    """Places for what went and would seem to lie in a frame of the new version, unless it did."""
    stay = {card.id: card.rect for card in new.cards}
    astray = [
        card
        for card in old.cards
        if card.id not in stay
        and any(frame.area.meets(card.rect) for frame in new.boundaries)
        and not any(frame.area.meets(card.rect) for frame in old.boundaries)
    ]
    taken = Occupied()
    for area in (*stay.values(), *(frame.area for frame in new.boundaries)):
        taken.add(area)
    places: dict[str, Point] = {}
    for card in astray:
        places[card.id] = taken.free(card.rect, 2 * CLEAR).rounded()
        taken.add(replace(card, at=places[card.id]).rect)
    return places


def _there(one: Drawing, other: Drawing) -> dict[str, PictureCard]:
    """The cards of a version by id, without stand-ins for what only the other one has."""
    real = {card.id for card in other.cards if card.shape != "missing"}
    cards = {card.id: card for card in one.cards}
    return {id: card for id, card in cards.items() if card.shape != "missing" or id not in real}


def _merged(place: DiffPlace, old: Drawing, new: Drawing, differences: Differences) -> BoardDiff:
    old_cards, new_cards = _there(old, new), _there(new, old)
    seen = {} if place.level == "flow" else _seen_changes(old_cards, new_cards)
    changed = differences.cards.keys() | seen.keys()
    cards, kinds = cards_of_both(old_cards, new_cards, {}, changed)

    def differs(was: MapEdge, edge: MapEdge) -> bool:
        ends = (edge.source, edge.output, edge.target)
        return _shown(was) != _shown(edge) or ends in differences.inner_edges

    edges, edge_kinds = edges_of_both(old.edges, new.edges, {}, differs, joined_anew)
    loose = [id for id, kind in kinds.items() if kind == "removed"]
    moved = set_apart({id: card.rect for id, card in cards.items()}, loose)
    cards |= {id: replace(cards[id], at=at) for id, at in moved.items()}
    words = {id: tuple(differences.cards.get(id) or seen.get(id) or ()) for id in kinds}
    hinted = tuple(_with_hint(card, kinds.get(card.id), words) for card in cards.values())
    ghosts = {**kinds, **edge_kinds}
    board = replace(
        new, cards=hinted, edges=tuple(edges), ghosts=ghosts, empty=new.empty if not cards else ""
    )
    left = replace(old, ghosts=_left(old, new, kinds, differs))
    right = replace(new, ghosts={id: kind for id, kind in ghosts.items() if kind != "removed"})
    titles = {id: card.title for id, card in cards.items()}
    entries = [
        *_card_entries(cards, kinds, words, differences.links, place),
        *_edge_entries(edges, edge_kinds, titles, differences, place),
        *differences.other,
    ]
    result = BoardDiff(place.name, new.title, board, (left, right), tuple(entries))
    return replace(result, board=replace(board, about=f"{board.about} {result.words}."))


def _left(
    old: Drawing,
    new: Drawing,
    kinds: Mapping[str, GhostKind],
    differs: Callable[[MapEdge, MapEdge], bool],
) -> dict[str, GhostKind]:
    """What becomes of what the old version has."""
    _, back = edges_of_both(
        new.edges, old.edges, {}, lambda now, was: differs(was, now), joined_anew
    )
    ids = {edge.id for edge in old.edges}
    edges: dict[str, GhostKind] = {
        id: "removed" if kind == "added" else kind for id, kind in back.items() if id in ids
    }
    return {id: kind for id, kind in kinds.items() if kind != "added"} | edges


def _shown(edge: MapEdge) -> tuple[object, ...]:
    return edge.label, edge.events, edge.dashed, edge.both_ways


def _seen_changes(
    old: Mapping[str, PictureCard], new: Mapping[str, PictureCard]
) -> dict[str, list[str]]:
    """What cards of a map say otherwise than before, in words."""
    changes: dict[str, list[str]] = {}
    for id in old.keys() & new.keys():
        texts = [
            (card.title, card.foot, *card.lines, " ".join(text for text, _ in card.badges))
            for card in (old[id], new[id])
        ]
        words = [
            f"{was or 'nothing'} → {now or 'nothing'}"
            for was, now in zip_longest(*texts, fillvalue="")
            if was != now
        ]
        if words:
            changes[id] = words
    return changes


def _with_hint(
    card: PictureCard, kind: GhostKind | None, words: Mapping[str, Sequence[str]]
) -> PictureCard:
    if kind is None:
        return card
    return replace(card, hint=". ".join([f"{card.hint or card.title} ({kind})", *words[card.id]]))


def _card_entries(
    cards: Mapping[str, PictureCard],
    kinds: Mapping[str, GhostKind],
    words: Mapping[str, tuple[str, ...]],
    links: Mapping[str, str],
    place: DiffPlace,
) -> Iterator[DiffEntry]:
    for id, card in cards.items():
        if kind := kinds.get(id):
            changes = words[id] if kind == "changed" or place.level != "flow" else ()
            yield DiffEntry(kind, card.title, changes, card=id, at=links.get(id, ""))


def _edge_entries(
    edges: Sequence[MapEdge],
    kinds: Mapping[str, GhostKind],
    titles: Mapping[str, str],
    differences: Differences,
    place: DiffPlace,
) -> Iterator[DiffEntry]:
    if place.level == "flow":
        for change in differences.edge_changes:
            yield _edge_entry(change, edges, kinds)
        return
    for edge in edges:
        if kind := kinds.get(edge.id):
            ends = " → ".join(titles.get(end, end) for end in (edge.source, edge.target))
            yield DiffEntry(kind, ends, (edge.hint,) if edge.hint else (), edge=edge.id)


def _edge_entry(
    change: Change, edges: Sequence[MapEdge], kinds: Mapping[str, GhostKind]
) -> DiffEntry:
    """An entry for what the comparison of flows says of a connection."""
    text = change.text.removeprefix("edge ").removesuffix(f" {change.state}")
    output = change.path[1] if len(change.path) > 1 else ""
    ends = [
        edge.id
        for edge in edges
        if edge.id in kinds and edge.source == change.node and edge.output == output
    ]
    exact = [id for id in ends if kinds[id] == change.state]
    return DiffEntry(change.state, text, edge=next(iter([*exact, *ends]), ""))


def _one_sided(
    place: DiffPlace, before: Drawing | None, after: Drawing | None, differences: Differences
) -> BoardDiff:
    """A place that only one version has, or that one version cannot show."""
    drawing = after or before or Drawing(place.name, "There is nothing to show.")
    nothing = Drawing(drawing.title, "This version does not have it.", empty="Not in this version")
    ghosts: dict[str, GhostKind] = {}
    if not place.notice:
        kind: GhostKind = "added" if after else "removed"
        ids = [card.id for card in drawing.cards] + [edge.id for edge in drawing.edges]
        ghosts = dict.fromkeys(ids, kind)
    marked = replace(drawing, ghosts=ghosts)
    kinds = {card.id: ghosts[card.id] for card in drawing.cards if card.id in ghosts}
    entries = _card_entries(
        {card.id: card for card in drawing.cards},
        kinds,
        dict.fromkeys(kinds, ()),
        differences.links,
        place,
    )
    sides = (nothing, marked) if after else (marked, nothing)
    return BoardDiff(
        place.name, drawing.title, marked, sides, (*entries, *differences.other), place.notice
    )
