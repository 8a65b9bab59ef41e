"""Which cards are new: what is wrong with them is still to be done, and nobody's mistake."""

from __future__ import annotations

from collections.abc import Collection

from ddd_lab.spec.models.base import Data
from ddd_lab.workbench import Workbench


class ToDo:
    """Cards since they were added, until they were filled in, connected and left, or saved.

    A flow or domain that is new has the empty card besides those in it.
    """

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._begun: dict[tuple[str, str], Data] = {}

    @property
    def cards(self) -> Collection[tuple[str, str]]:
        """Place and id of each."""
        return self._begun.keys()

    def begin(self, at: str, cards: Collection[str]) -> None:
        """Note that cards were added to a flow."""
        for card in cards:
            self._begun[at, card] = self._settings(at, card)

    def begin_place(self, at: str) -> None:
        """Note that a flow was made with all that is in it, or a domain."""
        flow = self._workbench.design.flows.get(at)
        self.begin(at, ["", *(flow.by_id if flow else ())])

    def leave(self, at: str, cards: Collection[str] | None = None) -> bool:
        """Note that nobody is at some or all cards of a flow; says whether one is no more to do."""
        own = {card for place, card in self._begun if place == at}
        cards_left = own if cards is None else own.intersection(cards)
        flow = self._workbench.design.flows.get(at)
        joined = {
            end for edge in (flow.edges if flow else ()) for end in (edge.source, edge.target)
        }
        done = [
            card
            for card in cards_left
            if card in joined and self._begun[at, card] != self._settings(at, card)
        ]
        for card in done:
            del self._begun[at, card]
        return bool(done)

    def renamed(self, at: str, card: str, to: str) -> None:
        """Follow a card that was given another id."""
        if (at, card) in self._begun:
            self._begun[at, to] = self._begun.pop((at, card))

    def end(self) -> bool:
        """Note that all is saved; says whether anything was to do."""
        was = bool(self._begun)
        self._begun.clear()
        return was

    def _settings(self, at: str, card: str) -> Data:
        flow = self._workbench.design.flows.get(at)
        node = flow.by_id.get(card) if flow else None
        return node.spec if node else None
