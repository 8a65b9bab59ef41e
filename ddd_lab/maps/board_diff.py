"""Two versions of a design at one place: as one board with marks, and as two boards in line.

What is in both lies where the new version has it. What went lies where it was, or in free space
near it. The board of the old version takes over these places, so that both can be read side by
side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

from ddd_lab.files.workspace.snapshot import FileDifference
from ddd_lab.maps.data import CardData, DomainMap, FlowMap, Sheet, SystemMap
from ddd_lab.maps.diff_entries import DiffEntry, Differences, differences_at
from ddd_lab.maps.diff_place import DiffPlace, place_in_both
from ddd_lab.maps.edges import MapEdge, joined_anew
from ddd_lab.maps.ghosts import GhostKind, cards_of_both, edges_of_both, set_apart
from ddd_lab.maps.layout import Box, LayoutEdge, Point, place_around
from ddd_lab.maps.map_at import made_of_map
from ddd_lab.maps.memory import BoardMemory, GivenPlaces
from ddd_lab.maps.sheet import sheet
from ddd_lab.maps.svg.drawing import Drawing, PictureCard
from ddd_lab.maps.svg.pictures import domain_picture, flows_picture, sheet_picture, system_picture
from ddd_lab.plurals import plural
from ddd_lab.spec.diff.data import Change
from ddd_lab.spec.edit.sheet_style import with_style
from ddd_lab.spec.models.design import Design

KINDS: tuple[GhostKind, ...] = ("added", "changed", "removed")


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
        parts = [_counted(self.cards, "card"), _counted(self.edges, "edge")]
        if found := [part for part in parts if part]:
            return "; ".join(found)
        return "No card differs" if self.entries else "Nothing differs"


def _counted(kinds: Mapping[str, GhostKind], thing: str) -> str:
    counts = Counter(kinds.values())
    present = [kind for kind in KINDS if counts[kind]]
    return ", ".join(
        f"{counts[kind]} {kind}" if at else f"{plural(counts[kind], thing)} {kind}"
        for at, kind in enumerate(present)
    )


class _Board(NamedTuple):
    """A board of one version: what is drawn, and which cards lie where their file puts them."""

    drawing: Drawing
    placed: Collection[str]


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
    before, after = _board(old, place.was), _board(new, place.at)
    differences = differences_at(old, new, place, files)
    if place.notice or before is None or after is None:
        return _one_sided(place, before, after, differences)
    before = _renamed(before, differences.former)
    places = _places(before, after)
    former = differences.former
    pinned = {former.get(id, id): at for id, at in places.items()}
    aligned = _renamed(_aligned(old, place.was, pinned, after) or before, former)
    return _merged(place, aligned, after, differences)


def _board(design: Design, at: str | None, memory: BoardMemory | None = None) -> _Board | None:
    """The board of a place; None where that is not there or cannot be read."""
    if at is None:
        return None
    try:
        return made_of_map(
            design,
            at,
            of_system=_of_system,
            of_flows=_of_flows,
            of_domain=_of_domain,
            of_sheet=_of_sheet,
            memory=memory,
        )
    except KeyError:
        return None


def _of_system(map: SystemMap) -> _Board:
    return _Board(system_picture(map), _placed({card["id"]: card for card in map["domains"]}))


def _of_flows(map: FlowMap) -> _Board:
    return _Board(flows_picture(map), ())


def _of_domain(map: DomainMap) -> _Board:
    cards = [*map["flows"], *map["portals"], *map["events"], *map["gates"]]
    return _Board(domain_picture(map), _placed({card["key"]: card for card in cards}))


def _of_sheet(sheet: Sheet) -> _Board:
    return _Board(sheet_picture(sheet), _placed({card["id"]: card for card in sheet["nodes"]}))


def _placed(cards: Mapping[str, CardData]) -> set[str]:
    return {id for id, card in cards.items() if card.get("placed")}


def _renamed(board: _Board, former: Mapping[str, str]) -> _Board:
    """A board of the old version whose cards have the ids that they have in the new one."""
    if not former:
        return board
    now = {was: id for id, was in former.items()}
    drawing = board.drawing
    cards = [replace(card, id=now.get(card.id, card.id)) for card in drawing.cards]
    edges = [
        joined_anew(
            edge, edge.id, now.get(edge.source, edge.source), now.get(edge.target, edge.target)
        )
        for edge in drawing.edges
    ]
    drawing = replace(drawing, cards=tuple(cards), edges=tuple(edges))
    return _Board(drawing, {now.get(id, id) for id in board.placed})


def _there(one: Drawing, other: Drawing) -> dict[str, PictureCard]:
    """The cards of a version by id, without stand-ins for what only the other one has."""
    real = {card.id for card in other.cards if card.shape != "missing"}
    cards = {card.id: card for card in one.cards}
    return {id: card for id, card in cards.items() if card.shape != "missing" or id not in real}


def _places(before: _Board, after: _Board) -> dict[str, Point]:
    """A place for every card of both: that of the new version, then that of the old one."""
    was, now = _there(before.drawing, after.drawing), _there(after.drawing, before.drawing)
    places = {id: card.at for id, card in now.items()}
    gone = [card for id, card in was.items() if id not in now]
    if not gone:
        return places
    lines = [
        LayoutEdge(edge.source, edge.target)
        for edge in (*after.drawing.edges, *before.drawing.edges)
    ]
    boxes = [Box(card.id, card.width, card.height) for card in (*now.values(), *gone)]
    stay = {card.id: card.at for card in gone if card.id in before.placed}
    return place_around(boxes, lines, {**stay, **places}, after.drawing.direction or "right")


def _aligned(
    old: Design, was: str | None, places: Mapping[str, Point], after: _Board
) -> _Board | None:
    """The board of the old version, with its cards where they are to be."""
    memory = GivenPlaces(places)
    if was and was in old.flows:
        flow = with_style(old.flows[was], after.drawing.direction or "right")
        return _of_sheet(sheet(flow, was, memory=memory))
    return _board(old, was, memory)


def _merged(place: DiffPlace, before: _Board, after: _Board, differences: Differences) -> BoardDiff:
    old, new = before.drawing, after.drawing
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
            said = words[id] if kind == "changed" or place.level != "flow" else ()
            yield DiffEntry(kind, card.title, said, card=id, at=links.get(id, ""))


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
    text = change.text.removeprefix("edge ")
    kind: GhostKind = "changed"
    for end in KINDS:
        if text.endswith(f" {end}"):
            kind, text = end, text.removesuffix(f" {end}")
    output = change.path[1] if len(change.path) > 1 else ""
    ends = [
        edge.id
        for edge in edges
        if edge.id in kinds and edge.source == change.node and edge.output == output
    ]
    exact = [id for id in ends if kinds[id] == kind]
    return DiffEntry(kind, text, edge=next(iter([*exact, *ends]), ""))


def _one_sided(
    place: DiffPlace, before: _Board | None, after: _Board | None, differences: Differences
) -> BoardDiff:
    """A place that only one version has, or that one version cannot show."""
    board = after or before
    drawing = board.drawing if board else Drawing(place.name, "There is nothing to show.")
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
