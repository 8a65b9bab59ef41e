"""Where the cards of a board were shown: what nobody moved stays there while the board is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ddd_lab.maps.layout import Point, Positions, Style


class _Shown(NamedTuple):
    """Where a card was shown, and what its file said of its place then."""

    stored: Point | None
    at: Point


class BoardMemory:
    """The places of the cards of one board, for whoever shows it again and again.

    Attributes:
        style: in which a flow sheet lay whose file says none; None before it was shown.
    """

    def __init__(self) -> None:
        self.style: Style | None = None
        self._shown: dict[str, _Shown] = {}
        self._last: set[str] = set()
        self._apart: set[str] | None = None

    def settled(self, ids: Iterable[str], stored: Mapping[str, Point]) -> Positions:
        """Where cards were whose file says the same of their places as then.

        If one card is gone and another one came, it is the same one with a new name.
        """
        present = set(ids)
        removed, come = self._last - present, present - self._shown.keys()
        if len(removed) == len(come) == 1:
            self._shown[come.pop()] = self._shown[removed.pop()]
        return {
            id: shown.at
            for id in present
            if (shown := self._shown.get(id)) and shown.stored == stored.get(id)
        }

    def note(self, places: Mapping[str, Point], stored: Mapping[str, Point]) -> bool:
        """Note where cards are shown now, and what their file says of their places.

        Returns:
            Whether a card is still shown beside its place that was so from the beginning. One that
            a person dropped on another does not count.
        """
        self._last = set(places)
        self._shown.update({id: _Shown(stored.get(id), at) for id, at in places.items()})
        apart = {id for id, at in stored.items() if id in places and places[id] != at}
        self._apart = apart if self._apart is None else self._apart & apart
        return bool(self._apart)


class GivenPlaces(BoardMemory):
    """Places that cards take, whatever their files say."""

    def __init__(self, places: Mapping[str, Point]) -> None:
        super().__init__()
        self._places = places

    def settled(self, ids: Iterable[str], stored: Mapping[str, Point]) -> Positions:
        """The places that were given."""
        del stored
        return {id: self._places[id] for id in ids if id in self._places}
